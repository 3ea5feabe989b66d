"""Look at many repositories on a server, group by group, and at none that did not change."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from osmm_scan import __version__
from osmm_scan.cli.scanning.clones import DEFAULTS_REPOSITORY, Window
from osmm_scan.cli.scanning.visiting import Looked, RemoteVisit, visit_remote
from osmm_scan.cli.scanning.workers import run_all
from osmm_scan.errors import ScanError, Unobserved
from osmm_scan.model import Bundle, Fault, Target, TargetKind, Visibility

if TYPE_CHECKING:
    from osmm_scan.cli.scanning.snapshots import Snapshots
    from osmm_scan.sources.github.api import Api
    from osmm_scan.sources.github.hosted import Hosted
    from osmm_scan.sources.github.inventory import Line
    from osmm_scan.sources.landscapes import Landscape

# So many are asked for before any is fetched: enough to fill batches, few enough to lose.
GROUP = 100

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expedition:
    """How to look at repositories: by which API and rules, as of when, and what is known already.

    `rules` identifies the rules that collectors read, `landscapes` list members and projects of
    foundations, `cited` the files that attestations cite, by repository.
    """

    api: Api
    window: Window
    snapshots: Snapshots
    rules: str
    jobs: int | None
    progress: Callable[[int, int], None]
    landscapes: tuple[Landscape, ...] = ()
    cited: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """An owner's `.github` repository: where it was fetched and at which commit, or why not."""

    path: Path | None = None
    commit: str | None = None
    why: str = ""


class Defaults:
    """The owners' `.github` repositories, fetched for the time of a scan."""

    def __init__(self, api: Api, stack: ExitStack) -> None:
        self._api = api
        self._stack = stack
        self._known: dict[str, Shared] = {}

    def fetch(self, owner: str, line: Line | None) -> None:
        """Fetch the defaults of an owner; GitHub applies those of a public repository only."""
        is_applied = line and line.nature.visibility == "public" and line.commit
        self._known[owner] = self._fetch(line) if line and is_applied else Shared()

    def of(self, slug: str) -> Shared:
        """Return the defaults of a repository."""
        owner, _, name = slug.partition("/")
        return Shared() if name == DEFAULTS_REPOSITORY else self._known[owner]

    def fetched(self) -> list[Path]:
        """Return where those that could be fetched are."""
        return [one.path for one in self._known.values() if one.path is not None]

    def lost(self) -> list[str]:
        """Return which of them could not be fetched, with the reason."""
        return [f"{owner}: {one.why}" for owner, one in self._known.items() if one.why]

    def _fetch(self, line: Line) -> Shared:
        from osmm_scan.sources.github.clone import fetched
        from osmm_scan.sources.github.origins import origin

        try:
            source = origin(self._api.host, line.slug, branch=line.branch, commit=line.commit)
            fetch = self._stack.enter_context(fetched(source, _token(self._api)))
        except Unobserved as reason:
            why = f"the owner's {DEFAULTS_REPOSITORY} repository could not be fetched: {reason.why}"
            _log.warning("%s: %s", line.slug, why)
            return Shared(commit=line.commit, why=why)
        return Shared(path=fetch.path, commit=line.commit)


