"""Who asks something of a project, how soon people answer, and whether changes are reviewed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.bots import is_bot
from osmm_scan.collectors.studies.host import Statements, statements
from osmm_scan.collectors.studies.update_bots import is_updater
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing
from osmm_scan.sources.hosting import Account, Hosting, Reaction, Request, Requests
from osmm_scan.sources.repository import Person

_REVIEWS: Mapping[str, str] = {
    "reviews.merged": "newest merged pull requests of people, where there is somebody to review",
    "reviews.reviewed": "those of them that another person reviewed before the merge",
    "reviews.self_merged": "those that their author merged without such a review",
}
_RESPONSES: Mapping[str, str] = {
    "responses.asked": "newest issues and pull requests of outsiders, opened within the window",
    "responses.days": "days until another person answered, one for each that was answered",
    "responses.answered_soon": "those that another person answered within 14 days",
}
_CLOSURE: Mapping[str, str] = {
    "changes.opened": (
        "newest pull requests of people, opened within the window and more than 30 days ago"
    ),
    "changes.closed": "those of them that were merged or closed",
}
_ENGAGEMENT: Mapping[str, str] = {
    "engagement.answered": (
        "issues are open to everybody and somebody of the project wrote in one within 180 days"
    ),
}
_UPDATES: Mapping[str, str] = {
    "updates.requested": "newest pull requests by which bots raise dependencies",
    "updates.merged": "those of them that were merged",
    "updates.merge_days": "days until such a pull request was merged, one for each that was",
    "updates.stale": "those of them that are open for more than 90 days",
}

FACTS: Mapping[str, str] = {**_REVIEWS, **_RESPONSES, **_CLOSURE, **_ENGAGEMENT, **_UPDATES}

_DAY = 86_400
_SOON = 14 * _DAY
_LIVE = 180 * _DAY
_STALE = 90 * _DAY
# Whether a younger one will be dealt with cannot be told yet.
_GROWN = 30 * _DAY
# Nobody reads a change within a minute.
_GLANCE = 60


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield reviews, responses, open channels and updates by bots."""
    desk = _Desk(observer)
    yield from statements(observer, _REVIEWS, "pulls", desk.reviews)
    yield from statements(observer, _RESPONSES, "issues", desk.responses)
    yield from statements(observer, _CLOSURE, "pulls", desk.closure)
    yield from statements(observer, _ENGAGEMENT, "issues", desk.engagement)
    yield from statements(observer, _UPDATES, "pulls", desk.updates)


class _Desk:
    """The questions, asked as of one day."""

    def __init__(self, observer: Observer) -> None:
        self._since = observer.since
        self._until = observer.until

    def reviews(self, hosting: Hosting) -> Statements:
        merged = [
            one
            for one in hosting.changes().newest
            if one.merged and self._since < one.merged <= self._until and _is_person(one.author)
        ]
        if len(_people(merged)) < 2:
            merged = []  # whoever is alone has nobody to ask for a review
        reviewed = [one for one in merged if _review(one)]
        # Who has more reviews than we saw may have one that counts among them.
        clear = [one for one in merged if not one.has_more and one not in reviewed]
        return {
            "reviews.merged": len(reviewed) + len(clear),
            "reviews.reviewed": len(reviewed),
            "reviews.self_merged": sum(one.merged_by == one.author for one in clear),
        }

    def responses(self, hosting: Hosting) -> Statements:
        everything = (*hosting.changes().newest, *hosting.issues().newest)
        asked = [one for one in everything if one.is_outside and self._is_recent(one)]
        waits = [(one, self._wait(one)) for one in asked]
        answered = sorted(wait for _, wait in waits if wait is not None)
        # Whose answer may still come in time, or be one that we did not see, tells nothing.
        silent = sum(
            wait is None and not one.has_more and self._until - one.opened > _SOON
            for one, wait in waits
        )
        return {
            "responses.asked": len(answered) + silent,
            "responses.days": tuple(round(wait / _DAY, 2) for wait in answered),
            "responses.answered_soon": sum(wait <= _SOON for wait in answered),
        }

    def closure(self, hosting: Hosting) -> Statements:
        changes = hosting.changes()
        grown = self._until - _GROWN
        opened = [one for one in changes.newest if self._is_recent(one) and one.opened <= grown]
        oldest = min((one.opened for one in changes.newest), default=self._until)
        if not opened and changes.has_older and oldest > self._since:
            why = "the newest pull requests are of robots or younger than 30 days"
            raise Unobserved(Missing.TRUNCATED, why)
        return {
            "changes.opened": len(opened),
            "changes.closed": sum(
                one.closed is not None and one.closed <= self._until for one in opened
            ),
        }

    def engagement(self, hosting: Hosting) -> Statements:
        key = "engagement.answered"
        if not hosting.nature().has_issues:
            return {key: False}
        issues = hosting.issues()
        begin = self._until - _LIVE
        replies = (
            reaction
            for one in issues.newest
            for reaction in one.reactions
            if reaction.is_insider and _is_person(reaction.by) and reaction.by != one.author
        )
        if any(begin < one.at <= self._until for one in replies):
            return {key: True}
        if issues.has_older or any(one.has_more for one in issues.newest):
            return {key: Unobserved(Missing.TRUNCATED, "only the newest issues were looked at")}
        return {key: False}

    def updates(self, hosting: Hosting) -> Statements:
        requests = _updates(hosting.changes(), self._until)
        merged = [
            one.merged - one.opened for one in requests if one.merged and one.merged <= self._until
        ]
        return {
            "updates.requested": len(requests),
            "updates.merged": len(merged),
            "updates.merge_days": tuple(round(wait / _DAY, 2) for wait in sorted(merged)),
            "updates.stale": sum(
                (one.closed is None or one.closed > self._until)
                and self._until - one.opened > _STALE
                for one in requests
            ),
        }

    def _is_recent(self, one: Request) -> bool:
        return self._since < one.opened <= self._until and _is_person(one.author)

    def _wait(self, one: Request) -> int | None:
        """Return how long it took until another person answered, None if nobody did."""
        moments = [
            reaction.at
            for reaction in one.reactions
            if _is_others(reaction, one) and reaction.at <= self._until
        ]
        if one.merged and one.merged <= self._until and one.merged_by != one.author:
            moments += [one.merged] if _is_person(one.merged_by) else []
        return max(min(moments) - one.opened, 0) if moments else None


def _review(one: Request) -> bool:
    merged = one.merged or 0
    return any(
        reaction.is_review
        and _is_others(reaction, one)
        and one.opened + _GLANCE <= reaction.at <= merged
        for reaction in one.reactions
    )


def _is_others(reaction: Reaction, one: Request) -> bool:
    return _is_person(reaction.by) and reaction.by != one.author


def _people(requests: Iterable[Request]) -> set[Account]:
    accounts: set[Account | None] = set()
    for one in requests:
        accounts |= {one.author, one.merged_by, *(reaction.by for reaction in one.reactions)}
    return {one for one in accounts if one is not None and _is_person(one)}


def _is_person(account: Account | None) -> bool:
    """Tell whether a person did something; accounts that are gone were people."""
    if account is None:
        return True
    return not account.is_robot and not is_bot(Person(account.login, ""))


def _updates(changes: Requests, until: int) -> list[Request]:
    return [
        one
        for one in changes.newest
        if one.author and is_updater(one.author.login) and one.opened <= until
    ]
