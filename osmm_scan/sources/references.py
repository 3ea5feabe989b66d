"""Read HEAD, loose and packed references of a clone from their files, without git.

git itself would follow symbolic links, and read the clone's configuration before anything else.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from osmm_scan.errors import SourceError, Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.git_directory import GitDirectory
from osmm_scan.sources.texts import decode_path
from osmm_scan.sources.untrusted_files import files_beneath, read_beneath

FILE_LIMIT = 16 * 1024
PACKED_LIMIT = 64 * 1024 * 1024
TAG_LIMIT = 50_000
_DEPTH = 5
_TAGS = "refs/tags/"
_OID = re.compile(rb"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_PACKED_TAG = re.compile(rb"(?m)^([0-9a-f]{40,64}) (refs/tags/[^\n\r]+)$")
_PACKED = re.compile(rb"(?m)^[0-9a-f]{40,64} refs/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where HEAD is: a branch or None, and an id: None before the first commit."""

    branch: str | None
    oid: str | Unobserved | None


def read_head(directory: GitDirectory) -> Head:
    """Return HEAD; `SourceError` when its own file cannot be read."""
    place = directory.head / "HEAD"
    try:
        content = read_beneath(directory.head, "HEAD", FILE_LIMIT)
    except OSError as error:
        raise SourceError(f"{place}: {error.strerror}; clone the repository anew") from error
    try:
        value = _value(content, "HEAD")
    except Unobserved:
        raise SourceError(f"{place}: malformed; clone the repository anew") from None
    if _is_oid(value):
        return Head(branch=None, oid=value)
    branch = _shown(value.removeprefix("refs/heads/")) if value.startswith("refs/heads/") else None
    try:
        return Head(branch=branch, oid=References(directory.common).born(value))
    except Unobserved as reason:
        return Head(branch=branch, oid=reason)


class References:
    """The references of one repository, under the folder that holds its `refs`."""

    def __init__(self, common: Path) -> None:
        self._common = common

    def born(self, name: str) -> str | None:
        """Return the id behind a reference, None in a repository that has no commits yet."""
        oid = self.resolve(name)
        if oid is None and not self._is_new():
            raise Unobserved(Missing.FAULT, f"HEAD names {_shown(name)}, which does not exist")
        return oid

    def resolve(self, name: str) -> str | None:
        """Return the id that a reference leads to, None if there is no such reference."""
        for _ in range(_DEPTH):
            value = self._loose(name) or self._packed_value(name)
            if value is None or _is_oid(value):
                return value
            name = value
        raise Unobserved(Missing.FAULT, f"{_shown(name)}: too many references in a row")

    def tags(self) -> dict[str, str]:
        """Return the id that each tag holds by the tag's name, sorted."""
        packed = _PACKED_TAG.findall(self._packed)
        found = {os.fsdecode(name): oid.decode() for oid, name in packed}
        _check_count(found)
        for name in self._loose_names("refs/tags"):
            found[name] = self._existing(name)
            _check_count(found)
        # Sorted as shown, because how the system decodes names depends on its locale.
        shown = {_shown(name.removeprefix(_TAGS)): oid for name, oid in found.items()}
        return dict(sorted(shown.items()))

    def _existing(self, name: str) -> str:
        oid = self.resolve(name)
        if oid is None:
            raise Unobserved(Missing.FAULT, f"{_shown(name)} leads to nothing")
        return oid

    def _loose_names(self, folder: str) -> Iterator[str]:
        try:
            for name in files_beneath(self._common, folder):
                if not name.endswith(".lock"):  # left by a git that did not end well
                    yield name
        except FileNotFoundError:  # a repository whose references are all packed may lack folders
            return
        except OSError as error:
            reason = f"the files in {folder} cannot be read: {error.strerror}"
            raise Unobserved(Missing.FAULT, reason) from error

    def _loose(self, name: str) -> str | None:
        try:
            return _value(read_beneath(self._common, name, FILE_LIMIT), name)
        except (FileNotFoundError, IsADirectoryError):
            return None
        except OSError as error:
            reason = f"{_shown(name)} cannot be read: {error.strerror}"
            raise Unobserved(Missing.FAULT, reason) from error

    def _packed_value(self, name: str) -> str | None:
        line = rb"(?m)^([0-9a-f]{40,64}) " + re.escape(os.fsencode(name)) + rb"$"
        found = re.search(line, self._packed)
        return found[1].decode() if found else None

    @cached_property
    def _packed(self) -> bytes:
        try:
            return read_beneath(self._common, "packed-refs", PACKED_LIMIT)
        except FileNotFoundError:
            return b""
        except OSError as error:
            reason = f"packed-refs cannot be read: {error.strerror}"
            raise Unobserved(Missing.FAULT, reason) from error

    def _is_new(self) -> bool:
        """Tell whether nothing was ever committed or fetched, as far as the files can tell."""
        loose = next(self._loose_names("refs"), None)
        packs = next(self._loose_names("objects/pack"), None)
        return loose is None and packs is None and not _PACKED.search(self._packed)


def _value(content: bytes, name: str) -> str:
    """Return the id or the reference that a reference file holds."""
    line = content.rstrip(b"\r\n\t ")
    if _OID.fullmatch(line):
        return line.decode()
    target = os.fsdecode(line.removeprefix(b"ref:").strip())
    if not line.startswith(b"ref:") or not target.startswith("refs/") or "\n" in target:
        raise Unobserved(Missing.FAULT, f"{_shown(name)} is malformed")
    return target


def _is_oid(value: str) -> bool:
    return not value.startswith("refs/")


def _check_count(tags: dict[str, str]) -> None:
    if len(tags) > TAG_LIMIT:
        raise Unobserved(Missing.TRUNCATED, f"more than {TAG_LIMIT} tags")


def _shown(name: str) -> str:
    return decode_path(os.fsencode(name))
