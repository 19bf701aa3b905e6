"""E-mail texts to paste: which, how it reads, and a button that copies it."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QWidget

from desktop.secretary.mails import Mail
from desktop.secretary.mails import Text as MailText
from desktop.ui.desk.fields import Choice
from desktop.ui.kit.clipboard import copy_words
from desktop.ui.kit.notices import announce
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Button, Text, column, labelled, row

_KINDS = {
    Mail.INVITATION: "An invitation",
    Mail.OUT: "The pack is out",
    Mail.LATE: "A late paper",
    Mail.CHANGED: "The pack was changed",
}
_ABOUT = "Despatch sends no e-mail. Copy the text into a message of yours; change it as you like."


class MailDialog(QDialog):
    """Shows the texts there are; what is edited here is what is copied."""

    def __init__(self, theme: Theme, texts: Mapping[Mail, MailText], parent: QWidget) -> None:
        super().__init__(parent)
        self._texts = texts
        self.setWindowTitle("E-mail texts")
        self.setAccessibleName(self.windowTitle())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.kind = Choice("What it says", [(_KINDS[kind], kind) for kind in texts])
        self.kind.chosen.connect(lambda _: self._show())
        self.subject, self.words = QLineEdit(), QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setMinimumHeight(theme.grid(36))
        copy, close = Button("Copy the text", "primary", "copy", theme), Button("Close")
        self.copy, subject = copy, Button("Copy the subject")
        copy.clicked.connect(lambda: self._copy(self.words.toPlainText()))
        subject.clicked.connect(lambda: self._copy(self.subject.text()))
        close.clicked.connect(self.accept)
        self.copied = Text("", "good")
        column(
            self, Text("E-mail texts", "title"), Text(_ABOUT, "quiet"), self.kind,
            labelled("Subject", self.subject), self.subject, labelled("Text", self.words), self.words, self.copied,
            row(copy, subject, close), space=8, margin=16,
        )  # fmt: skip
        self.resize(theme.grid(88), theme.grid(72))
        self._show()

    def _show(self) -> None:
        kind = self.kind.value()
        assert isinstance(kind, Mail)
        self.subject.setText(self._texts[kind].subject)
        self.words.setPlainText(self._texts[kind].body)
        self.copied.say("")

    def _copy(self, words: str) -> None:
        copy_words(words)
        self.copied.say("Copied.")
        announce(self, "Copied")
