"""Say what a repository is: alive or idle, with code of its own or without, in which languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies import history
from osmm_scan.collectors.studies.host import Statements, evidence, statements
from osmm_scan.collectors.studies.paths import is_own, language
from osmm_scan.collectors.studies.releases import releases
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing
from osmm_scan.sources.hosting import Hosting
from osmm_scan.sources.repository import EntryKind

FACTS: Mapping[str, str] = {
    "repository.active": (
        "people committed to HEAD or tagged a release within the window, and the host does not"
        " call it archived, a fork or a mirror"
    ),
    "repository.archived": "the repository is archived; only its host shows that",
    "repository.code": "at least one file of its own is program code, beside builds and documents",
    "repository.empty": "there is no commit, or no file in the newest one",
    "repository.fork": "the repository is a fork; only its host shows that",
    "repository.human_commits": "commits of people in the window, without merges",
    "repository.languages": "programming languages of the project's own files, by their names",
    "repository.last_change_days": "days since the newest commit of a person",
    "repository.public": "anybody may read it; a clone that is handed over is judged as published",
}

DETAILS: Mapping[str, str] = {
    "history.bot_commits": "commits of bots in the window, which no practice is judged by",
    "history.future_commits": "commits dated after the reference date, which are no activity",
    "history.undated_commits": "commits whose recorded time is no date",
}

_NATURE = {key: FACTS[key] for key in ("repository.archived", "repository.fork")}
_DAY = 86_400
# A document or a configuration that is built by a script is not a program.
_BUILD_LANGUAGES = frozenset({"Batchfile", "CMake", "Dockerfile", "Makefile"})
_NO_PRODUCT = (".circleci/", ".github/", ".gitlab/", "doc/", "docs/")


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield what the tree, the tags and history show of the repository as a whole."""
    yield from statements(observer, _NATURE, "", _nature)
    yield _public(observer)
    yield _active(observer)
    is_empty = observer.repository.commit is None or not observer.repository.entries()
    yield observer.fact("repository.empty", is_empty)
    yield from _languages(observer)
    past = observer.once(history.digest)
    yield observer.fact("repository.human_commits", past.human)
    left_out = zip(DETAILS, (past.bots, past.future, past.undated), strict=True)
    yield from (observer.fact(key, count) for key, count in left_out if count)
    if past.latest_human is None:
        raise Unobserved(Missing.NOT_SUPPORTED, "no person ever committed here")
    yield observer.fact("repository.last_change_days", (observer.until - past.latest_human) // _DAY)


def own_languages(observer: Observer) -> Mapping[str, str]:
    """Return the language of each of the project's own source files, by path."""
    return {
        path: name
        for path, entry in observer.repository.entries().items()
        if entry.kind is EntryKind.FILE and is_own(path) and (name := language(path))
    }


def program(observer: Observer) -> str | None:
    """Return the path of one file of program code, None for a repository without code."""
    own = observer.once(own_languages)
    return next(
        (
            path
            for path, name in own.items()
            if name not in _BUILD_LANGUAGES and not path.startswith(_NO_PRODUCT)
        ),
        None,
    )


def _languages(observer: Observer) -> Iterator[Evidence]:
    names = set(observer.once(own_languages).values())
    code = observer.once(program)
    yield observer.fact("repository.languages", tuple(sorted(names)))
    yield observer.fact("repository.code", code is not None, code)


def _nature(hosting: Hosting) -> Statements:
    nature = hosting.nature()
    return {"repository.archived": nature.archived, "repository.fork": nature.fork}


def _public(observer: Observer) -> Evidence:
    if observer.hosting is None:
        return observer.fact("repository.public", True)
    is_public = observer.hosting.nature().visibility == "public"
    return evidence(observer, "repository.public", is_public, "")


def _is_at_rest(observer: Observer) -> bool:
    """Tell whether the host says that no work of its owner happens here."""
    if observer.hosting is None:
        return False
    nature = observer.hosting.nature()
    return nature.archived or nature.fork or nature.mirror


def _active(observer: Observer) -> Evidence:
    if _is_at_rest(observer):
        return evidence(observer, "repository.active", False, "")
    try:
        latest = observer.once(releases).latest
        if latest and (latest.created or 0) > observer.since:
            return observer.fact("repository.active", True)
        past = observer.once(history.digest)
    except Unobserved as reason:
        return observer.missing("repository.active", reason)
    is_active = past.latest_human is not None and past.latest_human > observer.since
    return observer.fact("repository.active", is_active)
