"""What the scan of a directory already saw before it was interrupted, and where it notes more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from osmm_scan.cli.scanning.clones import Seen, Visit

if TYPE_CHECKING:
    from osmm_scan.store.scans import Visit as Kept


class Journal:
    """Places are clones, relative to the directory. A clone that changed is looked at again."""

    def __init__(
        self, directory: Path, seen: Mapping[str, Kept], note: Callable[[str, Kept], None]
    ) -> None:
        self._directory = directory
        self._seen = seen
        self._note = note
        self._states: dict[str, str | None] = {}

    def recall(self, visit: Visit) -> Seen | None:
        """Return what a clone showed, if it is still as it was then."""
        place = self._place(visit)
        # Taken before the clone is read: should it change meanwhile, it is read again next time.
        state = self._states[place] = _state(visit)
        kept = self._seen.get(place)
        if kept is None or kept.fingerprint != state:
            return None
        return Seen(name=kept.name, owner=kept.owner, commit=kept.commit, evidence=kept.evidence)

    def keep(self, visit: Visit, seen: Seen) -> None:
        """Note what a clone showed."""
        from osmm_scan.store.scans import Visit as Kept

        state = self._states[self._place(visit)]
        if state is not None:
            kept = Kept(
                fingerprint=state,
                name=seen.name,
                owner=seen.owner,
                commit=seen.commit,
                evidence=seen.evidence,
            )
            self._note(self._place(visit), kept)

    def _place(self, visit: Visit) -> str:
        return visit.path.relative_to(self._directory).as_posix()


def _state(visit: Visit) -> str | None:
    """Return a hash of the clone and of the one that its defaults come from, None if unknown."""
    from osmm_scan.sources.fingerprint import fingerprint

    clones = (visit.path,) if visit.defaults is None else (visit.path, visit.defaults)
    states = [fingerprint(clone) for clone in clones]
    return None if None in states else " ".join(map(str, states))
