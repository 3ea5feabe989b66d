"""Documents of a programme are recognised by their substance, not by their headings."""

import pytest

from osmm_scan.collectors import documents
from osmm_scan.collectors.documents.recognition import recognise
from osmm_scan.collectors.documents.rubrics import load_rubrics
from osmm_scan.model import Value
from tests.collectors.documents import programme_texts, texts
from tests.fakes import FakeRepository, commit, facts


def _quality(text: str, name: str) -> int:
    findings = recognise(text, f"docs/{name}.md", load_rubrics(), "acme/handbook")
    return next((one.quality for one in findings if one.name == name), 0)


def _fact(text: str, name: str, path: str = "") -> dict[str, Value]:
    files = {path or f"docs/{name}.md": text}
    repository = FakeRepository(files, name="acme/handbook", commits=[commit("2026-05-01")])
    value = facts(documents, repository)[f"document.{name}"].value
    assert isinstance(value, dict)
    return value


@pytest.mark.parametrize("name", sorted(programme_texts.HOLLOW))
def test_headings_alone_are_mentions_at_most(name: str) -> None:
    assert _quality(programme_texts.HOLLOW[name], name) <= 1


@pytest.mark.parametrize("name", sorted(programme_texts.REAL))
def test_documents_with_substance_are_recognised(name: str) -> None:
    assert _quality(programme_texts.REAL[name], name) >= 2


@pytest.mark.parametrize("name", sorted(programme_texts.REAL))
def test_no_document_is_taken_for_another_of_the_programme(name: str) -> None:
    taken = {one for one in programme_texts.REAL if _quality(programme_texts.REAL[name], one) > 1}

    assert taken == {name}


@pytest.mark.parametrize(
    ("name", "part", "value"),
    [
        pytest.param("stakeholder_roster", "functions", 4, id="functions of the organization"),
        pytest.param("training_coverage", "share", 0.9, id="so many of so many"),
        pytest.param("recognition_programme", "instances_12m", 2, id="awards of the last year"),
        pytest.param("recognition_programme", "inbound_only", False, id="employees are honoured"),
        pytest.param("project_evaluation", "scored_count", 2, id="rows without the head"),
        pytest.param("project_evaluation", "dimensions", 3, id="all three dimensions"),
        pytest.param("roi_metrics", "periods", 2, id="years that are named"),
        pytest.param("foundation_kpis", "has_targets", True, id="a target"),
        pytest.param("executive_statement", "roles", 1, id="one role"),
        pytest.param("executive_statement", "recent_24m", 1, id="a statement of this month"),
    ],
)
def test_fields_are_read_from_the_text(name: str, part: str, value: Value) -> None:
    assert _fact(programme_texts.REAL[name], name)[part] == value


def test_only_outsiders_are_honoured_where_no_employee_is() -> None:
    text = programme_texts.REAL["recognition_programme"]
    outside = text.replace("employees", "volunteers").replace("a colleague", "somebody")

    assert _fact(outside, "recognition_programme")["inbound_only"] is True


@pytest.mark.parametrize(
    ("listed", "share"),
    [
        pytest.param("Nothing is listed.", {"low": 0.0, "high": 1.0}, id="none listed"),
        pytest.param("- Hold meetups\n- Publish by 2027", 0.0, id="no number but a year"),
        pytest.param("- Ten projects by 2027\n- 20 projects by 2027", 0.5, id="one with both"),
    ],
)
def test_objectives_are_measurable_with_number_and_time(listed: str, share: Value) -> None:
    text = texts.STRATEGY.replace("## ", f"## Objectives\n\n{listed}\n\n## ", 1)
    value = _fact(text, "strategy")

    assert value["aims"] == (0 if isinstance(share, dict) else 2)
    assert value["measurable_share"] == share
