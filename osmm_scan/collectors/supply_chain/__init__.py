"""Tell how a repository guards what it builds from and what it ships."""

from __future__ import annotations

from collections.abc import Iterator

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.supply_chain.assessments import assessments
from osmm_scan.collectors.supply_chain.binaries import binaries
from osmm_scan.collectors.supply_chain.gate import gate
from osmm_scan.collectors.supply_chain.hardening import hardening
from osmm_scan.collectors.supply_chain.releases import releases
from osmm_scan.collectors.supply_chain.scanning import scanning
from osmm_scan.collectors.supply_chain.updates import updates
from osmm_scan.model import Evidence

FACTS = {
    "updates.automated": "a bot proposes updates of dependencies, and they are merged",
    "sca.wired": "known vulnerabilities of dependencies are looked for on change or by schedule",
    "sast.wired": "a static security analyser runs on change or by schedule",
    "secrets.scanned": "changes are searched for secrets, in CI or by commit hooks",
    "secrets.preventive": "a search for secrets stops a change before it is merged",
    "dynamic.tested": "fuzzing or a dynamic security test runs on change or by schedule",
    "assessment.recent": "a security assessment or threat model is dated within 24 months",
    "assessment.age_days": "days since the newest dated security assessment or threat model",
    "scorecard.adopted": "OpenSSF Scorecard runs on change or by schedule",
    "gate.blocks": "a dependency check that fails stops the merge",
    "gate.thresholds": "the dependency check of changes names what it lets pass",
    "workflow.hardening": "mean of: token rights, pinned actions, no dangerous trigger; 0 to 1",
    "workflow.isolated": "no privileged workflow checks out what outsiders propose",
    "workflow.least_privilege": "every workflow keeps the rights of its token to what it needs",
    "workflow.safe": "no GitHub workflow has a known-bad part",
    "workflow.sanitized": "no workflow puts text of outsiders into a script",
    "tree.no_binaries": "no executable or compiled file is committed",
    "sbom.published": "a release workflow makes a bill of materials and attaches it",
    "release.attested": "a release workflow signs what it ships or attests how it was built",
}
DETAILS = {
    "updates.covered": "an ecosystem that an update bot is configured for",
    "updates.hollow": "a configuration of an update bot that covers nothing, and why",
    "assessment.document": "a security assessment or threat model, with its date if it states one",
    "workflow.finding": "a known-bad part of a workflow; the first 500 of them",
}


_PARTS = (updates, scanning, assessments, gate, releases, hardening, binaries)


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield what files and history show of a repository's supply chain."""
    for part in _PARTS:
        yield from part(observer)
