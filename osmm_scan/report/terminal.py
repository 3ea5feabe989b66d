"""Paper for a terminal: marks, bars and wrapped lines of a chosen width, with color or without.

Text is never parsed for markup, and every string goes through `inert.one_line` here.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

from osmm_scan.report.inert import for_log, one_line
from osmm_scan.report.options import Options

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

NARROWEST = 40

Styled = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The signs of a report, in Unicode or for terminals that have only ASCII."""

    met: str
    unmet: str
    unknown: str
    not_applicable: str
    waived: str
    proved: str
    possible: str
    open: str
    ceiling: str
    line: str
    next: str
    none: str


UNICODE = Marks(
    met="✓",
    unmet="✗",
    unknown="?",
    not_applicable="-",
    waived="~",
    proved="█",
    possible="▒",
    open="·",
    ceiling="│",
    line="─",
    next="→",
    none="·",
)
ASCII = Marks(
    met="+",
    unmet="x",
    unknown="?",
    not_applicable="-",
    waived="~",
    proved="#",
    possible="=",
    open=".",
    ceiling="|",
    line="-",
    next=">",
    none=".",
)


class Paper:
    """A page of text that grows line by line."""

    def __init__(self, options: Options) -> None:
        self.width = max(NARROWEST, options.width)
        self._encoding = _known(options.encoding)
        self.marks = UNICODE if _can_show(UNICODE, self._encoding) else ASCII
        self._page = StringIO()
        self._console = _console(self._page, self.width, color=options.color)

    @property
    def is_unicode(self) -> bool:
        """Tell whether the terminal shows more than ASCII."""
        return self.marks is UNICODE

    def blank(self) -> None:
        """Leave a line empty."""
        self._console.print()

    def heading(self, title: str, aside: str = "") -> None:
        """Write the title of a section, with an aside at the right edge where it fits."""
        self.blank()
        self.ends((title.upper(), "bold"), right=(aside, "dim"))
        self._console.print(self._text((self.marks.line * self.width, "dim")))

    def ends(self, *left: Styled, right: Styled, hang: int = 0) -> None:
        """Write parts at the left edge and a text at the right, below them if it does not fit."""
        gap = self.width - self._text(*left, right).cell_len
        if gap >= 2:
            self._console.print(self._text(*left, (" " * gap, ""), right))
        else:
            self.line(*left, hang=hang)
            self.line(right, indent=hang)

    def line(self, *parts: Styled, indent: int = 0, hang: int = 0) -> None:
        """Write styled parts, wrapped at the width; wrapped lines hang under the text."""
        if not "".join(text for text, _ in parts).strip():
            return
        lines = self._text(*parts).wrap(self._console, self.width - indent - hang)
        for place, wrapped in enumerate(lines):
            wrapped.rstrip()
            self._console.print(self._text((" " * (indent + (hang if place else 0)), "")) + wrapped)

    def table(
        self, rows: Iterable[Sequence[Styled]], *, flex: int, right: Iterable[int] = ()
    ) -> None:
        """Write rows in columns; column `flex` takes what is left and wraps, `right` align so."""
        from rich.table import Table

        lines = [tuple(map(self._text, row)) for row in rows]
        table = Table.grid(padding=(0, 2, 0, 0), expand=True)
        aligned = set(right)
        for place in range(max(map(len, lines), default=0)):
            table.add_column(
                justify="right" if place in aligned else "left",
                ratio=1 if place == flex else None,
                overflow="fold",
            )
        for line in lines:
            table.add_row(*line)
        self._console.print(table)

    def bar(self, proved: float, possible: float, ceiling: float | None, length: int) -> str:
        """Return a bar of `length` cells; what is proved is never rounded up to the full bar."""
        solid, reach = int(proved * length + 1e-9), int(possible * length + 1e-9)
        cells = [self.marks.proved] * solid + [self.marks.possible] * (reach - solid)
        cells += [self.marks.open] * (length - len(cells))
        if ceiling is not None and solid <= (edge := min(length - 1, round(ceiling * length))):
            cells[edge] = self.marks.ceiling
        return "".join(cells)

    def written(self) -> str:
        """Return the page, harmless for terminals and logs and writable in its encoding."""
        lines = re.sub(" +$", "", self._page.getvalue(), flags=re.MULTILINE).strip("\n") + "\n"
        encoded = for_log(lines).encode(self._encoding, "backslashreplace")
        return encoded.decode(self._encoding)

    def _text(self, *parts: Styled) -> Text:
        from rich.text import Text

        whole = Text()
        for text, style in parts:
            whole.append(_spaced(text), style=style)
        return whole


def _spaced(text: str) -> str:
    # Spaces at the ends separate parts of a line, so only what is between them is made harmless.
    start = len(text) - len(text.lstrip(" "))
    end = len(text) - len(text.rstrip(" "))
    return " " * start + one_line(text) + (" " * end if text.strip(" ") else "")


def _can_show(marks: Marks, encoding: str) -> bool:
    try:
        "".join(getattr(marks, name) for name in marks.__slots__).encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "ascii"


def _console(page: StringIO, width: int, *, color: bool) -> Console:
    from rich.console import Console

    # An empty environment: rich would otherwise obey COLUMNS and FORCE_COLOR, and no report may
    # depend on where it is made.
    return Console(
        file=page,
        width=width,
        color_system="standard" if color else None,
        force_terminal=color,
        no_color=not color,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )
