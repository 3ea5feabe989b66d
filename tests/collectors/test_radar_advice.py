"""What a radar advises and what it says to avoid, by the names of its entries."""

from __future__ import annotations

import json

import pytest

from osmm_scan.collectors import radar_advice
from osmm_scan.collectors.documents.candidates import LIMIT
from osmm_scan.model import Missing
from tests.fakes import FakeRepository, facts

RINGS = ("adopt", "trial", "assess", "hold", "adopt")
NAMES = ("HTTPX", "Kafka", "Rust", "Old Queue", "Axle")
FOLDER = {
    f"radar/2026-05/{name.lower()}.md": f"---\ntitle: {name}\nring: {ring}\n---\nSo it is.\n"
    for name, ring in zip(NAMES, RINGS, strict=True)
}
LISTS = """# Radar

## Adopt

- **HTTPX**: fast
- Axle - ours

## Trial

- Kafka (3.9)

## Assess

* [Rust](https://rust-lang.org): safe

## Hold

- `Old Queue`
"""
ADVISED, AVOIDED = ("axle", "httpx", "kafka", "rust"), ("old queue",)


def entries(name: str) -> str:
    pairs = zip(NAMES, RINGS, strict=True)
    return json.dumps({"entries": [{name: one, "ring": ring.title()} for one, ring in pairs]})


def found(path: str, text: str) -> tuple[object, ...]:
    repository = FakeRepository({path: text}, name="acme/radar")
    return tuple(one.value for one in facts(radar_advice, repository).values())


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("README.md", "# Radar\n\nSoon.\n", id="a mention"),
        pytest.param("radar.json", '{"entries": []}', id="no entries"),
        pytest.param("radar.json", entries("colour"), id="entries without a name"),
    ],
)
def test_no_radar_advises_nothing(path: str, text: str) -> None:
    assert found(path, text) == ((), ())


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("radar.json", entries("label"), id="JSON"),
        pytest.param(
            "radar.csv",
            "quadrant,name,ring\n"
            + "".join(f"tools,{name},{ring}\n" for name, ring in zip(NAMES, RINGS, strict=True)),
            id="CSV whose names come second",
        ),
        pytest.param(
            "radar.md",
            "# Radar\n\n| Name | Ring |\n|---|---|\n"
            + "".join(
                f"| [{name}](https://x.org) | {ring} |\n"
                for name, ring in zip(NAMES, RINGS, strict=True)
            ),
            id="table",
        ),
        pytest.param(
            "radar.md",
            LISTS,
            id="lists below rings",
        ),
    ],
)
def test_names_are_read_from_every_form(path: str, text: str) -> None:
    assert found(path, text) == (ADVISED, AVOIDED)


def test_names_are_read_from_an_entry_per_file() -> None:
    values = facts(radar_advice, FakeRepository(FOLDER, name="acme/radar"))

    assert set(ADVISED) <= set(values["radar.advised"].value or ())  # type: ignore[arg-type]
    assert values["radar.avoided"].value == AVOIDED


def test_an_entry_may_state_its_packages() -> None:
    radar = json.loads(entries("title"))
    radar["entries"][3] |= {"packages": ["pkg:npm/queue", "pkg:pypi/queue"], "alias": "OQ"}

    assert found("radar.json", json.dumps(radar))[1] == (
        "old queue",
        "oq",
        "pkg:npm/queue",
        "pkg:pypi/queue",
    )


def test_a_radar_that_cannot_be_read_is_unknown() -> None:
    repository = FakeRepository({"radar.json": "x" * 300_000}, name="acme/radar")

    assert {one.missing for one in facts(radar_advice, repository).values()} == {Missing.TRUNCATED}


def test_a_radar_of_too_many_files_is_unknown() -> None:
    text = "---\ntitle: Tool\nring: adopt\n---\nIt is so.\n"
    more = {f"radar/2026-05/tool-{number}.md": text for number in range(LIMIT)}
    values = facts(radar_advice, FakeRepository(FOLDER | more, name="acme/radar"))

    assert {one.missing for one in values.values()} == {Missing.TRUNCATED}
