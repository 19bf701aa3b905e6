"""The line at the foot of the window: what is happening, and whether all is here for a journey."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop.library.travel import Travel
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Button, ElidedLabel, Progress
from desktop.ui.panels.travel_mark import TravelMark


class StatusLine(QFrame):
    """There only while there is something to say."""

    acted = Signal()  # the button beside what is happening
    travel_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "foot")
        self.words, self.bar = ElidedLabel("", "quiet", Qt.TextElideMode.ElideRight), Progress("What is happening")
        self.bar.setMaximumWidth(240)
        self.act, self.travel = Button("", "link"), TravelMark(theme)
        self.act.clicked.connect(self.acted)
        self.travel.clicked.connect(self.travel_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 2, 24, 2)
        layout.setSpacing(16)
        layout.addWidget(self.words, 2)
        layout.addWidget(self.bar, 1)
        layout.addWidget(self.act)
        layout.addStretch(1)
        layout.addWidget(self.travel)
        # Made before the look is chosen and hidden until there is something to say, it would miss the size of the text.
        theme.changed.connect(lambda: self.setFont(theme.font()))
        self.setFont(theme.font())
        self.clear()

    def say(self, words: str, done: int = 0, total: int = 0, verb: str = "") -> None:
        """Say what is happening; with a total, how far it has come; with a verb, what can be done about it."""
        self.words.setText(words)
        self.bar.setVisible(total > 0)
        self.bar.show_part(done, total)
        self.act.say(verb)
        self.act.setVisible(bool(verb))
        self._settle()

    def show_travel(self, travel: Travel) -> None:
        """Show whether all is here."""
        self.travel.show_travel(travel)
        self._settle()

    def clear(self) -> None:
        """Say nothing at all."""
        self.show_travel(Travel())
        self.say("")

    def _settle(self) -> None:
        self.setVisible(bool(self.words.text()) or bool(self.travel.text().strip()))
