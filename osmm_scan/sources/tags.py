"""Tell which tags lead to commits, when they were made, and whether they are signed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.commit_parser import header, seconds
from osmm_scan.sources.objects import TOGETHER, ObjectReader
from osmm_scan.sources.repository import Tag

_OBJECT_LIMIT = 1024 * 1024
_AHEAD_LIMIT = 16 * 1024
_DEPTH = 5
_ID = re.compile(rb"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_SIGNATURE = re.compile(
    rb"(?m)^(?:-----BEGIN (?:PGP SIGNATURE|PGP MESSAGE|SSH SIGNATURE|SIGNED MESSAGE)-----|gpgsig)"
)


def read_tags(references: Mapping[str, str], objects: ObjectReader) -> Iterator[Tag]:
    """Yield those of the named ids that lead to commits."""
    named = tuple(references.items())
    for start in range(0, len(named), TOGETHER):
        batch = named[start : start + TOGETHER]
        found = objects.read_ahead((oid for _, oid in batch), limit=_AHEAD_LIMIT)
        annotations = (content for kind, content in found.values() if kind == "tag")
        objects.read_ahead(filter(None, map(_target, annotations)), limit=_AHEAD_LIMIT)
        yield from filter(None, (_tag(name, oid, objects) for name, oid in batch))
        objects.forget()


def _tag(name: str, oid: str, objects: ObjectReader) -> Tag | None:
    """Follow a tag to its commit; the outermost tag object tells its date and signature."""
    annotation: bytes | None = None
    for _ in range(_DEPTH):
        kind, size = objects.info(oid)
        if kind not in {"tag", "commit"}:
            return None
        if size > _OBJECT_LIMIT:
            raise Unobserved(Missing.TRUNCATED, f"tag {name} is larger than {_OBJECT_LIMIT} bytes")
        content = objects.content(oid, size)
        if kind == "commit":
            return _made(name, oid, commit=content, annotation=annotation)
        annotation = annotation or content
        target = _target(content)
        if target is None:
            raise Unobserved(Missing.FAULT, f"tag {name} is damaged: it names no object")
        oid = target
    raise Unobserved(Missing.FAULT, f"tag {name}: too many tags in a row")


def _target(annotation: bytes) -> str | None:
    """Return the id that a tag object points at, None when it holds none."""
    oid = _header(annotation, b"object")
    return oid.decode("ascii") if _ID.fullmatch(oid) else None


def _made(name: str, oid: str, *, commit: bytes, annotation: bytes | None) -> Tag:
    created = _date(annotation or b"", b"tagger")
    return Tag(
        name=name,
        commit=oid,
        created=_date(commit, b"committer") if created is None else created,
        annotated=annotation is not None,
        signed=annotation is not None and _SIGNATURE.search(annotation) is not None,
    )


def _date(content: bytes, name: bytes) -> int | None:
    return seconds(_header(content, name).rpartition(b"> ")[2])


def _header(content: bytes, name: bytes) -> bytes:
    return header(content.partition(b"\n\n")[0], name)
