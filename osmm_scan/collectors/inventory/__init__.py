"""What a repository is made of: the packages, images and actions that its manifests name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from osmm_scan.collectors.inventory import (
    catalog,
    deployment,
    locks,
    package_sources,
    runtimes,
    sbom,
    undeclared,
    use,
)
from osmm_scan.collectors.inventory.answers import Question, ask
from osmm_scan.collectors.inventory.applications import application
from osmm_scan.collectors.inventory.contents import Inventory, Manifest, study
from osmm_scan.collectors.inventory.statements import Gap
from osmm_scan.collectors.observation import Observer
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Value

__all__ = ["DETAILS", "FACTS", "Inventory", "collect", "study"]

FACTS: Mapping[str, str] = {
    "catalog.owned": "A catalog record names a team, or at least two people, as the owner.",
    "catalog.record": "A catalog record parses and states at least type and status.",
    "catalog.strategic_tag": "A catalog record carries a business or strategic class.",
    "deployment.stated": "A deployment descriptor names an image by its immutable digest.",
    "inventory.application": "The repository holds an application rather than only libraries.",
    "inventory.consumes": (
        "The repository uses at least one package of others, by its manifests or lockfiles. "
        "Base images and actions are no packages: with them every repository with CI would count."
    ),
    "inventory.declared_or_none": (
        "Dependencies are declared in a standard manifest, or there are none at all."
    ),
    "inventory.declares": (
        "A standard manifest or lockfile names at least one package, image or action of others."
    ),
    "inventory.direct": (
        "The packages of others that the readable manifests ask for, as purls without version. "
        "Build backends and plugins, and packages of the repository's own owner, are left out."
    ),
    "inventory.direct_count": "How many packages of others the manifests ask for.",
    "inventory.ecosystems": "The ecosystems of the packages in use, by purl type.",
    "inventory.locked": (
        "The repository holds an application, and a lockfile covers it in every ecosystem."
    ),
    "inventory.locked_count": "How many packages of others the lockfiles record.",
    "inventory.new_direct_12m": "The direct packages that were not asked for a window ago.",
    "inventory.sbom_obtainable": (
        "A list of components with versions can be made of lockfiles, of a manifest that fixes "
        "every version, or is committed."
    ),
    "registry.internal": (
        "Committed configuration replaces the public registry by another one, or base images come "
        "from another one."
    ),
    "runtime.declared": (
        "A runtime or base image whose end of life is published is named as the version to run."
    ),
    "runtime.eol_share": (
        "Share of the runtimes and base images named as the version to run that are past their "
        "published end of life."
    ),
    "sbom.committed": "An SPDX or CycloneDX component list is committed that names a component.",
    "service.deployable": "The repository holds something that is deployed as a service.",
}
DETAILS: Mapping[str, str] = {
    "inventory.fault": "A manifest or a place in it that could not be read, and why.",
    "inventory.manifest": "One manifest or lockfile: ecosystem, direct and locked packages.",
}

_QUESTIONS: Mapping[str, Question] = {
    "catalog.owned": catalog.has_owner,
    "catalog.record": catalog.has_record,
    "catalog.strategic_tag": catalog.has_business_class,
    "deployment.stated": deployment.stated,
    "inventory.application": application,
    "inventory.consumes": use.consumes,
    "inventory.declared_or_none": undeclared.declared_or_none,
    "inventory.declares": use.declares,
    "inventory.direct": use.direct,
    "inventory.direct_count": use.direct_count,
    "inventory.ecosystems": use.ecosystems,
    "inventory.locked": locks.locked,
    "inventory.locked_count": use.locked_count,
    "inventory.new_direct_12m": use.new_direct,
    "inventory.sbom_obtainable": locks.sbom_obtainable,
    "registry.internal": package_sources.internal,
    "runtime.declared": runtimes.declared,
    "runtime.eol_share": runtimes.eol_share,
    "sbom.committed": sbom.committed,
    "service.deployable": deployment.deployable,
}


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield the inventory facts of a repository."""
    inventory = observer.once(study)
    for manifest in inventory.manifests:
        if manifest.dependencies:
            yield _detail(observer, inventory, manifest)
    for gap in _first_of_each(inventory.gaps):
        yield _fault(observer, gap)
    for key, question in _QUESTIONS.items():
        yield ask(observer, key, question)


def _detail(observer: Observer, inventory: Inventory, manifest: Manifest) -> Evidence:
    value: Mapping[str, Value] = {
        "ecosystem": manifest.ecosystem,
        "direct": len({found.purl for found in inventory.asked_for(manifest)}),
        "locked": len({found.purl for found in inventory.recorded(manifest)}),
    }
    return observer.fact("inventory.manifest", value, manifest.path)


def _first_of_each(gaps: tuple[Gap, ...]) -> list[Gap]:
    """Return the first of those gaps of a file that have the same reason."""
    first: dict[tuple[str | None, str], Gap] = {}
    for gap in gaps:
        first.setdefault((gap.path, gap.why), gap)
    return [*first.values()]


def _fault(observer: Observer, gap: Gap) -> Evidence:
    reason = Unobserved(gap.missing, gap.why)
    return observer.missing("inventory.fault", reason, gap.path, gap.line)
