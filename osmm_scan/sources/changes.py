"""Ask one git process when files changed, or which commit was there at some time."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.git_process import Git
from osmm_scan.sources.records import records
from osmm_scan.sources.repository import Change
from osmm_scan.sources.texts import decode_path

PATHS = 1000

_RECORD_LIMIT = 64 * 1024
_ANSWER_LIMIT = 1024
# Comparing is not linear in the size of files. Larger ones count as binary, which is not compared.
_COMPARED = "2m"
_LOG = (
    *("-c", f"core.bigFileThreshold={_COMPARED}", "--literal-pathspecs", "log", "-z"),
    *("--format=%ct", "--numstat", "--no-merges", "--no-renames", "--no-ext-diff"),
    *("--no-textconv", "--no-color", "--no-decorate", "--no-notes", "--no-show-signature"),
)


def changes(git: Git, oid: str, paths: Collection[str], since: int) -> Iterator[Change]:
    """Yield the changes of these files, `PATHS` at most, that commits since then made.

    Leaving early ends git. A path whose name is not UTF-8 cannot be asked for.
    """
    if not paths:
        return
    _refuse(paths)
    asked = (*_LOG, f"--max-age={max(0, since)}", "--end-of-options", oid, "--", *sorted(paths))
    committed: int | None = None
    with git.start(*asked, task="list the changes of files") as process:
        for record in records(process.output, limit=_RECORD_LIMIT):
            added, *rest = record.removeprefix(b"\n").split(b"\t", 2)
            if not rest:
                committed = int(added) if added.isdigit() else None
            elif committed is not None:
                yield _change(committed, added, *rest)
        process.finish()


def commit_at(git: Git, oid: str, moment: int) -> str | None:
    """Return the newest commit on the main line that was made by then, None when there is none."""
    if moment < 0:
        return None
    asked = ("rev-list", "-1", "--first-parent", f"--min-age={moment}", "--end-of-options", oid)
    with git.start(*asked, task="find an earlier commit") as process:
        answer = process.output.read(_ANSWER_LIMIT)
        process.finish()
    return answer.strip().decode("ascii", "replace") or None


def _refuse(paths: Collection[str]) -> None:
    if len(paths) > PATHS:
        raise Unobserved(Missing.TRUNCATED, f"more than {PATHS} files were asked for at once")
    odd = next((path for path in sorted(paths) if "\\x" in path), None)
    if odd is not None:
        raise Unobserved(Missing.NOT_SUPPORTED, f"{odd} has a name that is not UTF-8")


def _change(committed: int, added: bytes, removed: bytes, path: bytes) -> Change:
    is_counted = added.isdigit() and removed.isdigit()
    lines = int(added) + int(removed) if is_counted else None
    return Change(decode_path(path), committed, lines)
