"""Fill templates that users bring along, in a sandbox: nothing to call, to change or to include.

Time and memory are bounded by whoever runs this; see `cli/own_templates.py`.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Mapping
from dataclasses import asdict
from importlib import import_module
from pathlib import PurePath
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import pass_context
from markupsafe import Markup

from osmm_scan.errors import UsageError
from osmm_scan.report import markdown, words
from osmm_scan.report.inert import one_line
from osmm_scan.report.links import permalink
from osmm_scan.report.records import Records
from osmm_scan.report.view.actions import actions

# Far more than a report for people has; a template that writes more was not meant to.
LONGEST = 64 * 2**20

_SUFFIXES = {".jinja", ".jinja2", ".j2"}
_MARKUP = {".html", ".htm", ".xhtml", ".xml", ".svg"}
_MARKDOWN = {".md", ".markdown"}
_LONGEST_TEXT = 10_000
# What differs from one run to the next.
_UNSTEADY = ("random", "lipsum")

# Jinja looks for these late, when whoever runs this may have forbidden to open any file.
_LATE = ("jinja2.debug", "pprint", "textwrap")
_LATE_CODEC = "unicode-escape"


class _Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox of Jinja, in which `report.items` is the key and not the method of a mapping."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an entry of a mapping, else what the sandbox allows."""
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


class _OneFile(BaseLoader):
    """The one template, and no other file."""

    def __init__(self, name: str, source: str) -> None:
        self._name, self._source = name, source

    def get_source(
        self, environment: object, template: str
    ) -> tuple[str, str, Callable[[], bool] | None]:
        """Return the template, or fail: whatever it names beside itself is not there for it."""
        if template != self._name:
            raise TemplateNotFound(template, f"{template!r}: a template cannot read other files")
        return self._source, self._name, None


def target_name(template: str) -> str:
    """Return the file name of what a template makes: its own without `.jinja`."""
    path = PurePath(template)
    return path.stem if path.suffix.lower() in _SUFFIXES and path.stem else path.name


def check(name: str, source: str) -> None:
    """Raise `UsageError` naming file and line when a template is not well formed."""
    try:
        _sandbox(name, source).compile(source, name, name, raw=True)
    except TemplateSyntaxError as error:
        raise UsageError(f"{name}:{error.lineno}: {_told(error)}") from error
    except RecursionError as error:
        raise UsageError(f"{name}: nested too deeply") from error


def prepare() -> None:
    """Load whatever filling a template may need, so that it opens no file any more."""
    for module in _LATE:
        import_module(module)
    codecs.lookup(_LATE_CODEC)


def render(name: str, source: str, document: Mapping[str, Any]) -> str:
    """Return the template filled with a document of `document.document`.

    Raises `UsageError` naming file and line, whatever goes wrong in it.
    """
    try:
        pieces = _sandbox(name, source).get_template(name).generate(_context(document))
        return _joined(pieces)
    except UsageError as error:
        raise UsageError(f"{name}: {error}") from None
    # A template may do anything that an expression can do wrong.
    except Exception as error:
        line = _line(error, name)
        place = name if line is None else f"{name}:{line}"
        raise UsageError(f"{place}: {_told(error)}") from error


def _context(document: Mapping[str, Any]) -> dict[str, Any]:
    report = _inert(document)
    for entry in report["evidence"]:
        entry["source"]["url"] = permalink(entry["source"]["url"])
    return {
        "report": report,
        "evidence": {entry["id"]: entry for entry in report["evidence"]},
        "steps": [asdict(step) for step in actions(report)],
    }


def _inert(part: Any) -> Any:
    """Return a copy with every text on one line, its control characters written out."""
    if isinstance(part, str):
        return one_line(part, _LONGEST_TEXT)
    if isinstance(part, list | Records):
        return [_inert(one) for one in part]
    if isinstance(part, dict):
        return {_inert(key): _inert(one) for key, one in part.items()}
    return part


def _sandbox(name: str, source: str) -> _Sandbox:
    suffix = PurePath(target_name(name)).suffix.lower()
    made = _Sandbox(
        loader=_OneFile(name, source),
        undefined=StrictUndefined,
        autoescape=suffix in _MARKUP | _MARKDOWN,
        finalize=_as_markdown if suffix in _MARKDOWN else _as_it_is,
        optimized=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"percent": _percent, "told": words.value}
    if suffix in _MARKDOWN:
        made.filters |= {"code": _code, "link": _link, "strong": _strong}
    for each in _UNSTEADY:
        made.filters.pop(each, None)
        made.globals.pop(each, None)
    return made


# With a context, nothing is worked out while a template is read, which no limit holds for.
@pass_context
def _as_it_is(_: object, shown: object) -> object:
    return shown


@pass_context
def _as_markdown(_: object, shown: object) -> Markup:
    """Return what Markdown shows unchanged; what a macro or a filter made of it stays."""
    # Markup is this environment's mark of text that is ready, though here it is Markdown.
    return shown if isinstance(shown, Markup) else Markup(markdown.escape(shown))  # noqa: S704


def _code(shown: object) -> Markup:
    return Markup(markdown.code(shown))  # noqa: S704 - escaped as Markdown


def _link(shown: object, address: str | None) -> Markup:
    return Markup(markdown.link(shown, permalink(address)))  # noqa: S704 - escaped as Markdown


def _strong(shown: object) -> Markup:
    return Markup(markdown.strong(shown))  # noqa: S704 - escaped as Markdown


def _percent(value: float | None) -> str:
    return "unknown" if value is None else words.share(value).text


def _joined(pieces: Any) -> str:
    length, kept = 0, []
    for piece in pieces:
        length += len(piece)
        if length > LONGEST:
            raise UsageError(f"writes more than {LONGEST >> 20} MiB")
        kept.append(piece)
    return "".join(kept)


def _line(error: BaseException, name: str) -> int | None:
    """Return the last line of the template that the error went through."""
    found, frame = None, error.__traceback__
    while frame is not None:
        if frame.tb_frame.f_code.co_filename == name:
            found = frame.tb_lineno
        frame = frame.tb_next
    return found


def _told(error: Exception) -> str:
    if isinstance(error, TemplateError):
        return one_line(error.message or "cannot be filled")
    if isinstance(error, RecursionError):
        return "calls itself without an end"
    return one_line(f"{type(error).__name__}: {error}")
