"""What becomes of the notes on one pack: by which rule, when, which of them; and what the member can do about it."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.annotations.entries import Bookmark
from desktop.annotations.retention import Outlook, Stop
from desktop.links.kept import OwnLink
from desktop.packs.retention import Rule
from desktop.ui.kit.mark_words import KIND_NAMES, shortened
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import LEAST_TARGET, Button, Text, row
from desktop.ui.panels.retention_words import say_fate, say_kept, say_rule

if TYPE_CHECKING:
    from desktop.library.retaining import Due

_WORDS = 70  # letters of a note in the list
_ROWS = 6  # of the list in sight
_KEPT = Qt.CheckState.Checked


class RetentionDialog(QDialog):
    """Says each choice at once. note_kept(id, yes) · pack_kept(yes) · held(why, None to end it) · confirmed(yes)."""

    note_kept = Signal(str, bool)
    pack_kept = Signal(bool)
    held = Signal(object)
    confirmed = Signal(bool)

    def __init__(self, theme: Theme, look: Outlook, notes: "Sequence[Due]", today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._today = theme, today
        self.setWindowTitle("What becomes of your notes")
        self.setAccessibleName("What becomes of your notes")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.rule, self.fate = Text("", "quiet"), Text("", "strong")
        self.keep = _check("Keep all my notes on this meeting")
        self.hold = _check("Destroy nothing here for now (legal hold)")
        self.why = QLineEdit()
        self.why.setAccessibleName("Why nothing is destroyed")
        self.why.setPlaceholderText("Why, for example: a request for information")
        self.why.setMinimumHeight(LEAST_TARGET)
        self.minutes = _check("The minutes of this meeting were confirmed")
        self.listed, self.list = Text("", "quiet"), QListWidget()
        self.close_button = Button("Close", "primary")
        self._lay_out(look)
        self.show_outlook(look)
        self._fill(notes)
        self._connect()

    def show_outlook(self, look: Outlook) -> None:
        """How it stands now."""
        self._look = look
        self.rule.say(f"{look.body}: {say_rule(look.retention)}")
        self.fate.say(say_fate(look, self._today))
        ruled = look.rule is not Rule.KEEP
        for box, on in (
            (self.keep, look.own.keep), (self.hold, look.own.hold is not None),
            (self.minutes, look.own.confirmed is not None),
        ):  # fmt: skip
            box.blockSignals(True)
            box.setChecked(on)
            box.blockSignals(False)
            box.setVisible(ruled)
        said = look.confirmed is not None and look.own.confirmed is None
        self.minutes.setVisible(look.rule is Rule.CONFIRMED and not said)
        self.why.setVisible(ruled and look.own.hold is not None)
        if look.own.hold is not None and not self.why.hasFocus():
            self.why.setText(look.own.hold)
        kept = f" You keep {say_kept(look.count)}." if say_kept(look.count) else ""
        self.listed.say(f"Tick what you keep even so.{kept}" if ruled and self.list.count() else "")
        self.list.setVisible(ruled and self.list.count() > 0)
        self.list.setEnabled(look.stop is not Stop.EXCEPTION)
        self._fit()

    def _fill(self, notes: "Sequence[Due]") -> None:
        for due in notes:
            item = QListWidgetItem(_say(due))
            if not isinstance(due.entry, Bookmark):
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(_KEPT if due.kept else Qt.CheckState.Unchecked)
                item.setData(Qt.ItemDataRole.UserRole, due.entry.id)
            self.list.addItem(item)
        self.show_outlook(self._look)

    def _lay_out(self, look: Outlook) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(8)
        self.list.setAccessibleName("Notes and links on this meeting; space keeps one")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setMinimumHeight(self._theme.grid(4) * _ROWS)
        for part in (Text(look.title, "title"), self.rule, self.fate, self.keep, self.hold, self.why, self.minutes):
            layout.addWidget(part)
        layout.addWidget(self.listed)
        layout.addWidget(self.list, 1)
        layout.addWidget(row(self.close_button))
        self.setMinimumWidth(self._theme.grid(68))

    def _connect(self) -> None:
        self.keep.toggled.connect(self.pack_kept)
        self.hold.toggled.connect(lambda on: self.held.emit(self.why.text() if on else None))
        self.why.editingFinished.connect(lambda: self.held.emit(self.why.text()) if self.hold.isChecked() else None)
        self.minutes.toggled.connect(self.confirmed)
        self.list.itemChanged.connect(self._changed)
        self.close_button.clicked.connect(self.accept)

    def _changed(self, item: QListWidgetItem) -> None:
        key = item.data(Qt.ItemDataRole.UserRole)
        if key:
            self.note_kept.emit(key, item.checkState() == _KEPT)

    def _fit(self) -> None:
        """As high as its words are at its width: Qt guesses too low where lines wrap."""
        layout = self.layout()
        if layout is not None:
            self.setMinimumHeight(min(layout.totalHeightForWidth(self.minimumWidth()), self._theme.grid(80)))


def _check(words: str) -> QCheckBox:
    box = QCheckBox(words)
    box.setAccessibleName(words)
    box.setMinimumHeight(LEAST_TARGET)
    return box


def _say(due: "Due") -> str:
    entry = due.entry
    if isinstance(entry, OwnLink):
        words = shortened(" ".join((entry.words or entry.start.anchor.exact).split()), _WORDS)
        return f"Link, {due.paper}" + (f": {words}" if words else "")
    if isinstance(entry, Bookmark):
        return f"Bookmark, {due.paper}: {shortened(entry.name, _WORDS)}"
    page = f", p {entry.anchor.label}" if entry.anchor.label else ""
    words = shortened(" ".join((entry.words or entry.anchor.exact).split()), _WORDS)
    return f"{KIND_NAMES[entry.kind]}, {due.paper}{page}" + (f": {words}" if words else "")
