"""The tool that draws a rectangle on a page, to take it as a picture: with the mouse, or with the arrow keys."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPen

from desktop.reader.cells import Patch
from desktop.reader.viewport import PageBox, ViewPixel
from desktop.ui.kit.notices import announce
from desktop.ui.kit.theme import Theme

if TYPE_CHECKING:
    from desktop.ui.reader.canvas import PageCanvas

_LEAST = 8.0  # points: less was a click
_STEP = 12.0  # points an arrow key moves by
_SHADE = 110  # of 255, over what is not taken

_ARROWS: dict[int, tuple[float, float]] = {
    Qt.Key.Key_Left: (-_STEP, 0.0),
    Qt.Key.Key_Right: (_STEP, 0.0),
    Qt.Key.Key_Up: (0.0, -_STEP),
    Qt.Key.Key_Down: (0.0, _STEP),
}


class GrabTool(QObject):
    """While it is on, the mouse draws a rectangle instead of selecting words."""

    turned = Signal(bool)
    grabbed = Signal(object)  # Patch: what is to be taken

    def __init__(self, canvas: "PageCanvas", theme: Theme) -> None:
        super().__init__(canvas)
        self._canvas, self._theme = canvas, theme
        self._start: tuple[int, float, float] | None = None
        self._patch: Patch | None = None
        self.on = False

    def turn(self, on: bool) -> None:
        """Take the tool up, or put it away."""
        if on == self.on:
            return
        self.on, self._patch, self._start = on, None, None
        shape = Qt.CursorShape.CrossCursor if on else Qt.CursorShape.ArrowCursor
        self._canvas.viewport().setCursor(shape)
        self._canvas.viewport().update()
        self.turned.emit(on)

    def press_key(self, event: QKeyEvent) -> bool:
        """Esc leaves, arrows move the rectangle, with Shift its lower right corner, Enter takes it."""
        if not self.on:
            return False
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_Escape:
            self.turn(False)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key in _ARROWS and held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            self._push(*_ARROWS[key], grow=bool(held))
        else:
            return False
        return True

    def press(self, event: QMouseEvent) -> None:
        """Begin at a point of a page."""
        at = event.position()
        page = self._canvas.page_under(at)
        if event.button() != Qt.MouseButton.LeftButton or page is None:
            event.ignore()
            return
        self._start = (page, *self._point(page, at))
        self._patch = None
        self._canvas.viewport().update()

    def double_click(self, event: QMouseEvent) -> None:
        """As a press."""
        self.press(event)

    def move(self, pos: QPointF, buttons: Qt.MouseButton) -> None:
        """Draw the rectangle on."""
        if self._start is not None and buttons & Qt.MouseButton.LeftButton:
            page, x, y = self._start
            self._patch = Patch.between(page, x, y, *self._point(page, pos))
            self._canvas.viewport().update()

    def release(self, event: QMouseEvent) -> None:
        """Take what was drawn; nothing where it was only a click."""
        begun, self._start = self._start, None
        if begun is None or event.button() != Qt.MouseButton.LeftButton:
            return
        patch = self._patch
        if patch is not None and min(patch.x1 - patch.x0, patch.y1 - patch.y0) >= _LEAST:
            self._take()
        else:
            self._patch = None

    def draw(self, painter: QPainter) -> None:
        """Darken what is not taken, and frame what is."""
        patch = self._patch
        if patch is None or patch.page not in self._canvas.sight:
            return
        area = QRectF(*self._canvas.box_of(patch.page).rect(*patch.box))
        around = QPainterPath()
        around.addRect(QRectF(self._canvas.viewport().rect()))
        around.addRect(area)
        painter.fillPath(around, QColor(0, 0, 0, _SHADE))
        for colour, wide in ((self._theme.colour("surface"), 4), (self._theme.colour("focus"), 2)):
            painter.setPen(QPen(colour, wide))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area)

    def _take(self) -> None:
        patch = self._patch
        if patch is None:
            self._patch = self._in_sight()
            self._canvas.viewport().update()
            self._say()
            return
        self.turn(False)
        self.grabbed.emit(patch)

    def _push(self, across: float, down: float, grow: bool) -> None:
        patch = self._patch
        if patch is None:
            self._patch = self._in_sight()
        else:
            page = self._canvas.page_at(patch.page)
            moving = 0.0 if grow else 1.0
            across = _held(across, patch.x0 * moving, patch.x1, page.width)
            down = _held(down, patch.y0 * moving, patch.y1, page.height)
            left, top = patch.x0 + across * moving, patch.y0 + down * moving
            right, foot = max(patch.x1 + across, left + _STEP), max(patch.y1 + down, top + _STEP)
            self._patch = Patch(patch.page, left, top, right, foot)
        self._canvas.viewport().update()
        self._say()

    def _in_sight(self) -> Patch:
        """To begin with by key: the middle of what is in sight of the page."""
        number = self._canvas.current_page()
        port, box = self._canvas.viewport(), self._canvas.box_of(number)
        seen = QRectF(port.rect()) & QRectF(box.left, box.top, box.width, box.height)
        seen.adjust(seen.width() / 4, seen.height() / 4, -seen.width() / 4, -seen.height() / 4)
        one, other = box.point(seen.left(), seen.top()), box.point(seen.right(), seen.bottom())
        return Patch.between(number, *one, *other)

    def _say(self) -> None:
        patch = self._patch
        if patch is not None:
            page = self._canvas.page_at(patch.page)
            shares = (patch.x0 / page.width, patch.y0 / page.height, patch.x1 / page.width, patch.y1 / page.height)
            left, top, right, foot = (f"{round(100 * share)} %" for share in shares)
            announce(self._canvas, f"From {left} to {right} across the page, from {top} to {foot} down")

    def _point(self, number: int, at: QPointF) -> tuple[float, float]:
        """The point of the page, or of its edge where the pointer is beyond it."""
        page, box = self._canvas.page_at(number), self._canvas.box_of(number)
        return _on_page(box, ViewPixel(at.x(), at.y()), page.width, page.height)


def _on_page(box: PageBox, pixel: ViewPixel, width: float, height: float) -> tuple[float, float]:
    x, y = box.point(pixel.x, pixel.y)
    return max(0.0, min(width, x)), max(0.0, min(height, y))


def _held(step: float, least: float, most: float, room: float) -> float:
    """No further than the page's edges."""
    return max(-least, min(step, room - most)) if least or step > 0 else step
