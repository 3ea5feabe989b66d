"""Ask about organisations as a whole: their people, what these do elsewhere, whom they sponsor."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from osmm_scan import __version__
from osmm_scan.errors import Unobserved
from osmm_scan.model import Bundle, Evidence, Missing, Target, TargetKind, Visibility

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeAlias

    from osmm_scan.cli.scanning.looking import Expedition
    from osmm_scan.cli.scanning.remote import Found
    from osmm_scan.collectors.organisation import Presence
    from osmm_scan.collectors.studies.foundations import Standing
    from osmm_scan.settings import Estate
    from osmm_scan.sources.github.api import Api
    from osmm_scan.sources.github.inventory import Profile
    from osmm_scan.sources.landscapes import Membership

    Memberships: TypeAlias = tuple[Membership, ...] | Unobserved

_log = logging.getLogger(__name__)

# What a later question may answer is not kept.
_PASSING = frozenset({Missing.FAULT, Missing.NOT_COLLECTED})
# What the configuration and landscape files would have to say.
_OF_CONFIGURATION = ("foundations.", "upstream.strategic")


def organisation_evidence(
    expedition: Expedition, found: Found, estate: Estate, evidence: Iterable[Evidence]
) -> tuple[Evidence, ...]:
    """Return the evidence about organisations as a whole, asked for once a day.

    `evidence` is that of their repositories.
    """
    from osmm_scan.collectors.organisation import collect_organisation
    from osmm_scan.collectors.studies.foundations import GIVEN

    window = expedition.window
    standing = _standing(expedition, found, estate)
    depends_on = _depends_on(expedition.api, evidence)
    key = (*_key(expedition, found, estate), _digest(standing), _digest_of(sorted(depends_on)))
    known = expedition.snapshots.find(key)
    if known is not None:
        return known.evidence
    standing = replace(standing, given=_given(expedition.api, found, estate, standing))
    presence = replace(_presence(expedition, found, estate, standing), depends_on=depends_on)
    whole = collect_organisation(presence, window.as_of)
    asks = GIVEN if standing.hosted else ()
    asked = (
        item for item in whole if item.key in asks or not item.key.startswith(_OF_CONFIGURATION)
    )
    if not any(item.missing in _PASSING for item in asked):
        expedition.snapshots.keep(key, _alone(expedition, found, whole))
    return whole


def _presence(expedition: Expedition, found: Found, estate: Estate, standing: Standing) -> Presence:
    from osmm_scan.collectors.organisation import Presence
    from osmm_scan.sources.github.people import People, affiliates

    api, window = expedition.api, expedition.window
    people = People(organisations=found.profiles, roster=estate.roster, others=estate.organisations)
    return Presence(
        name=found.name,
        url=f"{api.host.web}/{found.profiles[0].login}",
        affiliates=affiliates(api, people, as_of=window.as_of, days=window.days),
        sponsorships=_sponsorships(api, found.profiles),
        standing=standing,
        strategic=estate.strategic,
    )


def _depends_on(api: Api, evidence: Iterable[Evidence]) -> frozenset[str]:
    """Return the repositories of which the organisation's own use packages, as far as names tell.

    Such names are addresses on github.com, which on another server mean another repository.
    """
    from osmm_scan.collectors.studies.dependencies import repositories
    from osmm_scan.sources.github.hosts import HostKind

    if api.host.kind is not HostKind.GITHUB:
        return frozenset()
    used = (item.value for item in evidence if item.key == "inventory.direct")
    return repositories(str(purl) for value in used if isinstance(value, tuple) for purl in value)


def _standing(expedition: Expedition, found: Found, estate: Estate) -> Standing:
    """Return where landscapes list the organisation, and the projects of their foundations."""
    from osmm_scan.collectors.studies.foundations import Standing
    from osmm_scan.sources.github.hosts import HostKind

    hosted: dict[str, frozenset[str]] = {}
    # Projects of foundations are on github.com, where alone a name means the same repository.
    is_there = expedition.api.host.kind is HostKind.GITHUB
    for landscape in expedition.landscapes if is_there else ():
        for foundation, projects in landscape.hosted.items():
            hosted[foundation] = hosted.get(foundation, frozenset()) | projects
    return Standing(_memberships(expedition, found, estate), hosted)


def _given(
    api: Api, found: Found, estate: Estate, standing: Standing
) -> frozenset[str] | Unobserved:
    """Return the projects of foundations that began at the organisation."""
    from osmm_scan.sources.github.transfers import transferred

    owners = {*(one.login for one in found.profiles), *estate.organisations}
    try:
        return transferred(api, owners, standing.projects)
    except Unobserved as reason:
        return reason


def _memberships(expedition: Expedition, found: Found, estate: Estate) -> Memberships:
    """Return where landscapes list the organisation; only it may say which domains it has."""
    from osmm_scan.sources.landscapes import matching

    if not expedition.landscapes:
        why = "no landscape file was given with --landscape"
        return Unobserved(Missing.NOT_COLLECTED, why)
    verified = (one for profile in found.profiles for one in _domains(expedition.api, profile))
    domains = {*estate.domains, *verified} - {""}
    if not domains and not estate.aliases:
        why = "the organisation's domains are not known; name them in the configuration"
        return Unobserved(Missing.NOT_COLLECTED, why)
    listed = [one for landscape in expedition.landscapes for one in landscape.members]
    return matching(listed, domains=sorted(domains), names=estate.aliases)


def _domains(api: Api, profile: Profile) -> tuple[str, ...]:
    """Return the domains that GitHub verified, as far as they show to us."""
    from osmm_scan.sources.github.inventory import verified_domains
    from osmm_scan.sources.landscapes import domain_of

    shown = (domain_of(profile.website),) if profile.verified else ()
    if not profile.is_administered:
        return shown
    try:
        return (*shown, *verified_domains(api, profile.login))
    except Unobserved as reason:
        _log.info("%s: its domains do not show: %s", profile.login, reason.why)
        return shown


def _sponsorships(api: Api, profiles: Sequence[Profile]) -> int | Unobserved:
    from osmm_scan.sources.github.inventory import sponsorships

    try:
        return sum(sponsorships(api, one.login) for one in profiles)
    except Unobserved as reason:
        return reason


def _key(expedition: Expedition, found: Found, estate: Estate) -> tuple[str, ...]:
    window, api = expedition.window, expedition.api
    # Names of people are part of what was asked, and are not to be found in the cache.
    asked = (sorted(estate.organisations), estate.strategic, estate.roster, found.profiles)
    return (
        *("organisation", __version__, expedition.rules, api.host.web, api.rights().login or ""),
        *(found.name, _digest_of(asked)),
        *(window.as_of.isoformat(), str(window.days)),
    )


def _digest(standing: Standing) -> str:
    hosted = [(name, sorted(places)) for name, places in sorted(standing.hosted.items())]
    return _digest_of((standing.memberships, hosted))


def _digest_of(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()


def _alone(expedition: Expedition, found: Found, evidence: tuple[Evidence, ...]) -> Bundle:
    return Bundle(
        tool_version=__version__,
        target=Target(kind=TargetKind.ORGANISATION, name=found.name, source="github"),
        as_of=expedition.window.as_of,
        window_days=expedition.window.days,
        visibility=Visibility.PUBLIC,
        repositories=(),
        unseen=0,
        evidence=evidence,
    )
