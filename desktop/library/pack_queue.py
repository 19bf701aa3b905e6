"""Packs that something is to be worked out for, in a lane of its own: asked for often, done once."""

import threading
from collections.abc import Callable

from desktop.jobs import Lane


class PackQueue:
    """Calls `work` with the id of each pack, one after another. Ends with `close`."""

    def __init__(self, name: str, work: Callable[[str], None]) -> None:
        self._lane, self._work = Lane(name), work
        self._waiting: set[str] = set()
        self._lock = threading.Lock()

    def want(self, pack_id: str) -> None:
        """Have it worked out from what is there when its turn comes: a pack that waits already waits no longer."""
        with self._lock:
            if pack_id in self._waiting:
                return
            self._waiting.add(pack_id)
        self._lane.start(self._run, pack_id)

    def first(self, work: Callable[[], None]) -> None:
        """Have something else done in the lane, before what is wanted from now on."""
        self._lane.start(work)

    def close(self) -> None:
        """Work nothing more out; what runs is waited for, and what waits is dropped."""
        self._lane.close(drop_waiting=True)

    def _run(self, pack_id: str) -> None:
        with self._lock:
            self._waiting.discard(pack_id)
        self._work(pack_id)
