"""The reader's own marks as the canvas shows them: strips over the words, and a marker in the margin for notes."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from desktop.annotations.anchor import Anchor, Quad
from desktop.packs.book import BookPage
from desktop.reader.viewport import PageBox
from desktop.ui.kit.palettes import NOTES
from desktop.ui.kit.theme import Theme

MARKER = 20.0  # logical pixels
# What a note's colour means, also without colour.
_SIGNS = {"question": "?", "risk": "!", "action": "→", "agree": "✓", "challenge": "×"}


class Mark(Protocol):
    """What the canvas must know of an annotation."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def colour(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def anchor(self) -> Anchor: ...


MarksOf = Callable[[BookPage], Sequence[Mark]]


class Marks:
    """Asks for each page's marks once, until told that they changed; draws them, and finds the one under a point."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._source: MarksOf | None = None
        self._known: dict[tuple[str, int], Sequence[Mark]] = {}

    def use(self, source: MarksOf | None) -> None:
        """Ask there from now on; None: there are none."""
        self._source = source
        self._known.clear()

    def changed(self, paper_id: str | None) -> None:
        """Ask again for the pages of a paper, or of all."""
        self._known = {key: marks for key, marks in self._known.items() if paper_id not in (None, key[0])}

    def on(self, page: BookPage) -> Sequence[Mark]:
        """The marks of a page."""
        key = (page.paper.paper_id, page.index)
        if key not in self._known:
            self._known[key] = tuple(self._source(page)) if self._source else ()
        return self._known[key]

    def draw_strips(self, painter: QPainter, page: BookPage, box: PageBox) -> None:
        """Lay the marks' colours over the words; the painter multiplies, or screens."""
        for mark in self.on(page):
            colour = self._theme.over_page(f"note_{known_note(mark.colour)}")
            for quad in quads_on(mark, page):
                painter.fillRect(place(quad, box), colour)

    def draw_markers(self, painter: QPainter, page: BookPage, box: PageBox) -> None:
        """Draw the margin's markers; logical pixels, normal composition."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for mark, rect in self._markers(page, box):
            _draw_marker(painter, rect, note_colour(self._theme, mark.colour), _SIGNS.get(mark.colour, ""))

    def at(self, page: BookPage, box: PageBox, pixel: QPointF) -> Mark | None:
        """The mark under a pixel of the window, the newest first; markers before strips."""
        for mark, rect in reversed(list(self._markers(page, box))):
            if rect.adjusted(-2, -2, 2, 2).contains(pixel):
                return mark
        for mark in reversed(self.on(page)):
            if any(place(quad, box).contains(pixel) for quad in quads_on(mark, page)):
                return mark
        return None

    def marker_area(self, mark_id: str, page: BookPage, box: PageBox) -> QRectF:
        """Where the margin's marker of a mark stands; empty where it has none."""
        return next((rect for mark, rect in self._markers(page, box) if mark.id == mark_id), QRectF())

    def _markers(self, page: BookPage, box: PageBox) -> Iterator[tuple[Mark, QRectF]]:
        """Notes with words, and where their markers stand: beside the first line, below one another."""
        lowest = -1e9
        right = min(box.left + box.width, box.shown[0] + box.shown[1]) - MARKER - 4
        for mark in sorted(
            (mark for mark in self.on(page) if _has_marker(mark, page)), key=lambda m: _top(m, page, box)
        ):
            top = max(box.top + 4.0, _top(mark, page, box) - 2, lowest + 2)
            lowest = top + MARKER
            yield mark, QRectF(right, top, MARKER, MARKER)


def note_colour(theme: Theme, name: str) -> QColor:
    """The colour of a kind of note; the question's for a name no palette has."""
    return theme.note_colour(known_note(name))


def known_note(name: str) -> str:
    """The kind of note a name stands for: the question for one that no palette has."""
    return name if name in NOTES else NOTES[0]


def quads_on(mark: Mark, page: BookPage) -> Iterator[Quad]:
    """The strips of a mark that lie on a page."""
    return (quad for quad in mark.anchor.quads if quad.page == page.index)


def place(quad: Quad, box: PageBox) -> QRectF:
    """Where a strip of a page lies in the window."""
    return QRectF(*box.rect(quad.x0, quad.y0, quad.x1, quad.y1))


def _has_marker(mark: Mark, page: BookPage) -> bool:
    return (mark.kind == "note" or bool(mark.words)) and mark.anchor.page == page.index


def _top(mark: Mark, page: BookPage, box: PageBox) -> float:
    """The pixel at which a mark begins, however the page is turned."""
    return min((place(quad, box).top() for quad in quads_on(mark, page)), default=box.top)


def _draw_marker(painter: QPainter, rect: QRectF, colour: QColor, sign: str) -> None:
    ink = QColor("#2a2a2a")
    bubble = QPainterPath()
    bubble.addRoundedRect(rect.adjusted(1, 1, -1, -4), 4, 4)
    tail = QPainterPath(QPointF(rect.left() + 5, rect.bottom() - 5))
    tail.lineTo(rect.left() + 5, rect.bottom())
    tail.lineTo(rect.left() + 11, rect.bottom() - 5)
    painter.setPen(QPen(ink, 1.2))
    painter.setBrush(colour)
    painter.drawPath(bubble.united(tail))
    font = QFont(painter.font())
    font.setPixelSize(12)
    font.setBold(True)
    painter.setFont(font)
    painter.drawText(rect.adjusted(0, 0, 0, -3), Qt.AlignmentFlag.AlignCenter, sign)
