"""What the mouse does on the canvas: clicking, drawing a selection, scrolling at the edges while drawing."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from desktop.reader.viewport import ViewPixel
from desktop.ui.reader.selecting import Selector

if TYPE_CHECKING:
    from desktop.ui.reader.canvas import PageCanvas

_EDGE_BEAT = 30  # milliseconds between two steps of scrolling at the edge
_FASTEST = 60.0  # pixels of one step


class Pointing(QObject):
    """The mouse's part of the canvas."""

    def __init__(self, canvas: "PageCanvas", selector: Selector) -> None:
        super().__init__(canvas)
        self._canvas, self._selector = canvas, selector
        self._pressed: QPointF | None = None
        self._last = QPointF()
        self._drawing = False
        self._patching = False  # a rectangle of words, and not a run of them
        self._edge = QTimer(self)
        self._edge.setInterval(_EDGE_BEAT)
        self._edge.timeout.connect(self._scroll_at_edge)
        self._triple = QTimer(self)
        self._triple.setSingleShot(True)

    def press(self, event: QMouseEvent) -> None:
        """Begin a click or a selection; the third press in a row takes the line."""
        pos = event.position()
        if event.button() == Qt.MouseButton.MiddleButton and (link := self._canvas.links.at(pos)) is not None:
            self._canvas.links.follow(link, beside=True)
            return
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        retry = self._canvas.retry_at(pos)
        if retry is not None:
            self._canvas.try_again(retry)
            return
        point = self._canvas.point_at(pos)
        if point is None:
            return
        third = self._triple.isActive() and self._is_click(pos, self._last)
        self._pressed = self._last = pos
        self._triple.stop()
        if third:
            self._selector.press_unit(point, by_line=True)
            self._drawing = True
            return
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._selector.press_patch(point)
            self._drawing, self._patching = False, True
            return
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._drawing = extend and self._selector.selection is not None
        self._selector.press(point, extend)

    def double_click(self, event: QMouseEvent) -> None:
        """Take the word."""
        point = self._canvas.point_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or point is None:
            return
        self._pressed = self._last = event.position()
        self._selector.press_unit(point, by_line=False)
        self._drawing = True
        self._triple.start(QApplication.doubleClickInterval())

    def move(self, pos: QPointF, buttons: Qt.MouseButton) -> None:
        """Draw the selection on, or show what lies under the pointer."""
        if self._pressed is None or not buttons & Qt.MouseButton.LeftButton:
            self._show_cursor(pos)
            return
        self._last = pos
        if not self._drawing and self._is_click(pos, self._pressed):
            return
        self._drawing = True
        self._draw()
        if self._beyond() and not self._edge.isActive():
            self._edge.start()

    def release(self, event: QMouseEvent) -> None:
        """End a selection, or a click."""
        pressed, self._pressed = self._pressed, None
        patching, self._patching = self._patching, False
        self._edge.stop()
        if event.button() != Qt.MouseButton.LeftButton or pressed is None:
            return
        place = event.globalPosition().toPoint()
        if self._drawing and not self._selector.empty:
            self._canvas.selection_finished.emit(place)
        elif not self._drawing and not patching:
            mark = self._canvas.mark_at(event.position())
            link = self._canvas.links.at(event.position())
            if mark is not None:
                self._canvas.annotation_clicked.emit(mark.id, place)
            elif link is not None:
                self._canvas.links.follow(link, bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        self._drawing = False

    def stop(self) -> None:
        """Let go of everything: the canvas is hidden."""
        self._pressed = None
        self._drawing = self._patching = False
        self._edge.stop()
        self._triple.stop()
        self._canvas.links.point(None)

    def _draw(self) -> None:
        corner = self._selector.corner if self._patching else None
        if corner is not None:
            self._selector.drag_patch(self._canvas.point_on(corner.page, ViewPixel(self._last.x(), self._last.y())))
        elif (point := self._canvas.point_at(self._last)) is not None:
            self._selector.drag(point)

    def _is_click(self, pos: QPointF, start: QPointF) -> bool:
        return (pos - start).manhattanLength() < QApplication.startDragDistance()

    def _beyond(self) -> float:
        """How far the pointer is above (negative) or below the window."""
        y, height = self._last.y(), self._canvas.viewport().height()
        return min(0.0, y) + max(0.0, y - height)

    def _scroll_at_edge(self) -> None:
        beyond = self._beyond()
        if not beyond or self._pressed is None:
            self._edge.stop()
            return
        self._canvas.scroll_by(0, max(-_FASTEST, min(_FASTEST, beyond / 2)))
        self._draw()

    def _show_cursor(self, pos: QPointF) -> None:
        canvas = self._canvas
        link = canvas.links.at(pos)
        canvas.links.point(link)
        if link is not None or canvas.retry_at(pos) is not None or canvas.mark_at(pos) is not None:
            shape = Qt.CursorShape.PointingHandCursor
        else:
            shape = Qt.CursorShape.IBeamCursor if canvas.is_over_text(pos) else Qt.CursorShape.ArrowCursor
        if canvas.viewport().cursor().shape() != shape:
            canvas.viewport().setCursor(shape)
