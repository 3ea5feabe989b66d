"""Whatever goes wrong at the server is asked again or said, and never taken for facts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import requests
import responses

from osmm_scan.errors import SourceError, Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.github.api import RefusalKind
from osmm_scan.sources.github.hosts import GITHUB, HostKind
from tests.sources.github.network import GRAPHQL, REST, FakeClock, answer, client, date, viewer

HTML = {"body": "<html>Sign in</html>", "content_type": "text/html"}
WRONG = {"message": "Something went wrong while executing your query. Timeout."}


@pytest.mark.parametrize(
    ("fault", "missing", "why", "requests_sent"),
    [
        pytest.param({"status": 502, "json": {}}, Missing.TRUNCATED, "502", 4, id="bad gateway"),
        pytest.param({"status": 504, **HTML}, Missing.TRUNCATED, "504", 4, id="time-out as a page"),
        pytest.param({"status": 503, "json": {}}, Missing.FAULT, "503", 4, id="unavailable"),
        pytest.param({"status": 200, **HTML}, Missing.FAULT, "text/html", 2, id="a page for data"),
        pytest.param(
            {"body": '{"a', "content_type": "application/json"},
            Missing.FAULT,
            "3 bytes",
            2,
            id="half of JSON",
        ),
        pytest.param(
            {"body": "[" * 200_000, "content_type": "application/json"},
            Missing.FAULT,
            "unexpected",
            2,
            id="nested without an end",
        ),
        pytest.param({"json": None}, Missing.FAULT, "unexpected", 2, id="null"),
        pytest.param({"json": "text"}, Missing.FAULT, "unexpected", 2, id="a word"),
        pytest.param(
            {"status": 202, "json": {}},
            Missing.FAULT,
            "still computing",
            4,
            id="computing for ever",
        ),
        pytest.param({"status": 204, "body": ""}, None, "", 1, id="no content is an answer"),
        pytest.param(
            {"status": 409, "json": {"message": "Git Repository is empty."}},
            Missing.NOT_SUPPORTED,
            "is empty",
            1,
            id="an empty repository",
        ),
        pytest.param(
            {"status": 410, "json": {"message": "Issues are disabled"}},
            Missing.NOT_SUPPORTED,
            "switched off",
            1,
            id="switched off",
        ),
        pytest.param(
            {"status": 451, "json": {"block": {"reason": "dmca"}}},
            Missing.NO_ACCESS,
            "legal reasons: dmca",
            1,
            id="taken down",
        ),
        pytest.param(
            {
                "status": 403,
                "json": {"message": "Repository access blocked", "block": {"reason": "tos"}},
            },
            Missing.NO_ACCESS,
            "by GitHub: tos",
            1,
            id="against the terms",
        ),
        pytest.param(
            {"status": 404, **HTML}, Missing.FAULT, "not GitHub's: 404", 2, id="another server"
        ),
        pytest.param(
            {"status": 422, "json": {"message": "Only 1000"}},
            Missing.FAULT,
            "422: Only 1000",
            1,
            id="a question not understood",
        ),
    ],
)
@responses.activate
def test_a_rest_fault_is_said(
    fault: dict[str, Any], missing: Missing | None, why: str, requests_sent: int
) -> None:
    responses.get(f"{REST}/user", **fault)

    seen = _outcome(lambda: client().get("/user"))

    assert seen[0] == missing
    assert why in seen[1]
    assert len(responses.calls) == requests_sent


def _outcome(ask: Any) -> tuple[Missing | None, str]:
    try:
        return None, str(ask())
    except Unobserved as reason:
        return reason.missing, reason.why


@pytest.mark.parametrize(
    ("headers", "message", "why"),
    [
        pytest.param({}, "Not here", "this token may not see it", id="no hint"),
        pytest.param(
            {"x-accepted-github-permissions": "administration=read"},
            "Resource not accessible by personal access token",
            "this token may not see it: needs a token with the permission administration: read",
            id="a permission",
        ),
        pytest.param(
            {"x-accepted-oauth-scopes": "admin:org, read:org", "x-oauth-scopes": "repo"},
            "Must have admin rights",
            "this token may not see it: needs a token with the scope admin:org or read:org",
            id="a scope",
        ),
        pytest.param(
            {"x-accepted-oauth-scopes": "repo", "x-oauth-scopes": "repo, gist"},
            "Must have admin rights",
            "this token may not see it",
            id="the scope is there, the role is not",
        ),
        pytest.param(
            {"x-github-sso": "required; url=https://github.com/orgs/acme/sso?authorization=X9"},
            "Resource protected by organization SAML enforcement.",
            "needs a token authorized for the organisation's single sign-on "
            "on the page /orgs/acme/sso",
            id="single sign-on",
        ),
        pytest.param(
            {},
            "Although you appear to have the correct authorization credentials, the organization "
            "has an IP allow list enabled, and 192.0.2.1 is not permitted.",
            "the organisation's list of allowed IP addresses refuses this one; "
            "public facts can still be read without a token",
            id="allowed addresses",
        ),
    ],
)
@responses.activate
def test_a_refusal_names_what_would_be_needed(
    headers: dict[str, str], message: str, why: str
) -> None:
    responses.get(f"{REST}/orgs/acme", status=403, json={"message": message}, headers=headers)

    with pytest.raises(Unobserved) as reason:
        client().get("/orgs/acme")

    assert (reason.value.missing, reason.value.why) == (Missing.NO_ACCESS, why)


@pytest.mark.parametrize(
    ("message", "why"),
    [
        pytest.param("Bad credentials", "refuses the token", id="revoked"),
        pytest.param("'exp' is too far in the future", "set the clock", id="a wrong clock"),
    ],
)
@responses.activate
def test_a_refused_token_ends_the_scan(message: str, why: str) -> None:
    responses.get(f"{REST}/user", status=401, json={"message": message}, headers={"date": date()})

    with pytest.raises(SourceError, match=why):
        client().get("/user")


@pytest.mark.parametrize(
    ("error", "raised", "why"),
    [
        pytest.param(requests.exceptions.SSLError("x"), SourceError, "certificate", id="TLS"),
        pytest.param(requests.exceptions.ProxyError("u:p@x"), SourceError, "proxy", id="proxy"),
        pytest.param(requests.exceptions.ReadTimeout("x"), Unobserved, "in time", id="silence"),
        pytest.param(requests.ConnectionError("x"), Unobserved, "be reached", id="no network"),
        pytest.param(
            requests.exceptions.ChunkedEncodingError("x"), Unobserved, "broke off", id="broken off"
        ),
    ],
)
@responses.activate
def test_no_answer_is_said(error: Exception, raised: type[Exception], why: str) -> None:
    responses.get(f"{REST}/user", body=error)

    with pytest.raises(raised, match=why) as reason:
        client().get("/user")

    assert "u:p" not in str(reason.value)


@responses.activate
def test_a_list_comes_whole() -> None:
    link = f'<{GITHUB.rest}/repositories/7/x?page=2>; rel="next", <{GITHUB.rest}/z>; rel="last"'
    responses.get(f"{REST}/repos/acme/a/x", json=[1, 2], headers={"link": link})
    responses.get(f"{REST}/repositories/7/x?page=2", json=[3])

    assert client().get("/repos/acme/a/x") == [1, 2, 3]


@pytest.mark.parametrize(
    ("following", "why"),
    [
        pytest.param("https://evil.example/x", "another server", id="another server"),
        pytest.param("https://api.github.com.evil.example/x", "another server", id="look-alike"),
        pytest.param(f"{GITHUB.rest}/user", "longer than 20 pages", id="a circle"),
    ],
)
@responses.activate
def test_a_list_that_leads_astray_is_no_list(following: str, why: str) -> None:
    responses.get(f"{REST}/user", json=[1], headers={"link": f'<{following}>; rel="next"'})

    with pytest.raises(Unobserved, match=why):
        client().get("/user")

    assert {call.request.url for call in responses.calls} == {f"{REST}/user"}


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/repos/../../user", id="upwards"),
        pytest.param("/repos/acme/a?x=1", id="a query"),
        pytest.param("/repos/acme/a b", id="a space"),
        pytest.param("https://evil.example/user", id="an address"),
        pytest.param("/repos//a", id="no name"),
    ],
)
def test_a_hostile_name_makes_no_address(path: str) -> None:
    with pytest.raises(Unobserved, match="no address"):
        client().get(path)


@responses.activate
def test_a_failure_that_passes_leaves_no_trace() -> None:
    for status in (500, 502, 503):
        responses.get(f"{REST}/user", status=status, json={})
    responses.get(f"{REST}/user", json={"login": "me"})
    clock = FakeClock()
    api = client(clock)

    assert api.get("/user") == {"login": "me"}
    assert clock.waits == [2, 4, 8]
    assert api.spent.retries == 3


@pytest.mark.parametrize(
    ("error", "kind", "message"),
    [
        pytest.param(
            {"type": "NOT_FOUND", "message": "Could not resolve to an Organization"},
            RefusalKind.NOT_FOUND,
            "not there, or hidden from this token: Could not resolve to an Organization",
            id="not found",
        ),
        pytest.param(
            {"type": "FORBIDDEN", "message": "no", "extensions": {"saml_failure": True}},
            RefusalKind.SSO,
            "needs a token authorized for the organisation's single sign-on "
            "in the settings of the token",
            id="single sign-on",
        ),
        pytest.param(
            {"type": "FORBIDDEN", "message": "Resource not accessible by integration"},
            RefusalKind.FORBIDDEN,
            "this token may not see it: Resource not accessible by integration",
            id="forbidden",
        ),
        pytest.param(
            {"type": "FORBIDDEN", "message": "The organization has an IP allow list enabled"},
            RefusalKind.ADDRESS,
            "the organisation's list of allowed IP addresses refuses this one; "
            "public facts can still be read without a token",
            id="allowed addresses",
        ),
        pytest.param(
            {"type": "SERVICE_UNAVAILABLE", "message": "try\nlater"},
            RefusalKind.FAULT,
            "the server failed: try later",
            id="a kind we do not know",
        ),
    ],
)
@responses.activate
def test_a_refused_part_leaves_the_rest(
    error: dict[str, Any], kind: RefusalKind, message: str
) -> None:
    data = {"rateLimit": {"cost": 1}, "viewer": None}
    responses.post(GRAPHQL, **answer(data, {"path": ["viewer"], **error}))

    got = client().ask("Viewer")

    assert got.at("rateLimit", "cost") == 1
    assert [(one.kind, one.message) for one in got.refusals] == [(kind, message)]
    with pytest.raises(Unobserved):
        got.at("viewer", "login")


@responses.activate
def test_a_lacking_scope_is_named() -> None:
    message = (
        "Your token has not been granted the required scopes to execute this query. The 'teams' "
        "field requires one of the following scopes: ['read:org', 'read:discussion'], but your "
        "token has only been granted the: ['gist', 'repo'] scopes."
    )
    responses.post(GRAPHQL, **answer(None, {"type": "INSUFFICIENT_SCOPES", "message": message}))

    with pytest.raises(Unobserved, match=r"the scope read:discussion or read:org$") as reason:
        client().ask("Viewer")

    assert reason.value.missing is Missing.NO_ACCESS


@responses.activate
def test_what_was_too_heavy_keeps_what_came() -> None:
    error = {"type": "RESOURCE_LIMITS_EXCEEDED", "message": "limits", "path": ["viewer"]}
    responses.post(GRAPHQL, **answer({"rateLimit": {"cost": 9}, "viewer": None}, error))

    got = client().ask("Viewer")

    assert got.at("rateLimit", "cost") == 9
    assert got.refused("viewer", "login") is not None
    assert len(responses.calls) == 2


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"data": "<html>"}, id="data is a word"),
        pytest.param({"data": None}, id="nothing at all"),
        pytest.param([], id="a list"),
        pytest.param({"data": {}, "errors": "many"}, id="errors are a word"),
    ],
)
@responses.activate
def test_a_misshapen_answer_is_a_fault(body: Any) -> None:
    responses.post(GRAPHQL, json=body)

    with pytest.raises(Unobserved, match="unexpected answer") as reason:
        client().ask("Viewer")

    assert reason.value.missing is Missing.FAULT


@responses.activate
def test_a_server_without_limits_counts_one_point() -> None:
    responses.post(GRAPHQL, **answer({"rateLimit": None, "viewer": {"login": "me"}}))
    api = client()

    api.rights()

    assert api.spent.points == 1


@responses.activate
def test_a_question_that_is_never_understood_is_not_supported() -> None:
    error = {"message": "Expected type", "extensions": {"code": "argumentLiteralsIncompatible"}}
    schema = {"types": [{"name": "Query", "fields": [_field("viewer", "User")]}, _USER]}
    responses.post(GRAPHQL, **answer(None, error))
    responses.post(GRAPHQL, **answer({"__schema": schema}))
    responses.post(GRAPHQL, **answer(None, error))

    with pytest.raises(Unobserved, match="does not understand the operation Viewer") as reason:
        client().ask("Viewer")

    assert reason.value.missing is Missing.NOT_SUPPORTED
    assert len(responses.calls) == 3


def _field(name: str, kind: str) -> dict[str, Any]:
    return {"name": name, "args": [], "type": {"name": kind, "ofType": None}}


_USER = {"name": "User", "fields": [_field("login", "String")]}


@pytest.mark.parametrize(
    "schema", [None, {}, {"types": [1]}, {"types": [{"name": "Query", "fields": [{}]}]}]
)
@responses.activate
def test_a_misshapen_schema_is_a_fault(schema: Any) -> None:
    responses.post(GRAPHQL, **answer({"__schema": schema}))

    with pytest.raises(Unobserved, match="unexpected answer") as reason:
        client(host=replace(GITHUB, kind=HostKind.SERVER)).ask("Viewer")

    assert reason.value.missing is Missing.FAULT


@responses.activate
def test_a_misshapen_field_is_a_fault() -> None:
    responses.post(GRAPHQL, **answer({"rateLimit": {"cost": "lots"}, "viewer": ["me"]}))

    with pytest.raises(Unobserved, match=r"no viewer\.login"):
        client().rights()


@responses.activate
def test_something_went_wrong_is_tried_again() -> None:
    responses.post(GRAPHQL, **answer(None, WRONG))
    responses.post(GRAPHQL, **viewer())

    assert client().rights().login == "me"


def test_nobody_is_told_to_get_a_token() -> None:
    with pytest.raises(Unobserved, match="set GH_TOKEN"):
        client(token=None).ask("Viewer")


@responses.activate
def test_a_renamed_address_is_followed_with_its_query() -> None:
    responses.get(
        f"{REST}/repos/old/name/issues",
        status=301,
        headers={"location": "https://api.github.com/repositories/7/issues?state=all"},
        json={},
    )
    responses.get(
        "https://api.github.com/repositories/7/issues",
        match=[responses.matchers.query_param_matcher({"state": "all"})],
        json=[1],
    )

    assert client().get("/repos/old/name/issues", state="all") == [1]


@pytest.mark.parametrize(
    "location",
    [
        pytest.param("https://evil.example/user", id="another server"),
        pytest.param("http://api.github.com/user", id="in the clear"),
        pytest.param("https://api.github.com:8443/user", id="another port"),
        pytest.param("https://api.github.com:port/user", id="no address"),
        pytest.param("//evil.example/user", id="another server, same scheme"),
    ],
)
@responses.activate
def test_a_redirect_elsewhere_gets_nothing(location: str) -> None:
    responses.get(f"{REST}/user", status=302, headers={"location": location}, json={})

    with pytest.raises(Unobserved, match="redirects to another one"):
        client().get("/user")

    assert {call.request.url for call in responses.calls} == {f"{REST}/user"}


@responses.activate
def test_a_redirect_to_itself_ends() -> None:
    responses.get(f"{REST}/user", status=307, headers={"location": f"{REST}/user"}, json={})

    with pytest.raises(Unobserved, match="without an end"):
        client().get("/user")
