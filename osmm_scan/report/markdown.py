"""Text from repositories inside Markdown as GitHub reads it: shown as it is, and doing nothing."""

from __future__ import annotations

import html as _html
import re

from osmm_scan.report.inert import one_line

# An empty space keeps GitHub from linking an address or an issue and from notifying a person.
_BREAK = "&#8203;"
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"}

_LINKED = (
    r"@(?=[\w-])"  # a mention or an address of mail
    r"|#(?=\d)|\bGH-(?=\d)"  # an issue
    r"|(?<=[A-Za-z]):(?=//)|(?<=\bwww)(?=\.)"  # an address
    r"|:(?=[\w+-]{1,40}:)"  # a picture by name
)
_ACTIVE = re.compile(rf"(?P<special>[\\`*_\[\]|~!{{}}&<>$])|(?:{_LINKED})", re.IGNORECASE)
_TOUCHED = re.compile(_LINKED, re.IGNORECASE)
# What would begin a list, a heading or a line, were it the first thing in its line.
_START = re.compile(r"^(\d{0,9})(?=[-+.)#](?:\s|$)|[-=]+$)")


class Markdown(str):
    """Text that is Markdown already. Everything else is escaped when a template shows it."""

    __slots__ = ()


def escape(shown: object) -> Markdown:
    """Return a value so that Markdown shows it unchanged, wherever in a line it stands."""
    if isinstance(shown, Markdown):
        return shown
    text = _ACTIVE.sub(_inactive, one_line(str(shown)))
    return Markdown(_START.sub(r"\1\\", text))


def strong(shown: object) -> Markdown:
    """Return a value in bold, or nothing if it is blank: four stars would draw a line."""
    text = escape(shown)
    return Markdown(f"**{text}**") if text else text


def html(shown: object) -> Markdown:
    """Return a value for an HTML element inside Markdown, where Markdown has no escapes."""
    parts = (_html.escape(part) for part in _apart(one_line(str(shown))))
    return Markdown(_BREAK.join(parts))


def code(shown: object) -> Markdown:
    """Return a value as code, also inside a table."""
    text = one_line(str(shown)).replace("|", "\\|")
    if not text:
        return Markdown("")
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    edge = " " if text.startswith("`") or text.endswith("`") else ""
    return Markdown(f"{fence}{edge}{text}{edge}{fence}")


def link(shown: object, address: str | None) -> Markdown:
    """Return a value as code that leads to an address of `links.permalink`, if there is one."""
    label = code(shown)
    if address is None or not label:
        return label
    return Markdown(f"[{label}]({address.replace('&', '&amp;')})")


def _inactive(match: re.Match[str]) -> str:
    special = match["special"]
    if special is None:
        return match[0] + _BREAK
    return _ENTITIES.get(special, "\\" + special)


def _apart(text: str) -> list[str]:
    ends = [match.end() for match in _TOUCHED.finditer(text)]
    return [text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True)]
