"""A host that knows what a test gives it, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.hosting import (
    Account,
    Advisory,
    Nature,
    Protection,
    Reaction,
    Release,
    Request,
    Requests,
)


class FakeHost:
    """Answers by name; what is absent raises `Unobserved`, and so does one given as an answer."""

    def __init__(self, **answers: Any) -> None:
        self._answers = answers

    def _answer(self, name: str) -> Any:
        answer = self._answers.get(name, Unobserved(Missing.NO_ACCESS, f"{name} is hidden"))
        if isinstance(answer, Unobserved):
            raise answer
        return answer

    def nature(self) -> Nature:
        answer: Nature = self._answer("nature")
        return answer

    def protection(self) -> Protection:
        answer: Protection = self._answer("protection")
        return answer

    def topics(self) -> tuple[str, ...]:
        answer: tuple[str, ...] = self._answer("topics")
        return answer

    def changes(self) -> Requests:
        answer: Requests = self._answer("changes")
        return answer

    def issues(self) -> Requests:
        answer: Requests = self._answer("issues")
        return answer

    def releases(self) -> tuple[Release, ...]:
        answer: tuple[Release, ...] = self._answer("releases")
        return answer

    def private_reporting(self) -> bool:
        answer: bool = self._answer("private_reporting")
        return answer

    def advisories(self) -> tuple[Advisory, ...]:
        answer: tuple[Advisory, ...] = self._answer("advisories")
        return answer

    def runs(self) -> tuple[str, ...]:
        answer: tuple[str, ...] = self._answer("runs")
        return answer

    def alerts(self) -> bool:
        answer: bool = self._answer("alerts")
        return answer


def nature(**changes: Any) -> Nature:
    """Return a plain public repository, but for these changes."""
    plain: dict[str, Any] = {
        "visibility": "public",
        "archived": False,
        "fork": False,
        "mirror": False,
        "description": "",
        "has_issues": True,
    }
    return Nature(**plain | changes)


def at(text: str) -> int:
    """Return a day or minute in UTC as seconds since 1970."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def request(
    opened: str = "2026-05-01",
    author: str | None = "olga",
    *reactions: Reaction,
    merged: str | None = None,
    merged_by: str | None = None,
    **more: Any,
) -> Request:
    """Return a request of that day by an outsider."""
    given: dict[str, Any] = {"number": 1, "is_outside": True, "closed": merged and at(merged)}
    return Request(
        **given | more,
        author=(author and Account(author)) or None,
        opened=at(opened),
        merged=at(merged) if merged else None,
        merged_by=Account(merged_by) if merged_by else None,
        reactions=reactions,
    )


def reply(day: str, by: str = "ada", *, robot: bool = False, inside: bool = True) -> Reaction:
    """Return a comment."""
    return Reaction(by=Account(by, robot), at=at(day), is_insider=inside)


def review(day: str, by: str = "ada", *, robot: bool = False) -> Reaction:
    """Return a review."""
    return Reaction(by=Account(by, robot), at=at(day), is_insider=True, is_review=True)


def requests(*newest: Request, has_older: bool = False) -> Requests:
    """Return these requests as the newest ones."""
    return Requests(newest, has_older)
