"""Fetch what evidence needs of a remote repository into a bare directory of our own.

That is every commit without its files, and the files of the newest commit: a fraction of a clone.
Versions of single files, and the files of another commit, are fetched when they are asked for.
The token reaches git through its environment only, and no setting or hook of anybody is in force.
"""

from __future__ import annotations

import base64
import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from osmm_scan.errors import SourceError, Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.git_process import Git, executable
from osmm_scan.sources.github.git_refusals import Refusal, refusal
from osmm_scan.sources.github.origins import Origin
from osmm_scan.sources.records import records

# No collector reads larger files.
BLOB_LIMIT = "21m"
_POLL_SECONDS = 0.2
# What may pass by itself is tried again after so many seconds.
PAUSES = (1.0, 4.0)
_ANSWER_LIMIT = 1024
_RECORD_LIMIT = 64 * 1024
VERSIONS_LIMIT = 20_000
_CHANGES = (
    *("--literal-pathspecs", "log", "-z", "--format=", "--raw", "--no-abbrev", "--no-merges"),
    *("--no-renames", "--no-color", "--no-notes", "--no-show-signature"),
)
# Only files have versions: neither links nor submodules.
_RAW = re.compile(rb"\n?:(?:100\d{3}|0{6}) (?:100\d{3}|0{6}) ([0-9a-f]{40,64}) ([0-9a-f]{40,64}) ")
# How git reaches the network from here, and whom it trusts; nothing else is passed on.
_PASSED_ON = (
    "ALL_PROXY",
    "CURL_CA_BUNDLE",
    "GIT_SSL_CAINFO",
    "HTTPS_PROXY",
    "NO_PROXY",
    "SSL_CERT_DIR",
    "SSL_CERT_FILE",
    "all_proxy",
    "https_proxy",
    "no_proxy",
)
_CONFIG = """\
[core]
\trepositoryFormatVersion = 0
\tbare = true
\thooksPath = /dev/null
[remote "origin"]
\turl = {url}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """How much one repository may take before it is given up."""

    bytes: int = 4 * 1024**3
    seconds: int = 1800


@contextlib.contextmanager
def fetched(
    source: Origin, token: str | None, *, allowance: Allowance | None = None
) -> Iterator[Fetch]:
    """Yield the repository without files of the past, in a directory that is removed afterwards.

    Raises `Unobserved` when it cannot be fetched, with the reason.
    """
    try:
        directory = Path(tempfile.mkdtemp(prefix="osmm-scan-"))
    except OSError as error:
        reason = f"no temporary folder can be made ({error.strerror})"
        raise SourceError(f"{reason}; set TMPDIR to a folder with room for it") from error
    fetch = Fetch(directory, source, token, allowance or Allowance())
    try:
        _create(directory, source)
        if source.commit is not None:
            fetch.begin(source.commit)
        yield fetch
    finally:
        fetch.git.close()
        shutil.rmtree(directory, ignore_errors=True)


def _create(directory: Path, source: Origin) -> None:
    bare = directory / "repository.git"
    for name in ("refs/heads", "refs/tags", "objects/info", "objects/pack"):
        (bare / name).mkdir(parents=True)
    (bare / "config").write_text(_CONFIG.format(url=source.remote.url), encoding="ascii")
    head = source.commit if source.branch is None else f"ref: refs/heads/{source.branch}"
    (bare / "HEAD").write_text(f"{head or 'ref: refs/heads/main'}\n", encoding="utf-8")


class Fetch:
    """A repository that is here in part, and the way to what of it is not."""

    def __init__(
        self, directory: Path, source: Origin, token: str | None, allowance: Allowance
    ) -> None:
        self.path = directory / "repository.git"
        self.git = Git(self.path)
        self._directory = directory
        self._allowance = allowance
        self._branch = source.branch
        self._environment = _environment(directory, source.address, token)
        self._is_whole = False

    def begin(self, commit: str) -> None:
        """Fetch all commits and tags, then the files of one commit."""
        here = f"+{commit}:refs/heads/{self._branch}" if self._branch else commit
        wanted = ("transport", here, "+refs/tags/*:refs/tags/*")
        try:
            self._run("--filter=blob:none", *wanted)
        except Unobserved as reason:
            if "filter" not in reason.why:
                raise
            self._run("--no-filter", *wanted)  # a server that cannot leave anything out
            self._is_whole = True
        self.files(commit)

    def files(self, commit: str) -> None:
        """Fetch the files of a commit."""
        if not self._is_whole:
            # The tree is here already, so git would see no reason to ask for its files.
            limited = ("--refetch", f"--filter=blob:limit={BLOB_LIMIT}")
            self._more(*limited, wanted=[self._tree(commit)])

    def versions(self, commit: str, paths: Collection[str], since: int) -> None:
        """Fetch what the files at these paths were before and after every change since then."""
        oids = set() if self._is_whole or not paths else self._changed(commit, paths, since)
        if len(oids) > VERSIONS_LIMIT:
            raise Unobserved(Missing.TRUNCATED, f"more than {VERSIONS_LIMIT} versions of its files")
        if oids:
            self._more("--filter=blob:none", wanted=oids)

    def _more(self, *options: str, wanted: Collection[str]) -> None:
        # The server must not believe that who has a commit has its files, too.
        lines = "\n".join(sorted(wanted))
        self._run("--no-tags", *options, "--stdin", "transport", negotiation="noop", stdin=lines)

    def _tree(self, commit: str) -> str:
        question = ("rev-parse", "--verify", "--end-of-options", f"{commit}^{{tree}}")
        with self.git.start(*question, task="read a commit") as process:
            answer = process.output.read(_ANSWER_LIMIT).decode("ascii", "replace").strip()
            process.finish()
        # `rev-parse` repeats the end of options where git is older than 2.44.
        return answer.split("\n")[-1]

    def _changed(self, commit: str, paths: Collection[str], since: int) -> set[str]:
        asked = (*_CHANGES, f"--max-age={max(0, since)}", "--end-of-options", commit, "--")
        found: set[str] = set()
        with self.git.start(*asked, *sorted(paths), task="list the changes of files") as process:
            for record in records(process.output, limit=_RECORD_LIMIT):
                change = _RAW.match(record)
                if change:
                    found |= {oid.decode() for oid in change.groups() if oid.strip(b"0")}
            process.finish()
        return found

    def _run(self, *arguments: str, negotiation: str = "default", stdin: str = "") -> None:
        for pause in (*PAUSES, None):
            refused = self._tried(*arguments, negotiation=negotiation, stdin=stdin)
            if refused is None:
                return
            if pause is None or not refused.is_passing:
                raise Unobserved(refused.reason.missing, refused.reason.why)
            time.sleep(pause)

    def _tried(self, *arguments: str, negotiation: str, stdin: str) -> Refusal | None:
        messages, wanted = self._directory / "messages", self._directory / "wanted"
        wanted.write_text(stdin, encoding="ascii")
        with messages.open("wb") as stream, wanted.open("rb") as lines:
            process = subprocess.Popen(  # noqa: S603 - an absolute path, checked names and ids
                [
                    executable(),
                    "-c",
                    f"fetch.negotiationAlgorithm={negotiation}",
                    "fetch",
                    "--quiet",
                    "--no-write-fetch-head",
                    "--no-auto-maintenance",
                    *arguments,
                ],
                cwd=self._directory,
                env=self._environment,
                start_new_session=True,
                stdin=lines,
                stdout=subprocess.DEVNULL,
                stderr=stream,
            )
        try:
            status = self._wait(process)
        finally:
            _end(process)
        return refusal(messages) if status else None

    def _wait(self, process: subprocess.Popen[bytes]) -> int:
        """Return git's exit status; give up when it takes too long or too much room."""
        for _ in range(int(self._allowance.seconds / _POLL_SECONDS)):
            with contextlib.suppress(subprocess.TimeoutExpired):
                return process.wait(_POLL_SECONDS)
            if _size(self._directory) > self._allowance.bytes:
                why = f"larger than {self._allowance.bytes} bytes, so it was not fetched"
                raise Unobserved(Missing.TRUNCATED, why)
        why = f"not fetched within {self._allowance.seconds} seconds"
        raise Unobserved(Missing.TRUNCATED, why)


