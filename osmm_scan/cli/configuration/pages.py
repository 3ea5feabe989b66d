"""Read what users write, YAML or TOML, and say of everything wrong in it where it stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from osmm_scan.engine.vocabulary import nearest
from osmm_scan.errors import ConfigurationError
from osmm_scan.strict_yaml import SIZE_LIMIT, YamlFault, load

T = TypeVar("T", bound=BaseModel)
Location = tuple[str | int, ...]
Place = tuple[int, int]

_HEADER = re.compile(r"\s*(\[\[?)([^\[\]]+)\]")
_KEY = re.compile(r"\s*([\w.\"'-]+)\s*=")

_WORDS = {
    "missing": "is missing",
    "string_type": "must be text",
    "string_too_short": "must not be empty",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "tuple_type": "must be a list",
    "mapping_type": "must be a mapping",
    "dict_type": "must be a mapping",
    "model_type": "must be a mapping",
}


@dataclass(frozen=True, slots=True)
class Page:
    """What a file says, and where each value and each key of it stands."""

    name: str
    data: Any
    at: Callable[[Location], Place]
    at_key: Callable[[Location], Place]

    def fault(self, location: Location, problem: str) -> str:
        """Return `file:line:column: problem` for a value of this page."""
        line, column = self.at(location)
        return f"{self.name}:{line}:{column}: {problem}"

    def parse(self, schema: type[T]) -> T:
        """Return the page in its shape; `ConfigurationError` lists everything wrong with it."""
        try:
            return schema.model_validate(self.data)
        except ValidationError as error:
            raise ConfigurationError("\n".join(self._faults(error, keys_of(schema)))) from error

    def _faults(self, error: ValidationError, keys: Iterable[str]) -> Iterator[str]:
        for one in error.errors(include_url=False):
            name = next((key for key in reversed(one["loc"]) if isinstance(key, str)), "the file")
            if one["type"] == "extra_forbidden":
                line, column = self.at_key(one["loc"])
                key = str(one["loc"][-1])
                yield f"{self.name}:{line}:{column}: unknown key {key!r}{nearest(key, keys)}"
            elif one["type"] == "value_error":
                yield self.fault(one["loc"], f"{name}: {one['ctx']['error']}")
            else:
                said = one["msg"].replace("Input should be", "must be")
                yield self.fault(one["loc"], f"{name} {_WORDS.get(one['type'], said)}")


def read_text(path: Path) -> str:
    """Return the text of a file that the user named; `ConfigurationError` when it has none."""
    try:
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
        if len(data) > SIZE_LIMIT:
            raise ConfigurationError(f"{path}: larger than {SIZE_LIMIT} bytes")
        return data.decode("utf-8")
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ConfigurationError(f"{path}:{line}: is not UTF-8") from error


def yaml_page(name: str, text: str) -> Page:
    """Return a YAML text as a page; an empty one holds nothing."""
    try:
        document = load(text)
    except YamlFault as fault:
        raise ConfigurationError(f"{name}:{fault}") from fault
    data = {} if document.data is None else document.data
    return Page(name, data, document.at, document.at_key)


def toml_page(name: str, text: str, table: tuple[str, ...]) -> Page | None:
    """Return one table of a TOML text as a page, None when there is none."""
    try:
        data: Any = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigurationError(f"{name}: {error}") from error
    for key in table:
        if not isinstance(data, dict) or key not in data:
            return None
        data = data[key]

    lines = _toml_lines(text)

    def at(location: Location) -> Place:
        whole = (*table, *location)
        known = (lines.get(whole[:depth]) for depth in range(len(whole), 0, -1))
        return next((line for line in known if line is not None), 1), 1

    return Page(name, data, at, at)


def keys_of(schema: type[BaseModel]) -> frozenset[str]:
    """Return every key that a schema and the schemas inside it know."""
    whole = schema.model_json_schema()
    parts = [whole, *whole.get("$defs", {}).values()]
    return frozenset(key for part in parts for key in part.get("properties", {}))


def _toml_lines(text: str) -> dict[Location, int]:
    """Return the line of every header and key that stands at the beginning of one.

    The parser of the standard library tells no positions, so lines are looked at as written.
    """
    lines: dict[Location, int] = {}
    counts: dict[Location, int] = {}
    table: Location = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = names = _keys(header[2])
            if header[1] == "[[":
                counts[names] = counts.get(names, -1) + 1
                table = (*names, counts[names])
            lines.setdefault(names, number)
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            lines.setdefault((*table, *_keys(key[1])), number)
    return lines


def _keys(dotted: str) -> Location:
    return tuple(part.strip(" \t\"'") for part in dotted.split("."))
