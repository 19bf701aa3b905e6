"""The notice before notes are destroyed, at the top of the shelf: what, how many, when, and what can be done."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.annotations.retention import Outlook
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Button, Hairline, IconLabel, Text, row
from desktop.ui.panels.retention_words import say_ending


class EndingNotice(QFrame):
    """One row a pack. seen_asked: a pack's id, to show which notes; keep_asked: to keep them all."""

    seen_asked = Signal(str)
    keep_asked = Signal(str)

    def __init__(self, theme: Theme, looks: Sequence[Outlook], today: date) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.setSpacing(0)
        for place, look in enumerate(looks):
            if place:
                layout.addWidget(Hairline())
            layout.addWidget(self._row(look, today))

    def _row(self, look: Outlook, today: date) -> QWidget:
        what, rest = say_ending(look, today)
        see, keep = Button("See them…"), Button("Keep them all")
        see.setAccessibleName(f"See which notes on {look.title} will be destroyed")
        keep.setAccessibleName(f"Keep all notes on {look.title}")
        see.clicked.connect(lambda: self.seen_asked.emit(look.pack_id))
        keep.clicked.connect(lambda: self.keep_asked.emit(look.pack_id))
        holder = QWidget()
        across = QHBoxLayout(holder)
        across.setContentsMargins(16, 12, 16, 12)
        across.setSpacing(12)
        across.addWidget(IconLabel(self._theme, "timer", "warn"), 0, Qt.AlignmentFlag.AlignTop)
        down = QVBoxLayout()
        down.setSpacing(4)
        for part in (Text(what, "strong"), Text(rest, "quiet"), row(see, keep)):
            down.addWidget(part)
        across.addLayout(down, 1)
        return holder
