"""The headline of an organisation: which level it has reached, how surely, and what is next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import floor

from osmm_scan.engine.grades import Grader
from osmm_scan.engine.levels import (
    PASSED,
    Graded,
    LevelState,
    cumulative_level,
    judge_levels,
    reach,
    weigh,
)
from osmm_scan.engine.readings import read_signals
from osmm_scan.engine.schemas import Model
from osmm_scan.engine.shortfalls import shortfalls
from osmm_scan.engine.stability import Stability, Vary, perturbation, resample
from osmm_scan.model import Signal
from osmm_scan.verdicts import Finding, State, Status, Verdict

_STATEMENTS = frozenset({State.ATTESTED, State.STALE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """The findings of an organisation's items, and what they were made from."""

    grader: Grader
    findings: tuple[Finding, ...]
    signals: tuple[Signal, ...]

    @property
    def model(self) -> Model:
        """Return the model that is judged by."""
        return self.grader.pack.model

    def items(self) -> list[Graded]:
        """Return the items that apply."""
        return [
            Graded(
                one.criterion,
                one.grade,
                is_attested=one.state in _STATEMENTS,
                is_waived=one.state is State.WAIVED,
            )
            for one in self.findings
            if one.state is not State.NOT_APPLICABLE
        ]

    def levels(self) -> tuple[LevelState, ...]:
        """Return the levels for the grades as they are."""
        return self.judge(self.items())

    def judge(self, items: Sequence[Graded]) -> tuple[LevelState, ...]:
        """Return the levels for some grades of the items."""
        sizes: dict[int, int] = {}
        for finding in self.findings:
            sizes[finding.criterion.level] = sizes.get(finding.criterion.level, 0) + 1
        is_biased = self.grader.scene.is_biased(self.model)
        return judge_levels(self.model, items, sizes, is_biased=is_biased)

    def cumulative(self, items: Sequence[Graded]) -> int:
        """Return the cumulative level for some grades of the items."""
        return cumulative_level(self.model, self.judge(items), items)


def judge_maturity(organisation: Organisation, vary: Vary | None = None) -> Verdict:
    """Return the headline of an organisation.

    `vary` makes the signals that stability is tested with; by default exact numbers are perturbed.
    """
    model, items = organisation.model, organisation.items()
    states = organisation.levels()
    proved = cumulative_level(model, states, items)
    stability = _stability(organisation, proved, vary)
    level = stability.headline(proved, model.combination.stability)
    return Verdict(
        level=level if level or _is_use_known(organisation) else None,
        name=model.level_name(level) if level else "No level is proved",
        status=_status(organisation, states, level),
        possible=max(proved, *(organisation.cumulative(one) for one in _hopes(organisation))),
        reach=max(level, reach(states)),
        coverage=sum(state.tally.shares.known for state in states) / len(states),
        confidence=_confidence(organisation, max(1, level)),
        because=_because(organisation, proved, level, stability),
        stability=stability.share,
    )


def _stability(organisation: Organisation, level: int, vary: Vary | None) -> Stability:
    terms = organisation.model.combination.stability
    grader, items = organisation.grader, organisation.items()
    base = {signal.id: signal for signal in organisation.signals}
    declared = grader.pack.signals
    usual = perturbation(organisation.signals, declared, terms.perturbation)

    def judge(signals: Iterable[Signal]) -> int:
        varied = tuple(signals)
        changed = {signal.id for signal in varied if signal is not base.get(signal.id)}
        again = _with_signals(grader, varied)
        return organisation.cumulative(
            [
                item if changed.isdisjoint(item.criterion.signals) else _regraded(item, again)
                for item in items
            ]
        )

    return resample(level, judge, vary or usual, terms)


def _with_signals(grader: Grader, signals: Iterable[Signal]) -> Grader:
    old = grader.readings
    new = read_signals(signals, old.declared, old.thresholds, past=old.past, unseen=old.unseen)
    return replace(grader, readings=new)


def _regraded(item: Graded, grader: Grader) -> Graded:
    if item.is_attested:
        return item
    return replace(item, grade=grader.standing(item.criterion).grade)


