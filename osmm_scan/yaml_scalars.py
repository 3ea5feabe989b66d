"""What a single YAML value means: the core schema of YAML 1.2, and nothing that only 1.1 knew."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

STANDARD_TAG = "tag:yaml.org,2002:"

Scalar: TypeAlias = "str | int | float | bool | None"

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_BASED = re.compile(r"0o[0-7]{1,20}|0x[0-9a-fA-F]{1,15}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?")
_SPECIAL: Mapping[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
    **{
        sign + name: float(sign + "inf")
        for sign in ("", "+", "-")
        for name in (".inf", ".Inf", ".INF")
    },
}

_TAGS: Mapping[str, tuple[type, ...]] = {
    f"{STANDARD_TAG}str": (str,),
    f"{STANDARD_TAG}int": (int,),
    f"{STANDARD_TAG}float": (float, int),
    f"{STANDARD_TAG}bool": (bool,),
    f"{STANDARD_TAG}null": (type(None),),
}


def resolve(text: str) -> Scalar:
    """Return what an unquoted value means.

    Numbers with leading zeros, or too long for a 64-bit integer, stay strings.
    """
    if text in _SPECIAL:
        return _SPECIAL[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _BASED.fullmatch(text):
        return int(text, 0)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text


def read_scalar(text: str, tag: str | None, *, plain: bool) -> Scalar:
    """Return a value as its tag, or else its quoting, wants it read.

    Raises `ValueError` when it does not fit a standard tag, `KeyError` for any other tag.
    """
    if tag is None:
        return resolve(text) if plain else text
    types = _TAGS[tag]
    value: Scalar = text if str in types else resolve(text)
    # A bool is an int for Python, not for YAML.
    if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
        raise ValueError(f"{text[:40]!r} does not fit its tag")
    return value
