"""Read literal packages of a Package.swift, and Package.resolved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from osmm_scan.collectors.inventory.purls import swift
from osmm_scan.collectors.inventory.statements import File, Role, Statement, lockfile, manifest
from osmm_scan.collectors.studies.structured import Malformed, items, pieces, read_json, table, word

_PACKAGE = re.compile(r"\.package\s*\(")
_URL = re.compile(r'\burl\s*:\s*"([^"\n]{1,300})"')
_PATH = re.compile(r'\bpath\s*:\s*"')
_REQUIREMENT = re.compile(r'\b(from|exact|branch|revision)\s*[:(]\s*"([^"\n]{1,100})"')
_COMMENT = re.compile(r"^[ \t]*//.*$", re.MULTILINE)
_ROLE = re.compile(r"\.(executable|library)\s*\(")


def parse_package(file: File) -> Iterator[Statement]:
    """Yield the packages that a Package.swift names by a literal address."""
    text = _COMMENT.sub("", file.text)
    kinds = set(_ROLE.findall(text))
    if kinds:
        is_library = "library" in kinds
        yield file.package(None, Role.LIBRARY if is_library else Role.APPLICATION)
    for line, call in pieces(_PACKAGE, text):
        url = _URL.search(call)
        if url is not None:
            requirement = _REQUIREMENT.search(call)
            yield file.direct(
                swift(url[1]),
                requirement[2] if requirement else "",
                line,
                is_exact=bool(requirement and requirement[1] == "exact"),
            )
        elif _PATH.search(call) is None:
            yield file.computed("a package that the manifest computes", line)


def parse_resolved(file: File) -> Iterator[Statement]:
    """Yield the pins of a Package.resolved of any version."""
    data = read_json(file.text)
    for pin in _pins(data):
        state = pin.get("state")
        known = state if isinstance(state, dict) else {}
        version = word(known.get("version")) or word(known.get("revision"))
        # A package from a registry has a name in place of an address.
        address = word(pin.get("location")) or word(pin.get("repositoryURL"))
        yield file.locked(swift(address or word(pin.get("identity"))), version)


def _pins(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    pins = items(table(data, "object"), "pins") or items(data, "pins")
    for pin in pins:
        if not isinstance(pin, dict):
            raise Malformed("a pin is no table")
        yield pin


FORMATS = (
    manifest("swift", parse_package, "Package.swift"),
    lockfile("swift", parse_resolved, "Package.resolved"),
)
