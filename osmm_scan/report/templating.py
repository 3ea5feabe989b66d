"""Load the shipped templates: whatever is not marked as safe is escaped, nothing is undefined."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from osmm_scan.report import markdown
from osmm_scan.resources import templates_directory

if TYPE_CHECKING:
    from jinja2 import Environment


def fill(template: str, values: Mapping[str, Any]) -> str:
    """Return the template (`markdown/report.md.jinja`) with these values in it."""
    kind = template.partition("/")[0]
    return _ENVIRONMENTS[kind]().get_template(template).render(values)


@cache
def _html() -> Environment:
    return _environment(autoescape=True)


@cache
def _markdown() -> Environment:
    made = _environment(autoescape=False, finalize=markdown.escape)
    made.filters |= {"code": markdown.code, "html": markdown.html, "link": markdown.link}
    return made


def _environment(**settings: Any) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(  # noqa: S701 - Markdown is escaped by its own rules, HTML by autoescape
        loader=FileSystemLoader(templates_directory()),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        **settings,
    )


_ENVIRONMENTS: Mapping[str, Callable[[], Environment]] = {"html": _html, "markdown": _markdown}
