"""Tell the repositories behind packages, for those ecosystems whose names are addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from osmm_scan.sources.remotes import is_slug

# Behind these the name of a package is that of its repository on github.com.
_ADDRESSED = ("pkg:golang/github.com/", "pkg:swift/github.com/", "pkg:githubactions/")


def repositories(purls: Iterable[str]) -> frozenset[str]:
    """Return `owner/name` on github.com in lower case, of the packages that tell it.

    Of all other packages a registry alone knows the repository.
    """
    return frozenset(slug for purl in purls for slug in _repository(purl))


def _repository(purl: str) -> Iterator[str]:
    prefix = next((one for one in _ADDRESSED if purl.startswith(one)), None)
    if prefix is not None:
        owner, _, rest = purl[len(prefix) :].partition("/")
        name = rest.partition("/")[0].partition("@")[0]
        if is_slug(owner) and is_slug(name):
            yield f"{owner}/{name}".lower()
