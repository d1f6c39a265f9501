"""Work handed out to other processes of this machine, or to a Dask cluster, and its results in the order of the work.

Processes are spawned, never forked: a fork would copy the threads' locks of whatever library the parent has loaded. Only a few
pieces are under way at a time, so that the results of many do not pile up here.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import TypeVar

from lakip_xl.errors import LakipError

Work = TypeVar("Work")
Result = TypeVar("Result")

AHEAD = 8
"""Pieces under way for each worker: enough that none waits while the slowest piece holds up the order."""


PATIENCE = 30
"""Seconds in which a scheduler must answer."""


def cores() -> int:
    """The cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def spread(
    do: Callable[[Work], Result], work: Sequence[Work], workers: int, crashed: Callable[[Work], Result]
) -> Iterator[Result]:
    """What ``do`` makes of each piece, in order. Where a piece takes its process down (no memory left, a crash in a library),
    ``crashed`` says what stands in its place, and the others are done all the same."""
    rest = list(work)
    while rest:
        pool = _pool(min(workers, len(rest)))
        done = 0
        try:
            for result in _in_order(pool, do, rest, workers * AHEAD):
                yield result
                done += 1
            return
        except BrokenProcessPool:
            suspects, rest = rest[done : done + workers * AHEAD], rest[done + workers * AHEAD :]
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        yield from _one_by_one(do, suspects, crashed)


def _one_by_one(
    do: Callable[[Work], Result], work: Iterable[Work], crashed: Callable[[Work], Result]
) -> Iterator[Result]:
    """Those that were under way when a process ended, each alone, so that the one that ends it is known."""
    pool = _pool(1)
    try:
        for piece in work:
            try:
                result = _submitted(pool, do, piece).result()
            except BrokenProcessPool:
                pool.shutdown()
                pool, result = _pool(1), crashed(piece)
            yield result
    finally:
        pool.shutdown()


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=prepare)


def _in_order(pool: Executor, do: Callable[[Work], Result], work: Iterable[Work], ahead: int) -> Iterator[Result]:
    waiting: deque[Future[Result]] = deque()
    for piece in work:
        waiting.append(_submitted(pool, do, piece))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _submitted(pool: Executor, do: Callable[[Work], Result], piece: Work) -> Future[Result]:
    """Hands out a piece. A process started for it does not hear Ctrl+C, which is for its parent: it would print a traceback."""
    if not hasattr(signal, "pthread_sigmask"):
        return pool.submit(do, piece)  # Windows: ``prepare`` alone
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.submit(do, piece)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def prepare() -> None:
    """What a worker does first: it loads what a workbook needs, once, and ends when its parent does.

    What is loaded stays; the collector need not look through it again after each workbook.
    """
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.setdefault("POLARS_MAX_THREADS", "1")
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    from lakip_xl.recap import figures  # noqa: F401
    from lakip_xl.rules import catalogue  # noqa: F401

    gc.collect()
    gc.freeze()
    gc.disable()


def _end_with(parent: multiprocessing.process.BaseProcess) -> None:
    """A parent that is killed cannot tell its workers, which would wait for work for ever."""
    parent.join()
    os._exit(1)


def on_cluster(do: Callable[[Work], Result], work: Sequence[Work], scheduler: str) -> Iterator[Result]:
    """As ``spread``, on the workers of a Dask cluster. Raises LakipError where there is no cluster, or distributed is not installed."""
    try:
        from distributed import Client
    except ImportError:
        raise LakipError(
            "--scheduler memerlukan distributed: pasang dengan pip install 'lakip-xl[cluster]'.",
            "--scheduler needs distributed: install it with pip install 'lakip-xl[cluster]'.",
        ) from None
    try:
        client = Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise LakipError(
            f"Klaster Dask di {scheduler} tidak dapat dihubungi. Periksa alamatnya dan apakah dask scheduler sedang berjalan.",
            f"No Dask cluster answers at {scheduler}. Check the address and whether dask scheduler is running.",
        ) from error
    try:
        many = max(1, sum(client.nthreads().values()))
        with client.get_executor(pure=False) as pool:
            yield from _in_order(pool, do, work, many * AHEAD)
    finally:
        with suppress(Exception):
            client.close()
