"""Asking in which form something is to be exported. What leaves the seal is said here, once."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QDialog, QLabel, QRadioButton, QVBoxLayout, QWidget

from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import LEAST_TARGET, Button, IconLabel, Text, row

OUTSIDE = (
    "The file will lie outside the seal of Despatch: whoever has it can read it. Look after it, and delete it when "
    "you no longer need it."
)
_SEALED = "The file is sealed: only the members you share with can open it, each what is for them."


@dataclass(frozen=True)
class Form:
    """A way to export. key: for whoever asked; name: its words on the button; about: what it is good for.

    refused: why it cannot be had, "" where it can. narrows: whether it can be of one paper alone. sealed: only those it
    is for can open it.
    """

    key: str
    name: str
    about: str
    refused: str = ""
    narrows: bool = False
    sealed: bool = False


class ExportDialog(QDialog):
    """chosen(key, only this paper). Esc and Cancel close it, and nothing is written."""

    chosen = Signal(str, bool)

    def __init__(self, theme: Theme, title: str, forms: Sequence[Form], parent: QWidget, paper: str = "") -> None:
        """paper: the title of the one paper that it may be narrowed to."""
        super().__init__(parent)
        self._theme, self._forms = theme, {form.key: form for form in forms}
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(OUTSIDE)
        self.group = QButtonGroup(self)
        self.buttons = {form.key: self._choice(form) for form in forms}
        self.only = QCheckBox("Only those of the paper in front of me")
        self.only.setAccessibleName(self.only.text())
        self.only.setMinimumHeight(LEAST_TARGET)
        self.only.setToolTip(paper)
        self.only.setVisible(bool(paper))
        self._lock, self._outside = IconLabel(theme, "lock-open", "warn", 16), Text(OUTSIDE, "warn")
        self.go, self.cancel = Button("Choose where to save…", "primary"), Button("Cancel")
        self._lay_out(title)
        self._look()

    @property
    def key(self) -> str:
        """The form chosen now."""
        return next(key for key, button in self.buttons.items() if button.isChecked())

    def _choice(self, form: Form) -> QRadioButton:
        button = QRadioButton(form.name)
        button.setAccessibleName(form.name)
        button.setAccessibleDescription(form.refused or form.about)
        button.setMinimumHeight(LEAST_TARGET)
        button.setEnabled(not form.refused)
        button.setChecked(not form.refused and self.group.checkedButton() is None)
        self.group.addButton(button)
        return button

    def _lay_out(self, title: str) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(2)
        layout.addWidget(Text(title, "title"))
        layout.addSpacing(8)
        for key, form in self._forms.items():
            layout.addWidget(self.buttons[key])
            layout.addWidget(self._about(form))
        layout.addSpacing(8)
        layout.addWidget(self.only)
        layout.addSpacing(8)
        layout.addWidget(row(self._lock, self._outside, stretch=1))
        layout.addSpacing(12)
        layout.addWidget(row(self.go, self.cancel))
        self.setMinimumWidth(self._theme.grid(64))
        self.group.buttonToggled.connect(lambda _button, down: self._look() if down else None)
        self.go.clicked.connect(self._take)
        self.cancel.clicked.connect(self.reject)
        self.go.setDefault(True)

    def _about(self, form: Form) -> QLabel:
        words = Text(form.refused or form.about, "warn" if form.refused else "quiet")
        words.setContentsMargins(self._theme.grid(4), 0, 0, 6)
        return words

    def _look(self) -> None:
        form = self._forms[self.key]
        self.only.setEnabled(form.narrows)
        self._lock.show_icon("lock" if form.sealed else "lock-open", "quiet" if form.sealed else "warn")
        self._outside.say(_SEALED if form.sealed else OUTSIDE, "quiet" if form.sealed else "warn")

    def showEvent(self, event: QShowEvent) -> None:
        """As high as its words are at its width; Qt guesses too low where lines wrap."""
        layout = self.layout()
        if layout is not None:
            width = max(self.minimumWidth(), layout.minimumSize().width())
            self.setFixedSize(width, layout.totalHeightForWidth(width))
        super().showEvent(event)

    def _take(self) -> None:
        key = self.key
        self.accept()
        self.chosen.emit(key, self.only.isEnabled() and self.only.isChecked() and not self.only.isHidden())
