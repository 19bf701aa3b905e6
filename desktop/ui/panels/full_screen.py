"""The page alone on the screen."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

WORDS = "Full screen. Press Esc to leave it."


class FullScreen(QObject):
    """Gives the whole screen to the page and takes it back. What was in sight before comes back as it was.

    hidden: what steps aside. around: shows or hides what else stands beside the page. say: a sentence for the reader.
    """

    def __init__(
        self, holder: QWidget, hidden: Sequence[QWidget], around: Callable[[bool], None], say: Callable[[str], None]
    ) -> None:
        super().__init__(holder)
        self._holder, self._hidden = holder, hidden
        self._around, self._say = around, say
        self._before = Qt.WindowState.WindowNoState
        self.on = False

    def toggle(self) -> None:
        """Into it, or out of it."""
        if self.on:
            self.leave()
        else:
            self._enter()

    def leave(self) -> bool:
        """Back to the window as it was; False where it is not in force."""
        if not self.on:
            return False
        self.on = False
        self._holder.window().setWindowState(self._before)
        for part in self._hidden:
            part.show()
        self._around(True)
        return True

    def _enter(self) -> None:
        window = self._holder.window()
        self.on, self._before = True, window.windowState() & ~Qt.WindowState.WindowFullScreen
        for part in self._hidden:
            part.hide()
        self._around(False)
        window.setWindowState(self._before | Qt.WindowState.WindowFullScreen)
        self._say(WORDS)
