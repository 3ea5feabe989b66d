"""The options that several commands share; each group reaches its command as one value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from functools import reduce, wraps
from pathlib import Path
from typing import Any

import click

from osmm_scan.cli.console import configure_logging

Command = Callable[..., Any]
PATH = click.Path(path_type=Path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observing:
    """How to look: the day to speak of, the days that count as activity, where evidence is kept."""

    as_of: date
    window_days: int
    save: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """How to judge: by which rules, for which kind of organisation, against which target."""

    rules: Path | None
    profile: str | None
    fail_under: int | None
    on_unknown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporting:
    """Which reports to write, and where."""

    formats: tuple[str, ...]
    output: Path | None
    no_color: bool
    templates: tuple[str, ...] = ()
    include_private: bool = False


class Day(click.ParamType[date]):
    """A calendar day such as 2026-06-30."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day, or fail with what is expected."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day such as 2026-06-30", param, ctx)


def today() -> date:
    """Return the current day in UTC; the only clock that osmm-scan reads."""
    return datetime.now(UTC).date()


def group(kind: type[Any], command: Command, *options: Callable[[Command], Command]) -> Command:
    """Return a command with options that reach it as one value of a kind, named after the kind."""
    names = [field.name for field in fields(kind)]

    @wraps(command)
    def grouped(**arguments: Any) -> Any:
        chosen = kind(**{name: arguments.pop(name) for name in names})
        return command(**arguments, **{kind.__name__.lower(): chosen})

    return _all(grouped, *options)


def observing(command: Command) -> Command:
    """Add the options of commands that look at repositories."""
    return group(
        Observing,
        command,
        click.option("--as-of", type=Day(), default=today, help="Judge as of this day.  [today]"),
        click.option(
            "--since",
            "window_days",
            type=click.IntRange(1, 36_500),
            default=365,
            metavar="DAYS",
            help="Activity is what happened in this many days.  [365]",
        ),
        click.option("--save", type=PATH, metavar="BUNDLE", help="Keep the evidence in a file."),
    )


def judging(command: Command) -> Command:
    """Add the options of commands that grade evidence."""
    return group(
        Judging,
        command,
        click.option("--rules", type=PATH, metavar="DIR", help="Use this rule pack."),
        click.option(
            "--profile",
            metavar="NAME",
            help="Which items apply: company, foundation, community or your own.  [company]",
        ),
        click.option(
            "--fail-under",
            type=click.IntRange(0, 5),
            metavar="LEVEL",
            help="Leave with 1 when the level is below this.",
        ),
        click.option(
            "--on-unknown",
            type=click.Choice(["fail", "warn", "ignore"]),
            default="fail",
            help="What a gate does when it cannot decide.  [fail: exit code 3]",
        ),
    )


def reporting(command: Command) -> Command:
    """Add the options of commands that print a report."""
    return group(
        Reporting,
        command,
        click.option(
            "-f",
            "--format",
            "formats",
            multiple=True,
            metavar="NAME[=FILE]",
            help="Report format, repeatable.  [text]",
        ),
        click.option(
            "-o", "--output", type=PATH, metavar="DIR", help="Write the reports into a folder."
        ),
        click.option(
            "--template",
            "templates",
            multiple=True,
            metavar="TEMPLATE[=FILE]",
            help="Fill a Jinja template of your own, repeatable; see docs/templates.md.",
        ),
        click.option(
            "--include-private",
            is_flag=True,
            help="Name private repositories instead of numbering them.",
        ),
        click.option("--no-color", is_flag=True, help="Do not colour the text report."),
    )


def talking(command: Command) -> Command:
    """Add -v and -q, and set the level of messages before the command runs."""

    def speak(context: click.Context, parameter: click.Parameter, value: int) -> None:
        level = context.meta.get(__name__, 0) + (value if parameter.name == "verbose" else -value)
        context.meta[__name__] = level
        configure_logging(level)

    return _all(
        command,
        click.option(
            "-v",
            "--verbose",
            count=True,
            expose_value=False,
            callback=speak,
            help="Say more; twice for details.",
        ),
        click.option(
            "-q",
            "--quiet",
            count=True,
            expose_value=False,
            callback=speak,
            help="Say errors only.",
        ),
    )


def _all(command: Command, *options: Callable[[Command], Command]) -> Command:
    return reduce(lambda decorated, option: option(decorated), reversed(options), command)
