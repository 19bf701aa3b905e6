"""Which papers are on their way in: none is taken in twice, and what has time waits until their words are read."""

import threading

from db.records import VersionRecord

_Key = tuple[str, str]


class UnderWay:
    """From any thread. A paper is begun, then perhaps fetched, then read, and ended."""

    def __init__(self) -> None:
        self._begun: set[_Key] = set()
        self._read: set[_Key] = set()
        self._change = threading.Condition()

    def begin(self, row: VersionRecord) -> bool:
        """Claim a paper; False where it is under way already."""
        with self._change:
            if _key(row) in self._begun:
                return False
            self._begun.add(_key(row))
            return True

    def reading(self, row: VersionRecord, aside: bool) -> None:
        """Its words are read from now on. aside: beside the others, which do not wait for it."""
        with self._change:
            (self._read.discard if aside else self._read.add)(_key(row))
            self._change.notify_all()

    def end(self, row: VersionRecord) -> None:
        """Nothing more is done with it now."""
        with self._change:
            self._begun.discard(_key(row))
            self._read.discard(_key(row))
            self._change.notify_all()

    @property
    def is_any(self) -> bool:
        """Whether any paper is under way."""
        return bool(self._begun)

    def wait_all(self, seconds: float) -> bool:
        """Wait until nothing is under way; False when time ran out."""
        with self._change:
            return self._change.wait_for(lambda: not self._begun, seconds)

    def wait_words(self, seconds: float) -> bool:
        """Wait until nobody's words are being read; False when time ran out."""
        with self._change:
            return self._change.wait_for(lambda: not self._read, seconds)


def _key(row: VersionRecord) -> _Key:
    return row.sha256, row.paper_id
