"""A report says whose rules judged, and what they change."""

from __future__ import annotations

import json
from dataclasses import replace

import jsonschema_rs
import pytest

from osmm_scan.report import formats
from osmm_scan.report.document import document
from osmm_scan.report.options import Options
from osmm_scan.report.view.rules import own_rules
from osmm_scan.verdicts import RuleChange, RuleSet
from tests.report import sample
from tests.report.test_document import SCHEMA


def _change(identity: str, how: str = "overrides") -> RuleChange:
    return RuleChange(kind="item", id=identity, how=how, reason="stricter", place="osmm/a.yaml")


ACME = RuleSet(
    name="Acme <b>",
    version="3",
    extends="shipped",
    changes=(_change("l1.a.b"), _change("r", "adds")),
)


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        pytest.param(RuleSet(), "", id="the shipped rules"),
        pytest.param(
            RuleSet(name="Acme"),
            "Judged by the rules of Acme, in place of the shipped ones",
            id="a whole pack",
        ),
        pytest.param(
            RuleSet(name="Acme", extends="shipped"),
            "Judged by the rules of Acme, which extends the shipped ones: it changes nothing",
            id="no change",
        ),
        pytest.param(
            ACME,
            "Judged by the rules of Acme <b> 3, which extends the shipped ones: "
            "it overrides l1.a.b and adds r",
            id="changes",
        ),
        pytest.param(
            RuleSet(name="A", extends="shipped", changes=tuple(map(_change, "abcde"))),
            "Judged by the rules of A, which extends the shipped ones: "
            "it overrides a, b, c and 2 more",
            id="many changes",
        ),
    ],
)
def test_a_line_says_whose_rules_judged(rules: RuleSet, told: str) -> None:
    whole = document(replace(sample.organisation(), rules=rules), Options())

    assert own_rules(whole) == told


def test_the_json_report_holds_every_change_with_its_reason() -> None:
    whole = json.loads(
        formats()["json"].render(replace(sample.organisation(), rules=ACME), Options())
    )

    jsonschema_rs.validator_for(json.loads(SCHEMA.read_text())).validate(whole)
    assert whole["rules"]["changes"][0] == {
        "kind": "item",
        "id": "l1.a.b",
        "how": "overrides",
        "reason": "stricter",
        "place": "osmm/a.yaml",
    }


@pytest.mark.parametrize(
    ("name", "shown"),
    [("text", "Acme <b> 3"), ("markdown", "Acme &lt;b&gt; 3"), ("html", "Acme &lt;b&gt; 3")],
)
def test_reports_for_people_show_the_line_and_no_other_for_shipped_rules(
    name: str, shown: str
) -> None:
    render = formats()[name].render

    assert shown in render(replace(sample.organisation(), rules=ACME), Options())
    assert "Judged by" not in render(sample.organisation(), Options())