class Looking:
    """One look at a number of repositories."""

    def __init__(self, expedition: Expedition, lines: Sequence[Line], defaults: Defaults) -> None:
        from osmm_scan.sources.github.gathering import chosen

        self._expedition = expedition
        self._lines = lines
        self._defaults = defaults
        end = datetime.combine(expedition.window.as_of, time.max, UTC).timestamp()
        self._one_by_one = chosen(lines, since=int(end) - expedition.window.days * 86_400)
        self._viewer = expedition.api.rights().login or ""

    def look(self) -> Mapping[str, Looked]:
        """Return what every repository shows, by its name."""
        looked = {line.slug: one for line in self._lines if (one := self._recall(line))}
        if looked:
            _log.info("%d of %d repositories are as they were", len(looked), len(self._lines))
        left = [line for line in self._lines if line.slug not in looked]
        for start in range(0, len(left), GROUP):
            looked |= self._look_at(left[start : start + GROUP], len(looked))
        self._expedition.snapshots.prune()
        return looked

    def _look_at(self, group: Sequence[Line], known: int) -> Mapping[str, Looked]:
        from osmm_scan.sources.github.gathering import gather

        hosted = gather(self._expedition.api, group, self._one_by_one)
        outcomes = run_all(
            visit_remote,
            [self._visit(line, hosted[line.id]) for line in group],
            jobs=self._expedition.jobs,
            progress=lambda done, _: self._expedition.progress(known + done, len(self._lines)),
            keep=self._keep,
        )
        return {line.slug: _seen(line, one) for line, one in zip(group, outcomes, strict=True)}

    def _visit(self, line: Line, hosted: Hosted) -> RemoteVisit:
        shared = self._defaults.of(line.slug)
        return RemoteVisit(
            line=line,
            hosted=hosted,
            host=self._expedition.api.host,
            window=self._expedition.window,
            defaults=shared.path,
            unread=shared.why,
            token=_token(self._expedition.api),
            cited=self._expedition.cited.get(line.slug, ()),
        )

    def _recall(self, line: Line) -> Looked | None:
        bundle = self._expedition.snapshots.find(self._key(line))
        if bundle is None:
            return None
        return Looked(evidence=bundle.evidence, commit=bundle.target.commit)

    def _keep(self, visit: RemoteVisit, looked: Looked) -> None:
        if not visit.hosted.is_settled or looked.trouble or visit.unread:
            return  # asking again may bring more
        target = Target(
            kind=TargetKind.REPOSITORY, name=visit.line.slug, source="github", commit=looked.commit
        )
        alone = bundle_of(
            self._expedition, {visit.line.slug: looked}, target, visibility=Visibility.PUBLIC
        )
        self._expedition.snapshots.keep(self._key(visit.line), alone)

    def _key(self, line: Line) -> tuple[str, ...]:
        """Return everything that what we see of a repository depends on."""
        window = self._expedition.window
        return (
            *(__version__, self._expedition.rules, self._expedition.api.host.web, self._viewer),
            *(line.id, line.slug, line.commit or "", line.updated, str(line.pushed)),
            *(repr(line.nature), str(line.id in self._one_by_one)),
            *(self._defaults.of(line.slug).commit or "", window.as_of.isoformat()),
            *(str(window.days), window.staff_digest, *self._expedition.cited.get(line.slug, ())),
        )


def bundle_of(
    expedition: Expedition,
    looked: Mapping[str, Looked],
    target: Target,
    *,
    visibility: Visibility,
    unseen: int = 0,
) -> Bundle:
    """Return what was seen of repositories as one bundle."""
    token = expedition.api.token
    troubles = {slug: one.trouble for slug, one in sorted(looked.items()) if one.trouble}
    return Bundle(
        tool_version=__version__,
        target=target,
        as_of=expedition.window.as_of,
        window_days=expedition.window.days,
        visibility=visibility,
        repositories=tuple(sorted(looked)),
        unseen=unseen,
        evidence=tuple(item for slug in sorted(looked) for item in looked[slug].evidence),
        faults=tuple(
            Fault(subject=slug, what="repository", why=why) for slug, why in troubles.items()
        ),
        token=str(token.kind) if token else "none",
    )


def _seen(line: Line, outcome: Looked | ScanError) -> Looked:
    if isinstance(outcome, ScanError):
        outcome = Looked(evidence=(), commit=None, trouble=str(outcome))
    if outcome.trouble:
        _log.warning("%s: %s", line.slug, outcome.trouble)
    return outcome


def _token(api: Api) -> str | None:
    return api.token.reveal() if api.token else None
