"""Hold REST answers of a world to GitHub's OpenAPI description."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

DESCRIPTION = Path(__file__).parent / "openapi.json"


@cache
def described() -> dict[re.Pattern[str], jsonschema_rs.Validator]:
    """Return for each path, as a pattern, what a good answer looks like."""
    schemas = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    return {
        re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path))): jsonschema_rs.validator_for(
            schema
        )
        for path, schema in schemas.items()
    }


def undescribed(path: str, content: Any) -> str | None:
    """Return what in an answer GitHub does not describe, None when all is well."""
    for pattern, validator in described().items():
        if pattern.fullmatch(path):
            fault = next(validator.iter_errors(content), None)
            return f"{path}: {fault.message}" if fault else None
    return f"{path}: not described; add it to describe.py"
