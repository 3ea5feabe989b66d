"""A token is found in the order users know, refused when malformed, and shown nowhere."""

from __future__ import annotations

import base64
import logging
import traceback
from pathlib import Path
from urllib.parse import quote

import pytest
import responses
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.errors import UsageError
from osmm_scan.sources.github.hosts import GITHUB, Host, host_of
from osmm_scan.sources.github.redaction import MASK, Redaction
from osmm_scan.sources.github.tokens import Token, TokenKind, find_token, read_token
from tests.sources.github.network import REST, TOKEN, client

ENTERPRISE = host_of("https://git.example.org", "test")
A, B, C = ("ghp_" + letter * 36 for letter in "abc")


@pytest.mark.parametrize(
    ("environment", "host", "found"),
    [
        pytest.param({}, GITHUB, None, id="none"),
        pytest.param({"GH_ENTERPRISE_TOKEN": A}, GITHUB, None, id="of another server"),
        pytest.param({"GITHUB_AUTH_TOKEN": A}, GITHUB, A, id="the last name"),
        pytest.param({"GITHUB_TOKEN": B, "GITHUB_AUTH_TOKEN": A}, GITHUB, B, id="the second"),
        pytest.param({"GITHUB_TOKEN": B, "GH_TOKEN": C}, GITHUB, C, id="the first"),
        pytest.param(
            {"GH_TOKEN": A, "GITHUB_ENTERPRISE_TOKEN": B}, ENTERPRISE, B, id="an enterprise"
        ),
        pytest.param({"GH_TOKEN": A}, ENTERPRISE, A, id="an enterprise without its own"),
    ],
)
def test_a_token_is_found_in_order(
    environment: dict[str, str], host: Host, found: str | None
) -> None:
    token = find_token(environment, host, None)

    assert (token.reveal() if token else None) == found


def test_a_file_comes_before_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"{A}\n", encoding="utf-8")

    token = find_token({"GH_TOKEN": B}, GITHUB, file)

    assert token is not None
    assert token.reveal() == A


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="absent: cannot be read"):
        find_token({}, GITHUB, tmp_path / "absent")


def test_a_token_in_place_of_a_file_is_not_shown() -> None:
    with pytest.raises(UsageError, match="name of a file") as refused:
        find_token({}, GITHUB, Path(A))

    assert A not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("", "is empty", id="empty"),
        pytest.param(f"{A}\n", "a line break", id="line break"),
        pytest.param(f'"{A}"', "a quote", id="quotes"),
        pytest.param(f"{A} ", "a space", id="space"),
        pytest.param("gh", "no token", id="too short"),
        pytest.param(A + "\x00", "no token", id="NUL"),
        pytest.param(A + "é", "no token", id="not ASCII"),
    ],
)
def test_a_malformed_token_is_refused_without_showing_it(text: str, why: str) -> None:
    with pytest.raises(UsageError, match=why) as refused:
        read_token(text, "GH_TOKEN")

    assert A not in str(refused.value)
    assert str(refused.value).startswith("GH_TOKEN: ")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("something-else-entirely", TokenKind.UNKNOWN, id="no prefix"),
        pytest.param("0123456789abcdef" * 2 + "01234567", TokenKind.CLASSIC, id="before 2021"),
        pytest.param(A, TokenKind.CLASSIC, id="classic"),
        pytest.param("github_pat_" + "a" * 60, TokenKind.FINE_GRAINED, id="fine-grained"),
        pytest.param("ghs_" + "a" * 36, TokenKind.APP, id="App"),
        pytest.param("ghu_" + "a" * 36, TokenKind.APP_USER, id="user of an App"),
        pytest.param("gho_" + "a" * 36, TokenKind.OAUTH, id="OAuth"),
    ],
)
def test_the_kind_of_a_token_is_told(text: str, kind: TokenKind) -> None:
    assert read_token(text, "x").kind is kind


def test_a_token_prints_as_its_kind() -> None:
    token = Token(TokenKind.CLASSIC, A)

    assert A not in f"{token} {token!r} {[token]}"


@given(before=st.binary(max_size=9), after=st.binary(max_size=9))
def test_no_form_of_a_secret_passes_the_filter(before: bytes, after: bytes) -> None:
    redaction = Redaction()
    redaction.hide(A)
    coded = base64.b64encode(before + A.encode() + after).decode()

    assert MASK in redaction.clean(coded)
    assert A.encode() not in base64.b64decode(redaction.clean(coded).replace(MASK, "AAAA") + "==")


def test_messages_arguments_and_traces_are_masked(caplog: pytest.LogCaptureFixture) -> None:
    redaction = Redaction()
    secret = "gh/p+" + "x" * 20
    redaction.hide(secret)
    caplog.handler.addFilter(redaction)
    log = logging.getLogger("osmm_scan.tests")

    try:
        raise ValueError(f"https://x-access-token:{secret}@example.org")
    except ValueError:
        log.warning("asked %s and %s", secret, quote(secret, safe=""), exc_info=True)
    caplog.handler.removeFilter(redaction)

    assert "x" * 20 not in caplog.text
    assert caplog.text.count(MASK) == 3


@responses.activate
def test_nothing_that_a_client_shows_holds_its_token(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    responses.get(f"{REST}/user", status=500, json={"message": "x"})
    api = client()

    shown = [repr(api), str(vars(api)), repr(api.token)]
    try:
        api.get("/user")
    except Exception as error:
        shown.append("".join(traceback.format_exception(error)))

    assert len(shown) == 4
    assert TOKEN.reveal() not in " ".join([*shown, caplog.text])
    assert responses.calls[0].request.headers["Authorization"] == f"Bearer {TOKEN.reveal()}"
