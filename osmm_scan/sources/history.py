"""Stream all commits of a history out of one git process."""

from __future__ import annotations

from collections.abc import Iterator

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.commit_parser import CommitParser
from osmm_scan.sources.git_process import Git
from osmm_scan.sources.records import records
from osmm_scan.sources.repository import Commit

_RECORD_LIMIT = 1 << 20
# No pager, colour, notes, mailmap or signature check may be asked for, and git shall not convert
# encodings: the names of encodings come from the commits.
_LOG = (
    *("log", "-z", "--format=raw", "--encoding=none", "--no-color", "--no-decorate"),
    *("--no-notes", "--no-mailmap", "--no-show-signature", "--end-of-options"),
)


def commits(git: Git, oid: str) -> Iterator[Commit]:
    """Yield every commit that `oid` reaches, newest first; leaving early ends git."""
    parse = CommitParser().parse
    # Of anything but a commit, git would list nothing and report success.
    with git.start(*_LOG, f"{oid}^{{commit}}", task="list the commits") as process:
        for record in records(process.output, limit=_RECORD_LIMIT):
            if not record.startswith(b"commit "):
                raise Unobserved(Missing.FAULT, "git gave an unexpected answer about the commits")
            yield parse(record)
        process.finish()
