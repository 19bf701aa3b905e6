"""The sheet that asks what to print, and then says how far the printing has come."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QDialog, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from desktop.ui.kit.notices import announce
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import LEAST_TARGET, Button, Progress, Text, row
from desktop.ui.kit.words import say_count

Count = Callable[[str], tuple[Sequence[int], Sequence[str]]]


@dataclass(frozen=True)
class Part:
    """A choice of pages. name: what it is, with its count. pages: of the book, from 0; left_out: sentences."""

    name: str
    pages: tuple[int, ...]
    left_out: tuple[str, ...] = ()


class PrintSheet(QDialog):
    """chosen(pages, with notes) · stopped: the printing under way shall end. Esc and Cancel close it."""

    chosen = Signal(object, bool)
    stopped = Signal()

    def __init__(self, theme: Theme, parts: Sequence[Part], typed: Count, notes: int, parent: QWidget) -> None:
        """parts: the ready choices. typed: what a typed range means, (pages, sentences). notes: how many there are."""
        super().__init__(parent)
        self._theme, self._parts, self._typed = theme, list(parts), typed
        self._printing = False
        self.setWindowTitle("Print")
        self.setAccessibleName("Print")
        self.group = QButtonGroup(self)
        self.field = QLineEdit()
        self.notes = QCheckBox("With my highlights and notes")
        self.state, self.bar = Text("", "warn"), Progress("Printing")
        self.go, self.cancel = Button("Print", "primary"), Button("Cancel")
        self._lay_out(notes)
        self._look()

    def chosen_pages(self) -> tuple[int, ...]:
        """The pages chosen now."""
        return self._now().pages

    def show_progress(self, done: int, total: int) -> None:
        """So many of so many pages have gone to the printer."""
        self._printing = True
        for part in (*self.group.buttons(), self.field, self.notes, self.go):
            part.setEnabled(False)
        self.bar.show()
        self.bar.show_part(done, total)
        self.state.say(f"Page {done} of {total} is on its way to the printer.", "quiet")
        self.cancel.say("Stop printing")

    def fail(self, words: str) -> None:
        """Printing ended early; the sheet can be used again."""
        self._printing = False
        for part in (*self.group.buttons(), self.field, self.notes, self.go):
            part.setEnabled(True)
        self.bar.hide()
        self.cancel.say("Cancel")
        self.state.say(words, "bad")
        announce(self, words)

    def hideEvent(self, event: QHideEvent) -> None:
        """Closing it stops what is under way."""
        super().hideEvent(event)
        if self._printing:
            self._printing = False
            self.stopped.emit()

    def done_printing(self) -> None:
        """All pages are with the printer."""
        self._printing = False
        self.accept()

    def _lay_out(self, notes: int) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(8)
        layout.addWidget(Text("Print", "title"))
        for place, part in enumerate(self._parts):
            layout.addWidget(self._choice(part.name, place))
        layout.addWidget(self._choice("These pages:", len(self._parts)))
        self.field.setMinimumHeight(LEAST_TARGET)
        self.field.setAccessibleName("Pages to print")
        self.field.setPlaceholderText("1-4, 47, item 3")
        layout.addWidget(self.field)
        self.notes.setAccessibleName(self.notes.text())
        self.notes.setVisible(notes > 0)
        layout.addSpacing(8)
        layout.addWidget(self.notes)
        for told in (self.state, self.bar):
            told.hide()
            layout.addWidget(told)
        layout.addSpacing(8)
        layout.addWidget(row(self.go, self.cancel))
        self.setMinimumWidth(self._theme.grid(64))
        self._connect()

    def _choice(self, words: str, place: int) -> QRadioButton:
        room = self._theme.grid(56)
        button = QRadioButton(self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, room))
        button.setToolTip(words if button.text() != words else "")
        button.setAccessibleName(words)
        button.setMinimumHeight(LEAST_TARGET)
        button.setChecked(place == 0)
        self.group.addButton(button, place)
        return button

    def _connect(self) -> None:
        self.group.idToggled.connect(lambda _id, down: self._look() if down else None)
        self.field.textChanged.connect(self._take_range)
        self.go.clicked.connect(lambda: self.chosen.emit(self.chosen_pages(), self.notes.isChecked()))
        self.cancel.clicked.connect(self.reject)
        self.go.setDefault(True)

    def _take_range(self) -> None:
        self.group.button(len(self._parts)).setChecked(True)
        self._look()

    def _now(self) -> Part:
        place = self.group.checkedId()
        if place < len(self._parts):
            return self._parts[place]
        pages, words = self._typed(self.field.text())
        return Part("", tuple(pages), tuple(words))

    def _look(self) -> None:
        part = self._now()
        self.state.say(" ".join(part.left_out), "warn")
        self.go.setEnabled(bool(part.pages))
        self.go.say(f"Print {say_count(len(part.pages), 'page')}…" if part.pages else "Print")
        self.adjustSize()


def make_open(sheet: PrintSheet) -> None:
    """Show it over its window, without stopping the rest."""
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    QDialog.open(sheet)
