"""Say in words why the server refused something, and which token would be allowed to see it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.github.api import Refusal, RefusalKind
from osmm_scan.sources.github.redaction import REDACTION

_LONGEST_MESSAGE = 200
_SCOPE = re.compile(r"'([a-z_]{2,30}(?::[a-z_]{2,30})?)'")
_ORGANISATION = re.compile(r"/orgs/([A-Za-z0-9-]{1,40})/")

_ADDRESS = (
    "the organisation's list of allowed IP addresses refuses this one; "
    "public facts can still be read without a token"
)

_GRAPHQL_KINDS: Mapping[str, RefusalKind] = {
    "NOT_FOUND": RefusalKind.NOT_FOUND,
    "FORBIDDEN": RefusalKind.FORBIDDEN,
    "INSUFFICIENT_SCOPES": RefusalKind.SCOPES,
    "RESOURCE_LIMITS_EXCEEDED": RefusalKind.TOO_HEAVY,
    "MAX_NODE_LIMIT_EXCEEDED": RefusalKind.TOO_HEAVY,
}

_WORDS: Mapping[RefusalKind, str] = {
    RefusalKind.NOT_FOUND: "not there, or hidden from this token",
    RefusalKind.FORBIDDEN: "this token may not see it",
    RefusalKind.TOO_HEAVY: "too much for the server to compute at once",
    RefusalKind.FAULT: "the server failed",
}


def refusal_of(error: Mapping[str, Any]) -> Refusal:
    """Return what one entry of a GraphQL answer's `errors` refuses."""
    place = error.get("path")
    parts = place if isinstance(place, list) else []
    message = message_of(error)
    kind = _kind(error, message)
    return Refusal(
        tuple(part for part in parts if isinstance(part, str | int)), kind, _said(kind, message)
    )


def rest_refusal(status: int, headers: Mapping[str, str], body: object) -> Unobserved:
    """Return why a REST address cannot be read, with what the server says would be needed."""
    message = message_of(body) if isinstance(body, Mapping) else ""
    missing = Missing.NO_ACCESS
    match status:
        case 401:
            why = "needs a token: set GH_TOKEN or --token-file"
        case 403:
            why = _forbidden(message, headers, body)
        case 404:
            why = _needing("not there, or hidden from this token", headers)
        case 409 if "empty" in message.lower():
            missing, why = Missing.NOT_SUPPORTED, "the repository is empty"
        case 410:
            missing, why = Missing.NOT_SUPPORTED, _joined("switched off or gone", message)
        case 451:
            why = f"blocked for legal reasons{_block(body)}"
        case _:
            missing, why = Missing.FAULT, _joined(f"the server answered {status}", message)
    return Unobserved(missing, why)


def message_of(body: Mapping[str, Any]) -> str:
    """Return the server's own words, shortened, on one line, without a token that it echoes."""
    message = body.get("message")
    words = message.split() if isinstance(message, str) else []
    return REDACTION.clean(" ".join(words))[:_LONGEST_MESSAGE]


def _forbidden(message: str, headers: Mapping[str, str], body: object) -> str:
    if "access blocked" in message.lower():
        return f"blocked by GitHub{_block(body)}"
    if "x-github-sso" in headers:
        return _single_sign_on(headers["x-github-sso"])
    if _is_address(message):
        return _ADDRESS
    return _needing("this token may not see it", headers)


def _kind(error: Mapping[str, Any], message: str) -> RefusalKind:
    extensions = error.get("extensions")
    if isinstance(extensions, Mapping) and extensions.get("saml_failure"):
        return RefusalKind.SSO
    if _is_address(message):
        return RefusalKind.ADDRESS
    return _GRAPHQL_KINDS.get(str(error.get("type")), RefusalKind.FAULT)


def _said(kind: RefusalKind, message: str) -> str:
    match kind:
        case RefusalKind.SCOPES:
            # The scopes that the token has are named after those that it lacks.
            lacking = _SCOPE.findall(message.partition("but your token")[0].partition("one of")[2])
            scopes = " or ".join(sorted(set(lacking)))
            return f"needs a token with the scope {scopes}" if scopes else _joined("scope", message)
        case RefusalKind.SSO:
            return _single_sign_on("")
        case RefusalKind.ADDRESS:
            return _ADDRESS
    return _joined(_WORDS[kind], message)


def _needing(why: str, headers: Mapping[str, str]) -> str:
    permissions = headers.get("x-accepted-github-permissions", "")
    accepted = _names(headers.get("x-accepted-oauth-scopes", ""))
    has_scopes = "x-oauth-scopes" in headers
    lacks_scope = accepted and not accepted & _names(headers.get("x-oauth-scopes", ""))
    if has_scopes and lacks_scope:
        return f"{why}: needs a token with the scope {' or '.join(sorted(accepted))}"
    if permissions and not has_scopes:
        wanted = permissions.replace("=", ": ").replace("; ", " or ").replace(",", ", ")
        return f"{why}: needs a token with the permission {wanted[:_LONGEST_MESSAGE]}"
    return why


def _names(header: str) -> set[str]:
    return {name.strip() for name in header.split(",") if name.strip()}


def _single_sign_on(header: str) -> str:
    # The address in the header carries a request token; the organisation's own page does not.
    found = _ORGANISATION.search(header)
    page = f" on the page /orgs/{found[1]}/sso" if found else " in the settings of the token"
    return f"needs a token authorized for the organisation's single sign-on{page}"


def _is_address(message: str) -> bool:
    return "ip allow list" in message.lower()


def _block(body: object) -> str:
    block = body.get("block") if isinstance(body, Mapping) else None
    reason = block.get("reason") if isinstance(block, Mapping) else None
    return f": {reason[:40]}" if isinstance(reason, str) else ""


def _joined(why: str, message: str) -> str:
    return f"{why}: {message}" if message else why
