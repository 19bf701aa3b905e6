"""What we put on the clipboard, and taking it away again when the store is locked."""

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QGuiApplication, QImage

_OURS = "application/x-despatch"


def copy_words(words: str) -> None:
    """Put words on the clipboard, marked as ours."""
    _put(QMimeData(), words)


def copy_picture(picture: QImage, words: str) -> None:
    """Put a picture on the clipboard with words beside it, marked as ours."""
    data = QMimeData()
    data.setImageData(picture)
    _put(data, words)


def _put(data: QMimeData, words: str) -> None:
    data.setText(words)
    data.setData(_OURS, QByteArray(b"1"))
    QGuiApplication.clipboard().setMimeData(data)


def clear_our_copy() -> None:
    """Empty the clipboard if what lies on it came from here; somebody else's is left alone."""
    clipboard = QGuiApplication.clipboard()
    data: QMimeData | None = clipboard.mimeData()  # None where it is empty, whatever its type says
    if clipboard.ownsClipboard() or (data is not None and data.hasFormat(_OURS)):
        clipboard.clear()
