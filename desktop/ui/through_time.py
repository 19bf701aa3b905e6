"""One subject through time: meeting by meeting, what was read of it, where it is mentioned, and one's own notes."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout

from desktop.registers.through_time import How, Moment, Sought
from desktop.ui.kit.notices import announce
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Button, Leading, SearchField, Text, add_shortcut, row
from desktop.ui.kit.words import say_count, say_date
from desktop.ui.panels.rows import Chip, Line, Row, RowsView, said

_LOOKING = "Looking in every pack of this body…"
_NOTHING = "No paper on this computer tells of it, and no note of yours does. Try fewer words, or another spelling."
_HINT = "Type a name, a service, a risk or an action, and press Enter"
_MENTIONED, _NOTE = "Mentioned", "Your note"
_MOST = 100


class ThroughTimeScreen(Leading):
    """place_wanted(Moment, words to find there or "", whether in the other pane) · words_asked: others to follow."""

    place_wanted = Signal(object, str, bool)
    words_asked = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._moments: Sequence[Moment] = ()
        self._sought = Sought("", "", "")
        back = Button("Back", "link", "arrow-left", theme)
        back.clicked.connect(self.closed)
        self.title, self.state = Text("", "title"), Text("", "quiet")
        self.field = SearchField(theme, "Follow something else", _HINT)
        self.field.returnPressed.connect(self._ask)
        self.list = RowsView(theme, "Through time", self)
        self.list.chosen.connect(self._open)
        self.list.menu_asked.connect(self._menu)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 8)
        layout.setSpacing(8)
        for part in (row(back), self.title, row(self.field, stretch=0), self.state):
            layout.addWidget(part)
        layout.addWidget(self.list, 1)
        self.first = self.list
        add_shortcut(self, "Ctrl+F", "Follow something else", self.field.setFocus)

    def wait_for(self, sought: Sought) -> None:
        """It is being looked for."""
        self.title.say(sought.label or "Through time")
        self.state.say(_LOOKING)
        self.list.show_rows([])

    def show_moments(self, sought: Sought, moments: Sequence[Moment]) -> None:
        """Where it comes up, the oldest meeting first."""
        self._sought, self._moments = sought, moments
        self.title.say(sought.label)
        words = _summed_up(moments) if moments else _NOTHING
        self.state.say(words)
        self.list.show_rows(list(_rows(moments)))
        announce(self, f"{sought.label}: {words}")
        if self.list.put_cursor_first():
            self.list.scrollToTop()  # with the first meeting's day
            self.list.setFocus()
        else:
            self.field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _ask(self) -> None:
        words = " ".join(self.field.text().split())
        if words:
            self.words_asked.emit(words)

    def _open(self, key: str, beside: bool) -> None:
        moment = self._moments[int(key)]
        lit = self._sought.name if moment.how is How.SAID and not self._sought.kind else ""
        self.place_wanted.emit(moment, lit, beside)

    def _menu(self, key: str, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Go there", lambda: self._open(key, False))
        menu.addAction("Open in the other pane", lambda: self._open(key, True))
        menu.popup(at)


def _rows(moments: Sequence[Moment]) -> Iterator[Row]:
    numbered = list(enumerate(moments))
    for (_, pack_id), found in groupby(numbered, key=lambda each: (each[1].held_on, each[1].pack_id)):
        of_meeting = list(found)
        first = of_meeting[0][1]
        words = f"{say_date(first.held_on)} ({len(of_meeting)})"
        yield Row(f"heading {pack_id}", (said(words, strong=True),), words, heading=True)
        for number, moment in of_meeting:
            yield _row(str(number), moment)


def _row(key: str, moment: Moment) -> Row:
    where = f"{moment.paper}, page {moment.page + 1}"
    name = {How.READ: moment.sort, How.SAID: _MENTIONED, How.NOTED: _NOTE}[moment.how]
    shape = {How.READ: Chip.SOLID, How.SAID: Chip.PLAIN, How.NOTED: Chip.OUTLINE}[moment.how]
    words = f"…{moment.words}…" if moment.how is How.SAID else moment.words
    lines = [said(words, strong=moment.how is How.READ, most=3)]
    told = _say_facts(moment)
    if told:
        lines.append(said(told, most=3))
    lines.append(Line(((where, False),), "quiet", 2, name, shape))
    spoken = ", ".join(part for part in (name, words, told, where) if part)
    return Row(key, tuple(lines), spoken)


def _say_facts(moment: Moment) -> str:
    """ "Score 20 ↑ (was 16), target 12, above tolerance"."""
    was = dict(moment.was)
    told = []
    for name, value in moment.facts:
        if value == "yes":
            told.append(name)
        elif name in was:
            told.append(f"{name} {value}{_way(was[name], value)} (was {was[name]})".strip())
        else:
            told.append(f"{name} {value}".strip())
    words = ", ".join(told)
    return words[:1].upper() + words[1:]


def _way(before: str, after: str) -> str:
    if not (before.isdigit() and after.isdigit()):
        return ""
    return " ↑" if int(after) > int(before) else " ↓"


def _summed_up(moments: Sequence[Moment]) -> str:
    meetings = len({moment.pack_id for moment in moments})
    more = " The pages that fit best are shown; more words narrow them." if len(moments) >= _MOST else ""
    return f"{say_count(len(moments), 'place')} in {say_count(meetings, 'meeting')}, the oldest first.{more}"
