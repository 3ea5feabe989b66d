"""A GitHub App proves itself with its key, and its token is renewed before it ends."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import responses
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from osmm_scan.errors import SourceError, UsageError
from osmm_scan.sources.github.client import Client
from osmm_scan.sources.github.credentials import APP_VARIABLES, App, find_app
from osmm_scan.sources.github.hosts import GITHUB
from osmm_scan.sources.github.limits import Budget
from tests.sources.github.network import NOW, REST, FakeClock, date

GRANT = f"{REST}/app/installations/7/access_tokens"


@pytest.fixture(scope="module")
def key() -> str:
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return made.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    ).decode()


def _app(key: str, tmp_path: Path) -> App:
    file = tmp_path / "key.pem"
    file.write_text(key, encoding="ascii")
    app = find_app(dict(zip(APP_VARIABLES, ("12", str(file), "7"), strict=True)))
    assert app is not None
    return app


def _granted(letter: str, seconds: float) -> dict[str, object]:
    ends = datetime.fromtimestamp(NOW + seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    body = {"token": "ghs_" + letter * 36, "expires_at": ends}
    return {"status": 201, "json": body, "headers": {"date": date()}}


@responses.activate
def test_a_token_is_granted_once_and_renewed_before_it_ends(key: str, tmp_path: Path) -> None:
    responses.post(GRANT, **_granted("a", 3600))
    responses.post(GRANT, **_granted("b", 7200))
    responses.get(f"{REST}/user", json={}, headers={"date": date()})
    clock = FakeClock()
    api = Client(GITHUB, _app(key, tmp_path), Budget(), clock)

    api.get("/user")
    api.get("/user")
    clock.now += 3400
    api.get("/user")

    sent = [call.request.headers["Authorization"] for call in responses.calls]
    assert [value[:12] for value in sent[1:3]] == ["Bearer ghs_a"] * 2
    assert [len(responses.calls), sent[-1][:12]] == [5, "Bearer ghs_b"]
    assert sent[0].startswith("Bearer ey")


def test_the_key_shows_nowhere(key: str, tmp_path: Path) -> None:
    assert "PRIVATE KEY" not in repr(_app(key, tmp_path))


def test_no_app_is_named() -> None:
    assert find_app({}) is None


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        pytest.param({"OSMM_SCAN_APP_ID": ""}, "APP_ID: not set", id="half of it"),
        pytest.param({"OSMM_SCAN_APP_ID": "a b"}, "APP_ID: no number", id="no id"),
        pytest.param({"OSMM_SCAN_APP_INSTALLATION_ID": "x"}, "no number", id="no installation"),
        pytest.param(
            {"OSMM_SCAN_APP_PRIVATE_KEY_FILE": "/nowhere/key.pem"}, "cannot be read", id="no file"
        ),
    ],
)
def test_a_wrong_setting_is_named(
    changed: dict[str, str], why: str, key: str, tmp_path: Path
) -> None:
    file = tmp_path / "key.pem"
    file.write_text(key, encoding="ascii")
    right = dict(zip(APP_VARIABLES, ("12", str(file), "7"), strict=True))

    with pytest.raises(UsageError, match=why):
        find_app({**right, **changed})


def test_a_file_that_holds_no_key_is_named() -> None:
    app = App(app_id="1", installation=7, key="hello")

    with pytest.raises(UsageError, match="no private key"):
        app.token(lambda path, secret: {}, NOW)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        pytest.param({"status": 404, "json": {"message": "Not Found"}}, "not there", id="gone"),
        pytest.param(
            {"status": 401, "json": {"message": "'exp' claim is too far"}}, "clock", id="clock"
        ),
        pytest.param({"status": 201, "json": {"token": 1}}, "in the form", id="no token"),
        pytest.param({"status": 201, "json": []}, "in the form", id="a list"),
    ],
)
@responses.activate
def test_an_app_without_a_token_ends_the_scan(
    answer: dict[str, object], why: str, key: str, tmp_path: Path
) -> None:
    responses.post(GRANT, **answer)
    api = Client(GITHUB, _app(key, tmp_path), Budget(), FakeClock())

    with pytest.raises(SourceError, match=why):
        api.get("/user")
