"""Turn what a scan observed into JSON types and back, without loss; no file and no table here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from osmm_scan.model import (
    Bundle,
    Evidence,
    Fault,
    Missing,
    Source,
    Target,
    TargetKind,
    Value,
    Visibility,
    plain,
)


def write_header(bundle: Bundle) -> dict[str, Any]:
    """Return what a bundle says beside its facts."""
    return {
        "tool_version": bundle.tool_version,
        "target": {
            "kind": bundle.target.kind,
            "name": bundle.target.name,
            "source": bundle.target.source,
            "commit": bundle.target.commit,
        },
        "as_of": bundle.as_of.isoformat(),
        "window_days": bundle.window_days,
        "visibility": bundle.visibility,
        "repositories": list(bundle.repositories),
        "unseen": bundle.unseen,
        "faults": [[fault.subject, fault.what, fault.why] for fault in bundle.faults],
        "token": bundle.token,
        "facts": len(bundle.evidence),
    }


def read_header(header: Mapping[str, Any], evidence: tuple[Evidence, ...]) -> Bundle:
    """Return the bundle that `write_header` described.

    Raises `KeyError`, `TypeError` or `ValueError` when the header is damaged.
    """
    target = header["target"]
    return Bundle(
        tool_version=header["tool_version"],
        target=Target(
            kind=TargetKind(target["kind"]),
            name=target["name"],
            source=target["source"],
            commit=target["commit"],
        ),
        as_of=date.fromisoformat(header["as_of"]),
        window_days=int(header["window_days"]),
        visibility=Visibility(header["visibility"]),
        repositories=tuple(header["repositories"]),
        unseen=int(header["unseen"]),
        evidence=evidence,
        faults=tuple(
            Fault(subject=subject, what=what, why=why) for subject, what, why in header["faults"]
        ),
        token=header["token"],
    )


def write_fact(item: Evidence) -> dict[str, Any]:
    """Return a fact as JSON types, without what it does not have."""
    record = {
        "key": item.key,
        "subject": item.subject,
        "value": plain(item.value),
        "missing": item.missing,
        "why": item.why or None,
        "url": item.source.url,
        "path": item.source.path,
        "line": item.source.line,
        "commit": item.source.commit,
        "observed_at": item.observed_at.isoformat(),
    }
    return {name: value for name, value in record.items() if value is not None}


class FactReader:
    """Reads facts; what many of them share, such as a commit or a place, is kept once."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._days: dict[str, date] = {}
        self._subject = ""
        self._sources: dict[tuple[Any, ...], Source] = {}

    def read(self, record: Mapping[str, Any]) -> Evidence:
        """Return the fact that `write_fact` described; fails as `read_header` does."""
        missing = record.get("missing")
        subject = self._shared(record["subject"])
        if subject != self._subject:
            self._subject, self._sources = subject, {}
        return Evidence(
            key=self._shared(record["key"]),
            subject=subject,
            value=frozen(record.get("value"), self._shared),
            missing=None if missing is None else Missing(missing),
            why=self._shared(record.get("why", "")),
            source=self._source(record),
            observed_at=self._day(record["observed_at"]),
        )

    def _source(self, record: Mapping[str, Any]) -> Source:
        place = tuple(map(record.get, ("url", "path", "line", "commit")))
        if place not in self._sources:
            url, path, line, commit = place
            self._sources[place] = Source(
                url=url,
                path=path and self._shared(path),
                line=line,
                commit=commit and self._shared(commit),
            )
        return self._sources[place]

    def _shared(self, text: str) -> str:
        return self._texts.setdefault(text, text)

    def _day(self, text: str) -> date:
        if text not in self._days:
            self._days[text] = date.fromisoformat(text)
        return self._days[text]


def frozen(value: Any, text: Callable[[str], str] = str) -> Value | None:
    """Return a JSON value with tuples for lists, every text as `text` returns it."""
    if isinstance(value, str):
        return text(value)
    if isinstance(value, list):
        return tuple(frozen(part, text) for part in value)  # type: ignore[misc]  # JSON holds no None here
    if isinstance(value, dict):
        return {text(name): frozen(part, text) for name, part in value.items()}  # type: ignore[misc]  # same
    return value  # type: ignore[no-any-return]  # a JSON scalar
