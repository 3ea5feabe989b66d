"""Read a text with a parser and look at one side of what it states."""

from __future__ import annotations

from osmm_scan.collectors.inventory.statements import (
    Dependency,
    File,
    Gap,
    Include,
    Package,
    Parser,
    Relation,
    Statement,
)
from osmm_scan.collectors.studies.structured import Malformed


def statements(parse: Parser, text: str, path: str = "manifest") -> list[Statement]:
    """Return all statements; a malformed text ends with a gap, as the inventory has it."""
    found: list[Statement] = []
    try:
        for statement in parse(File(path, text)):
            found.append(statement)
    except Malformed as fault:
        found.append(Gap(path=path, line=fault.line, why=fault.why))
    return found


def asked_for(parse: Parser, text: str, path: str = "manifest") -> dict[str, str]:
    """Return what others made and the text asks for: requirement by purl without its scheme."""
    return {found.purl[4:]: found.requirement for found in direct(parse, text, path)}


def direct(parse: Parser, text: str, path: str = "manifest") -> list[Dependency]:
    """Return what others made and the text asks for."""
    return [
        found
        for found in statements(parse, text, path)
        if isinstance(found, Dependency)
        and found.relation is Relation.DIRECT
        and not found.is_local
    ]


def recorded(parse: Parser, text: str) -> list[tuple[str, str]]:
    """Return purl and version of what others made and a lockfile records."""
    return [
        (found.purl[4:], found.requirement)
        for found in statements(parse, text)
        if isinstance(found, Dependency)
        and found.relation is Relation.LOCKED
        and not found.is_local
    ]


def gaps(parse: Parser, text: str, path: str = "manifest") -> list[tuple[int | None, str]]:
    """Return line and kind of what could not be read."""
    return [
        (found.line, str(found.missing))
        for found in statements(parse, text, path)
        if isinstance(found, Gap)
    ]


def packages(parse: Parser, text: str, path: str = "manifest") -> list[tuple[str | None, str]]:
    """Return purl and role of the packages that a text defines."""
    return [
        (found.purl, str(found.role or ""))
        for found in statements(parse, text, path)
        if isinstance(found, Package)
    ]


def stray_lines(parse: Parser, text: str) -> list[int]:
    """Return the lines of statements that the text does not have."""
    lines = [getattr(found, "line", None) or 1 for found in statements(parse, text)]
    return [line for line in lines if not 1 <= line <= len(text.splitlines()) + 1]


def includes(parse: Parser, text: str, path: str) -> list[str]:
    """Return the further files that a text names."""
    return [found.path for found in statements(parse, text, path) if isinstance(found, Include)]
