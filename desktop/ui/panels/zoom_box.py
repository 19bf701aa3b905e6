"""How large the page is: said, typed, or chosen from a menu."""

import re

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QSizePolicy, QToolButton

from desktop.reader.layout import LEAST_ZOOM, MOST_ZOOM
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import LEAST_TARGET, set_tip

_PERCENT = re.compile(r"\s*(\d{1,4}(?:[.,]\d+)?)\s*(?:%|per ?cent)?\s*", re.IGNORECASE)
REFUSAL = f"Type a number from {round(LEAST_ZOOM * 100)} to {round(MOST_ZOOM * 100)}, as 125."


def read_percent(typed: str) -> float | None:
    """The zoom that was typed ("125", "125 %", "125 per cent"), 1.0 for 100; None where it is none or out of bounds."""
    found = _PERCENT.fullmatch(typed)
    zoom = float(found[1].replace(",", ".")) / 100 if found else 0.0
    return zoom if LEAST_ZOOM <= zoom <= MOST_ZOOM else None


class ZoomField(QLineEdit):
    """Takes a percentage."""

    zoom_asked = Signal(float)
    refused = Signal(str)
    left = Signal()  # Enter or Esc: back to the page

    def __init__(self) -> None:
        super().__init__()
        self._zoom = 1.0
        self.setAccessibleName("Zoom in per cent")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_tip(self, "How large the page is, in per cent (Ctrl+Shift+0)")
        self.returnPressed.connect(self._go)

    def show_zoom(self, zoom: float) -> None:
        """Say how large the page is."""
        self._zoom = zoom
        if not self.hasFocus():
            self._say()

    def sizeHint(self) -> QSize:
        """Room for the largest."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance("800 %") + 2 * metrics.height(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Ready to be typed over."""
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Back to saying how large it is."""
        super().focusOutEvent(event)
        self._say()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _say(self) -> None:
        self.setText(f"{round(self._zoom * 100)} %")
        self.setCursorPosition(0)

    def _go(self) -> None:
        zoom = read_percent(self.text())
        if zoom is None:
            self.selectAll()
            self.refused.emit(REFUSAL)
            return
        self.zoom_asked.emit(zoom)
        self.left.emit()


class ZoomBox(QObject):
    """The field and the button of the menu beside it; whoever makes it lays both out."""

    def __init__(self, theme: Theme, menu: QMenu, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self.field, self.button = ZoomField(), QToolButton()
        self.field.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.button.setAccessibleName("Fit and zoom")
        set_tip(self.button, "Fit and zoom")
        self.button.setMenu(menu)
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.setMinimumSize(LEAST_TARGET - 8, LEAST_TARGET)
        theme.changed.connect(self._tint)
        self._tint()

    def _tint(self) -> None:
        side = round(16 * max(1.0, self._theme.size / 12))
        self.button.setIcon(self._theme.icon("chevron-down"))
        self.button.setIconSize(QSize(side, side))
        self.button.setMinimumSize(self.button.sizeHint().expandedTo(QSize(LEAST_TARGET - 8, LEAST_TARGET)))
        self.field.updateGeometry()
