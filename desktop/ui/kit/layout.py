"""Ways to lay parts out, and the page of the interface that holds them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.kit.theme import Theme

COLUMN = 680  # logical pixels: no line of the interface's text passes 80 characters at 12 pt


class Hairline(QFrame):
    """A line that separates."""

    def __init__(self, upright: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "hairline")
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


class Column(QScrollArea):
    """A page of the interface: one centred column, never wider than is good to read, which scrolls when it must."""

    def __init__(self, width: int = COLUMN) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        middle, self._holder = QWidget(), QWidget()
        self._holder.setMaximumWidth(width)
        across = QHBoxLayout(middle)
        across.setContentsMargins(24, 24, 24, 24)
        across.addStretch(1)
        across.addWidget(self._holder, 100)
        across.addStretch(1)
        self.setWidget(middle)
        middle.setAutoFillBackground(False)
        self.rows = QVBoxLayout(self._holder)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(16)
        self._width = width

    def grow(self, theme: Theme) -> None:
        """Widen with the text, so that a line keeps its number of letters."""
        self._theme = theme
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self._holder.setMaximumWidth(round(self._width * max(1.0, self._theme.size / 12)))


def row(*parts: QWidget, stretch: int | None = None, space: int = 8, centred: bool = False) -> QWidget:
    """Widgets side by side; `stretch` is the place of the one that takes the room, None for room at the end."""
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(space)
    if centred:
        layout.addStretch(1)
    for place, part in enumerate(parts):
        layout.addWidget(part, 1 if place == stretch else 0)
    if stretch is None:
        layout.addStretch(1)
    return holder


def inset(part: QWidget, top: int = 0) -> QWidget:
    """A label set in from both edges of its panel: margins of its own would give way to the style sheet's box."""
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(12, top, 12, 0)
    layout.addWidget(part)
    return holder


def column(holder: QWidget, *parts: QWidget, space: int = 8, margin: int = 0) -> QVBoxLayout:
    """Lay widgets below each other into the holder."""
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(space)
    for part in parts:
        layout.addWidget(part)
    return layout


def card(*parts: QWidget, space: int = 8, margin: int = 16) -> QFrame:
    """Widgets below each other on a raised ground."""
    frame = QFrame()
    frame.setProperty("role", "card")
    column(frame, *parts, space=space, margin=margin)
    return frame


def put(layout: QVBoxLayout, *parts: QWidget) -> None:
    """Add widgets to the layout of a screen already in sight; they are shown at once and can take the focus."""
    for part in parts:
        layout.addWidget(part)
        part.show()


def empty_layout(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
