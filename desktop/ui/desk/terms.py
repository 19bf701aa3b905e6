"""When a pack may be opened, and how long its papers may stay: fields beside the meeting's."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.secretary.project import Project
from desktop.ui.desk.fields import ClockField, DayField
from desktop.ui.kit.widgets import Text, column, row

_EMBARGO = (
    "Members’ computers fetch the papers at once, sealed. Nobody can open them, or see the agenda, before that time: "
    "their keys go out only then, from this computer, which has to be on with Despatch open or a scheduled "
    "“despatch due”."
)
_EXPIRES = (
    "After that day Despatch removes the papers from members’ computers and from the repository. Their notes stay, as "
    "the body’s rule says. What somebody printed or exported is not reached."
)


class TermsFields(QWidget):
    """edited(words, Project)."""

    edited = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._project: Project | None = None
        self.day, self.clock = DayField("Under embargo until", "no embargo"), ClockField("at", "9.00 am")
        self.expires = DayField("Papers may stay until", "as long as members like")
        self.day.changed.connect(self._set_opens)
        self.day.field.editingFinished.connect(self._clear_opens)
        self.clock.changed.connect(self._set_opens)
        self.expires.changed.connect(self._set_expires)
        self.expires.field.editingFinished.connect(self._clear_expires)
        parts = (row(self.day, self.clock, stretch=0), Text(_EMBARGO, "quiet"), self.expires, Text(_EXPIRES, "quiet"))
        column(self, *parts, space=8)

    def show_project(self, project: Project) -> None:
        """Show a project's terms."""
        self._project = project
        opens = project.opens.astimezone() if project.opens is not None else None
        _show_day(self.day, f"{opens:%Y-%m-%d}" if opens else "")
        self.clock.show_text(f"{opens:%H:%M}" if opens else "")
        _show_day(self.expires, project.expires.isoformat() if project.expires else "")

    def _set_opens(self) -> None:
        day, clock = self.day.day(), self.clock.clock() or "09:00"
        if day is not None:
            local = datetime.combine(day, datetime.strptime(clock, "%H:%M").time())
            self._put("Embargo", lambda each: replace(each, opens=local.astimezone(UTC)))

    def _clear_opens(self) -> None:
        if not self.day.text():
            self._put("Embargo", lambda each: replace(each, opens=None))

    def _set_expires(self) -> None:
        day = self.expires.day()
        if day is not None:
            self._put("How long papers stay", lambda each: replace(each, expires=day))

    def _clear_expires(self) -> None:
        if not self.expires.text():
            self._put("How long papers stay", lambda each: replace(each, expires=None))

    def _put(self, words: str, change: Callable[[Project], Project]) -> None:
        if self._project is None:
            return
        changed = change(self._project)
        if changed != self._project:
            self._project = changed
            self.edited.emit(words, changed)


def _show_day(field: DayField, words: str) -> None:
    """In full where there is one; what is being typed stays."""
    if words or field.day() is not None:
        field.show_text(words)
        field.check()
