"""Ask what GitHub knows of many repositories: a few questions for each batch of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, TypeAlias, TypeVar

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.github import reading
from osmm_scan.sources.github.api import Answer, Api
from osmm_scan.sources.github.hosted import Hosted, Kept
from osmm_scan.sources.github.inventory import Line
from osmm_scan.sources.hosting import Protection

T = TypeVar("T")

Answers: TypeAlias = "Mapping[str, Answer | Unobserved]"

# GitHub computes an answer within ten seconds or not at all: lists within lists take longer.
_DEEP, _FLAT = 25, 50
# What only REST tells takes one request each, so the most watched repositories come first.
ONE_BY_ONE = 150

_PASSING = frozenset({Missing.FAULT, Missing.NOT_COLLECTED, Missing.TRUNCATED})
_AT_REST = Unobserved(Missing.NOT_SUPPORTED, "archived repositories, forks and mirrors take none")
_NOT_OURS = Unobserved(Missing.NO_ACCESS, "shown to administrators of the repository only")
_TOO_MANY = Unobserved(
    Missing.NOT_COLLECTED,
    f"asked one by one, of the {ONE_BY_ONE} repositories with most stars only",
)


def chosen(lines: Iterable[Line], *, since: int, limit: int = ONE_BY_ONE) -> frozenset[str]:
    """Return the ids of the repositories of which questions are asked one by one."""
    alive = (
        line
        for line in lines
        if not line.is_at_rest and line.nature.visibility == "public" and (line.pushed or 0) > since
    )
    best = sorted(alive, key=lambda line: (-line.stars, line.slug))
    return frozenset(line.id for line in best[:limit])


def gather(api: Api, lines: Sequence[Line], one_by_one: frozenset[str]) -> Mapping[str, Hosted]:
    """Return what GitHub knows of each repository, by node id."""
    ids = [line.id for line in lines if not line.is_at_rest]
    deep = {name: _answers(api, name, ids, _DEEP) for name in ("PullRequests", "Issues")}
    names = ("Releases", "BranchRules", "BranchProtection", "Runs")
    flat = {name: _answers(api, name, ids, _FLAT) for name in names}
    ours = [id for id in ids if _is_ours(flat["BranchProtection"].get(id))]
    flat["Alerts"] = {**dict.fromkeys(ids, _NOT_OURS), **_answers(api, "Alerts", ours, _FLAT)}
    return {line.id: _hosted(api, line, deep | flat, line.id in one_by_one) for line in lines}


def _hosted(api: Api, line: Line, answers: Mapping[str, Answers], is_chosen: bool) -> Hosted:
    def told(operation: str, read: Callable[[Answer], T]) -> Kept[T]:
        if line.is_at_rest:
            return Kept.lost(_AT_REST)
        return _kept(lambda: read(_given(answers[operation], line.id)))

    def asked(page: str, read: Callable[[Any], T], **parameters: str | int) -> Kept[T]:
        if line.is_at_rest or not is_chosen:
            return Kept.lost(_AT_REST if line.is_at_rest else _TOO_MANY)
        return _kept(lambda: read(api.get(f"/repos/{line.slug}/{page}", **parameters)))

    rules = told("BranchRules", reading.rules)
    classic = told("BranchProtection", reading.classic_protection)
    answered = Hosted(
        known_nature=line.nature,
        known_protection=_together(rules, classic),
        known_topics=told("Releases", reading.topics),
        known_changes=told("PullRequests", reading.changes),
        known_issues=told("Issues", reading.issues),
        known_releases=told("Releases", reading.releases),
        known_private_reporting=asked("private-vulnerability-reporting", reading.private_reporting),
        known_advisories=asked(
            "security-advisories", reading.advisories, state="published", per_page=100
        ),
        known_runs=told("Runs", reading.runs),
        known_alerts=told("Alerts", reading.alerts),
    )
    return replace(answered, is_settled=not any(map(_may_change, _sections(answered))))


def _sections(hosted: Hosted) -> Iterator[Kept[Any]]:
    values = (getattr(hosted, field.name) for field in fields(hosted))
    yield from (value for value in values if isinstance(value, Kept))


def _may_change(kept: Kept[Any]) -> bool:
    """Tell whether a later question may be answered: the server had a fault, or we a budget."""
    return kept.missing in _PASSING and kept.why != _TOO_MANY.why


def _together(rules: Kept[Protection], classic: Kept[Protection]) -> Kept[Protection]:
    """Return what both kinds of protection ask; what one of them hides, the other may prove."""
    known = [one.value for one in (rules, classic) if one.value is not None]
    both = Protection(
        pull_requests=any(one.pull_requests for one in known),
        reviews=max((one.reviews for one in known), default=0),
        checks=any(one.checks for one in known),
        by_organisation=any(one.by_organisation for one in known),
    )
    if both.pull_requests or both.checks or len(known) == 2:
        return Kept(both)
    return classic if classic.value is None else rules


def _answers(api: Api, operation: str, ids: Sequence[str], batch: int) -> Answers:
    return dict(api.nodes(operation, ids, batch=batch)) if ids else {}


def _is_ours(answer: Answer | Unobserved | None) -> bool:
    try:
        return isinstance(answer, Answer) and reading.is_administered(answer)
    except Unobserved:
        return False


def _given(answers: Answers, id: str) -> Answer:
    answer = answers.get(id, Unobserved(Missing.FAULT, "the server did not answer"))
    if isinstance(answer, Unobserved):
        raise answer
    return answer


def _kept(ask: Callable[[], T]) -> Kept[T]:
    try:
        return Kept(ask())
    except Unobserved as reason:
        return Kept.lost(reason)
