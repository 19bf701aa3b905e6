"""What the keys do on the canvas."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from desktop.reader.moving import Step

if TYPE_CHECKING:
    from desktop.ui.reader.canvas import PageCanvas

_LINE = 60

Action = Callable[["PageCanvas"], object]

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


def _enter(canvas: "PageCanvas") -> None:
    """Follow the link, or open the mark, with the keys; without one, draw again what failed."""
    if not canvas.stops.open(False):
        canvas.try_current_again()


_PLAIN: dict[int, Action] = {
    Qt.Key.Key_Down: lambda canvas: canvas.glide_by(0, _LINE),
    Qt.Key.Key_Up: lambda canvas: canvas.glide_by(0, -_LINE),
    Qt.Key.Key_Right: lambda canvas: canvas.glide_by(_LINE, 0) if canvas.can_scroll_across() else canvas.turn_page(1),
    Qt.Key.Key_Left: lambda canvas: canvas.glide_by(-_LINE, 0) if canvas.can_scroll_across() else canvas.turn_page(-1),
    Qt.Key.Key_Space: lambda canvas: canvas.scroll_screens(1),
    Qt.Key.Key_PageDown: lambda canvas: canvas.scroll_screens(1),
    Qt.Key.Key_PageUp: lambda canvas: canvas.scroll_screens(-1),
    Qt.Key.Key_Home: lambda canvas: canvas.go_to_page_edge(end=False),
    Qt.Key.Key_End: lambda canvas: canvas.go_to_page_edge(end=True),
    Qt.Key.Key_Return: _enter,
    Qt.Key.Key_Enter: _enter,
}
_WITH_CTRL: dict[int, Action] = {
    Qt.Key.Key_Return: lambda canvas: canvas.stops.open(True),
    Qt.Key.Key_Enter: lambda canvas: canvas.stops.open(True),
    Qt.Key.Key_Home: lambda canvas: canvas.leap(end=False),
    Qt.Key.Key_End: lambda canvas: canvas.leap(end=True),
    Qt.Key.Key_PageDown: lambda canvas: canvas.turn_page(1),
    Qt.Key.Key_PageUp: lambda canvas: canvas.turn_page(-1),
    Qt.Key.Key_Plus: lambda canvas: canvas.zoom_in(),
    Qt.Key.Key_Equal: lambda canvas: canvas.zoom_in(),
    Qt.Key.Key_Minus: lambda canvas: canvas.zoom_out(),
    Qt.Key.Key_0: lambda canvas: canvas.fit_width(),
}
_STEPS: dict[int, Step] = {
    Qt.Key.Key_Left: Step.WORD_BACK,
    Qt.Key.Key_Right: Step.WORD_ON,
    Qt.Key.Key_Up: Step.LINE_UP,
    Qt.Key.Key_Down: Step.LINE_DOWN,
    Qt.Key.Key_Home: Step.LINE_START,
    Qt.Key.Key_End: Step.LINE_END,
}


def press(canvas: "PageCanvas", event: QKeyEvent) -> bool:
    """Do what a key says; False where it says nothing here."""
    if event.matches(QKeySequence.StandardKey.Copy):
        canvas.copy()
        return True
    if event.matches(QKeySequence.StandardKey.SelectAll):
        canvas.select_all_on_page()
        return True
    if event.key() == Qt.Key.Key_Escape:
        return _escape(canvas)
    if canvas.stops.has_keys and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return _by_table(canvas, event)
    if canvas.caret.press(event):
        return True
    return _by_table(canvas, event)


def _escape(canvas: "PageCanvas") -> bool:
    """Clear the selection; without one, Esc is for whoever stands around the canvas."""
    had_stop, had = canvas.stops.leave(), canvas.has_selection
    canvas.clear_selection()
    return had or had_stop


def _by_table(canvas: "PageCanvas", event: QKeyEvent) -> bool:
    modifiers = event.modifiers() & ~_KEYPAD
    key = event.key()
    if modifiers == _SHIFT:
        if key == Qt.Key.Key_Space:
            canvas.scroll_screens(-1)
            return True
        return key in _STEPS and canvas.extend_selection(_STEPS[key])
    if modifiers & _CTRL and key in _WITH_CTRL:
        _WITH_CTRL[key](canvas)
        return True
    if modifiers == Qt.KeyboardModifier.NoModifier and key in _PLAIN:
        _PLAIN[key](canvas)
        return True
    return False
