"""Read JSON, TOML, XML and YAML as plain data; whatever is wrong with them is `Malformed`.

The accessors at the end take what a parser expects at a place, and refuse what it must not be.
"""

from __future__ import annotations

import json
import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from xml.parsers import expat

from osmm_scan import strict_yaml

_DEEPEST = 200
_MOST_ELEMENTS = 200_000
_LONGEST_PIECE = 500
_TOML_LINE = re.compile(r"at line (\d+)")
# tomllib takes quadratic time for a key of very many parts.
_LONG_KEY = re.compile(r"""(?<![\w.-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){100}""")
_KEY = 3
# A string in quotes, a bare key, or the name of a section. The closing quote is optional so that no
# match ever fails after a long search.
_TOKEN = re.compile(
    r"""
      "((?>(?:[^"\\\n]|\\.)*))"?
    | '([^'\n]*+)'?
    | ^[ \t]*([\w.-]+)[ \t]*=
    | ^[ \t]*\[+([\w.-]+)\]
    """,
    re.VERBOSE | re.MULTILINE,
)
_TRAILING_COMMA = re.compile(r'"(?>(?:[^"\\\n]|\\.)*)"?|,(?=\s*[\]}])')


class Malformed(Exception):
    """A file breaks the rules of its format, at this line where it is known."""

    def __init__(self, why: str, line: int | None = None) -> None:
        self.why = why
        self.line = line
        super().__init__(why)


def read_json(text: str) -> dict[str, Any]:
    """Return a JSON object."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise Malformed(f"not JSON: {error.msg}", error.lineno) from error
    except (ValueError, RecursionError) as error:
        raise Malformed("JSON with numbers or nesting beyond all limits") from error
    return _object(data, "JSON")


def read_json_with_trailing_commas(text: str) -> dict[str, Any]:
    """Return a JSON object in which a comma may follow the last value."""
    return read_json(_TRAILING_COMMA.sub(lambda found: "" if found[0] == "," else found[0], text))


def read_toml(text: str) -> dict[str, Any]:
    """Return a TOML document."""
    if found := _LONG_KEY.search(text):
        raise Malformed("TOML with a key beyond all limits", text.count("\n", 0, found.start()) + 1)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = _TOML_LINE.search(str(error))
        raise Malformed("not TOML", int(line[1]) if line else None) from error
    except (ValueError, RecursionError) as error:
        raise Malformed("TOML with numbers or nesting beyond all limits") from error


def read_yaml(text: str) -> strict_yaml.Document:
    """Return the only document of a YAML text; its data is a mapping."""
    try:
        document = strict_yaml.load(text, aliases=True, tags=True)
    except strict_yaml.YamlFault as fault:
        raise Malformed(f"not YAML: {fault.problem}", fault.line) from fault
    _object(document.data, "YAML")
    return document


@dataclass(slots=True)
class Element:
    """One XML element; names are without their namespace."""

    name: str
    line: int
    attributes: Mapping[str, str]
    children: list[Element] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the text directly inside."""
        return "".join(self.texts).strip()

    def all(self, *path: str) -> Iterator[Element]:
        """Yield the elements at a path of names below this one."""
        for child in self.children:
            if child.name == path[0]:
                if len(path) == 1:
                    yield child
                else:
                    yield from child.all(*path[1:])

    def value(self, *path: str) -> str:
        """Return the text of the first element at a path, empty when there is none."""
        return next((found.text for found in self.all(*path)), "")

    def below(self, name: str) -> Iterator[Element]:
        """Yield the elements of a name at any depth, in the order of the text."""
        pending = [*reversed(self.children)]
        while pending:
            element = pending.pop()
            if element.name == name:
                yield element
            pending.extend(reversed(element.children))


def read_xml(text: str) -> Element:
    """Return the root of an XML text that has no document type."""
    reader = _XmlReader()
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = reader.refuse
    parser.EntityDeclHandler = reader.refuse
    parser.StartElementHandler = lambda name, attributes: reader.start(
        name, attributes, parser.CurrentLineNumber
    )
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        raise Malformed("not XML", error.lineno) from error
    except Malformed as reason:
        raise Malformed(reason.why, parser.CurrentLineNumber) from reason
    return reader.open[0].children[0]


class _XmlReader:
    def __init__(self) -> None:
        self.open = [Element("", 0, {})]
        self._count = 0

    def refuse(self, *_: object) -> None:
        raise Malformed("XML with a document type is not read")

    def start(self, name: str, attributes: dict[str, str], line: int) -> None:
        self._count += 1
        if self._count > _MOST_ELEMENTS or len(self.open) > _DEEPEST:
            raise Malformed("XML with more elements or nesting than is read")
        element = Element(_local(name), line, {_local(key): attributes[key] for key in attributes})
        self.open[-1].children.append(element)
        self.open.append(element)

    def end(self, _name: str) -> None:
        self.open.pop()

    def text(self, data: str) -> None:
        self.open[-1].texts.append(data)


class Lines:
    """Where quoted strings, keys and sections stand in a text."""

    def __init__(self, text: str) -> None:
        self._places: dict[str, list[int]] = {}
        line, seen = 1, 0
        for found in _TOKEN.finditer(text):
            start = found.start(found.lastindex or 0)
            line += text.count("\n", seen, start)
            seen = start
            token = found[found.lastindex or 0]
            self._places.setdefault(token, []).append(line)
            if found.lastindex == _KEY and "." in token:  # `serde.workspace = true` is about serde
                self._places.setdefault(token.partition(".")[0], []).append(line)

    def of(self, word: str, after: int | None = None) -> int | None:
        """Return the first line that has this word, at or after another line."""
        places = self._places.get(word, [])
        index = bisect_left(places, after or 0)
        return places[index] if index < len(places) else None


def pieces(beginning: re.Pattern[str], text: str) -> Iterator[tuple[int, str]]:
    """Yield line and text from each beginning to the next one, or as far as a call may reach."""
    places = [found.start() for found in beginning.finditer(text)]
    line, seen = 1, 0
    for place, following in pairwise([*places, len(text)]):
        line += text.count("\n", seen, place)
        seen = place
        yield line, text[place : min(following, place + _LONGEST_PIECE)]


def table(data: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    """Return the table at a path of keys, empty when nothing is there."""
    found: Any = data
    for key in keys:
        found = found.get(key)
        if found is None or found == []:  # PHP writes an empty table as a list
            return {}
        if not isinstance(found, dict):
            raise Malformed(f"{'.'.join(keys)} is no table")
    return dict(found)


def items(data: Mapping[str, Any], key: str) -> list[Any]:
    """Return the list at a key, empty when nothing is there."""
    found = data.get(key)
    if found is None:
        return []
    if not isinstance(found, list):
        raise Malformed(f"{key} is no list")
    return found


def tables(data: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """Return the tables of the list at a key; whatever else is in the list is left out."""
    return [entry for entry in items(data, key) if isinstance(entry, dict)]


def word(value: Any) -> str:
    """Return a value if it is a string, else an empty one."""
    return value if isinstance(value, str) else ""


def _object(data: Any, format_: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise Malformed(f"{format_} without a table at its top", 1)
    return data


def _local(name: str) -> str:
    return name.rpartition(":")[2]
