"""The two questions that begin something: a new body, and a new meeting."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QDir, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QFrame, QScrollArea, QWidget

from db.records import OfficeRecord
from desktop.packs.pack import Meeting, Session
from desktop.secretary.desk import DeskMeeting
from desktop.secretary.project import Project
from desktop.ui.desk.fields import Choice, ClockField, DayField, Labelled
from desktop.ui.desk.placing import FolderField, Placed, PlaceFields
from desktop.ui.kit.widgets import Button, Text, column, row

_WIDTH = 560
_MARGIN = 32  # of the form, and of what scrolls in it
_MOST = 0.6  # of the screen's height for the fields
_SESSIONS = (("In public", Session.PUBLIC), ("In private", Session.PRIVATE))


class Form(QDialog):
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
        self._fields = QWidget()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows the keys from field to field

    def _lay(self, finish: Callable[[], None], *parts: QWidget) -> None:
        """Put the fields in. finish: what the verb does."""
        self.yes.clicked.connect(finish)
        self._fields = QWidget()
        column(self._fields, *parts, space=16)
        self._area.setWidget(self._fields)
        column(self, self._heading, self._area, self.trouble, row(self.yes, self.no), space=16, margin=24)

    def fit(self) -> None:
        """As high as its fields need, or as the screen has room for; then they scroll."""
        layout = self._fields.layout()
        if layout is None:
            return
        layout.activate()
        wide = self.minimumWidth() - 2 * _MARGIN
        needed = layout.totalHeightForWidth(wide) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        self._area.setFixedHeight(min(needed + 4, round(self.screen().availableGeometry().height() * _MOST)))
        self.adjustSize()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()

    def _refuse(self, words: str, field: QWidget) -> None:
        self.trouble.say(words)
        field.setFocus()


class NewBody(Form):
    """What a new body is called, and where its packs go."""

    def __init__(self, parent: QWidget, begun: Placed) -> None:
        """begun(name, organisation, where, address, keys): where is a folder, or an address with its keys."""
        super().__init__(parent, "Become the secretary of a body", "Make its keys")
        self._begun = begun
        self.name, self.organisation = Labelled("Its name", "Group Board"), Labelled("Organisation")
        self.place = PlaceFields()
        self.place.changed.connect(self.fit)
        self.folder = self.place.folder
        self.address = Labelled("Where members find it, if not there", "https://…")
        self._lay(self._finish, self.name, self.organisation, self.place, self.address)

    def _finish(self) -> None:
        if not self.name.text():
            self._refuse("The body needs a name.", self.name.field)
        elif not self.organisation.text():
            self._refuse("Say which organisation it belongs to.", self.organisation.field)
        elif trouble := self.place.trouble_in():
            self._refuse(*trouble)
        else:
            named = self.name.text(), self.organisation.text()
            self._begun(*named, self.place.where(), self.address.text(), self.place.keys())
            self.accept()


class NewMeeting(Form):
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
