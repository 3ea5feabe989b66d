"""The JSON document follows its schema, rounds alike everywhere and hides private repositories."""

from __future__ import annotations

import json
from dataclasses import replace
from math import inf, nan
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from osmm_scan.model import Evidence, Fault, Interval, Missing, Signal, Source
from osmm_scan.report import Options, formats
from osmm_scan.report.document import Document, document, flags
from osmm_scan.report.values import interval, json_value, number
from osmm_scan.resources import templates_directory
from osmm_scan.signals.declarations import FieldDeclaration, FieldType, SignalDeclaration
from osmm_scan.verdicts import Assessment
from tests.report import sample
from tests.report.sample_estate import AS_OF, OWNER, PRIVATE

SCHEMA = templates_directory() / "json" / "report.schema.json"
PUBLISHED = Path(__file__).parents[2] / "docs" / "report.schema.json"
OPTIONS = Options(flags=sample.FLAGS)


def _written(assessment: Assessment, options: Options = OPTIONS) -> Any:
    return json.loads(formats()["json"].render(assessment, options))


def _faults(written: Any) -> list[str]:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    return [f"{fault.instance_path}: {fault.message}" for fault in validator.iter_errors(written)]


def _without(key: str) -> Any:
    written = _written(sample.organisation())
    return {name: part for name, part in written.items() if name != key}


def test_published_schema_is_the_shipped_one():
    assert PUBLISHED.read_bytes() == SCHEMA.read_bytes()


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(_written(sample.organisation()), id="an organisation"),
        pytest.param(_written(sample.repository()), id="a repository"),
        pytest.param(
            _written(sample.organisation(), replace(OPTIONS, private=True)), id="private names"
        ),
    ],
)
def test_report_is_valid(written):
    assert _faults(written) == []


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(_without("items"), id="a key is absent"),
        pytest.param(_without("items") | {"items": [{}]}, id="an item without keys"),
        pytest.param(_without("as_of") | {"as_of": "30.6.2026"}, id="a date in words"),
        pytest.param(_written(sample.organisation()) | {"extra": 1}, id="a key too many"),
        pytest.param(_without("schema_version") | {"schema_version": 2}, id="another version"),
    ],
)
def test_schema_refuses_another_shape(written):
    assert _faults(written) != []


def test_all_items_are_listed_in_order():
    ids = [item["id"] for item in _written(sample.organisation())["items"]]

    assert len(ids) == 72
    assert ids == sorted(ids)


def test_order_of_the_engine_does_not_matter():
    usual = sample.organisation()
    turned = replace(
        usual,
        levels=usual.levels[::-1],
        items=usual.items[::-1],
        readiness=usual.readiness[::-1],
        evidence=usual.evidence[::-1] + usual.evidence,
        signals=usual.signals[::-1],
        repositories=usual.repositories[::-1],
    )

    assert document(turned, OPTIONS) == document(usual, OPTIONS)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        pytest.param(None, None, id="nothing"),
        pytest.param(inf, None, id="without limit"),
        pytest.param(nan, None, id="no number at all"),
        pytest.param(0.1 + 0.2, 0.3, id="binary noise"),
        pytest.param(2 / 3, 0.666667, id="six digits"),
        pytest.param(1234567.8, 1234570, id="six digits of a large number"),
        pytest.param(4.0, 4, id="whole"),
    ],
)
def test_number_has_six_significant_digits(value, shown):
    assert repr(number(value)) == repr(shown)


@pytest.mark.parametrize(
    ("within", "is_flag", "shown"),
    [
        pytest.param(None, True, None, id="no value"),
        pytest.param(Interval(0, 1), True, {"low": False, "high": True}, id="unknown flag"),
        pytest.param(Interval(0, 1), False, {"low": 0, "high": 1}, id="unknown share"),
        pytest.param(Interval.exactly(1), True, True, id="known flag"),
        pytest.param(Interval.exactly(1), False, 1, id="known share"),
        pytest.param(Interval(3, inf), False, {"low": 3, "high": None}, id="without limit"),
    ],
)
def test_field_shows_what_is_known(within, is_flag, shown):
    assert repr(interval(within, is_flag=is_flag)) == repr(shown)


def test_flags_are_the_yes_no_fields():
    field = FieldDeclaration(means="", type=FieldType.FLAG, measure=None)
    declared = SignalDeclaration(
        id="policy",
        name="",
        collector="",
        scope=(),
        kind="",
        unit="",
        direction="",
        strength="",
        access=(),
        population=(),
        fields={"present": field, "share": replace(field, type=FieldType.SHARE)},
        awaits="",
        source=(),
        compute="",
        traps=(),
        references={},
    )

    assert flags({"policy": declared}) == {"policy.present"}


def test_nested_values_are_plain_and_sorted():
    assert json_value({"b": (1.0, "x"), "a": {"low": 0, "high": inf}}) == {
        "a": {"high": None, "low": 0},
        "b": [1, "x"],
    }


def test_a_path_that_is_no_utf8_stays_readable():
    assert json_value(b"caf\xe9".decode("utf-8", "surrogateescape")) == "caf\\udce9"


def test_signal_that_was_not_measured_says_why():
    signal = Signal(id="idle", fields={}, missing=Missing.NOT_COLLECTED, why="waits for github")
    written = _written(replace(sample.organisation(), signals=(signal,)))

    assert written["signals"] == [
        {
            "id": "idle",
            "n": 0,
            "unknown": 0,
            "fields": {},
            "evidence": [],
            "missing": "not_collected",
            "why": "waits for github",
        }
    ]


def _with_secrets() -> Assessment:
    usual = sample.organisation()
    secret = f"{OWNER}/{PRIVATE}"
    told = Evidence(
        key="inventory.direct",
        subject=secret,
        value=("pkg:pypi/secret-plan", {"low": 1, "high": 2}, {"secret-path": 3}),
        source=Source(url=f"https://github.com/{secret}", path="secret-plan.txt", line=1),
        observed_at=AS_OF,
    )
    return replace(
        usual,
        evidence=(*usual.evidence, told),
        verdict=replace(usual.verdict, because=f"{secret} is behind"),
        faults=(*usual.faults, Fault(subject=secret, what="secret-plan.txt", why="too large")),
    )


def test_private_repositories_are_numbered_unless_asked():
    report = formats()["json"].render(_with_secrets(), OPTIONS)

    assert PRIVATE not in report
    assert "secret-p" not in report
    assert "private-0001 is behind" in report


def test_private_repositories_are_named_when_asked():
    report = formats()["json"].render(_with_secrets(), replace(OPTIONS, private=True))

    assert f"{OWNER}/{PRIVATE} is behind" in report
    assert "secret-plan.txt" in report


def _levels(whole: Document) -> list[int]:
    return sorted(one["level"] for one in whole["readiness"])


def test_withholding_keeps_every_figure():
    shown, withheld = (
        document(_with_secrets(), replace(OPTIONS, private=private)) for private in (True, False)
    )

    assert withheld["levels"] == shown["levels"]
    assert len(withheld["evidence"]) == len(shown["evidence"])
    assert _levels(withheld) == _levels(shown)


def test_entries_are_sorted_after_withholding():
    names = [one["name"] for one in document(_with_secrets(), OPTIONS)["repositories"]]

    assert names == sorted(names)


def test_one_repository_keeps_its_own_name():
    usual = sample.repository()
    own = replace(usual.repositories[0], visibility="private")
    written = _written(replace(usual, repositories=(own,)))

    assert written["repositories"][0]["name"] == usual.target.name
