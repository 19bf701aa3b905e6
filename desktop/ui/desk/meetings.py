"""What is on the desk: the bodies served, and every meeting being prepared or despatched."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QFrame, QWidget

from db.records import OfficeRecord
from desktop.secretary.desk import DeskMeeting
from desktop.ui.desk.forms import NewBody, NewMeeting
from desktop.ui.kit.files import ask_for_folder
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import (
    Button,
    Column,
    EmptyState,
    IconButton,
    Leading,
    StateMark,
    Text,
    card,
    column,
    empty_layout,
    put,
    row,
)
from desktop.ui.kit.words import say_count, say_moment

_LEAD = "Put packs together and send them to the members of your bodies."
_NO_BODY = (
    "A body is a board or committee whose papers you send out. Despatch makes its keys here, and keeps its packs in a "
    "folder that members can reach, or in an object store: a share, a memory stick, what a web server shows, a bucket."
)


class DeskScreen(Leading):
    """Shows bodies and meetings, and says what the secretary wants.

    body_wanted(name, organisation, where, address, keys) · meeting_begun(folder, Project) · folder_wanted(folder, body)
    """

    body_wanted = Signal(str, str, str, str, object)
    meeting_begun = Signal(str, object)
    folder_wanted = Signal(str, str)
    meeting_wanted = Signal(str)
    put_down_wanted = Signal(str)
    who_has_wanted = Signal(str)
    changes_wanted = Signal(str)
    texts_wanted = Signal(str)
    minutes_wanted = Signal(str)
    calendar_wanted = Signal(str, str)  # folder, and what the file may be called
    people_wanted = Signal(str)  # a body's id
    rules_wanted = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._bodies: tuple[OfficeRecord, ...] = ()
        self._meetings: tuple[DeskMeeting, ...] = ()
        self._page = Column(880)
        self._page.grow(theme)
        column(self, self._page)
        back = Button("Back", "link", "arrow-left", theme)
        back.clicked.connect(self.closed)
        self.first = back
        self._page.rows.addWidget(row(back))
        self._page.rows.addWidget(Text("Secretary’s desk", "title"))
        self._page.rows.addWidget(Text(_LEAD, "lead"))
        holder = QWidget()
        self._rows = column(holder, space=16)
        self._page.rows.addWidget(holder)
        self._page.rows.addStretch(1)

    def show_desk(self, bodies: Sequence[OfficeRecord], meetings: Sequence[DeskMeeting]) -> None:
        """Show what is there now."""
        self._bodies, self._meetings = tuple(bodies), tuple(meetings)
        empty_layout(self._rows)
        if not bodies:
            found = Button("Become the secretary of a body…", "primary")
            found.clicked.connect(self.ask_for_body)
            put(self._rows, EmptyState(self._theme, "landmark", "No body yet", _NO_BODY, (found,)))
            return
        put(self._rows, self._make_actions(), *(self._make_meeting(each) for each in self._meetings))
        if not meetings:
            words = "Begin a new meeting, or take up a folder of papers: their names become a first agenda."
            put(self._rows, EmptyState(self._theme, "calendar-plus", "No meeting on the desk", words))
        put(self._rows, Text("Bodies", "heading"), *(self._make_body(office) for office in bodies))
        more = Button("Become the secretary of another body…", "link")
        more.clicked.connect(self.ask_for_body)
        put(self._rows, row(more))

    def ask_for_body(self) -> None:
        """Ask what a new body is called and where its packs go."""
        NewBody(self, self.body_wanted.emit).open()

    def ask_for_meeting(self) -> None:
        """Ask when and where the next meeting is."""
        NewMeeting(self, self._bodies, self._meetings, self.meeting_begun.emit).open()

    def ask_for_folder(self) -> None:
        """Let a folder of papers be chosen."""
        name = self._bodies[0].name if len(self._bodies) == 1 else ""
        ask_for_folder(self, "Take up a folder of papers", lambda path: self.folder_wanted.emit(path, name))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _make_actions(self) -> QWidget:
        fresh = Button("New meeting…", "primary", "calendar-plus", self._theme)
        fresh.clicked.connect(self.ask_for_meeting)
        folder = Button("Take up a folder of papers…", "", "folder-open", self._theme)
        folder.clicked.connect(self.ask_for_folder)
        return row(fresh, folder)

    def _make_meeting(self, meeting: DeskMeeting) -> QFrame:
        folder = str(meeting.folder)
        away = IconButton(self._theme, "x", f"Take {_title(meeting)} off the desk; its folder stays")
        away.clicked.connect(lambda: self.put_down_wanted.emit(folder))
        if meeting.project is None:
            return card(row(Text(_title(meeting), "heading"), away, stretch=0), Text(meeting.trouble, "bad"), margin=24)
        prepare = Button("Prepare", "primary" if not meeting.edition else "")
        prepare.setAccessibleName(f"Prepare {_title(meeting)}")
        prepare.clicked.connect(lambda: self.meeting_wanted.emit(folder))
        when = meeting.project.meeting
        return card(
            row(Text(_title(meeting), "heading"), away, stretch=0),
            Text(" · ".join(part for part in (say_moment(when.held_on, when.starts), when.place) if part), "quiet"),
            self._make_state(meeting),
            Text(folder, "quiet"),
            row(prepare),
            self._make_after(meeting),
            margin=24,
        )

    def _make_after(self, meeting: DeskMeeting) -> QWidget:
        """What goes with a despatch: whoever has nothing out yet needs no list of who has it."""
        folder, title = str(meeting.folder), _title(meeting)
        wanted: list[tuple[str, Callable[[], object]]] = []
        if meeting.edition:
            wanted.append(("Who has it…", lambda: self.who_has_wanted.emit(folder)))
            wanted.append(("What changes…", lambda: self.changes_wanted.emit(folder)))
        wanted.append(("Minutes…", lambda: self.minutes_wanted.emit(folder)))
        wanted.append(("E-mail texts…", lambda: self.texts_wanted.emit(folder)))
        wanted.append(("Calendar file…", lambda: self.calendar_wanted.emit(folder, _file_name(meeting))))
        buttons = []
        for words, act in wanted:
            button = Button(words, "link")
            button.setAccessibleName(f"{words} {title}")
            button.clicked.connect(act)
            buttons.append(button)
        return row(*buttons)

    def _make_state(self, meeting: DeskMeeting) -> QWidget:
        assert meeting.project is not None
        items = say_count(len(meeting.project.items), "item")
        follow = f", {say_count(meeting.empty_slots, 'paper')} to follow" if meeting.empty_slots else ""
        if meeting.edition:
            words = f"Edition {meeting.edition} despatched · {items}{follow}"
            return StateMark(self._theme, "circle-check", words, "good")
        return StateMark(self._theme, "circle", f"Not despatched yet · {items}{follow}")

    def _make_body(self, office: OfficeRecord) -> QFrame:
        people = Button("People…", "", "users", self._theme)
        people.setAccessibleName(f"People of {office.name}")
        people.clicked.connect(lambda: self.people_wanted.emit(office.body_id))
        rules = Button("Members’ notes…", "", "timer", self._theme)
        rules.setAccessibleName(f"Members’ notes of {office.name}")
        rules.clicked.connect(lambda: self.rules_wanted.emit(office.body_id))
        return card(
            Text(office.name, "strong"),
            Text(office.organisation, "quiet"),
            Text(f"Its packs go to {office.repository}", "quiet"),
            row(people, rules),
            margin=24,
        )


def _file_name(meeting: DeskMeeting) -> str:
    assert meeting.project is not None
    return f"{meeting.project.body} {meeting.project.meeting.held_on.isoformat()}".replace("/", " ")


def _title(meeting: DeskMeeting) -> str:
    if meeting.project is None:
        return Path(meeting.folder).name
    return meeting.project.title or meeting.project.body or Path(meeting.folder).name
