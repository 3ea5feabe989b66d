"""Read one file of a rule pack, and say of everything wrong in it where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from osmm_scan.engine.vocabulary import nearest
from osmm_scan.errors import RuleError
from osmm_scan.strict_yaml import SIZE_LIMIT, Document, YamlFault, load

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

T = TypeVar("T", bound=BaseModel)
Location = tuple[str | int, ...]

_NOTHING = object()

_WORDS = {
    "missing": "is missing",
    "string_type": "must be text",
    "string_too_short": "must not be empty",
    "string_pattern_mismatch": "must be a fact such as 'license.recognized'",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "finite_number": "must be a finite number",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list",
    "mapping_type": "must be a mapping",
    "dict_type": "must be a mapping",
    "model_type": "must be a mapping",
}


@dataclass(frozen=True, slots=True)
class Written:
    """A rule file as it is written: its data, and where each part of it stands."""

    path: Path
    text: str
    document: Document

    def fault(self, location: Location, problem: str) -> str:
        """Return `file:line:column: problem` for a value of this file."""
        return self._told(self.document.at(location), problem)

    def fault_at_key(self, location: Location, problem: str) -> str:
        """Return the same for the key that a location ends with."""
        return self._told(self.document.at_key(location), problem)

    def fault_in_text(self, location: Location, column: int, problem: str) -> str:
        """Return the same for a column, counted from 1, of the text that stands there."""
        start, first = self.document.at(location)
        value: Any = self.document.data
        for key in location:
            value = value[key]
        before = len("".join(value[: column - 1].split()))
        is_after = not value[column - 1 :].strip()
        line, place = _walk(self.text.split("\n"), start, first, before - is_after)
        return self._told((line, place + is_after), problem)

    def holds(self, location: Location) -> bool:
        """Tell whether the file has a value at a location."""
        return _inside(self.document.data, location) is not _NOTHING

    def _told(self, place: tuple[int, int], problem: str) -> str:
        return f"{self.path}:{place[0]}:{place[1]}: {problem}"


@dataclass(frozen=True, slots=True)
class Layered:
    """The data of a file, parts of which another file replaced or added.

    `above` says for some locations in which file, and where, the part is written that lies there.
    """

    data: Any
    base: Written
    above: Mapping[Location, tuple[Written, Location]] = field(default_factory=dict)

    def origin(self, location: Location) -> tuple[Written, Location]:
        """Return the file that a value comes from, and its location there."""
        for length in range(len(location), -1, -1):
            if location[:length] in self.above:
                written, place = self.above[location[:length]]
                whole = (*place, *location[length:])
                is_new = not self.base.holds(location)
                return (written, whole) if is_new or written.holds(whole) else (self.base, location)
        return self.base, location


class ShapeError(RuleError):
    """A file has not the shape of its schema: `places` are wrong, `extra` are unknown keys."""

    def __init__(
        self, faults: Iterable[str], places: Iterable[Location], extra: Iterable[Location]
    ) -> None:
        super().__init__(faults)
        self.places = frozenset(places)
        self.extra = frozenset(extra)


@dataclass(frozen=True, slots=True)
class RuleFile(Generic[T]):
    """A file of a rule pack that has the right shape."""

    content: T
    source: Layered

    def fault(self, location: Location, problem: str) -> str:
        """Return `file:line:column: problem` for a value of this file."""
        written, place = self.source.origin(location)
        return written.fault(place, problem)

    def fault_in_text(self, location: Location, column: int, problem: str) -> str:
        """Return the same for a column, counted from 1, of the text that stands there."""
        written, place = self.source.origin(location)
        return written.fault_in_text(place, column, problem)


def read_file(path: Path, schema: type[T]) -> RuleFile[T]:
    """Return a rule file, or raise `RuleError` with all its faults."""
    written = read_written(path)
    return shape(Layered(written.document.data, written), schema)


def read_written(path: Path) -> Written:
    """Return a file of strict YAML, or raise `RuleError`."""
    text = _text(path)
    try:
        return Written(path, text, load(text))
    except YamlFault as fault:
        raise RuleError(f"{path}:{fault}") from fault


def shape(source: Layered, schema: type[T]) -> RuleFile[T]:
    """Return data as a rule file of a schema, or raise `ShapeError` with all its faults."""
    try:
        return RuleFile(schema.model_validate(source.data), source)
    except ValidationError as error:
        found = error.errors(include_url=False)
        extra = [one["loc"] for one in found if one["type"] == "extra_forbidden"]
        places = [one["loc"] for one in found if one["type"] != "extra_forbidden"]
        raise ShapeError(_schema_faults(source, error), places, extra) from error


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
        return data.decode("utf-8")
    except OSError as error:
        raise RuleError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise RuleError(f"{path}:{line}:{column}: is not UTF-8") from error


def _schema_faults(source: Layered, error: ValidationError) -> Iterator[str]:
    found = error.errors(include_url=False)
    missing = {one["loc"] for one in found if one["type"] == "missing"}
    for one in found:
        *parent, name = one["loc"] or ("the file",)
        written, place = source.origin(one["loc"])
        if one["type"] == "extra_forbidden":
            beside = {str(loc[-1]) for loc in missing if loc[:-1] == tuple(parent)}
            hint = nearest(str(name), beside) or nearest(str(name), _beside(source, parent))
            yield written.fault_at_key(place, f"unknown key {str(name)!r}{hint}")
        elif one["type"] == "value_error":
            yield written.fault(place, str(one["ctx"]["error"]))
        else:
            yield written.fault(place, f"{name} {_words(one)}")


def _beside(source: Layered, parent: Sequence[str | int]) -> set[str]:
    """Return the keys that the file below has at a location, which one above may have meant."""
    below = _inside(source.base.document.data, parent)
    is_other = source.origin(tuple(parent))[0] is not source.base
    return set(map(str, below)) if is_other and isinstance(below, dict) else set()


def _inside(data: Any, location: Sequence[str | int]) -> Any:
    """Return the value at a location, or `_NOTHING`."""
    for key in location:
        is_there = key in data if isinstance(data, dict) else False
        if isinstance(data, list) and isinstance(key, int):
            is_there = key < len(data)
        if not is_there:
            return _NOTHING
        data = data[key]
    return data


def _words(one: ErrorDetails) -> str:
    return _WORDS.get(one["type"], one["msg"].replace("Input should be", "must be"))


def _walk(lines: Sequence[str], line: int, column: int, wanted: int) -> tuple[int, int]:
    """Return where the visible character of this number stands in a value that begins here."""
    opening = lines[line - 1][column - 1]
    if opening in ">|":
        line, column = line + 1, 1
    elif opening in "'\"":
        column += 1
    places = (
        (number, place)
        for number, text in enumerate(lines, start=1)
        for place, character in enumerate(text, start=1)
        if (number, place) >= (line, column) and not character.isspace()
    )
    return next(islice(places, wanted, None), (line, column))
