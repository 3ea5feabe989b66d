"""The catalog record of a repository: what it is, in which state, how important, and whose.

A placeholder that a scaffold leaves behind says nothing, and a record owned by one is no record.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from osmm_scan import strict_yaml
from osmm_scan.collectors.inventory.answers import Answer
from osmm_scan.collectors.inventory.files import Chosen, nearest
from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.structured import Malformed, read_json, read_yaml, word
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing

_MOST_FILES = 20
_PLACEHOLDERS = frozenset(
    {
        *("", "-", "?", "changeme", "default", "guest", "guests", "n/a", "na", "none", "null"),
        *("owner", "replace-me", "tba", "tbd", "team", "todo", "undefined", "unknown", "your-team"),
    }
)
_BUSINESS_CLASS = re.compile(
    r"""
    (?:^|[^a-z])(?:
      strategic | criticality | (?:business|mission)[-_ ]critical | business[-_ ](?:class|value)
    | tier(?:[-_ ]?[0-4])?
    )(?:$|[^a-z])
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One catalog record. `teams` and `people` are its owners, `classes` its tags and labels."""

    path: str
    line: int = 1
    type: str = ""
    status: str = ""
    teams: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    is_scaffold: bool = False

    @property
    def is_complete(self) -> bool:
        """Tell whether type and status are stated, and nobody left a placeholder as the owner."""
        return bool(self.type and self.status) and not self.is_scaffold


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """The records of a repository, and why one of them could not be read."""

    records: tuple[Record, ...]
    fault: Unobserved | None
    chosen: Chosen

    def has(self, fits: Callable[[Record], bool]) -> Answer:
        """Answer whether a record fits; open when none does and one could not be read."""
        found = next((record for record in self.records if fits(record)), None)
        if found is not None:
            return Answer(True, found.path, found.line)
        if self.fault is not None:
            raise self.fault
        self.chosen.require_all("catalog records")
        return Answer(False)


def has_record(observer: Observer) -> Answer:
    """Answer whether a record states at least type and status."""
    return observer.once(read_catalog).has(lambda record: record.is_complete)


def has_business_class(observer: Observer) -> Answer:
    """Answer whether a complete record states how much the business depends on it."""
    return observer.once(read_catalog).has(
        lambda record: (
            record.is_complete and any(_BUSINESS_CLASS.search(name) for name in record.classes)
        )
    )


def has_owner(observer: Observer) -> Answer:
    """Answer whether a record names a team, or at least two people."""
    return observer.once(read_catalog).has(
        lambda record: bool(record.teams) or len(set(record.people)) >= 2
    )


def read_catalog(observer: Observer) -> Catalog:
    """Return the catalog records of a repository."""
    records: list[Record] = []
    faults: list[Unobserved] = []
    chosen = nearest(observer, _ANY_FILE, _MOST_FILES)
    for path in chosen.paths:
        read = next(read for name, read in _READERS.items() if re.fullmatch(name, path))
        try:
            records.extend(read(path, observer.repository.text(path)))
        except Unobserved as reason:
            faults.append(Unobserved(reason.missing, f"{path}: {reason.why}"))
        except Malformed as error:
            line = f":{error.line}" if error.line else ""
            faults.append(Unobserved(Missing.FAULT, f"{path}{line}: {error.why}"))
    return Catalog(records=tuple(records), fault=next(iter(faults), None), chosen=chosen)


def _backstage(path: str, text: str) -> Iterator[Record]:
    try:
        documents = strict_yaml.load_several(text, aliases=True, tags=True)
    except strict_yaml.YamlFault as fault:
        raise Malformed(f"not YAML: {fault.problem}", fault.line) from fault
    for document in documents:
        data = _table(document.data)
        if not word(data.get("apiVersion")).startswith("backstage.io/"):
            continue
        metadata, spec = _table(data.get("metadata")), _table(data.get("spec"))
        owner = word(spec.get("owner")).strip()
        kind, _, name = owner.lower().rpartition(":")
        name = name.rpartition("/")[2]
        is_named = _is_meant(name)
        yield Record(
            path=path,
            line=document.at(())[0],
            type=_meant(spec.get("type")),
            status=_meant(spec.get("lifecycle")),
            teams=(name,) if is_named and kind in {"", "group"} else (),
            people=(name,) if is_named and kind == "user" else (),
            classes=_words_of(metadata),
            is_scaffold=bool(owner) and not is_named,
        )


def _public_code(path: str, text: str) -> Iterator[Record]:
    document = read_yaml(text)
    data = document.data
    contacts = _table(data.get("maintenance")).get("contacts")
    yield Record(
        path=path,
        line=document.at_key(("softwareType",))[0],
        type=_meant(data.get("softwareType")),
        status=_meant(data.get("developmentStatus")),
        people=_names(contacts),
        classes=_words(data.get("categories")),
    )


def _codemeta(path: str, text: str) -> Iterator[Record]:
    data = read_json(text)
    yield Record(
        path=path,
        type=_meant(data.get("applicationCategory")),
        status=_meant(data.get("developmentStatus")),
        people=_names(data.get("maintainer")),
        classes=_words(data.get("keywords")),
    )


def _portfolio_json(path: str, text: str) -> Iterator[Record]:
    yield _portfolio(path, read_json(text))


def _portfolio_yaml(path: str, text: str) -> Iterator[Record]:
    yield _portfolio(path, read_yaml(text).data)


def _portfolio(path: str, data: Mapping[str, Any]) -> Record:
    team = _first(data, "owner", "team", "X-Zalando-Team")
    return Record(
        path=path,
        type=_first(data, "type", "category", "X-Zalando-Type"),
        status=_first(data, "status", "lifecycle", "maturity"),
        teams=(team,) if team else (),
        classes=(*data, *_words(data.get("tags")), *_words(data.get("topics"))),
    )


_READERS: Mapping[str, Callable[[str, str], Iterator[Record]]] = {
    r"(?:.*/)?(?:[^/]+\.)?catalog-info\.ya?ml": _backstage,
    r"publiccode\.ya?ml": _public_code,
    r"codemeta\.json": _codemeta,
    r"innersource\.json": _portfolio_json,
    r"\.(?:catwatch|zappr)\.ya?ml": _portfolio_yaml,
}
_ANY_FILE = re.compile("|".join(_READERS))


def _meant(value: Any) -> str:
    text = word(value).strip()
    return text if _is_meant(text) else ""


def _is_meant(text: str) -> bool:
    return text.strip().lower() not in _PLACEHOLDERS and "{{" not in text and "<" not in text


def _first(data: Mapping[str, Any], *keys: str) -> str:
    return next((text for key in keys if (text := _meant(data.get(key)))), "")


def _names(value: Any) -> tuple[str, ...]:
    entries = value if isinstance(value, list) else [value]
    found = (_first(_table(entry), "name", "email", "givenName", "@id") for entry in entries)
    return tuple(name for name in found if name)


def _words_of(metadata: Mapping[str, Any]) -> tuple[str, ...]:
    tables = (_table(metadata.get("labels")), _table(metadata.get("annotations")))
    pairs = (f"{key} {value}" for table in tables for key, value in table.items())
    return (*_words(metadata.get("tags")), *pairs)


def _words(value: Any) -> tuple[str, ...]:
    entries = value if isinstance(value, list) else [value]
    return tuple(entry for entry in entries if isinstance(entry, str))


def _table(value: Any) -> Mapping[Any, Any]:
    return value if isinstance(value, dict) else {}
