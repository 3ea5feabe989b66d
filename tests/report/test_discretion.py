"""Plans and explanations tell nothing of private repositories unless they are asked to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from osmm_scan.engine.explain_nouns import Explanation, Line, Section
from osmm_scan.engine.plan_nouns import (
    Action,
    CheckAction,
    Kind,
    LevelPlan,
    Option,
    Plan,
    RepositoryPlan,
    Want,
)
from osmm_scan.model import Evidence, Missing, Source, Target, TargetKind
from osmm_scan.report import explanations, plans
from osmm_scan.report.discretion import NOBODY, withheld_names
from osmm_scan.verdicts import Check, Remedy, RepositoryView
from tests.report import sample
from tests.report.sample_estate import AS_OF, OWNER

SECRET, UNREAD, OPEN = f"{OWNER}/aa-merger", f"{OWNER}/zz-unread", f"{OWNER}/bb-open"
ORGANISATION = Target(kind=TargetKind.ORGANISATION, name=OWNER, source="github")
MARKS = ("aa-merger", "zz-unread", "zz-path", "zz-value", "zz-why", "zz-because")
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


def _view(name: str, visibility: str | None) -> RepositoryView:
    return RepositoryView(
        name=name, visibility=visibility, archived=False, fork=False, active=True, facts={}
    )


VIEWS = (_view(SECRET, "private"), _view(OPEN, "public"), _view(UNREAD, None))
NAMES = withheld_names(ORGANISATION, VIEWS)


def _plan() -> Plan:
    want = Want(
        signal="license_scan_in_ci",
        field="share",
        told=f"License checks: {SECRET}/zz-path has none",
        is_known=True,
        repositories=(SECRET, OPEN),
        how_many=2,
    )
    option = Option(
        criterion=sample.organisation().items[0].criterion,
        before=0,
        grade=2,
        kind=Kind.DO,
        cost=4,
        wants=(want,),
    )
    action = Action(option=option, alternative=(option,), extra=1)
    return Plan(
        target=1,
        name="Use",
        proved=0,
        levels=(LevelPlan(level=1, name="Use", actions=(action,)),),
        repositories=RepositoryPlan(
            level=1,
            actions=(CheckAction(check=CHECK, do_in=(SECRET, OPEN), look_in=(UNREAD,)),),
            ready=(UNREAD,),
            out_of_reach=(SECRET,),
            left_out=(SECRET, OPEN),
        ),
    )


def _evidence(subject: str, **told: object) -> Evidence:
    source = Source(
        url=f"https://github.com/{SECRET}/blob/{'f00dfeed' * 5}/zz-path/README.md",
        path="zz-path/README.md",
        line=3,
        commit="f00dfeed" * 5,
    )
    return Evidence(
        key="readme.explains", subject=subject, source=source, observed_at=AS_OF, **told
    )  # type: ignore[arg-type] # any of its values


def _explanation() -> Explanation:
    cited = (
        _evidence(SECRET, value="zz-value"),
        _evidence(SECRET, missing=Missing.FAULT, why="zz-why"),
        _evidence(OWNER, value={SECRET: (f"see {SECRET}/zz-path",)}),
    )
    evidence = [Line(f"{one.subject}: {one.key}", (), one, one.subject) for one in cited]
    return Explanation(
        id="r1.readme",
        kind="check",
        title="The README says what the project is for",
        sections=(
            Section("Judged here", (Line(f"held back by {SECRET}", (f"and {UNREAD}#12",)),)),
            Section("Met here", (Line(f"{SECRET}: zz-because", subject=SECRET),)),
            Section("Evidence", (*evidence, Line("and 3 more in the JSON report"))),
        ),
    )


def _told(shown: str) -> list[str]:
    return [mark for mark in MARKS if mark in shown]


@pytest.mark.parametrize("form", sorted(plans.FORMS))
def test_no_plan_tells_of_private_repositories(form: str) -> None:
    shown = plans.render(_plan(), form, NAMES)

    assert _told(shown) == []
    assert OPEN in shown
    assert "private-0001" in shown


@pytest.mark.parametrize("form", sorted(explanations.FORMS))
def test_no_explanation_tells_of_private_repositories(form: str) -> None:
    shown = explanations.render(_explanation(), form, NAMES)

    assert _told(shown) == []
    assert "3 more" in shown


@pytest.mark.parametrize("form", ["text", "json"])
def test_private_repositories_are_told_of_when_asked(form: str) -> None:
    assert "aa-merger" in plans.render(_plan(), form, NOBODY)
    assert "aa-merger" in explanations.render(_explanation(), form, NOBODY)


def test_places_in_a_list_tell_no_name() -> None:
    shown = plans.render(_plan(), "csv", NAMES)

    assert f"{OPEN} private-0001" in shown


@pytest.mark.parametrize(
    ("target", "withheld"),
    [
        pytest.param(ORGANISATION, [SECRET, UNREAD], id="an organisation on GitHub"),
        pytest.param(
            replace(ORGANISATION, source="checkout"), [SECRET], id="clones were handed over"
        ),
        pytest.param(
            replace(ORGANISATION, kind=TargetKind.REPOSITORY, name=SECRET),
            [],
            id="one repository was asked for by its name",
        ),
    ],
)
def test_what_is_withheld_is_what_reports_withhold(target: Target, withheld: list[str]) -> None:
    assert sorted(withheld_names(target, VIEWS)) == withheld
