"""The history that a command keeps its scan in and asks for earlier ones."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from osmm_scan import __version__
from osmm_scan.cli.history.points import points_of
from osmm_scan.cli.options.remembering import NO_STORE, Remembering, check_comparison
from osmm_scan.cli.scanning.journal import Journal
from osmm_scan.errors import StoreError
from osmm_scan.model import Bundle, TargetKind

if TYPE_CHECKING:
    from osmm_scan.cli.scanning.clones import Window
    from osmm_scan.engine.recollection import Recollection
    from osmm_scan.engine.rules import RulePack
    from osmm_scan.report.past.course import Point
    from osmm_scan.store.archive import Kept
    from osmm_scan.store.database import Store
    from osmm_scan.store.scans import Plan, Visit
    from osmm_scan.verdicts import Assessment

_log = logging.getLogger(__name__)


class Memory:
    """Earlier scans and a place for this one; without a history it knows and keeps nothing.

    Only a history that was asked for may end a scan. The one that is kept by default is left with
    a warning when it cannot be used. `keeps` is False for commands that only look back.
    """

    def __init__(
        self, store: Store | None, remembering: Remembering, *, keeps: bool = True
    ) -> None:
        self.store = store
        self.remembering = remembering
        self._asked_for = bool(remembering.store)
        self._keeps = keeps
        self._scan: int | None = None

    def __enter__(self) -> Memory:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.store is None:
            return
        with self.store:
            if failure is not None and self._scan is not None:
                self._fail(str(failure) or "interrupted")

    def begin(self, window: Window, pack: RulePack, directory: Path) -> Journal | None:
        """Begin to keep the scan of a directory, and return what one like it already saw.

        None without a history: then there is nothing to recall and nowhere to note.
        """
        if self.store is None:
            return None
        from osmm_scan.store.scans import begin

        with self._using() as store:
            if store is not None:
                self._scan, seen = begin(store, _plan(window, pack, directory))
                return Journal(directory, seen, self._note)
        return None

    def keep(self, pack: RulePack, bundle: Bundle, assessment: Assessment) -> int | None:
        """Keep a scan that came to its end, and return its number."""
        if self.store is None or not self._keeps:
            return None
        from osmm_scan.engine.recollection import define_signals
        from osmm_scan.store.scans import Outcome, complete, record

        with self._using() as store:
            if store is None:
                return None
            outcome = Outcome(
                bundle=bundle, assessment=assessment, definitions=define_signals(pack)
            )
            if self._scan is None:
                return record(store, _plan_of(bundle, pack), outcome)
            complete(store, self._scan, outcome)
            scan, self._scan = self._scan, None
            return scan
        return None

    def recall(self, pack: RulePack, bundle: Bundle) -> Recollection | None:
        """Return what earlier scans of the same target measured, None without a history."""
        before = [one for one in self._alike(bundle) if one.as_of < bundle.as_of]
        if not before:
            return None
        from osmm_scan.engine.recollection import Earlier, Recollection, define_signals
        from osmm_scan.store.archive import last_of_each_day, read_measured

        with self._using() as store:
            if store is None:
                return None
            numbers = [one.id for one in last_of_each_day(before)]
            today = define_signals(pack)
            return Recollection(
                pack,
                [
                    Earlier(day=scan.day, signals=scan.measured_as(today))
                    for scan in read_measured(store, numbers)
                ],
            )
        return None

    def course(self, bundle: Bundle | Assessment) -> tuple[Point, ...]:
        """Return what earlier scans of the same target came to, one for each day."""
        before = [one for one in self._alike(bundle) if one.as_of < bundle.as_of]
        if not before:
            return ()
        with self._using() as store:
            return () if store is None else points_of(store, before)
        return ()

    def last(self, bundle: Bundle | Assessment) -> Kept | None:
        """Return the last complete scan of the same target, None when there is none."""
        alike = self._alike(bundle)
        return alike[-1] if alike else None

    def _alike(self, bundle: Bundle | Assessment) -> tuple[Kept, ...]:
        if self.store is None:
            return ()
        from osmm_scan.store.archive import scans_like

        with self._using() as store:
            return () if store is None else scans_like(store, bundle)
        return ()

    def _note(self, place: str, visit: Visit) -> None:
        from osmm_scan.store.scans import keep

        with self._using() as store:
            if store is not None and self._scan is not None:
                keep(store, self._scan, place, visit)

    def _fail(self, why: str) -> None:
        from osmm_scan.store.scans import fail

        if self.store is not None and self._scan is not None:
            try:
                fail(self.store, self._scan, why)
            except StoreError as error:
                # What ended the scan is said by whoever called, and matters more than this.
                _log.info("%s", error)

    @contextmanager
    def _using(self) -> Iterator[Store | None]:
        try:
            yield self.store
        except StoreError as error:
            if self._asked_for:
                raise
            _log.warning("%s; this scan is not kept", error)
            self.store = None


def open_memory(remembering: Remembering, *, default: str = NO_STORE, keeps: bool = True) -> Memory:
    """Return the history that the options ask for, or the default one."""
    address = remembering.store or default
    check_comparison(remembering, address)
    if address == NO_STORE:
        return Memory(None, remembering)
    from osmm_scan.store.database import open_store

    try:
        return Memory(open_store(address, create=keeps), remembering, keeps=keeps)
    except StoreError as error:
        if remembering.store:
            raise
        _log.warning("%s; this scan is not kept", error)
        return Memory(None, remembering)


def _plan_of(bundle: Bundle, pack: RulePack) -> Plan:
    """Return the plan of a scan that has already ended."""
    from osmm_scan.store.scans import Plan

    return Plan(
        kind=bundle.target.kind,
        target=bundle.target.name,
        as_of=bundle.as_of.isoformat(),
        window_days=bundle.window_days,
        started=_now(),
        tool_version=bundle.tool_version,
        rules_sha256=pack.sha256,
    )


def _plan(window: Window, pack: RulePack, directory: Path) -> Plan:
    from osmm_scan.store.scans import Plan

    as_of = window.as_of.isoformat()
    inputs = [
        *(__version__, pack.sha256, as_of, window.days, str(directory.resolve())),
        window.staff_digest,
    ]
    return Plan(
        kind=TargetKind.ORGANISATION,
        target=directory.resolve().name,
        as_of=as_of,
        window_days=window.days,
        started=_now(),
        tool_version=__version__,
        rules_sha256=pack.sha256,
        inputs=hashlib.sha256(json.dumps(inputs).encode("ascii")).hexdigest(),
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
