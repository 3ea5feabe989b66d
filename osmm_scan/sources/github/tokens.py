"""Tokens: which kind one is, and that its value shows nowhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class TokenKind(StrEnum):
    """What a token was made as; each kind sees and spends differently."""

    CLASSIC = "classic personal access token"
    FINE_GRAINED = "fine-grained personal access token"
    APP = "GitHub App installation token"
    APP_USER = "GitHub App user token"
    OAUTH = "OAuth app token"
    UNKNOWN = "token of unknown kind"


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
