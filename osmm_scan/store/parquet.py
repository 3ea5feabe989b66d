"""Write scans as Parquet tables for notebooks: scans, levels, items, signals, checks, evidence."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from osmm_scan.errors import StoreError, UsageError
from osmm_scan.model import plain
from osmm_scan.store.archive import Kept, read_judgement
from osmm_scan.store.database import Store
from osmm_scan.verdicts import Assessment

_TEXT, _WHOLE, _NUMBER = "string", "int64", "float64"
_SCAN = {"scan": _WHOLE, "target": _TEXT, "as_of": _TEXT}

Row = Mapping[str, Any]
Rows = Callable[[Assessment], Iterator[Row]]


def export_tables(store: Store, kept: Sequence[Kept], folder: Path) -> tuple[Path, ...]:
    """Write one file a table into a folder, each whole or not at all, and return the files."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ModuleNotFoundError as error:
        raise UsageError(
            "Parquet needs a library: pip install 'osmm-scan[parquet]', or export bundles"
        ) from error
    partial = {name: folder / f".{name}.parquet.partial" for name in _TABLES}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            writers = {}
            for name, (columns, _) in _TABLES.items():
                schema = pa.schema(list({**_SCAN, **columns}.items()))
                writer = parquet.ParquetWriter(partial[name], schema)
                writers[name] = stack.enter_context(writer)
            # One scan at a time, so that memory does not grow with the history.
            for scan in kept:
                assessment = read_judgement(store, scan.id)
                for name, writer in writers.items():
                    rows = [_whole(scan, row) for row in _TABLES[name][1](assessment)]
                    writer.write_table(pa.Table.from_pylist(rows, schema=writer.schema))
        return tuple(path.rename(folder / f"{name}.parquet") for name, path in partial.items())
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written: {error.strerror or error}") from error
    finally:
        for path in partial.values():
            path.unlink(missing_ok=True)


def _whole(scan: Kept, row: Row) -> Row:
    start = {"scan": scan.id, "target": scan.target, "as_of": scan.as_of.isoformat()}
    return {name: _valid(part) for name, part in (start | dict(row)).items()}


def _valid(part: Any) -> Any:
    # A name may hold lone surrogates, which Arrow refuses.
    return part.encode("utf-8", "backslashreplace").decode() if isinstance(part, str) else part


def _scans(whole: Assessment) -> Iterator[Row]:
    yield {
        "kind": str(whole.target.kind),
        "profile": whole.profile,
        "visibility": str(whole.visibility),
        "window_days": whole.window_days,
        "tool_version": whole.tool_version,
        "rules_sha256": whole.rules_sha256,
        "level": whole.verdict.level,
        "possible": whole.verdict.possible,
        "status": str(whole.verdict.status),
        "coverage": whole.verdict.coverage,
        "confidence": whole.verdict.confidence,
        "repositories": len(whole.repositories),
    }


def _levels(whole: Assessment) -> Iterator[Row]:
    for one in whole.levels:
        yield {
            "level": one.level,
            "status": str(one.status),
            "progress": one.progress,
            "upper": one.upper,
            "coverage": one.coverage,
        }


def _items(whole: Assessment) -> Iterator[Row]:
    for one in whole.items:
        yield {
            "item": one.criterion.id,
            "level": one.criterion.level,
            "activity": one.criterion.activity,
            "grade": one.grade,
            "possible": one.possible,
            "state": str(one.state),
            "confidence": one.confidence,
        }


def _signals(whole: Assessment) -> Iterator[Row]:
    for signal in whole.signals:
        for name, within in signal.fields.items():
            yield {
                "signal": signal.id,
                "field": name,
                "low": None if within is None else within.low,
                "high": None if within is None else within.high,
                "n": signal.n,
                "unknown": signal.unknown,
            }


def _checks(whole: Assessment) -> Iterator[Row]:
    for readiness in whole.readiness:
        for one in readiness.checks:
            yield {
                "repository": readiness.repository,
                "ready": readiness.level,
                "check": one.check.id,
                "level": one.check.level,
                "required": one.check.required,
                "result": str(one.result),
            }


def _evidence(whole: Assessment) -> Iterator[Row]:
    for one in whole.evidence:
        yield {
            "subject": one.subject,
            "key": one.key,
            "value": None if one.missing else json.dumps(plain(one.value), sort_keys=True),
            "missing": one.missing and str(one.missing),
            "why": one.why or None,
            "path": one.source.path,
            "line": one.source.line,
            "url": one.source.url,
            "commit": one.source.commit,
        }


_TABLES: Mapping[str, tuple[Mapping[str, str], Rows]] = {
    "scans": (
        {
            "kind": _TEXT,
            "profile": _TEXT,
            "visibility": _TEXT,
            "window_days": _WHOLE,
            "tool_version": _TEXT,
            "rules_sha256": _TEXT,
            "level": _WHOLE,
            "possible": _WHOLE,
            "status": _TEXT,
            "coverage": _NUMBER,
            "confidence": _NUMBER,
            "repositories": _WHOLE,
        },
        _scans,
    ),
    "levels": (
        {
            "level": _WHOLE,
            "status": _TEXT,
            "progress": _NUMBER,
            "upper": _NUMBER,
            "coverage": _NUMBER,
        },
        _levels,
    ),
    "items": (
        {
            "item": _TEXT,
            "level": _WHOLE,
            "activity": _TEXT,
            "grade": _WHOLE,
            "possible": _WHOLE,
            "state": _TEXT,
            "confidence": _NUMBER,
        },
        _items,
    ),
    "signals": (
        {
            "signal": _TEXT,
            "field": _TEXT,
            "low": _NUMBER,
            "high": _NUMBER,
            "n": _WHOLE,
            "unknown": _WHOLE,
        },
        _signals,
    ),
    "checks": (
        {
            "repository": _TEXT,
            "ready": _WHOLE,
            "check": _TEXT,
            "level": _WHOLE,
            "required": "bool",
            "result": _TEXT,
        },
        _checks,
    ),
    "evidence": (
        {
            "subject": _TEXT,
            "key": _TEXT,
            "value": _TEXT,
            "missing": _TEXT,
            "why": _TEXT,
            "path": _TEXT,
            "line": _WHOLE,
            "url": _TEXT,
            "commit": _TEXT,
        },
        _evidence,
    ),
}
