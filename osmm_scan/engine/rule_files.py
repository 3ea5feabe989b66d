"""Read one file of a rule pack, and say of everything wrong in it where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
class RuleFile(Generic[T]):
    """A file of a rule pack that has the right shape."""

    path: Path
    content: T
    text: str
    document: Document

    def fault(self, location: Location, problem: str) -> str:
        """Return `file:line:column: problem` for a value of this file."""
        line, column = self.document.at(location)
        return f"{self.path}:{line}:{column}: {problem}"

    def fault_in_text(self, location: Location, column: int, problem: str) -> str:
        """Return the same for a column, counted from 1, of the text that stands there."""
        start, first = self.document.at(location)
        value: Any = self.document.data
        for key in location:
            value = value[key]
        before = len("".join(value[: column - 1].split()))
        is_after = not value[column - 1 :].strip()
        line, place = _walk(self.text.split("\n"), start, first, before - is_after)
        return f"{self.path}:{line}:{place + is_after}: {problem}"


def read_file(path: Path, schema: type[T]) -> RuleFile[T]:
    """Return a rule file, or raise `RuleError` with all its faults."""
    text = _text(path)
    try:
        document = load(text)
    except YamlFault as fault:
        raise RuleError(f"{path}:{fault}") from fault
    try:
        content = schema.model_validate(document.data)
    except ValidationError as error:
        raise RuleError(_schema_faults(path, document, error)) from error
    return RuleFile(path, content, text, document)


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


def _schema_faults(path: Path, document: Document, error: ValidationError) -> Iterator[str]:
    found = error.errors(include_url=False)
    missing = {one["loc"] for one in found if one["type"] == "missing"}
    for one in found:
        *parent, name = one["loc"] or ("the file",)
        line, column = document.at(one["loc"])
        problem = f"{name} {_words(one)}"
        if one["type"] == "extra_forbidden":
            line, column = document.at_key(one["loc"])
            beside = {str(place[-1]) for place in missing if place[:-1] == tuple(parent)}
            problem = f"unknown key {str(name)!r}{nearest(str(name), beside)}"
        elif one["type"] == "value_error":
            problem = str(one["ctx"]["error"])
        yield f"{path}:{line}:{column}: {problem}"


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
