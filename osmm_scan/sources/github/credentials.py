"""Who asks: nobody, whoever holds a token, or a GitHub App that renews its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from osmm_scan.errors import SourceError, UsageError
from osmm_scan.sources.github.redaction import REDACTION
from osmm_scan.sources.github.tokens import Token, read_token

APP_VARIABLES = (
    "OSMM_SCAN_APP_ID",
    "OSMM_SCAN_APP_PRIVATE_KEY_FILE",
    "OSMM_SCAN_APP_INSTALLATION_ID",
)

_KEY_LIMIT = 100_000
# Renewed this long before its end, so that no clone or query outlives the token.
_MARGIN_SECONDS = 300.0


class Credentials(Protocol):
    """Gives the token to use now."""

    def token(self, exchange: Callable[[str, str], Any], now: float) -> Token | None:
        """Return a token valid at `now`, in the server's seconds since 1970, or None.

        `exchange(path, secret)` posts to a REST path as the bearer of a secret, and returns JSON.
        """


@dataclass(frozen=True, slots=True)
class Given:
    """A token that was handed over, or none."""

    value: Token | None

    def token(self, exchange: Callable[[str, str], Any], now: float) -> Token | None:
        """Return the token."""
        return self.value


@dataclass(slots=True, kw_only=True)
class App:
    """A GitHub App: it proves itself with its private key and gets tokens of one hour."""

    app_id: str
    installation: int
    key: str = field(repr=False)
    _token: Token | None = None
    _expires: float = 0.0

    def token(self, exchange: Callable[[str, str], Any], now: float) -> Token:
        """Return the token of the installation, a new one when the last is about to end."""
        if self._token is None or now > self._expires - _MARGIN_SECONDS:
            path = f"/app/installations/{self.installation}/access_tokens"
            self._token, self._expires = _granted(exchange(path, self._proof()))
            REDACTION.hide(self._token.reveal())
        return self._token

    def _proof(self) -> str:
        import jwt
        from github.Auth import AppAuth

        try:
            proof: str = AppAuth(self.app_id, self.key).create_jwt()
        except (jwt.PyJWTError, ValueError, TypeError) as error:
            raise UsageError(f"{APP_VARIABLES[1]}: no private key in PEM form") from error
        REDACTION.hide(proof)
        return proof


def find_app(environment: Mapping[str, str]) -> App | None:
    """Return the App that the environment names; `UsageError` when it names only half of it."""
    given = {name: environment[name] for name in APP_VARIABLES if environment.get(name)}
    if not given:
        return None
    for name in APP_VARIABLES:
        if name not in given:
            raise UsageError(
                f"{name}: not set, but {next(iter(given))} is; a GitHub App needs both"
            )
    app_id, file, installation = (given[name] for name in APP_VARIABLES)
    if not re.fullmatch(r"[A-Za-z0-9.]{1,60}", app_id):
        raise UsageError(f"{APP_VARIABLES[0]}: no number or client id of a GitHub App")
    if not re.fullmatch(r"[0-9]{1,15}", installation):
        raise UsageError(f"{APP_VARIABLES[2]}: no number of an installation")
    return App(app_id=app_id, installation=int(installation), key=_key(Path(file)))


def _key(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return stream.read(_KEY_LIMIT).decode("ascii", "replace")
    except OSError as error:
        raise UsageError(
            f"{APP_VARIABLES[1]}: {file} cannot be read: {error.strerror or error}"
        ) from error


def _granted(body: Any) -> tuple[Token, float]:
    try:
        token = read_token(body["token"], "the token for the App")
        expires = datetime.fromisoformat(body["expires_at"]).astimezone(UTC).timestamp()
    except (KeyError, TypeError, ValueError, UsageError) as error:
        raise SourceError("the server granted the App no token in the form expected") from error
    return token, expires
