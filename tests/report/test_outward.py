"""Charts of what an organisation gives: only what was measured, as wide as it is sure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from osmm_scan.model import Interval, Missing, Signal
from osmm_scan.report import Options, formats
from osmm_scan.report.document import document
from osmm_scan.report.view.outward import Group, outward
from osmm_scan.verdicts import Assessment
from tests.report import sample
from tests.report.page import Page

OPTIONS = Options(flags=sample.FLAGS)


def _groups(*signals: Signal) -> tuple[Group, ...]:
    return outward(document(replace(sample.organisation(), signals=signals), OPTIONS))


def _share(low: float, high: float) -> Signal:
    return Signal(id="upstream_contributor_share", fields={"share": Interval(low, high)}, n=7)


@pytest.mark.parametrize(
    "signals",
    [
        pytest.param((), id="nothing measured"),
        pytest.param((_share(0, 1),), id="a share of which nothing is known"),
        pytest.param(
            (Signal(id="published_footprint", fields={"count": None}, n=0),), id="no value"
        ),
        pytest.param(
            (
                Signal(
                    id="upstream_merged_prs",
                    fields={"count": Interval(0, float("inf"))},
                    missing=Missing.NOT_COLLECTED,
                    why="waits for GitHub",
                ),
            ),
            id="not collected",
        ),
    ],
)
def test_nothing_is_drawn_of_what_was_not_measured(signals):
    assert _groups(*signals) == ()
    assert outward(document(sample.repository(), OPTIONS)) == ()


@pytest.mark.parametrize(
    ("signal", "text", "lengths"),
    [
        pytest.param(_share(0.25, 0.4), "25% to 40%", ("25", "15"), id="a range"),
        pytest.param(_share(0.5, 0.5), "50%", ("50", "0"), id="exact"),
        pytest.param(_share(0, 0), "0%", ("0", "0"), id="nobody, and that is sure"),
    ],
)
def test_a_share_is_a_bar(signal, text, lengths):
    ((measure,),) = (group.measures for group in _groups(signal))

    assert measure.text == text
    assert measure.sure is not None
    assert measure.more is not None
    assert (measure.sure.percent, measure.more.percent) == lengths


def test_a_count_is_a_figure():
    counted = Signal(id="upstream_merged_prs", fields={"count": Interval(31, float("inf"))}, n=1)
    ((measure,),) = (group.measures for group in _groups(counted))

    assert (measure.text, measure.sure) == ("31 or more", None)


def test_every_chart_has_a_text_alternative():
    assessment: Assessment = sample.organisation()
    page = Page(formats()["html"].render(assessment, OPTIONS))
    ids = set(page.values("id"))

    assert {"outward", "upstream", "published"} <= ids
    assert {
        "upstream_contributor_share-share-title",
        "release_cadence-released_12m_share-title",
    } <= ids
