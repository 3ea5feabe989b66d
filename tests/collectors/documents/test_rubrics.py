"""Rubrics are data: read whole, joined with those of a pack, refused with file and line."""

from pathlib import Path

import pytest

from osmm_scan.collectors import documents
from osmm_scan.collectors.documents.rubrics import load_rubrics
from osmm_scan.errors import RuleError


def _pack(folder: Path, name: str, text: str) -> tuple[Path, ...]:
    (folder / "documents").mkdir()
    (folder / "documents" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return (folder,)


def test_every_class_has_a_fact() -> None:
    assert {f"document.{name}" for name in load_rubrics().classes} == set(documents.FACTS)


def test_a_pack_adds_phrases_to_a_shipped_element(tmp_path: Path) -> None:
    own = "elements:\n  approval:\n    says: [clearance by the guild]\n"

    rubrics = load_rubrics(_pack(tmp_path, "consumption_policy", own))

    phrases = [
        one.text for one in rubrics.classes["consumption_policy"].elements["approval"].phrases
    ]
    assert "clearance by the guild" in phrases
    assert len(phrases) > 1


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        pytest.param("- a\n", 1, "a rubric is a mapping", id="a list"),
        pytest.param("means: a\nmeaning: b\n", 2, "unknown field 'meaning'", id="unknown field"),
        pytest.param("elements: [a]\n", 1, "a mapping of names", id="elements in a list"),
        pytest.param("elements:\n  a: {}\n", 2, "lists what it 'says'", id="says nothing"),
        pytest.param("elements:\n  a: {says: [a.b]}\n", 2, "is no word", id="no phrase"),
        pytest.param("about:\n  a: {says: [b], in: c}\n", 2, "in is one of", id="unknown place"),
        pytest.param("needs:\n- [b]\n", 2, "'b' is no element", id="needs what is not there"),
        pytest.param("figures:\n  c: lines\n", 2, "'lines' is none of", id="no figure"),
        pytest.param("absent:\n  c: [b]\n", 2, "'b' is no element", id="absent is nothing"),
        pytest.param("parts:\n  c: [b]\n", 2, "'b' is no element", id="part of nothing"),
        pytest.param("means: {\n", 2, "", id="no YAML"),
    ],
)
def test_faults_name_file_and_line(tmp_path: Path, text: str, line: int, problem: str) -> None:
    with pytest.raises(RuleError) as caught:
        load_rubrics(_pack(tmp_path, "own_class", text))

    assert f"own_class.yaml:{line}:" in caught.value.faults[0]
    assert problem in caught.value.faults[0]
