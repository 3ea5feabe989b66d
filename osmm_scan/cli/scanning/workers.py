"""Run one task per repository in worker processes; a task that kills its process harms no other."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from typing import TypeVar

from osmm_scan.errors import ScanError

T = TypeVar("T")
R = TypeVar("R")

ATTEMPTS = 3
# So long may a worker clean up when the process that started it was killed.
GRACE_SECONDS = 5.0

_log = logging.getLogger(__name__)


def run_all(
    task: Callable[[T], R],
    inputs: Sequence[T],
    *,
    jobs: int | None,
    progress: Callable[[int, int], None],
    keep: Callable[[T, R], None] | None = None,
) -> list[R | ScanError]:
    """Return the outcome of every input, in their order; a failure stands in place of its answer.

    `progress(done, all)` is called as tasks end, and before it `keep(input, answer)`, here and at
    once, so that an answer outlives a scan that is killed. Whatever a task meets, be it a
    defect of ours or the death of its process, is a failure of that task alone.
    """
    workers = max(1, min(jobs or os.cpu_count() or 1, len(inputs)))
    outcomes: dict[int, R | ScanError] = {}
    answers = _here(task, inputs) if workers == 1 else _side_by_side(task, inputs, workers)
    for place, outcome in answers:
        outcomes[place] = outcome
        if keep is not None and not isinstance(outcome, ScanError):
            keep(inputs[place], outcome)
        progress(len(outcomes), len(inputs))
    return [outcomes[place] for place in range(len(inputs))]


def _here(task: Callable[[T], R], inputs: Sequence[T]) -> Iterator[tuple[int, R | ScanError]]:
    for place, one in enumerate(inputs):
        try:
            yield place, task(one)
        except Exception as error:
            yield place, _failure(error)


def _side_by_side(
    task: Callable[[T], R], inputs: Sequence[T], workers: int
) -> Iterator[tuple[int, R | ScanError]]:
    waiting = set(range(len(inputs)))
    for place, outcome in _pool(task, inputs, sorted(waiting), workers):
        waiting.discard(place)
        yield place, outcome
    # What killed a worker cannot be told from what ran beside it, so what is left runs alone.
    for place in sorted(waiting):
        yield place, _alone(task, inputs, place)


def _alone(task: Callable[[T], R], inputs: Sequence[T], place: int) -> R | ScanError:
    for _ in range(1, ATTEMPTS):
        for _, outcome in _pool(task, inputs, [place], 1):
            return outcome
    return ScanError(f"its worker process died {ATTEMPTS} times; look at memory and disk space")


def _pool(
    task: Callable[[T], R], inputs: Sequence[T], places: Sequence[int], workers: int
) -> Iterator[tuple[int, R | ScanError]]:
    """Yield outcomes as they come, until all are there or a worker died."""
    # Spawned workers inherit no open file and no thread of ours.
    context = get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_follow_parent) as pool:
        futures = {pool.submit(task, inputs[place]): place for place in places}
        try:
            for future in as_completed(futures):
                try:
                    yield futures[future], future.result()
                except BrokenProcessPool:
                    return
                except Exception as error:
                    yield futures[future], _failure(error)
        finally:
            pool.shutdown(cancel_futures=True)


def _follow_parent() -> None:
    """Let this worker end when its parent is gone; a pool of its own would wait for ever."""
    threading.Thread(target=_end_after_parent, daemon=True).start()


def _end_after_parent() -> None:
    parent, main = parent_process(), threading.main_thread().ident
    if parent is None or main is None:
        return
    parent.join()
    signal.pthread_kill(main, signal.SIGINT)  # git and temporary folders end with the task
    threading.Event().wait(GRACE_SECONDS)
    os._exit(1)


def _failure(error: Exception) -> ScanError:
    if isinstance(error, ScanError):
        return error
    _log.debug("internal error", exc_info=error)
    return ScanError(f"internal error: {error!r}; run again with -vv and report it")
