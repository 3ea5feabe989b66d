"""Tell whether a repository is a published project rather than something that is merely public."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.project_health import outside_share
from osmm_scan.collectors.studies import history
from osmm_scan.collectors.studies.releases import releases
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing

FACTS: Mapping[str, str] = {
    "published.project": "there was a release, a package or a contributor from outside the owner",
}

_WORKFLOW = re.compile(r"\.github/workflows/[^/]+\.ya?ml")
# Steps that put a package into a registry; a comment begins with a hash sign.
_PUBLISHES = re.compile(
    r"""
      ^[ \t-]*uses:[ \t]*['"]?(?:pypa/gh-action-pypi-publish|JS-DevTools/npm-publish
      |rubygems/release-gem|katyo/publish-crates|goreleaser/goreleaser-action|changesets/action)\b
    | ^[^#\n]{0,300}\b(?:
        (?:npm|pnpm|cargo|poetry|uv|flit|hatch|pdm|pub)\ publish | yarn\ npm\ publish
      | twine\ upload | gem\ push | nuget\ push | semantic-release | mvn\ [^#\n]{0,100}deploy
      )\b(?![^\n]{0,200}--dry-run)
    """,
    re.X | re.M,
)
_DECLARED = ("publiccode.yml", "publiccode.yaml")


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield whether this is a published project: one proof is enough."""
    key = "published.project"
    if observer.once(releases).tags:
        yield observer.fact(key, True)
        return
    path = next((path for path in _DECLARED if path in observer.repository.entries()), None)
    path = path or _publishing(observer)
    if path:
        yield observer.fact(key, True, path)
        return
    yield observer.fact(key, _has_outsiders(observer))


def _publishing(observer: Observer) -> str | None:
    """Return a workflow that publishes a package."""
    hidden: Unobserved | None = None
    for path in observer.repository.entries():
        if _WORKFLOW.fullmatch(path):
            try:
                if _PUBLISHES.search(observer.repository.text(path)):
                    return path
            except Unobserved as reason:
                hidden = reason
    if hidden:
        raise hidden
    return None


def _has_outsiders(observer: Observer) -> bool:
    """Tell whether outsiders contributed; `Unobserved` when nobody's address tells."""
    past = observer.once(history.digest)
    if len(set(past.people.values())) < 2:
        return False
    share = outside_share(observer)
    low = share.get("low", 0.0) if isinstance(share, Mapping) else share
    if isinstance(low, float) and low > 0:
        return True
    why = "whether anybody from outside the owner contributed is not known"
    raise Unobserved(Missing.NOT_COLLECTED, why)
