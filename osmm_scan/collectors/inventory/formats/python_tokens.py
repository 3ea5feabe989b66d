"""Split Python source into names, strings and signs, in time linear in its length.

The tokenizer of the standard library takes cubic time for some hostile texts, and a syntax tree can
exhaust the stack; for looking up literals neither is needed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from osmm_scan.collectors.studies.structured import Malformed

# No alternative gives back what it has taken, so every character is looked at a few times at most.
# Groups are atomic and not possessive, which Python before 3.11.5 gets wrong (cpython#106052).
_TOKEN = re.compile(
    r"""
      (?P<layout>[\s\\]++|\#[^\n]*+)
    | (?P<string>[rRbBuUfF]{0,2}(?:
          \"\"\"(?>(?:[^"\\]|\\.|"(?!""))*)(?:\"\"\"|(?P<cut_off>\Z))
        | '''(?>(?:[^'\\]|\\.|'(?!''))*)(?:'''|(?P<cut_off_too>\Z))
        | "(?>(?:[^"\\\n]|\\.)*)"?+
        | '(?>(?:[^'\\\n]|\\.)*)'?+
      ))
    | (?P<name>\w++)
    | (?P<sign>\*\*|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_LITERAL = re.compile(r"[uUrR]?('''|\"\"\"|'|\")(.*)\1", re.DOTALL)


class TokenKind(StrEnum):
    """What a token is."""

    NAME = "name"
    STRING = "string"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Token:
    """One token as it is written, and its line."""

    kind: TokenKind
    text: str
    line: int

    @property
    def literal(self) -> str | None:
        """Return the value of a string without prefix and escapes; None for anything else."""
        found = _LITERAL.fullmatch(self.text) if self.kind is TokenKind.STRING else None
        return None if found is None or "\\" in found[2] else found[2]


def read_tokens(source: str) -> list[Token]:
    """Return the tokens of Python source without its layout."""
    tokens = []
    line = 1
    for found in _TOKEN.finditer(source):
        text, kind = found[0], str(found.lastgroup)
        if found["cut_off"] is not None or found["cut_off_too"] is not None:
            raise Malformed("a string that does not end", line)
        if kind != "layout":
            tokens.append(Token(TokenKind(kind), text, line))
        line += text.count("\n")
    return tokens
