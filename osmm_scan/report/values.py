"""Turn values of the model into JSON types that print alike everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from osmm_scan.model import Interval, Value


def number(value: float | None) -> float | int | None:
    """Return a number with six significant digits; what is not finite is None."""
    if value is None or not isfinite(value):
        return None
    rounded = float(f"{value:.6g}")
    return int(rounded) if rounded.is_integer() else rounded


def interval(within: Interval | None, *, is_flag: bool) -> Any:
    """Return the one value that a field has, its limits, or None if it has no value at all."""
    if within is None:
        return None
    show = bool if is_flag else number
    if within.is_exact:
        return show(within.low)
    return {"low": show(within.low), "high": show(within.high)}


def json_value(value: Value | None) -> Any:
    """Return an observed value as JSON types, its keys sorted."""
    if isinstance(value, str):
        return text(value)
    if isinstance(value, float):
        return number(value)
    if isinstance(value, Mapping):
        return {text(name): json_value(part) for name, part in sorted(value.items())}
    if isinstance(value, tuple):
        return [json_value(part) for part in value]
    return value


def text(raw: str) -> str:
    """Return the text as valid Unicode."""
    # A file name that is no UTF-8 arrives with lone surrogates, which no JSON reader accepts.
    return raw.encode("utf-8", "backslashreplace").decode("utf-8")
