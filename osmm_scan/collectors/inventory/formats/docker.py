"""Read the base images of a Dockerfile or Containerfile."""

from __future__ import annotations

import re
from collections.abc import Iterator

from osmm_scan.collectors.inventory.purls import docker
from osmm_scan.collectors.inventory.statements import File, Role, Statement, manifest

_FROM = re.compile(r"FROM\s+((?:--\S+\s+)*)(\S+)(?:\s+AS\s+(\S+))?\s*$", re.IGNORECASE)
_ARGUMENT = re.compile(r"ARG\s+(\w+)(?:=(.*))?$", re.IGNORECASE)
_VARIABLE = re.compile(r"\$(?:\{(\w+)(?::-([^}]*))?\}|(\w+))")
_LONGEST_VALUE = 300
_RUNS = re.compile(r"(?:CMD|ENTRYPOINT)\s", re.IGNORECASE)
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def parse_dockerfile(file: File) -> Iterator[Statement]:
    """Yield the images that the stages build on; earlier stages and `scratch` are none."""
    arguments: dict[str, str] = {}
    stages: set[str] = set()
    runs = False
    for number, line in _instructions(file.text):
        if (argument := _ARGUMENT.match(line)) and not stages:
            value = (argument[2] or "").strip().strip("\"'")
            # A value that is filled with itself would double with each line.
            arguments[argument[1]] = _fill(value, arguments)[:_LONGEST_VALUE]
        runs = runs or _RUNS.match(line) is not None
        found = _FROM.match(line)
        if found is None:
            continue
        image = _fill(found[2].strip("\"'"), arguments)
        if image.lower() != "scratch" and image.lower() not in stages:
            yield _image(file, image, number)
        stages.add((found[3] or f"{len(stages)} unnamed").lower())
    if runs:
        yield file.package(None, Role.APPLICATION)


def split_image(image: str) -> tuple[str, str, str]:
    """Return the name, tag and digest of an image."""
    rest, _, digest = image.partition("@")
    folder, slash, last = rest.rpartition("/")
    name, _, tag = last.partition(":")
    return folder + slash + name, tag, digest


def _image(file: File, image: str, line: int) -> Statement:
    name, tag, digest = split_image(image)
    if "$" in name:
        return file.computed("a base image that the build is told", line)
    # The tag tells the version that people mean; the digest says that it cannot change.
    is_exact = _DIGEST.fullmatch(digest) is not None
    return file.direct(docker(name), tag or digest, line, is_exact=is_exact)


def _fill(text: str, arguments: dict[str, str]) -> str:
    return _VARIABLE.sub(
        lambda found: arguments.get(found[1] or found[3]) or found[2] or found[0], text
    )


def _instructions(text: str) -> Iterator[tuple[int, str]]:
    parts: list[str] = []
    first = 1
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if line.startswith("#") or (not line and parts):
            continue
        first = first if parts else number
        parts.append(line.removesuffix("\\"))
        if not line.endswith("\\"):
            yield first, " ".join(parts)
            parts = []
    if parts:
        yield first, " ".join(parts)


FORMATS = (
    manifest(
        "docker",
        parse_dockerfile,
        "Dockerfile",
        "Containerfile",
        "Dockerfile.*",
        "Containerfile.*",
        "*.Dockerfile",
        "*.dockerfile",
    ),
)
