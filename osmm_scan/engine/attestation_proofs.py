"""Tell what the evidence of an attestation is worth: read by the scanner, named, or not there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from osmm_scan.collectors.studies.cited_files import CITED_FILE
from osmm_scan.engine.vocabulary import nearest
from osmm_scan.model import Bundle, Evidence
from osmm_scan.settings import Proof, ProofKind

_PERMALINK = re.compile(r"https://[^/]{1,200}/([^/]{1,100}/[^/]{1,100})/blob/[^/]{1,200}/([^?#]+)")


class Standing(StrEnum):
    """What became of a piece of evidence."""

    READ = "read"
    NAMED = "named"
    REFUTED = "refuted"


@dataclass(frozen=True, slots=True)
class Checked:
    """A piece of evidence with what became of it, why, and the id of the fact that shows it."""

    proof: Proof
    standing: Standing
    why: str
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """The cited files that a scan looked for, by repository and path."""

    repositories: tuple[str, ...]
    files: Mapping[tuple[str, str], Evidence]

    def check(self, proof: Proof) -> Checked:
        """Return what a piece of evidence is worth."""
        place = locate(proof)
        if place is None:
            return Checked(proof, Standing.NAMED, f"a {proof.kind}, which no scan can read")
        repository, path = place
        if repository not in self.repositories:
            hint = nearest(repository, self.repositories)
            return Checked(proof, Standing.NAMED, f"{repository} was not scanned{hint}")
        found = self.files.get(place)
        if found is None:
            return Checked(proof, Standing.NAMED, f"{path} was not looked for; scan again")
        if found.missing is not None:
            return Checked(proof, Standing.NAMED, f"{path} could not be read: {found.why}")
        if found.value is True:
            return Checked(proof, Standing.READ, f"{path} was read", found.id)
        return Checked(proof, Standing.REFUTED, f"{repository} has no {path} with text", found.id)


def locate(proof: Proof) -> tuple[str, str] | None:
    """Return the repository and path of a file or of a link to one, None for anything else."""
    if proof.kind is ProofKind.FILE and proof.repository:
        return proof.repository, proof.value
    link = _PERMALINK.fullmatch(proof.value) if proof.kind is ProofKind.LINK else None
    return (link[1], link[2]) if link else None


def shelve(bundle: Bundle) -> Shelf:
    """Return the cited files that a bundle tells of."""
    return Shelf(bundle.repositories, _files(bundle.evidence))


def _files(evidence: Iterable[Evidence]) -> Mapping[tuple[str, str], Evidence]:
    return {
        (one.subject, one.source.path): one
        for one in evidence
        if one.key == CITED_FILE and one.source.path is not None
    }
