"""How many of the runtimes and base images that a repository names are past their end of life.

Only what is named as the version to run counts: base images and version files. A minimum, as in
`requires-python`, or a test matrix is no statement of what runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from osmm_scan import strict_yaml
from osmm_scan.collectors.inventory.answers import Answer
from osmm_scan.collectors.inventory.contents import Manifest, study
from osmm_scan.collectors.inventory.files import is_side, nearest
from osmm_scan.collectors.observation import Observer
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.resources import rules_directory

_MOST_FILES = 50
_VERSION = re.compile(r"[a-z-]*(\d+(?:\.\d+)*)")
_ALPINE = re.compile(r"alpine(\d+\.\d+)")
_TOOL_VERSIONS = ".tool-versions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One runtime or base system: its names, and when its versions end (None: not announced)."""

    name: str
    images: frozenset[str]
    files: frozenset[str]
    tools: frozenset[str]
    codenames: Mapping[str, str]
    ends: Mapping[str, date | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The published ends of life, as they were known on `day`."""

    day: date
    products: tuple[Product, ...]

    @property
    def version_files(self) -> re.Pattern[str]:
        """Return what the paths of files look like that state a version to run."""
        names = {name for product in self.products for name in product.files}
        either = "|".join(re.escape(name) for name in sorted(names | {_TOOL_VERSIONS}))
        return re.compile(rf"(?:.*/)?(?:{either})")

    def is_past(self, product: Product, version: str, as_of: date) -> bool | None:
        """Tell whether a version has ended; None when the table does not know."""
        end = product.ends[version]
        if end is None:
            return None if as_of > self.day else False
        return end < as_of


@dataclass(frozen=True, slots=True)
class _Named:
    product: Product
    version: str
    path: str
    line: int | None

    @property
    def place(self) -> tuple[str, int | None]:
        return self.path, self.line


def declared(observer: Observer) -> Answer:
    """Answer whether a runtime with a known end of life is named as the version to run."""
    return next((Answer(True, *one.place) for _, one in _judged(observer)), Answer(False))


def eol_share(observer: Observer) -> Answer:
    """Answer which share of the runtimes that are named is past its end of life."""
    judged = _judged(observer)
    if not judged:
        why = "no runtime or base image with a known end of life is named"
        raise Unobserved(Missing.NOT_SUPPORTED, why)
    ended = [named for past, named in judged if past]
    cited = (ended or [named for _, named in judged])[0]
    return Answer(len(ended) / len(judged), *cited.place)


def _judged(observer: Observer) -> list[tuple[bool, _Named]]:
    """Return each runtime once, at the place that names it last, and whether it has ended."""
    calendar = _calendar()
    judged = {
        (named.product.name, named.version): (past, named)
        for named in _all_named(observer, calendar)
        if (past := calendar.is_past(named.product, named.version, observer.as_of)) is not None
    }
    return [*judged.values()]


def _all_named(observer: Observer, calendar: Calendar) -> Iterator[_Named]:
    for product in calendar.products:
        yield from _in_images(observer, product)
    observer.once(study).require_readable("some runtimes are named", _is_image)
    chosen = nearest(observer, calendar.version_files, _MOST_FILES)
    for path in chosen.paths:
        if not is_side(path):
            text = observer.repository.text(path)
            for product in calendar.products:
                yield from _in_file(product, path, text)
    chosen.require_all("version files")


def _is_image(manifest: Manifest) -> bool:
    return manifest.ecosystem == "docker" and not is_side(manifest.path)


def _in_images(observer: Observer, product: Product) -> Iterator[_Named]:
    for found in observer.once(study).declared:
        image = found.purl.removeprefix("pkg:docker/")
        if is_side(found.path):
            continue
        if image in product.images:
            version = _in_tag(product, found.requirement.partition("-")[0])
        elif image != found.purl:
            version = _in_suffix(product, found.requirement)
        else:
            continue
        if version:
            yield _Named(product, version, found.path, found.line)


def _in_tag(product: Product, tag: str) -> str | None:
    return product.codenames.get(tag) or _cycle(product, tag)


def _in_suffix(product: Product, tag: str) -> str | None:
    """Return the system that a tag such as `3.12-slim-bookworm` names after the version."""
    for part in tag.split("-")[1:]:
        alpine = _ALPINE.fullmatch(part) if product.name == "alpine" else None
        found = _cycle(product, alpine[1]) if alpine else product.codenames.get(part)
        if found:
            return found
    return None


def _in_file(product: Product, path: str, text: str) -> Iterator[_Named]:
    name = path.rpartition("/")[2]
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.partition("#")[0].split()
        if name == _TOOL_VERSIONS:
            stated = words[1] if len(words) > 1 and words[0] in product.tools else ""
        else:
            stated = words[0] if words and name in product.files else ""
        version = _cycle(product, stated)
        if version:
            yield _Named(product, version, path, number)


def _cycle(product: Product, stated: str) -> str | None:
    """Return the release line of a version: the longest part of it that the table has."""
    found = _VERSION.match(stated)
    version = found[1] if found else ""
    while version and version not in product.ends:
        version = version.rpartition(".")[0]
    return version or None


@cache
def _calendar() -> Calendar:
    path = rules_directory() / "runtimes.yaml"
    data = strict_yaml.load(path.read_text(encoding="utf-8")).data
    products = data["products"]
    return Calendar(
        day=date.fromisoformat(data["date"]),
        products=tuple(_product(name, products[name]) for name in sorted(products)),
    )


def _product(name: str, data: Mapping[str, Any]) -> Product:
    return Product(
        name=name,
        images=frozenset(data["images"]),
        files=frozenset(data.get("files", ())),
        tools=frozenset(data.get("tools", ())),
        codenames=data.get("codenames", {}),
        ends={
            version: None if end is None else date.fromisoformat(end)
            for version, end in data["ends"].items()
        },
    )
