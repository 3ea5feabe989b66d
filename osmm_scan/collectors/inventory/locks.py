"""Whether what an application is run with is locked, and what a component list can be made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from osmm_scan.collectors.inventory.answers import Answer
from osmm_scan.collectors.inventory.applications import application
from osmm_scan.collectors.inventory.contents import (
    Inventory,
    Manifest,
    is_lockfile,
    is_of_packages,
    study,
)
from osmm_scan.collectors.inventory.files import depth
from osmm_scan.collectors.inventory.sbom import committed
from osmm_scan.collectors.observation import Observer
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing

# Their tools write no lockfile.
_NEVER_LOCKED = frozenset({"pom.xml", "vcpkg.json"})
# Here a tool may have written down everything that it resolved, or a person just some of it.
_MAY_BE_FLAT = (".txt", "packages.config")


def locked(observer: Observer) -> Answer:
    """Answer whether this is an application and a lockfile covers what it is built from.

    The manifests nearest to the root decide, in all of their ecosystems: a lockfile must lie beside
    them or in a folder above. What lies deeper is a part, such as the build of the documentation.
    """
    inventory = observer.once(study)
    needing = _outermost(filter(_needs_lock, _asking(inventory)))
    uncovered = [manifest for manifest in needing if not _is_covered(manifest, inventory)]
    certain = [manifest for manifest in uncovered if not _may_be_covered(manifest, inventory)]
    if certain:
        return Answer(False, certain[0].path)
    if not application(observer).value:
        return Answer(False)
    if uncovered:
        why = f"whether {uncovered[0].path} is locked cannot be told"
        raise Unobserved(Missing.NOT_SUPPORTED, why)
    if not needing:
        inventory.require_no_gap("nothing that needs a lockfile was seen", is_of_packages)
        raise Unobserved(Missing.NOT_SUPPORTED, "nothing here has a lockfile by convention")
    inventory.require_readable("what could be read is locked", is_of_packages)
    return Answer(True, _lock_of(needing[0], inventory))


def sbom_obtainable(observer: Observer) -> Answer:
    """Answer whether a list of components with versions can be made of what is committed.

    A lockfile deeper than the manifests nearest to the root, and of none of their ecosystems, is
    that of a part, such as a site, and says nothing of the whole.
    """
    inventory = observer.once(study)
    outermost = _outermost(_asking(inventory))
    for manifest in sorted(inventory.manifests, key=lambda found: depth(found.path)):
        if any(inventory.recorded(manifest)) and not _is_of_a_part(manifest, outermost):
            return Answer(True, manifest.path)
    if outermost and all(_is_complete(manifest, inventory) for manifest in outermost):
        return Answer(True, outermost[0].path)
    found = committed(observer)
    if found.value:
        return found
    inventory.require_no_gap("no lockfile and no complete manifest was seen", is_of_packages)
    return Answer(False)


def _asking(inventory: Inventory) -> Iterator[Manifest]:
    """Yield the manifests that ask for packages of others."""
    for manifest in inventory.manifests:
        is_asking = is_of_packages(manifest) and not is_lockfile(manifest)
        if is_asking and any(inventory.asked_for(manifest)):
            yield manifest


def _outermost(manifests: Iterable[Manifest]) -> list[Manifest]:
    """Return those manifests that lie nearest to the root."""
    found = [*manifests]
    least = min((manifest.path.count("/") for manifest in found), default=0)
    return [manifest for manifest in found if manifest.path.count("/") == least]


def _is_of_a_part(manifest: Manifest, outermost: list[Manifest]) -> bool:
    return bool(outermost) and not any(
        manifest.ecosystem == one.ecosystem or manifest.path.count("/") <= one.path.count("/")
        for one in outermost
    )


def _needs_lock(manifest: Manifest) -> bool:
    return manifest.path.rpartition("/")[2] not in _NEVER_LOCKED


def _is_complete(manifest: Manifest, inventory: Inventory) -> bool:
    return not manifest.gaps and all(each.is_exact for each in inventory.asked_for(manifest))


def _is_covered(manifest: Manifest, inventory: Inventory) -> bool:
    return _lock_of(manifest, inventory) is not None


def _lock_of(manifest: Manifest, inventory: Inventory) -> str | None:
    found = (
        other.path
        for other in _beside_or_above(manifest, inventory.manifests)
        if any(inventory.recorded(other))
    )
    return next(found, None)


def _may_be_covered(manifest: Manifest, inventory: Inventory) -> bool:
    """Tell whether a lockfile is there that could not be read, or the manifest may be one."""
    is_unread = any(
        other.gaps and is_lockfile(other)
        for other in _beside_or_above(manifest, inventory.manifests)
    )
    is_flat = manifest.path.endswith(_MAY_BE_FLAT)
    return is_unread or (is_flat and all(each.is_exact for each in inventory.asked_for(manifest)))


def _beside_or_above(manifest: Manifest, others: Iterable[Manifest]) -> Iterator[Manifest]:
    here = f"{manifest.folder}/"
    for other in others:
        is_above = not other.folder or here.startswith(f"{other.folder}/")
        if is_above and other.ecosystem == manifest.ecosystem:
            yield other
