"""What tells of private repositories stands in no format unless it is asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from osmm_scan.model import Evidence, Fault, Missing, Source, TargetKind
from osmm_scan.report import Options, formats
from osmm_scan.report import own_templates as own
from osmm_scan.report.document import document
from osmm_scan.verdicts import Access, Assessment, Hidden, RepositoryView
from tests.report import sample
from tests.report.sample_estate import AS_OF, OWNER

OPTIONS = Options(flags=sample.FLAGS)
SECRET, UNREAD = f"{OWNER}/zz-merger", f"{OWNER}/zz-unread"
# Every text that tells of the private repository, in whatever place it stands.
MARKS = (
    "zz-merger",
    "zz-unread",
    "zz-path",
    "zz-value",
    "zz-why",
    "zz-fault",
    "zz-line",
    "f00dfeed",
)
FORMATS = [name for name in formats() if name != "intoto"]


def _evidence(subject: str, key: str, **told: Any) -> Evidence:
    source = Source(
        url=f"https://github.com/{SECRET}/blob/{'f00dfeed' * 5}/zz-path/SECURITY.md",
        path="zz-path/SECURITY.md",
        line=4,
        commit="f00dfeed" * 5,
    )
    return Evidence(key=key, subject=subject, source=source, observed_at=AS_OF, **told)


def _with_secrets() -> Assessment:
    usual = sample.organisation()
    found = (
        _evidence(SECRET, "license.expression", value="zz-value"),
        _evidence(SECRET, "ci.tests", missing=Missing.FAULT, why="zz-why"),
        _evidence(OWNER, "upstream.projects", value=(SECRET, {SECRET: f"{SECRET}/zz-path"})),
        _evidence(OWNER, "ospo.named", missing=Missing.TRUNCATED, why=f"see {SECRET}/zz-why"),
        _evidence(f"{OWNER}/atlas-ui", "readme.explains", value=f"moved to {SECRET.upper()}"),
    )
    ids = tuple(one.id for one in found)
    judged = usual.readiness[0]
    checks = tuple(replace(one, because="zz-line 3", evidence=ids) for one in judged.checks)
    item = replace(usual.items[0], because=f"{SECRET}/zz-path proves it", evidence=ids)
    facts = {"license.expression": "zz-value", "repository.public": False}
    about = {"archived": False, "fork": False, "active": True}
    return replace(
        usual,
        target=replace(usual.target, source="github"),
        verdict=replace(usual.verdict, because=f"{SECRET} is behind {UNREAD}"),
        items=(item, *usual.items[1:]),
        readiness=(*usual.readiness, replace(judged, repository=SECRET, checks=checks)),
        evidence=(*usual.evidence, *found),
        repositories=(
            *usual.repositories,
            RepositoryView(name=SECRET, visibility="private", facts=facts, **about),
            RepositoryView(name=UNREAD, visibility=None, facts={}, **about),
        ),
        faults=(
            Fault(subject=SECRET, what="zz-fault", why="zz-why"),
            Fault(subject=UNREAD, what="repository", why=f"{UNREAD}: zz-why"),
            Fault(subject=OWNER, what=f"{SECRET}/zz-path", why="too large"),
        ),
        waivers=({"what": "r1.readme", "scope": SECRET, "reason": f"{SECRET} is left out",
                  "owner": "OSPO", "expires": "2027-01-01", "effect": "counted",
                  "why": f"for {SECRET}"},),
        access=Access(
            token="app",
            could_not_see=(Hidden(what=f"{SECRET}#12", needs=f"a token for {SECRET}", hides=()),),
        ),
    )  # fmt: skip


def _told(report: str) -> list[str]:
    return [mark for mark in MARKS if mark in report.casefold()]


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_tells_of_private_repositories(name):
    assert _told(formats()[name].render(_with_secrets(), OPTIONS)) == []


def test_templates_of_users_see_nothing_of_private_repositories():
    everything = own.render("a.txt", "{{ report | tojson }}", document(_with_secrets(), OPTIONS))

    assert _told(everything) == []


@pytest.mark.parametrize("name", ["json", "html", "csv-evidence", "csv-repositories", "sarif"])
def test_private_repositories_are_told_of_when_asked(name):
    report = formats()[name].render(_with_secrets(), replace(OPTIONS, private=True))

    assert "zz-merger" in report


def test_what_a_clone_shows_was_handed_over():
    usual = _with_secrets()
    whole = replace(usual, target=replace(usual.target, source="checkout"))

    names = [one["name"] for one in document(whole, OPTIONS)["repositories"]]

    assert UNREAD in names
    assert SECRET not in names


def test_one_private_repository_is_reported_to_those_who_asked_for_it():
    usual = _with_secrets()
    whole = replace(usual, target=replace(usual.target, kind=TargetKind.REPOSITORY, name=SECRET))

    assert SECRET in document(whole, OPTIONS)["verdict"]["because"]
