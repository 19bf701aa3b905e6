"""What is asked of a worker and has not been sent to it yet."""

import heapq
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from desktop.pdf.frames import Header
from desktop.pdf.protocol import PageRequest


@dataclass(eq=False)
class Work:
    """One thing asked. order: smallest goes first. page: from 0, for sentences; request: where it is a draw."""

    number: int
    kind: str
    version: str
    order: tuple[int, int]
    limit: float
    message: Header = field(repr=False)
    body: bytes = field(default=b"", repr=False)
    page: int | None = None
    request: PageRequest | None = None
    future: "Future[Any]" = field(default_factory=Future, repr=False)
    slot: int = -1
    sent: bool = False

    def finish(self, result: object = None, error: BaseException | None = None) -> None:
        """Give the result to whoever waits, unless they no longer do. Once only; never under a lock."""
        if not self.future.set_running_or_notify_cancel():
            return
        if error is not None:
            self.future.set_exception(error)
        else:
            self.future.set_result(result)


class Waiting:
    """A queue that knows what is most pressing. Not safe between threads by itself."""

    def __init__(self) -> None:
        self._heap: list[tuple[tuple[int, int], int, Work]] = []
        self._here: dict[int, Work] = {}

    def __len__(self) -> int:
        return len(self._here)

    def add(self, work: Work) -> None:
        """Queue it; once more with a smaller order to move it forward."""
        self._here[work.number] = work
        heapq.heappush(self._heap, (work.order, work.number, work))

    def best(self) -> Work | None:
        """The most pressing; it stays in the queue."""
        while self._heap:
            order, _, work = self._heap[0]
            if self._here.get(work.number) is work and order == work.order:
                return work
            heapq.heappop(self._heap)
        return None

    def take(self, work: Work) -> None:
        """It is in the queue no more."""
        self._here.pop(work.number, None)

    def asking(self, request: PageRequest) -> Work | None:
        """The queued draw of the same picture."""
        return next((work for work in self._here.values() if work.request == request), None)

    def take_all(self, wanted: Callable[[Work], bool]) -> list[Work]:
        """Take out everything wanted."""
        taken = [work for work in self._here.values() if wanted(work)]
        for work in taken:
            self.take(work)
        return taken

    def __iter__(self) -> Iterator[Work]:
        return iter(self._here.values())
