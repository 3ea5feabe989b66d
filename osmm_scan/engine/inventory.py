"""List the repositories of a scan with what is known of each."""

from __future__ import annotations

from collections.abc import Mapping

from osmm_scan.engine.rules import RulePack
from osmm_scan.model import Bundle, Value
from osmm_scan.verdicts import RepositoryView

_VISIBILITY = {True: "public", False: "private"}


def list_repositories(pack: RulePack, bundle: Bundle) -> tuple[RepositoryView, ...]:
    """Return every repository with the facts that checks and populations read, by name."""
    wanted = _facts(pack)
    known: dict[str, dict[str, Value | None]] = {name: {} for name in sorted(bundle.repositories)}
    for item in bundle.evidence:
        if item.subject in known and (item.key in wanted or item.key.startswith("repository.")):
            known[item.subject][item.key] = item.value
    return tuple(_view(name, facts) for name, facts in known.items())


def _facts(pack: RulePack) -> frozenset[str]:
    checks = {fact for check in pack.checks for fact in (check.fact, *check.applies)}
    members = {fact for facts in pack.model.populations.values() for fact in facts}
    return frozenset(checks | members)


def _view(name: str, facts: Mapping[str, Value | None]) -> RepositoryView:
    is_public = _flag(facts, "repository.public")
    return RepositoryView(
        name=name,
        visibility=None if is_public is None else _VISIBILITY[is_public],
        archived=_flag(facts, "repository.archived"),
        fork=_flag(facts, "repository.fork"),
        active=_flag(facts, "repository.active"),
        facts=dict(sorted(facts.items())),
    )


def _flag(facts: Mapping[str, Value | None], name: str) -> bool | None:
    value = facts.get(name)
    return value if isinstance(value, bool) else None
