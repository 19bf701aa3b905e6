"""Despatch's place in the system's tray, where the system has one. Nothing there ever names a paper."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

ARRIVED = "New papers have arrived."
RESTING = "Despatch goes on fetching papers here. To end it, choose “Quit Despatch” from this sign's menu."


class Tray(QObject):
    """Shows its sign while Despatch rests, and from a notice until the window is looked at again."""

    chosen = Signal()
    check_asked = Signal()
    quit_asked = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._icon: QSystemTrayIcon | None = None
        self._menu: QMenu | None = None
        self._rests = self._told_of_rest = False

    @property
    def is_there(self) -> bool:
        """Whether this system has a tray."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def tell(self) -> None:
        """Say that papers have come. Others may see the notice, and the lock screen shows it: it says no more."""
        if self.is_there:
            icon = self._shown()
            icon.showMessage("Despatch", ARRIVED, QApplication.windowIcon())

    def rest(self) -> None:
        """Despatch has no window now: the sign stays until it has. How to end it is said once."""
        self._rests = True
        icon = self._shown()
        if not self._told_of_rest:
            self._told_of_rest = True
            icon.showMessage("Despatch", RESTING, QApplication.windowIcon())

    def wake(self) -> None:
        """The window is back."""
        self._rests = False
        self.put_away()

    def put_away(self) -> None:
        """The window is looked at, or locked: take the sign out again, unless Despatch rests."""
        if self._icon is not None and not self._rests:
            self._icon.hide()

    def _shown(self) -> QSystemTrayIcon:
        if self._icon is None:
            self._icon = QSystemTrayIcon(QApplication.windowIcon(), self)
            self._icon.setToolTip("Despatch")
            self._icon.activated.connect(self._on_activated)
            self._icon.messageClicked.connect(self.chosen)
            self._menu = self._make_menu()
            self._icon.setContextMenu(self._menu)
        self._icon.show()
        return self._icon

    def _make_menu(self) -> QMenu:
        menu = QMenu()
        acts: tuple[tuple[str, Callable[[], None]], ...] = (
            ("Open Despatch", self.chosen.emit),
            ("Check for new packs", self.check_asked.emit),
            ("Quit Despatch", self.quit_asked.emit),
        )
        for name, act in acts:
            menu.addAction(name).triggered.connect(lambda _=False, act=act: act())
        return menu

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:  # that opens the menu
            self.chosen.emit()
