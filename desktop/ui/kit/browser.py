"""The one door to the web: an address the member was shown and wishes to open goes to the system's browser."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_in_browser(address: str) -> None:
    """Hand an address over; nothing is fetched here."""
    QDesktopServices.openUrl(QUrl(address))
