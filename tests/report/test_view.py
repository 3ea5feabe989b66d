"""What people read says the verdict as a range and counts nothing unknown as done."""

from __future__ import annotations

from dataclasses import replace

import pytest

from osmm_scan.report import Options
from osmm_scan.report.document import document
from osmm_scan.report.view import View, view
from osmm_scan.report.view.proofs import CITED
from osmm_scan.verdicts import Readiness, State
from tests.report import sample


def _view(assessment) -> View:
    return view(document(assessment, Options()))


@pytest.mark.parametrize(
    ("level", "possible", "sentence"),
    [
        pytest.param(None, 2, "No level is proved; level 2 of 5 is still possible", id="none"),
        pytest.param(2, 4, "Level 2 of 5 is proved; level 4 is still possible", id="range"),
        pytest.param(0, 2, "No level is proved; level 2 of 5 is still possible", id="level 0"),
        pytest.param(
            0, 0, "No level of 5 is reached, and nothing unseen could change that", id="surely none"
        ),
        pytest.param(
            3, 3, "Level 3 of 5 is proved, and nothing unseen could raise it", id="certain"
        ),
    ],
)
def test_headline_is_a_range(level, possible, sentence):
    usual = sample.organisation()
    verdict = replace(usual.verdict, level=level, possible=possible)

    assert _view(replace(usual, verdict=verdict)).headline.sentence == sentence


@pytest.mark.parametrize(
    ("level", "possible", "kinds"),
    [
        pytest.param(None, 0, ["open"] * 5, id="nothing"),
        pytest.param(1, 3, ["proved", "possible", "possible", "open", "open"], id="range"),
        pytest.param(5, 5, ["proved"] * 5, id="everything"),
    ],
)
def test_stairs_show_the_range(level, possible, kinds):
    usual = sample.organisation()
    verdict = replace(usual.verdict, level=level, possible=possible)
    stairs = _view(replace(usual, verdict=verdict)).headline.stairs

    assert [step.kind for step in stairs.steps] == kinds


def test_a_level_that_passes_alone_is_told():
    assert _view(sample.organisation()).headline.beyond.startswith("Level 3 passes by itself")
    assert _view(sample.repository()).headline.beyond == ""


@pytest.mark.parametrize(
    ("grade", "possible", "state", "verdict"),
    [
        pytest.param(None, 4, State.UNKNOWN, "unknown, up to 4 of 5", id="unknown"),
        pytest.param(None, 0, State.NOT_APPLICABLE, "not applicable", id="left out"),
        pytest.param(0, 0, State.ABSENT, "0 of 5", id="absent"),
        pytest.param(1, 3, State.OBSERVED, "1 to 3 of 5", id="range"),
        pytest.param(2, 2, State.ATTESTED, "2 of 5", id="certain"),
    ],
)
def test_grade_of_an_item_is_a_range(grade, possible, state, verdict):
    usual = sample.organisation()
    item = replace(usual.items[0], grade=grade, possible=possible, state=state)

    assert _view(replace(usual, items=(item,))).items[0].verdict == verdict


def test_matrix_counts_every_item_once():
    rows = _view(sample.organisation()).matrix

    assert [sum(count.number for count in row.counts) for row in rows] == [8, 27, 20, 13, 4]
    assert [row.total for row in rows] == [8, 27, 20, 13, 4]


def test_repositories_that_are_ready_for_least_come_first():
    usual = sample.organisation()
    unjudged = replace(usual.repositories[0], name="acme/unjudged")
    rows = _view(replace(usual, repositories=(*usual.repositories, unjudged))).repositories

    assert [row.level for row in rows] == [0, 1, 1, 2, 2, 3, 3, 3, 4, None]
    assert rows[-1].verdict == "not judged"


def test_unknown_checks_are_possible_but_not_met():
    bar = _view(sample.repository()).bars[2]

    assert (bar.proved.text, bar.possible.text) == ("67%", "100%")
    assert (bar.note, bar.status, bar.is_reached) == ("4 of 6, 2 unknown", "still possible", False)


def test_a_level_without_checks_shows_nothing_met():
    usual = sample.repository()
    (readiness,) = usual.readiness
    few = tuple(one for one in readiness.checks if one.check.level != 4)
    bar = _view(replace(usual, readiness=(replace(readiness, checks=few),))).bars[3]

    assert (bar.note, bar.proved.text) == ("none applies", "0%")


def test_citations_are_cut_and_proofs_come_first():
    usual = sample.organisation()
    every = tuple(one.id for one in usual.evidence)
    item = replace(usual.items[0], evidence=("e000000000000", *every))
    citation = _view(replace(usual, items=(item,))).items[0].proof

    assert (len(citation.shown), citation.more) == (CITED, len(every) - CITED)
    assert not any(proof.is_missing for proof in citation.shown)


def test_large_estates_list_no_single_checks():
    usual = sample.organisation()
    many = tuple(
        Readiness(repository=f"acme/{place}", level=0, possible=4, checks=()) for place in range(61)
    )

    assert _view(usual).in_detail
    assert not _view(replace(usual, readiness=many)).in_detail


def test_attested_grades_are_counted_apart():
    assert _view(sample.organisation()).attested == 3
