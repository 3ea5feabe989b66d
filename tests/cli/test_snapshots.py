"""Snapshots are found by what they depend on, are private, and do not grow without end."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from osmm_scan.cli.scanning.snapshots import Snapshots, open_snapshots
from osmm_scan.errors import UsageError
from osmm_scan.model import Bundle, Evidence, Target, TargetKind, Visibility

DAY = date(2026, 6, 30)
KEY = ("one", "two")


def bundle(value: int = 1) -> Bundle:
    evidence = Evidence(key="it.is", subject="acme/widgets", value=value, observed_at=DAY)
    return Bundle(
        tool_version="0",
        target=Target(kind=TargetKind.REPOSITORY, name="acme/widgets", source="github"),
        as_of=DAY,
        window_days=365,
        visibility=Visibility.PUBLIC,
        repositories=("acme/widgets",),
        unseen=0,
        evidence=(evidence,),
    )


def test_what_was_kept_is_found_under_the_same_circumstances(tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path)
    snapshots.keep(KEY, bundle())

    assert snapshots.find(KEY) == bundle()
    assert snapshots.find(("onetwo",)) is None
    assert snapshots.find(("one", "other")) is None


def test_without_a_folder_nothing_is_kept() -> None:
    snapshots = Snapshots(None)
    snapshots.keep(KEY, bundle())

    assert snapshots.find(KEY) is None


def test_only_the_user_can_read_them(tmp_path: Path) -> None:
    Snapshots(tmp_path / "cache").keep(KEY, bundle())

    (path,) = (tmp_path / "cache").glob("*/*")
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_written_to_is_left(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("")
    snapshots = Snapshots(place)

    snapshots.keep(KEY, bundle())

    assert snapshots.find(KEY) is None


def test_the_oldest_make_room(tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path)
    for number in range(3):
        snapshots.keep((str(number),), bundle(number))
    sizes = []
    for number in range(3):
        path = snapshots._path(tmp_path, (str(number),))
        os.utime(path, (number, number))
        sizes.append(path.stat().st_size)

    snapshots.prune(most=sizes[2] + sizes[1])

    assert snapshots.find(("0",)) is None
    assert snapshots.find(("2",)) == bundle(2)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        pytest.param({"XDG_CACHE_HOME": "/x", "HOME": "/h"}, "/x/osmm-scan", id="XDG"),
        pytest.param({"HOME": "/h"}, "/h/.cache/osmm-scan", id="home"),
        pytest.param({"XDG_CACHE_HOME": "relative"}, None, id="not absolute"),
        pytest.param({}, None, id="nowhere"),
    ],
)
def test_the_usual_folder(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], expected: str | None
) -> None:
    for name in ("XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    snapshots = open_snapshots(None, fresh=False)

    assert snapshots._folder == (Path(expected) if expected else None)


def test_fresh_scans_keep_nothing(tmp_path: Path) -> None:
    assert open_snapshots(tmp_path, fresh=True).find(KEY) is None


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("")

    with pytest.raises(UsageError, match="no folder"):
        open_snapshots(place, fresh=False)
