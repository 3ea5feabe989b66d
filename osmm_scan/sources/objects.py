"""Read single objects through one long-lived git process: sizes first, never half an object."""

from __future__ import annotations

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.git_process import Git, GitProcess


class ObjectReader:
    """Answers for the objects of one repository; for one thread at a time."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._process: GitProcess | None = None

    def info(self, oid: str) -> tuple[str, int]:
        """Return the type and size of an object; `Unobserved` when it is missing or damaged."""
        try:
            return self._header("info", oid)
        except BaseException:
            self.close()
            raise

    def content(self, oid: str, size: int) -> bytes:
        """Return the whole object, whose size is known; `Unobserved` when it is damaged."""
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
        process = self._running()
        process.ask(f"{question} {oid}")
        answer = process.output.readline().split()
        if len(answer) != 3 or answer[0] != oid.encode():
            raise _damaged(oid)
        return answer[1].decode(), int(answer[2])

    def _running(self) -> GitProcess:
        if self._process is None:
            self._process = self._git.start("cat-file", "--batch-command", task="read an object")
        return self._process


def _damaged(oid: str) -> Unobserved:
    return Unobserved(Missing.FAULT, f"object {oid} is damaged or not in this clone")
