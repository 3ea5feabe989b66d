"""Tell whether a repository builds on parts that its owner shares among repositories."""

from __future__ import annotations

import re
from collections.abc import Iterator

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.workflows.model import Act, Place
from osmm_scan.collectors.studies.workflows.study import automation
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing
from osmm_scan.sources.repository import Remote

# Files that name a template or preset, and the words before such a name.
_FILES = (
    ".copier-answers.yaml",
    ".copier-answers.yml",
    ".cruft.json",
    ".github/renovate.json",
    ".github/renovate.json5",
    ".github/settings.yml",
    ".renovaterc",
    ".renovaterc.json",
    "renovate.json",
    "renovate.json5",
)
_END = r"(?:[/\"':@#\s,]|$)"
_REPOSITORY = re.compile(rf"/([\w.-]{{1,100}}?)(?:\.git)?{_END}|(?=[^/\w.-]|$)")
_BEFORE = ("github>", "gitlab>", "local>", "gh:", "gl:", "github.com/", "gitlab.com/")


def shared_baseline(observer: Observer) -> Evidence:
    """Return whether anything of the same owner's other repositories is built upon."""
    key = "baseline.shared"
    remote = observer.repository.remote
    if remote is None:
        why = "the clone has no remote that tells whose repository it is"
        return observer.missing(key, Unobserved(Missing.NOT_COLLECTED, why))
    study = observer.once(automation)
    uses = (act.place for act in study.acts if _is_shared(act, remote))
    place = next(uses, None) or next(_named(observer, remote), None)
    if place is not None:
        return observer.fact(key, True, place.path, place.line)
    if study.unread:
        return observer.missing(key, study.unread[0].reason, study.unread[0].place.path)
    return observer.fact(key, False)


def _is_shared(act: Act, remote: Remote) -> bool:
    named = act.uses.lower()
    if named.startswith("hook:"):
        named = act.inputs.get("repo", "").lower().partition(f"//{remote.host}/")[2]
    for prefix in ("project:", "component:"):
        named = named.removeprefix(prefix).removeprefix(f"{remote.host}/")
    owner, _, rest = named.partition("/")
    name = rest.partition("@")[0].partition("/")[0].removesuffix(".git")
    return owner == remote.owner.lower() and name not in ("", remote.name.lower())


def _named(observer: Observer, remote: Remote) -> Iterator[Place]:
    owner, name = remote.owner.lower(), remote.name.lower()
    for path in _FILES:
        if path not in observer.repository.entries():
            continue
        try:
            lines = observer.repository.text(path).lower().splitlines()
        except Unobserved:
            continue
        for number, line in enumerate(lines, start=1):
            parts = (line.partition(f"{before}{owner}") for before in _BEFORE)
            if any(found and _is_other(rest, name) for _, found, rest in parts):
                yield Place(path, number)


def _is_other(behind_owner: str, name: str) -> bool:
    """Tell whether what follows an owner's name is another repository, or its default preset."""
    repository = _REPOSITORY.match(behind_owner)
    return repository is not None and repository[1] != name
