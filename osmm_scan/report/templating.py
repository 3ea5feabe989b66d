"""Load the shipped templates: whatever is not marked as safe is escaped, nothing is undefined."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from osmm_scan.report import markdown
from osmm_scan.report.inert import one_line
from osmm_scan.resources import templates_directory

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


def fill(template: str, values: Mapping[str, Any]) -> str:
    """Return the template (`markdown/report.md.jinja`) with these values in it."""
    kind = template.partition("/")[0]
    return _ENVIRONMENTS[kind]().get_template(template).render(values)


@cache
def trusted(template: str) -> Markup:
    """Return a shipped style or script as it is; it comes from us, never from a repository."""
    from markupsafe import Markup

    text = (templates_directory() / template).read_text(encoding="utf-8")
    return Markup(text)  # noqa: S704 - our own file


@cache
def _html() -> Environment:
    return _environment(autoescape=True, finalize=_shown)


def _shown(value: object) -> object:
    """Return plain text without control characters; what macros made and numbers stay."""
    return one_line(value) if type(value) is str else value


@cache
def _markdown() -> Environment:
    made = _environment(autoescape=False, finalize=markdown.escape)
    filters = (markdown.code, markdown.html, markdown.link, markdown.strong)
    made.filters |= {each.__name__: each for each in filters}
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


_ENVIRONMENTS: Mapping[str, Callable[[], Environment]] = {
    "html": _html,
    "markdown": _markdown,
    "svg": _html,
}