def _environment(directory: Path, address: str, token: str | None) -> Mapping[str, str]:
    """Return all that git may know. The token is in here and nowhere else."""
    settings = {
        "core.askPass": "",
        "credential.helper": "",
        "fetch.recurseSubmodules": "false",
        "fetch.uriProtocols": "",
        "gc.auto": "0",
        "http.followRedirects": "false",
        "http.lowSpeedLimit": "1000",
        "http.lowSpeedTime": "60",
        "protocol.version": "2",
        "remote.transport.promisor": "true",
        "remote.transport.url": address,
        "transfer.bundleURI": "false",
    }
    if token is not None:
        coded = base64.b64encode(f"x-access-token:{token}".encode()).decode("ascii")
        settings[f"http.{address}.extraHeader"] = f"Authorization: Basic {coded}"
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    for place, (key, value) in enumerate(settings.items()):
        environment |= {f"GIT_CONFIG_KEY_{place}": key, f"GIT_CONFIG_VALUE_{place}": value}
    return environment | {
        "GIT_ALLOW_PROTOCOL": urlsplit(address).scheme,
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_CONFIG_COUNT": str(len(settings)),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_DIR": str(directory / "repository.git"),
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "HOME": str(directory),
        "LC_ALL": "C.UTF-8",
        "PATH": "/usr/bin:/bin",
    }


def _size(directory: Path) -> int:
    total = 0
    for folder, _, names in os.walk(directory):
        for name in names:
            with contextlib.suppress(OSError):  # git moves its files about
                total += os.lstat(Path(folder, name)).st_size
    return total


def _end(process: subprocess.Popen[bytes]) -> None:
    """End git and everything that it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
