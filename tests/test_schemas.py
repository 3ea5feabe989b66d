"""The JSON Schemas in docs/ are those of the reader, and say what it says."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

ROOT = Path(__file__).resolve().parent.parent
ANSWERED: dict[str, Any] = {
    "item": "l2.ospo.creation",
    "grade": 3,
    "statement": "The office has a mandate.",
    "evidence": [{"document": "POL-17"}],
    "accountable_role": "Head of Open Source",
    "date": "2026-03-01",
    "expires": "2027-03-01",
}


def test_the_schemas_are_up_to_date() -> None:
    checked = subprocess.run(
        [sys.executable, "tools/schemas.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize(
    ("entry", "is_valid"),
    [
        pytest.param({"item": "l2.ospo.creation"}, True, id="not answered yet"),
        pytest.param({"item": "own.item", "grade": None}, True, id="an item of a rule pack"),
        pytest.param(ANSWERED, True, id="complete"),
        pytest.param(
            {**ANSWERED, "evidence": [{"repository": "acme/a", "file": "x"}]}, True, id="a file"
        ),
        pytest.param({**ANSWERED, "accountable_role": None}, False, id="nobody answers for it"),
        pytest.param({**ANSWERED, "evidence": []}, False, id="no evidence"),
        pytest.param({**ANSWERED, "evidence": [{"file": "x"}]}, False, id="a file of nowhere"),
        pytest.param({**ANSWERED, "grade": 6}, False, id="no such grade"),
        pytest.param({**ANSWERED, "owner": "x"}, False, id="unknown key"),
    ],
)
def test_editors_see_what_is_missing(entry: dict[str, Any], is_valid: bool) -> None:
    schema = json.loads((ROOT / "docs" / "attestations.schema.json").read_text("utf-8"))

    assert jsonschema_rs.validator_for(schema).is_valid({"attestations": [entry]}) is is_valid
