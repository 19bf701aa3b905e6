"""The review list: notes whose papers were replaced, one after another, to be accepted, placed anew or kept."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.annotations.carriage import CHANGED, CHECK, MOVED, ORPHAN
from desktop.annotations.entries import Annotation, Entry
from desktop.annotations.standing import anchor_of
from desktop.ui.kit.state_words import STATES
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Button, Text, set_tip
from desktop.ui.kit.words import say_count
from desktop.ui.panels.fields_area import FieldsArea
from desktop.ui.panels.rows import Line, Row, RowsView, said

REVIEWED = (CHECK, ORPHAN, CHANGED, MOVED)
_DONE = "Every note has been looked at."
_HOW = "Earlier version first, new one second. By key: A, P or K."
_PLACING = "Select its words in the new version, then press “Place here”, or Esc."


class ReviewPanel(QFrame):
    """Lists entries; what is to be done with one goes up as a signal with its id."""

    shown = Signal(str)
    accepted = Signal(str)
    all_accepted = Signal()
    placing_asked = Signal(str)
    placed = Signal(str)
    placing_ended = Signal()
    kept = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "side")
        self._placing = ""
        self.told, self.how = Text("", "strong"), Text(_HOW, "quiet")
        self.list = RowsView(theme, "Notes to look at", self)
        self.accept = Button("Accept", "primary")
        self.anew = Button("Place anew")
        self.keep = Button("Keep earlier")
        self.accept_all = Button("Accept all", "link")
        set_tip(self.accept_all, "All of them stand right; one undo takes it back")
        self.accept_all.clicked.connect(self._accept_all)
        self.list.chosen.connect(lambda key, _beside: self.shown.emit(key))
        self.list.selectionModel().currentChanged.connect(lambda *_: self._moved())
        self.list.installEventFilter(self)
        set_tip(self.keep, "Keep the note with the earlier version (K)")
        set_tip(self.anew, "Choose other words in the new version for it (P)")
        set_tip(self.accept, "The note stands right (A)")
        for button, act in ((self.accept, self._accept), (self.anew, self._place), (self.keep, self._keep)):
            button.clicked.connect(act)
        self._lay_out()

    def show_entries(self, entries: Iterable[Entry], place: Callable[[Entry], str]) -> None:
        """List these; place: says where one stands."""
        before, rows = self.list.current_key(), [_row(entry, place(entry)) for entry in entries]
        keys = [row.key for row in self.list.rows]
        follows = keys[keys.index(before) + 1 :] if before in keys else []
        self.list.show_rows(rows)
        here = {row.key for row in rows}
        if before not in here:
            after = next((key for key in follows if key in here), "")
            if not self.list.put_cursor(after):
                self.list.put_cursor_first()
        self.accept_all.say(f"Accept all {say_count(len(rows), 'place')}")
        self.told.setText(f"{say_count(len(rows), 'note')} to look at" if rows else _DONE)
        self._show_buttons()

    def focus_list(self) -> None:
        """Put the keys into the list."""
        if not self.list.current_key():
            self.list.put_cursor_first()
        self.list.setFocus()
        if self.list.current_key():
            self.shown.emit(self.list.current_key())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A accepts, P places anew, K keeps; Qt would look for rows that begin so."""
        if isinstance(event, QKeyEvent) and not event.modifiers():
            keys = {Qt.Key.Key_A: self._accept, Qt.Key.Key_P: self._place, Qt.Key.Key_K: self._keep}
            act = keys.get(Qt.Key(event.key()))
            if act is not None and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()  # elsewhere in the reader these keys take up tools
                return True
            if act is not None and event.type() == QEvent.Type.KeyPress:
                act()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends placing before it closes the panel."""
        if event.key() == Qt.Key.Key_Escape and self._placing:
            self.end_placing()
            return
        super().keyPressEvent(event)

    @property
    def is_placing(self) -> bool:
        """Whether new words are being chosen for a note."""
        return bool(self._placing)

    def end_placing(self) -> None:
        """No other words are wanted any more."""
        self._placing = ""
        self._show_buttons()
        self.placing_ended.emit()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(4)
        words = QVBoxLayout()
        words.setContentsMargins(12, 4, 12, 0)
        words.setSpacing(4)
        for text in (self.told, self.how):
            words.addWidget(text)
        column.addWidget(FieldsArea(words))
        column.addWidget(self.list, 1)
        buttons = QVBoxLayout()
        buttons.setContentsMargins(12, 4, 12, 0)
        for button in (self.accept, self.anew, self.keep, self.accept_all):
            buttons.addWidget(button)
        column.addLayout(buttons)

    def _show_buttons(self) -> None:
        row = self.list.current_key()
        for button in (self.accept, self.anew, self.keep):
            button.setEnabled(bool(row))
        self.accept_all.setVisible(len(self.list.rows) > 1)
        self.anew.say("Place here" if self._placing else "Place anew")
        self.how.setText(_PLACING if self._placing else _HOW)

    def _moved(self) -> None:
        if self._placing and self._placing == self.list.current_key():
            return
        self._placing = ""
        self._show_buttons()
        if self.isVisible() and self.list.current_key():
            self.shown.emit(self.list.current_key())

    def _accept(self) -> None:
        if key := self.list.current_key():
            self._placing = ""
            self.accepted.emit(key)

    def _accept_all(self) -> None:
        self._placing = ""
        self.list.setFocus()  # the button is gone with the list
        self.all_accepted.emit()

    def _place(self) -> None:
        key = self.list.current_key()
        if key and self._placing:
            self.placed.emit(key)
        elif key:
            self._placing = key
            self._show_buttons()
            self.placing_asked.emit(key)

    def _keep(self) -> None:
        if key := self.list.current_key():
            self._placing = ""
            self.kept.emit(key)


def _row(entry: Entry, place: str) -> Row:
    sign, name = STATES[entry.carriage.state]
    own = entry.words if isinstance(entry, Annotation) else entry.name
    before = entry.carriage.earlier[-1] if entry.carriage.earlier else anchor_of(entry)
    lines: list[Line] = [said(f"{sign} {name}", strong=True, most=2)]
    if place:
        lines.append(said(place, tint="quiet"))
    if own:
        lines.append(said(own, most=3))
    if before.exact:
        lines.append(said(f"“{' '.join(before.exact.split())}”", tint="quiet", most=3))
    spoken = ", ".join(part for part in (name, place, own, before.exact) if part)
    return Row(entry.id, tuple(lines), spoken, tip=before.exact)
