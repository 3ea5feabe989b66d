"""Measure how clearly a repository says under which license it is, between 0 and 1."""

from __future__ import annotations

from collections.abc import Iterator

from osmm_scan.collectors.licensing import expressions
from osmm_scan.collectors.licensing.files import notice_files
from osmm_scan.collectors.licensing.headers import headers
from osmm_scan.collectors.licensing.study import Licensing, licensing
from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.releases import releases
from osmm_scan.errors import Unobserved

Part = tuple[float, float]
"""The least and the most that a part of the index can be, given what is unknown."""

_YES: Part = (1.0, 1.0)
_NO: Part = (0.0, 0.0)
_UNKNOWN: Part = (0.0, 1.0)


def index(observer: Observer) -> Part:
    """Return the mean of the parts that apply to this repository."""
    found = observer.once(licensing)
    parts = [
        *_manifests(found),
        *_sources(observer),
        *_notices(observer),
        _consistent(found),
    ]
    low = sum(part[0] for part in parts) / len(parts)
    high = sum(part[1] for part in parts) / len(parts)
    return round(low, 4), round(high, 4)


def _manifests(found: Licensing) -> Iterator[Part]:
    """Yield whether the manifests declare the license of the text; nothing without a manifest."""
    if not found.declared:
        return
    if found.expression is None:
        unread = any(file.fault is not None for file in found.files)
        yield _UNKNOWN if unread else _NO
        return
    families = {expressions.family(each) for each in expressions.ids(found.expression)}
    parts = []
    for manifest in found.declared:
        if manifest.is_silent or manifest.is_closed:
            parts.append(_NO)
        elif manifest.expression is None:
            parts.append(_UNKNOWN)
        else:
            named = {expressions.family(each) for each in expressions.ids(manifest.expression)}
            parts.append(_YES if named <= families else _NO)
    # One manifest that declares it is enough: the others may be of tools, not of packages.
    yield max(parts)


def _sources(observer: Observer) -> Iterator[Part]:
    """Yield the share of own source files that have a license."""
    counted = observer.once(headers)
    if counted.examined:
        yield counted.low, counted.high


def _notices(observer: Observer) -> Iterator[Part]:
    """Yield whether notices come with releases; what those contain, a clone cannot show."""
    if notice_files(observer):
        yield _YES
        return
    try:
        released = bool(releases(observer).tags)
    except Unobserved:
        released = True
    if released:
        yield _UNKNOWN


def _consistent(found: Licensing) -> Part:
    if found.contradictions:
        return _NO
    if found.faults:
        return _UNKNOWN
    # Nothing said is nothing clear.
    stated = found.files or any(manifest.written for manifest in found.declared)
    return _YES if stated else _NO
