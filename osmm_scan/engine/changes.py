"""What changed between two scans of the same target, item by item, and which facts did it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from osmm_scan.engine.facts import FactChange, changed_facts
from osmm_scan.model import Evidence, Interval
from osmm_scan.verdicts import Assessment, CheckFinding, Finding, Readiness, Result, Verdict


@dataclass(frozen=True, slots=True)
class Move:
    """One field of a signal that another value was measured for; None is no value."""

    signal: str
    field: str
    before: Interval | None
    after: Interval | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemChange:
    """An item that was judged differently, the signals of it that moved, and the facts behind."""

    id: str
    level: int
    title: str
    before: Finding
    after: Finding
    moves: tuple[Move, ...]
    facts: tuple[FactChange, ...]

    @property
    def gain(self) -> int:
        """Return by how many grades more is proved, or else possible."""
        proved = (self.after.grade or 0) - (self.before.grade or 0)
        return proved or self.after.possible - self.before.possible


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckChange:
    """A readiness check with another result, and the facts behind."""

    id: str
    before: Result
    after: Result
    facts: tuple[FactChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositoryChange:
    """A repository that came (`before` is None), went (`after` is None) or whose checks changed."""

    name: str
    before: int | None
    after: int | None
    checks: tuple[CheckChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two scans."""

    as_of: date
    verdict: Verdict
    tool_version: str
    rules_sha256: str
    profile: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Everything that is different, the most important first."""

    target: str
    before: Side
    after: Side
    items: tuple[ItemChange, ...]
    repositories: tuple[RepositoryChange, ...]
    private: frozenset[str]


def compare(before: Assessment, after: Assessment) -> Changes:
    """Return what is different in a later assessment."""
    return Changes(
        target=after.target.name,
        before=_side(before),
        after=_side(after),
        items=tuple(sorted(_items(before, after), key=lambda one: (one.gain, one.level, one.id))),
        repositories=tuple(_repositories(before, after)),
        private=frozenset(
            view.name
            for view in (*before.repositories, *after.repositories)
            if view.visibility not in {None, "public"}
        ),
    )


def _side(whole: Assessment) -> Side:
    return Side(
        as_of=whole.as_of,
        verdict=whole.verdict,
        tool_version=whole.tool_version,
        rules_sha256=whole.rules_sha256,
        profile=whole.profile,
    )


def _items(before: Assessment, after: Assessment) -> Iterator[ItemChange]:
    earlier = {finding.criterion.id: finding for finding in before.items}
    facts = _Facts(before, after)
    for finding in after.items:
        old = earlier.get(finding.criterion.id)
        if old is None or _outcome(old) == _outcome(finding):
            continue
        moves = tuple(_moves(finding, before, after))
        moved = {move.signal for move in moves}
        yield ItemChange(
            id=finding.criterion.id,
            level=finding.criterion.level,
            title=finding.criterion.title,
            before=old,
            after=finding,
            moves=moves,
            facts=facts.between(
                [*old.evidence, *_cited(before, moved)], [*finding.evidence, *_cited(after, moved)]
            ),
        )


def _outcome(finding: Finding) -> tuple[object, ...]:
    return finding.grade, finding.possible, finding.state


def _cited(whole: Assessment, signals: set[str]) -> Iterator[str]:
    for signal in whole.signals:
        if signal.id in signals:
            yield from signal.evidence


def _moves(finding: Finding, before: Assessment, after: Assessment) -> Iterator[Move]:
    wanted = set(finding.criterion.signals)
    old = {signal.id: signal.fields for signal in before.signals}
    for signal in after.signals:
        if signal.id in wanted:
            fields = old.get(signal.id, {})
            for name, value in sorted(signal.fields.items()):
                if fields.get(name) != value:
                    yield Move(signal.id, name, fields.get(name), value)


def _repositories(before: Assessment, after: Assessment) -> Iterator[RepositoryChange]:
    old = {one.repository: one for one in before.readiness}
    new = {one.repository: one for one in after.readiness}
    facts = _Facts(before, after)
    for name in sorted(old.keys() | new.keys()):
        was, now = old.get(name), new.get(name)
        checks = tuple(_checks(was, now, facts)) if was and now else ()
        levels = (was and was.level, now and now.level)
        if checks or levels[0] != levels[1] or not (was and now):
            yield RepositoryChange(
                name=name,
                before=None if was is None else was.level,
                after=None if now is None else now.level,
                checks=checks,
            )


def _checks(was: Readiness, now: Readiness, facts: _Facts) -> Iterator[CheckChange]:
    earlier: Mapping[str, CheckFinding] = {one.check.id: one for one in was.checks}
    for finding in now.checks:
        old = earlier.get(finding.check.id)
        if old is not None and old.result != finding.result:
            yield CheckChange(
                id=finding.check.id,
                before=old.result,
                after=finding.result,
                facts=facts.between(old.evidence, finding.evidence),
            )


class _Facts:
    """The evidence of both scans by its ids."""

    def __init__(self, before: Assessment, after: Assessment) -> None:
        self._before = {one.id: one for one in before.evidence}
        self._after = {one.id: one for one in after.evidence}

    def between(self, before: Iterable[str], after: Iterable[str]) -> tuple[FactChange, ...]:
        return changed_facts(_chosen(self._before, before), _chosen(self._after, after))


def _chosen(known: Mapping[str, Evidence], ids: Iterable[str]) -> list[Evidence]:
    return [known[one] for one in dict.fromkeys(ids) if one in known]
