"""The rows of the shelf: a pack with how far it has come and been read, and the head of a body."""

from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAccessible, QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.library.shelf import PackState, ShelfBody, ShelfPack, tally
from desktop.packs.pack import Session
from desktop.ui.kit.clipboard import copy_words
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import (
    Button,
    ElidedLabel,
    IconButton,
    IconLabel,
    Progress,
    StateMark,
    Text,
    is_activation,
    row,
)
from desktop.ui.kit.words import say_ago, say_count, say_date, say_days, say_number, say_size, say_time
from desktop.ui.panels.blindness import say_blind

STEPS = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Home, Qt.Key.Key_End)
_TOLD = "The secretary is told when a pack has come here and when you open it."
_WIDEST = "00 of 000 papers, 00 MB of 000 MB"
_STATES = {
    PackState.SEALED: ("lock", "Under embargo", "quiet"),
    PackState.EXPIRED: ("calendar-x", "Expired", "quiet"),
    PackState.AWAY: ("hard-drive", "Removed", "quiet"),
    PackState.TROUBLE: ("triangle-alert", "Trouble", "bad"),
    PackState.DOWNLOADING: ("download", "Downloading", "accent"),
    PackState.NEW: ("circle-dot", "New", "accent"),
    PackState.UPDATED: ("file-diff", "Updated", "warn"),
    PackState.UNREAD: ("book-open", "Unread", "ink"),
    PackState.READ: ("circle-check", "Read", "good"),
}


def say_progress(pack: ShelfPack) -> str:
    """What the state means in numbers."""
    if pack.state is PackState.SEALED:
        here = "here" if pack.done >= pack.size else f"{say_size(pack.done)} of {say_size(pack.size)} here"
        return f"{say_count(pack.papers, 'paper')}, {here}"
    if pack.state is PackState.EXPIRED:
        return f"{say_count(pack.papers, 'paper')} removed"
    if pack.state is PackState.AWAY:
        return f"{say_count(pack.papers, 'paper')}, {say_size(pack.size)} to fetch"
    if pack.state is PackState.DOWNLOADING or (pack.state is PackState.TROUBLE and pack.papers_here < pack.papers):
        papers = f"{say_number(pack.papers_here)} of {say_count(pack.papers, 'paper')}"
        return f"{papers}, {say_size(pack.done)} of {say_size(pack.size)}"
    if pack.state is PackState.UPDATED:
        return f"Edition {pack.edition}"
    if pack.state is PackState.READ:
        return say_count(pack.pages, "page")
    if pack.read:
        return f"{say_number(pack.read)} of {say_count(pack.pages, 'page')} read"
    return f"{say_count(pack.pages, 'page')}, {say_count(pack.papers, 'paper')}"


def say_pack(pack: ShelfPack, today: date) -> str:
    """A whole row as a sentence, for screen readers."""
    meeting = pack.meeting
    parts = [
        pack.title,
        say_meeting(pack, today),
        _STATES[pack.state][1],
        say_progress(pack),
        say_decisions(pack, today),
    ]
    parts += [say_terms(pack)]
    parts += [pack.note if pack.state is PackState.UPDATED else "", pack.trouble, meeting.place, say_pictures(pack)]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def say_meeting(pack: ShelfPack, today: date | None) -> str:
    """ "Thursday 29 January 2026, 3.00 pm, in 3 days"; without today, or for a meeting past, no countdown."""
    meeting = pack.meeting
    parts = [say_date(meeting.held_on), say_time(meeting.starts)]
    if today is not None and meeting.held_on >= today:
        parts.append(say_days(meeting.held_on, today))
    return ", ".join(part for part in parts if part)


