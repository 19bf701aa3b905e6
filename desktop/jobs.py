"""Lanes: where slow work runs. One thread owns the store; a few carry the network; none of them is the window's."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Lane:
    """A named queue of work on its own threads (one by default, so that what it owns needs no locks)."""

    def __init__(self, name: str, threads: int = 1) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=f"despatch-{name}")

    def do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Queue work; its result or error arrives in the future. Raises RuntimeError once the lane is closed."""
        return self._pool.submit(work, *args, **kwargs)

    def start(self, work: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
        """Queue work whose result nobody waits for; an error it does not handle itself is reported, not lost."""
        self._pool.submit(work, *args, **kwargs).add_done_callback(_report_failure)

    def close(self, drop_waiting: bool = False) -> None:
        """Finish what runs (and what waits, unless dropped) and end the threads."""
        self._pool.shutdown(wait=True, cancel_futures=drop_waiting)

    def close_later(self) -> None:
        """Take nothing more, and end the threads once what waits is done; does not wait for it."""
        self._pool.shutdown(wait=False)


def _report_failure(future: "Future[object]") -> None:
    if not future.cancelled() and (error := future.exception()):
        report(error)


def report(error: BaseException) -> None:
    """Hand an error nobody waits for to threading.excepthook, so that it is seen and never swallowed."""
    facts = (type(error), error, error.__traceback__, threading.current_thread())
    threading.excepthook(threading.ExceptHookArgs(facts))
