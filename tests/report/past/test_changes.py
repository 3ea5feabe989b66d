"""The comparison of two scans, as people and programs read it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from osmm_scan.engine.changes import Changes, CheckChange, RepositoryChange, Side
from osmm_scan.engine.facts import changed_facts
from osmm_scan.model import Evidence, Source
from osmm_scan.report.options import Options
from osmm_scan.report.past.changes import render_json, render_text
from osmm_scan.verdicts import Result
from tests.store.samples import assessed

SCANS = ("scan 1", "scan 2")
SIDE = Side(
    as_of=date(2026, 5, 31),
    verdict=assessed().verdict,
    tool_version="1.2.3",
    rules_sha256="a" * 64,
    profile="company",
)


def fact(value: bool) -> Evidence:
    return Evidence(
        key="license.recognized",
        subject="acme/secret",
        value=value,
        source=Source(path="docs/merger-with-globex.md", url="https://github.com/acme/secret"),
        observed_at=date(2026, 5, 31),
    )


CHANGES = Changes(
    target="acme",
    before=SIDE,
    after=replace(SIDE, as_of=date(2026, 6, 30)),
    items=(),
    repositories=(
        RepositoryChange(
            name="acme/secret",
            before=1,
            after=1,
            checks=(
                CheckChange(
                    id="r2.license",
                    before=Result.MET,
                    after=Result.UNMET,
                    facts=changed_facts([fact(True)], [fact(False)]),
                ),
            ),
        ),
        RepositoryChange(name="acme/\x1b[31mnew", before=None, after=2, checks=()),
    ),
    private=frozenset(),
)


@pytest.mark.parametrize("render", [render_text, render_json])
@pytest.mark.parametrize(
    ("private", "options"),
    [
        pytest.param(frozenset(), Options(), id="a public one"),
        pytest.param(frozenset({"acme/secret"}), Options(private=True), id="asked for"),
    ],
)
def test_a_repository_is_named(render: type, private: frozenset[str], options: Options) -> None:
    text = render(replace(CHANGES, private=private), SCANS, options)

    assert "acme/secret" in text
    assert "merger-with-globex" in text


@pytest.mark.parametrize("render", [render_text, render_json])
def test_a_private_repository_is_not(render: type) -> None:
    text = render(replace(CHANGES, private=frozenset({"acme/secret"})), SCANS, Options())

    assert "secret" not in text
    assert "globex" not in text
    assert "private-0001" in text


@pytest.mark.parametrize(
    ("after", "says"),
    [
        pytest.param({}, "Level 0 is proved", id="nothing special"),
        pytest.param({"as_of": date(2026, 1, 1)}, "an earlier day", id="a clock that went back"),
        pytest.param({"rules_sha256": "b" * 64}, "Not with the same rules", id="other rules"),
        pytest.param({"profile": "community"}, "Not with the same profile", id="another profile"),
    ],
)
def test_what_makes_a_comparison_doubtful_is_said(after: dict[str, object], says: str) -> None:
    changed = replace(CHANGES, after=replace(CHANGES.after, **after))

    assert says in render_text(changed, SCANS, Options())


def test_no_text_of_a_repository_steers_the_terminal() -> None:
    text = render_text(CHANGES, SCANS, Options())

    assert "\x1b" not in text
    assert "acme/\\x1b[31mnew" in text


def test_a_terminal_without_unicode_gets_ascii() -> None:
    assert render_text(CHANGES, SCANS, Options(encoding="ascii")).isascii()


def test_the_document_is_json() -> None:
    whole = json.loads(render_json(CHANGES, SCANS, Options()))

    assert (whole["before"]["scan"], whole["after"]["scan"]) == SCANS
