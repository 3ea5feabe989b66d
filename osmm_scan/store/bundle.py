"""Write evidence bundles and read them back: gzipped JSON lines, a header and one fact per line.

A bundle is complete or it is refused: the header states how many facts follow.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from osmm_scan.errors import StoreError
from osmm_scan.model import Bundle
from osmm_scan.store.records import FactReader, read_header, write_fact, write_header

SCHEMA_VERSION = 1
SIZE_LIMIT = 2 * 1024**3


def pack(bundle: Bundle) -> bytes:
    """Return the bundle as bytes; the same bundle is always the same bytes."""
    buffer = BytesIO()
    # A gzip header holds a file name and a time unless told otherwise.
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, mtime=0) as stream:
        header = {"osmm_scan_bundle": SCHEMA_VERSION, **write_header(bundle)}
        for record in (header, *map(write_fact, bundle.evidence)):
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
        reader = FactReader()
        evidence = tuple(reader.read(record) for line, record in records)
        bundle = read_header(header, evidence)
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
