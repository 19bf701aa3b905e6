"""Choosing who sees notes: nobody else, members by name, or everybody."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QFrame,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.annotations.entries import EVERYBODY
from desktop.library.standing import Person
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import LEAST_TARGET, Button, IconLabel, SearchField, Text, row
from desktop.ui.kit.words import say_count, say_list

ABOUT = (
    "Whoever you choose sees it under your name and can reply, and nobody can change it but you. It is sealed to them: "
    "the secretary reads it only if you choose them too. Whoever was not sent the paper gets nothing you write on it."
)
_SCROLLED = 8  # members, from which on the list has a field to look for names in
_HIGHEST = 30  # grid steps of the list
_NAMES = 3  # said on the button


class ShareDialog(QDialog):
    """chosen(persons, or EVERYBODY; nothing for nobody else). Esc and Cancel leave all as it is."""

    chosen = Signal(object)

    def __init__(
        self, theme: Theme, people: Sequence[Person], shared: Collection[str], count: int, parent: QWidget
    ) -> None:
        """shared: who sees them now. count: of the notes."""
        super().__init__(parent)
        self._theme, self._count = theme, count
        self._people = [each for each in people if each.reads or each.person in shared]
        self._was = frozenset(shared)
        title = "Who sees this note" if count == 1 else f"Who sees these {count} notes"
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(ABOUT)
        self.nobody, self.some = QRadioButton("Only me"), QRadioButton("These members")
        others = sum(each.reads for each in people)
        self.everybody = QRadioButton(f"Everybody, {say_count(others, 'other member')} now, and who joins later")
        self.group = QButtonGroup(self)
        self.boxes = {each.person: self._box(each) for each in self._people}
        self.search = SearchField(theme, "Find a member")
        self.go, self.cancel = Button("", "primary"), Button("Cancel")
        self._lay_out(title)
        self._show(shared)

    @property
    def persons(self) -> frozenset[str]:
        """Who is chosen now."""
        if self.everybody.isChecked():
            return frozenset((EVERYBODY,))
        ticked = frozenset(person for person, box in self.boxes.items() if box.isChecked())
        return ticked if self.some.isChecked() else frozenset()

    def showEvent(self, event: QShowEvent) -> None:
        """As high as its words are at its width; Qt guesses too low where lines wrap."""
        layout = self.layout()
        if layout is not None:
            width = max(self.minimumWidth(), layout.minimumSize().width())
            self.setFixedSize(width, layout.totalHeightForWidth(width))
        super().showEvent(event)

    def _box(self, person: Person) -> QCheckBox:
        box = QCheckBox(person.name if person.reads else f"{person.name} (gets no notes any more)")
        box.setAccessibleName(box.text())
        box.setMinimumHeight(LEAST_TARGET)
        box.toggled.connect(self._ticked)
        return box

    def _ticked(self, down: bool) -> None:
        """Who ticks a name means these members."""
        if down:
            self.some.setChecked(True)
        self._look()

    def _show(self, shared: Collection[str]) -> None:
        for person in shared:
            if person in self.boxes:
                self.boxes[person].setChecked(True)
        way = self.everybody if EVERYBODY in shared else self.some if shared else self.nobody
        way.setChecked(True)
        self._look()

    def _lay_out(self, title: str) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(2)
        layout.addWidget(Text(title, "title"))
        layout.addSpacing(8)
        for way in (self.nobody, self.everybody, self.some):
            way.setAccessibleName(way.text())
            way.setMinimumHeight(LEAST_TARGET)
            self.group.addButton(way)
            layout.addWidget(way)
        layout.addWidget(self._list())
        layout.addSpacing(12)
        layout.addWidget(row(IconLabel(self._theme, "lock", "quiet", 16), Text(ABOUT, "quiet"), stretch=1))
        layout.addSpacing(12)
        layout.addWidget(row(self.go, self.cancel))
        self.setMinimumWidth(self._theme.grid(60))
        self.group.buttonToggled.connect(lambda _button, down: self._look() if down else None)
        self.search.textChanged.connect(self._narrow)
        self.go.clicked.connect(self._take)
        self.cancel.clicked.connect(self.reject)
        self.go.setDefault(True)

    def _list(self) -> QWidget:
        names = QWidget()
        rows = QVBoxLayout(names)
        rows.setContentsMargins(self._theme.grid(4), 0, 0, 0)
        rows.setSpacing(0)
        for box in self.boxes.values():
            rows.addWidget(box)
        if not self.boxes:
            rows.addWidget(Text("Nobody else here can receive notes yet.", "quiet"))
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        self.search.setVisible(len(self.boxes) > _SCROLLED)
        column.addWidget(self.search)
        if len(self.boxes) <= _SCROLLED:
            column.addWidget(names)
            return holder
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(names)
        area.setFixedHeight(self._theme.grid(_HIGHEST))
        column.addWidget(area)
        return holder

    def _narrow(self, typed: str) -> None:
        wanted = typed.casefold().split()
        for box in self.boxes.values():
            box.setVisible(all(word in box.text().casefold() for word in wanted))

    def _look(self) -> None:
        persons = self.persons
        self.go.say(self._verb(persons))
        self.go.setEnabled(persons != self._was and not (self.some.isChecked() and not persons))
        self.everybody.setEnabled(any(each.reads for each in self._people))

    def _verb(self, persons: frozenset[str]) -> str:
        if EVERYBODY in persons:
            return "Share with everybody"
        names = [each.name for each in self._people if each.person in persons]
        if names:
            return f"Share with {say_list(names) if len(names) <= _NAMES else say_count(len(names), 'member')}"
        return "Keep to myself" if not self._was or self.some.isChecked() else "Stop sharing"

    def _take(self) -> None:
        persons = self.persons
        self.accept()
        self.chosen.emit(persons)
