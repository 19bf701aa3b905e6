"""The tools of marking: one box with all of them, their colour, and whether the tool stays in hand."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QGridLayout, QToolButton, QVBoxLayout, QWidget

from desktop.annotations.entries import (
    ARROW,
    ELLIPSE,
    HIGHLIGHT,
    INK,
    LINE,
    NOTE,
    QUESTION,
    RECTANGLE,
    SQUIGGLY,
    STRIKE,
    TEXT,
    UNDERLINE,
)  # fmt: skip
from desktop.ui.kit.mark_words import KIND_NAMES
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import LEAST_TARGET, Text, set_tip
from desktop.ui.panels.colours import ColourRow
from desktop.ui.panels.fields_area import FieldsArea
from desktop.ui.panels.popups import PopUp

ERASER = "eraser"
STAYING = (INK, ERASER)  # nobody draws one stroke
_ICONS = {
    "": "mouse-pointer-2", HIGHLIGHT: "highlighter", UNDERLINE: "underline", STRIKE: "strikethrough",
    SQUIGGLY: "squiggly", NOTE: "sticky-note", QUESTION: "message-circle-question-mark", TEXT: "type",
    INK: "pen-line", ERASER: "eraser", RECTANGLE: "square", ELLIPSE: "circle", LINE: "slash", ARROW: "arrow-up-right",
}  # fmt: skip
_NAMES = {**KIND_NAMES, "": "Read and select", ERASER: "Eraser"}
_ACROSS = 2
_WAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -_ACROSS, Qt.Key.Key_Down: _ACROSS}
_HOW = {
    HIGHLIGHT: "Select words to highlight them.", UNDERLINE: "Select words to underline them.",
    STRIKE: "Select words to strike them out.", SQUIGGLY: "Select words to put a squiggly line under them.",
    NOTE: "Click where the note is to stand, or select words.",
    QUESTION: "Click where the question is to stand, or select words.",
    TEXT: "Click on the page, or draw a box, and write.", INK: "Draw on the page with the pen or the mouse.",
    ERASER: "Rub over what you have drawn.", RECTANGLE: "Draw from corner to corner.",
    ELLIPSE: "Draw from corner to corner.", LINE: "Draw from end to end.",
    ARROW: "Draw towards what the arrow points at.",
}  # fmt: skip


def tool_icon(tool: str) -> str:
    """The icon of a tool."""
    return _ICONS[tool]


def say_tool(tool: str) -> str:
    """How a tool is used, in a sentence, and how one is rid of it."""
    return f"{_HOW[tool]} Esc goes back to reading."


class _ToolButton(QToolButton):
    """A tool. Pressed twice, it stays in hand."""

    pinned = Signal()
    walked = Signal(int)  # so many tools on, or back

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go over the tools; the box knows where they stand."""
        if (way := _WAYS.get(Qt.Key(event.key()))) is not None:
            self.walked.emit(way)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second press of two."""
        super().mouseDoubleClickEvent(event)
        self.pinned.emit()


class ToolBox(PopUp):
    """Stays open while one chooses; picking a tool for one use closes it."""

    tool_picked = Signal(str, bool)  # a kind, the eraser, or "" to read; True: it stays in hand
    colour_picked = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName("Tools")
        self._closing = QTimer(self)  # the press may be the first of two
        self._closing.setSingleShot(True)
        self._closing.timeout.connect(self.close_box)
        self._buttons: dict[str, _ToolButton] = {}
        self.pin = QCheckBox("Keep the tool in hand")
        self.pin.setAccessibleName("Keep the tool in hand")
        set_tip(self.pin, "Or press a tool twice. Esc puts it away.")
        self.pin.clicked.connect(self._pin)
        self.colours = ColourRow(theme, keep=True)
        self.colours.picked.connect(self.colour_picked)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Text("Tools", "strong"))
        grid = QGridLayout()
        grid.setSpacing(2)
        for place, tool in enumerate(_ICONS):
            grid.addWidget(self._make(tool), place // _ACROSS, place % _ACROSS)
        column.addLayout(grid)
        column.addWidget(self.colours)
        column.addWidget(self.pin)
        self._area = FieldsArea(column)
        around = QVBoxLayout(self)
        around.setContentsMargins(12, 8, 12, 12)
        around.addWidget(self._area)
        theme.changed.connect(self._tint)
        self._tint()

    def button(self, tool: str) -> QToolButton:
        """The button of a tool."""
        return self._buttons[tool]

    def open(self, tool: str, stays: bool, colour: str, at: QPoint, within: QRect) -> None:
        """Show the tools beside a point, with the one in hand pressed down and the keys on it."""
        self.show_tool(tool, stays)
        self.colours.show_picked(colour)
        self.show_beside(at, within)
        self._buttons[tool].setFocus()

    def show_tool(self, tool: str, stays: bool) -> None:
        """Press down the tool in hand."""
        for other, button in self._buttons.items():
            button.setChecked(other == tool)
        self.pin.setChecked(stays)

    def close_box(self) -> None:
        """Go, and give the keys back."""
        self._closing.stop()
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def show_colour(self, colour: str) -> None:
        """Press down the colour in hand."""
        self.colours.show_picked(colour)

    def _walk(self, tool: str, way: int) -> None:
        buttons = list(self._buttons.values())
        place = list(self._buttons).index(tool) + way
        if 0 <= place < len(buttons):
            buttons[place].setFocus(Qt.FocusReason.TabFocusReason)
            self._area.ensureWidgetVisible(buttons[place], 0, 8)

    def _make(self, tool: str) -> QToolButton:
        button = _ToolButton(self)
        button.setText(f"  {_NAMES[tool]}")  # room between the icon and its name
        button.setAccessibleName(_NAMES[tool])
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self._pick(tool, self.pin.isChecked()))
        button.walked.connect(lambda way: self._walk(tool, way))
        button.pinned.connect(lambda: self._pick(tool, True))
        self._buttons[tool] = button
        return button

    def _pin(self, on: bool) -> None:
        tool = next((tool for tool, button in self._buttons.items() if button.isChecked()), "")
        if tool:
            self.tool_picked.emit(tool, on)

    def _pick(self, tool: str, stays: bool) -> None:
        self._closing.start(QApplication.doubleClickInterval())
        self.tool_picked.emit(tool, stays and bool(tool))

    def _tint(self) -> None:
        side = round(20 * max(1.0, self._look.size / 12))
        for tool, button in self._buttons.items():
            button.setIcon(self._look.icon(_ICONS[tool]))
            button.setIconSize(QSize(side, side))
            button.setMinimumSize(button.sizeHint().expandedTo(QSize(LEAST_TARGET, LEAST_TARGET)))
