"""What a machine can check of the OSPS Baseline."""

from __future__ import annotations

from pathlib import Path

import pytest

from osmm_scan.collectors import collectors, osps
from osmm_scan.collectors.osps import load_requirements
from osmm_scan.errors import RuleError
from osmm_scan.model import Evidence
from osmm_scan.sources.repository import Remote, Tag
from tests.fakes import FakeRepository, commit, observe

CI = ".github/workflows/a.yml"
ATTESTED = "on: release\njobs: {a: {steps: [{uses: actions/attest-build-provenance@v3}]}}"
INJECTION = "on: issues\njobs: {a: {steps: [{run: 'echo ${{ github.event.issue.title }}'}]}}"


def evidence(files: dict[str, str], *, released: bool = False) -> list[Evidence]:
    made = commit("2026-05-01")
    tag = Tag(name="v1.0.0", commit=made.oid, created=made.committed, annotated=False, signed=False)
    repository = FakeRepository(
        files,
        remote=Remote("github.com", "acme", "widgets"),
        commits=[made],
        tags=[tag] if released else [],
    )
    return list(osps.collect(observe(repository)))


def states(files: dict[str, str], *, released: bool = False) -> dict[str, str]:
    found = evidence(files, released=released)
    values = [item.value for item in found if item.key == "osps.requirement"]
    return {value["id"]: value["state"] for value in values if isinstance(value, dict)}


def test_every_fact_is_yielded_exactly_once() -> None:
    keys = [item.key for item in evidence({}) if item.key in osps.FACTS]

    assert sorted(keys) == sorted(osps.FACTS)


def test_every_fact_that_is_asked_for_has_a_collector() -> None:
    known = {key for collector in collectors() for key in collector.facts}
    asked = {
        fact for one in load_requirements() for fact in (*one.facts, *one.any_of, one.when) if fact
    }

    assert sorted(asked - known) == []


def test_requirements_are_sorted_by_level_and_named_once() -> None:
    found = load_requirements()

    assert [one.level for one in found] == sorted(one.level for one in found)
    assert len({one.id for one in found}) == len(found)


@pytest.mark.parametrize(
    ("files", "id_", "state"),
    [
        pytest.param({}, "OSPS-AC-01.01", "unknown", id="only the owner sees it"),
        pytest.param({}, "OSPS-DO-01.01", "not_applicable", id="nothing is released"),
        pytest.param({}, "OSPS-LE-03.01", "unmet", id="no license"),
        pytest.param({}, "OSPS-VM-03.01", "unknown", id="a no that proves nothing"),
        pytest.param({}, "OSPS-BR-01.01", "met", id="nothing is bad"),
        pytest.param({CI: INJECTION}, "OSPS-BR-01.01", "unmet", id="bad"),
        pytest.param({"a.exe": "x"}, "OSPS-QA-05.01", "unmet", id="a program is committed"),
    ],
)
def test_requirements(files: dict[str, str], id_: str, state: str) -> None:
    assert states(files)[id_] == state


@pytest.mark.parametrize(
    ("files", "state"),
    [
        pytest.param({}, "unknown", id="neither, which proves nothing"),
        pytest.param({CI: "a: [}"}, "unknown", id="one no, one unknown"),
        pytest.param({CI: ATTESTED}, "met", id="one no, one yes"),
    ],
)
def test_a_requirement_that_any_of_two_facts_meets(files: dict[str, str], state: str) -> None:
    assert states(files, released=True)["OSPS-BR-06.01"] == state


def test_one_requirement_that_is_not_met_refutes_the_levels() -> None:
    found = {item.key: item.value for item in evidence({})}

    assert (found["osps.level1"], found["osps.level2"]) == (False, False)


def test_what_decides_is_cited() -> None:
    found = evidence({CI: INJECTION})
    cited = next(
        item
        for item in found
        if isinstance(item.value, dict) and item.value["id"] == "OSPS-BR-01.01"
    )

    assert isinstance(cited.value, dict)
    assert cited.value["by"] == "workflow.sanitized"
    assert (cited.source.path, cited.source.line) == (CI, 2)


def test_the_number_of_what_is_unknown() -> None:
    found = evidence({})
    unread = next(item.value for item in found if item.key == "osps.unread")

    assert unread == list(states({}).values()).count("unknown")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("a: [}", "osps.yaml:1:5: ", id="no YAML"),
        pytest.param("a: b", "osps.yaml:1:1: holds a list", id="no list"),
        pytest.param("requirements:\n- 7", "osps.yaml:2:3: a requirement is", id="a number"),
        pytest.param("requirements:\n- {x: 1}", "osps.yaml:2:3: a requirement is", id="a field"),
        pytest.param(
            "requirements:\n- {id: A, level: 1, asks: x}", "states one of", id="nothing decides"
        ),
        pytest.param(
            "requirements:\n- {id: A, level: 1, asks: x, facts: [a.b], needs: y}",
            "states one of",
            id="two decide",
        ),
        pytest.param(
            "requirements:\n- {id: A, level: 3, asks: x, needs: y}", "a 'level' of", id="level"
        ),
    ],
)
def test_faults_say_where(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "osps.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(RuleError) as raised:
        load_requirements(path)

    assert fault in str(raised.value)
