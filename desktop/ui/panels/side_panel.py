"""The one panel at the right: a name, a way to close it, and whatever is shown in it now."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import LEAST_TARGET, ElidedLabel, IconButton


class SidePanel(QFrame):
    """Shows one of its panels at a time."""

    close_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "side")
        self._names: dict[QWidget, str] = {}
        self._title = ElidedLabel("", "strong")
        close = IconButton(theme, "x", "Close this panel", "Esc")
        close.clicked.connect(self.close_asked)
        self._close, self._theme = close, theme
        theme.changed.connect(self._fit)
        self._stack = QStackedWidget()
        head = QHBoxLayout()
        head.setContentsMargins(12, 4, 4, 0)
        head.addWidget(self._title, 1)
        head.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        self._fit()

    def _fit(self) -> None:
        # Where a low window presses the panel, its head keeps the room of its icon.
        self._close.setMinimumHeight(max(LEAST_TARGET, self._theme.icon_side + 2 * self._theme.grid()))

    def add(self, panel: QWidget, name: str) -> None:
        """Have this panel to show."""
        self._names[panel] = name
        self._stack.addWidget(panel)

    def show_panel(self, panel: QWidget) -> None:
        """Show this one."""
        self._stack.setCurrentWidget(panel)
        self._title.setText(self._names[panel])
        self.setAccessibleName(self._names[panel])

    def is_showing(self, panel: QWidget) -> bool:
        """Whether the panel is open at this one."""
        return not self.isHidden() and self._stack.currentWidget() is panel
