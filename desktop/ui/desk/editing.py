"""What stands beside the agenda: the fields of the item, the paper or the meeting that is chosen."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QSpinBox, QWidget

from desktop.packs.index import WITH_FILE
from desktop.packs.pack import PaperKind, PaperStatus, Purpose, Session
from desktop.secretary.edition import Audience
from desktop.secretary.project import DraftItem, DraftPaper, Project, with_status
from desktop.ui.desk.fields import Choice, ClockField, DayField, Labelled
from desktop.ui.desk.terms import TermsFields
from desktop.ui.kit.widgets import LEAST_TARGET, Button, Text, column, labelled, row

PURPOSES = (
    ("Not said", Purpose.NONE),
    ("For decision", Purpose.DECISION),
    ("For assurance", Purpose.ASSURANCE),
    ("For information", Purpose.INFORMATION),
)
KINDS = tuple((kind.value.capitalize(), kind) for kind in PaperKind)
STATUSES = (
    ("Here", PaperStatus.PRESENT),
    ("To follow", PaperStatus.TO_FOLLOW),
    ("Verbal, no paper", PaperStatus.VERBAL),
    ("Late", PaperStatus.LATE),
    ("Tabled at the meeting", PaperStatus.TABLED),
    ("Withdrawn", PaperStatus.WITHDRAWN),
)
_LATE = (("Stand in their place, as pages 96A, 96B …", False), ("Are a supplement, as pages S1, S2 …", True))
SESSIONS = (("In public", Session.PUBLIC), ("In private", Session.PRIVATE))


_NAMED = "Names as on the roster, with commas between them. Whoever is left out sees only the title."


class ItemFields(QWidget):
    """One item. edited(words, change): what was done, and how the item is afterwards."""

    edited = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._item = DraftItem("", "")
        self.number, self.title = Labelled("Number"), Labelled("Title")
        self.lead, self.starts = Labelled("Lead"), ClockField("Begins at", "as the agenda says")
        self.purpose = Choice("Purpose", PURPOSES)
        self.minutes = QSpinBox()
        self.minutes.setRange(0, 600)
        self.minutes.setSingleStep(5)
        self.minutes.setSuffix(" min")
        self.minutes.setSpecialValueText("Not said")
        self.minutes.setMinimumHeight(LEAST_TARGET)
        self.minutes.setKeyboardTracking(False)
        self.minutes.valueChanged.connect(lambda value: self._say("How long an item takes", minutes=value))
        self.number.changed.connect(lambda: self._say("Number of an item", number=self.number.text().replace(" ", "")))
        self.title.changed.connect(lambda: self._say("Title of an item", title=self.title.text()))
        self.lead.changed.connect(lambda: self._say("Lead of an item", lead=self.lead.text()))
        self.starts.changed.connect(lambda: self._say("Time of an item", starts=self.starts.clock()))
        self.purpose.chosen.connect(lambda value: self._say("Purpose of an item", purpose=value))
        self.private = QCheckBox("Taken in private session")
        self.private.setAccessibleName(self.private.text())
        self.private.clicked.connect(lambda on: self._say("Session of an item", private=on))
        self.public_title = Labelled("Title in public", "“Private item”, unless something stands here")
        self.public_title.changed.connect(
            lambda: self._say("Title of an item in public", public_title=self.public_title.text())
        )
        lasting = QWidget()
        column(lasting, labelled("Takes", self.minutes), self.minutes, space=4)
        parts = (Text("Item", "heading"), self.number, self.title, self.purpose, self.lead, self.starts, lasting,
                 self.private, self.public_title)  # fmt: skip
        column(self, *parts, space=12)

    def show_item(self, item: DraftItem) -> None:
        """Show an item; what is being typed just now stays."""
        self._item = item
        self.number.show_text(item.number)
        self.title.show_text(item.title)
        self.lead.show_text(item.lead)
        self.starts.show_text(item.starts)
        self.purpose.show_choice(item.purpose)
        self.minutes.blockSignals(True)
        self.minutes.setValue(item.minutes)
        self.minutes.blockSignals(False)
        self.private.setChecked(item.private)
        self.public_title.show_text(item.public_title)
        self.public_title.setVisible(item.private or bool(item.public_title))

    def _say(self, words: str, **fields: object) -> None:
        changed: DraftItem = replace(self._item, **fields)  # type: ignore[arg-type]
        if changed != self._item:
            self._item = changed
            self.edited.emit(words, changed)


class PaperFields(QWidget):
    """One paper's slot. file_wanted: choose one for it."""

    edited = Signal(str, object)
    file_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._paper = DraftPaper("")
        self._members: tuple[str, ...] = ()
        self.title = Labelled("Title")
        self.kind, self.status = Choice("Kind", KINDS), Choice("State", STATUSES)
        self.file = Text("", "quiet")
        self.choose = Button("Choose a file…")
        self.choose.clicked.connect(self.file_wanted)
        self.to = Labelled("Only to", "everybody, unless names stand here")
        self.not_to = Labelled("Not to", "nobody, unless names stand here")
        self.stranger = Text("", "warn")
        self.stranger.hide()
        self.printing = QCheckBox("May be printed")
        self.copying = QCheckBox("May be copied")
        self.watermark = QCheckBox("Copies bear the reader’s name")
        for box in (self.printing, self.copying, self.watermark):
            box.setAccessibleName(box.text())
        self.copying.clicked.connect(lambda on: self._say("Copying of a paper", copying=on))
        self.watermark.clicked.connect(lambda on: self._say("Watermark of a paper", watermark=on))
        self.title.changed.connect(lambda: self._say("Title of a paper", title=self.title.text()))
        self.kind.chosen.connect(lambda value: self._say("Kind of a paper", kind=value))
        self.status.chosen.connect(self._set_status)
        self.to.changed.connect(self._set_audience)
        self.not_to.changed.connect(self._set_audience)
        self.printing.clicked.connect(lambda on: self._say("Printing of a paper", printing=on))
        named = Text(_NAMED, "quiet")
        parts = (self.title, self.kind, self.status, self.file, row(self.choose), self.to, self.not_to, self.stranger)
        column(self, Text("Paper", "heading"), *parts, named, self.printing, self.copying, self.watermark, space=12)

    def show_paper(self, paper: DraftPaper, members: Sequence[str]) -> None:
        """Show a slot. members: whom the body's packs go to."""
        self._paper, self._members = paper, tuple(members)
        self.title.show_text(paper.title)
        self.kind.show_choice(paper.kind)
        self.status.show_choice(paper.status)
        self.file.say(paper.file or ("No file yet." if paper.status in WITH_FILE else ""))
        self.choose.say("Choose another file…" if paper.file else "Choose a file…")
        self.to.show_text(", ".join(paper.audience.to))
        self.not_to.show_text(", ".join(paper.audience.not_to))
        self.printing.setChecked(paper.printing)
        self.copying.setChecked(paper.copying and paper.printing)
        self.copying.setEnabled(paper.printing)
        self.watermark.setChecked(paper.watermark)
        self._say_strangers()

    def _set_status(self, status: object) -> None:
        assert isinstance(status, PaperStatus)
        self._put("State of a paper", with_status(self._paper, status))

    def _set_audience(self) -> None:
        audience = Audience(_names(self.to.text()), _names(self.not_to.text()))
        self._say("Who gets a paper", audience=audience)
        self._say_strangers()

    def _say_strangers(self) -> None:
        known = {name.casefold() for name in self._members}
        named = (*self._paper.audience.to, *self._paper.audience.not_to)
        strange = [name for name in named if name.casefold() not in known]
        self.stranger.say(f"Not among those who receive this body’s packs: {', '.join(strange)}." if strange else "")

    def _say(self, words: str, **fields: object) -> None:
        self._put(words, replace(self._paper, **fields))  # type: ignore[arg-type]

    def _put(self, words: str, paper: DraftPaper) -> None:
        if paper != self._paper:
            self._paper = paper
            self.edited.emit(words, paper)


