"""Turn an assessment into reports. A format is a module in `formats/`; nothing else lists it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol

from osmm_scan.report import formats as _formats
from osmm_scan.report.options import Options
from osmm_scan.verdicts import Assessment

__all__ = ["Format", "Options", "formats", "parts_of"]


class Format(Protocol):
    """A module in `formats/`: its name on the command line, its file suffix, its renderer."""

    @property
    def NAME(self) -> str: ...

    @property
    def SUFFIX(self) -> str: ...

    def render(self, assessment: Assessment, options: Options) -> str:
        """Return the whole report, ending in a line break."""


@cache
def formats() -> Mapping[str, Format]:
    """Return every report format by name, sorted."""
    names = [module.name for module in iter_modules(_formats.__path__)]
    modules: list[Format] = [import_module(f"{_formats.__name__}.{name}") for name in names]
    return {module.NAME: module for module in sorted(modules, key=lambda module: module.NAME)}


def parts_of(
    report: Format, assessment: Assessment, options: Options, name: str
) -> Iterator[tuple[str, Iterator[str]]]:
    """Yield the files of a report in the file `name`: the path of each, and its text in pieces.

    The path of the report itself is empty; only a large one has more files or pieces.
    """
    pages, pieces = (getattr(report, optional, None) for optional in ("pages", "pieces"))
    if pages is not None:
        for path, text in pages(assessment, options, name):
            yield path, iter((text,))
    elif pieces is not None:
        yield "", pieces(assessment, options)
    else:
        yield "", iter((report.render(assessment, options),))
