"""Quick-open: a field over the window that goes anywhere by a few letters."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from desktop.search.quick import Kind, QuickIndex, Target
from desktop.ui.kit.notices import announce
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import SearchField, Text
from desktop.ui.kit.words import say_count
from desktop.ui.panels.rows import Chip, Line, Row, RowsView, said

_WIDTH, _MARGIN = 640, 24
_HINT = "Type a few letters of an item, a paper, a bookmark, a note, a name or a risk."
_FOLLOW = "Shift+Enter on a risk, a person or an item follows it through time."
FOLLOWED = (Kind.RISK, Kind.ACTION, Kind.PERSON, Kind.ITEM)  # what can be followed through time
_NAMES = {
    Kind.ITEM: "Item",
    Kind.PAPER: "Paper",
    Kind.BOOKMARK: "Bookmark",
    Kind.NOTE: "Note",
    Kind.PERSON: "Person",
    Kind.RISK: "Risk",
    Kind.PACK: "Pack",
    Kind.ACTION: "Action",
}


class QuickOpen(QFrame):
    """Floats at the top of its holder while it is open. chosen: where to go, and whether beside what is read now."""

    chosen = Signal(object, bool)
    through_asked = Signal(object)  # Target to be followed through time

    def __init__(self, theme: Theme, holder: QWidget, name: str = "Go to anything by name", hint: str = _HINT) -> None:
        """name: what it is for. hint: what can be typed."""
        super().__init__(holder)
        self.setProperty("role", "card")
        self.setAccessibleName("Quick open")
        self._theme, self._holder = theme, holder
        self._index = QuickIndex(())
        self._found: dict[str, Target] = {}
        self._before: QWidget | None = None
        self._follows = hint == _HINT
        self._hint = f"{hint} {_FOLLOW}" if self._follows else hint
        self.field = SearchField(theme, "Go to" if hint == _HINT else name, name)
        self.state = Text(hint, "quiet")
        self.list = RowsView(theme, "Where to go", self)
        self._lay_out()
        self.hide()

    def open(self) -> None:
        """Show it, ready for typing; what it can find is given by `show_targets`, a moment later."""
        if not self.isVisible():
            self._before = self.window().focusWidget()
        self._index = QuickIndex(())
        self.field.clear()
        self._settle()
        self.show()
        self.raise_()
        self._holder.installEventFilter(self)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._look()

    def show_targets(self, targets: Sequence[Target], pack_id: str) -> None:
        """What there is to go to. pack_id: the open pack, "" on the shelf."""
        self._index = QuickIndex(targets, pack_id)
        self._look()

    def leave(self) -> None:
        """Put it away, forgetting what it held, and give the keys back to where they were."""
        self._holder.removeEventFilter(self)
        self._index, self._found = QuickIndex(()), {}
        self.hide()
        # Not at once: a row that was clicked is still in the middle of being so.
        QTimer.singleShot(0, self.field, self.field.clear)
        before, self._before = self._before, None
        if before is not None and before.isVisible():
            before.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the field move through the list; the holder's size is followed."""
        if watched is self._holder and event.type() == QEvent.Type.Resize:
            self._settle()
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take_key(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays within while it is open."""
        (self.list if self.field.hasFocus() else self.field).setFocus()
        return True

    def _lay_out(self) -> None:
        self.list.setMinimumHeight(120)
        self.field.textChanged.connect(self._look)
        self.field.installEventFilter(self)
        self.list.chosen.connect(self._go)
        self.list.menu_asked.connect(self._show_menu)
        self.list.left_upward.connect(self.field.setFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self.field)
        layout.addWidget(self.state)
        layout.addWidget(self.list, 1)

    def _settle(self) -> None:
        room = self._holder.size()
        width = min(round(_WIDTH * max(1.0, self._theme.size / 12)), room.width() - 2 * _MARGIN)
        self.resize(width, min(self._theme.grid(60), room.height() - 2 * _MARGIN))
        self.move(QPoint((room.width() - width) // 2, _MARGIN))

    def _take_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.list.keyPressEvent(event)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._follows and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._follow(self.list.current_key())
                return True
            beside = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._go(self.list.current_key(), beside)
            return True
        if key == Qt.Key.Key_Escape:  # at once, whatever was typed: it is for a glance
            self.leave()
            return True
        return False

    def _look(self, _typed: str = "") -> None:
        typed = self.field.text()
        found = self._index.find(typed)
        self._found = {str(place): target for place, target in enumerate(found)}
        self.list.show_rows([_row(key, target) for key, target in self._found.items()])
        self.list.put_cursor_first()
        self.list.scrollToTop()
        if typed.strip():
            words = say_count(len(found), "place") if found else "Nothing of that name. Try fewer letters."
        else:
            words = self._hint
        self.state.setText(words)
        if typed.strip():
            announce(self, f"{words}. {self.list.rows[0].spoken}" if found else words)

    def _go(self, key: str, beside: bool) -> None:
        target = self._found.get(key)
        if target is not None:
            self._before = None  # the keys belong to where we go
            self.leave()
            self.chosen.emit(target, beside)

    def _follow(self, key: str) -> None:
        target = self._found.get(key)
        if target is None or target.kind not in FOLLOWED:
            self.state.setText(_FOLLOW)
            announce(self, _FOLLOW)
            return
        self._before = None
        self.leave()
        self.through_asked.emit(target)

    def _show_menu(self, key: str, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Go there", lambda: self._go(key, False))
        menu.addAction("Open in the other pane", lambda: self._go(key, True))
        if self._follows and self._found[key].kind in FOLLOWED:
            menu.addAction("Follow through time", lambda: self._follow(key)).setShortcut("Shift+Return")
        menu.popup(at)


def _row(key: str, target: Target) -> Row:
    name = _NAMES[target.kind]
    title = f"{target.number}  {target.title}" if target.number else target.title
    detail = Line(((target.detail, False),), "quiet", 1, name, Chip.OUTLINE)
    return Row(key, (said(title, strong=True, most=2), detail), f"{name}: {title}, {target.detail}", tip=title)
