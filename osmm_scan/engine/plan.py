"""Plan the way to a level: the actions after which the rules would grant it, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from osmm_scan.engine.access import what_would_show
from osmm_scan.engine.assessment import Judged
from osmm_scan.engine.levels import Graded
from osmm_scan.engine.maturity import Organisation
from osmm_scan.engine.plan_nouns import Action, Kind, LevelPlan, Option, Plan, Statement
from osmm_scan.engine.plan_repositories import (
    Facts,
    known_facts,
    plan_repositories,
    with_repositories,
)
from osmm_scan.engine.plan_way import Desk, Way, find_way, solve
from osmm_scan.engine.shortfalls import shortfalls
from osmm_scan.engine.statable import carried
from osmm_scan.model import Bundle, TargetKind
from osmm_scan.verdicts import State


def make_plan(judged: Judged, bundle: Bundle, target: int) -> Plan:
    """Return the plan by which an organisation and its repositories reach a level."""
    organisation = judged.organisation
    model = organisation.model
    facts = known_facts(bundle)
    repositories = plan_repositories(model, judged.readiness, facts, target)
    is_alone = bundle.target.kind is TargetKind.REPOSITORY
    way = None if is_alone else find_way(Desk.of(organisation), target)
    ready = min((one.level for one in judged.readiness), default=0)
    return Plan(
        target=repositories.level if is_alone else target,
        name=model.level_name(target),
        proved=organisation.cumulative(organisation.items()) if way else ready,
        levels=_Telling(organisation, bundle, facts).levels(way) if way else (),
        repositories=repositories,
        is_exact=way.is_exact if way else True,
        attested=sum(one.attestation is not None for one in organisation.findings),
        waived=sum(one.state is State.WAIVED for one in organisation.findings),
    )


def taken(organisation: Organisation, chosen: Iterable[Option]) -> list[Graded]:
    """Return the items as they are once some options are taken, by the rules themselves."""
    return Desk.of(organisation).taken(chosen)


@dataclass(frozen=True, slots=True)
class _Telling:
    """Says of the chosen options all that a plan shows."""

    organisation: Organisation
    bundle: Bundle
    facts: Facts

    def levels(self, way: Way) -> tuple[LevelPlan, ...]:
        shown = what_would_show(
            self.organisation.grader.pack, self.bundle, self.organisation.signals
        )
        return tuple(
            LevelPlan(
                level=level,
                name=self.organisation.model.level_name(level),
                actions=tuple(self._action(one, way, shown) for one in some or ()),
                lacks=None if some is not None else self._lacks(level),
            )
            for level, some in sorted(way.by_level.items())
        )

    def _lacks(self, level: int) -> tuple[str, ...]:
        titles = {one.criterion.id: one.criterion.title for one in self.organisation.findings}
        state = next(one for one in self.organisation.levels() if one.level == level)
        return shortfalls(state, self.organisation.model, titles)

    def _action(self, option: Option, way: Way, shown: Mapping[str, tuple[str, ...]]) -> Action:
        signals = {one.id: one for one in self.organisation.signals}
        wants = tuple(
            with_repositories(
                one,
                option.changes.get((one.signal, one.field)),
                signals[one.signal],
                facts=self.facts,
                pack=self.organisation.grader.pack,
            )
            for one in option.wants
        )
        open_ = [one.signal for one in option.wants if not one.is_known]
        settled = dict.fromkeys(needs for signal in open_ for needs in shown[signal])
        other = _alternative(way, option)
        return Action(
            option=replace(option, wants=wants),
            settled_by=tuple(settled),
            statement=None if option.is_read else self._statement(option),
            alternative=other,
            extra=sum(one.cost for one in other) - option.cost if other else 0,
        )

    def _statement(self, option: Option) -> Statement:
        policy = self.organisation.model.attestation_policy
        now = next(one for one in self.organisation.findings if one.criterion == option.criterion)
        observed = now.observed if now.attestation is not None else now.grade
        if option.kind is Kind.DO:
            observed = option.criterion.max_observed_grade
        grades = carried(policy, option.criterion, observed)
        return Statement(file=policy.file, carries=grades)


def _alternative(way: Way, option: Option) -> tuple[Option, ...] | None:
    """Return the cheapest options that do without raising one item, None when none do."""
    desk, level = way.desk, option.criterion.level
    if not way.is_possible:
        return None
    ways = {**desk.ways, option.criterion.id: ()}
    solved = solve(desk, level, way.goal, ways)
    if solved is None:
        return None
    kept = [one for one in way.chosen if one is not option]
    ids = {(one.criterion.id, one.grade) for one in kept}
    more = [one for one in solved.options if (one.criterion.id, one.grade) not in ids]
    for one in sorted(more, key=lambda found: (-found.cost, found.criterion.id)):
        fewer = [other for other in more if other is not one]
        if desk.reaches(_with(kept, fewer), way.target):
            more = fewer
    return tuple(more) if more and desk.reaches(_with(kept, more), way.target) else None


def _with(kept: Iterable[Option], more: Iterable[Option]) -> list[Option]:
    return list({one.criterion.id: one for one in (*kept, *more)}.values())
