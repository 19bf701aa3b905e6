"""The keys: every command with what presses it, and how to change that."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QKeySequenceEdit, QVBoxLayout, QWidget

from desktop.ui.kit.keyboard import Command, taken_by
from desktop.ui.kit.notices import announce
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import LEAST_TARGET, Button, Leading, SearchField, Text, column, row
from desktop.ui.panels.rows import Line, Row, RowsView, said

GROUPS = {
    "everywhere": "Everywhere", "shelf": "On the shelf", "reader": "While reading", "sheet": "On the meeting sheet",
    "help": "In help",
}  # fmt: skip
# What the page itself answers to; these are the same in every reader, and stay as they are.
PAGE_KEYS = (
    ("Scroll a little", "Down"), ("Scroll back a little", "Up"), ("To the next screen", "Space"),
    ("To the screen before", "Shift+Space"), ("To the next page", "Ctrl+PgDown"), ("To the page before", "Ctrl+PgUp"),
    ("To the start of the pack", "Ctrl+Home"), ("To the end of the pack", "Ctrl+End"),
    ("Mark the selection as a question", "1"), ("… as a risk", "2"), ("… as an action", "3"),
    ("… as agreed", "4"), ("… as challenged", "5"),
    ("Select all words of the page", "Ctrl+A"), ("Carry the selection on by a word", "Shift+Right"),
    ("Carry the selection on by a line", "Shift+Down"), ("To the next link or note in sight", "Tab"),
    ("Open the link or note", "Return"), ("With the caret: by a paragraph", "Ctrl+Down"),
    ("With the caret: select a column", "Alt+Shift+Down"), ("The menu of the page", "Menu"),
)  # fmt: skip
_HINT = "Choose a command and press Enter to give it other keys."


class KeysScreen(Leading):
    """changed(chosen): keys by command id, "" for none; what is not in it has the keys it had at first."""

    changed = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme, commands: Sequence[Command], chosen: Mapping[str, str]) -> None:
        super().__init__()
        self._theme = theme
        self._commands = {command.id: command for command in commands}
        self._chosen = dict(chosen)
        self._asked: Command | None = None
        back = Button("Back", "link", "arrow-left", theme)
        back.clicked.connect(self.closed)
        self.search = SearchField(theme, "Find a command", "Find a command or keys")
        self.search.textChanged.connect(self._fill)
        self.list = RowsView(theme, "Commands and their keys")
        self.list.setMinimumHeight(80)
        self.list.chosen.connect(self._ask)
        self.list.editing_asked.connect(self._ask)
        self.list.removal_asked.connect(lambda command_id: self._give(command_id, ""))
        self.state = Text(_HINT, "quiet")
        self.asking = self._make_asking(theme)
        self.all_back = Button("All keys as they were at first")
        self.all_back.clicked.connect(self._reset_all)
        self.first = self.search
        column(
            self, row(back), Text("Keys", "title"), self.search, self.state, self.asking, self.list,
            row(self.all_back), space=12,
        )  # fmt: skip
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setStretchFactor(self.list, 1)
        theme.changed.connect(self._fill)
        self._fill()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up asking, then closes."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._asked is not None:
            self._leave_asking()
        else:
            self.closed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is asked any more when one comes back."""
        super().hideEvent(event)
        self._leave_asking()

    def _make_asking(self, theme: Theme) -> QWidget:
        holder = QFrame()
        holder.setProperty("role", "card")
        self.question = Text("", "strong")
        self.edit = QKeySequenceEdit()
        self.edit.setAccessibleName("New keys")
        self.edit.setMinimumHeight(LEAST_TARGET)
        self.edit.setMaximumSequenceLength(1)
        self.edit.editingFinished.connect(self._look)
        self.answer = Text("", "warn")
        self.use, self.at_first, self.leave = (
            Button("Use these keys", "primary"),
            Button("As at first"),
            Button("Cancel"),
        )
        self.use.clicked.connect(self._use)
        self.at_first.clicked.connect(self._reset)
        self.leave.clicked.connect(self._leave_asking)
        column(holder, self.question, self.edit, self.answer, row(self.use, self.at_first, self.leave), space=8)
        layout = holder.layout()
        assert layout is not None
        layout.setContentsMargins(16, 12, 16, 12)
        holder.hide()
        return holder

    def _keys_of(self, command: Command) -> tuple[str, ...]:
        mine = self._chosen.get(command.id)
        return command.keys if mine is None else (mine,) if mine else ()

    def _fill(self) -> None:
        words = self.search.text().casefold().split()
        rows: list[Row] = []
        for group, title in GROUPS.items():
            found = [self._row(command) for command in self._commands.values() if command.group == group]
            found = [each for each in found if all(word in each.spoken.casefold() for word in words)]
            if found:
                rows.append(Row(f"group/{group}", (said(title, strong=True, tint="quiet"),), title, heading=True))
                rows += found
        self.list.show_rows(rows)
        self.state.say(_HINT if rows else "No command of that name. Try another word.", "quiet")

    def _row(self, command: Command) -> Row:
        keys = " or ".join(map(_native, self._keys_of(command))) or "no keys"
        changed = ", changed by you" if command.id in self._chosen else ""
        lines = (said(command.name), Line(((keys + changed, False),), "accent" if changed else "quiet"))
        return Row(command.id, lines, f"{command.name}: {keys}{changed}")

    def _ask(self, command_id: str) -> None:
        self._asked = self._commands.get(command_id)
        if self._asked is None:
            return
        self.question.say(f"Press the new keys for “{self._asked.name}”.")
        self.answer.say("")
        self.edit.clear()
        self.use.setEnabled(False)
        self.state.hide()
        self.all_back.hide()
        self.asking.show()
        self.edit.setFocus()
        announce(self, self.question.text())

    def _look(self) -> None:
        command, keys = self._asked, self._typed()
        if command is None:
            return
        other = taken_by(keys, command, self._commands.values(), self._chosen)
        if other is not None:
            self.answer.say(
                f"{_native(keys)} is “{other.name}” already. Press others, or change that one first.", "warn"
            )
            announce(self, self.answer.text())
        elif _is_plain(keys):
            self.answer.say("A letter or digit alone is needed for typing. Hold Ctrl or Alt with it.", "warn")
            announce(self, self.answer.text())
        else:
            self.answer.say("")
        self.use.setEnabled(bool(keys) and other is None and not _is_plain(keys))
        if self.use.isEnabled():
            self.use.setFocus()

    def _typed(self) -> str:
        return self.edit.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def _use(self) -> None:
        if self._asked is not None:
            self._give(self._asked.id, self._typed())

    def _reset(self) -> None:
        if self._asked is not None:
            self._chosen.pop(self._asked.id, None)
            self._tell(self._asked)

    def _give(self, command_id: str, keys: str) -> None:
        command = self._commands.get(command_id)
        if command is not None:
            self._chosen[command_id] = keys
            self._tell(command)

    def _tell(self, command: Command) -> None:
        self.changed.emit(dict(self._chosen))
        self._leave_asking()
        self._fill()
        self.list.put_cursor(command.id)
        announce(self, self._row(command).spoken)

    def _reset_all(self) -> None:
        self._chosen.clear()
        self.changed.emit({})
        self._leave_asking()
        self._fill()
        announce(self, "All keys are as they were at first.")

    def _leave_asking(self) -> None:
        if self._asked is not None:
            self._asked = None
            self.asking.hide()
            self.state.show()
            self.all_back.show()
            self.list.setFocus()


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def _is_plain(keys: str) -> bool:
    return len(keys) == 1
