"""The table of all formats, and which of them a path has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from osmm_scan.collectors.inventory.formats import (
    actions,
    conda,
    cpp,
    dart,
    docker,
    dotnet,
    elixir,
    go,
    gradle,
    helm,
    javascript,
    maven,
    php,
    python_code,
    python_locks,
    python_projects,
    python_requirements,
    ruby,
    rust,
    swift,
    terraform,
    unread,
)
from osmm_scan.collectors.inventory.statements import Format

_MODULES = (
    actions,
    conda,
    cpp,
    dart,
    docker,
    dotnet,
    elixir,
    go,
    gradle,
    helm,
    javascript,
    maven,
    php,
    python_code,
    python_locks,
    python_projects,
    python_requirements,
    ruby,
    rust,
    swift,
    terraform,
    unread,
)
FORMATS: tuple[Format, ...] = tuple(found for module in _MODULES for found in module.FORMATS)


def format_of(path: str) -> Format | None:
    """Return the format of a file by its path, None when it is no manifest or lockfile."""
    exact = _BY_NAME.get(path.rpartition("/")[2])
    if exact is not None:
        return exact
    if _ANY_PATTERN.fullmatch(path) is None or _OTHER_USE.fullmatch(path):
        return None
    return next(found for pattern, found in _BY_PATTERN if pattern.fullmatch(path))


def _pattern(glob: str) -> str:
    """Return the expression for a glob; its stars do not cross folders."""
    parts = re.split(r"(\*|\[[^\]]*\])", glob.removeprefix("/"))
    within = "".join(
        {"*": "[^/]*"}.get(part, part if part.startswith("[") else re.escape(part))
        for part in parts
    )
    return within if glob.startswith("/") else f"(?:.*/)?{within}"


def _names() -> Iterator[tuple[str, Format]]:
    return ((name, found) for found in FORMATS for name in found.names)


def _is_plain(name: str) -> bool:
    return re.search(r"[*?\[/]", name) is None


_BY_NAME: Mapping[str, Format] = {name: found for name, found in _names() if _is_plain(name)}
_BY_PATTERN = tuple(
    (re.compile(_pattern(name)), found) for name, found in _names() if not _is_plain(name)
)
_ANY_PATTERN = re.compile("|".join(_pattern(name) for name, _ in _names() if not _is_plain(name)))
# Files that only become a manifest, or that say what one leaves out.
_OTHER_USE = re.compile(
    r".*\.(?:dockerignore|ejs|erb|hbs|j2|jinja2?|md|mustache|template|tmpl|tpl|tt)"
)
