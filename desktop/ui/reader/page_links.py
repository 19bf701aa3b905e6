"""The links of the pages in sight: loaded ahead, found under the pointer, walked by key, drawn lightly."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen

from desktop.errors import KnownError
from desktop.packs.book import Book, BookPage
from desktop.pdf.client import PdfClient
from desktop.pdf.protocol import PageLink, Urgency
from desktop.reader.needs import need_is_here
from desktop.reader.viewport import PageBox, View, ViewPixel
from desktop.ui.kit.bridge import Bridge
from desktop.ui.kit.palettes import DARK, LIGHT
from desktop.ui.kit.theme import Theme

_KEPT = 60  # pages
_FAINT = 0.45  # of the accent, under a link nobody points at

_Key = tuple[str, int]


@dataclass(frozen=True)
class FoundLink:
    """A link and the page of the book (from 0) it stands on."""

    page: int
    link: PageLink


class PageLinks(QObject):
    """Asks the engine for each page's links once. `changed` when they are to be drawn anew."""

    changed = Signal()
    followed = Signal(object, bool)  # FoundLink; True: in the other pane
    shown = Signal(object)  # FoundLink the pointer or the keys came to; None when they left it

    def __init__(self, pdf: PdfClient, bridge: Bridge, theme: Theme, view: Callable[[], View], parent: QObject) -> None:
        """view: the window on the book as it is now."""
        super().__init__(parent)
        self._pdf, self._bridge, self._theme, self._view = pdf, bridge, theme, view
        self._pages: tuple[BookPage, ...] = ()
        self._known: dict[_Key, list[PageLink]] = {}
        self._asked: set[_Key] = set()
        self._pointed: FoundLink | None = None
        self.focused: FoundLink | None = None

    def use_book(self, book: Book) -> None:
        """Links of this book from now on."""
        self._pages = book.pages
        self._known.clear()
        self._asked.clear()
        self._pointed = self.focused = None

    def want(self, pages: Iterable[int]) -> None:
        """Load the links of these pages of the book."""
        if len(self._known) > _KEPT:
            self._known.clear()
        for number in pages:
            if 0 <= number < len(self._pages) and need_is_here(self._pages[number]):
                self._load(_key(self._pages[number]))

    def on(self, number: int) -> list[FoundLink]:
        """The links of a page of the book, from the top; none while they are not loaded."""
        links = self._known.get(_key(self._pages[number]), []) if 0 <= number < len(self._pages) else []
        return [FoundLink(number, link) for link in links]

    def at(self, pos: QPointF) -> FoundLink | None:
        """The link under a position in the window."""
        if not self._pages:
            return None
        point = self._view().to_page(ViewPixel(pos.x(), pos.y()))
        return next((found for found in self.on(point.page) if _holds(found.link, point.x, point.y)), None)

    def area(self, found: FoundLink) -> QRect:
        """Where a link lies in the window."""
        left, top, width, height = self._view().box(found.page).rect(*found.link.box)
        return QRect(round(left), round(top), round(width), round(height))

    def point(self, found: FoundLink | None) -> None:
        """The pointer is over this link, or over none."""
        if found != self._pointed:
            self._pointed = found
            self.changed.emit()
            self.shown.emit(found)

    def follow(self, found: FoundLink, beside: bool) -> None:
        """Ask to be led where a link leads."""
        self.shown.emit(None)
        self.followed.emit(found, beside)

    def put_keys(self, found: FoundLink | None) -> None:
        """Put the keys on a link, or take them off."""
        if found != self.focused:
            self.focused = found
            self.changed.emit()
            self.shown.emit(found)

    def draw(self, painter: QPainter, box: PageBox) -> None:
        """A faint line under each link; a frame round the one pointed at, a firm one round the one with the keys."""
        page_look = DARK if self._theme.dark_pages else LIGHT  # it lies on the page, whatever the window looks like
        for found in self.on(box.page):
            area = QRectF(*box.rect(*found.link.box))
            colour = QColor(page_look.accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if found == self.focused:
                painter.setPen(QPen(QColor(page_look.focus), 2))
                painter.drawRect(area.adjusted(-2, -2, 2, 2))
            elif found == self._pointed:
                painter.setPen(QPen(colour, 1))
                painter.drawRoundedRect(area.adjusted(-2, -1, 2, 1), 2, 2)
            else:
                colour.setAlphaF(_FAINT)
                painter.setPen(QPen(colour, 1))
                painter.drawLine(area.bottomLeft(), area.bottomRight())

    def _load(self, key: _Key) -> None:
        if key in self._known or key in self._asked:
            return
        self._asked.add(key)
        asked = self._pdf.links(*key, Urgency.PREVIOUS)
        self._bridge.then(asked, partial(self._take, key), partial(self._give_up, key), self)

    def _take(self, key: _Key, links: list[PageLink]) -> None:
        self._asked.discard(key)
        self._known[key] = links
        if links:
            self.changed.emit()

    def _give_up(self, key: _Key, error: BaseException) -> None:
        """The page says itself why it cannot be shown."""
        if not isinstance(error, KnownError):
            raise error
        self._known[key] = []


def _key(page: BookPage) -> _Key:
    return page.paper.version, page.index


def _holds(link: PageLink, x: float, y: float) -> bool:
    x0, y0, x1, y1 = link.box
    return x0 <= x <= x1 and y0 - 1 <= y <= y1 + 1
