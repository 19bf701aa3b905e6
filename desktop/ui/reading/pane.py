"""One view of pages: with its own place, zoom and way back."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.packs.book import BookPage
from desktop.reader.history import Place
from desktop.ui.panels.reading_desk import ReadingDesk
from desktop.ui.reader.canvas import PageCanvas
from desktop.ui.reading.open_pack import OpenPack

_PLACE_PAUSE_MS = 1000


class Pane(QWidget):
    """Shows a pack and keeps the place in it. It knows no panel and no other pane."""

    page_changed = Signal(int)  # of the book, from 0

    def __init__(self, desk: ReadingDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.pack: OpenPack | None = None
        self.canvas = PageCanvas(desk.pdf, desk.words, desk.bridge, desk.theme)
        self.canvas.setAccessibleName("Pages")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PLACE_PAUSE_MS)
        self._timer.timeout.connect(self.save_place)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.canvas, 1)
        self.setFocusProxy(self.canvas)
        self.canvas.page_changed.connect(self._tell_page)
        self.canvas.place_changed.connect(self._timer.start)
        self.canvas.page_seen.connect(self._see)

    @property
    def page(self) -> BookPage | None:
        """The page being read, None without one."""
        pages, number = self.pack.book.pages if self.pack else (), self.canvas.current_page()
        return pages[number] if 0 <= number < len(pages) else None

    def show_pack(self, pack: OpenPack, place: Place | None) -> None:
        """Show a pack at a place, or at its start."""
        self.pack = pack
        self.canvas.set_marks(pack.marks_on)
        self.canvas.show_book(pack.book, place)
        left = self._desk.papers_left(pack.id)
        self._desk.bridge.then(left, lambda places: self._use_looks(pack, places), owner=self)

    def take_book(self) -> None:
        """The pack's book is a newer one; the place is kept."""
        if self.pack is not None:
            self.canvas.update_book(self.pack.book)
            self.canvas.marks_changed(None)

    def save_place(self) -> None:
        """Keep where the pack is open."""
        self._timer.stop()
        if self.pack is not None and self.pack.book.pages:
            self._desk.save_place(self.pack.id, self.canvas.remember())

    def leave(self) -> None:
        """Keep the place, and let the pack go."""
        self.save_place()
        self.pack = None

    def _use_looks(self, pack: OpenPack, places: list[Place]) -> None:
        if self.pack is pack:
            self.canvas.use_looks(places)

    def _tell_page(self, number: int) -> None:
        if self.page is not None:
            self.page_changed.emit(number)

    def _see(self, number: int) -> None:
        if self.pack is not None:
            self.pack.see(number)
