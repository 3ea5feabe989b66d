"""Read the environment files of conda, and what they leave to pip."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from osmm_scan import strict_yaml
from osmm_scan.collectors.inventory.formats.python_requirements import parse_requirements
from osmm_scan.collectors.inventory.purls import named
from osmm_scan.collectors.inventory.statements import Dependency, File, Gap, Statement, manifest
from osmm_scan.collectors.studies.structured import items, read_yaml

# `channel::name`, `name=1.2`, `name>=1.2` or `name 1.2`
_MATCH = re.compile(r"(?:[\w./-]{1,200}::)?([\w.-]{1,100})\s*(.{0,200})")
# What an environment is made for or with, not a package of the project.
_PLATFORM = frozenset({"pip", "python"})


def parse_environment(file: File) -> Iterator[Statement]:
    """Yield the packages of an environment.yml; other tools use the name for other things."""
    document = read_yaml(file.text)
    for index, entry in enumerate(items(document.data, "dependencies")):
        line = document.at(("dependencies", index))[0]
        if isinstance(entry, dict):
            yield from _left_to_pip(file, entry, document, index)
        elif isinstance(entry, str):
            yield from _package(file, entry, line)


def _package(file: File, text: str, line: int) -> Iterator[Statement]:
    found = _MATCH.fullmatch(text.strip())
    if found is None:
        yield file.gap("not a package of conda", line)
    elif found[1].lower() not in _PLATFORM:
        requirement = found[2].strip()
        # `=1.2` is any 1.2; `==1.2` and `=1.2=build` are one version.
        is_exact = requirement.startswith("=") and requirement.count("=") > 1
        purl = named("conda", found[1].lower())
        yield file.direct(purl, requirement, line, is_exact=is_exact)


def _left_to_pip(
    file: File, entry: dict[str, Any], document: strict_yaml.Document, index: int
) -> Iterator[Statement]:
    for place, text in enumerate(items(entry, "pip")):
        line = document.at(("dependencies", index, "pip", place))[0]
        for found in parse_requirements(File(file.path, str(text))):
            yield replace(found, line=line) if isinstance(found, Dependency | Gap) else found


FORMATS = (manifest("conda", parse_environment, "environment.yml", "environment.yaml"),)
