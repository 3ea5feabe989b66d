"""Split a shell script into words and the signs between commands. Nothing is expanded or run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

# Enough for any honest script; what is beyond it is not looked at.
LENGTH_LIMIT = 200_000

# Every repetition excludes what opens it, so that no text is read again and again.
_PIECE = re.compile(
    r"""
      \\(?P<escaped>.)
    | '(?P<single>[^']*)'
    | "(?P<double>(?:[^"\\]|\\.)*)"
    | \$\{\{[^'{}\n]{0,500}(?:'[^'\n]{0,100}'[^'{}\n]{0,200}){0,8}}}
    | \$\([^()\n]*\)
    | \$\{[^{}\n]*}
    | (?:[^\s;&|()<>'"\\#$]|\$(?!\{\{))+
    | .
    """,
    re.VERBOSE | re.DOTALL,
)
# A backslash joins lines in shells, a backtick in PowerShell, a caret in cmd.
_BLANK = re.compile(r"(?:[ \t\r\f\v]|[\\`^]\r?\n)+")
_COMMENT = re.compile(r"#[^\n]*")
_SIGN = re.compile(r"\n|;;|;|&&|\|\||\|&|\||&(?![>0-9])|[()]")
_HERE = re.compile(r"<<-?[ \t]*(['\"]?)([A-Za-z_]\w*)\1")
_REDIRECTION = re.compile(r"(?:&>>?|\d?[<>]{1,3}(?P<descriptor>&[\d-])?\|?)[ \t]*")


class Kind(Enum):
    """What a token is."""

    WORD = auto()
    SIGN = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A word without its quotes, or the sign that ends a command; lines count from 0."""

    kind: Kind
    text: str
    line: int


def tokens(script: str) -> Iterator[Token]:
    """Yield words and signs; comments, redirections and here-documents are left out."""
    return _Scanner(script[:LENGTH_LIMIT]).tokens()


class _Scanner:
    """Walks through a script once."""

    def __init__(self, script: str) -> None:
        self._script = script
        self._place = 0
        self._line = 0
        self._word: list[str] = []
        self._starts = 0
        self._ends_here: list[str] = []
        self._is_target = False

    def tokens(self) -> Iterator[Token]:
        while self._place < len(self._script):
            yield from self._next()
        yield from self._flush()

    def _next(self) -> Iterator[Token]:
        if self._takes(_BLANK) or (not self._word and self._takes(_COMMENT)):
            yield from self._flush()
        elif here := self._takes(_HERE):
            yield from self._flush()
            self._ends_here.append(here[2])
        elif (sign := self._takes(_SIGN)) is not None:
            yield from self._flush()
            yield Token(Kind.SIGN, sign[0], self._line - sign[0].count("\n"))
            self._is_target = False
            if sign[0] == "\n":
                self._skip_documents()
        elif redirection := self._takes(_REDIRECTION):
            yield from self._flush()
            self._is_target = redirection["descriptor"] is None
        else:
            self._starts = self._starts if self._word else self._line
            piece = self._takes(_PIECE)
            self._word.append(_text(piece) if piece else "")

    def _takes(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self._script, self._place)
        if match:
            self._place = match.end()
            self._line += match[0].count("\n")
        return match

    def _flush(self) -> Iterator[Token]:
        if self._word:
            if not self._is_target:
                yield Token(Kind.WORD, "".join(self._word), self._starts)
            self._is_target = False
            self._word = []

    def _skip_documents(self) -> None:
        for end in self._ends_here:
            close = re.compile(rf"^[ \t]*{re.escape(end)}[ \t\r]*(?:\n|\Z)", re.MULTILINE)
            match = close.search(self._script, self._place)
            stop = match.end() if match else len(self._script)
            self._line += self._script.count("\n", self._place, stop)
            self._place = stop
        self._ends_here = []


def _text(piece: re.Match[str]) -> str:
    if piece.lastgroup is None:
        return piece[0]
    return piece[piece.lastgroup]
