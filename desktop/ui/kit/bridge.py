"""The way back: what lanes finish, on whatever thread, arrives on the window's thread through here and nowhere else."""

import threading
import weakref
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from desktop.changes import Change

T = TypeVar("T")
Done = Callable[[Any], None]
Failed = Callable[[BaseException], None]


class Bridge(QObject):
    """Brings finished futures and changes to the Qt thread; make it there, and close it before the lanes."""

    changed = Signal(object)  # Change, always on the Qt thread
    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived: deque[Callable[[], None]] = deque()
        self._lock = threading.Lock()
        self._open = True
        self._woken.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def then(
        self,
        future: "Future[T]",
        done: Callable[[T], None],
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Call done with the result, or failed with the error, on the Qt thread, once.

        Dropped when owner is gone by then; a cancelled future is ignored. An error nobody takes is raised on the Qt
        thread. An owner's own methods are held weakly.
        """
        errand = _Errand(done, failed, owner)
        future.add_done_callback(lambda ended: self._post(lambda: errand.deliver(ended)))

    def carry(self, change: Change) -> None:
        """Bring a change over from any thread: give this to `Changes.listen`."""
        self._post(lambda: self.changed.emit(change))

    def close(self) -> None:
        """Deliver nothing more, and let go of everything that waits."""
        with self._lock:
            self._open = False
            self._arrived.clear()

    def _post(self, errand: Callable[[], None]) -> None:
        with self._lock:
            if not self._open or not shiboken6.isValid(self):
                return
            self._arrived.append(errand)
            # One waking delivers everything that lies there: a burst of progress costs one event.
            if len(self._arrived) == 1:
                self._woken.emit()

    @Slot()
    def _deliver(self) -> None:
        # Only what is here now: what arrives meanwhile waits for the next turn, so that painting gets its share.
        with self._lock:
            errands = tuple(self._arrived)
            self._arrived.clear()
        for place, errand in enumerate(errands):
            try:
                errand()
            except BaseException:
                self._put_back(errands[place + 1 :])
                raise

    def _put_back(self, errands: tuple[Callable[[], None], ...]) -> None:
        with self._lock:
            if self._open and errands:
                self._arrived.extendleft(reversed(errands))
                self._woken.emit()


class _Errand:
    """Who wants to hear of one future. Holds its owner weakly, so that waiting keeps no closed screen alive."""

    def __init__(self, done: Done, failed: Failed | None, owner: QObject | None) -> None:
        self._owner = weakref.ref(owner) if owner is not None else None
        self._done = _loosely(done, owner)
        self._failed = _loosely(failed, owner) if failed is not None else None

    def deliver(self, future: "Future[Any]") -> None:
        """Hand the future's outcome over, if anybody is still there to take it."""
        done, failed = self._done(), self._failed() if self._failed else None
        if future.cancelled() or self._is_orphaned() or done is None:
            return
        error = future.exception()
        if error is None:
            done(future.result())
        elif failed is not None:
            failed(error)
        else:
            raise error

    def _is_orphaned(self) -> bool:
        if self._owner is None:
            return False
        owner = self._owner()
        return owner is None or not shiboken6.isValid(owner)


def _loosely(call: Callable[..., None], owner: QObject | None) -> Callable[[], Callable[..., None] | None]:
    """A way to the callback which does not keep its owner alive when it is one of the owner's own methods."""
    if owner is not None and getattr(call, "__self__", None) is owner and hasattr(call, "__func__"):
        return weakref.WeakMethod(call)
    return lambda: call
