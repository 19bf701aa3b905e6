"""The frame: one window with a screen at a time, the bar of notices above and what is happening below."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

# The bare window is on the screen before anything else is loaded: what only its furniture wants is imported with that,
# the name of all Qt's flags too, which alone takes 40 ms.
from PySide6.QtCore import QByteArray, QEvent, QPoint, QRect, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from desktop.ui.kit.idle import IdleWatch
    from desktop.ui.kit.notices import NoticeBar
    from desktop.ui.kit.theme import Theme
    from desktop.ui.panels.status_line import StatusLine

_WIDTH, _HEIGHT = 1180, 780


class Screen(Enum):
    """The places the window can show."""

    WELCOME = "Welcome"
    UNLOCK = "Locked"
    SHELF = "Shelf"
    READER = "Reader"
    TRAVEL = "For travel"
    SHEET = "Meeting sheet"
    REGISTERS = "Registers"
    THROUGH = "Through time"
    MAP = "Map of the pack"
    DESK = "Secretary’s desk"
    PREPARING = "Preparing a meeting"
    PEOPLE = "People"
    SETTINGS = "Settings"
    HELP = "Help"
    KEYS = "Keys"


# Opened over another screen, and closed back to it.
_ASIDE = (
    *(Screen.TRAVEL, Screen.SHEET, Screen.REGISTERS, Screen.THROUGH, Screen.MAP),
    *(Screen.DESK, Screen.PREPARING, Screen.PEOPLE),
    *(Screen.SETTINGS, Screen.HELP, Screen.KEYS, Screen.WELCOME),
)
_SEALED = (Screen.UNLOCK, Screen.WELCOME, Screen.HELP)  # what may be seen while nothing is unlocked

Factory = Callable[[], QWidget]


@dataclass(frozen=True)
class PlaceWanted:
    """A place to open. page: from 0 within the paper; paper_id "" for where the pack was left. words: to find there.

    beside: in the other pane. y: points down the page, None for its top.
    """

    pack_id: str
    paper_id: str = ""
    page: int = 0
    words: str = ""
    beside: bool = False
    y: float | None = None


class MainWindow(QMainWindow):
    """Holds the screens. It decides nothing: each wish goes up as a signal to whoever composed it.

    Made bare, so that it can be shown at once; of use when it is furnished. geometry: as `keep_size` gave it.
    """

    place_wanted = Signal(object)  # PlaceWanted
    file_dropped = Signal(str)
    lock_wanted = Signal()
    quick_wanted = Signal()
    screen_shown = Signal(object)  # Screen
    closing = Signal()

    notices: "NoticeBar"
    status: "StatusLine"

    def __init__(self, geometry: str = "") -> None:
        super().__init__()
        self._factories: dict[Screen, Factory] = {}
        self._made: dict[Screen, QWidget] = {}
        self._trail: list[Screen] = []
        self._keys: dict[str, str] = {}
        self._locked, self._pack = True, ""
        self.may_close: Callable[[], bool] = lambda: True  # asked before closing
        self.is_quitting = False  # whether closing means the end, however else the window is closed
        self._stack = QStackedWidget()
        self.before: QWidget | None = None  # what is shown until the first screen is there
        self._idle: IdleWatch | None = None
        middle = QWidget()
        self._column = QVBoxLayout(middle)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._stack, 1)
        self.setCentralWidget(middle)
        self.setWindowTitle("Despatch")
        self.setMinimumSize(640, 480)
        self.resize(_WIDTH, _HEIGHT)
        if geometry:
            self.restoreGeometry(QByteArray.fromHex(geometry.encode()))

    def furnish(self, theme: "Theme", screens: Mapping[Screen, Factory]) -> None:
        """Give it its bars, its keys and its screens: how to make each, made when first shown, kept until the lock."""
        from desktop.ui.kit.idle import IdleWatch
        from desktop.ui.kit.notices import NoticeBar
        from desktop.ui.panels.status_line import StatusLine

        self._factories = dict(screens)
        self.notices = NoticeBar(theme)
        self.status = StatusLine(theme)
        self._column.insertWidget(0, self.notices)
        self._column.addWidget(self.status)
        self._idle = IdleWatch(self)
        self._idle.left.connect(self._on_idle)
        self._watch()
        self._add_keys()
        self.setAcceptDrops(True)

    @property
    def screen_now(self) -> Screen | None:
        """The screen in sight."""
        return self._trail[-1] if self._trail else None

    def screen_of(self, name: Screen) -> QWidget | None:
        """A screen if it has been made."""
        return self._made.get(name)

    def show_screen(self, name: Screen) -> QWidget:
        """Bring a screen to the front, making it if need be, and put the focus into it."""
        widget = self._made.get(name) or self._make(name)
        self._trail = [seen for seen in self._trail if seen is not name]
        if name not in _ASIDE:
            self._trail = [seen for seen in self._trail if seen not in _ASIDE]
        self._trail.append(name)
        self._stack.setCurrentWidget(widget)
        self._end_before()
        self._give_way(widget)
        self._say_title()
        widget.setFocus()
        self.screen_shown.emit(name)
        return widget

    def show_before(self, widget: QWidget) -> None:
        """Show something until the first screen is there."""
        self._end_before()
        self.before = widget
        self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)

    def _end_before(self) -> None:
        before, self.before = self.before, None
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()

    def place_of(self, part: QWidget) -> QRect:
        """Where a part of the screen in sight lies in the room that screens have."""
        return QRect(part.mapTo(self._stack, QPoint(0, 0)), part.size())

    def put(self, name: Screen, widget: QWidget) -> None:
        """Put a screen made elsewhere (the reader with a pack in it); show_screen shows it."""
        self.remove(name)
        self._made[name] = widget
        self._stack.addWidget(widget)

    def remove(self, name: Screen) -> None:
        """Let a screen go."""
        self._trail = [seen for seen in self._trail if seen is not name]
        if (widget := self._made.pop(name, None)) is not None:
            self._stack.removeWidget(widget)
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()

    def go_back(self) -> None:
        """Leave this screen for the one before it."""
        if len(self._trail) > 1:
            self._trail.pop()
            self.show_screen(self._trail[-1])

    def open_place(
        self,
        pack_id: str,
        paper_id: str = "",
        page: int = 0,
        words: str = "",
        beside: bool = False,
        y: float | None = None,
    ) -> None:
        """Open a place of a pack. Every wish to be somewhere arrives here; while locked it is not let through."""
        if not self._locked:
            self.place_wanted.emit(PlaceWanted(pack_id, paper_id, page, words, beside, y))

    def say_pack(self, title: str) -> None:
        """Name the pack that is read in the window's title, "" for none."""
        self._pack = title
        self._say_title()

    def unlocked(self, lock_minutes: int) -> None:
        """The store is open: locking means something now, also by itself after so many minutes (0: never)."""
        self._locked = False
        if self._idle is not None:
            self._idle.wait(lock_minutes * 60_000)

    def lock(self) -> None:
        """Forget everything that was shown, and show nothing but Unlock."""
        from desktop.ui.kit.clipboard import clear_our_copy

        self._locked = True
        if self._idle is not None:
            self._idle.wait(0)
        self._pack = ""
        for name in tuple(self._made):
            self.remove(name)
        self.notices.clear()
        self.status.clear()
        clear_our_copy()
        self.show_screen(Screen.UNLOCK)

    def use_keys(self, chosen: Mapping[str, str]) -> None:
        """Give every command its keys, by id; those that are not chosen keep what they had at first."""
        self._keys = dict(chosen)
        self._give_keys(self)

    def keep_size(self) -> str:
        """Size and place, to be given to the next window."""
        return bytes(self.saveGeometry().toHex().data()).decode()

    def quit(self) -> None:
        """Close for good."""
        self.is_quitting = True
        self.close()
        self.is_quitting = False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._watch()

    def _watch(self) -> None:
        if self._idle is not None and (handle := self.windowHandle()) is not None:
            self._idle.watch(handle)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_close():
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _ours(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for path in _ours(event):
            self.file_dropped.emit(path)
        event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        from PySide6.QtCore import Qt

        if event.key() == Qt.Key.Key_Escape and self.screen_now in _ASIDE:
            self.go_back()
            return
        super().keyPressEvent(event)

    def _make(self, name: Screen) -> QWidget:
        widget = self._factories[name]()
        self._made[name] = widget
        self._stack.addWidget(widget)
        self._give_keys(widget)
        return widget

    def _give_keys(self, widget: QWidget) -> None:
        from desktop.ui.kit.keyboard import use_keys

        use_keys(widget, self._keys)

    def _add_keys(self) -> None:
        from desktop.ui.kit.widgets import add_shortcut

        add_shortcut(self, "F1", "Help", lambda: self._open_aside(Screen.HELP))
        add_shortcut(self, "Ctrl+,", "Settings", lambda: self._open_aside(Screen.SETTINGS))
        add_shortcut(self, "Ctrl+K", "Go to anything by name", self._ask_quick)
        add_shortcut(self, "Ctrl+L", "Lock", self._ask_lock)
        add_shortcut(self, "Ctrl+Q", "Quit", self.quit)

    def _give_way(self, screen: QWidget) -> None:
        """A screen with an action of its own on some key gets that key: two that are there at once are none."""
        taken = {keys.toString() for action in screen.actions() for keys in action.shortcuts()}
        for action in self.actions():
            action.setEnabled(action.shortcut().toString() not in taken)

    def _open_aside(self, name: Screen) -> None:
        if self.screen_now is name:
            self.go_back()
        elif name in self._factories and (not self._locked or name in _SEALED):
            self.show_screen(name)

    def _ask_quick(self) -> None:
        if not self._locked and self.screen_now in (Screen.SHELF, Screen.READER):
            self.quick_wanted.emit()

    def _ask_lock(self) -> None:
        if not self._locked:
            self.lock_wanted.emit()

    def _on_idle(self) -> None:
        # A dialog or a menu left open would go on showing what is locked.
        if (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        self._ask_lock()

    def _say_title(self) -> None:
        name = self.screen_now
        first = self._pack if name is Screen.READER and self._pack else (name.value if name else "")
        self.setWindowTitle(f"{first} – Despatch" if first else "Despatch")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        widget = self._stack.currentWidget()
        activated = event.type() == QEvent.Type.ActivationChange and self.isActiveWindow()
        if activated and widget is not None and self.focusWidget() is None:
            widget.setFocus()


def _ours(event: QDropEvent) -> list[str]:
    """The files among what is dragged that Despatch opens."""
    from desktop.ui.kit.files import is_ours

    return [path for url in event.mimeData().urls() if is_ours(path := url.toLocalFile())]
