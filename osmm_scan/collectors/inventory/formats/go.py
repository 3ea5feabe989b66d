"""Read go.mod, go.work and go.sum."""

from __future__ import annotations

import re
from collections.abc import Iterator

from osmm_scan.collectors.inventory.purls import golang
from osmm_scan.collectors.inventory.statements import File, Statement, lockfile, manifest

_DIRECTIVE = re.compile(r"(\w+)\s*(\(?)\s*(.*)")
_KNOWN = frozenset(
    [
        *("exclude", "go", "godebug", "ignore", "module", "replace"),
        *("require", "retract", "tool", "toolchain", "use"),
    ]
)


def parse_mod(file: File) -> Iterator[Statement]:
    """Yield what a go.mod or go.work requires itself; go.sum records what follows from that."""
    directives = [*_directives(file.text)]
    local = {rest.split()[0] for _, directive, rest in directives if _is_local(directive, rest)}
    for number, directive, rest in directives:
        words = rest.replace('"', "").split()
        if directive not in _KNOWN:
            yield file.gap("not a directive of go.mod", number)
        elif directive == "module" and words:
            yield file.package(golang(words[0]), None, number)
        elif directive == "require" and len(words) >= 2 and "// indirect" not in rest:
            yield file.direct(
                golang(words[0]),
                words[1],
                number,
                is_exact=True,
                is_local=words[0] in local,
            )


def parse_sum(file: File) -> Iterator[Statement]:
    """Yield the modules of a go.sum; of those with a `/go.mod` alone only the needs were read."""
    for number, line in enumerate(file.text.splitlines(), start=1):
        words = line.split()
        if len(words) != 3:
            if words:
                yield file.gap("not an entry of go.sum", number)
            continue
        module, version = words[0], words[1]
        if not version.endswith("/go.mod"):
            yield file.locked(golang(module), version, number)


def _is_local(directive: str, rest: str) -> bool:
    replaced, _, target = rest.partition("=>")
    is_folder = target.strip().startswith(("./", "../", "/"))
    return directive == "replace" and is_folder and bool(replaced.strip())


def _directives(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield line number, directive and the rest, for lines in a block, too."""
    block = ""
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("//"):
            continue
        if block:
            if line.startswith(")"):
                block = ""
            else:
                yield number, block, line
            continue
        found = _DIRECTIVE.match(line)
        if found is None:
            yield number, "", line
        elif found[2]:
            block = found[1]
        else:
            yield number, found[1], found[3]


FORMATS = (
    manifest("golang", parse_mod, "go.mod"),
    manifest("golang", parse_mod, "go.work"),
    lockfile("golang", parse_sum, "go.sum", "go.work.sum"),
)
