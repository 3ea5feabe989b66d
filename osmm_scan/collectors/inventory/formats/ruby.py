"""Read literal gems of a Gemfile or gemspec, and Gemfile.lock."""

from __future__ import annotations

import re
from collections.abc import Iterator

from osmm_scan.collectors.inventory.purls import named
from osmm_scan.collectors.inventory.statements import (
    File,
    Role,
    Scope,
    Statement,
    lockfile,
    manifest,
)

_GEM = re.compile(r"""\s*gem[\s(]+["']([\w.-]{1,200})["'](.*)""")
_COMPUTED_GEM = re.compile(r"\s*gem[\s(]+[a-z]")
_OTHER_FILE = re.compile(r"\s*eval_gemfile\b")
_REQUIREMENT = re.compile(r"""\s*,\s*["']([^"']{0,100})["']""")
_LOCAL = re.compile(r"\bpath(?::|\s*=>)")
_GROUP = re.compile(r"\s*group\b.*\bdo\b")
_SHIPPED_GROUP = re.compile(r":(?:default|production)\b")
_OPENS = re.compile(r"\s*(?:begin|case|if|unless|while)\b|.*\bdo\b")
_END = re.compile(r"\s*end\b")
_GROUP_OPTION = re.compile(r"\bgroups?(?::|\s*=>)\s*\[?\s*:(\w+)")
_SPEC_GEM = re.compile(
    r"""\s*\w+\.add_(runtime_|development_)?dependency[\s(]+"""
    r"""(?:["']|%q<)([\w.-]{1,200})["'>](?:\.freeze)?(.*)"""
)
_COMPUTED_SPEC_GEM = re.compile(r"\s*\w+\.add_(?:runtime_|development_)?dependency\b")
_SPEC_NAME = re.compile(r"""\s*\w+\.name\s*=\s*["']([\w.-]{1,200})["']""")
_LOCK_SPEC = re.compile(r"    ([\w.-]+) \(([^)\s]+)\)")
_LOCK_ASKED = re.compile(r"  ([\w.-]+)(!?)(?: \((.*)\))?!?$")


def parse_gemfile(file: File) -> Iterator[Statement]:
    """Yield the gems that a Gemfile names literally."""
    blocks: list[Scope] = []
    for number, raw in enumerate(file.text.splitlines(), start=1):
        line = raw.partition(" #")[0] if not raw.lstrip().startswith("#") else ""
        scope = blocks[-1] if blocks else Scope.RUNTIME
        found = _GEM.match(line)
        if found:
            yield _gem(file, number, found, scope)
        elif _COMPUTED_GEM.match(line) or _OTHER_FILE.match(line):
            yield file.computed("a gem that Ruby computes", number)
        elif _END.match(line) and blocks:
            blocks.pop()
        elif _GROUP.match(line):
            blocks.append(Scope.RUNTIME if _SHIPPED_GROUP.search(line) else Scope.DEVELOPMENT)
        elif _OPENS.match(line):
            blocks.append(scope)


def parse_gemspec(file: File) -> Iterator[Statement]:
    """Yield the gems that a gemspec names literally."""
    for number, line in enumerate(file.text.splitlines(), start=1):
        if name := _SPEC_NAME.match(line):
            yield file.package(named("gem", name[1]), Role.LIBRARY, number)
        elif found := _SPEC_GEM.match(line):
            is_development = found[1] == "development_"
            yield file.direct(
                named("gem", found[2]),
                _requirement(found[3]),
                number,
                scope=Scope.DEVELOPMENT if is_development else Scope.RUNTIME,
                is_exact=_is_exact(_requirement(found[3])),
            )
        elif _COMPUTED_SPEC_GEM.match(line):
            yield file.computed("a gem that Ruby computes", number)


def parse_lock(file: File) -> Iterator[Statement]:
    """Yield the gems of a Gemfile.lock, and again those that the project asks for."""
    section = ""
    local = set()
    for number, line in enumerate(file.text.splitlines(), start=1):
        if line[:1] not in {"", " "}:
            section = line.strip()
            if not re.fullmatch(r"[A-Z ]+", section):
                yield file.gap("not a section of Gemfile.lock", number)
        elif found := _LOCK_SPEC.match(line):
            name = named("gem", found[1])
            if section == "PATH":
                local.add(name)
            yield file.locked(name, found[2], number, is_local=section == "PATH")
        elif section == "DEPENDENCIES" and (asked := _LOCK_ASKED.match(line)):
            name = named("gem", asked[1])
            yield file.direct(name, asked[3] or "", number, is_local=name in local)


def _gem(file: File, line: int, found: re.Match[str], scope: Scope) -> Statement:
    name, rest = found[1], found[2]
    group = _GROUP_OPTION.search(rest)
    if group and group[1] not in {"default", "production"}:
        scope = Scope.DEVELOPMENT
    return file.direct(
        named("gem", name),
        _requirement(rest),
        line,
        scope=scope,
        is_exact=_is_exact(_requirement(rest)),
        is_local=_LOCAL.search(rest) is not None,
    )


def _requirement(rest: str) -> str:
    found = _REQUIREMENT.match(rest)
    return found[1] if found else ""


def _is_exact(requirement: str) -> bool:
    return requirement.removeprefix("=").strip()[:1].isdigit()


FORMATS = (
    manifest("gem", parse_gemfile, "Gemfile", "gems.rb"),
    manifest("gem", parse_gemspec, "*.gemspec"),
    lockfile("gem", parse_lock, "Gemfile.lock", "gems.locked"),
)
