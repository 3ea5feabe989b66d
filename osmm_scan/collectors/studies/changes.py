"""How long ago files were last changed in substance, by the history of a repository."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from osmm_scan.collectors.observation import Observer
from osmm_scan.model import Value

# No rule tells apart what is older, so history is not read further back.
OLDEST_DAYS = 1100
# One line taken away and one put in its place correct a word or an address.
SUBSTANTIVE_LINES = 3

_DAY = 86_400


def ages(
    observer: Observer, paths: Iterable[str], *, lines: int = SUBSTANTIVE_LINES
) -> Mapping[str, Value]:
    """Return the days since each of these files changed by at least so many lines.

    A file that came by its present name lately counts as changed then. Where nothing changed for
    `OLDEST_DAYS` only that is known. `Unobserved` when history is not there.
    """
    asked = frozenset(paths)
    found: dict[str, Value] = {}
    since = observer.until - OLDEST_DAYS * _DAY
    for change in observer.repository.changes(asked, since=since):
        is_substantive = change.lines is None or change.lines >= lines
        if is_substantive and change.committed <= observer.until:
            found.setdefault(change.path, (observer.until - change.committed) // _DAY)
            if len(found) == len(asked):
                break
    return {path: found.get(path, {"low": OLDEST_DAYS}) for path in sorted(asked)}


def newest(observer: Observer, paths: Iterable[str], *, lines: int = SUBSTANTIVE_LINES) -> Value:
    """Return the days since any of these files changed by at least so many lines; see `ages`."""
    known = ages(observer, paths, lines=lines).values()
    return min((age for age in known if isinstance(age, int)), default={"low": OLDEST_DAYS})
