"""Streams of records that end with NUL."""

from __future__ import annotations

from io import BufferedReader, BytesIO

import pytest

from osmm_scan.sources import records as module
from osmm_scan.sources.records import records


@pytest.mark.parametrize("chunk", [1, 2, 3, 100])
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"", [], id="empty"),
        pytest.param(b"a\0b\0", [b"a", b"b"], id="ended"),
        pytest.param(b"a\0b", [b"a", b"b"], id="not ended"),
        pytest.param(b"\0\0a\0", [b"", b"", b"a"], id="empty records"),
        pytest.param(b"abcdefghi\0b\0", [b"abcde", b"b"], id="too long"),
        pytest.param(b"a\0bcdefghi", [b"a", b"bcdef"], id="last one too long"),
    ],
)
def test_records_are_the_same_however_they_arrive(
    monkeypatch: pytest.MonkeyPatch, chunk: int, content: bytes, expected: list[bytes]
) -> None:
    monkeypatch.setattr(module, "_CHUNK", chunk)

    assert list(records(BufferedReader(BytesIO(content)), limit=5)) == expected
