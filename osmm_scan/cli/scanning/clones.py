"""From clones to an evidence bundle: one repository, or a directory of them side by side."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from osmm_scan import __version__
from osmm_scan.cli.scanning.workers import run_all
from osmm_scan.errors import ScanError, Unobserved
from osmm_scan.model import Bundle, Evidence, Fault, Missing, Target, TargetKind, Visibility
from osmm_scan.settings import Estate

if TYPE_CHECKING:
    from osmm_scan.cli.scanning.shards import Shard
    from osmm_scan.sources.checkout import Checkout

DEFAULTS_REPOSITORY = ".github"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The day that a scan speaks of, and how many days up to it count as activity.

    `packs` are rule packs of whoever scans, which add to what is recognised. `estate` is what the
    organisation says belongs to it.
    """

    as_of: date
    days: int
    packs: tuple[Path, ...] = ()
    estate: Estate = field(default_factory=Estate)

    @property
    def staff_digest(self) -> str:
        """Return a digest of whom the organisation calls its people, which tells nobody's name."""
        named = (sorted(self.estate.domains), self.estate.roster)
        return hashlib.sha256(repr(named).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One clone to look at, and the clone of its owner's `.github` repository if there is one."""

    path: Path
    window: Window
    defaults: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What one clone showed."""

    name: str
    owner: str | None
    commit: str | None
    evidence: tuple[Evidence, ...]


class Notes(Protocol):
    """What a scan that was interrupted already saw, and where this one notes what it sees."""

    def recall(self, visit: Visit) -> Seen | None:
        """Return what a clone showed, None when it must be looked at."""

    def keep(self, visit: Visit, seen: Seen) -> None:
        """Note what a clone showed."""


def scan_repository(path: Path, window: Window) -> Bundle:
    """Return the evidence of one clone; `ScanError` when it cannot be opened."""
    from osmm_scan.signals.estate import UNSEEN_REPOSITORIES
    from osmm_scan.sources.checkout import open_checkout

    unread = Unobserved(Missing.NOT_COLLECTED, "the owner's .github repository was not read")
    with open_checkout(path, inherited=unread) as checkout:
        seen = _look(checkout, window)
    return Bundle(
        tool_version=__version__,
        target=Target(
            kind=TargetKind.REPOSITORY, name=seen.name, source="checkout", commit=seen.commit
        ),
        as_of=window.as_of,
        window_days=window.days,
        visibility=Visibility.CHECKOUT,
        repositories=(seen.name,),
        unseen=UNSEEN_REPOSITORIES,
        evidence=seen.evidence,
    )


def scan_directory(
    directory: Path,
    window: Window,
    *,
    jobs: int | None,
    progress: Callable[[int, int], None],
    journal: Notes | None = None,
    shard: Shard | None = None,
) -> Bundle:
    """Return the evidence of every clone in a directory; one that cannot be read is a fault.

    Clones of other shards are left unseen, and what `journal` recalls is not looked at again.
    Raises `ScanError` when there is no clone, or none that can be read.
    """
    from osmm_scan.sources.discovery import find_checkouts

    paths = find_checkouts(directory)
    if not paths:
        raise ScanError(f"{directory}: no clone in it or in its folders; clone repositories there")
    defaults = {path.parent: path for path in paths if _folder_name(path) == DEFAULTS_REPOSITORY}
    mine = [path for path in paths if shard is None or shard.takes(_within(directory, path))]
    visits = [Visit(path=path, window=window, defaults=defaults.get(path.parent)) for path in mine]
    outcomes = _visit_all(visits, journal, jobs=jobs, progress=progress)
    seen, faults = _sort_out(directory, mine, outcomes)
    if mine and not seen:
        raise ScanError(f"{directory}: none of {len(mine)} clones could be read: {faults[0].why}")
    owners = {one.owner for one in seen}
    unread = tuple(fault.subject for fault in faults if fault.what == "clone")
    return Bundle(
        tool_version=__version__,
        target=Target(
            kind=TargetKind.ORGANISATION,
            name=next(iter(owners)) or directory.name if len(owners) == 1 else directory.name,
            source="checkout",
        ),
        as_of=window.as_of,
        window_days=window.days,
        visibility=Visibility.CHECKOUT,
        repositories=tuple(sorted({*(one.name for one in seen), *unread})),
        unseen=len(paths) - len(mine),
        evidence=tuple(
            item for one in sorted(seen, key=lambda one: one.name) for item in one.evidence
        ),
        faults=faults,
    )


def find_defaults(directory: Path) -> Path | None:
    """Return the clone of the organisation's `.github` repository, None unless there is one."""
    from osmm_scan.sources.discovery import find_checkouts

    found = [
        path for path in find_checkouts(directory) if _folder_name(path) == DEFAULTS_REPOSITORY
    ]
    if len(found) > 1:
        _log.warning(
            "%s: %d organisations have a .github repository, so none of them configures this scan; "
            "name the files with --config and --attestations",
            directory,
            len(found),
        )
    return found[0] if len(found) == 1 else None


def _visit_all(
    visits: Sequence[Visit],
    journal: Notes | None,
    *,
    jobs: int | None,
    progress: Callable[[int, int], None],
) -> list[Seen | ScanError]:
    if journal is None:
        return run_all(visit_clone, visits, jobs=jobs, progress=progress)
    recalled = {visit.path: journal.recall(visit) for visit in visits}
    left = [visit for visit in visits if recalled[visit.path] is None]
    if len(left) < len(visits):
        known = len(visits) - len(left)
        _log.info("%s of %s clones were read before the interruption", known, len(visits))
    fresh = run_all(visit_clone, left, jobs=jobs, progress=progress, keep=journal.keep)
    outcomes = dict(zip((visit.path for visit in left), fresh, strict=True))
    return [recalled[visit.path] or outcomes[visit.path] for visit in visits]


def visit_clone(visit: Visit) -> Seen:
    """Return what one clone shows; runs in a worker process."""
    from osmm_scan.sources.checkout import open_checkout

    if visit.defaults is None or visit.defaults == visit.path:
        with open_checkout(visit.path, inherited=None) as checkout:
            return _look(checkout, visit.window)
    with (
        open_checkout(visit.defaults, inherited=None) as defaults,
        open_checkout(visit.path, inherited=defaults) as checkout,
    ):
        return _look(checkout, visit.window)


def _look(checkout: Checkout, window: Window) -> Seen:
    from osmm_scan.collectors import collect
    from osmm_scan.collectors.observation import Observer

    observer = Observer(
        repository=checkout,
        as_of=window.as_of,
        window_days=window.days,
        packs=window.packs,
        estate=window.estate,
    )
    return Seen(
        name=checkout.name,
        owner=checkout.remote.owner if checkout.remote else None,
        commit=checkout.source().commit,
        evidence=collect(observer),
    )


def _sort_out(
    directory: Path, paths: Sequence[Path], outcomes: Sequence[Seen | Exception]
) -> tuple[list[Seen], tuple[Fault, ...]]:
    seen: dict[str, Seen] = {}
    faults: list[Fault] = []
    for path, outcome in zip(paths, outcomes, strict=True):
        where = _within(directory, path)
        if isinstance(outcome, Exception):
            _log.warning("%s: %s", where, outcome)
            faults.append(Fault(subject=where, what="clone", why=str(outcome)))
        elif outcome.name in seen:
            why = f"a second clone of {outcome.name}; the first one in the directory counts"
            faults.append(Fault(subject=where, what="second clone", why=why))
        else:
            seen[outcome.name] = outcome
    return list(seen.values()), tuple(faults)


def _within(directory: Path, path: Path) -> str:
    return path.relative_to(directory).as_posix()


def _folder_name(path: Path) -> str:
    return path.name.removesuffix(".git") or path.name
