"""The landscape files that a user names: paths, or addresses that begin with https."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from osmm_scan.errors import UsageError

if TYPE_CHECKING:
    from osmm_scan.sources.landscapes import Landscape


def read_landscapes(places: Iterable[str], *, offline: bool) -> tuple[Landscape, ...]:
    """Return what landscape files list, each at a path or an address.

    Raises `UsageError` for what is no landscape file, and `SourceError` for what cannot be fetched.
    """
    return tuple(_read(place, offline=offline) for place in places)


def _read(place: str, *, offline: bool) -> Landscape:
    from osmm_scan.sources.landscapes import SIZE_LIMIT, parse_landscape, read_landscape

    if "://" not in place:
        return read_landscape(Path(place))
    if offline:
        raise UsageError(f"{place}: --offline, so it is not fetched; give --landscape a file")
    from osmm_scan.sources.github.download import download

    return parse_landscape(download(place, limit=SIZE_LIMIT), place)
