"""Read single objects through one long-lived git process: sizes first, never half an object."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.git_process import Git, GitProcess

# Questions are sent together as long as all of them fit into the pipe, so that neither side waits.
TOGETHER = 500


class ObjectReader:
    """Answers for the objects of one repository; for one thread at a time."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._process: GitProcess | None = None
        self._ahead: dict[str, tuple[str, bytes]] = {}

    def info(self, oid: str) -> tuple[str, int]:
        """Return the type and size of an object; `Unobserved` when it is missing or damaged."""
        if oid in self._ahead:
            kind, content = self._ahead[oid]
            return kind, len(content)
        try:
            return self._header("info", oid)
        except BaseException:
            self.close()
            raise

    def content(self, oid: str, size: int) -> bytes:
        """Return the whole object, whose size is known; `Unobserved` when it is damaged."""
        if oid in self._ahead:
            return self._ahead[oid][1]
        try:
            return self._content(oid, size)
        except BaseException:
            # Whatever is left in the pipe would be taken for the answer to the next question.
            self.close()
            raise

    def read(self, oid: str, *, limit: int) -> bytes:
        """Return the whole object; `Unobserved` when it is larger than `limit` or damaged."""
        _, size = self.info(oid)
        if size > limit:
            raise Unobserved(Missing.TRUNCATED, f"object {oid} is larger than {limit} bytes")
        return self.content(oid, size)

    def read_ahead(self, oids: Iterable[str], *, limit: int) -> Mapping[str, tuple[str, bytes]]:
        """Return type and content of those objects that can be read and have up to `limit` bytes.

        They are read together, and asking for them is free until `forget`. What fails here fails
        again, with its reason, when it is asked for.
        """
        wanted = sorted(set(oids) - self._ahead.keys())
        for start in range(0, len(wanted), TOGETHER):
            try:
                self._ahead |= self._together(wanted[start : start + TOGETHER], limit)
            except Unobserved:
                self.close()
            except BaseException:
                self.close()
                raise
        return self._ahead

    def forget(self) -> None:
        """Drop what was read ahead."""
        self._ahead.clear()

    def _together(self, oids: Sequence[str], limit: int) -> dict[str, tuple[str, bytes]]:
        known = dict(zip(oids, self._headers("info", oids), strict=True))
        small = {oid: about for oid, about in known.items() if about and about[1] <= limit}
        found: dict[str, tuple[str, bytes]] = {}
        for oid, header in zip(small, self._headers("contents", list(small)), strict=True):
            kind, size = small[oid]
            content = self._running().output.read(size + 1)
            if header != (kind, size) or len(content) != size + 1:
                raise _damaged(oid)
            found[oid] = kind, content[:-1]
        return found

    def _headers(self, question: str, oids: Sequence[str]) -> Iterator[tuple[str, int] | None]:
        """Ask for all, then yield the first line of each answer, None for a missing object."""
        if oids:
            self._running().ask("\n".join(f"{question} {oid}" for oid in oids))
        for oid in oids:
            answer = self._running().output.readline().split()
            if answer == [oid.encode(), b"missing"]:
                yield None
            elif len(answer) != 3 or answer[0] != oid.encode():
                raise _damaged(oid)
            else:
                yield answer[1].decode(), int(answer[2])

    def close(self) -> None:
        """End the process; the next question starts another."""
        if self._process is not None:
            self._process.kill()
            self._process = None

    def _content(self, oid: str, size: int) -> bytes:
        _, announced = self._header("contents", oid)
        content = self._running().output.read(size + 1)
        # git announces a size before it finds that the data is damaged, and then stops.
        if announced != size or len(content) != size + 1:
            raise _damaged(oid)
        return content[:-1]

    def _header(self, question: str, oid: str) -> tuple[str, int]:
        (answer,) = self._headers(question, [oid])
        if answer is None:
            raise _damaged(oid)
        return answer

    def _running(self) -> GitProcess:
        if self._process is None:
            self._process = self._git.start("cat-file", "--batch-command", task="read an object")
        return self._process


def _damaged(oid: str) -> Unobserved:
    return Unobserved(Missing.FAULT, f"object {oid} is damaged or not in this clone")
