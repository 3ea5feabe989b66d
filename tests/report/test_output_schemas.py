"""The JSON of plans and explanations is what their schemas say, and the schemas allow no other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from osmm_scan.resources import templates_directory

ROOT = Path(__file__).parents[2]
NAMES = ("plan", "explanation")


def _schema(name: str) -> Any:
    return json.loads((templates_directory() / "json" / f"{name}.schema.json").read_text("utf-8"))


def _golden(name: str) -> Any:
    return json.loads((ROOT / "tests" / "golden" / f"{name}.json").read_text("utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_the_published_schema_is_the_shipped_one(name: str) -> None:
    published = ROOT / "docs" / f"{name}.schema.json"

    shipped = templates_directory() / "json" / f"{name}.schema.json"
    assert published.read_bytes() == shipped.read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_is_valid(name: str) -> None:
    jsonschema_rs.validator_for(_schema(name)).validate(_golden(name))


@pytest.mark.parametrize("name", NAMES)
def test_no_key_is_left_out_of_a_schema(name: str) -> None:
    validator = jsonschema_rs.validator_for(_schema(name))
    whole = _golden(name)

    assert not validator.is_valid({**whole, "more": 1})
    assert [key for key in whole if validator.is_valid(_without(whole, key))] == []


def _without(whole: dict[str, Any], left_out: str) -> dict[str, Any]:
    return {key: value for key, value in whole.items() if key != left_out}
