"""Judge what came back: data, a request to wait, a failure worth another try, or a refusal.

An answer is a fact only when it is JSON of the shape that was asked for; all else is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from osmm_scan.errors import SourceError
from osmm_scan.sources.github.api import Answer, Refusal, RefusalKind
from osmm_scan.sources.github.limits import Limited
from osmm_scan.sources.github.refusals import message_of, refusal_of, rest_refusal
from osmm_scan.sources.github.transport import Response

_HEAVY = {502, 504}
_FAILED = {500, 503}
_SECONDARY = ("secondary rate limit", "abuse detection", "submitted too quickly")
_PRIMARY = "api rate limit exceeded"
_NEXT = re.compile(r'<([^<>]{1,2000})>; rel="next"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """The server failed; the same question may succeed in `tries` more tries.

    A heavy one should be asked in parts. `partial` is what came all the same.
    """

    why: str
    tries: int = 3
    is_heavy: bool = False
    partial: Answer | None = None


class Outdated(Exception):
    """The server does not understand the operation, mostly for a name that it does not know."""


@dataclass(frozen=True, slots=True)
class Content:
    """The JSON of a REST address, and the address at which a list goes on."""

    value: Any
    following: str | None = None


def judge_rest(response: Response) -> Content | Limited | Failed:
    """Return what a REST answer means; raises `Unobserved` when it is refused."""
    early = _early(response)
    if early is not None:
        return early
    body = response.content
    if response.status == 204:
        return Content(None)
    if response.status == 202:
        return Failed(why="the server is still computing the answer")
    if not 200 <= response.status < 300:
        raise rest_refusal(response.status, response.headers, body)
    if not isinstance(body, dict | list):
        return _unreadable(response)
    link = _NEXT.search(response.headers.get("link", ""))
    return Content(body, link[1] if link and isinstance(body, list) else None)


def judge_graphql(response: Response) -> Answer | Limited | Failed:
    """Return what a GraphQL answer means; raises `Unobserved` when all of it is refused.

    Raises `Outdated` when the server does not know some name in the question.
    """
    early = _early(response)
    if early is not None:
        return early
    body = response.content
    if response.status != 200:
        raise rest_refusal(response.status, response.headers, body)
    if not isinstance(body, dict) or not _is_shaped(body):
        said = [body] if isinstance(body, dict) else []
        return _asks_to_wait(said, response.headers) or _unreadable(response)
    errors = [error for error in body.get("errors") or [] if isinstance(error, dict)]
    limited = _asks_to_wait(errors, response.headers)
    return limited or _judged(body.get("data"), errors)


def cost(response: Response) -> int:
    """Return the points that an answer cost; one where the server does not tell."""
    body = response.content
    data = body.get("data") if isinstance(body, dict) else None
    limit = data.get("rateLimit") if isinstance(data, dict) else None
    points = limit.get("cost") if isinstance(limit, dict) else None
    return max(points, 1) if isinstance(points, int) else 1


def _judged(data: Mapping[str, Any] | None, errors: list[dict[str, Any]]) -> Answer | Failed:
    if data is None and any(_is_about_the_question(error) for error in errors):
        raise Outdated
    refusals = tuple(refusal_of(error) for error in errors)
    if any(one.kind is RefusalKind.TOO_HEAVY for one in refusals):
        partial = Answer(data, refusals) if data else None
        return Failed(why=_first(refusals), is_heavy=True, tries=1, partial=partial)
    if data is None:
        if all(one.kind is RefusalKind.FAULT for one in refusals):
            # GitHub says "something went wrong" when a query runs into its ten seconds.
            return Failed(why=_first(refusals), is_heavy=True)
        raise next(one for one in refusals if one.kind is not RefusalKind.FAULT).unobserved()
    return Answer(data, refusals)


def _early(response: Response) -> Limited | Failed | None:
    """Return what the status alone tells; raises `SourceError` when the token is refused."""
    body = response.content
    message = message_of(body).lower() if isinstance(body, dict) else ""
    if response.status in {403, 429} and (limited := _limited(response, message)):
        return limited
    if response.status == 401 and "requires authentication" not in message:
        raise SourceError(_bad_token(response, message))
    if response.status in _HEAVY:
        return Failed(why=f"the server answered {response.status}", is_heavy=True)
    if response.status in _FAILED:
        return Failed(why=f"the server answered {response.status}")
    if body is None and response.status != 204:
        # GitHub says everything in JSON; what does not is a portal, a proxy or another server.
        return _unreadable(response)
    return None


def _limited(response: Response, message: str) -> Limited | None:
    headers = response.headers
    if any(text in message for text in _SECONDARY):
        return Limited(True, headers)
    if headers.get("x-ratelimit-remaining") == "0" or _PRIMARY in message:
        return Limited(False, headers)
    if "retry-after" in headers or response.status == 429:
        return Limited(True, headers)
    return None


def _bad_token(response: Response, message: str) -> str:
    date = response.headers.get("date", "unknown")
    if "'exp'" in message or "'iat'" in message:
        return f"the clock of this machine is wrong: the server's says {date}; set the clock"
    return "the server refuses the token: expired, revoked, of another server, or mistyped"


def _asks_to_wait(
    errors: Iterable[Mapping[str, Any]], headers: Mapping[str, str]
) -> Limited | None:
    for error in errors:
        message = message_of(error).lower()
        if any(text in message for text in _SECONDARY):
            return Limited(True, headers)
        if error.get("type") in {"RATE_LIMITED", "RATE_LIMIT"} or _PRIMARY in message:
            return Limited(False, headers)
    return None


def _is_about_the_question(error: Mapping[str, Any]) -> bool:
    """Tell whether an error says that the question itself is wrong, as with an unknown field."""
    extensions = error.get("extensions")
    return isinstance(extensions, dict) and isinstance(extensions.get("code"), str)


def _is_shaped(body: Mapping[str, Any]) -> bool:
    data, errors = body.get("data"), body.get("errors")
    return (isinstance(data, dict) or (data is None and bool(errors))) and (
        errors is None or isinstance(errors, list)
    )


def _unreadable(response: Response) -> Failed:
    kind = response.headers.get("content-type", "nothing").partition(";")[0][:40]
    what = f"{response.status}, {response.size} bytes of {kind}"
    return Failed(why=f"unexpected answer, not GitHub's: {what}", tries=1)


def _first(refusals: tuple[Refusal, ...]) -> str:
    return refusals[0].message if refusals else "the server failed"
