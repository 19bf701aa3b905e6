"""The reader's own marks as the canvas shows them: strips over words, what was drawn, and markers for notes."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPixmap

from desktop.annotations.anchor import Quad
from desktop.annotations.entries import DRAWN_KINDS, NOTE, QUESTION, TEXT
from desktop.packs.book import BookPage
from desktop.reader.viewport import PageBox
from desktop.ui.kit.mark_words import SIGNS
from desktop.ui.kit.palettes import NOTES
from desktop.ui.kit.sharing_words import initials
from desktop.ui.kit.theme import Theme
from desktop.ui.reader.handles import draw_held
from desktop.ui.reader.mark_drawing import LINED, Mark, as_line, draw_lines_at, draw_shape, is_hit

__all__ = ["MARKER", "Mark", "Marks", "MarksOf", "known_note", "note_colour", "place", "quads_on"]

_SLACK = 5.0  # logical pixels: how near the pointer must come to a line
MARKER = 20.0  # logical pixels


MarksOf = Callable[[BookPage], Sequence[Mark]]


class Marks:
    """Asks for each page's marks once, until told that they changed; draws them, and finds the one under a point."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._source: MarksOf | None = None
        self._known: dict[tuple[str, int], Sequence[Mark]] = {}
        self._stamps: dict[tuple[str, bool, int, float], QPixmap] = {}
        self.held = ""  # id of the mark that mouse and keys have hold of
        self.pointed = ""  # of the one that the panel points at
        self.preview: Mark | None = None  # what is being drawn, or how a mark would be; in the place of that of its id

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
        known, now = self._known[key], self.preview
        if now is None:
            return known
        others = [mark for mark in known if mark.id != now.id]
        return [*others, now] if (now.anchor.paper_id, now.anchor.page) == key else others

    def draw_strips(self, painter: QPainter, page: BookPage, box: PageBox) -> None:
        """Lay the marks' colours over the words; the painter multiplies, or screens."""
        for mark in self.on(page):
            if mark.kind in LINED or mark.shape is not None:
                continue
            colour = self._theme.over_page(f"note_{known_note(mark.colour)}")
            for quad in quads_on(mark, page):
                painter.fillRect(place(quad, box), colour)

    def draw_markers(self, painter: QPainter, page: BookPage, box: PageBox) -> None:
        """Draw lines and shapes, and the margin's markers; logical pixels, normal composition."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.save()
        painter.setClipRect(QRectF(box.shown[0], box.top, box.shown[1], box.height))
        for mark in self.on(page):
            self._draw_lines(painter, mark, page, box)
        painter.restore()
        for mark, rect in self._markers(page, box):
            self._draw_marker(painter, rect, mark)
        if not (self.held or self.pointed):
            return
        for mark in self.on(page):
            if mark.id and mark.id in (self.held, self.pointed):
                at = next((rect for other, rect in self._markers(page, box) if other.id == mark.id), None)
                draw_held(painter, self._theme, mark, page, box, at, whole=mark.id == self.held)

    def _draw_marker(self, painter: QPainter, rect: QRectF, mark: Mark) -> None:
        """Stamped: a page may have dozens, and they are few to draw."""
        device, ratio = painter.device(), 1.0
        if device is not None:
            ratio = device.devicePixelRatioF()
        colour = note_colour(self._theme, mark.colour)
        key = (_sign(mark), mark.kind == QUESTION and not mark.sharing.by, colour.rgba(), ratio)
        if key not in self._stamps:
            self._stamps[key] = _stamp(colour, mark, ratio)
        at = QPointF(round(rect.left() * ratio) / ratio, round(rect.top() * ratio) / ratio)
        painter.drawPixmap(at, self._stamps[key])

    def _draw_lines(self, painter: QPainter, mark: Mark, page: BookPage, box: PageBox) -> None:
        colour = as_line(note_colour(self._theme, mark.colour), self._theme.dark_pages)
        if mark.kind in LINED:
            draw_lines_at(painter, mark, list(quads_on(mark, page)), box, colour)
        elif mark.shape is not None and mark.anchor.page == page.index:
            paper = self._theme.page_colour if self._theme.dark_pages else self._theme.colour("paper")
            draw_shape(painter, mark, box, colour, paper)

    def at(self, page: BookPage, box: PageBox, pixel: QPointF) -> Mark | None:
        """The mark under a pixel of the window, the newest first; markers before what is drawn, that before strips."""
        for mark, rect in reversed(list(self._markers(page, box))):
            if rect.adjusted(-2, -2, 2, 2).contains(pixel):
                return mark
        x, y = box.point(pixel.x(), pixel.y())
        for mark in reversed(self.on(page)):
            if mark.anchor.page == page.index and is_hit(mark, x, y, _SLACK / box.scale):
                return mark
        for mark in reversed(self.on(page)):
            if mark.shape is None and any(place(quad, box).contains(pixel) for quad in quads_on(mark, page)):
                return mark
        return None

    def marker_area(self, mark_id: str, page: BookPage, box: PageBox) -> QRectF:
        """Where the margin's marker of a mark stands; empty where it has none."""
        return next((rect for mark, rect in self._markers(page, box) if mark.id == mark_id), QRectF())

    def find(self, page: BookPage, mark_id: str) -> Mark | None:
        """The mark of this id, if it lies on a page."""
        return next((mark for mark in self.on(page) if mark_id and mark.id == mark_id), None)

    def _markers(self, page: BookPage, box: PageBox) -> Iterator[tuple[Mark, QRectF]]:
        """Notes with words, and where their markers stand: beside the first line, below one another; or at a point."""
        lowest = -1e9
        right = min(box.left + box.width, box.shown[0] + box.shown[1]) - MARKER - 4
        having = [mark for mark in self.on(page) if _has_marker(mark, page)]
        for mark in having:
            if mark.shape is not None and mark.kind not in DRAWN_KINDS:
                x, y = box.at(*mark.shape.box[:2])
                yield mark, QRectF(x - MARKER / 2, y - MARKER / 2, MARKER, MARKER)
        beside = [mark for mark in having if mark.shape is None or mark.kind in DRAWN_KINDS]
        for mark in sorted(beside, key=lambda m: _top(m, page, box)):
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
    said = mark.kind in (NOTE, QUESTION) or (bool(mark.words) and mark.kind != TEXT) or bool(mark.sharing.by)
    return said and mark.anchor.page == page.index


