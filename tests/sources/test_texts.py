"""Bytes become text that can be written anywhere, or are binary."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.errors import Unobserved
from osmm_scan.sources.texts import decode_file, decode_path


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\x7fELF\0", id="NUL"),
        pytest.param(b"\x89PNG\r\n\x1a\n\xff\xd8", id="control characters, not UTF-8"),
        pytest.param("text".encode("utf-16-le"), id="UTF-16 without a mark"),
        pytest.param(codecs.BOM_UTF16_BE + b"\0\0\0a", id="NUL in UTF-16"),
        pytest.param(codecs.BOM_UTF8 + b"a\0", id="NUL behind a mark"),
    ],
)
def test_binary_files_have_no_text(content: bytes) -> None:
    with pytest.raises(Unobserved, match="file is binary"):
        decode_file(content, "file")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        pytest.param(b"", "", id="empty"),
        pytest.param(b"caf\xc3\xa9\n", "café\n", id="UTF-8"),
        pytest.param(codecs.BOM_UTF8 + b"caf\xc3\xa9", "café", id="UTF-8 with mark"),
        pytest.param("café".encode("utf-16"), "café", id="UTF-16 with mark"),
        pytest.param(codecs.BOM_UTF16_BE + "café".encode("utf-16-be"), "café", id="big endian"),
        pytest.param("café".encode("utf-32"), "café", id="UTF-32 with mark"),
        pytest.param(codecs.BOM_UTF16_LE + b"a", "\ufffd", id="cut UTF-16"),
        pytest.param(codecs.BOM_UTF16_LE + b"\x00\xd8a\x00", "\ufffda", id="lone surrogate"),
        pytest.param(b"\x93caf\xe9\x94", "“café”", id="cp1252"),
        pytest.param(b"caf\xe9 \x81", "café \ufffd", id="undefined in cp1252"),
        pytest.param(b"one\r\ntwo\rthree\n", "one\ntwo\nthree\n", id="line ends"),
        pytest.param(b"\x1b[1mbold\x1b[0m \x01", "\x1b[1mbold\x1b[0m \x01", id="controls in UTF-8"),
    ],
)
def test_files_are_decoded(content: bytes, text: str) -> None:
    assert decode_file(content, "file") == text


@given(st.binary())
def test_any_file_is_text_that_can_be_written_or_binary(content: bytes) -> None:
    try:
        text = decode_file(content, "file")
    except Unobserved:
        return

    assert text.encode().decode() == text


@given(st.binary())
def test_any_path_can_be_written(name: bytes) -> None:
    assert decode_path(name).encode().decode() == decode_path(name)
