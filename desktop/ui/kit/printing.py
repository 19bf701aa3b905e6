"""Printing a few words, through the system's own dialog, and documents of our own."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QDialog, QWidget

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


def print_words(parent: QWidget, words: str, points: int = 14) -> None:
    """Ask where to print, then print plain words on a sheet. Returns at once; nothing is kept."""
    # Only wanted here, once in a lifetime: it would cost every start.
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter()
    dialog = QPrintDialog(printer, parent)

    def send() -> None:
        sheet = QTextDocument()
        font = sheet.defaultFont()
        font.setPointSize(points)
        sheet.setDefaultFont(font)
        sheet.setPlainText(words)
        sheet.print_(printer)

    dialog.accepted.connect(send)
    dialog.finished.connect(dialog.deleteLater)
    QDialog.open(dialog)  # its own open() wants a slot named as text


def print_html(printer: "QPrinter", html: str, css: str) -> None:
    """Print a document of our own making on as many sheets as it takes."""
    sheet = QTextDocument()
    sheet.setDefaultStyleSheet(css)
    sheet.setHtml(html)
    printer.setDocName("Board papers")  # a print queue is read by others
    sheet.print_(printer)
