"""Taking hold of what was marked: to move it, to pull it larger, to take it out; by mouse and by key."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QToolTip

from desktop.annotations.anchor import Anchor
from desktop.annotations.entries import ARROW, DRAWN_KINDS, LINE, Annotation
from desktop.annotations.shapes import Shape
from desktop.packs.book import BookPage
from desktop.reader.moving import Step
from desktop.reader.near import anchor_at, passage_of, stepped, with_end
from desktop.reader.selection import Caret, Selection, anchor_of
from desktop.reader.viewport import PageBox, ViewPixel
from desktop.ui.kit.mark_words import describe
from desktop.ui.kit.notices import announce
from desktop.ui.reader.handles import Handle, handle_at, pulled
from desktop.ui.reader.marks import Mark, Marks

if TYPE_CHECKING:
    from desktop.ui.reader.canvas import PageCanvas

_STEP, _FINE = 4.0, 1.0  # points an arrow key moves
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip
_STEPS = {
    Qt.Key.Key_Left: Step.WORD_BACK, Qt.Key.Key_Right: Step.WORD_ON,
    Qt.Key.Key_Up: Step.LINE_UP, Qt.Key.Key_Down: Step.LINE_DOWN,
}  # fmt: skip
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Holding(QObject):
    """The held mark of a canvas. It changes nothing; it says what is wanted."""

    reshaped = Signal(str, object, object, str)  # id, Anchor, Shape or None, name of the step
    removal_asked = Signal(str)
    held_changed = Signal(str)  # id, "" when none is held any more

    def __init__(self, canvas: "PageCanvas", marks: Marks) -> None:
        super().__init__(canvas)
        self._canvas, self._marks = canvas, marks
        self._number = -1  # the page of the book the mark was taken hold of on
        self._pressed = QPointF()
        self._grip: Handle | None = None
        self._was: Mark | None = None  # the held mark as it was when it was taken hold of
        self._moved = False

    @property
    def pulling(self) -> bool:
        """Whether the mouse has hold of it now."""
        return self._was is not None

    @property
    def held(self) -> str:
        """The id of the held mark, "" for none."""
        return self._marks.held

    def hold(self, mark_id: str) -> None:
        """Take hold of a mark, "" to let go."""
        if mark_id != self._marks.held:
            self._marks.held = mark_id
            self._canvas.viewport().update()
            self.held_changed.emit(mark_id)
            held = self.held_mark()
            if held is not None:
                announce(self._canvas, describe(held[1], self._canvas.theme))

    @property
    def pointed(self) -> str:
        """The id of the mark that is pointed at elsewhere, "" for none."""
        return self._marks.pointed

    def point_out(self, mark_id: str) -> None:
        """Frame a mark that somebody points at elsewhere, "" for none."""
        if mark_id != self._marks.pointed:
            self._marks.pointed = mark_id
            self._canvas.viewport().update()

    def held_mark(self) -> tuple[int, Mark] | None:
        """The held mark and the page of the book it begins on, as far as it is in sight."""
        for number in self._canvas.sight:
            mark = self._marks.find(self._canvas.page_at(number), self._marks.held)
            if mark is not None:
                return number, mark
        return None

    def take_hold(self, pos: QPointF) -> bool:
        """Take hold of what is drawn under the pointer, or of a handle; whether the press is used up by that."""
        held = self.held_mark()
        if held is not None:
            grip = handle_at(held[1], self._canvas.page_at(held[0]), self._canvas.box_of(held[0]), pos)
            if grip is not None:
                self._grasp(held[0], held[1], pos, grip)
                return True
        mark = self._canvas.mark_at(pos)
        self.hold(mark.id if mark is not None else "")
        if mark is None or mark.shape is None:
            return False
        number = self._canvas.view.page_under(ViewPixel(pos.x(), pos.y()))
        self._canvas.setFocus()
        self._grasp(self._canvas.current_page() if number is None else number, mark, pos, None)
        return True

    def _grasp(self, number: int, mark: Mark, pos: QPointF, grip: Handle | None) -> None:
        self._was, self._grip, self._number, self._pressed, self._moved = mark, grip, number, pos, False

    def pull(self, pos: QPointF) -> None:
        """Show what the mark would be, let go here."""
        mark = self._was
        if mark is None or (
            not self._moved and (pos - self._pressed).manhattanLength() < QApplication.startDragDistance()
        ):
            return
        self._moved = True
        if mark.shape is None:
            self._pull_passage(mark, pos)
            return
        box, page = self._canvas.box_of(self._number), self._canvas.page_at(self._number)
        (x, y), (from_x, from_y) = box.point(pos.x(), pos.y()), box.point(self._pressed.x(), self._pressed.y())
        if self._grip is not None:
            shape = pulled(mark.shape, self._grip, x - from_x, y - from_y)
        else:
            shape = mark.shape.moved(x - from_x, y - from_y)
        self._preview(mark, mark.anchor, shape.within(page.width, page.height))

    def _pull_passage(self, mark: Mark, pos: QPointF) -> None:
        point, passage = self._canvas.point_at(pos), self._passage(mark)
        text = self._canvas.words_on(point.page) if point is not None else None
        if point is None or passage is None or text is None or self._grip is None:
            return
        caret = Caret(point.page, text.caret_at(point.x, point.y))
        self._preview_passage(mark, with_end(passage, self._grip[0], caret))

    def _preview_passage(self, mark: Mark, passage: Selection) -> None:
        book = self._canvas.book
        anchor = anchor_of(passage, book, self._canvas.words_on) if book is not None else None
        if anchor is not None:
            self._preview(mark, anchor, None)

    def _preview(self, mark: Mark, anchor: Anchor, shape: Shape | None) -> None:
        shown = Annotation(mark.id, "", anchor, mark.kind, mark.colour, mark.words, "", "", shape, mark.asking)
        self._marks.preview = shown
        self._canvas.viewport().update()

    def let_go(self, at: QPoint) -> None:
        """The mark was moved, or only clicked on."""
        mark, shown, grip, moved, number = self._was, self._marks.preview, self._grip, self._moved, self._number
        self.stop()
        if mark is None:
            return
        if not moved:
            self._canvas.annotation_clicked.emit(mark.id, at)
        elif shown is not None:
            self._reshape(mark, number, shown.anchor, shown.shape, "moving" if grip is None else "resizing")

    def _reshape(self, mark: Mark, number: int, anchor: Anchor, shape: Shape | None, name: str) -> None:
        if shape is not None:
            anchor = self._anchor(number, shape)
        self.reshaped.emit(mark.id, anchor, shape, name)

    def key(self, event: QKeyEvent) -> bool:
        """What a key does with the held mark; whether it did anything."""
        key = event.key()
        held = self.held_mark()
        if held is None:
            return False
        number, mark = held
        if key == Qt.Key.Key_Escape:
            self.hold("")
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removal_asked.emit(mark.id)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self._canvas.annotation_clicked.emit(mark.id, self._beside(number, mark))
        elif key in _ARROWS:
            return self._arrow(number, mark, Qt.Key(key), event.modifiers())
        else:
            return False
        return True

    def _arrow(self, number: int, mark: Mark, key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
        """Arrows move what is drawn, with Ctrl finely; with Shift they make it larger or smaller, or its passage."""
        if held & Qt.KeyboardModifier.AltModifier:
            return False
        if mark.shape is None:
            return bool(held & _SHIFT) and self._step_passage(number, mark, key)
        step = _FINE if held & _CTRL else _STEP
        right, down = (step * part for part in _turned(_ARROWS[key], self._canvas.box_of(number)))
        page = self._canvas.page_at(number)
        if not held & _SHIFT:
            self._reshape(
                mark, number, mark.anchor, mark.shape.moved(right, down).within(page.width, page.height), "moving"
            )
        elif mark.kind in DRAWN_KINDS:
            grip = (1, 9) if mark.kind in (LINE, ARROW) else (1, 1)
            self._reshape(mark, number, mark.anchor, pulled(mark.shape, grip, right, down), "resizing")
        return True

    def _step_passage(self, number: int, mark: Mark, key: Qt.Key) -> bool:
        book, passage = self._canvas.book, self._passage(mark)
        if book is None or passage is None or mark.shape is not None:
            return False
        longer = stepped(passage, _STEPS[key], self._canvas.words_on, len(book.pages) - 1)
        anchor = anchor_of(longer, book, self._canvas.words_on)
        if anchor is not None:
            self._reshape(mark, number, anchor, None, "resizing")
        return True

    def _passage(self, mark: Mark) -> Selection | None:
        book = self._canvas.book
        return passage_of(mark.anchor, book, self._canvas.words_on) if book is not None else None

    def stop(self) -> None:
        """Let the mouse go of it, and show it as it is."""
        self._number, self._was, self._grip = -1, None, None
        if self._marks.preview is not None:
            self._marks.preview = None
            self._canvas.viewport().update()

    def tell(self, event: QHelpEvent) -> bool:
        """What a mark is and says, beside the pointer."""
        mark = self._canvas.mark_at(QPointF(event.pos()))
        if mark is None:
            return False
        QToolTip.showText(event.globalPos(), describe(mark, self._canvas.theme), self._canvas.viewport())
        return True

    def _beside(self, number: int, mark: Mark) -> QPoint:
        box = self._canvas.box_of(number)
        x, y = mark.shape.box[2:] if mark.shape is not None else _end_of(mark.anchor)
        pixel = box.at(x, y)
        return self._canvas.viewport().mapToGlobal(QPointF(*pixel).toPoint())

    def _anchor(self, number: int, shape: Shape) -> Anchor:
        book = self._canvas.book
        assert book is not None, "nothing is drawn without a book"
        return anchor_at(book, number, shape.box, self._canvas.words_on)


def _place(mark: Mark, page: BookPage) -> tuple[float, float]:
    if mark.shape is not None:
        return mark.shape.box[1], mark.shape.box[0]
    quad = next((quad for quad in mark.anchor.quads if quad.page == page.index), None)
    return (quad.y0, quad.x0) if quad is not None else (0.0, 0.0)


def _end_of(anchor: Anchor) -> tuple[float, float]:
    return (anchor.quads[-1].x1, anchor.quads[-1].y1) if anchor.quads else (0.0, 0.0)


def _turned(way: Sequence[int], box: PageBox) -> tuple[float, float]:
    """A direction on the screen as one on the page, which may be turned."""
    x, y = box.point(box.left + way[0], box.top + way[1])
    from_x, from_y = box.point(box.left, box.top)
    return (x - from_x) * box.scale, (y - from_y) * box.scale
