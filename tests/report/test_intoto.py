"""The in-toto statement names a commit and the levels that it is ready for."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from osmm_scan.errors import UsageError
from osmm_scan.report import Options, formats
from tests.report import sample

OPTIONS = Options(flags=sample.FLAGS)


@pytest.mark.parametrize(
    ("level", "properties"),
    [
        pytest.param(None, [], id="unknown"),
        pytest.param(0, [], id="none"),
        pytest.param(2, ["OSMM_READY_LEVEL_1", "OSMM_READY_LEVEL_2"], id="two"),
    ],
)
def test_statement_lists_every_proved_level(level, properties):
    usual = sample.repository()
    whole = replace(usual, verdict=replace(usual.verdict, level=level))
    written = json.loads(formats()["intoto"].render(whole, OPTIONS))

    assert written["predicate"]["properties"] == properties


def test_statement_is_about_the_commit():
    usual = sample.repository()
    (subject,) = json.loads(formats()["intoto"].render(usual, OPTIONS))["subject"]

    assert subject == {"name": usual.target.name, "digest": {"gitCommit": usual.target.commit}}


@pytest.mark.parametrize(
    ("whole", "kind"),
    [
        pytest.param(sample.organisation(), "organisation", id="organisation"),
        pytest.param(
            replace(sample.repository(), target=replace(sample.repository().target, commit=None)),
            "repository",
            id="empty repository",
        ),
    ],
)
def test_without_a_commit_there_is_no_statement(whole, kind):
    with pytest.raises(UsageError, match=f"--format intoto: .* this {kind} has none"):
        formats()["intoto"].render(whole, OPTIONS)
