"""Quick-open while the store is open: gathers the targets anew each time, and goes where one was chosen."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.library.targets import Targets
from desktop.room import Room
from desktop.search.quick import Target
from desktop.ui.kit.bridge import Bridge
from desktop.ui.kit.theme import Theme
from desktop.ui.window import MainWindow

if TYPE_CHECKING:
    from desktop.ui.panels.quick_open import QuickOpen


class QuickAccess(QObject):
    """Belongs to one open room. pack_open: the id of the pack that is read, "" on the shelf."""

    through_asked = Signal(object)  # Target to be followed through time

    def __init__(
        self, window: MainWindow, theme: Theme, bridge: Bridge, room: Room, pack_open: Callable[[], str]
    ) -> None:
        super().__init__(window)
        self._window, self._theme, self._bridge = window, theme, bridge
        self._room, self._pack_open = room, pack_open
        self._targets = Targets(room.holdings)
        self._made: QuickOpen | None = None
        window.quick_wanted.connect(self._ask)
        window.screen_shown.connect(self._leave)

    def close(self) -> None:
        """Before locking: nothing of it stays."""
        self._window.quick_wanted.disconnect(self._ask)
        self._window.screen_shown.disconnect(self._leave)
        if self._made is not None:
            self._made.leave()
            self._made.deleteLater()
        self.deleteLater()

    @property
    def _panel(self) -> "QuickOpen":
        """Made when it is first asked for, not at the start."""
        if self._made is None:
            from desktop.ui.panels.quick_open import QuickOpen

            self._made = QuickOpen(self._theme, self._window)
            self._made.chosen.connect(self._go)
            self._made.through_asked.connect(self.through_asked)
        return self._made

    def _leave(self) -> None:
        """Another screen was gone to."""
        if self._made is not None and self._made.isVisible():
            self._made.leave()

    def _ask(self) -> None:
        self._panel.open()
        self._bridge.then(self._room.store.do(self._targets.all), self._show, owner=self)

    def _show(self, targets: list[Target]) -> None:
        if self._made is not None:
            self._made.show_targets(targets, self._pack_open())

    def _go(self, target: Target, beside: bool) -> None:
        self._window.open_place(target.pack_id, target.paper_id, target.page, target.words, beside)
