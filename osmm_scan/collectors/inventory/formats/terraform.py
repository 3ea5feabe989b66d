"""Read the providers that a Terraform module requires, and the lockfile of its providers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from osmm_scan.collectors.inventory.purls import terraform
from osmm_scan.collectors.inventory.statements import File, Statement, lockfile, manifest

_OPENS = re.compile(r"\s*required_providers\s*\{")
_SOURCE = re.compile(r'(?:.*\{)?\s*source\s*=\s*"([\w./-]{1,200})"')
_PROVIDER = re.compile(r'provider\s+"([\w./-]{1,200})"\s*\{')
_VERSION = re.compile(r'\s*version\s*=\s*"([^"]{1,100})"')


def parse_module(file: File) -> Iterator[Statement]:
    """Yield the sources of `required_providers`."""
    depth = 0
    for number, raw in enumerate(file.text.splitlines(), start=1):
        line = raw.partition("#")[0]
        if depth == 0 and _OPENS.match(line) is None:
            continue
        depth += line.count("{") - line.count("}")
        if source := _SOURCE.match(line):
            yield file.direct(terraform(source[1]), "", number)


def parse_lock(file: File) -> Iterator[Statement]:
    """Yield the providers of a .terraform.lock.hcl."""
    source, start = "", 0
    for number, line in enumerate(file.text.splitlines(), start=1):
        if provider := _PROVIDER.match(line):
            source, start = provider[1], number
        elif source and (version := _VERSION.match(line)):
            yield file.locked(terraform(source), version[1], start)
            source = ""


FORMATS = (
    manifest("terraform", parse_module, "main.tf", "providers.tf", "terraform.tf", "versions.tf"),
    lockfile("terraform", parse_lock, ".terraform.lock.hcl"),
)
