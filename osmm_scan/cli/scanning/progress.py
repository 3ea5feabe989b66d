"""A progress bar on stderr; silent when stderr is no terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress_bar(*, silent: bool) -> Iterator[Callable[[int, int], None]]:
    """Yield a function that shows how many of how many repositories are done."""
    if silent or not sys.stderr.isatty() or os.environ.get("CI"):
        yield lambda done, everything: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = ("Repositories", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("repositories")
        yield lambda done, everything: bar.update(task, completed=done, total=everything)
