"""A baseline file: where a target stood, small enough to be kept in a repository and read there."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from osmm_scan.engine.standing import Standing
from osmm_scan.errors import StoreError

BASELINE_VERSION = 1
_SIZE_LIMIT = 1024 * 1024


def write_baseline(standing: Standing) -> str:
    """Return a baseline as text that compares well line by line."""
    content = {"osmm_scan_baseline": BASELINE_VERSION, **asdict(standing)}
    content["as_of"] = standing.as_of.isoformat()
    content["items"] = {name: list(grades) for name, grades in standing.items.items()}
    lines = (f"  {json.dumps(key)}: {_value(value)}" for key, value in content.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def read_baseline(path: Path) -> Standing:
    """Return the standing of a baseline file; `StoreError` when it is none or damaged."""
    content = _content(path)
    if content.pop("osmm_scan_baseline", None) != BASELINE_VERSION:
        raise StoreError(
            f"{path}: not a baseline of version {BASELINE_VERSION}; "
            "write one with --format baseline=FILE"
        )
    try:
        return _standing(content)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise StoreError(f"{path}: damaged baseline: {error!r}; write it anew") from error


def _value(value: Any) -> str:
    if not isinstance(value, dict) or not value:
        return json.dumps(value)
    lines = (f"    {json.dumps(key)}: {json.dumps(part)}" for key, part in sorted(value.items()))
    return "{\n" + ",\n".join(lines) + "\n  }"


def _content(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            raw = file.read(_SIZE_LIMIT + 1)
        if len(raw) > _SIZE_LIMIT:
            raise StoreError(f"{path}: larger than {_SIZE_LIMIT} bytes; not a baseline")
        content = json.loads(raw)
    except OSError as error:
        raise StoreError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise StoreError(f"{path}: not a baseline: {error}") from error
    if not isinstance(content, dict):
        raise StoreError(f"{path}: not a baseline; write one with --format baseline=FILE")
    return content


def _standing(content: dict[str, Any]) -> Standing:
    items = {
        name: (None if proved is None else int(proved), int(possible))
        for name, (proved, possible) in content.pop("items").items()
    }
    level = content.pop("level")
    return Standing(
        items=items,
        checks={name: str(result) for name, result in content.pop("checks").items()},
        as_of=date.fromisoformat(content.pop("as_of")),
        level=None if level is None else int(level),
        possible=int(content.pop("possible")),
        **content,
    )
