"""Compare the packages that are new in an estate with what its technology radar advises.

An entry is often a concept and no package. Names must be the same to count; a package that only
has the words of an entry in its name may be meant by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from math import inf
from urllib.parse import unquote

from osmm_scan.model import Interval
from osmm_scan.signals.samples import Sample

_PURL = re.compile(r"pkg:([a-z0-9.+-]{1,40})/([^@?#]{1,300})")
_WORD = re.compile(r"[a-z0-9+#]+")
_BETWEEN = re.compile(r"[\s_-]+")
# The namespace of these is an address, which people leave out.
_ADDRESSED = frozenset({"golang", "maven"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Uses:
    """How many uses of new packages a radar advises or shuts out for sure, and may shut out."""

    total: int
    advised: int
    avoided: int
    maybe: int
    is_open: bool
    is_radar_open: bool


def members(sample: Sample) -> Interval:
    """Return how many members the sets have, each repository counted for itself."""
    known = [each for each in sample.sets if isinstance(each, tuple)]
    is_whole = len(known) == len(sample.sets) and not sample.is_open
    size = sum(map(len, known))
    return Interval(size, size if is_whole else inf)


def heeded(advised: Sample, avoided: Sample, added: Sample) -> Interval | None:
    """Return the share of new packages that are on the radar, outside the ring to avoid."""
    uses = _uses(advised, avoided, added)
    if uses is None:
        return None
    if uses.is_open or not uses.total:
        return Interval(0.0, 1.0)
    return Interval(uses.advised / uses.total, 1.0 - uses.avoided / uses.total)


def defied(advised: Sample, avoided: Sample, added: Sample) -> Interval | None:
    """Return how many new packages are in the ring to avoid."""
    uses = _uses(advised, avoided, added)
    if uses is None:
        return None
    if uses.is_open:
        return Interval(uses.avoided, inf)
    most = uses.total - uses.advised if uses.is_radar_open else uses.avoided + uses.maybe
    return Interval(uses.avoided, most)


def _uses(advised: Sample, avoided: Sample, added: Sample) -> _Uses | None:
    """Return the uses; None when there surely is no radar, or nothing new."""
    advice, ban = frozenset(map(_plain, _all(advised))), frozenset(map(_plain, _all(avoided)))
    is_radar_open = _is_open(advised) or _is_open(avoided)
    packages = [str(one) for one in _all(added)]
    is_open = _is_open(added)
    if not (advice or ban or is_radar_open) or not (packages or is_open):
        return None
    bans = [frozenset(_WORD.findall(one)) for one in sorted(ban)]
    verdicts = [_verdict(one, advice, ban, bans) for one in packages]
    return _Uses(
        total=len(packages),
        advised=verdicts.count("advised"),
        avoided=verdicts.count("avoided"),
        maybe=verdicts.count("maybe"),
        is_open=is_open,
        is_radar_open=is_radar_open,
    )


def _verdict(
    package: str, advice: frozenset[str], ban: frozenset[str], bans: Iterable[frozenset[str]]
) -> str:
    names = _names(package)
    is_advised, is_banned = not names.isdisjoint(advice), not names.isdisjoint(ban)
    if is_advised != is_banned:
        return "advised" if is_advised else "avoided"
    words = frozenset(_WORD.findall(unquote(package).lower()))
    return "maybe" if is_banned or any(one and one <= words for one in bans) else "unknown"


@cache
def _names(package: str) -> frozenset[str]:
    """Return what a package may be called: by its address, its name, at times its last part."""
    match = _PURL.match(package)
    if match is None:
        return frozenset({_plain(package)})
    kind, name = match[1], unquote(match[2])
    last = {name.rpartition("/")[2]} if kind in _ADDRESSED else set()
    return frozenset(map(_plain, {match[0], name, *last}))


def _plain(name: object) -> str:
    return _BETWEEN.sub("-", unquote(str(name)).strip().lower())


def _all(sample: Sample) -> Iterator[object]:
    return (one for each in sample.sets if isinstance(each, tuple) for one in each)


def _is_open(sample: Sample) -> bool:
    return sample.is_open or any(not isinstance(each, tuple) for each in sample.sets)
