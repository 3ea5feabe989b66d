"""Put together what a repository says of its license, and where it contradicts itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from osmm_scan.collectors.licensing import expressions, mentions
from osmm_scan.collectors.licensing.declared import Declared, declared
from osmm_scan.collectors.licensing.files import LicenseFile, claimed, license_files
from osmm_scan.collectors.licensing.recognition import Kind, Recognition
from osmm_scan.collectors.licensing.words import read
from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies import prose
from osmm_scan.collectors.studies.paths import at_github_locations
from osmm_scan.errors import Unobserved

_LICENSE_HEADING = re.compile(r"\blicen[cs](?:e|es|ing)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two statements that cannot both hold, and where the second one stands."""

    path: str
    line: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Licensing:
    """The license files and manifests of a repository, and the license they come down to."""

    files: tuple[LicenseFile, ...]
    declared: tuple[Declared, ...]
    expression: str | None
    contradictions: tuple[Contradiction, ...]
    faults: tuple[Unobserved, ...]

    @property
    def texts(self) -> tuple[LicenseFile, ...]:
        """Return the files that hold the text of a license; those at the root, if there are any."""
        return _texts(self.files)


def licensing(observer: Observer) -> Licensing:
    """Return what the repository says of its license."""
    files, manifests = license_files(observer), declared(observer)
    readme, fault = _readme(observer)
    return Licensing(
        files,
        manifests,
        _whole(files, manifests),
        tuple(_contradictions(files, manifests, readme)),
        tuple(
            fault
            for fault in (fault, *(m.fault for m in manifests), *(f.fault for f in files))
            if fault is not None
        ),
    )


def _texts(files: Iterable[LicenseFile]) -> tuple[LicenseFile, ...]:
    texts = [file for file in files if file.has_text]
    return tuple([file for file in texts if "/" not in file.path] or texts)


def _whole(files: tuple[LicenseFile, ...], manifests: tuple[Declared, ...]) -> str | None:
    """Return the expression that all license files come down to."""
    texts = _texts(files)
    stated = [file.recognition.expression for file in texts if file.recognition]
    parts = sorted({expression for expression in stated if expression is not None})
    together = expressions.combine(_without_embedded(parts), choice=False)
    if together is None:
        return None
    offered = [
        file.recognition.expression for file in files if file.recognition and not file.has_text
    ]
    declarations = [manifest.expression for manifest in manifests]
    found = _families([together])
    # Texts tell which licenses there are; how they combine, and "or later", is said elsewhere.
    # In the LICENSES folder stand also those of single files, so there a part is enough.
    in_folder = "/" in texts[0].path
    for said in (*offered, *declarations):
        if said is not None:
            named = _families([said])
            if named == found or (in_folder and named < found):
                return said
    return together


def _without_embedded(parts: list[str]) -> list[str]:
    """Drop the GPL text that the LGPL 3.0, being a supplement to it, comes with."""
    lesser = any(expressions.family(part) == "LGPL-3.0" for part in parts)
    return [part for part in parts if not (lesser and expressions.family(part) == "GPL-3.0")]


def _families(said: Iterable[str]) -> set[str]:
    return {expressions.family(each) for expression in said for each in expressions.ids(expression)}


def _readme(observer: Observer) -> tuple[tuple[str, str] | None, Unobserved | None]:
    folder = observer.repository.folder
    path = at_github_locations({**folder(), **folder(".github"), **folder("docs")}, ["README"])
    if path is None:
        return None, None
    try:
        return (path, observer.repository.text(path)), None
    except Unobserved as fault:
        return None, fault


def _contradictions(
    files: tuple[LicenseFile, ...],
    manifests: tuple[Declared, ...],
    readme: tuple[str, str] | None,
) -> Iterator[Contradiction]:
    read_files = [(file.path, file.recognition) for file in files if file.recognition is not None]
    for path, recognition in read_files:
        yield from _wrong_name(path, recognition)
        yield from _denials(path, recognition, manifests, readme)
    stated = _families(r.expression for _, r in read_files if r.expression is not None)
    closed = any(r.is_open is False for _, r in read_files if r.expression is not None)
    for manifest in manifests:
        yield from _against(manifest, stated, closed=closed)
    if readme is not None and stated:
        claims = list(_claims(*readme))
        if claims and not stated & {expressions.family(license_id) for license_id, _ in claims}:
            license_id, line = claims[0]
            yield Contradiction(readme[0], line, f"says {license_id}, the license file does not")


def _wrong_name(path: str, recognition: Recognition) -> Iterator[Contradiction]:
    """Yield a file of the LICENSES folder whose name claims another license than it holds."""
    claim = claimed(path)
    expression = expressions.normalize(claim) if claim else None
    if expression is None or recognition.kind is not Kind.TEXT or recognition.expression is None:
        return
    if not _families([expression]) & _families([recognition.expression]):
        yield Contradiction(path, 1, f"is called {claim} and holds {recognition.expression}")


def _denials(
    path: str,
    recognition: Recognition,
    manifests: tuple[Declared, ...],
    readme: tuple[str, str] | None,
) -> Iterator[Contradiction]:
    """Yield where a license file denies what a manifest or the README claims."""
    claimed_ids = _families(m.expression for m in manifests if m.expression is not None)
    if readme is not None:
        claimed_ids |= {expressions.family(license_id) for license_id, _ in _claims(*readme)}
    for license_id, line in recognition.denied:
        if expressions.family(license_id) in claimed_ids:
            yield Contradiction(path, line, f"denies {license_id}, which is claimed elsewhere")


def _against(manifest: Declared, stated: set[str], *, closed: bool) -> Iterator[Contradiction]:
    """Yield a manifest that says something else than the license files."""
    said = manifest.expression
    if manifest.is_closed and stated and not closed:
        yield Contradiction(manifest.path, manifest.line, f"says {manifest.written}")
    if said is None or not stated:
        return
    families = _families([said])
    if not (families <= stated or stated <= families):
        yield Contradiction(manifest.path, manifest.line, f"says {said}, the license file does not")
    elif closed and expressions.is_open(said):
        yield Contradiction(
            manifest.path, manifest.line, f"says {said}, the license file restricts it"
        )


def _claims(path: str, text: str) -> Iterator[tuple[str, int]]:
    """Yield the licenses that a README names under a heading about licenses, and the line."""
    for block in prose.read(text).under(_LICENSE_HEADING):
        words = read(block.text)
        for mention in mentions.mentions(words, bytes(len(words))):
            if not mention.denied:
                yield mention.license, block.line