def say_terms(pack: ShelfPack) -> str:
    """What the secretary's terms mean for the pack, "" for none."""
    if pack.opens is not None:
        local = pack.opens.astimezone()
        when = f"{say_date(local.date())}, {say_time(f'{local:%H:%M}')}"
        return f"Sealed until {when}. It opens by itself, once Despatch can fetch its keys."
    if pack.expires is None:
        return ""
    day = say_date(pack.expires)
    if pack.state is PackState.EXPIRED:
        return f"The secretary let its papers stay until {day}. They are gone from this computer; your notes are here."
    return f"Its papers are removed from this computer after {day}; your notes stay."


def say_decisions(pack: ShelfPack, today: date) -> str:
    """How many items ask for a decision, "" where none does; of a meeting past, how many asked for one."""
    rest = " to take" if pack.meeting.held_on >= today else ""
    said = f"{say_count(pack.decisions, 'decision')}{rest}" if pack.decisions else ""
    return said.replace(" ", "\u00a0")  # a number stays with its word where the line breaks


def say_pictures(pack: ShelfPack) -> str:
    """On how many pages search is blind, "" where it sees all."""
    return say_blind(["none"] * pack.pictures, pack.pages) if pack.pictures else ""


class PackRow(QFrame):
    """One pack. Enter or a click opens it; the menu key or a right click offers what else can be done."""

    opened = Signal(str)
    retried = Signal(str)
    put_away = Signal(str)
    sheet_asked = Signal(str)
    fate_asked = Signal(str)
    stepped = Signal(int)  # an arrow key, Home or End, which the page around would scroll by
    spoken_role = QAccessible.Role.Button

    def spoken_value(self) -> str:
        """Its name says all."""
        return ""

    def __init__(self, theme: Theme, pack: ShelfPack, today: date, body: str = "") -> None:
        """body: named in the row where the row stands outside its body's list."""
        super().__init__()
        self.pack, self._today, self._body = pack, today, body
        self.setProperty("role", "row")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
        self.title = ElidedLabel("", "lead" if body else "strong")
        self.when = Text("", "quiet")
        self.note, self.terms = Text("", "warn"), Text("", "quiet")
        self.trouble = Text("", "bad")
        self.pictures = Text("", "quiet")
        self.state = StateMark(theme, "circle", "")
        self.numbers = Text("", "quiet", wrap=False)
        self.bar = Progress("Downloaded")
        self.again = Button("Try again")
        self.again.clicked.connect(lambda: self.retried.emit(self.pack.pack_id))
        self._lay_out()
        self.show_pack(pack, today)

    def show_pack(self, pack: ShelfPack, today: date) -> None:
        """Show how the pack stands now."""
        self.pack, self._today = pack, today
        icon, word, tint = _STATES[pack.state]
        self.title.setText(pack.title)
        # Where the body is named, the heading above counts the days.
        counted = None if self._body else today
        body = "" if pack.title.casefold().startswith(self._body.casefold()) else self._body
        self.when.say(
            "\u00a0· ".join(part for part in (body, say_meeting(pack, counted), *_aside(pack, today)) if part)
        )
        self.state.show_state(icon, word, tint)
        self.numbers.say(say_progress(pack))
        self.note.say(pack.note if pack.state is PackState.UPDATED else "")
        self.trouble.say(pack.trouble)
        self.pictures.say(say_pictures(pack))
        self.terms.say(say_terms(pack))
        away = pack.state is PackState.AWAY
        self.again.setVisible(bool(pack.trouble) or away)
        self.again.say("Fetch again" if away else "Try again")
        self.bar.setVisible(pack.state is PackState.DOWNLOADING)
        self.bar.show_part(pack.done, pack.size)
        self.setAccessibleName(say_pack(pack, today))
        self.again.setAccessibleName(f"Fetch {pack.title} again" if away else f"Try again to fetch {pack.title}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_activation(event):
            self.opened.emit(self.pack.pack_id)
            return
        if event.key() in STEPS:
            self.stepped.emit(event.key())
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit(self.pack.pack_id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        self.make_menu().popup(self.mapToGlobal(QPoint(24, self.height() // 2)) if keyboard else event.globalPos())

    def make_menu(self) -> QMenu:
        """What can be done with the pack."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Open pack", lambda: self.opened.emit(self.pack.pack_id))
        menu.addAction("Meeting sheet", lambda: self.sheet_asked.emit(self.pack.pack_id))
        menu.addAction("What becomes of my notes…", lambda: self.fate_asked.emit(self.pack.pack_id))
        if self.pack.trouble:
            menu.addAction("Try again", lambda: self.retried.emit(self.pack.pack_id))
        if self.pack.state is PackState.AWAY:
            menu.addAction("Fetch papers again", lambda: self.retried.emit(self.pack.pack_id))
        elif self.pack.kept and self.pack.meeting.held_on < self._today:
            words = f"Remove papers from this computer ({say_size(self.pack.kept)})"
            menu.addAction(words, lambda: self.put_away.emit(self.pack.pack_id))
        menu.addSeparator()
        menu.addAction("Copy title and date", self._copy)
        return menu

    def _copy(self) -> None:
        copy_words(f"{self.pack.title}, {say_date(self.pack.meeting.held_on)}")

    def _lay_out(self) -> None:
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(16, 12, 16, 12)
        self._across.setSpacing(24)
        words = (self.title, self.when, self.note, self.terms, self.trouble, self.again, self.pictures)
        self._across.addLayout(_upright(*words), 1)
        self._across.addLayout(_upright(self.state, self.numbers, self.bar))

    def resizeEvent(self, event: QResizeEvent) -> None:
        # The states of all rows stand below each other: as wide as the longest of them, in the font of now.
        wide = self.fontMetrics().horizontalAdvance(_WIDEST)
        self.state.setFixedWidth(wide)
        narrow = self.width() < wide * 2.5
        self._across.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(4 if narrow else 24)
        super().resizeEvent(event)


def _upright(*parts: QWidget) -> QVBoxLayout:
    layout = QVBoxLayout()
    layout.setSpacing(4)
    for part in parts:
        layout.addWidget(part)
    layout.addStretch(1)
    return layout


def _aside(pack: ShelfPack, today: date) -> tuple[str, ...]:
    private = "Private session" if pack.meeting.session is Session.PRIVATE else ""
    return (pack.meeting.place, private, say_decisions(pack, today))


class BodyHead(QWidget):
    """A body's name, when its repository was last confirmed, and what stands in the way."""

    retried = Signal(str)
    leaving = Signal(str)
    receipts_asked = Signal()
    tellings_asked = Signal()

    def __init__(self, theme: Theme, body: ShelfBody, now: datetime, with_organisation: bool = True) -> None:
        """with_organisation: False where it stands over the body already."""
        super().__init__()
        self._body_id, self._with_organisation = body.body_id, with_organisation
        self.name = Text("", "heading")
        self.organisation = ElidedLabel("", "quiet")
        self.confirmed = StateMark(theme, "circle-check", "")
        self.tally = Text("", "quiet")
        self.more = IconButton(theme, "ellipsis-vertical", "More")
        self.more.clicked.connect(self._open_menu)
        self.trouble, self.told = Text("", "bad"), Text(_TOLD, "quiet")
        self.again = Button("Try again")
        self.again.clicked.connect(lambda: self.retried.emit(self._body_id))
        self.tellings = Button("What was told…", "link")
        self.tellings.clicked.connect(self.tellings_asked)
        self._telling = row(self.told, self.tellings, stretch=0)
        self.waiting = _Waiting(theme)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.name, 1)
        top.addWidget(self.confirmed)
        top.addWidget(self.more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 8, 12)
        layout.setSpacing(4)
        layout.addLayout(top)
        troubled = row(self.trouble, self.again, stretch=0)
        for part in (self.organisation, self.tally, self._telling, troubled, self.waiting):
            layout.addWidget(part)
        self.show_body(body, now)

    def show_body(self, body: ShelfBody, now: datetime) -> None:
        """Show how the body stands now."""
        self._body_id = body.body_id
        self.name.say(body.name)
        self.organisation.setText(body.organisation)
        self.organisation.setVisible(bool(body.organisation) and self._with_organisation)
        self.tally.say(say_tally(body, now.date()))
        self.more.rename(f"More about {body.name}")
        self.confirmed.show_state(*say_confirmed(body, now))
        self._telling.setVisible(body.receipts)
        self.tellings.setAccessibleName(f"What the secretary of {body.name} was told")
        self.trouble.say(body.trouble)
        self.again.setVisible(bool(body.trouble))
        self.again.setAccessibleName(f"Try again to reach {body.name}")
        self.waiting.show_phrase(body.phrase)

    def make_menu(self) -> QMenu:
        """What can be done with the body."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Check for new packs", lambda: self.retried.emit(self._body_id))
        menu.addAction("What the secretary is told…", self.tellings_asked.emit)
        menu.addAction("Receipts of destroyed notes…", self.receipts_asked.emit)
        menu.addSeparator()
        menu.addAction("Leave this body…", lambda: self.leaving.emit(self._body_id))
        return menu

    def _open_menu(self) -> None:
        self.make_menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height())))


def say_tally(body: ShelfBody, today: date) -> str:
    """What waits, quietly: "2 unread, 1 updated, 7 decisions by Thursday 29 January · 62 MB here"; "" for nothing."""
    waits = tally(body.packs, today)
    parts = [f"{say_number(waits.unread)} unread" if waits.unread else ""]
    parts.append(f"{say_number(waits.updated)} updated" if waits.updated else "")
    if waits.decisions and waits.day is not None:
        day = {0: "today", 1: "tomorrow"}.get((waits.day - today).days, f"on {say_date(waits.day)}")
        parts.append(f"{say_count(waits.decisions, 'decision')} {day}")
    kept = f"{say_size(body.kept)} on this computer" if body.kept else ""
    return " · ".join(part for part in (", ".join(part for part in parts if part), kept) if part)


def say_confirmed(body: ShelfBody, now: datetime) -> tuple[str, str, str]:
    """(icon, words, tint) for when the repository last proved that this is all there is."""
    if not body.confirmed:
        return "clock", "Not confirmed yet", "quiet"
    ago = say_ago(body.confirmed, now)
    if body.stale:
        return "triangle-alert", f"Last confirmed {ago}: there may be newer papers", "warn"
    return "circle-check", f"Confirmed {ago}", "quiet"


class _Waiting(QFrame):
    """The words to read out while the secretary has not admitted this device yet."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._words, self._phrase = Text(""), Text("", "heading")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(16)
        layout.addWidget(IconLabel(theme, "clock", "accent", 24), 0, Qt.AlignmentFlag.AlignTop)
        inner = QVBoxLayout()
        inner.addWidget(self._words)
        inner.addWidget(self._phrase)
        layout.addLayout(inner, 1)

    def show_phrase(self, phrase: str) -> None:
        """Show the phrase; hidden with none."""
        self.setVisible(bool(phrase))
        self._words.say("Waiting to be admitted. Ring the secretary and read out these five words:")
        self._phrase.say(phrase)


def matches(pack: ShelfPack, body: ShelfBody, words: str) -> bool:
    """Whether every word of the filter is somewhere in the pack's title, date, place or body."""
    meeting = pack.meeting
    text = " ".join((pack.title, body.name, body.organisation, meeting.place, say_date(meeting.held_on), pack.note))
    return all(word in text.casefold() for word in words.casefold().split())


def filtered(body: ShelfBody, words: str) -> ShelfBody:
    """The body with only the packs that match."""
    return replace(body, packs=tuple(pack for pack in body.packs if matches(pack, body, words)))


def say_result(shown: int, whole: int) -> str:
    """What the filter found: "3 of 12 packs"."""
    return f"{say_number(shown)} of {say_count(whole, 'pack')}"
