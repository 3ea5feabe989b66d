"""SPDX license expressions: read them, put them in one spelling, and tell whether they are open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache
from typing import TYPE_CHECKING, Any

from osmm_scan.collectors.licensing.templates import library
from osmm_scan.resources import rules_directory
from osmm_scan.strict_yaml import load

if TYPE_CHECKING:
    from license_expression import Licensing

_LONGEST = 2_000
_REFERENCE = re.compile(
    r"(?:DocumentRef-[\w.-]+:)?(?:LicenseRef|AdditionRef)-[\w.-]+", re.IGNORECASE
)
# Before SPDX 3.0 exceptions were part of an id: GPL-2.0-with-classpath-exception.
_OLD_EXCEPTIONS = {
    "GPL-2.0-with-GCC-exception": "GPL-2.0-only WITH GCC-exception-2.0",
    "GPL-2.0-with-autoconf-exception": "GPL-2.0-only WITH Autoconf-exception-2.0",
    "GPL-2.0-with-bison-exception": "GPL-2.0-only WITH Bison-exception-2.2",
    "GPL-2.0-with-classpath-exception": "GPL-2.0-only WITH Classpath-exception-2.0",
    "GPL-2.0-with-font-exception": "GPL-2.0-only WITH Font-exception-2.0",
    "GPL-3.0-with-GCC-exception": "GPL-3.0-only WITH GCC-exception-3.1",
    "GPL-3.0-with-autoconf-exception": "GPL-3.0-only WITH Autoconf-exception-3.0",
    "eCos-2.0": "GPL-2.0-or-later WITH eCos-exception-2.0",
    "wxWindows": "LGPL-2.0-or-later WITH WxWindows-exception-3.1",
}


def normalize(text: str) -> str | None:
    """Return an expression in canonical spelling, None when it is not a valid one."""
    if not text or len(text) > _LONGEST:
        return None
    from license_expression import ExpressionError

    try:
        parsed = _licensing().parse(text)
    # Beside its own errors the library lets some of its parser's through on odd input.
    except (ExpressionError, IndexError, RecursionError, TypeError, ValueError):
        return None
    return _write(parsed) if parsed is not None else None


def ids(expression: str) -> tuple[str, ...]:
    """Return the license ids of a valid expression, sorted, without exceptions."""
    keys = _licensing().license_keys(expression, unique=True, simple=False)
    exceptions = _exceptions()
    return tuple(sorted(key for key in keys if key not in exceptions))


def is_open(expression: str) -> bool | None:
    """Tell whether open licenses alone satisfy a valid expression; None when no list decides."""
    return _judge(_licensing().parse(expression))


def combine(expressions: Iterable[str], *, choice: bool) -> str | None:
    """Return one expression of several: any of them when there is a choice, else all."""
    parts = sorted(set(expressions))
    if not parts:
        return None
    bracketed = [f"({part})" if " " in part and len(parts) > 1 else part for part in parts]
    return normalize((" OR " if choice else " AND ").join(bracketed))


def family(license_id: str) -> str:
    """Return an id without `-only` and `-or-later`, which a license text alone cannot tell."""
    return license_id.removesuffix("-only").removesuffix("-or-later")


def _write(parsed: Any) -> str | None:
    """Return the canonical spelling of an expression, None when a license in it is unknown."""
    if hasattr(parsed, "license_symbol"):
        license_id = _modern(parsed.license_symbol.key)
        exception = parsed.exception_symbol.key
        return (
            f"{license_id} WITH {exception}" if license_id and exception in _exceptions() else None
        )
    if not parsed.args:
        return _modern(parsed.key)
    operator = parsed.operator.strip()
    parts = [_write(part) for part in parsed.args]
    if None in parts:
        return None
    nested = (" OR ", " AND ")
    inner = [f"({part})" if any(n in part for n in nested) else part for part in parts if part]
    return f" {operator} ".join(inner)


def _modern(key: str) -> str | None:
    """Return what is written today for a license id, None when nobody knows it."""
    listed = library()
    modern = _OLD_EXCEPTIONS.get(key) or listed.renamed.get(key)
    if modern is not None:
        return modern
    # "X+" is how SPDX 2 wrote "X or any later version".
    if key.removesuffix("+") in listed.licenses or _REFERENCE.fullmatch(key):
        return key
    return None


def _judge(parsed: Any) -> bool | None:
    if hasattr(parsed, "license_symbol"):
        return _judge(parsed.license_symbol)
    if not parsed.args:
        license_id = parsed.key.removesuffix("+")
        known = library().licenses.get(license_id)
        if known and known.is_open:
            return True
        return False if _is_restricted(license_id) else None
    verdicts = [_judge(part) for part in parsed.args]
    decisive: bool = parsed.operator.strip() == "OR"
    if decisive in verdicts:
        return decisive
    return None if None in verdicts else not decisive


def _is_restricted(license_id: str) -> bool:
    return any(fnmatchcase(license_id, pattern) for pattern in restricted())


@cache
def restricted() -> tuple[str, ...]:
    """Return patterns of the licenses that are known to withhold something."""
    path = rules_directory() / "licenses" / "restricted.yaml"
    lists: Mapping[str, Sequence[str]] = load(path.read_text(encoding="utf-8")).data["restricted"]
    return tuple(pattern for patterns in lists.values() for pattern in patterns)


@cache
def _exceptions() -> frozenset[str]:
    return frozenset(name for name, kind, _ in library().sources if kind == "exception")


@cache
def _licensing() -> Licensing:
    from license_expression import LicenseSymbol, Licensing

    exceptions = _exceptions()
    symbols = [LicenseSymbol(key) for key in library().licenses if key not in exceptions]
    symbols.extend(LicenseSymbol(key, is_exception=True) for key in sorted(exceptions))
    return Licensing(symbols)
