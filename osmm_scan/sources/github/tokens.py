"""Tokens: where one is found, which kind it is, and that its value shows nowhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from osmm_scan.errors import UsageError
from osmm_scan.sources.github.hosts import Host, HostKind

VARIABLES = ("GH_TOKEN", "GITHUB_TOKEN", "GITHUB_AUTH_TOKEN")
ENTERPRISE_VARIABLES = ("GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN")

_FILE_LIMIT = 10_000
_SHAPE = re.compile(r"[A-Za-z0-9_.~+/=-]{8,2000}")


class TokenKind(StrEnum):
    """What a token was made as; each kind sees and spends differently."""

    CLASSIC = "classic personal access token"
    FINE_GRAINED = "fine-grained personal access token"
    APP = "GitHub App installation token"
    APP_USER = "GitHub App user token"
    OAUTH = "OAuth app token"
    UNKNOWN = "token of unknown kind"


_PREFIXES: Mapping[str, TokenKind] = {
    "ghp_": TokenKind.CLASSIC,
    "github_pat_": TokenKind.FINE_GRAINED,
    "ghs_": TokenKind.APP,
    "ghu_": TokenKind.APP_USER,
    "gho_": TokenKind.OAUTH,
}


@dataclass(frozen=True, slots=True)
class Token:
    """A secret. Only `reveal()` gives the value; printing shows the kind."""

    kind: TokenKind
    _value: str = field(repr=False)

    def reveal(self) -> str:
        """Return the value, for a header or an environment of a child only."""
        return self._value

    def __str__(self) -> str:
        return f"<{self.kind}>"


def read_token(text: str, where: str) -> Token:
    """Return the token that a text is; `UsageError` names the place, never the text."""
    if not text:
        raise UsageError(f"{where}: the token is empty; unset it or give a token")
    for wrong, name in (
        ("\n", "a line break"),
        ('"', "a quote"),
        ("'", "a quote"),
        (" ", "a space"),
    ):
        if wrong in text:
            raise UsageError(f"{where}: the token holds {name}; give the token alone")
    if not _SHAPE.fullmatch(text):
        raise UsageError(f"{where}: this is no token of GitHub: wrong characters or length")
    return Token(_kind(text), text)


def find_token(environment: Mapping[str, str], host: Host, file: Path | None) -> Token | None:
    """Return the token to use on a host: of a file, else of the environment, else None."""
    if file is not None:
        if _kind(file.name) is not TokenKind.UNKNOWN and not file.exists():
            raise UsageError("--token-file: give the name of a file with the token in it")
        return read_token(_content(file).strip("\r\n"), str(file))
    first = ENTERPRISE_VARIABLES if host.kind is not HostKind.GITHUB else ()
    for name in (*first, *VARIABLES):
        if name in environment:
            return read_token(environment[name], name)
    return None


def _kind(text: str) -> TokenKind:
    for prefix, kind in _PREFIXES.items():
        if text.startswith(prefix):
            return kind
    # Tokens made before April 2021 have no prefix.
    return TokenKind.CLASSIC if re.fullmatch(r"[0-9a-f]{40}", text) else TokenKind.UNKNOWN


def _content(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return stream.read(_FILE_LIMIT).decode("utf-8", "replace")
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror or error}") from error
