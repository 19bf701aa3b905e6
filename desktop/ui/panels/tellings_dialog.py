"""What secretaries who ask for receipts are told from this computer: all of it, pack by pack."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Button, Column, Text, card, column, put, row
from desktop.ui.kit.words import say_date, say_time

if TYPE_CHECKING:
    from desktop.library.receipts import Telling
    from desktop.packs.receipt import Line

_ABOUT = (
    "Some bodies ask to know who has a pack, so that the secretary can ring those whom it did not reach. This is all "
    "that is told: that a pack came, and that you opened it. Not what you read, nor for how long; no note of yours."
)
_NONE = "No body of yours asks for it. Nothing is told to anybody."


class TellingsDialog(QDialog):
    """file_wanted(body id): save the receipt as a file, where it cannot be put beside the packs."""

    file_wanted = Signal(str)

    def __init__(self, theme: Theme, tellings: "Sequence[Telling]", parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("What the secretary is told")
        self.setAccessibleName(self.windowTitle())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        inside, close = Column(theme.grid(80)), Button("Close", "primary")
        close.clicked.connect(self.accept)
        put(inside.rows, Text("What the secretary is told", "title"), Text(_ABOUT))
        put(inside.rows, *(self._make_body(each) for each in tellings))
        if not tellings:
            put(inside.rows, Text(_NONE, "quiet"))
        inside.rows.addStretch(1)
        column(self, inside, row(close), space=12, margin=16)
        self.resize(theme.grid(80), theme.grid(60))

    def _make_body(self, telling: "Telling") -> QWidget:
        lines = [Text(words, "strong" if strong else "") for words, strong in _lines(telling)]
        state = Text(_state(telling), "warn" if telling.by_file else "quiet")
        parts: list[QWidget] = [Text(telling.body, "heading"), state, *lines]
        if telling.by_file:
            save = Button("Save it as a file…")
            save.setAccessibleName(f"Save what the secretary of {telling.body} is to be told as a file")
            save.clicked.connect(lambda: self.file_wanted.emit(telling.body_id))
            parts.append(row(save))
        return card(*parts, space=8, margin=16)


def say_line(line: "Line") -> str:
    """ "Edition 2 came on Thursday 29 January 2026, 3.00 pm. Edition 1 was opened on …"."""
    said = [f"Edition {line.received} came on {_moment(line.received_at)}." if line.received else ""]
    said.append(f"Edition {line.opened} was opened on {_moment(line.opened_at)}." if line.opened else "")
    return " ".join(part for part in said if part)


def _lines(telling: "Telling") -> list[tuple[str, bool]]:
    if not telling.lines:
        return [("Nothing yet.", False)]
    return [words for title, line in telling.lines for words in ((title, True), (say_line(line), False))]


def _state(telling: "Telling") -> str:
    if telling.by_file:
        return "Nothing can be put beside these packs from here: it reaches the secretary only as a file that you send."
    return "Some of it is still to be sent." if telling.waits else "The secretary has it, or finds it beside the packs."


def _moment(instant: str) -> str:
    local = datetime.fromisoformat(instant).astimezone()
    return f"{say_date(local.date())}, {say_time(f'{local:%H:%M}')}"
