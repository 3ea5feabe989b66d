"""Write evidence bundles and read them back: gzipped JSON lines, a header and one fact per line.

A bundle is complete or it is refused: the header states how many facts follow.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from osmm_scan.errors import StoreError
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

SCHEMA_VERSION = 1
SIZE_LIMIT = 2 * 1024**3


def pack(bundle: Bundle) -> bytes:
    """Return the bundle as bytes; the same bundle is always the same bytes."""
    buffer = BytesIO()
    # A gzip header holds a file name and a time unless told otherwise.
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, mtime=0) as stream:
        for record in (_header(bundle), *map(_record, bundle.evidence)):
            stream.write(json.dumps(record, sort_keys=True).encode("ascii") + b"\n")
    return buffer.getvalue()


def read_bundle(path: Path) -> Bundle:
    """Return the bundle of a file.

    Raises `StoreError` naming the file and line when it is damaged, foreign or of a later version.
    """
    records = _records(path)
    line, header = next(records, (1, None))
    if header is None or header.get("osmm_scan_bundle") != SCHEMA_VERSION:
        raise StoreError(
            f"{path}:{line}: not an evidence bundle of version {SCHEMA_VERSION}; "
            "write one with 'osmm-scan repo --save FILE'"
        )
    try:
        evidence = tuple(_evidence(record) for line, record in records)
        bundle = _bundle(header, evidence)
    except (KeyError, TypeError, ValueError) as error:
        raise StoreError(f"{path}:{line}: damaged bundle: {error!r}; scan again") from error
    if len(evidence) != header["facts"]:
        raise StoreError(
            f"{path}: truncated bundle: {len(evidence)} of {header['facts']} facts; scan again"
        )
    return bundle


def _records(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    read = 0
    try:
        with gzip.open(path, "rb") as stream:
            for number, line in enumerate(stream, start=1):
                read += len(line)
                if read > SIZE_LIMIT:
                    raise StoreError(f"{path}:{number}: larger than {SIZE_LIMIT} bytes")
                record = json.loads(line)
                if not isinstance(record, dict):
                    raise StoreError(f"{path}:{number}: not a JSON object; scan again")
                yield number, record
    except FileNotFoundError as error:
        raise StoreError(f"{path}: no such bundle") from error
    except (OSError, EOFError, zlib.error, ValueError, RecursionError) as error:
        raise StoreError(f"{path}: cannot be read as a bundle: {error}") from error


def _header(bundle: Bundle) -> dict[str, Any]:
    return {
        "osmm_scan_bundle": SCHEMA_VERSION,
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


def _bundle(header: Mapping[str, Any], evidence: tuple[Evidence, ...]) -> Bundle:
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


def _record(item: Evidence) -> dict[str, Any]:
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


def _evidence(record: Mapping[str, Any]) -> Evidence:
    missing = record.get("missing")
    return Evidence(
        key=record["key"],
        subject=record["subject"],
        value=_frozen(record.get("value")),
        missing=None if missing is None else Missing(missing),
        why=record.get("why", ""),
        source=Source(
            url=record.get("url"),
            path=record.get("path"),
            line=record.get("line"),
            commit=record.get("commit"),
        ),
        observed_at=date.fromisoformat(record["observed_at"]),
    )


def _frozen(value: Any) -> Value | None:
    if isinstance(value, list):
        return tuple(_frozen(part) for part in value)  # type: ignore[misc]  # JSON holds no None here
    if isinstance(value, dict):
        return {name: _frozen(part) for name, part in value.items()}  # type: ignore[misc]  # same
    return value  # type: ignore[no-any-return]  # a JSON scalar
