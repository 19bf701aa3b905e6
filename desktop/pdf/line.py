"""The line to a worker: starts one, watches how long it takes, replaces it."""

import threading
from typing import BinaryIO

from desktop.pdf import replies
from desktop.pdf.deadline import Deadline
from desktop.pdf.errors import Unavailable
from desktop.pdf.frames import Body, Closed, Header, Nonsense
from desktop.pdf.memory import Pixels
from desktop.pdf.process import Means, WorkerProcess

_STARTS = 2  # attempts to start a worker before what waits for it is told
_START_LIMIT = 30.0
_HELLO = 0  # the mark no work has


class Died(Exception):
    """The worker is gone. late: it was ended because it took too long."""

    def __init__(self, late: bool = False) -> None:
        super().__init__()
        self.late = late


class Line:
    """One worker at a time. Only `kill` and `__init__` are for other threads than the one that uses it.

    pixels: memory that it draws in, closed with the line; none for a worker of the trade "papers". process: the first
    worker, where it was started already.
    """

    def __init__(
        self,
        name: str,
        means: Means,
        at_once: bool = True,
        pixels: Pixels | None = None,
        trade: str = "pdf",
        process: WorkerProcess | None = None,
    ) -> None:
        self._pixels, self._means, self._trade = pixels, means, trade
        self._lock = threading.Lock()
        self._deadline = Deadline(name, self._on_late)
        self._expected: int | None = None
        self._late = self._ended = self._ready = False
        self._process = process
        if at_once and process is None:
            # The system ends a worker with the thread that started it, so that thread must be one that stays.
            self._start(dies_with_us=threading.current_thread() is threading.main_thread())

    def alive(self) -> bool:
        """Whether a worker is there that has said it is ready."""
        return self._ready and self._process is not None and self._process.alive()

    def await_ready(self) -> dict[str, str] | None:
        """Wait until a worker is ready, starting one if need be; its report if it is a new one. Raises Unavailable."""
        if self.alive():
            return None
        for attempt in range(_STARTS):
            if attempt or self._ready or self._process is None:
                self.renew()
            self.expect(_HELLO, _START_LIMIT)
            try:
                header, _ = self.hear()
                report = replies.report(header)
            except (Died, Nonsense):
                continue
            finally:
                self.expect(None)
            self._ready = True
            return report
        self._drop()
        raise Unavailable

    def expect(self, mark: int | None, seconds: float = 0.0) -> None:
        """The worker has so long for what bears this mark; None: it has nothing to do."""
        with self._lock:
            self._expected, self._late = mark, False
        if mark is None:
            self._deadline.clear()
        else:
            self._deadline.set(seconds, mark)

    def send(self, header: Header, body: bytes = b"") -> bool:
        """Whether it was sent; a worker that is gone is noticed by `hear`."""
        try:
            if self._process is None:
                return False
            self._process.send(header, body)
        except Closed:
            return False
        return True

    def send_file(self, header: Header, file: BinaryIO, length: int) -> None:
        """Send a file. Raises OSError where it cannot be read to its end: the worker is then of no more use."""
        try:
            if self._process is not None:
                self._process.send_file(header, file, length)
        except Closed:
            return  # hear() tells

    def hear(self) -> tuple[Header, Body]:
        """The worker's next message. Raises Died or Nonsense."""
        try:
            if self._process is None:
                raise Closed
            return self._process.receive()
        except Closed as error:
            with self._lock:
                raise Died(self._late) from error

    def renew(self) -> None:
        """Put a new worker in the place of this one, without waiting for it."""
        self._drop()
        self._start(dies_with_us=True)

    def kill(self) -> None:
        """End the worker for good; whoever hears it gets Died."""
        with self._lock:
            self._ended = True
            if self._process is not None:
                self._process.kill()

    def close(self) -> None:
        """Leave no process, thread, pipe or memory."""
        self.kill()
        self._deadline.close()
        self._drop()
        if self._pixels is not None:
            self._pixels.close()

    def _start(self, dies_with_us: bool) -> None:
        with self._lock:
            if self._ended:
                return
            try:
                self._process = WorkerProcess(self._pixels, self._means, dies_with_us, self._trade)
            except OSError:
                self._process = None  # await_ready tries again, and tells

    def _drop(self) -> None:
        with self._lock:
            process, self._process, self._ready = self._process, None, False
        if process is not None:
            process.close()

    def _on_late(self, mark: int) -> None:
        with self._lock:
            if mark == self._expected and self._process is not None:
                self._late = True
                self._process.kill()
