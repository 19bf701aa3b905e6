"""The links of the pages in sight: loaded ahead, found under the pointer, walked by key, drawn lightly."""

from collections.abc import Callable, Iterable, Sequence
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
_FAINTER = 0.3  # under words that lead nowhere yet

_Key = tuple[str, int]


@dataclass(frozen=True)
class SaidLink:
    """A link that the words of a page are, or that the reader made at them. boxes: in points, one a line; what: it.

    own: made by the reader. found: that it leads somewhere.
    """

    boxes: tuple[tuple[float, float, float, float], ...]
    what: object
    own: bool = False
    found: bool = True


@dataclass(frozen=True)
class FoundLink:
    """A link and the page of the book (from 0) it stands on. said: by the words there, and not by the file."""

    page: int
    link: PageLink
    said: SaidLink | None = None

    @property
    def boxes(self) -> tuple[tuple[float, float, float, float], ...]:
        """Where it lies, in points."""
        return self.said.boxes if self.said is not None else (self.link.box,)


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
        self._said: Callable[[BookPage], Sequence[SaidLink]] = lambda _page: ()
        self._pointed: FoundLink | None = None
        self.focused: FoundLink | None = None

    def use_book(self, book: Book) -> None:
        """Links of this book from now on."""
        self._pages = book.pages
        self._known.clear()
        self._asked.clear()
        self._pointed = self.focused = None

    def use_said(self, said: Callable[[BookPage], Sequence[SaidLink]]) -> None:
        """Ask there for the links that the words of a page are."""
        self._said = said

    def want(self, pages: Iterable[int]) -> None:
        """Load the links of these pages of the book."""
        if len(self._known) > _KEPT:
            self._known.clear()
        for number in pages:
            if 0 <= number < len(self._pages) and need_is_here(self._pages[number]):
                self._load(_key(self._pages[number]))

    def on(self, number: int) -> list[FoundLink]:
        """The links of a page of the book, from the top; none while they are not loaded. Where the file has a link on
        words that are one themselves, the file's is taken."""
        if not 0 <= number < len(self._pages):
            return []
        page = self._pages[number]
        links = [FoundLink(number, link) for link in self._known.get(_key(page), [])]
        said = [each for each in self._said(page) if not any(_overlap(each, link.link) for link in links)]
        links += [FoundLink(number, PageLink(each.boxes[0]), each) for each in said]
        return sorted(links, key=lambda link: (link.link.box[1], link.link.box[0])) if said else links

    def at(self, pos: QPointF) -> FoundLink | None:
        """The link under a position in the window."""
        if not self._pages:
            return None
        point = self._view().to_page(ViewPixel(pos.x(), pos.y()))
        return next((found for found in self.on(point.page) if _holds(found, point.x, point.y)), None)

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
        for found, part in [(each, part) for each in self.on(box.page) for part in each.boxes]:
            area = QRectF(*box.rect(*part))
            colour = QColor(page_look.accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if found == self.focused:
                painter.setPen(QPen(QColor(page_look.focus), 2))
                painter.drawRect(area.adjusted(-2, -2, 2, 2))
            elif found == self._pointed:
                painter.setPen(QPen(colour, 1))
                painter.drawRoundedRect(area.adjusted(-2, -1, 2, 1), 2, 2)
            else:
                painter.setPen(_line_under(found.said, colour))
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


def _line_under(said: SaidLink | None, colour: QColor) -> QPen:
    """The file's own links as they always were; found ones dotted, fainter where they lead nowhere; the reader's own
    firm."""
    if said is not None and said.own:
        return QPen(colour, 2)
    colour.setAlphaF(_FAINT if said is None or said.found else _FAINTER)
    pen = QPen(colour, 1 if said is None else 1.4)
    if said is not None:
        pen.setStyle(Qt.PenStyle.DotLine if said.found else Qt.PenStyle.DashDotLine)
    return pen


def _holds(found: FoundLink, x: float, y: float) -> bool:
    return any(x0 <= x <= x1 and y0 - 1 <= y <= y1 + 1 for x0, y0, x1, y1 in found.boxes)


def _overlap(said: SaidLink, link: PageLink) -> bool:
    x0, y0, x1, y1 = link.box
    return any(a0 < x1 and x0 < a1 and b0 < y1 and y0 < b1 for a0, b0, a1, b1 in said.boxes) and not said.own