def _top(mark: Mark, page: BookPage, box: PageBox) -> float:
    """The pixel at which a mark begins, however the page is turned."""
    if mark.shape is not None:
        return QRectF(*box.rect(*mark.shape.box)).top()
    return min((place(quad, box).top() for quad in quads_on(mark, page)), default=box.top)


def _sign(mark: Mark) -> str:
    if mark.sharing.by:
        return initials(mark.sharing.name)
    if mark.kind == QUESTION:
        return "✓" if mark.asking is not None and mark.asking.asked else "?"
    return SIGNS.get(mark.colour, "")


def _stamp(colour: QColor, mark: Mark, ratio: float) -> QPixmap:
    side = round(MARKER * ratio)
    stamp = QPixmap(side, side)
    stamp.setDevicePixelRatio(ratio)
    stamp.fill(Qt.GlobalColor.transparent)
    painter = QPainter(stamp)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _draw_marker(painter, QRectF(0, 0, MARKER, MARKER), colour, mark)
    painter.end()
    return stamp


def _draw_marker(painter: QPainter, rect: QRectF, colour: QColor, mark: Mark) -> None:
    """A bubble for a note; a disc for a question, ticked once it is asked; a label with who wrote it for another's."""
    ink = QColor("#2a2a2a")
    painter.setPen(QPen(ink, 1.2))
    painter.setBrush(colour)
    size = 12
    if mark.sharing.by:
        painter.drawRect(rect.adjusted(0.5, 1.5, -0.5, -1.5))
        painter.drawLine(QPointF(rect.left() + 1, rect.bottom() - 4), QPointF(rect.right() - 1, rect.bottom() - 4))
        lift, size = -3, 10
    elif mark.kind == QUESTION:
        painter.drawEllipse(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        lift = 0
    else:
        bubble = QPainterPath()
        bubble.addRoundedRect(rect.adjusted(1, 1, -1, -4), 4, 4)
        tail = QPainterPath(QPointF(rect.left() + 5, rect.bottom() - 5))
        tail.lineTo(rect.left() + 5, rect.bottom())
        tail.lineTo(rect.left() + 11, rect.bottom() - 5)
        painter.drawPath(bubble.united(tail))
        lift = -3
    font = QFont(painter.font())
    font.setPixelSize(size)
    font.setBold(True)
    painter.setFont(font)
    painter.drawText(rect.adjusted(0, 0, 0, lift), Qt.AlignmentFlag.AlignCenter, _sign(mark))
