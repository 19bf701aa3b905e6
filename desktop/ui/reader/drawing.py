"""Drawing on the pages with a tool in hand: by mouse, by pen and by key."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPointingDevice, QTabletEvent

from desktop.annotations.anchor import Anchor
from desktop.annotations.entries import ARROW, DRAWN_KINDS, INK, LINE, NOTE, QUESTION, TEXT, Annotation
from desktop.annotations.shapes import Dot, Shape, boxed
from desktop.reader.near import anchor_at
from desktop.reader.viewport import PagePoint, ViewPixel
from desktop.ui.reader.holding import Holding
from desktop.ui.reader.marks import Marks

if TYPE_CHECKING:
    from desktop.ui.reader.canvas import PageCanvas

ERASER = "eraser"
HAND_TOOLS = (*DRAWN_KINDS, ERASER, NOTE, QUESTION)  # used on the page itself; those of passages wait for a selection
_RUBBER = 8.0  # logical pixels an eraser reaches
_PAUSE_MS = 1200  # strokes of ink made within it of each other are one mark
TAKEN = frozenset(
    (
        QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonRelease, QEvent.Type.TabletPress, QEvent.Type.TabletMove, QEvent.Type.TabletRelease,
        QEvent.Type.ToolTip,
    )
)  # fmt: skip
_USUAL = {TEXT: (220.0, 44.0), LINE: (120.0, 0.0), ARROW: (120.0, 0.0)}  # points, where one only clicked


class Drawing(QObject):
    """Stands before a canvas: what it takes, the canvas does not see. It changes nothing; it says what is wanted."""

    drawn = Signal(str, object, object, QPoint)  # kind, Anchor, Shape, where (global)
    reshaped = Signal(str, object, object, str)  # id, Anchor, Shape or None, name of the step
    removal_asked = Signal(str)
    used = Signal()  # the tool did its work once

    def __init__(self, canvas: "PageCanvas", marks: Marks) -> None:
        super().__init__(canvas)
        self._canvas, self._marks = canvas, marks
        self.tool, self.colour = "", "question"
        self.ink_id = ""  # the mark further strokes belong to, as long as they follow each other
        self._inked = QElapsedTimer()
        self._number = -1  # the page of the book something is drawn on, or moved on
        self._dots: list[Dot] = []
        self._start = PagePoint(0, 0.0, 0.0)
        self.holding = Holding(canvas, marks)

    # ---- what is in hand

    def use_tool(self, tool: str, colour: str) -> None:
        """Take up a tool, "" to read. Tools of passages are nothing to do with the pages themselves."""
        tool = tool if tool in HAND_TOOLS else ""
        self.colour = colour
        if tool != self.tool:
            self.tool, self.ink_id = tool, ""
            self._stop()
            if tool:
                self.holding.hold("")
            shape = Qt.CursorShape.CrossCursor if tool else Qt.CursorShape.ArrowCursor
            self._canvas.viewport().setCursor(shape)

    def placed_by_key(self) -> bool:
        """Use the tool in the middle of what is in sight; whether one is in hand that can be."""
        if not self.tool or self.tool in (INK, ERASER):
            return False
        view = self._canvas.view
        middle = QPointF(view.width / 2, view.height / 2)
        if self._begin(middle, 0.5):
            self._end(self._canvas.viewport().mapToGlobal(middle.toPoint()))
        return True

    # ---- events

    def takes(self, event: QEvent) -> bool:
        """Take what belongs to a tool or to the held mark; the canvas shows every event of TAKEN first."""
        if isinstance(event, QTabletEvent):
            return self._tablet(event)
        if isinstance(event, QMouseEvent):
            return self._mouse(event)
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            return not self.tool and self.holding.tell(event)
        return False

    def takes_key(self, event: QKeyEvent) -> bool:
        """The same for a key."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        return (enter and self.placed_by_key()) or self.holding.key(event)

    def _tablet(self, event: QTabletEvent) -> bool:
        """A pen writes when the pen is the tool; turned round, it rubs out. Else it is a mouse."""
        rubber = event.pointerType() == QPointingDevice.PointerType.Eraser
        if self.tool not in (INK, ERASER) and not rubber:
            return False
        kind = event.type()
        if kind == QEvent.Type.TabletPress:
            self._begin(event.position(), event.pressure(), rubber)
        elif kind == QEvent.Type.TabletMove and self._number >= 0:
            self._go_on(event.position(), event.pressure(), rubber)
        elif kind == QEvent.Type.TabletRelease:
            self._end(event.globalPosition().toPoint())
        event.accept()
        return True

    def _mouse(self, event: QMouseEvent) -> bool:
        kind, pos = event.type(), event.position()
        left = event.button() == Qt.MouseButton.LeftButton
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            if not left:
                return False
            return self._begin(pos, 0.5) if self.tool else self.holding.take_hold(pos)
        if kind == QEvent.Type.MouseMove:
            return self._mouse_moved(event)
        if kind == QEvent.Type.MouseButtonRelease and left and (self._number >= 0 or self.holding.pulling):
            at = event.globalPosition().toPoint()
            if self.holding.pulling:
                self.holding.let_go(at)
            else:
                self._end(at)
            return True
        return False

    def _mouse_moved(self, event: QMouseEvent) -> bool:
        if self.holding.pulling:
            self.holding.pull(event.position())
            return True
        if self._number >= 0:
            self._go_on(event.position(), 0.5)
            return True
        return bool(self.tool)

    # ---- drawing

    def _begin(self, pos: QPointF, firm: float, rubber: bool = False) -> bool:
        number = self._canvas.view.page_under(ViewPixel(pos.x(), pos.y()))
        if number is None:
            return False
        self._number = number
        x, y = self._canvas.box_of(number).point(pos.x(), pos.y())
        self._start = PagePoint(number, x, y)
        self._dots = [(x, y, firm)]
        if self.tool == ERASER or rubber:
            self._rub(pos)
        elif self.tool == INK:
            self._show(Shape((tuple(self._dots),)))
        return True

    def _go_on(self, pos: QPointF, firm: float, rubber: bool = False) -> None:
        if self.tool == ERASER or rubber:
            self._rub(pos)
            return
        x, y = self._canvas.box_of(self._number).point(pos.x(), pos.y())
        page = self._canvas.page_at(self._number)
        x, y = min(max(x, 0.0), page.width), min(max(y, 0.0), page.height)
        if self.tool == INK:
            self._dots.append((x, y, firm))
            self._show(Shape((tuple(self._dots),)))
        elif self.tool in DRAWN_KINDS:
            self._show(boxed((self._start.x, self._start.y), (x, y)))

    def _end(self, at: QPoint) -> None:
        number, tool, shown = self._number, self.tool, self._marks.preview
        self._stop()
        if tool == ERASER or number < 0 or not tool:
            return
        shape = shown.shape if shown is not None else None
        if tool in (NOTE, QUESTION):
            shape = Shape((((self._start.x, self._start.y, 1.0),),))
        elif tool != INK and (shape is None or max(_extent(shape)) < 4):
            shape = self._usual(tool)
        if shape is None:
            return
        if tool == INK and self._adds_to_ink(number, shape):
            return
        self.drawn.emit(tool, self._anchor(number, shape), shape, at)
        self._inked.start()
        self.used.emit()

    def _usual(self, tool: str) -> Shape:
        """The shape of a click: of a usual size, within the page."""
        wide, high = _USUAL.get(tool, (120.0, 70.0))
        page = self._canvas.page_at(self._start.page)
        shape = boxed((self._start.x, self._start.y), (self._start.x + wide, self._start.y + high))
        return shape.within(page.width, page.height)

    def _adds_to_ink(self, number: int, shape: Shape) -> bool:
        """Whether a stroke belongs to the ink drawn just before, and was added to it."""
        before = self._marks.find(self._canvas.page_at(number), self.ink_id)
        if before is None or before.shape is None or self._inked.elapsed() > _PAUSE_MS or before.kind != INK:
            return False
        whole = replace(before.shape, strokes=before.shape.strokes + shape.strokes)
        self.reshaped.emit(before.id, self._anchor(number, whole), whole, "stroke of")
        self._inked.start()
        return True

    def _rub(self, pos: QPointF) -> None:
        """Rub out what is drawn in ink under a position, stroke by stroke, and other drawings whole."""
        number = self._canvas.view.page_under(ViewPixel(pos.x(), pos.y()))
        if number is None:
            return
        box = self._canvas.box_of(number)
        x, y = box.point(pos.x(), pos.y())
        mark = self._marks.at(self._canvas.page_at(number), box, pos)
        for each in self._marks.on(self._canvas.page_at(number)):
            if each.kind == INK and each.shape is not None:
                left = each.shape.erased(x, y, _RUBBER / box.scale)
                if left is None:
                    self.removal_asked.emit(each.id)
                elif left != each.shape:
                    self.reshaped.emit(each.id, each.anchor, left, "rubbing out")
        if mark is not None and mark.kind in DRAWN_KINDS and mark.kind != INK:
            self.removal_asked.emit(mark.id)

    def _show(self, shape: Shape) -> None:
        """What is being drawn, before it is made."""
        page = self._canvas.page_at(self._number)
        anchor = Anchor(page.paper.paper_id, page.paper.version, page.index, page.label)
        self._marks.preview = Annotation("", "", anchor, self.tool, self.colour, "", "", "", shape)
        self._canvas.viewport().update()

    def _stop(self) -> None:
        self._number, self._dots = -1, []
        if self._marks.preview is not None:
            self._marks.preview = None
            self._canvas.viewport().update()

    def _anchor(self, number: int, shape: Shape) -> Anchor:
        book = self._canvas.book
        assert book is not None, "nothing is drawn without a book"
        return anchor_at(book, number, shape.box, self._canvas.words_on)


def _extent(shape: Shape) -> tuple[float, float]:
    x0, y0, x1, y1 = shape.box
    return x1 - x0, y1 - y0
