"""Quick-open while the store is open: gathers the targets anew each time, and goes where one was chosen."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.library.targets import Targets
from desktop.room import Room
from desktop.search.quick import Target
from desktop.ui.kit.bridge import Bridge
from desktop.ui.kit.theme import Theme
from desktop.ui.panels.quick_open import QuickOpen
from desktop.ui.window import MainWindow


class QuickAccess(QObject):
    """Belongs to one open room. pack_open: the id of the pack that is read, "" on the shelf."""

    def __init__(
        self, window: MainWindow, theme: Theme, bridge: Bridge, room: Room, pack_open: Callable[[], str]
    ) -> None:
        super().__init__(window)
        self._window, self._bridge, self._room, self._pack_open = window, bridge, room, pack_open
        self._targets = Targets(room.holdings)
        self._panel = QuickOpen(theme, window)
        self._panel.chosen.connect(self._go)
        window.quick_wanted.connect(self._ask)

    def close(self) -> None:
        """Before locking: nothing of it stays."""
        self._window.quick_wanted.disconnect(self._ask)
        self._panel.leave()
        self._panel.deleteLater()
        self.deleteLater()

    def _ask(self) -> None:
        self._panel.open()
        self._bridge.then(self._room.store.do(self._targets.all), self._show, owner=self)

    def _show(self, targets: list[Target]) -> None:
        self._panel.show_targets(targets, self._pack_open())

    def _go(self, target: Target, beside: bool) -> None:
        self._window.open_place(target.pack_id, target.paper_id, target.page, target.words, beside)
