"""Learns how long pages are read, from how long they stay the page being read, and tells the agenda what is left."""

from time import monotonic

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from desktop.packs.book import BookPage
from desktop.reader.pace import LEAST, MOST, pace_of
from desktop.ui.panels.guide import Times
from desktop.ui.panels.reading_desk import ReadingDesk
from desktop.ui.panels.spine import Spine
from desktop.ui.reading.pane import Pane
from desktop.ui.reading.split import Split

_AWAY = 180.0  # seconds without a key or the mouse after which nobody is taken to be reading
_HANDS = (QEvent.Type.KeyPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)


class Pacing(QObject):
    """A clock that runs while a page is in use. What is timed stays in the store, with everything else."""

    changed = Signal()  # whether times are wanted

    def __init__(self, split: Split, spine: Spine, desk: ReadingDesk) -> None:
        super().__init__(split)
        self._split, self._spine, self._desk = split, spine, desk
        self._wanted = False
        self._page: BookPage | None = None
        self._pack_id = ""
        self._spent = 0.0
        self._last_sign: float | None = None  # of somebody there; None while the clock stands
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.applicationStateChanged.connect(self._on_state)

    @property
    def wanted(self) -> bool:
        """Whether times are told and taken."""
        return self._wanted

    def watch(self, pane: Pane) -> None:
        """Look for signs of a reader on this pane."""
        pane.canvas.viewport().installEventFilter(self)
        pane.canvas.installEventFilter(self)

    def begin(self) -> None:
        """A pack was opened."""
        self._desk.bridge.then(self._desk.guide.times(), self._take, owner=self)
        self.turn()

    def want(self, wanted: bool) -> None:
        """Tell and take times, or neither."""
        self._stop_clock()
        self._page, self._spent = None, 0.0
        self._desk.bridge.then(self._desk.guide.want_times(wanted), self._take, owner=self)
        self.turn()

    def turn(self) -> None:
        """The page being read may be another one now."""
        page, pack = self._split.in_use.page, self._split.in_use.pack
        if page is not None and self._page is not None and _same(page, self._page):
            return
        self.finish()
        self._page, self._pack_id = page, pack.id if pack else ""
        self._sign()

    def finish(self) -> None:
        """What was read until now counts."""
        self._stop_clock()
        page, self._page = self._page, None
        spent, self._spent = self._spent, 0.0
        if self._wanted and page is not None and LEAST <= spent <= MOST:
            told = self._desk.guide.dwelt(self._pack_id, page.paper.paper_id, page.index, spent)
            self._desk.bridge.then(told, self._take, owner=self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Signs that somebody is there."""
        if event.type() in _HANDS:
            self._sign()
        return False

    def _sign(self) -> None:
        self._stop_clock()
        self._last_sign = monotonic()

    def _stop_clock(self) -> None:
        if self._last_sign is not None:
            self._spent += min(monotonic() - self._last_sign, _AWAY)
            self._last_sign = None

    def _on_state(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self._sign()
        else:
            self._stop_clock()

    def _take(self, times: Times) -> None:
        self._wanted = times is not None
        self.changed.emit()
        self._spine.use_pace(None if times is None else pace_of(times))


def _same(page: BookPage, other: BookPage) -> bool:
    return (page.paper.version, page.index) == (other.paper.version, other.index)
