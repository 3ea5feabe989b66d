"""Whether the committed configuration makes the build fetch packages from a private registry.

Only what replaces the usual registry counts: an additional source, as vendors and plugins ask for,
leaves the packages of everybody to the public one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from osmm_scan.collectors.inventory.answers import Answer
from osmm_scan.collectors.inventory.contents import study
from osmm_scan.collectors.inventory.files import nearest
from osmm_scan.collectors.inventory.public_registries import is_public
from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.structured import (
    Malformed,
    pieces,
    read_toml,
    read_xml,
    read_yaml,
    table,
    tables,
    word,
)
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing

_MOST_FILES = 300
_PLACEHOLDER_HOSTS = frozenset({"", "0.0.0.0", "127.0.0.1", "example.com", "localhost"})  # noqa: S104 - compared, never listened on


@dataclass(frozen=True, slots=True)
class Registry:
    """The address that replaces the usual registry, and the line that says so."""

    address: str
    line: int | None = None


_GRADLE_PUBLIC = re.compile(r"\b(?:mavenCentral|jcenter|google|gradlePluginPortal)\s*\(")
_GRADLE_MAVEN = re.compile(r"\bmaven\s*[({]")
_ADDRESS = re.compile(r"""["'](https?://[^"'\s]+)["']""")
Reader = Callable[[str], Iterator[Registry]]


def internal(observer: Observer) -> Answer:
    """Answer whether packages or base images come from a registry that is not a public one."""
    opened: Unobserved | None = None
    chosen = nearest(observer, _ANY_FILE, _MOST_FILES)
    for path, registry in (*_configured(observer, chosen.paths), *_base_images(observer)):
        if isinstance(registry, Unobserved):
            opened = opened or registry
            continue
        host = _host(registry.address)
        if "$" in host or "{" in host:
            why = f"{path}: the registry is only known when the build runs"
            opened = opened or Unobserved(Missing.NOT_SUPPORTED, why)
        elif host not in _PLACEHOLDER_HOSTS and not is_public(host):
            return Answer(True, path, registry.line)
    if opened is not None:
        raise opened
    chosen.require_all("configuration files")
    return Answer(False)


def _configured(
    observer: Observer, paths: Iterable[str]
) -> Iterator[tuple[str, Registry | Unobserved]]:
    for path in paths:
        read = next(read for name, read in _READERS.items() if re.fullmatch(name, path))
        try:
            for registry in read(observer.repository.text(path)):
                yield path, registry
        except Unobserved as reason:
            yield path, Unobserved(reason.missing, f"{path}: {reason.why}")
        except Malformed as error:
            line = f":{error.line}" if error.line else ""
            yield path, Unobserved(Missing.FAULT, f"{path}{line}: {error.why}")


def _base_images(observer: Observer) -> Iterator[tuple[str, Registry | Unobserved]]:
    for found in observer.once(study).declared:
        _, sign, host = found.purl.partition("?repository_url=")
        if sign and found.purl.startswith("pkg:docker/"):
            yield found.path, Registry(host, found.line)


def _by_line(expression: str) -> Reader:
    pattern = re.compile(expression)

    def read(text: str) -> Iterator[Registry]:
        for number, line in enumerate(text.splitlines(), start=1):
            if found := pattern.match(line):
                yield Registry(found[1], number)

    return read


def _yarn(text: str) -> Iterator[Registry]:
    document = read_yaml(text)
    address = word(document.data.get("npmRegistryServer"))
    if address:
        yield Registry(address, document.at(("npmRegistryServer",))[0])


def _python_project(text: str) -> Iterator[Registry]:
    tool = table(read_toml(text), "tool")
    for index in _uv_indexes(tool):
        if index.get("default") is True:
            yield Registry(word(index.get("url")))
    for source in tables(table(tool, "poetry"), "source"):
        if word(source.get("priority")) in {"", "default", "primary"} and not source.get(
            "secondary"
        ):
            yield Registry(word(source.get("url")))


def _uv_indexes(tool: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    uv = table(tool, "uv")
    yield from tables(uv, "index")
    if "index-url" in uv:
        yield {"url": uv["index-url"], "default": True}


def _pipfile(text: str) -> Iterator[Registry]:
    for source in tables(read_toml(text), "source")[:1]:
        yield Registry(word(source.get("url")))


def _maven_settings(text: str) -> Iterator[Registry]:
    for mirror in read_xml(text).all("mirrors", "mirror"):
        if {"*", "central", "external:*"} & set(mirror.value("mirrorOf").split(",")):
            yield Registry(mirror.value("url"), mirror.line)


def _gradle(text: str) -> Iterator[Registry]:
    if "repositories" not in text or _GRADLE_PUBLIC.search(text):
        return
    for line, piece in pieces(_GRADLE_MAVEN, text):
        if found := _ADDRESS.search(piece):
            yield Registry(found[1], line)


def _nuget(text: str) -> Iterator[Registry]:
    root = read_xml(text)
    if not any(True for _ in root.all("packageSources", "clear")):
        return
    added = [*root.all("packageSources", "add")]
    addresses = [source.attributes.get("value", "") for source in added]
    if not any(is_public(_host(address)) for address in addresses):
        for source, address in zip(added, addresses, strict=True):
            if "://" in address:
                yield Registry(address, source.line)


def _cargo(text: str) -> Iterator[Registry]:
    sources = table(read_toml(text), "source")
    chosen = word(table(sources, "crates-io").get("replace-with"))
    if chosen:
        yield Registry(word(table(sources, chosen).get("registry")).removeprefix("sparse+"))


_GO_PROXY = _by_line(r"""[^#]*?\bGOPROXY\b["']?\s*[=:]\s*["']?([^\s"',|]+)""")
_READERS: Mapping[str, Reader] = {
    f"(?:.*/)?{name}": read
    for name, read in {
        r"\.npmrc": _by_line(r"\s*registry\s*=\s*[\"']?(\S+?)[\"']?\s*$"),
        r"\.yarnrc": _by_line(r"""\s*registry\s+["']?([^\s"']+)"""),
        r"\.yarnrc\.yml": _yarn,
        r"pip\.(?:conf|ini)": _by_line(r"\s*index[-_]url\s*=\s*(\S+)"),
        r"[^/]*requirements[^/]*\.txt": _by_line(r"\s*(?:-i|--index-url)[\s=]+(\S+)"),
        r"pyproject\.toml": _python_project,
        r"Pipfile": _pipfile,
        r"(?:[\w-]*[-_])?settings\.xml": _maven_settings,
        r"(?:init|settings|build)\.gradle(?:\.kts)?": _gradle,
        r"[nN]u[gG]et\.[cC]onfig": _nuget,
        r"\.cargo/config(?:\.toml)?": _cargo,
        r"(?:Dockerfile|Containerfile|Makefile|\.gitlab-ci\.yml|\.env)": _GO_PROXY,
        r"\.github/workflows/[^/]+\.ya?ml": _GO_PROXY,
    }.items()
}
_ANY_FILE = re.compile("|".join(_READERS))


def _host(address: str) -> str:
    """Return the host of an address, or of an image registry, in lower case."""
    text = address if "://" in address else f"//{address}"
    try:
        return (urlsplit(text).hostname or "").lower()
    except ValueError:  # brackets that are no IPv6 address
        return ""