def _hopes(organisation: Organisation) -> Iterator[list[Graded]]:
    """Yield the grades at their best, each time without more of the unknown ones.

    An unknown that cannot become good enough had better stay unknown, as it may.
    """
    combination = organisation.model.combination
    best = {finding.criterion.id: finding.possible for finding in organisation.findings}
    for least in (0, combination.standing_grade, combination.defined_grade):
        yield [
            item
            if item.grade is None and best[item.criterion.id] < least
            else replace(item, grade=best[item.criterion.id])
            for item in organisation.items()
        ]


def _is_use_known(organisation: Organisation) -> bool:
    """Tell whether it is known if open source is used, be it yes or no."""
    item = organisation.model.combination.floor.item
    return any(one.criterion.id == item and one.grade is not None for one in organisation.items())


def _status(organisation: Organisation, states: Sequence[LevelState], level: int) -> Status:
    if level == 0:
        proved = _is_use_known(organisation)
        return Status.NOT_STARTED if proved else Status.INSUFFICIENT_EVIDENCE
    if all(state.status is Status.ATTAINED for state in states[:level]):
        return Status.ATTAINED
    own = states[level - 1].status
    return Status.PROVISIONAL if own in PASSED else own


def _confidence(organisation: Organisation, levels: int) -> float:
    """Return the mean confidence of the first levels, weighted as their items are."""
    rated = {finding.criterion.id: finding.confidence for finding in organisation.findings}
    combination = organisation.model.combination
    items = [item for item in organisation.items() if item.criterion.level <= levels]
    return (
        sum(
            one.weight * rated[one.criterion.id]
            for level in range(1, levels + 1)
            for one in weigh(
                combination,
                [item for item in items if item.criterion.level == level],
                one_sided=False,
            )
        )
        / levels
    )


def _because(organisation: Organisation, proved: int, level: int, stability: Stability) -> str:
    model, states = organisation.model, organisation.levels()
    told = [_standing(organisation, states, level)]
    below = [state for state in states[:level] if not state.stands]
    titles = _titles(organisation.findings)
    for state in (below or states[level:])[:1]:
        lacks = "; ".join(shortfalls(state, model, titles))
        told += [f"Level {state.level} lacks: {lacks}"] if lacks else []
    waived = [titles[one] for state in states[:level] for one in state.tally.waived]
    if waived:
        told.append(f"Left out by waivers: {', '.join(waived)}")
    stated = sum(one.state in _STATEMENTS for one in organisation.findings)
    if stated:
        told.append(f"Grades that rest on attestations, not on what was seen: {stated}")
    return ". ".join([*told, _agreement(proved, level, stability, model)])


def _agreement(proved: int, level: int, stability: Stability, model: Model) -> str:
    terms = model.combination.stability
    agreeing = f"{floor(100 * stability.share)} % of {terms.resamples} resamplings"
    told = f"{agreeing} give the same level"
    if level < proved:
        told = f"Only {agreeing} give level {proved}, so the most frequent one is named"
    if stability.low < stability.high:
        most = f"{100 * (terms.range[1] - terms.range[0]):.0f} %"
        told += f"; {most} of them lie between level {stability.low} and {stability.high}"
    return told


def _standing(organisation: Organisation, states: Sequence[LevelState], level: int) -> str:
    if level == 0:
        if _is_use_known(organisation):
            return "no use of open source was found"
        return "it is not known whether open source is used at all"
    grants = organisation.model.combination.floor.level == level
    if grants and states[level - 1].status not in PASSED:
        return f"the use of open source is proved, which alone grants level {level}"
    what = "level 1 is" if level == 1 else f"levels 1 to {level} are"
    how = "attained" if _status(organisation, states, level) is Status.ATTAINED else "provisional"
    return f"{what} {how}"


def _titles(findings: Iterable[Finding]) -> Mapping[str, str]:
    """Return what items and activities are called, by id."""
    criteria = [finding.criterion for finding in findings]
    return {one.activity: one.activity_title for one in criteria} | {
        one.id: one.title for one in criteria
    }
