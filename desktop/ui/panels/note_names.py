"""What the colours of notes are called: one field a colour, with its sign before it."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from desktop.annotations.entries import COLOURS
from desktop.ui.kit.theme import Theme
from desktop.ui.panels.colours import badge_icon

_LONGEST = 24  # letters of a name: it stands in narrow lists


class NoteNames(QWidget):
    """Says each change at once. changed: names by colour, without those left empty."""

    changed = Signal(dict)

    def __init__(self, theme: Theme, names: Mapping[str, str]) -> None:
        super().__init__()
        self._theme = theme
        self.fields: dict[str, QLineEdit] = {}
        self._signs: dict[str, QLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        for row, colour in enumerate(COLOURS):
            field, sign = QLineEdit(names.get(colour, "")), QLabel()
            field.setPlaceholderText(colour.capitalize())
            field.setAccessibleName(f"Name of the colour {colour.capitalize()}")
            field.setMaxLength(_LONGEST)
            field.editingFinished.connect(self._tell)
            self.fields[colour], self._signs[colour] = field, sign
            grid.addWidget(sign, row, 0)
            grid.addWidget(field, row, 1)
        theme.changed.connect(self._tint)
        self._tint()

    def _tell(self) -> None:
        typed = {colour: " ".join(field.text().split()) for colour, field in self.fields.items()}
        self.changed.emit({colour: name for colour, name in typed.items() if name})

    def _tint(self) -> None:
        side = self._theme.icon_side
        for colour, sign in self._signs.items():
            sign.setPixmap(badge_icon(self._theme, colour, side, self.devicePixelRatioF()).pixmap(side, side))
