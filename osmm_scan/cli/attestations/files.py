"""Find and read files of attestations, and say what is wrong with them by file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from osmm_scan.cli.configuration.reading import read_committed
from osmm_scan.errors import ConfigurationError
from osmm_scan.settings import Attestation, Proof, ProofKind

if TYPE_CHECKING:
    from osmm_scan.cli.attestations.schemas import AttestationEntry, ProofEntry
    from osmm_scan.cli.configuration.pages import Page
    from osmm_scan.engine.rules import RulePack
    from osmm_scan.sources.repository import Repository


def find_attestations(
    named: Path | None, folder: Path | None, defaults: Repository | None, pack: RulePack
) -> tuple[Attestation, ...]:
    """Return what the named file states, else that of a folder, else of a `.github` repository."""
    page = _page(named, folder, defaults, pack.model.attestation_policy.file)
    return () if page is None else read_attestations(page, pack)


def read_attestations(page: Page, pack: RulePack) -> tuple[Attestation, ...]:
    """Return what a page states, without what is not answered yet.

    Raises `ConfigurationError`, which lists everything wrong with it.
    """
    return tuple(one for one in read_entries(page, pack).values() if one is not None)


def read_entries(page: Page, pack: RulePack) -> Mapping[int, Attestation | None]:
    """Return every entry of a page by its number, None for one that is not answered yet."""
    from osmm_scan.cli.attestations.schemas import AttestationFile

    entries = page.parse(AttestationFile).attestations or ()
    faults = list(_unknown_items(page, entries, pack))
    if faults:
        raise ConfigurationError("\n".join(faults))
    return {number: _attestation(one) for number, one in enumerate(entries)}


def open_page(path: Path) -> Page:
    """Return a file of attestations as a page."""
    from osmm_scan.cli.configuration.pages import read_text, yaml_page

    return yaml_page(str(path), read_text(path))


def cited_files(attestations: Sequence[Attestation]) -> Mapping[str, tuple[str, ...]]:
    """Return the files that attestations cite, by repository."""
    from osmm_scan.engine.attestation_proofs import locate

    places = {locate(proof) for one in attestations for proof in one.evidence}
    known = sorted(place for place in places if place is not None)
    names = {repository for repository, _ in known}
    return {
        name: tuple(path for repository, path in known if repository == name)
        for name in sorted(names)
    }


def _page(
    named: Path | None, folder: Path | None, defaults: Repository | None, usual: str
) -> Page | None:
    from osmm_scan.cli.configuration.pages import yaml_page

    if named is not None:
        return open_page(named)
    # A link could lead out of a clone that somebody else made.
    if folder is not None and (folder / usual).is_file() and not (folder / usual).is_symlink():
        return open_page(folder / usual)
    text = None if defaults is None else read_committed(defaults, usual)
    if defaults is None or text is None:
        return None
    return yaml_page(f"{defaults.name}:{usual}", text)


def _unknown_items(
    page: Page, entries: Sequence[AttestationEntry], pack: RulePack
) -> Iterator[str]:
    from osmm_scan.engine.vocabulary import nearest

    items = {criterion.id for criterion in pack.criteria}
    for number, entry in enumerate(entries):
        if entry.item not in items:
            problem = f"unknown item {entry.item!r}{nearest(entry.item, items)}"
            yield page.fault(("attestations", number, "item"), problem)


def _attestation(entry: AttestationEntry) -> Attestation | None:
    if entry.grade is None:
        return None
    return Attestation(
        item=entry.item,
        grade=entry.grade,
        statement=entry.statement or "",
        evidence=tuple(map(_proof, entry.evidence or ())),
        accountable_role=entry.accountable_role,
        second_person=entry.second_person,
        dated=entry.date,
        expires=entry.expires,
    )


def _proof(entry: ProofEntry) -> Proof:
    if entry.file is not None:
        return Proof(kind=ProofKind.FILE, value=entry.file, repository=entry.repository)
    if entry.link is not None:
        return Proof(kind=ProofKind.LINK, value=entry.link)
    return Proof(kind=ProofKind.DOCUMENT, value=entry.document or "")
