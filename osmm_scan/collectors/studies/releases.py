"""Tell releases from other tags: nightly builds, deployments, moving tags, backups."""

from __future__ import annotations

import re
from dataclasses import dataclass

from osmm_scan.collectors.observation import Observer
from osmm_scan.sources.repository import Tag

DAY = 86_400

# What follows the last `/` or `@`: an optional name, then a version of two parts or a date.
_VERSION = re.compile(
    r"(?:[a-z][a-z0-9_.+-]{0,80}?[-_.])?(?:v|r|rel|release|version|go)?[-_.]?"
    r"(?:\d{1,6}(?:[._-]\d{1,8}){1,4}|(?:19|20)\d{6})"
    r"(?P<rest>(?:[-+._~]?[a-z0-9]{1,40}){0,6})",
    re.I,
)
_NUMBER = re.compile(r"(?:[a-z-]{0,30}[-_.])?v?\d{1,6}", re.I)
_UNFINISHED = re.compile(
    r"(?:alpha|beta|cr|ea|m|milestone|next|pre|preview|rc|a|b)[-.]?\d{0,8}(?![a-z])", re.I
)
_DRAFT = re.compile(r"(?:alpha|beta|pre|preview|rc)[-_.]", re.I)
# Names of builds and moving marks, beside a number or at the end; folders of what is put aside.
_NO_RELEASE = re.compile(
    r"(?:^|[^a-z])(?:archive|backup|build|canary|ci|daily|deploy(?:ed|ment)?|dev|edge|latest"
    r"|nightly|old|snapshot|staging|tmp|weekly|wip|x)(?:[-_.+]?\d|$)"
    r"|(?:^|/)(?:archived?|backups?|old|tmp|wip)/",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Releases:
    """The releases that tags show: `tags` all of them, `dated` those of a known past, oldest first.

    Drafts such as `1.0-rc1` are left out of `dated` once there is a finished release.
    """

    tags: tuple[Tag, ...]
    dated: tuple[Tag, ...]

    @property
    def latest(self) -> Tag | None:
        """Return the newest release."""
        return self.dated[-1] if self.dated else None

    @property
    def days(self) -> tuple[int, ...]:
        """Return the days, since 1970, on which there was a release."""
        return tuple(sorted({(tag.created or 0) // DAY for tag in self.dated}))


def releases(observer: Observer) -> Releases:
    """Return the releases of a repository up to the observer's date."""
    found = _releases(observer.repository.tags())
    finished = [tag for tag in found if not _is_unfinished(tag)] or found
    dated = [tag for tag in finished if tag.created is not None and tag.created <= observer.until]
    return Releases(
        tags=tuple(found),
        dated=tuple(sorted(dated, key=lambda tag: (tag.created or 0, tag.name))),
    )


def _releases(tags: tuple[Tag, ...]) -> list[Tag]:
    possible = [tag for tag in tags if not _NO_RELEASE.search(tag.name)]
    versions = [tag for tag in possible if _VERSION.fullmatch(_last_part(tag))]
    # Numbers alone and names may be anything; annotated ones are meant to be releases. Beside
    # versions, a number such as `v4` is the moving tag of an action.
    return versions or [tag for tag in possible if tag.annotated or _is_number(tag)]


def _is_number(tag: Tag) -> bool:
    return _NUMBER.fullmatch(_last_part(tag)) is not None


def _is_unfinished(tag: Tag) -> bool:
    name = _last_part(tag)
    match = _VERSION.fullmatch(name)
    return match is not None and bool(_UNFINISHED.search(match["rest"]) or _DRAFT.match(name))


def _last_part(tag: Tag) -> str:
    return re.split(r"[/@]", tag.name)[-1]
