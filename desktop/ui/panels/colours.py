"""The five named colours of notes: what each means, its sign and its digit, and a row of buttons to choose one."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from desktop.annotations.entries import COLOURS
from desktop.ui.kit.mark_words import SIGNS
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import LEAST_TARGET, IconButton, set_tip
from desktop.ui.panels.row_painter import paint_badge


def badge_icon(theme: Theme, colour: str, side: int, ratio: float) -> QIcon:
    """A note's colour as a disc with its sign. side in logical pixels."""
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_badge(painter, QRectF(0, 0, side, side), SIGNS[colour], theme, f"note_{colour}")
    painter.end()
    return QIcon(pixmap)


class ColourRow(QWidget):
    """Five buttons, one a colour. keep: the chosen one stays down (several may with `many`)."""

    picked = Signal(str)

    def __init__(self, theme: Theme, keep: bool = False, many: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._group = QButtonGroup(self)
        self._group.setExclusive(keep and not many)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(2)
        self._buttons: dict[str, QToolButton] = {}
        for colour in COLOURS:
            across.addWidget(self._add(colour, keep or many))
        across.addStretch(1)
        theme.changed.connect(self._tint)
        self._tint()

    def button(self, colour: str) -> QToolButton:
        """The button of a colour."""
        return self._buttons[colour]

    def show_picked(self, colour: str) -> None:
        """Press the button of a colour down without saying so."""
        self._buttons[colour].setChecked(True)

    def chosen(self) -> set[str]:
        """The colours whose buttons are down."""
        return {colour for colour, button in self._buttons.items() if button.isChecked()}

    def _add(self, colour: str, checkable: bool) -> QToolButton:
        button = QToolButton(self)
        button.setCheckable(checkable)
        button.setMinimumSize(LEAST_TARGET, LEAST_TARGET)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.picked.emit(colour))
        if self._group.exclusive():  # in any group Qt takes those that are not down out of the Tab order
            self._group.addButton(button)
        self._buttons[colour] = button
        return button

    def _tint(self) -> None:
        side = round(22 * max(1.0, self._theme.size / 12))
        for digit, (colour, button) in enumerate(self._buttons.items(), 1):
            button.setAccessibleName(self._theme.note_name(colour))
            set_tip(button, f"{self._theme.note_name(colour)} ({digit})")
            button.setIcon(badge_icon(self._theme, colour, side, self.devicePixelRatioF()))
            button.setIconSize(QSize(side, side))


def quiet_button(theme: Theme, icon: str, name: str, keys: str = "") -> IconButton:
    """A button of a pop-up: reached by Tab, but a click leaves the focus where it is."""
    button = IconButton(theme, icon, name, keys)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
