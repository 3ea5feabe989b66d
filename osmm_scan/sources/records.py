"""Split a stream into records that end with NUL, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader

_CHUNK = 1 << 18


def records(stream: BufferedReader, *, limit: int) -> Iterator[bytes]:
    """Yield each record, cut to `limit` bytes; the last one may lack its NUL."""
    rest = b""
    while chunk := stream.read1(_CHUNK):
        first, *others = chunk.split(b"\0")
        rest += first[: max(0, limit - len(rest))]
        if others:
            yield rest
            rest = others.pop()[:limit]
            yield from others
    if rest:
        yield rest
