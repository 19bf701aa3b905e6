"""Which pages have been in sight long enough to count as seen."""

from collections.abc import Iterable
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

SEEN_AFTER = 1.0  # seconds


class Dwell(QObject):
    """Tells each page once, after it has stayed in sight for a second on end."""

    seen = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._since: dict[int, float] = {}
        self._told: set[int] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)

    def in_sight(self, pages: Iterable[int]) -> None:
        """These pages of the book are in sight now."""
        now = monotonic()
        self._since = {page: self._since.get(page, now) for page in pages if page not in self._told}
        self._wind()

    def pause(self) -> None:
        """Nothing is in sight."""
        self._since.clear()
        self._timer.stop()

    def restart(self) -> None:
        """Another book: every page may be told again."""
        self.pause()
        self._told.clear()

    def forget(self, pages: Iterable[int]) -> None:
        """These pages may be told again, once they have come into sight anew."""
        self._told.difference_update(pages)

    def _wind(self) -> None:
        if not self._since:
            self._timer.stop()
            return
        left = min(self._since.values()) + SEEN_AFTER - monotonic()
        self._timer.start(max(10, round(left * 1000)))

    def _look(self) -> None:
        due = [page for page, since in self._since.items() if monotonic() - since >= SEEN_AFTER]
        for page in due:
            del self._since[page]
            self._told.add(page)
        self._wind()
        for page in due:
            self.seen.emit(page)
