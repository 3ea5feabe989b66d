"""The shipped pack holds the whole published model, under ids that never change."""

from __future__ import annotations

from pathlib import Path

from osmm_scan.resources import rules_directory
from osmm_scan.signals.declarations import load_declarations
from osmm_scan.strict_yaml import load
from tests.rules.published import FACETS, ITEMS, SIGNALS

ACTIVITY_FILES = sorted((rules_directory() / "osmm").glob("level-*/*.yaml"))


def entries(part: str) -> list[tuple[Path, dict]]:
    files = ((path, load(path.read_text(encoding="utf-8")).data) for path in ACTIVITY_FILES)
    return [(path, entry) for path, file in files for entry in file.get(part, [])]


def test_every_item_of_the_checklist_is_there_once():
    assert sorted(entry["id"] for _, entry in entries("items")) == sorted(ITEMS)


def test_items_carry_the_keys_of_the_published_checklist():
    assert {entry["id"]: entry["finos_key"] for _, entry in entries("items")} == ITEMS


def test_every_facet_is_there_once_and_belongs_to_an_item():
    facets = {entry["id"]: entry["facet_of"] for _, entry in entries("facets")}

    assert sorted(facets) == sorted(FACETS)
    assert set(facets.values()) <= set(ITEMS)


def test_there_are_24_activities_in_files_of_their_names():
    files = {path: load(path.read_text(encoding="utf-8")).data for path in ACTIVITY_FILES}

    assert len(files) == 24
    assert [
        path
        for path, file in files.items()
        if (f"level-{file['level']}", file["activity"]) != (path.parent.name, path.stem)
    ] == []


def test_ids_name_the_level_and_activity_of_their_file():
    found = [(entry["id"], path) for path, entry in entries("items")]

    assert [id for id, path in found if not id.startswith(prefix(path))] == []


def prefix(path: Path) -> str:
    return f"l{path.parent.name.removeprefix('level-')}.{path.stem}."


def test_every_signal_is_declared_in_the_file_of_its_collector():
    directory = rules_directory() / "signals"
    files = {path: load(path.read_text(encoding="utf-8")).data for path in directory.glob("*.yaml")}

    assert sorted(load_declarations(directory)) == sorted(SIGNALS)
    assert [
        signal["id"]
        for path, file in files.items()
        for signal in file["signals"]
        if signal["collector"] != path.stem
    ] == []
