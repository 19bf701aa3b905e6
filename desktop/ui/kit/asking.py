"""Asking once, before something that cannot be undone: what goes, in numbers, and two verbs."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from desktop.ui.kit.widgets import Button, Text, column, row

_WIDTH = 480


class Question(QDialog):
    """A question over its parent, which goes with the parent. Esc and the second button leave things as they are."""

    def __init__(self, parent: QWidget, title: str, words: str, yes: str, no: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.yes, self.no = Button(yes), Button(no, "primary")
        self.yes.clicked.connect(self.accept)
        self.no.clicked.connect(self.reject)
        self.no.setDefault(True)
        column(self, Text(title, "heading"), Text(words), row(self.yes, self.no), space=16, margin=24)
        self.setMinimumWidth(round(_WIDTH * max(1.0, self.fontInfo().pointSizeF() / 12)))
        self.no.setFocus()


def ask(parent: QWidget, title: str, words: str, yes: str, no: str, act: Callable[[], object]) -> Question:
    """Ask, and do it if the answer is yes. Returns at once."""
    question = Question(parent, title, words, yes, no)

    def agreed() -> None:
        act()

    question.accepted.connect(agreed)
    question.open()
    return question
