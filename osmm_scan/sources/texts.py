"""Turn bytes of a repository into text that can be stored and written as UTF-8 anywhere."""

from __future__ import annotations

import codecs

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins with the mark of UTF-16, so it is tried before
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))
# Only codecs that take time linear in their input; a commit may name any that Python has.
_CODECS = {
    name: codec
    for codec, names in {
        "big5": ("big5",),
        "cp1251": ("cp1251", "windows-1251"),
        "cp1252": ("cp1252", "windows-1252", "iso-8859-1", "iso8859-1", "latin1", "latin-1"),
        "cp949": ("cp949", "euc-kr"),
        "euc_jp": ("euc-jp", "eucjp"),
        "gb18030": ("gb18030", "gbk", "gb2312", "cp936"),
        "iso2022_jp": ("iso-2022-jp",),
        "iso8859_2": ("iso-8859-2", "iso8859-2"),
        "iso8859_15": ("iso-8859-15", "iso8859-15"),
        "koi8_r": ("koi8-r",),
        "shift_jis": ("shift_jis", "shift-jis", "sjis", "cp932"),
    }.items()
    for name in names
}


def decode_path(name: bytes) -> str:
    """Return a path or reference name; bytes that are not UTF-8 become escapes such as `\\xff`."""
    return name.decode("utf-8", "backslashreplace")


def decode_message(content: bytes, encoding: str = "") -> str:
    """Return a name or message in the encoding that its commit states, else UTF-8 or cp1252."""
    codec = _CODECS.get(encoding.lower())
    if codec is not None:
        return content.decode(codec, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def decode_file(content: bytes, path: str) -> str:
    """Return a text file with `\\n` line ends and without its byte order mark.

    Files that are neither Unicode nor free of control characters are binary.
    """
    for mark, codec in _MARKS:
        if content.startswith(mark):
            text = content.removeprefix(mark).decode(codec, "replace")
            if "\0" in text:
                raise Unobserved(Missing.NOT_SUPPORTED, f"{path} is binary")
            return _with_plain_line_ends(text)
    if b"\0" in content:
        raise Unobserved(Missing.NOT_SUPPORTED, f"{path} is binary")
    try:
        return _with_plain_line_ends(content.decode("utf-8"))
    except UnicodeDecodeError:
        if len(content.translate(None, _CONTROLS)) != len(content):
            raise Unobserved(Missing.NOT_SUPPORTED, f"{path} is binary") from None
    return _with_plain_line_ends(content.decode("cp1252", "replace"))


def _with_plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
