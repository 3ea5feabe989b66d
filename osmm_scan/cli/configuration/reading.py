"""Find and read the configuration of a scan, and say what is wrong with it by file and line."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from osmm_scan.errors import ConfigurationError, Unobserved, UsageError
from osmm_scan.settings import CustomProfile, Estate, Member, Settings, Waiver

if TYPE_CHECKING:
    from osmm_scan.cli.configuration.pages import Page
    from osmm_scan.cli.configuration.schemas import Configuration
    from osmm_scan.engine.rules import RulePack
    from osmm_scan.sources.repository import Repository

NAMES = (".osmm-scan.yml", ".github/osmm-scan.yml", "pyproject.toml")
TABLE = ("tool", "osmm-scan")

_log = logging.getLogger(__name__)


def find_settings(
    named: Path | None, folder: Path | None, defaults: Repository | None, pack: RulePack
) -> Settings:
    """Return the settings of the named file, else of a folder, else of a `.github` repository.

    One file counts, none is mixed with another. Raises `ConfigurationError`.
    """
    page = _page(named, folder, defaults)
    return Settings() if page is None else read_settings(page, pack)


def read_settings(page: Page, pack: RulePack) -> Settings:
    """Return what a page configures; `ConfigurationError` lists everything wrong with it."""
    from osmm_scan.cli.configuration.schemas import Configuration

    stated = page.parse(Configuration)
    settings = _settings(stated)
    faults = list(_faults(page, settings, pack)) or list(_misfits(page, settings, pack))
    if faults:
        raise ConfigurationError("\n".join(faults))
    return settings


def read_committed(repository: Repository, path: str) -> str | None:
    """Return a text file of the commit at HEAD, None when there is none that can be read."""
    try:
        return repository.text(path)
    except KeyError:
        return None
    except Unobserved as reason:
        _log.warning("%s: %s is not used: %s", repository.name, path, reason.why)
        return None


def _page(named: Path | None, folder: Path | None, defaults: Repository | None) -> Page | None:
    from osmm_scan.cli.configuration.pages import read_text

    if named is not None:
        return _open(str(named), read_text(named), is_named=True)
    pages = (_open(name, text) for name, text in _candidates(folder, defaults))
    return next((page for page in pages if page is not None), None)


def _candidates(folder: Path | None, defaults: Repository | None) -> Iterator[tuple[str, str]]:
    """Yield the name and text of every file that may be the configuration, the first ones first."""
    from osmm_scan.cli.configuration.pages import read_text

    for path in (folder / name for name in NAMES) if folder is not None else ():
        # A link could lead out of a clone that somebody else made.
        if path.is_file() and not path.is_symlink():
            yield str(path), read_text(path)
    if defaults is None:
        return
    for name in NAMES:
        text = read_committed(defaults, name)
        if text is not None:
            yield f"{defaults.name}:{name}", text


def _open(name: str, text: str, *, is_named: bool = False) -> Page | None:
    """Return a file as a page; a `pyproject.toml` need not say anything about us."""
    from osmm_scan.cli.configuration.pages import toml_page, yaml_page

    if not name.endswith(".toml"):
        return yaml_page(name, text)
    page = toml_page(name, text, TABLE)
    if page is None and is_named:
        raise ConfigurationError(f"{name}: has no table [{'.'.join(TABLE)}]")
    return page


def _settings(stated: Configuration) -> Settings:
    estate = stated.estate
    return Settings(
        estate=Estate(
            organisations=estate.organisations,
            aliases=estate.aliases,
            domains=estate.domains,
            roster=tuple(
                Member(login=one.login, since=one.since, until=one.until) for one in estate.roster
            ),
            strategic=estate.strategic,
        ),
        profile=stated.profile,
        profiles={
            name: CustomProfile(
                based_on=one.based_on, means=one.means, not_applicable=one.not_applicable
            )
            for name, one in stated.profiles.items()
        },
        waivers=tuple(
            Waiver(
                what=one.what,
                scope=one.scope,
                reason=one.reason,
                owner=one.owner,
                expires=one.expires,
            )
            for one in stated.waivers
        ),
        thresholds=stated.thresholds,
    )


def _misfits(page: Page, settings: Settings, pack: RulePack) -> Iterator[str]:
    """Yield what is wrong with thresholds only together with others."""
    from osmm_scan.engine.adjustments import adjust

    try:
        adjust(pack, settings)
    except UsageError as error:
        yield page.fault(("thresholds",), str(error))


def _faults(page: Page, settings: Settings, pack: RulePack) -> Iterator[str]:
    """Yield what only the rules can tell to be wrong."""
    from osmm_scan.engine.adjustments import profile_fault, threshold_fault
    from osmm_scan.engine.vocabulary import nearest
    from osmm_scan.engine.waivers import waiver_fault

    known = {*pack.model.profiles, *settings.profiles}
    if settings.profile is not None and settings.profile not in known:
        problem = f"unknown profile {settings.profile!r}{nearest(settings.profile, known)}"
        yield page.fault(("profile",), problem)
    for name, profile in settings.profiles.items():
        fault = profile_fault(name, profile, pack)
        if fault:
            yield page.fault(("profiles", name), fault)
    for index, waiver in enumerate(settings.waivers):
        fault = waiver_fault(waiver, pack)
        if fault:
            yield page.fault(("waivers", index, "what"), fault)
    for name, number in settings.thresholds.items():
        fault = threshold_fault(name, number, pack.model)
        if fault:
            yield page.fault(("thresholds", name), f"{name}: {fault}")
