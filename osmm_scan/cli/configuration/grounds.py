"""Gather what an organisation says about itself, and warn about what no longer counts."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from osmm_scan.cli.attestations.files import cited_files, find_attestations
from osmm_scan.cli.configuration.reading import find_settings
from osmm_scan.collectors.studies.cited_files import CITED_FILE
from osmm_scan.engine.adjustments import adjust
from osmm_scan.engine.vocabulary import nearest
from osmm_scan.errors import ScanError, UsageError
from osmm_scan.model import Bundle, Evidence, TargetKind
from osmm_scan.settings import Attestation, Settings
from osmm_scan.verdicts import Assessment, Effect

if TYPE_CHECKING:
    from osmm_scan.cli.options.common import Judging
    from osmm_scan.cli.options.configuring import Configuring
    from osmm_scan.engine.assessment import Judged
    from osmm_scan.engine.rules import RulePack
    from osmm_scan.sources.repository import Repository

USUAL_PROFILE = "company"

# What an attestation does that nobody needs to act upon.
_QUIET = frozenset({Effect.COUNTED, Effect.NOT_NEEDED, Effect.SUPERSEDED, Effect.NOT_APPLICABLE})

# So many items are named in a warning that holds for more.
_NAMED = 2
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What an organisation is judged by: rules that fit it, its profile, and what it says."""

    pack: RulePack
    profile: str
    settings: Settings
    attestations: tuple[Attestation, ...]


def find_grounds(
    configuring: Configuring,
    judging: Judging,
    pack: RulePack,
    *,
    scanned: Path | None = None,
    defaults: Path | None = None,
) -> Grounds:
    """Return what a command judges by.

    Files are looked for where the command is run, and then in `defaults`, the clone of an
    organisation's `.github` repository. Of an organisation's clones in `scanned` no other one has
    a say. Raises `UsageError`.
    """
    folder = None if scanned is not None and _is_inside(scanned) else Path()
    with ExitStack() as stack:
        shared = None if defaults is None else _open(defaults, stack)
        settings = find_settings(configuring.config, folder, shared, pack)
        stated = find_attestations(configuring.attestations, folder, shared, pack)
    fitted, profile = fit(pack, settings, judging.profile)
    return Grounds(pack=fitted, profile=profile, settings=settings, attestations=stated)


def fit(pack: RulePack, settings: Settings, chosen: str | None) -> tuple[RulePack, str]:
    """Return the rules as settings want them, and the profile.

    The profile is that of the command line, else of the settings, else the usual one.
    """
    fitted = adjust(pack, settings)
    profile = chosen or settings.profile or USUAL_PROFILE
    if profile not in fitted.model.profiles:
        hint = nearest(profile, fitted.model.profiles)
        raise UsageError(f"--profile: unknown profile {profile!r}{hint}")
    return fitted, profile


def with_cited_files(bundle: Bundle, clones: Iterable[Path], grounds: Grounds) -> Bundle:
    """Return the bundle with what its clones show of the files that attestations cite."""
    from osmm_scan.collectors.observation import Observer
    from osmm_scan.collectors.studies.cited_files import look_for

    cited = dict(cited_files(grounds.attestations))
    found: list[Evidence] = []
    for path in clones:
        if cited.keys().isdisjoint(bundle.repositories):
            break
        with ExitStack() as stack:
            try:
                repository = _open(path, stack)
            except ScanError:  # the scan has told of it already
                continue
            observer = Observer(repository=repository, as_of=bundle.as_of)
            found += look_for(observer, cited.pop(repository.name, ()))
    return replace(bundle, evidence=(*bundle.evidence, *found)) if found else bundle


def warn(judged: Assessment | Judged, evidence: Iterable[Evidence]) -> None:
    """Warn of attestations and waivers that do not count, so that nobody relies on them."""
    cited = any(one.key == CITED_FILE for one in evidence)
    if cited and not judged.attestations:
        _log.warning("the scan had attestations; name them again with --attestations FILE")
    alike: dict[str, list[str]] = {}
    for stated in judged.attestations:
        if stated["effect"] not in _QUIET:
            alike.setdefault(str(stated["why"]), []).append(str(stated["item"]))
    for why, items in alike.items():
        _log.warning("attestation of %s: %s", _named(items), why)
    for waiver in judged.waivers:
        if waiver["effect"] == Effect.EXPIRED:
            _log.warning("waiver of %s: %s", waiver["what"], waiver["why"])


def _named(items: list[str]) -> str:
    more = len(items) - _NAMED
    return ", ".join(items[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def name_statements(assessment: Assessment) -> str:
    """Return what a verdict rests on beside observations, empty when there is nothing."""
    # The verdict on one repository is its readiness, of which nothing can be attested.
    is_organisation = assessment.target.kind is TargetKind.ORGANISATION
    counts = {
        "attested grades": sum(one.attestation is not None for one in assessment.items),
        "waivers in force": sum(one["effect"] == Effect.COUNTED for one in assessment.waivers),
    }
    if not is_organisation:
        del counts["attested grades"]
    return ", ".join(f"{name}: {count}" for name, count in counts.items() if count)


def _is_inside(scanned: Path) -> bool:
    return scanned.resolve() in Path().resolve().parents


def _open(path: Path, stack: ExitStack) -> Repository:
    from osmm_scan.sources.checkout import open_checkout

    return stack.enter_context(open_checkout(path, inherited=None))
