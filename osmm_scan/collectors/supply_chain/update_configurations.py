"""Read the configurations of update bots: what they cover, and which of them do nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.json_comments import without_comments
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.strict_yaml import Document, YamlFault, load

EVERYTHING = "everything that the bot knows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """One file: what it covers with lines, else why it covers nothing, else what is damaged."""

    path: str
    covers: tuple[tuple[str, int], ...] = ()
    hollow: str = ""
    fault: Unobserved | None = None


def configurations(observer: Observer) -> Iterator[Configuration]:
    """Yield the configurations of every update bot."""
    for path, reader in _READERS.items():
        if path not in observer.repository.entries():
            continue
        try:
            text = observer.repository.text(path)
            covers = tuple(reader(text))
        except Unobserved as reason:
            yield Configuration(path=path, fault=reason)
        except YamlFault as fault:
            why = f"{path}:{fault.line}: {fault.problem}"
            yield Configuration(path=path, fault=Unobserved(Missing.FAULT, why))
        except _Hollow as hollow:
            yield Configuration(path=path, hollow=str(hollow))
        else:
            if covers or path != "package.json":
                yield Configuration(path=path, covers=covers)


class _Hollow(Exception):
    """The configuration covers nothing; the message says why."""


def _dependabot(text: str) -> Iterator[tuple[str, int]]:
    document = load(text, aliases=True)
    data = document.data if isinstance(document.data, dict) else {}
    if data.get("version") != 2:
        raise _Hollow("it does not state version 2, without which nothing is updated")
    entries = data.get("updates")
    covered = list(_entries(document, entries if isinstance(entries, list) else []))
    if not covered:
        raise _Hollow("no entry of 'updates' asks for updates")
    yield from covered


def _entries(document: Document, entries: list[Any]) -> Iterator[tuple[str, int]]:
    for index, entry in enumerate(entries):
        if not isinstance(entry, dict) or not isinstance(entry.get("package-ecosystem"), str):
            continue
        has_place = bool(entry.get("directory") or entry.get("directories"))
        # A limit of zero switches version updates off.
        if has_place and entry.get("open-pull-requests-limit") != 0:
            yield entry["package-ecosystem"], document.at(("updates", index))[0]


def _old_dependabot(_text: str) -> Iterator[tuple[str, int]]:
    raise _Hollow("version 1 of Dependabot's configuration is no longer read")


def _renovate(text: str) -> Iterator[tuple[str, int]]:
    # JSON5 without its comments is YAML, but for tabs.
    document = load(without_comments(text).replace("\t", " "))
    yield from _of_renovate(document.data, document)


def _of_renovate(data: Any, document: Document) -> Iterator[tuple[str, int]]:
    if not isinstance(data, dict):
        raise _Hollow("it holds no configuration")
    if data.get("enabled") is False:
        raise _Hollow("it is switched off")
    managers = data.get("enabledManagers")
    if isinstance(managers, list) and managers:
        line = document.at(("enabledManagers",))[0]
        yield from ((str(name), line) for name in managers)
        return
    yield EVERYTHING, 1


def _package(text: str) -> Iterator[tuple[str, int]]:
    if '"renovate"' not in text:
        return
    document = load(text.replace("\t", " "))
    if isinstance(document.data, dict) and "renovate" in document.data:
        yield EVERYTHING, document.at_key(("renovate",))[0]


def _pyup(text: str) -> Iterator[tuple[str, int]]:
    data = load(text, aliases=True).data
    if isinstance(data, Mapping) and data.get("update") is False:
        raise _Hollow("it is switched off")
    yield "pip", 1


def _scala_steward(_text: str) -> Iterator[tuple[str, int]]:
    yield "sbt", 1


_READERS: Mapping[str, Callable[[str], Iterator[tuple[str, int]]]] = {
    ".github/dependabot.yml": _dependabot,
    ".github/dependabot.yaml": _dependabot,
    ".dependabot/config.yml": _old_dependabot,
    "renovate.json": _renovate,
    "renovate.json5": _renovate,
    ".github/renovate.json": _renovate,
    ".github/renovate.json5": _renovate,
    ".gitlab/renovate.json": _renovate,
    ".gitlab/renovate.json5": _renovate,
    ".renovaterc": _renovate,
    ".renovaterc.json": _renovate,
    ".renovaterc.json5": _renovate,
    "package.json": _package,
    ".pyup.yml": _pyup,
    ".scala-steward.conf": _scala_steward,
    ".github/.scala-steward.conf": _scala_steward,
}
