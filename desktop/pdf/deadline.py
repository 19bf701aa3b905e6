"""A clock beside the client: calls when what is being done takes too long."""

import threading
import time
from collections.abc import Callable


class Deadline:
    """Calls late(mark) on its own thread when the time set for a mark is over. One time at once."""

    def __init__(self, name: str, late: Callable[[int], None]) -> None:
        self._late = late
        self._wake = threading.Condition()
        self._due: tuple[float, int] | None = None
        self._sleeping_until: float | None = None  # None: until woken
        self._closed = False
        self._thread = threading.Thread(target=self._watch, name=f"despatch-{name}-clock", daemon=True)
        self._thread.start()

    def set(self, seconds: float, mark: int) -> None:
        """Start to wait for this mark, instead of any other."""
        with self._wake:
            when = time.monotonic() + seconds
            self._due = when, mark
            # Woken only where it would sleep too long: every page drawn sets a time, and hardly any is ever over.
            if self._sleeping_until is None or when < self._sleeping_until:
                self._wake.notify()

    def clear(self) -> None:
        """Nothing is waited for."""
        with self._wake:
            self._due = None

    def close(self) -> None:
        """End the thread."""
        with self._wake:
            self._closed = True
            self._wake.notify()
        self._thread.join()

    def _watch(self) -> None:
        while not self._closed:
            mark = self._sleep()
            if mark is not None:
                self._late(mark)  # without the lock: it may take the client's

    def _sleep(self) -> int | None:
        """Until woken or until a time is over; its mark then."""
        with self._wake:
            if self._closed:
                return None
            if self._due is None:
                self._sleeping_until = None
                self._wake.wait()
                return None
            when, mark = self._due
            rest = when - time.monotonic()
            if rest <= 0:
                self._due = None
                return mark
            self._sleeping_until = when
            self._wake.wait(rest)
            return None
