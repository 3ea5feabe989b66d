"""Find whether a project says how to support it with money."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from osmm_scan.collectors.community_health.documents import Place, fact, near
from osmm_scan.collectors.community_health.templates import offered
from osmm_scan.collectors.observation import Observer
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing
from osmm_scan.sources.repository import Repository
from osmm_scan.strict_yaml import YamlFault, load

FACTS: Mapping[str, str] = {
    "funding.declared": "FUNDING.yml, own or inherited, names at least one way to give",
}

_NAMES = frozenset({"funding.yml", "funding.yaml"})


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield whether a way to give is named."""
    place = offered(observer, funding)
    yield fact(observer, "funding.declared", place is not None, place)


def funding(home: Repository) -> Place | None:
    """Return the first line of FUNDING.yml that names somebody; the stock file names nobody."""
    path = _path(home)
    if path is None:
        return None
    try:
        document = load(home.text(path))
    except YamlFault as fault:
        raise Unobserved(Missing.FAULT, f"{path}:{fault}") from fault
    named = document.data.items() if isinstance(document.data, dict) else ()
    for platform, account in named:
        if account and account != [None]:
            return Place(home, path, document.at((platform,))[0])
    return None


def _path(home: Repository) -> str | None:
    """Return FUNDING.yml in `.github`, which in a repository of that name may be its top."""
    folders = {".github/", ""} if home.name.endswith("/.github") else {".github/"}
    for path in sorted(near(home)):
        folder, slash, name = path.rpartition("/")
        if folder + slash in folders and name.lower() in _NAMES:
            return path
    return None
