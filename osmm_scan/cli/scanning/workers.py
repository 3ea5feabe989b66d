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
from multiprocessing.connection import Connection, wait
from typing import TypeVar

from osmm_scan.errors import ScanError

T = TypeVar("T")
R = TypeVar("R")

ATTEMPTS = 3
# So long may a worker clean up when it is told to end.
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
    told, tell = context.Pipe(duplex=False)
    executor = ProcessPoolExecutor(workers, context, initializer=_obey, initargs=(told,))
    with told, tell, executor as pool:
        futures = {pool.submit(task, inputs[place]): place for place in places}
        try:
            for future in as_completed(futures):
                try:
                    yield futures[future], future.result()
                except BrokenProcessPool:
                    return
                except Exception as error:
                    yield futures[future], _failure(error)
        except BaseException:
            tell.close()
            raise
        finally:
            pool.shutdown(cancel_futures=True)


def _obey(told: Connection) -> None:
    """Let this worker end when its parent says so or is gone, and then alone."""
    # A terminal interrupts workers, too; whether that ends them is their parent's to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    threading.Thread(target=_end_when_told, args=[told], daemon=True).start()


def _end_when_told(told: Connection) -> None:
    parent, main = parent_process(), threading.main_thread().ident
    if parent is None or main is None:
        return
    wait([parent.sentinel, told])
    # A worker between two tasks would complain of the interrupt.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    signal.pthread_kill(main, signal.SIGTERM)  # git and temporary folders end with the task
    threading.Event().wait(GRACE_SECONDS)
    os._exit(1)


def _failure(error: Exception) -> ScanError:
    if isinstance(error, ScanError):
        return error
    _log.debug("internal error", exc_info=error)
    return ScanError(f"internal error: {error!r}; run again with -vv and report it")
