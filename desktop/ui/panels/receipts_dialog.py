"""Receipts of notes that were destroyed: to read, to print and to export."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from desktop.ui.kit.printing import print_words
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Button, Text, column, row
from desktop.ui.panels.retention_words import say_receipt

if TYPE_CHECKING:
    from desktop.library.retaining import Receipt

_ABOUT = "They say when, how many and by which rule. What the notes said is nowhere any more."
_NONE = "No notes were destroyed on this computer yet."


class ReceiptsDialog(QDialog):
    """export_wanted(text): to be written to a file."""

    export_wanted = Signal(str)

    def __init__(self, theme: Theme, receipts: "Sequence[Receipt]", parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Receipts")
        self.setAccessibleName("Receipts of destroyed notes")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.words = "\n\n".join(say_receipt(receipt) for receipt in receipts)
        self.text = QPlainTextEdit(self.words or _NONE)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("Receipts")
        self.text.setMinimumHeight(theme.grid(15))
        printing, export, close = (
            Button("Print…", "", "printer", theme),
            Button("Export…", "", "file-output", theme),
            Button("Close", "primary"),
        )
        printing.clicked.connect(lambda: print_words(self, self._whole(), 11))
        export.clicked.connect(lambda: self.export_wanted.emit(self._whole()))
        close.clicked.connect(self.accept)
        for button in (printing, export):
            button.setEnabled(bool(self.words))
        column(
            self, Text("Receipts of destroyed notes", "title"), Text(_ABOUT, "quiet"), self.text,
            row(close, printing, export), space=12, margin=24,
        )  # fmt: skip
        self.setMinimumWidth(theme.grid(64))

    def _whole(self) -> str:
        return f"Receipts of destroyed notes\n\n{self.words}\n"
