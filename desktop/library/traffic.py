"""Which papers may be fetched now: fetching can be paused, and packs that are being removed are let go."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager


class Traffic:
    """Asked before a paper is fetched and with every piece of it. From any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._one_ended = threading.Condition(self._lock)
        self._let_go: set[str] = set()
        self._under_way: list[str] = []
        self._is_paused = False

    def pause(self, yes: bool) -> None:
        """Fetch nothing for now, what is under way included; or fetch again from the next check on."""
        self._is_paused = yes

    def allows(self, pack_id: str) -> bool:
        """Whether papers of this pack may be fetched now."""
        return not self._is_paused and pack_id not in self._let_go

    @contextmanager
    def passing(self, pack_id: str) -> Iterator[None]:
        """While a paper of the pack is fetched."""
        with self._lock:
            self._under_way.append(pack_id)
        try:
            yield
        finally:
            with self._one_ended:
                self._under_way.remove(pack_id)
                self._one_ended.notify_all()

    def let_go(self, pack_ids: Iterable[str]) -> None:
        """Fetch nothing more of these packs; returns when nothing of them is being fetched."""
        with self._one_ended:
            self._let_go.update(pack_ids)
            self._one_ended.wait_for(lambda: not self._let_go.intersection(self._under_way))

    def take_back(self, pack_ids: Iterable[str]) -> None:
        """Let these packs be fetched again."""
        with self._lock:
            self._let_go.difference_update(pack_ids)
