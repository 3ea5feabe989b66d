"""Read literal lists of requirements in Python source, which is never run nor even parsed.

Only the tokens are looked at: unlike a syntax tree they have no depth that hostile nesting could
exhaust, and files for Python 2 have them, too.
"""

from __future__ import annotations

import re
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from tokenize import TokenInfo

from osmm_scan.collectors.inventory.formats.python_requirements import read_requirement
from osmm_scan.collectors.inventory.purls import pypi
from osmm_scan.collectors.inventory.statements import (
    File,
    Malformed,
    Role,
    Scope,
    Statement,
    manifest,
)

_LAYOUT = frozenset(
    {tokenize.NL, tokenize.NEWLINE, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT}
)
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
# What makes a literal only a part of the value when it follows.
_OPERATORS = frozenset({"+", "-", "*", "%", ".", "[", "(", "if", "or", "and"})
_STRING = re.compile(r"[uUrR]?('''|\"\"\"|'|\")(.*)\1", re.DOTALL)
_KEYWORDS = {
    "install_requires": Scope.RUNTIME,
    "tests_require": Scope.DEVELOPMENT,
    "extras_require": Scope.OPTIONAL,
}


@dataclass(frozen=True, slots=True)
class Literal:
    """A string of the source and its line."""

    text: str
    line: int


def parse_setup_py(file: File) -> Iterator[Statement]:
    """Yield the requirements that a setup.py states as literals."""
    tokens = read_tokens(file.text)
    call = _place_of(tokens, "setup", "(")
    if call is None:
        return
    name = _place_of(tokens, "name", "=", call)
    for literal in (name and literals(tokens, name)) or ():
        yield file.package(pypi(literal.text), Role.LIBRARY, literal.line)
    if any(token.string == "**" for token in tokens[call:]):
        yield file.computed("the arguments of setup() are computed", tokens[call].start[0])
    for keyword, scope in _KEYWORDS.items():
        place = _place_of(tokens, keyword, "=", call)
        found = [] if place is None else literals(tokens, place)
        if place is not None and found is None:
            yield file.computed(f"{keyword} is computed", tokens[place].start[0])
        for literal in found or ():
            yield read_requirement(file, literal.text, literal.line, scope)


def read_tokens(source: str) -> list[TokenInfo]:
    """Return the tokens of Python source without its layout."""
    lines = StringIO(source)
    try:
        return [
            token for token in tokenize.generate_tokens(lines.readline) if token.type not in _LAYOUT
        ]
    except tokenize.TokenError as error:
        raise Malformed("Python source that ends too early", error.args[1][0]) from error
    except SyntaxError as error:
        raise Malformed("not Python source", error.lineno) from error


def literals(tokens: Sequence[TokenInfo], place: int) -> list[Literal] | None:
    """Return the strings of the value at a place; None when they would have to be computed."""
    token = tokens[place]
    if token.type == tokenize.NAME:
        # A variable stands for the literal that the same file gives it.
        given = _place_of(tokens, token.string, "=")
        if given is None or tokens[given].type == tokenize.NAME or _goes_on(tokens, place):
            return None
        return literals(tokens, given)
    end = _last(tokens, place)
    return None if end is None or _goes_on(tokens, end) else _strings(tokens, place, end + 1)


def _place_of(tokens: Sequence[TokenInfo], name: str, sign: str, start: int = 0) -> int | None:
    """Return the place after a name and the sign that follows it."""
    for place in range(start, len(tokens) - 2):
        if tokens[place].string == name and tokens[place + 1].string == sign:
            return place + 2
    return None


def _last(tokens: Sequence[TokenInfo], place: int) -> int | None:
    """Return the place of the last token of some strings, a list, tuple, set or mapping."""
    at = place
    if tokens[place].type == tokenize.STRING:
        # The end of the source is a token, too, so there is always one more.
        while _is_string(tokens, at + 1 + (tokens[at + 1].string == ",")):
            at += 1 + (tokens[at + 1].string == ",")
        return at
    depth = 0
    for index in range(place, len(tokens)):
        depth += tokens[index].string in _OPENING
        depth -= tokens[index].string in _CLOSING
        if depth <= 0:
            return index if index > place else None
    return None


def _is_string(tokens: Sequence[TokenInfo], place: int) -> bool:
    return place < len(tokens) and tokens[place].type == tokenize.STRING


def _goes_on(tokens: Sequence[TokenInfo], place: int) -> bool:
    return place + 1 < len(tokens) and tokens[place + 1].string in _OPERATORS


def _strings(tokens: Sequence[TokenInfo], start: int, end: int) -> list[Literal] | None:
    """Return the strings up to a place; keys of a mapping are left out."""
    found: list[Literal] = []
    previous = ""
    for token in tokens[start:end]:
        kind = "text" if token.type == tokenize.STRING else token.string
        if kind == "text":
            literal = _string(token)
            if literal is None:
                return None
            if previous == "text":  # Python joins neighbouring strings
                found[-1] = replace(found[-1], text=found[-1].text + literal.text)
            else:
                found.append(literal)
        elif kind == ":" and previous == "text":
            found.pop()
        elif kind not in {",", *_OPENING, *_CLOSING}:
            return None
        previous = kind
    return found


def _string(token: TokenInfo) -> Literal | None:
    match = _STRING.fullmatch(token.string)
    if match is None or "\\" in match[2]:
        return None
    return Literal(match[2], token.start[0])


FORMATS = (manifest("pypi", parse_setup_py, "setup.py"),)
