"""Tell whether updates of dependencies come by themselves: configured, effective, and merged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from osmm_scan.collectors import ask
from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.history import DAY, digest
from osmm_scan.collectors.studies.workflows.model import REGULARLY
from osmm_scan.collectors.studies.workflows.practices import Demand, practices
from osmm_scan.collectors.supply_chain.update_configurations import (
    Configuration,
    configurations,
)
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing

MERGED_WITHIN_DAYS = 120

_KEY = "updates.automated"
# What builds and ships the product, rather than what it is made of.
_TOOLING = (
    "bazelisk",
    "devcontainer",
    "docker",
    "git-submodule",
    "github-action",
    "gitlabci",
    "gitsubmodule",
    "helm",
    "kubernetes",
    "opentofu",
    "pre-commit",
    "terraform",
)


def updates(observer: Observer) -> Iterator[Evidence]:
    """Yield whether updates are automated, and what the configurations cover."""
    found = tuple(configurations(observer))
    for one in found:
        for name, line in one.covers:
            yield observer.fact("updates.covered", name, one.path, line)
        if one.hollow:
            yield observer.fact("updates.hollow", one.hollow, one.path)
        elif one.fault:
            yield observer.missing("updates.hollow", one.fault, one.path)
    try:
        yield _Judgement(observer, found).evidence()
    except Unobserved as reason:
        yield observer.missing(_KEY, reason)


@dataclass(frozen=True, slots=True)
class _Judgement:
    observer: Observer
    found: tuple[Configuration, ...]

    def evidence(self) -> Evidence:
        covering = [one for one in self.found if one.covers]
        if not self._is_merging():
            return self._without_merges(covering)
        if covering and all(_is_tooling(name) for one in covering for name, _ in one.covers):
            return self._only_tooling(covering[0])
        path, line = (covering[0].path, covering[0].covers[0][1]) if covering else (None, None)
        return self.observer.fact(_KEY, True, path, line)

    def _is_merging(self) -> bool:
        latest = self.observer.once(digest).latest_update
        return latest is not None and latest > self.observer.until - MERGED_WITHIN_DAYS * DAY

    def _without_merges(self, covering: list[Configuration]) -> Evidence:
        own = self.observer.once(practices).judge("updates", REGULARLY, demand=Demand.HAPPENS)
        place = covering[0].path if covering else own.proof and str(own.proof.act.place)
        if place:
            raise Unobserved(
                Missing.NOT_COLLECTED,
                f"{place} configures updates, but none by a bot was merged in the last "
                f"{MERGED_WITHIN_DAYS} days; whether one was due the clone does not show",
            )
        fault = next((one.fault for one in self.found if one.fault), own.unknown)
        if fault is not None:
            raise fault
        hollow = next((one.path for one in self.found if one.hollow), None)
        return self.observer.fact(_KEY, False, hollow)

    def _only_tooling(self, one: Configuration) -> Evidence:
        consumes = ask(self.observer, "inventory.consumes")
        if consumes is None or consumes.missing is not None:
            why = f"{one.path} covers tooling only; whether packages are in use is not known"
            raise Unobserved(Missing.NOT_COLLECTED, why)
        return self.observer.fact(_KEY, consumes.value is False, one.path, one.covers[0][1])


def _is_tooling(name: str) -> bool:
    return name.startswith(_TOOLING)
