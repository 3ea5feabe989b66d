"""Evidence bundles on disk."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest

from osmm_scan.errors import StoreError
from osmm_scan.model import Bundle, Evidence, Fault, Missing, Source, Target, TargetKind, Visibility
from osmm_scan.store.bundle import pack, read_bundle

DAY = date(2026, 6, 30)
BUNDLE = Bundle(
    tool_version="1.2.3",
    target=Target(kind=TargetKind.REPOSITORY, name="acme/widgets", source="checkout", commit="c0"),
    as_of=DAY,
    window_days=365,
    visibility=Visibility.CHECKOUT,
    repositories=("acme/widgets",),
    unseen=9,
    evidence=(
        Evidence(
            key="license.file",
            subject="acme/widgets",
            value={"path": "LICENSE", "ids": ("MIT", "Apache-2.0"), "score": 0.5},
            source=Source(path="LICENSE", line=3, commit="c0", url="https://example.org/L3"),
            observed_at=DAY,
        ),
        Evidence(
            key="readme.explains",
            subject="acme/wid\u2028gets\udcff",
            missing=Missing.FAULT,
            why="damaged object",
            observed_at=DAY,
        ),
    ),
    faults=(Fault(subject="acme/widgets", what="objects", why="damaged"),),
)


def test_a_bundle_reads_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "acme.jsonl.gz"
    path.write_bytes(pack(BUNDLE))

    assert read_bundle(path) == BUNDLE


def test_the_same_bundle_is_the_same_bytes() -> None:
    assert pack(BUNDLE) == pack(BUNDLE)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        pytest.param(b"", "not an evidence bundle", id="empty file"),
        pytest.param(b"plain text", "cannot be read as a bundle", id="not gzip"),
        pytest.param(gzip.compress(b"{}\n"), "not an evidence bundle", id="foreign JSON"),
        pytest.param(gzip.compress(b"[1]\n"), "not a JSON object", id="a list"),
        pytest.param(gzip.compress(b"nonsense\n"), "cannot be read as a bundle", id="no JSON"),
        pytest.param(
            gzip.compress(b'{"osmm_scan_bundle": 99}\n'), "of version 1", id="a later version"
        ),
        pytest.param(
            gzip.compress(b'{"osmm_scan_bundle": 1}\n'), "damaged bundle", id="header cut short"
        ),
        pytest.param(pack(BUNDLE)[:-30], "cannot be read as a bundle", id="file cut short"),
        pytest.param(
            gzip.compress(gzip.decompress(pack(BUNDLE)).split(b"\n")[0] + b"\n"),
            "0 of 2 facts",
            id="facts lost",
        ),
    ],
)
def test_a_damaged_bundle_is_refused(tmp_path: Path, content: bytes, complaint: str) -> None:
    path = tmp_path / "acme.jsonl.gz"
    path.write_bytes(content)

    with pytest.raises(StoreError, match=complaint):
        read_bundle(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such bundle"):
        read_bundle(tmp_path / "acme.jsonl.gz")
