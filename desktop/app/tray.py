"""The system's own notice that papers have come, where the system has a place for one. It never names a paper."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

ARRIVED = "New papers have arrived."


class TrayHerald(QObject):
    """Shows its icon from the first notice until the window is looked at again."""

    chosen = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._icon: QSystemTrayIcon | None = None

    def tell(self) -> None:
        """Say that papers have come. Others may see the notice, and the lock screen shows it: it says no more."""
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        if self._icon is None:
            self._icon = QSystemTrayIcon(QApplication.windowIcon(), self)
            self._icon.setToolTip("Despatch")
            self._icon.activated.connect(lambda _: self.chosen.emit())
            self._icon.messageClicked.connect(self.chosen)
        self._icon.show()
        self._icon.showMessage("Despatch", ARRIVED, QApplication.windowIcon())

    def put_away(self) -> None:
        """The window is looked at, or locked: take the icon out again."""
        if self._icon is not None:
            self._icon.hide()
