"""Find what an owner does to make its open source known. What is not here may be elsewhere.

Whether an address still answers, a clone does not tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.paths import is_own
from osmm_scan.collectors.studies.prose import Prose, read
from osmm_scan.collectors.supply_chain.dates import dates
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing

FACTS: Mapping[str, str] = {
    "outreach.page": "the profile of the owner or a README leads to a page about its open source",
    "outreach.announcements": "an announcement is dated within 180 days",
    "outreach.events": "a talk or an event is dated within a year",
    "outreach.brand": "there is guidance on the use of trademarks or logos",
    "outreach.handle": "a profile or README names a social or community channel",
}

FILE_LIMIT = 200
WORDS = 40

# A shorter name may stand in any address.
_NAME = 4
_LINE_LIMIT = 400

_Place = tuple[str, int | None]
_TEXT = r"\.(?:adoc|md|mdx|rst|txt)"
_SITE = r"(?:(?:community|content|docs|site|website)/){0,3}"
_FRONT = re.compile(rf"(?:profile/|\.github/|docs/)?readme{_TEXT}", re.I)
_NEWS = re.compile(rf"{_SITE}(?:_posts|announcements?|blog|news)/.{{1,100}}{_TEXT}", re.I)
# A program may have events of its own, so only a page that is called so counts.
_TALKS = re.compile(
    rf"{_SITE}(?:(?:conferences?|meetups?|presentations|talks)(?:/.{{1,100}})?|events){_TEXT}", re.I
)
_BRAND = re.compile(
    rf"{_SITE}(?:brand(?:ing)?|logos?|trademarks?)[-_]?(?:guidelines?|policy|usage)?{_TEXT}",
    re.I,
)
_PAGE = re.compile(
    r"https?://(?:[\w-]{1,60}\.){0,4}(?:(?:open-?source|oss|ospo)\.[\w.-]{3,100}"
    r"|[\w.-]{3,100}/(?:[\w-]{1,60}/){0,3}(?:open-?source|oss|ospo)(?:[/.?#].{0,300})?)",
    re.I,
)
_SOCIAL = re.compile(
    r"https?://(?:[\w-]{1,60}\.){0,3}(?:bsky\.app/profile|fosstodon\.org|linkedin\.com/company"
    r"|mastodon\.[\w.-]{2,40}|twitter\.com|x\.com|youtube\.com)/[^\s)]{1,300}",
    re.I,
)
# Invitations seldom name the one who invites.
_CHAT = re.compile(
    r"https?://(?:[\w-]{1,60}\.){0,3}(?:discord\.(?:com/invite|gg)|matrix\.to|slack\.com"
    r"|zulipchat\.com)/[^\s)]{0,300}",
    re.I,
)
_NO_WORD = re.compile(r"[\W_]+")


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield what can be found; whatever is not here is unknown."""
    for key, question in _QUESTIONS.items():
        try:
            place = question(observer)
        except Unobserved as reason:
            yield observer.missing(key, reason)
            continue
        if place is None:
            why = "nothing of the kind is in the repository; it may be on a site"
            yield observer.missing(key, Unobserved(Missing.NOT_COLLECTED, why))
        else:
            yield observer.fact(key, True, *place)


def _page(observer: Observer) -> _Place | None:
    return _linked(
        observer, lambda address: _PAGE.match(address) and _names_owner(observer, address)
    )


def _handle(observer: Observer) -> _Place | None:
    return _linked(
        observer,
        lambda address: (
            _CHAT.match(address) or (_SOCIAL.match(address) and _names_owner(observer, address))
        ),
    )


def _linked(observer: Observer, is_wanted: Callable[[str], object]) -> _Place | None:
    for path, prose in _texts(observer, _FRONT):
        for link in prose.links:
            if is_wanted(link.target):
                return path, link.line
    return None


def _names_owner(observer: Observer, address: str) -> bool:
    """Tell whether an address names the owner or the project; most pages are those of others."""
    names = (_NO_WORD.sub("", name.lower()) for name in observer.repository.name.split("/"))
    plain = _NO_WORD.sub("", address.lower())
    return any(len(name) >= _NAME and name in plain for name in names)


def _dated(place: re.Pattern[str], days: int) -> Callable[[Observer], _Place | None]:
    def find(observer: Observer) -> _Place | None:
        since = observer.as_of - timedelta(days=days)
        for path, prose in _texts(observer, place):
            if _is_within(path, since, observer.as_of):
                return path, None
            for block in (*prose.headings, *prose.passages):
                if _is_within(block.text, since, observer.as_of):
                    return path, block.line
        return None

    return find


def _guidance(observer: Observer) -> _Place | None:
    texts = _texts(observer, _BRAND)
    return next(((path, None) for path, prose in texts if prose.words >= WORDS), None)


def _is_within(text: str, since: date, until: date) -> bool:
    return len(text) <= _LINE_LIMIT and any(since < day <= until for day in dates(text))


def _texts(observer: Observer, place: re.Pattern[str]) -> Iterator[tuple[str, Prose]]:
    """Yield the texts there, the last ones first: posts are often named by their day."""
    entries = observer.repository.entries()
    paths = sorted((path for path in entries if place.fullmatch(path)), reverse=True)
    for path in paths[:FILE_LIMIT]:
        if is_own(path):
            yield path, read(observer.repository.text(path))


_QUESTIONS: Mapping[str, Callable[[Observer], _Place | None]] = {
    "outreach.page": _page,
    "outreach.announcements": _dated(_NEWS, 180),
    "outreach.events": _dated(_TALKS, 365),
    "outreach.brand": _guidance,
    "outreach.handle": _handle,
}
