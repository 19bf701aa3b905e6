"""The two questions that begin something: a new body, and a new meeting."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QDir, Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from db.records import OfficeRecord
from desktop.packs.pack import Meeting, Session
from desktop.secretary.desk import DeskMeeting
from desktop.secretary.project import Project
from desktop.ui.desk.fields import Choice, ClockField, DayField, Labelled
from desktop.ui.kit.files import ask_for_folder
from desktop.ui.kit.widgets import Button, Text, column, row

_WIDTH = 560
_SESSIONS = (("In public", Session.PUBLIC), ("In private", Session.PRIVATE))


class _Form(QDialog):
    """Fields over the desk; Esc leaves without doing anything."""

    def __init__(self, parent: QWidget, title: str, verb: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(round(_WIDTH * max(1.0, self.fontInfo().pointSizeF() / 12)))
        self.yes, self.no = Button(verb, "primary"), Button("Cancel")
        self.no.clicked.connect(self.reject)
        self.yes.setDefault(True)
        self.trouble = Text("", "bad")
        self.trouble.hide()
        self._heading = Text(title, "heading")

    def _lay(self, finish: Callable[[], None], *parts: QWidget) -> None:
        """Put the fields in. finish: what the verb does."""
        self.yes.clicked.connect(finish)
        column(self, self._heading, *parts, self.trouble, row(self.yes, self.no), space=16, margin=24)

    def _refuse(self, words: str, field: QWidget) -> None:
        self.trouble.say(words)
        field.setFocus()


class FolderField(Labelled):
    """A folder: its path, and a button to choose it."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__(name)
        self.choose = Button("Choose…")
        self.choose.setAccessibleName(f"Choose: {name}")
        self.choose.clicked.connect(lambda: ask_for_folder(self, title, self.show_text))
        layout = self.layout()
        if layout is not None:
            layout.addWidget(row(self.choose))

    def path(self) -> Path | None:
        """The folder, None for none."""
        return Path(self.text()).expanduser() if self.text() else None


class NewBody(_Form):
    """What a new body is called, and where its packs go."""

    def __init__(self, parent: QWidget, begun: Callable[[str, str, str, str], object]) -> None:
        super().__init__(parent, "Become the secretary of a body", "Make its keys")
        self._begun = begun
        self.name, self.organisation = Labelled("Its name", "Group Board"), Labelled("Organisation")
        self.folder = FolderField("An empty folder for its packs", "An empty folder for the packs")
        self.address = Labelled("Where members find that folder, if not by its path", "https://…")
        self._lay(self._finish, self.name, self.organisation, self.folder, self.address)

    def _finish(self) -> None:
        if not self.name.text():
            self._refuse("The body needs a name.", self.name.field)
        elif not self.organisation.text():
            self._refuse("Say which organisation it belongs to.", self.organisation.field)
        elif self.folder.path() is None:
            self._refuse("Choose an empty folder for its packs.", self.folder.choose)
        else:
            self._begun(self.name.text(), self.organisation.text(), str(self.folder.path()), self.address.text())
            self.accept()


class NewMeeting(_Form):
    """Whose meeting it is, when and where, and whether the last agenda is copied."""

    def __init__(
        self,
        parent: QWidget,
        bodies: Sequence[OfficeRecord],
        meetings: Sequence[DeskMeeting],
        begun: Callable[[str, object], object],
    ) -> None:
        super().__init__(parent, "A new meeting", "Begin the agenda")
        self._bodies, self._meetings, self._begun = tuple(bodies), tuple(meetings), begun
        self.body = Choice("Body", [(office.name, office.name) for office in bodies])
        self.day, self.starts = DayField("Day", "29 January 2026"), ClockField("Begins at", "1.30 pm")
        self.place = Labelled("Place")
        self.session = Choice("Session", _SESSIONS)
        self.folder = FolderField("A folder for its papers", "A folder for the papers of the meeting")
        self.copy = QCheckBox("Copy the agenda of the last meeting, with empty places for its papers")
        self.copy.setAccessibleName(self.copy.text())
        self.body.chosen.connect(lambda _: self._offer_copy())
        self.day.changed.connect(self._propose_folder)
        self._offer_copy()
        when = row(self.day, self.starts, stretch=0)
        self._lay(self._finish, self.body, when, self.place, self.session, self.copy, self.folder)

    def _offer_copy(self) -> None:
        last = self._last()
        self.copy.setVisible(last is not None)
        self.copy.setChecked(last is not None)
        if last is not None:
            self.place.show_text(last.meeting.place)
            self.starts.show_text(last.meeting.starts)

    def _propose_folder(self) -> None:
        day = self.day.day()
        if day is not None and not self.folder.text():
            self.folder.show_text(str(Path(QDir.homePath()) / f"{self.body.value()} {day.isoformat()}"))

    def _last(self) -> Project | None:
        projects = [each.project for each in self._meetings if each.project is not None]
        own = [each for each in projects if each.body == self.body.value()]
        return max(own, key=lambda each: each.meeting.held_on, default=None)

    def _finish(self) -> None:
        day, folder, last = self.day.day(), self.folder.path(), self._last()
        session = self.session.value()
        if day is None:
            self._refuse("Say on which day the meeting is.", self.day.field)
        elif not self.starts.check():
            self.starts.field.setFocus()
        elif folder is None:
            self._refuse("Choose a folder for its papers.", self.folder.choose)
        else:
            assert isinstance(session, Session)
            meeting = Meeting(day, self.starts.clock(), self.place.text(), session)
            copied = last.for_next_meeting(day) if last is not None and self.copy.isChecked() else None
            fresh = copied or Project(str(self.body.value()), meeting)
            self._begun(str(folder), replace(fresh, meeting=meeting))
            self.accept()
