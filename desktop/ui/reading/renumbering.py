"""Puts the printed numbers of pages right by hand, once for all pages that follow, and takes it back."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QVBoxLayout, QWidget

from desktop.packs.book import BookPage
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Text, labelled
from desktop.ui.panels.page_box import PageBox
from desktop.ui.panels.popups import PopUp
from desktop.ui.panels.reading_desk import ReadingDesk
from desktop.ui.reading.split import Split

Say = Callable[[str, Callable[[], object] | None], None]
_LONGEST = 20


class Renumbering(QObject):
    """The menu on the page box. room: where the field may lie; say: a sentence, with a way to take it back."""

    def __init__(
        self,
        box: PageBox,
        split: Split,
        desk: ReadingDesk,
        holder: QWidget,
        room: Callable[[], QRect],
        say: Say,
    ) -> None:
        super().__init__(holder)
        self._box, self._split, self._desk, self._holder, self._room, self._say = box, split, desk, holder, room, say
        self._page: BookPage | None = None
        self.field = PrintedBox(desk.theme, holder)
        self.field.given.connect(self._keep)
        self.field.closed.connect(self._give_back)
        box.menu_asked.connect(self._ask)

    def start(self) -> None:
        """Ask how the page being read is printed."""
        page = self._split.in_use.page
        if page is not None:
            self._page = page
            under = self._box.mapTo(self._holder, QPoint(self._box.width() // 2, self._box.height()))
            self.field.ask(page.label, under, self._room())

    def _ask(self, at: QPoint) -> None:
        pack = self._split.in_use.pack
        if pack is not None:
            asked = self._desk.guide.put_right_pages(pack.id)
            self._desk.bridge.then(asked, lambda pages: self._show_menu(at, pages), owner=self)

    def _show_menu(self, at: QPoint, pages: set[tuple[str, int]]) -> None:
        page = self._split.in_use.page
        if page is None:
            return
        menu = QMenu(self._box)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("This page is printed as…", self.start)
        back = menu.addAction("Take back the number given here", lambda: self._put(page, ""))
        back.setEnabled((page.paper.paper_id, page.index) in pages)
        menu.popup(at)

    def _keep(self, label: str) -> None:
        if self._page is not None and label != self._page.label:
            self._put(self._page, label)

    def _give_back(self) -> None:
        self._split.in_use.setFocus()

    def _put(self, page: BookPage, label: str) -> None:
        pack = self._split.in_use.pack
        if pack is None:
            return
        pack_id, where = pack.id, (page.paper.paper_id, page.index)

        def told(before: str) -> None:
            words = f"This page is {label} now, and those after it count on." if label else "The number was taken back."
            self._say(words, lambda: self._desk.guide.put_right(pack_id, *where, before))

        self._desk.bridge.then(self._desk.guide.put_right(pack_id, *where, label), told, owner=self)


class PrintedBox(PopUp):
    """A field for the number as it is printed on the page."""

    given = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.number = QLineEdit()
        self.number.setMaxLength(_LONGEST)
        self.number.returnPressed.connect(self._give)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(6)
        column.addWidget(labelled("This page is printed as", self.number))
        column.addWidget(self.number)
        column.addWidget(Text("Pages after it count on from there. Enter keeps it, Esc does not.", "quiet"))

    def ask(self, label: str, under: QPoint, within: QRect) -> None:
        """Ask, with what is taken for it now."""
        self.setMinimumWidth(self._look.grid(36))
        self.number.setText(label)
        self.show_beside(under, within)
        self.number.setFocus()
        self.number.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves everything as it is."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def _give(self) -> None:
        label = " ".join(self.number.text().split())
        self._close()
        if label:
            self.given.emit(label)

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