class MeetingFields(QWidget):
    """When and where, and what members are told of this edition."""

    edited = Signal(str, object)  # words, Project

    def __init__(self) -> None:
        super().__init__()
        self._project: Project | None = None
        self.day, self.starts = DayField("Day", "29 January 2026"), ClockField("Begins at", "1.30 pm")
        self.place = Labelled("Place")
        self.title = Labelled("Title of the pack", "body and day, unless something stands here")
        self.session = Choice("Session", SESSIONS)
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setMaximumHeight(120)
        self.note.textChanged.connect(self._set_note)
        self.day.changed.connect(self._set_day)
        self.starts.changed.connect(lambda: self._set_meeting("Time of the meeting", starts=self.starts.clock()))
        self.place.changed.connect(lambda: self._set_meeting("Place of the meeting", place=self.place.text()))
        self.session.chosen.connect(lambda value: self._set_meeting("Session", session=value))
        self.title.changed.connect(self._set_title)
        self.late = Choice("Papers that come after the first edition", _LATE)
        self.late.chosen.connect(
            lambda value: self._put("Numbers of late papers", lambda each: replace(each, supplement=value))
        )
        noted = QWidget()
        column(noted, labelled("What is new in this edition, in plain words", self.note), self.note, space=4)
        self.terms = TermsFields()
        self.terms.edited.connect(self._put_terms)
        parts = (self.day, self.starts, self.place, self.session, self.title, noted, self.late, self.terms)
        column(self, Text("Meeting", "heading"), *parts, space=12)

    def show_project(self, project: Project) -> None:
        """Show a project's meeting."""
        self._project = project
        self.day.show_text(project.meeting.held_on.isoformat())
        self.day.check()
        self.starts.show_text(project.meeting.starts)
        self.place.show_text(project.meeting.place)
        self.session.show_choice(project.meeting.session)
        self.title.show_text(project.title)
        self.terms.show_project(project)
        self.late.show_choice(project.supplement)
        if self.note.toPlainText() != project.note:
            self.note.blockSignals(True)
            self.note.setPlainText(project.note)
            self.note.blockSignals(False)

    def _put_terms(self, words: str, project: object) -> None:
        assert isinstance(project, Project)
        self._put(words, lambda each: replace(each, opens=project.opens, expires=project.expires))

    def _set_day(self) -> None:
        day = self.day.day()
        if day is not None:
            self._set_meeting("Day of the meeting", held_on=day)

    def _set_title(self) -> None:
        self._put("Title of the pack", lambda each: replace(each, title=self.title.text()))

    def _set_note(self) -> None:
        self._put("What is new", lambda each: replace(each, note=self.note.toPlainText()))

    def _set_meeting(self, words: str, **fields: object) -> None:
        self._put(words, lambda each: replace(each, meeting=replace(each.meeting, **fields)))  # type: ignore[arg-type]

    def _put(self, words: str, change: Callable[[Project], Project]) -> None:
        if self._project is None:
            return
        changed = change(self._project)
        if changed != self._project:
            self._project = changed
            self.edited.emit(words, changed)


def _names(words: str) -> tuple[str, ...]:
    return tuple(name for part in words.split(",") if (name := " ".join(part.split())))
