"""One view of pages: with its own place, zoom and way back."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desktop.packs.book import BookPage
from desktop.reader.history import History, Place, Trail, Visit
from desktop.ui.panels.reading_desk import ReadingDesk
from desktop.ui.reader.canvas import PageCanvas
from desktop.ui.reader.picture_store import PictureStore
from desktop.ui.reading.open_pack import OpenPack
from desktop.ui.reading.open_packs import OpenPacks
from desktop.ui.reading.pane_head import PaneHead

_PLACE_PAUSE_MS = 1000


class Pane(QWidget):
    """Shows a pack and keeps the place in it, and the way back through this pack and those before it."""

    page_changed = Signal()
    trail_changed = Signal()  # what back and forward lead to
    settled = Signal()  # the reader came to rest; a second after the last move

    def __init__(
        self, desk: ReadingDesk, packs: OpenPacks, pictures: PictureStore, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._packs = desk, packs
        self._trail, self._history, self._jumps = Trail(), History(), 0
        self.pack: OpenPack | None = None
        self.head = PaneHead(desk.theme)
        self.canvas = PageCanvas(desk.pdf, desk.words, desk.bridge, desk.theme, pictures=pictures)
        self.canvas.setAccessibleName("Pages")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PLACE_PAUSE_MS)
        self._timer.timeout.connect(self.settled)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        self.body = QSplitter()  # the pages, and beside them their text where that is wanted
        self.body.addWidget(self.canvas)
        column.addWidget(self.body, 1)
        self.canvas.page_changed.connect(self._tell_page)
        self.canvas.history_changed.connect(self._look_at_history)
        self.canvas.place_changed.connect(self._timer.start)
        self.canvas.page_seen.connect(self._see)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """The keys go to the pages. A focus proxy would take all else in the pane out of the Tab order."""
        self.canvas.setFocus(reason)

    @property
    def page(self) -> BookPage | None:
        """The page being read, None without one."""
        pages, number = self.pack.book.pages if self.pack else (), self.canvas.current_page()
        return pages[number] if 0 <= number < len(pages) else None

    def show_pack(self, pack: OpenPack, place: Place | None) -> None:
        """Begin with a pack at a place, or at its start. Nothing leads back from there."""
        self._trail.clear()
        self._show(pack, place, History())

    def turn_to(self, pack: OpenPack, place: Place | None) -> None:
        """Another pack in the place of this one; back leads to this one."""
        if (visit := self._visit()) is not None:
            self._trail.left(visit)
        self._show(pack, place, History())

    def take_book(self) -> None:
        """The pack's book is a newer one; the place is kept."""
        if self.pack is not None:
            self.canvas.update_book(self.pack.book)
            self.canvas.marks_changed(None)
            self._tell_page()

    def back(self) -> None:
        """To where the last jump began, in this pack or in the one before."""
        if self.canvas.can_go_back:
            self.canvas.back()
        elif (before := self._trail.before) is not None:
            self._travel(before, self._trail.went_back)

    def forward(self) -> None:
        """Undo the last step back."""
        if self.canvas.can_go_forward:
            self.canvas.forward()
        elif (after := self._trail.after) is not None:
            self._travel(after, self._trail.went_forward)

    @property
    def can_go_back(self) -> bool:
        """Whether back leads anywhere."""
        return self.canvas.can_go_back or self._trail.before is not None

    @property
    def can_go_forward(self) -> bool:
        """Whether forward leads anywhere."""
        return self.canvas.can_go_forward or self._trail.after is not None

    def leave(self) -> None:
        """Let the pack and its pictures go."""
        self._timer.stop()
        self._trail.clear()
        self.pack = None
        self.canvas.close_book()

    def go(self) -> None:
        """The pane is closed for good."""
        self.leave()
        self.canvas.leave()

    def _show(self, pack: OpenPack, place: Place | None, history: History) -> None:
        self.pack = pack
        self.canvas.set_marks(pack.marks_on)
        self.canvas.use_history(History())  # showing a book clears the one it has, which may be kept in the trail
        self.canvas.show_book(pack.book, place)
        left = self._desk.papers_left(pack.id)
        self._desk.bridge.then(left, lambda places: self._use_looks(pack, places), owner=self)
        self._history, self._jumps = history, history.jumps
        self.canvas.use_history(history)
        self._tell_page()

    def _use_looks(self, pack: OpenPack, places: list[Place]) -> None:
        if self.pack is pack:
            self.canvas.use_looks(places)

    def _travel(self, visit: Visit, went: Callable[[Visit], None]) -> None:
        def there(pack: OpenPack, _left: Place | None) -> None:
            if (here := self._visit()) is not None:
                went(here)
                self._show(pack, visit.place, visit.history)

        self._packs.with_pack(visit.pack_id, there)

    def _visit(self) -> Visit | None:
        return Visit(self.pack.id, self.canvas.place(), self._history) if self.pack else None

    def _look_at_history(self) -> None:
        if self._history.jumps != self._jumps:
            self._jumps = self._history.jumps
            self._trail.jumped()
        self.trail_changed.emit()

    def _tell_page(self) -> None:
        page = self.page
        if page is not None and self.pack is not None:
            self.head.show_page(page, self.pack.book.pack)
            self.page_changed.emit()

    def _see(self, number: int) -> None:
        if self.pack is not None:
            self.pack.see(number)
