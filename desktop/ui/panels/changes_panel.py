"""What changed in an edition of a paper, as a list: each difference with its words before and after."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.annotations.differences import ADDED, MOVED, REMOVED, REPLACED, Change
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Text, inset
from desktop.ui.kit.words import say_count
from desktop.ui.panels.rows import Line, Row, RowsView, said

SIGNS = {ADDED: ("+", "Added"), REMOVED: ("−", "Removed"), REPLACED: ("≈", "Changed"), MOVED: ("→", "Moved")}
_SAME = "The words of both versions are the same. Only how they are set, or pictures, may differ."
_LOOKING = "Comparing both versions…"


class ChangesPanel(QFrame):
    """Asks to go to a change, by its number."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "side")
        self.title, self.told = Text("", "strong"), Text("", "quiet")
        self.list = RowsView(theme, "Changes", self)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._moved())
        self.list.chosen.connect(lambda key, _beside: self.chosen.emit(int(key)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for text in (self.title, self.told):
            column.addWidget(inset(text, 4))
        column.addWidget(self.list, 1)

    def wait_for(self, title: str) -> None:
        """A paper is being compared."""
        self.title.setText(title)
        self.told.setText(_LOOKING)
        self.list.show_rows([])

    def show_changes(self, changes: Sequence[Change]) -> None:
        """List them."""
        self.told.setText(f"{say_count(len(changes), 'change')}, in the order of the new version" if changes else _SAME)
        self.list.show_rows([_row(number, change) for number, change in enumerate(changes)])
        self.focus_list()

    def focus_list(self) -> None:
        """Put the keys into the list."""
        if not self.list.current_key():
            self.list.put_cursor_first()
        self.list.setFocus()

    def _moved(self) -> None:
        if self.list.current_key():
            self.chosen.emit(int(self.list.current_key()))


def _row(number: int, change: Change) -> Row:
    sign, name = SIGNS[change.kind]
    lines: list[Line] = [said(f"{sign} {name}", strong=True)]
    if change.old.words and change.kind != MOVED:
        lines.append(said(f"Before: “{change.old.words}”", tint="quiet", most=4))
    if change.new.words:
        now = "" if change.kind == MOVED else "Now: "
        lines.append(said(f"{now}“{change.new.words}”", most=4))
    spoken = ", ".join(part for part in (name, change.old.words and f"before: {change.old.words}", change.new.words))
    return Row(str(number), tuple(lines), spoken, aside=f"page {change.new.page + 1}")
