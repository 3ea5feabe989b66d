"""Turn the raw text of a commit into a value, however odd its header is."""

from __future__ import annotations

from osmm_scan.sources.repository import Commit, Person
from osmm_scan.sources.texts import decode_message

MESSAGE_LIMIT = 64 * 1024
_LAST_SECOND = 253_402_300_799  # the end of the year 9999; no calendar in use goes further
_NAME_LIMIT = 1024
_CACHED_LENGTH = 256
_CACHE_SIZE = 50_000


class CommitParser:
    """Parses the commits of one history; the people in it are few, so each is decoded once."""

    def __init__(self) -> None:
        self._people: dict[tuple[bytes, bytes], Person] = {}

    def parse(self, record: bytes) -> Commit:
        """Return the commit in a record of `git log --format=raw`."""
        head, _, message = record.partition(b"\n\n")
        first, _, rest = head.partition(b"\nauthor ")
        author, _, rest = rest.partition(b"\ncommitter ")
        committer, _, extra = rest.partition(b"\n")
        if not committer or b"\n" in author:
            author, committer, extra = _odd_header(head)
        encoding = header(extra, b"encoding") if b"encoding " in extra else b""
        written_by, _, authored = author.rpartition(b"> ")
        made_by, _, committed = committer.rpartition(b"> ")
        return Commit(
            oid=first[7:].partition(b"\n")[0].decode("ascii", "replace"),
            author=self._person(written_by, encoding),
            committer=self._person(made_by, encoding),
            authored=seconds(authored),
            committed=seconds(committed),
            parents=first.count(b"\nparent "),
            signed=extra.startswith(b"gpgsig") or b"\ngpgsig" in extra,
            message=_message(message, encoding),
        )

    def _person(self, identity: bytes, encoding: bytes) -> Person:
        person = self._people.get((identity, encoding))
        if person is None:
            person = _person(identity, encoding)
            if len(self._people) >= _CACHE_SIZE:
                self._people.clear()
            if len(identity) <= _CACHED_LENGTH:
                self._people[identity, encoding] = person
        return person


def seconds(date: bytes) -> int | None:
    """Return the time in `1700000000 +0100`, None where it is no date."""
    digits = date.partition(b" ")[0]
    if not digits.isdigit() or len(digits) > 12:
        return None
    value = int(digits)
    return value if value <= _LAST_SECOND else None


def header(lines: bytes, name: bytes) -> bytes:
    """Return the value of the first header line with this name, empty if there is none."""
    return (b"\n" + lines).partition(b"\n" + name + b" ")[2].partition(b"\n")[0]


def _odd_header(head: bytes) -> tuple[bytes, bytes, bytes]:
    """Return author, committer and all lines of a header that lacks one or has them elsewhere."""
    return header(head, b"author"), header(head, b"committer"), head


def _person(identity: bytes, encoding: bytes) -> Person:
    name, _, email = identity.partition(b"<")
    codec = encoding.decode("ascii", "replace")
    return Person(
        decode_message(name[:_NAME_LIMIT].strip(), codec),
        decode_message(email[:_NAME_LIMIT].partition(b">")[0].strip(), codec),
    )


def _message(indented: bytes, encoding: bytes) -> str:
    message = indented[4:].replace(b"\n    ", b"\n").rstrip(b"\n")
    if len(message) > MESSAGE_LIMIT:
        # Cut between lines, so that no character is cut in two.
        message = message[:MESSAGE_LIMIT]
        message = message[: message.rfind(b"\n")]
    return decode_message(message, encoding.decode("ascii", "replace"))
