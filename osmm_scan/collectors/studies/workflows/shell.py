"""Turn shell scripts into the commands they run, and tell whose failure is swallowed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from osmm_scan.collectors.studies.workflows.shell_words import Kind, Token, tokens

_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)\+?=")
_VARIABLE = re.compile(r"\$\{?([A-Za-z_]\w*)}?")
# A command kept in a variable is short; what is longer is text.
_VALUE_LIMIT = 400
_CONDITIONS = frozenset({"if", "elif", "while", "until", "!"})
_RESERVED = _CONDITIONS | {"then", "else", "fi", "do", "done", "esac", "time", "{", "}"}
_ENDS = frozenset({"\n", ";", ";;", "&", ""})
_LENIENT = re.compile(r"\+[a-z]*e[a-z]*")
_STRICT = re.compile(r"-[a-z]*e[a-z]*")
# How far behind `||` the command that fails after all may stand.
_ALTERNATIVE = 12


@dataclass(frozen=True, slots=True)
class Command:
    """A simple command. `line` counts from 0; `fails` tells whether its failure ends the script."""

    words: tuple[str, ...]
    line: int
    fails: bool


@dataclass(slots=True)
class _Simple:
    """A command with the sign behind it and the number of brackets around it."""

    line: int
    words: list[str] = field(default_factory=list)
    sign: str = ""
    depth: int = 0
    is_condition: bool = False


def commands(script: str, *, pipefail: bool = False) -> tuple[Command, ...]:
    """Return the commands of a script in their order.

    `pipefail` tells whether a failure in the middle of a pipe counts, as it does in GitHub's
    `shell: bash`, but not in its default shell.
    """
    found = list(_Splitter(tokens(script)).simple())
    fails = _Failures(found, pipefail=pipefail)
    return tuple(
        Command(tuple(simple.words), simple.line, fails.of(index))
        for index, simple in enumerate(found)
    )


class _Splitter:
    """Groups tokens into simple commands."""

    def __init__(self, source: Iterator[Token]) -> None:
        self._source = source
        self._depth = 0
        self._is_condition = False
        self._current = _Simple(0)
        self._values: dict[str, str] = {}

    def simple(self) -> Iterator[_Simple]:
        for token in self._source:
            if token.kind is Kind.WORD:
                self._word(token)
            else:
                yield from self._finish(token.text)
        yield from self._finish("")

    def _word(self, token: Token) -> None:
        if self._current.words == ["eval"]:
            self._current.words = self._program(token.text)
        elif self._current.words:
            self._current.words.append(token.text)
        elif token.text in _RESERVED:
            self._depth += {"{": 1, "}": -1}.get(token.text, 0)
            self._is_condition = token.text in _CONDITIONS
        elif assignment := _ASSIGNMENT.match(token.text):
            self._values[assignment[1]] = token.text[assignment.end() :][:_VALUE_LIMIT]
        elif token.text:
            words = self._program(token.text)
            self._current = _Simple(token.line, words, depth=self._depth)

    def _program(self, word: str) -> list[str]:
        """Return a word, or the command that an earlier line of the script put into a variable."""
        variable = _VARIABLE.fullmatch(word)
        return self._values.get(variable[1], "").split() or [word] if variable else [word]

    def _finish(self, sign: str) -> Iterator[_Simple]:
        if self._current.words:
            self._current.sign = sign
            self._current.is_condition = self._is_condition
            yield self._current
            self._current = _Simple(0)
        self._depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign in _ENDS:
            self._is_condition = False


class _Failures:
    """Tells which failures end a script that runs under `set -e`, as CI scripts do."""

    def __init__(self, found: Sequence[_Simple], *, pipefail: bool) -> None:
        self._found = found
        self._fails_at = [_is_failure(simple.words) for simple in found]
        self._last_failure = max((at for at, it in enumerate(self._fails_at) if it), default=-1)
        self._pipefail = pipefail or any(_sets_pipefail(simple.words) for simple in found)
        self._is_lenient = list(_leniency(found))
        self._last_list = next(
            (at + 1 for at in range(len(found) - 2, -1, -1) if found[at].sign in _ENDS), 0
        )

    def of(self, index: int) -> bool:
        simple = self._found[index]
        if simple.is_condition or self._is_lenient[index]:
            return index < self._last_failure
        match simple.sign:
            case "||":
                return self._alternative_fails(index)
            case "|" | "|&":
                return self._pipefail
            case "&&":
                # Only the last command of an `&&` list ends a script that goes on behind it.
                return index >= self._last_list or index < self._last_failure
        return simple.sign != "&"

    def _alternative_fails(self, index: int) -> bool:
        depth = self._found[index].depth
        for at in range(index + 1, min(len(self._found), index + _ALTERNATIVE)):
            if self._found[at - 1].sign in _ENDS and self._found[at].depth <= depth:
                return False
            if self._fails_at[at]:
                return True
        return False


def _is_failure(words: Sequence[str]) -> bool:
    if words[0] in ("false", "throw"):
        return True
    return words[0].lower() in ("exit", "return") and words[1:2] not in ([], ["0"])


def _sets_pipefail(words: Sequence[str]) -> bool:
    return words[0] == "set" and "pipefail" in words


def _leniency(found: Sequence[_Simple]) -> Iterator[bool]:
    lenient = False
    for simple in found:
        if simple.words[0] == "set" and len(simple.words) > 1:
            lenient = bool(_LENIENT.fullmatch(simple.words[1])) or (
                lenient and not _STRICT.fullmatch(simple.words[1])
            )
        yield lenient
