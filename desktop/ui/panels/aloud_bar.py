"""The bar under the page while it is read aloud."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import IconButton, Text


class AloudBar(QFrame):
    """Asks to go back, stop for a while, go on, and end; says which voice reads."""

    pause_asked = Signal()
    back_asked = Signal()
    on_asked = Signal()
    end_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "foot")
        self.setAccessibleName("Reading aloud")
        self.back = IconButton(theme, "skip-back", "Sentence before")
        self.pause = IconButton(theme, "pause", "Pause")
        self.on = IconButton(theme, "skip-forward", "Next sentence")
        self.end = IconButton(theme, "x", "End reading aloud")
        self.voice = Text("", "quiet")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 16, 6)
        layout.setSpacing(8)
        for button, asked in (
            (self.back, self.back_asked), (self.pause, self.pause_asked), (self.on, self.on_asked),
        ):  # fmt: skip
            button.clicked.connect(asked)
            layout.addWidget(button)
        layout.addWidget(self.voice, 1)
        self.end.clicked.connect(self.end_asked)
        layout.addWidget(self.end)
        self.hide()

    def show_voice(self, name: str) -> None:
        """Which voice reads."""
        self.voice.say(name)

    def show_paused(self, paused: bool) -> None:
        """Whether it waits."""
        self.pause.show_icon("play" if paused else "pause")
        self.pause.rename("Go on" if paused else "Pause")
