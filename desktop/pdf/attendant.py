"""Keeps one worker busy: sends it what is most pressing, hears its answers, replaces it when it dies."""

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from desktop.pdf.begun import Begun
from desktop.pdf.errors import TooSlow, WorkerDied
from desktop.pdf.frames import Closed, Nonsense
from desktop.pdf.line import Died, Line
from desktop.pdf.memory import Pixels
from desktop.pdf.opening import Opener
from desktop.pdf.process import Means
from desktop.pdf.protocol import PageRequest, Source, Urgency
from desktop.pdf.replies import answer
from desktop.pdf.spawning import SLOTS
from desktop.pdf.table import Table
from desktop.pdf.waiting import Waiting, Work

_IN_HAND = 2  # of the worker: one it does, one that waits in the pipe while the first one's pixels are copied
_QUIETLY = 12  # pages' texts that nobody waits for: the worker goes on while this process has other things to do
_IN_TWOS = ("draw", "text", "links")


@dataclass(frozen=True)
class Limits:
    """Seconds that one operation may take: drawing a page, opening a paper, reading one page's text."""

    draw: float = 10.0
    open: float = 30.0
    text: float = 20.0


class Attendant:
    """The thread between queue and worker. What it is asked from other threads returns at once.

    While the worker is steady (ready, and this thread not in the middle of telling it something), what it can do at
    once is sent from the asking thread, so that no page waits for this one to wake up.
    """

    def __init__(
        self, name: str, means: Means, limits: Limits, at_once: bool = True, begun: Begun | None = None
    ) -> None:
        self.report: Future[dict[str, str]] = Future()
        taken = begun.take() if begun is not None else None
        self._pixels, process = taken or (Pixels(), None)
        self._line = Line(name, means, at_once, self._pixels, process=process)
        self._table = Table()
        self._opener = Opener(self._line, self._table, limits.open, means.memory_mb << 20)
        self._waiting = Waiting()
        self._in_hand: deque[Work] = deque()
        self._slots = list(range(SLOTS))
        self._to_close: list[str] = []
        self._steady = self._closed = False
        self._eager = at_once  # for a worker, though nothing is asked yet
        self._change = threading.Condition()
        self._thread = threading.Thread(target=self._run, name=f"despatch-{name}-pdf", daemon=True)
        self._thread.start()

    def start(self) -> None:
        """Have a worker, though nothing is asked of it yet."""
        with self._change:
            self._eager = self._eager or not self._steady
            self._change.notify()

    def know(self, source: Source) -> None:
        """Where a version is."""
        with self._change:
            self._table.know(source)

    def ask(self, work: Work) -> "Future[Any]":
        """Queue it. Raises LookupError for a version never told."""
        with self._change:
            error = self._table.objection(work.version, work.request)
            if self._closed:
                work.future.cancel()
            elif error is None:
                self._waiting.add(work)
                self._fill()
                self._change.notify()
        if error is not None:
            work.finish(error=error)
        return work.future

    def share(self, request: PageRequest, urgency: Urgency, number: int) -> "Future[Any] | None":
        """The future of the same picture, if it is asked for already; moved forward if this is no less urgent."""
        with self._change:
            for work in self._in_hand:
                if work.request == request and not work.future.cancelled():
                    return work.future
            queued = self._waiting.asking(request)
            if queued is None or queued.future.cancelled():
                return None
            if urgency <= queued.order[0]:
                queued.order = (urgency, -number)
                self._waiting.add(queued)
            return queued.future

    def forget(self, version: str) -> None:
        """Close a paper in the worker."""
        with self._change:
            if self._table.close(version):
                self._to_close.append(version)
                self._change.notify()

    def drop(self, unwanted: Callable[[Work], bool]) -> None:
        """Cancel what waits and is unwanted."""
        with self._change:
            dropped = self._waiting.take_all(unwanted)
        _cancel(dropped)

    def close(self) -> None:
        """End everything; what is not finished is cancelled."""
        with self._change:
            if self._closed:
                return
            self._closed = True
            self._change.notify()
        self._line.kill()
        self._thread.join()
        self._line.close()
        _cancel([*self._in_hand, *self._waiting.take_all(lambda work: True)])
        self._in_hand.clear()
        if not self.report.done():
            self.report.cancel()

    # The attendant's own thread.

    def _run(self) -> None:
        while self._await_something():
            if self._in_hand:
                self._hear()
            else:
                self._begin()

    def _await_something(self) -> bool:
        with self._change:
            while not (self._closed or self._in_hand or len(self._waiting) or self._to_close or self._eager):
                self._change.wait()
            if self._steady:
                self._tell_closed()
            return not self._closed

    def _begin(self) -> None:
        """The worker has nothing in hand: see that there is one, and that what comes next lies open before it."""
        with self._change:
            self._steady = self._eager = False
            work = self._next()
        try:
            if (report := self._line.await_ready()) is not None:
                self._greet(report)
            facts = self._opener.bring(work) if work is not None else None
        except Exception as error:  # noqa: BLE001  whoever asked is told
            with self._change:
                self._steady = self._line.alive()
                self._to_close.clear()
            self._settle(work, error=error)
            return
        with self._change:
            self._steady = True
            self._tell_closed()
            if work is not None and work.kind != "open":
                self._hand_or_wait(work)
            self._fill()
        if work is not None and work.kind == "open":
            self._settle(work, facts)

    def _hear(self) -> None:
        """The worker has something in hand: take its answer, give it the next."""
        work = self._in_hand[0]
        try:
            header, body = self._line.hear()
            if header.get("id") != work.number:
                raise Nonsense
            result, error = answer(work, self._table.name(work.version), header, body, self._pixels)
        except Died as died:
            self._lost(died.late)
            return
        except (Nonsense, Closed):
            self._lost(late=False)
            return
        with self._change:
            self._in_hand.popleft()
            if work.slot >= 0:
                self._slots.append(work.slot)
            self._expect_first()
            self._fill()
        self._settle(work, result, error)

    def _lost(self, late: bool) -> None:
        """The worker is no more: what it was at has failed, the rest is asked of a new one."""
        with self._change:
            self._steady = False
            works = list(self._in_hand)
            self._in_hand.clear()
            self._slots = list(range(SLOTS))
            self._table.close_all()
            guilty = works[0] if works[0].sent else None
            for work in works:
                work.sent, work.slot = False, -1
                if work is not guilty:
                    self._waiting.add(work)
        self._line.expect(None)
        self._line.renew()
        self._eager = True
        if guilty is not None:
            error = (TooSlow if late else WorkerDied)(self._table.name(guilty.version), guilty.page)
            with self._change:
                if guilty.request is not None:
                    self._table.spoilt(guilty.request, error)
            self._settle(guilty, error=error)

    def _settle(self, work: Work | None, result: object = None, error: BaseException | None = None) -> None:
        if work is None:
            return
        if self._closed:
            work.future.cancel()
        work.finish(result, error)

    def _greet(self, report: dict[str, str]) -> None:
        with self._change:
            self._table.close_all()
        if not self.report.done() and self.report.set_running_or_notify_cancel():
            self.report.set_result(report)

    # With the lock; any thread.

    def _fill(self) -> None:
        """Send the worker what it can begin without more ado."""
        if not self._in_hand and self._steady and not self._line.alive():
            self._steady = False  # it died with nothing in hand: the own thread starts another
        while self._steady and len(self._in_hand) < _QUIETLY:
            work = self._next(ready=True)
            if work is None:
                return
            self._hand(work)

    def _next(self, ready: bool = False) -> Work | None:
        """Take the most pressing out of the queue; with ready, only if it can be sent at once."""
        while (work := self._waiting.best()) is not None:
            if work.future.cancelled():
                self._waiting.take(work)
                work.finish()
            elif ready and not self._fits(work):
                return None
            else:
                self._waiting.take(work)
                return work
        return None

    def _fits(self, work: Work) -> bool:
        quiet = work.kind == "text" and work.order[0] >= Urgency.QUIET
        room = len(self._in_hand) < (_QUIETLY if quiet else _IN_HAND)
        beside = not self._in_hand or self._in_hand[-1].kind == work.kind
        return room and beside and work.kind in _IN_TWOS and self._table.is_open(work.version)

    def _hand_or_wait(self, work: Work) -> None:
        if self._table.is_open(work.version):
            self._hand(work)
        else:
            self._waiting.add(work)  # closed again meanwhile, from another thread

    def _hand(self, work: Work) -> None:
        if work.kind == "draw":
            work.slot = work.message["slot"] = self._slots.pop()
        self._in_hand.append(work)
        if len(self._in_hand) == 1:
            self._expect_first()
        work.sent = self._line.send(work.message, work.body)

    def _expect_first(self) -> None:
        if self._in_hand:
            self._line.expect(self._in_hand[0].number, self._in_hand[0].limit)
        else:
            self._line.expect(None)

    def _tell_closed(self) -> None:
        for version in self._to_close:
            if not self._table.is_open(version):  # it may have been opened again since
                self._line.send({"do": "close", "version": version})
        self._to_close.clear()


def _cancel(works: list[Work]) -> None:
    for work in works:
        work.future.cancel()
        work.finish()
