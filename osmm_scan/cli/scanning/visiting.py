"""Look at one repository on a server: what its host told, and what a fetch of it shows."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from osmm_scan.cli.scanning.clones import Window
from osmm_scan.errors import SourceError, Unobserved
from osmm_scan.model import Evidence, Missing

if TYPE_CHECKING:
    from osmm_scan.sources.github.hosted import Hosted
    from osmm_scan.sources.github.hosts import Host
    from osmm_scan.sources.github.inventory import Line
    from osmm_scan.sources.repository import Repository

_FORK = Unobserved(Missing.NOT_SUPPORTED, "a fork; what is in it is the work of others")


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteVisit:
    """One repository to look at. `defaults` is where its owner's `.github` repository was fetched.

    `unread` says why that was not possible, where it was not. `cited` are the files of the
    repository that attestations cite.
    """

    line: Line
    hosted: Hosted
    host: Host
    window: Window
    defaults: Path | None = None
    unread: str = ""
    token: str | None = field(default=None, repr=False)
    cited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What one repository showed; `trouble` says why its content could not be fetched."""

    evidence: tuple[Evidence, ...]
    commit: str | None
    trouble: str = ""


def visit_remote(visit: RemoteVisit) -> Looked:
    """Return what one repository shows; runs in a worker process."""
    if visit.line.nature.fork:
        return _without_content(visit, _FORK, trouble="")
    if visit.line.trouble:
        reason = Unobserved(Missing.FAULT, visit.line.trouble)
        return _without_content(visit, reason, trouble=reason.why)
    with ExitStack() as stack:
        try:
            repository = _open(visit, stack)
        except Unobserved as reason:
            return _without_content(visit, reason, trouble=reason.why)
        return Looked(evidence=_collect(repository, visit), commit=visit.line.commit)


def _open(visit: RemoteVisit, stack: ExitStack) -> Repository:
    from osmm_scan.sources.checkout import open_checkout
    from osmm_scan.sources.github.origins import origin
    from osmm_scan.sources.github.repository import open_remote

    line = visit.line
    source = origin(visit.host, line.slug, branch=line.branch, commit=line.commit)
    inherited: Repository | Unobserved | None = None
    if visit.unread:
        inherited = Unobserved(Missing.NOT_COLLECTED, visit.unread)
    elif visit.defaults is not None:
        opened = open_checkout(visit.defaults, inherited=None, hosts=(source.remote.host,))
        inherited = stack.enter_context(opened)
    return stack.enter_context(open_remote(source, visit.token, inherited=inherited))


def _without_content(visit: RemoteVisit, reason: Unobserved, *, trouble: str) -> Looked:
    from osmm_scan.sources.github.origins import remote_of
    from osmm_scan.sources.github.unfetched import UnfetchedRepository

    repository = UnfetchedRepository(remote_of(visit.host, visit.line.slug), reason)
    return Looked(evidence=_collect(repository, visit), commit=None, trouble=trouble)


def _collect(repository: Repository, visit: RemoteVisit) -> tuple[Evidence, ...]:
    from osmm_scan.collectors import collect
    from osmm_scan.collectors.observation import Observer
    from osmm_scan.collectors.studies.cited_files import look_for

    if repository.name != visit.line.slug:
        raise SourceError(f"{visit.line.slug}: was fetched as {repository.name}")
    observer = Observer(
        repository=repository,
        as_of=visit.window.as_of,
        window_days=visit.window.days,
        packs=visit.window.packs,
        estate=visit.window.estate,
        hosting=visit.hosted,
    )
    return (*collect(observer), *look_for(observer, visit.cited))
