"""From organisations or one repository on GitHub to an evidence bundle."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from osmm_scan.cli.scanning.clones import DEFAULTS_REPOSITORY
from osmm_scan.cli.scanning.looking import Defaults, Expedition, Looking, bundle_of
from osmm_scan.cli.scanning.presence import organisation_evidence
from osmm_scan.errors import ScanError, UsageError
from osmm_scan.model import Bundle, Target, TargetKind, Visibility

if TYPE_CHECKING:
    from osmm_scan.cli.scanning.shards import Shard
    from osmm_scan.sources.github.api import Api
    from osmm_scan.sources.github.inventory import Line, Listing, Profile

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which repositories to look at, by patterns of names or of `OWNER/NAME`, and which part."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    shard: Shard | None = None

    def takes(self, slug: str) -> bool:
        """Tell whether a repository is to be looked at."""
        is_included = not self.include or any(_matches(slug, one) for one in self.include)
        return is_included and not any(_matches(slug, one) for one in self.exclude)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What there is to look at: the repositories, and what they belong to."""

    name: str
    profiles: tuple[Profile, ...]
    lines: tuple[Line, ...]
    unseen: int
    shared: tuple[tuple[str, Line | None], ...]


def find_organisations(api: Api, logins: Sequence[str], choice: Choice) -> Found:
    """Return the repositories of organisations that may be seen and are asked for.

    Raises `UsageError` for an unknown organisation, and `ScanError` when nothing is left.
    """
    from osmm_scan.sources.github.inventory import list_repositories, profile

    profiles = {one.login: one for one in (profile(api, login) for login in logins)}
    listings = {login: list_repositories(api, login) for login in profiles}
    everything = [line for listing in listings.values() for line in listing.lines]
    wanted = [line for line in everything if choice.takes(line.slug)]
    lines = tuple(line for line in wanted if not choice.shard or choice.shard.takes(line.slug))
    name = "+".join(profiles)
    if not wanted:
        raise ScanError(f"{name}: no repository that may be seen and was asked for")
    if len(wanted) < len(everything):
        _log.warning("%d of %d repositories were asked for", len(wanted), len(everything))
    return Found(
        name=name,
        profiles=tuple(profiles.values()),
        lines=lines,
        unseen=sum(listing.unseen for listing in listings.values()) + len(wanted) - len(lines),
        shared=tuple((login, _shared(login, listing)) for login, listing in listings.items()),
    )


def find_repository(api: Api, slug: str) -> Found:
    """Return one repository; `UsageError` when there is none that may be seen."""
    from osmm_scan.signals.estate import UNSEEN_REPOSITORIES
    from osmm_scan.sources.github import inventory

    line = inventory.find_repository(api, slug)
    if line is None:
        raise UsageError(f"{slug}: no such repository on {api.host.web}, or it is hidden")
    if line.slug.lower() != slug.lower():
        _log.warning("%s is called %s now", slug, line.slug)
    owner = line.slug.partition("/")[0]
    wanted = f"{owner}/{DEFAULTS_REPOSITORY}"
    shared = inventory.find_repository(api, wanted)
    # What only has the name of another repository by a redirect holds no defaults.
    is_there = shared is not None and shared.slug == wanted
    return Found(
        name=line.slug,
        profiles=(),
        lines=(line,),
        unseen=UNSEEN_REPOSITORIES,
        shared=((owner, shared if is_there else None),),
    )


@contextmanager
def fetched_defaults(api: Api, found: Found) -> Iterator[Defaults]:
    """Yield the owners' `.github` repositories, removed afterwards."""
    with ExitStack() as stack:
        defaults = Defaults(api, stack)
        for owner, line in found.shared:
            defaults.fetch(owner, line)
        yield defaults


def configuring_clone(found: Found, defaults: Defaults) -> Path | None:
    """Return the `.github` repository that may configure a scan, None unless there is just one."""
    paths = defaults.fetched()
    if len(paths) > 1:
        _log.warning(
            "%s: %d organisations have a .github repository, so none of them configures this scan; "
            "name the files with --config and --attestations",
            found.name,
            len(paths),
        )
    return paths[0] if len(paths) == 1 else None


def scan_organisations(expedition: Expedition, found: Found, defaults: Defaults) -> Bundle:
    """Return the evidence of repositories; one that cannot be read is a fault.

    Raises `ScanError` when none of them can.
    """
    looked = Looking(expedition, found.lines, defaults).look()
    if looked and all(one.trouble for one in looked.values()):
        why = next(iter(looked.values())).trouble
        raise ScanError(f"{found.name}: none of {len(looked)} repositories could be read: {why}")
    is_full = all(one.is_administered for one in found.profiles)
    bundle = bundle_of(
        expedition,
        looked,
        Target(kind=TargetKind.ORGANISATION, name=found.name, source="github"),
        visibility=Visibility.FULL if is_full else Visibility.PUBLIC,
        unseen=found.unseen,
    )
    whole = organisation_evidence(expedition, found, expedition.window.estate, bundle.evidence)
    return replace(bundle, evidence=(*bundle.evidence, *whole))


def scan_repository(expedition: Expedition, found: Found, defaults: Defaults) -> Bundle:
    """Return the evidence of one repository; `ScanError` when it cannot be read."""
    (line,) = found.lines
    looked = Looking(expedition, [line], defaults).look()
    if looked[line.slug].trouble:
        raise ScanError(f"{line.slug}: {looked[line.slug].trouble}")
    return bundle_of(
        expedition,
        looked,
        Target(kind=TargetKind.REPOSITORY, name=line.slug, source="github", commit=line.commit),
        visibility=Visibility.PUBLIC,
        unseen=found.unseen,
    )


def _shared(login: str, listing: Listing) -> Line | None:
    wanted = f"{login}/{DEFAULTS_REPOSITORY}"
    return next((line for line in listing.lines if line.slug == wanted), None)


def _matches(slug: str, pattern: str) -> bool:
    name = slug if "/" in pattern else slug.partition("/")[2]
    return fnmatchcase(name.lower(), pattern.lower())
