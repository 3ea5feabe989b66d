"""A plan is shown whole and alike in every form, and nothing in it can do harm."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from osmm_scan.engine.plan_nouns import (
    Action,
    CheckAction,
    Kind,
    LevelPlan,
    Option,
    Plan,
    RepositoryPlan,
    Statement,
    Want,
)
from osmm_scan.report.plans import FORMS, render
from osmm_scan.verdicts import Check, Remedy
from tests.report import sample

CRITERIA = {one.criterion.id: one.criterion for one in sample.organisation().items}
CHECK = Check(
    id="r1.readme",
    level=1,
    item="l1.managing.choice",
    title="The README says what the project is for",
    fact="readme.explains",
    applies=(),
    required=False,
    why="People weigh a component by what it says.",
    remedy=Remedy(action="Open the README with a sentence on purpose.", effort="S"),
)
NOBODY = RepositoryPlan(level=2, actions=(), ready=(), out_of_reach=(), left_out=())


STATED = Statement(
    file=".osmm/attestations.yml",
    carries={"alone": 2, "second_person": 3, "readable_evidence": 3},
)


def _option(identity: str, kind: Kind, grade: int, cost: int, *wants: Want) -> Option:
    before = 0 if kind is Kind.DO else None
    return Option(
        criterion=CRITERIA[identity],
        before=before,
        grade=grade,
        kind=kind,
        cost=cost,
        wants=wants,
        by_statement=kind is Kind.ATTEST,
    )


def _want(told: str, *repositories: str, known: bool = True) -> Want:
    return Want(
        signal="license_scan_in_ci",
        field="share",
        told=told,
        is_known=known,
        repositories=repositories,
        how_many=len(repositories) - 1 if repositories else 0,
    )


def _plan() -> Plan:
    scan = _option(
        "l2.license-management.ip-compliance",
        Kind.DO,
        2,
        12,
        _want("License checks: 10 % of 20 (needs 40 %)", "acme/a", "acme/b", "acme/<c>|d"),
    )
    use = _option("l1.using.use", Kind.LOOK, 2, 2, _want("Manifests: not seen", known=False))
    training = _option("l2.license-management.license-training", Kind.ATTEST, 3, 3)
    return Plan(
        target=2,
        name="Compliant usage",
        proved=1,
        levels=(
            LevelPlan(
                level=1,
                name="Ad-hoc usage",
                actions=(
                    Action(
                        option=use,
                        settled_by=("a token with more rights",),
                        statement=STATED,
                    ),
                ),
            ),
            LevelPlan(
                level=2,
                name="Compliant usage",
                actions=(
                    Action(option=scan, alternative=(training,), extra=7),
                    Action(option=replace(training, before=2, is_attested=True), statement=STATED),
                ),
            ),
        ),
        repositories=RepositoryPlan(
            level=2,
            actions=(CheckAction(check=CHECK, do_in=("acme/a",), look_in=("acme/b",)),),
            ready=("acme/z",),
            out_of_reach=(),
            left_out=("acme/old",),
        ),
        is_exact=False,
        attested=1,
        waived=2,
    )


@pytest.mark.parametrize(
    ("form", "suffix"), [("text", "txt"), ("markdown", "md"), ("csv", "csv"), ("json", "json")]
)
def test_plan_is_golden(
    form: str, suffix: str, strays_from_golden: Callable[[str, str], list[str]]
) -> None:
    assert strays_from_golden(f"plan.{suffix}", render(_plan(), form)) == []


def test_every_form_is_compared() -> None:
    assert sorted(FORMS) == ["csv", "json", "markdown", "text"]


def test_text_keeps_to_eighty_columns() -> None:
    assert max(map(len, render(_plan(), "text").splitlines())) <= 80


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        pytest.param(
            Plan(target=1, name="Use", proved=1, levels=(), repositories=NOBODY),
            "A plan for the repositories alone",
            id="one repository",
        ),
        pytest.param(
            Plan(
                target=1,
                name="Use",
                proved=1,
                levels=(LevelPlan(level=1, name="Use", actions=()),),
                repositories=NOBODY,
            ),
            "The level is reached already.",
            id="reached",
        ),
        pytest.param(
            Plan(
                target=1,
                name="Use",
                proved=0,
                levels=(LevelPlan(level=1, name="Use", actions=(), lacks=("use unknown",)),),
                repositories=NOBODY,
            ),
            "It lacks: use unknown.",
            id="out of reach",
        ),
        pytest.param(replace(_plan(), is_exact=True), "No cheaper way exists.", id="exact"),
    ],
)
def test_what_a_plan_can_do_is_said(plan: Plan, told: str) -> None:
    assert told in render(plan, "text")


@pytest.mark.parametrize("form", sorted(FORMS))
def test_names_of_repositories_stay_text(form: str) -> None:
    action = CheckAction(check=CHECK, do_in=("a/\x1b[31mb\n##[x]y", "=cmd()"), look_in=())
    plan = replace(_plan(), repositories=replace(_plan().repositories, actions=(action,)))

    shown = render(plan, form)

    assert "\x1b" not in shown
    assert "\n##[" not in shown


def test_attested_grades_are_never_shown_as_observed() -> None:
    rows = csv.DictReader(io.StringIO(render(_plan(), "csv")))
    whole = json.loads(render(_plan(), "json"))

    assert "grade 2 attested to 3 Defined" in " ".join(render(_plan(), "text").split())
    assert "grade 2 attested to 3 Defined" in render(_plan(), "markdown")
    assert [row["from_state"] for row in rows] == ["unknown", "observed", "attested", ""]
    assert [one["from_state"] for one in whole["levels"][1]["actions"]] == ["observed", "attested"]


def test_rows_and_entries_hold_every_action() -> None:
    rows = list(csv.DictReader(io.StringIO(render(_plan(), "csv"))))
    entries = json.loads(render(_plan(), "json"))

    assert [row["kind"] for row in rows] == ["look", "do", "attest", "do"]
    assert sum(len(level["actions"]) for level in entries["levels"]) == 3
    assert entries["effort"] == 8.5
