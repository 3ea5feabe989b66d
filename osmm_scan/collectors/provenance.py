"""Tell whether contributions and releases can be traced: sign-offs, agreements, signatures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from osmm_scan.collectors.community_health.documents import Element, Place, fact
from osmm_scan.collectors.community_health.terms import stated
from osmm_scan.collectors.observation import Observer, collect_parts
from osmm_scan.collectors.studies import history
from osmm_scan.collectors.studies.releases import releases
from osmm_scan.collectors.studies.staff import staff
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing

FACTS: Mapping[str, str] = {
    "dco.human_commits": "commits of people in the window, without merges",
    "dco.signed_commits": "those of them with a sign-off that names the author or the committer",
    "dco.practised": "at least nine of ten commits of people are signed off",
    "terms.practised_or_required": "history practises a DCO, or files require a DCO or CLA",
    "cla.configured": "a file configures a DCO or CLA check; hosted services need none",
    "commits.signed_share": "share of the commits of people that carry a signature, 0 to 1",
    "tags.signed_share": "share of release tags that carry a signature, 0 to 1",
    "staff.identified": (
        "commits in the window with an address of the owner's declared domains, or an account of "
        "its roster"
    ),
    "staff.commits": "those and, as the upper limit, others that its people may have made",
    "release.signed": "the tag of the latest release carries a signature",
}

_PRACTISED = 0.9
_FILES = re.compile(
    r"(?:\.github/)?\.clabot|\.github/(?:dco|cla)\.ya?ml|\.?cla-?bot\.ya?ml|policies/cla\.ya?ml",
    re.I,
)
_WORKFLOW = re.compile(r"\.github/workflows/[^/]+\.ya?ml")
# Lines of workflows that check for a DCO or CLA; a comment begins with a hash sign.
_CHECK = re.compile(
    r"""
      ^[ \t-]*uses:[ \t]*['"]?(?:contributor-assistant/github-action|cla-assistant/github-action
      |canonical/has-signed-canonical-cla|dcoapp/app|[\w.-]{1,60}/(?:actions?-dco|dco)(?:-check)?)\b
    | ^[^#\n]{0,200}\bdco-check\b
    """,
    re.X | re.M,
)


def collect(observer: Observer) -> Iterator[Evidence]:
    """Return what history, files and tags show; each hides no other."""
    return collect_parts(observer, _PARTS.items())


def _commits(observer: Observer) -> Iterator[Evidence]:
    past = observer.once(history.digest)
    yield observer.fact("dco.human_commits", past.human)
    yield observer.fact("dco.signed_commits", past.signed_off)
    past.require_sample()
    yield observer.fact("dco.practised", past.signed_off >= _PRACTISED * past.human)
    yield observer.fact("commits.signed_share", round(past.signed / past.human, 3))


def _tags(observer: Observer) -> Iterator[Evidence]:
    found = observer.once(releases)
    if not found.tags:
        raise Unobserved(Missing.NOT_SUPPORTED, "there is no release tag")
    signed = sum(tag.signed for tag in found.tags)
    yield observer.fact("tags.signed_share", round(signed / len(found.tags), 3))
    if found.latest is None:
        raise Unobserved(Missing.FAULT, "no release tag has a usable date")
    yield observer.fact("release.signed", found.latest.signed)


def _configured(observer: Observer) -> Iterator[Evidence]:
    check = observer.once(configured)
    yield fact(observer, "cla.configured", check is not None, check)


def _staff(observer: Observer) -> Iterator[Evidence]:
    found = observer.once(staff)
    yield observer.fact("staff.identified", found.identified)
    most = found.identified + found.open
    limits = {"low": found.identified, "high": most} if found.open else most
    yield observer.fact("staff.commits", limits)


def _terms(observer: Observer) -> Iterator[Evidence]:
    """One proof is enough; without one, whatever could not be seen leaves it open."""
    key = "terms.practised_or_required"
    hidden: Unobserved | None = None
    for proof in (configured, _is_practised, _required):
        try:
            found = proof(observer)
        except Unobserved as reason:
            hidden = hidden or reason
            continue
        if found:
            yield fact(observer, key, True, None if found is True else found)
            return
    if hidden:
        raise hidden
    yield fact(observer, key, False)


def _is_practised(observer: Observer) -> bool:
    past = observer.once(history.digest)
    if past.signed_off:
        past.require_sample()
    return past.signed_off >= _PRACTISED * past.human > 0


def _required(observer: Observer) -> Element | None:
    """Return where documents require an agreement. A DCO alone shows in history, or it is not
    practised."""
    found = observer.once(stated)
    if "dco" in found and "cla" not in found:
        observer.once(history.digest).require_sample()
    return found.get("cla")


def configured(observer: Observer) -> Place | None:
    """Return where a DCO or CLA check is configured; `Unobserved` when a workflow is unreadable."""
    hidden: Unobserved | None = None
    for path in observer.repository.entries():
        if _FILES.fullmatch(path):
            return Place(observer.repository, path)
        if _WORKFLOW.fullmatch(path):
            try:
                text = observer.repository.text(path)
            except Unobserved as reason:
                hidden = reason
                continue
            match = _CHECK.search(text)
            if match:
                return Place(observer.repository, path, text.count("\n", 0, match.end()) + 1)
    if hidden:
        raise hidden
    return None


_PARTS: Mapping[Callable[[Observer], Iterator[Evidence]], tuple[str, ...]] = {
    _commits: ("dco.human_commits", "dco.signed_commits", "dco.practised", "commits.signed_share"),
    _configured: ("cla.configured",),
    _staff: ("staff.identified", "staff.commits"),
    _tags: ("tags.signed_share", "release.signed"),
    _terms: ("terms.practised_or_required",),
}
