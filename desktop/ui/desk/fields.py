"""Fields of the secretary's forms: a day as people write it, a clock time, a choice, each under its label."""

import re
from collections.abc import Sequence
from datetime import date
from enum import Enum
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desktop.papers.days import only_date
from desktop.ui.kit.widgets import LEAST_TARGET, Text, column, labelled
from desktop.ui.kit.words import say_date

E = TypeVar("E", bound=Enum)

_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d\d))?\s*(am|pm)?")


def clock_of(words: str) -> str | None:
    """The time that was written, as "13:30"; "" for none, None for what is no time: "1.30 pm", "13:30", "9am"."""
    words = " ".join(words.casefold().split())
    if not words:
        return ""
    found = _CLOCK.fullmatch(words)
    if not found or (found[2] is None and not found[3]):
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


class Labelled(QWidget):
    """A field under its label, with room for a word about what was typed. changed: the person is done with it."""

    changed = Signal()

    def __init__(self, name: str, hint: str = "") -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setMinimumHeight(LEAST_TARGET)
        self.field.setPlaceholderText(hint)
        self.label, self.trouble = labelled(name, self.field), Text("", "bad")
        self.trouble.hide()
        self.field.editingFinished.connect(self._leave)
        column(self, self.label, self.field, self.trouble, space=4)

    def text(self) -> str:
        """What stands there, tidied."""
        return " ".join(self.field.text().split())

    def show_text(self, words: str) -> None:
        """Show this, unless it is there: the cursor stays where it is."""
        if self.field.text() != words:
            self.field.setText(words)
        self.trouble.say("")

    def _leave(self) -> None:
        if self.check():
            self.changed.emit()

    def check(self) -> bool:
        """Whether what stands there can be used; if not, it is said under the field."""
        return True


class DayField(Labelled):
    """A day."""

    def check(self) -> bool:
        """Shown in full once it is understood."""
        day = self.day()
        self.trouble.say("" if day or not self.text() else "Write the day like 29 January 2026.")
        if day:
            self.field.setText(say_date(day))
        return day is not None

    def day(self) -> date | None:
        """The day that stands there."""
        return only_date(self.text())


class ClockField(Labelled):
    """A time of day, or nothing."""

    def check(self) -> bool:
        """Shown as 13:30 once it is understood."""
        clock = clock_of(self.text())
        self.trouble.say("" if clock is not None else "Write the time like 13:30 or 1.30 pm.")
        if clock:
            self.field.setText(clock)
        return clock is not None

    def clock(self) -> str:
        """The time, "" for none."""
        return clock_of(self.text()) or ""


class Choice(QWidget):
    """One of a few words under a label. chosen: by the person."""

    chosen = Signal(object)

    def __init__(self, name: str, choices: Sequence[tuple[str, object]]) -> None:
        super().__init__()
        self.box = QComboBox()
        self.box.setMinimumHeight(LEAST_TARGET)
        self._values = [value for _, value in choices]
        self.box.addItems([words for words, _ in choices])
        self.box.activated.connect(lambda place: self.chosen.emit(self._values[place]))
        column(self, labelled(name, self.box), self.box, space=4)

    def show_choice(self, value: object) -> None:
        """Show this one."""
        if value in self._values:
            self.box.setCurrentIndex(self._values.index(value))

    def value(self) -> object:
        """The one shown."""
        return self._values[self.box.currentIndex()]
