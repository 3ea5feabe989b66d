"""Which packages a repository uses, by its manifests and lockfiles."""

from __future__ import annotations

from collections.abc import Iterable

from osmm_scan.collectors.inventory.answers import Answer
from osmm_scan.collectors.inventory.contents import earlier, is_lockfile, is_of_packages, study
from osmm_scan.collectors.inventory.files import depth
from osmm_scan.collectors.inventory.statements import Dependency
from osmm_scan.collectors.observation import Observer


def declares(observer: Observer) -> Answer:
    """Answer whether any manifest names something of others: a package, an image or an action."""
    inventory = observer.once(study)
    named = (*inventory.declared, *inventory.locked)
    if not named:
        inventory.require_no_gap("nothing is declared where manifests could be read")
    return _cited(bool(named), named)


def consumes(observer: Observer) -> Answer:
    """Answer whether the repository uses at least one package of others."""
    inventory = observer.once(study)
    return _cited(inventory.consumes(), (*inventory.direct, *inventory.locked))


def direct(observer: Observer) -> Answer:
    """Answer which packages of others the readable manifests ask for."""
    inventory = observer.once(study)
    purls = tuple(sorted({found.purl for found in inventory.direct}))
    if not purls:
        inventory.require_no_gap(
            "no package is declared where manifests could be read", is_of_packages
        )
    return _cited(purls, inventory.direct)


def ecosystems(observer: Observer) -> Answer:
    """Answer in which ecosystems the readable manifests and lockfiles name packages of others."""
    inventory = observer.once(study)
    if not inventory.ecosystems:
        inventory.require_no_gap(
            "no package is declared where manifests could be read", is_of_packages
        )
    return Answer(inventory.ecosystems)


def direct_count(observer: Observer) -> Answer:
    """Answer how many packages the manifests ask for; open when not all could be read."""
    inventory = observer.once(study)
    count = len({found.purl for found in inventory.direct})
    inventory.require_no_gap(f"at least {count} are declared", is_of_packages)
    return Answer(count)


def locked_count(observer: Observer) -> Answer:
    """Answer how many packages the lockfiles record; open when not all could be read."""
    inventory = observer.once(study)
    count = len({found.purl for found in inventory.locked})
    inventory.require_no_gap(f"at least {count} are locked", is_lockfile)
    return Answer(count)


def new_direct(observer: Observer) -> Answer:
    """Answer which packages the manifests ask for and did not when the window began."""
    inventory = observer.once(study)
    before = _named_before(observer)
    added = [found for found in inventory.direct if found.purl not in before]
    inventory.require_no_gap("some packages may be new", is_of_packages)
    return _cited(tuple(sorted({found.purl for found in added})), added)


def _named_before(observer: Observer) -> frozenset[str]:
    """Return what manifests named when the window began."""
    inventory = earlier(observer)
    if inventory is None:
        return frozenset()
    inventory.require_no_gap("some packages were there when the window began", is_of_packages)
    return frozenset(found.purl for found in inventory.direct)


def _cited(value: bool | tuple[str, ...], dependencies: Iterable[Dependency]) -> Answer:
    nearest = min(
        dependencies, key=lambda found: (*depth(found.path), found.line or 0), default=None
    )
    return Answer(value, nearest.path, nearest.line) if nearest else Answer(value)
