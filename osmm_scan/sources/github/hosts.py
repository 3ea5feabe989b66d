"""Which GitHub: github.com, an enterprise on ghe.com, or GitHub Enterprise Server."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class HostKind(StrEnum):
    """The three kinds of server, which differ in addresses and in what they know."""

    GITHUB = "github.com"
    GHE = "ghe.com"
    SERVER = "GitHub Enterprise Server"


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """The addresses of a server, without a slash at the end, and its version when it told one."""

    kind: HostKind
    web: str
    rest: str
    graphql: str
    version: str | None = None
