"""The shelf: every body's packs by meeting, the next meeting first."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.annotations.retention import Outlook
from desktop.library.shelf import ShelfBody, ShelfPack
from desktop.library.travel import Travel
from desktop.ui.kit.files import ask_for_file
from desktop.ui.kit.notices import announce
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import (
    Button,
    Column,
    EmptyState,
    Hairline,
    IconButton,
    Leading,
    SearchField,
    Text,
    add_shortcut,
    column,
    empty_layout,
    put,
)
from desktop.ui.kit.words import say_count, say_days
from desktop.ui.panels.ending_notice import EndingNotice
from desktop.ui.panels.shelf_rows import STEPS, BodyHead, PackRow, filtered, say_result
from desktop.ui.panels.travel_mark import TravelMark

SHOWN = 8  # packs of a body before "Show … earlier packs": rows take time to make, and nobody reads hundreds


class ShelfScreen(Leading):
    """Shows what stands on the shelf, and says what was chosen."""

    pack_chosen = Signal(str)
    retry_wanted = Signal(str)  # a pack's id: fetch what is not here of it
    removal_wanted = Signal(str)  # a pack's id: take its papers off this computer
    sheet_wanted = Signal(str)  # a pack's id: its meeting sheet
    leaving_wanted = Signal(str)  # a body's id
    fate_wanted = Signal(str)  # a pack's id: what becomes of its notes
    keeping_wanted = Signal(str)  # a pack's id: keep all its notes
    receipts_wanted = Signal()
    tellings_wanted = Signal()
    travel_wanted = Signal()
    check_wanted = Signal()
    file_chosen = Signal(str)
    sample_wanted = Signal()
    desk_wanted = Signal()
    registers_wanted = Signal()
    settings_wanted = Signal()
    help_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._bodies: tuple[ShelfBody, ...] = ()
        self._now = datetime.now().astimezone()
        self._whole: set[str] = set()  # bodies whose earlier packs are shown too
        self._frame: tuple[object, ...] = ()
        self._travel = Travel()
        self._endings: tuple[Outlook, ...] = ()
        self._mark: TravelMark | None = None
        self._rows: dict[str, PackRow] = {}
        self._heads: dict[str, BodyHead] = {}
        self.filter = SearchField(theme, "Filter packs")
        # Making rows takes longer than a key press: while letters still come, nothing is made.
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(80)
        self._pause.timeout.connect(self._show)
        self.filter.textChanged.connect(self._pause.start)
        self.filter.setMaximumWidth(360)
        self.found = Text("", "quiet")
        self.found.hide()
        self.check = Button("Check for new packs", "", "refresh-cw", theme)
        self._page = Column(880)
        self._page.grow(theme)
        self._page.rows.setSpacing(16)
        column(self, self._make_bar(), self._page, space=0)
        self.first = self.filter
        add_shortcut(self, "F5", "Check for new packs", self.check_wanted.emit)
        add_shortcut(self, "Ctrl+F", "Filter packs", self.filter.setFocus)
        add_shortcut(self, "Ctrl+Shift+R", "Registers", self.registers_wanted.emit)
        add_shortcut(self, "Ctrl+Shift+D", "Secretary’s desk", self.desk_wanted.emit)
        add_shortcut(self, "Ctrl+O", "Open an invitation or a pack file", self.choose_file)
        self._show()

    def show_bodies(self, bodies: Sequence[ShelfBody], now: datetime) -> None:
        """Show the shelf as it stands. now: aware, local. Rows that only changed are changed in place."""
        self._bodies, self._now = tuple(bodies), now
        self._show()

    def show_travel(self, travel: Travel) -> None:
        """Show whether everything for the next journey is here."""
        self._travel = travel
        if self._mark is not None:
            self._mark.show_travel(travel)

    def show_endings(self, looks: Sequence[Outlook]) -> None:
        """Say of which packs the notes will be destroyed."""
        self._endings = tuple(looks)
        self._show()

    def checking(self, under_way: bool) -> None:
        """Say that the repositories are being asked, or are not any more."""
        self.check.setEnabled(not under_way)
        self.check.say("Checking…" if under_way else "Check for new packs")

    def clear(self) -> None:
        """Forget everything shown."""
        self.filter.clear()
        self._whole.clear()
        self.show_bodies((), self._now)

    def choose_file(self) -> None:
        """Let an invitation or a pack file be chosen."""
        ask_for_file(self, "Open an invitation or a pack", self.file_chosen.emit)

    def rows(self) -> list[PackRow]:
        """The rows in the order they are shown."""
        return list(self._rows.values())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in STEPS:
            self._step(event.key())
            return
        if event.text().isprintable() and event.text().strip() and not event.modifiers() & _COMMANDS:
            self.filter.setFocus()
            self.filter.insert(event.text())
            return
        super().keyPressEvent(event)

    def _make_bar(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("role", "bar")
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(24, 8, 16, 8)
        layout.setSpacing(8)
        self.check.clicked.connect(self.check_wanted)
        invitation = IconButton(self._theme, "file-plus", "Open an invitation or a pack file", "Ctrl+O")
        invitation.clicked.connect(self.choose_file)
        layout.addWidget(self.filter, 3)
        layout.addWidget(self.found)
        layout.addStretch(1)
        for part in (self.check, invitation):
            layout.addWidget(part)
        for icon, name, keys, wanted in (
            ("list-checks", "Registers", "Ctrl+Shift+R", self.registers_wanted),
            ("send", "Secretary’s desk", "Ctrl+Shift+D", self.desk_wanted),
            ("settings", "Settings", "Ctrl+,", self.settings_wanted),
            ("circle-question-mark", "Help", "F1", self.help_wanted),
            ("lock", "Lock", "Ctrl+L", self.lock_wanted),
        ):
            button = IconButton(self._theme, icon, name, keys)
            button.clicked.connect(wanted)
            layout.addWidget(button)
        return bar

    def _show(self) -> None:
        words = self.filter.text().strip()
        bodies = _in_order([filtered(body, words) if words else body for body in self._bodies], self._now.date())
        frame = self._frame_of(bodies, words)
        if frame != self._frame:
            self._build(bodies, words)
            self._frame = frame
        self._refresh(bodies)
        whole, shown = sum(len(body.packs) for body in self._bodies), sum(len(body.packs) for body in bodies)
        self.found.say(say_result(shown, whole) if words else "")
        if words:
            announce(self.filter, self.found.text())

    def _frame_of(self, bodies: Sequence[ShelfBody], words: str) -> tuple[object, ...]:
        """What decides which rows there are; while it stays, rows are only refreshed, and the focus with them."""
        ids = tuple((body.body_id, tuple(pack.pack_id for pack in body.packs)) for body in bodies)
        return ids, bool(words), frozenset(self._whole), bool(self._bodies), self._now.date(), self._endings

    def _build(self, bodies: Sequence[ShelfBody], words: str) -> None:
        focused = next((key for key, row in self._rows.items() if row.hasFocus()), "")
        empty_layout(self._page.rows)
        self._rows, self._heads, self._mark = {}, {}, None
        if not self._bodies:
            put(self._page.rows, self._make_empty())
            return
        if self._endings and not words:
            put(self._page.rows, self._make_endings())
        following = [] if words else _next_packs(bodies, self._now.date())
        if following:
            self._add_next(following)
        taken = {pack.pack_id for _, pack in following}
        for organisation, group in _by_organisation(bodies):
            if organisation and any(body.packs or not words for body in group):
                put(self._page.rows, Text(organisation, "title"))
            for body in group:
                self._add_body(body, taken, bool(words), not organisation)
        if words and not any(body.packs for body in bodies):
            put(self._page.rows, self._make_nothing())
        self._page.rows.addStretch(1)
        if focused in self._rows:
            self._rows[focused].setFocus()

    def _add_next(self, following: Sequence[tuple[ShelfBody, ShelfPack]]) -> None:
        away = say_days(following[0][1].meeting.held_on, self._now.date())
        title = Text(f"Next meeting {away}" if len(following) == 1 else f"Next meetings {away}", "title")
        self._mark = TravelMark(self._theme)
        self._mark.clicked.connect(self.travel_wanted)
        put(self._page.rows, title)
        put(self._page.rows, self._mark)
        self._mark.show_travel(self._travel)
        put(self._page.rows, _framed([self._make_row(pack, body.name) for body, pack in following]))

    def _add_body(self, body: ShelfBody, taken: set[str], filtering: bool, with_organisation: bool) -> None:
        packs = [pack for pack in body.packs if pack.pack_id not in taken]
        if filtering and not packs:
            return
        head = BodyHead(self._theme, body, self._now, with_organisation)
        head.retried.connect(self.check_wanted)
        head.leaving.connect(self.leaving_wanted)
        head.receipts_asked.connect(self.receipts_wanted)
        head.tellings_asked.connect(self.tellings_wanted)
        self._heads[body.body_id] = head
        shown = packs if body.body_id in self._whole else packs[:SHOWN]
        parts: list[QWidget] = [head, *(self._make_row(pack) for pack in shown)]
        if not packs:
            parts.append(_indented(Text(_say_none(body), "quiet")))
        if len(shown) < len(packs):
            parts.append(_indented(self._make_earlier(body, len(packs) - len(shown))))
        put(self._page.rows, _framed(parts))

    def _make_endings(self) -> EndingNotice:
        notice = EndingNotice(self._theme, self._endings, self._now.date())
        notice.seen_asked.connect(self.fate_wanted)
        notice.keep_asked.connect(self.keeping_wanted)
        return notice

    def _make_row(self, pack: ShelfPack, body: str = "") -> PackRow:
        row = PackRow(self._theme, pack, self._now.date(), body)
        row.opened.connect(self.pack_chosen)
        row.retried.connect(self.retry_wanted)
        row.put_away.connect(self.removal_wanted)
        row.sheet_asked.connect(self.sheet_wanted)
        row.fate_asked.connect(self.fate_wanted)
        row.stepped.connect(self._step)
        self._rows[pack.pack_id] = row
        return row

    def _make_earlier(self, body: ShelfBody, count: int) -> Button:
        button = Button(f"Show {say_count(count, 'earlier pack')}", "link")
        button.setAccessibleName(f"Show {say_count(count, 'earlier pack')} of {body.name}")

        def show_all() -> None:
            self._whole.add(body.body_id)
            self._show()
            self._step(Qt.Key.Key_Down)

        button.clicked.connect(show_all)
        return button

    def _refresh(self, bodies: Sequence[ShelfBody]) -> None:
        for body in bodies:
            if head := self._heads.get(body.body_id):
                head.show_body(body, self._now)
            for pack in body.packs:
                if row := self._rows.get(pack.pack_id):
                    row.show_pack(pack, self._now.date())

    def _make_empty(self) -> EmptyState:
        invitation = Button("Open an invitation…", "primary")
        invitation.clicked.connect(self.choose_file)
        sample = Button("Look at the sample board")
        sample.clicked.connect(self.sample_wanted)
        words = "Open the invitation a secretary sent you, or drop it onto this window. Packs then come by themselves."
        return EmptyState(self._theme, "library", "Nothing on the shelf yet", words, (invitation, sample))

    def _make_nothing(self) -> EmptyState:
        everything = Button("Show every pack")
        everything.clicked.connect(self.filter.clear)
        words = "The filter looks at titles, dates, places and bodies. To search inside the papers, open a pack."
        return EmptyState(self._theme, "text-search", "No pack matches", words, (everything,))

    def _step(self, key: int) -> None:
        rows = self.rows()
        if not rows:
            return
        focus = self.focusWidget() or self
        now = next((place for place, row in enumerate(rows) if row is focus or row.isAncestorOf(focus)), -1)
        places: dict[int, int] = {
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(rows) - 1,
            Qt.Key.Key_Up: now - 1,
            Qt.Key.Key_Down: now + 1,
        }
        place = places[key]
        if place < 0:
            self.filter.setFocus()
            return
        chosen = rows[min(place, len(rows) - 1)]
        chosen.setFocus(Qt.FocusReason.TabFocusReason)
        self._page.ensureWidgetVisible(chosen, 0, 24)


_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def _in_order(bodies: Sequence[ShelfBody], today: date) -> list[ShelfBody]:
    """Bodies by their next meeting; in each, meetings to come with the nearest first, then those past, newest first."""

    def near(pack: ShelfPack) -> tuple[bool, int, str]:
        away = (pack.meeting.held_on - today).days
        return away < 0, abs(away), pack.meeting.starts

    ordered = [replace(body, packs=tuple(sorted(body.packs, key=near))) for body in bodies]
    return sorted(ordered, key=lambda body: (*(near(body.packs[0]) if body.packs else (True, 10**9, "")), body.name))


def _by_organisation(bodies: Sequence[ShelfBody]) -> list[tuple[str, list[ShelfBody]]]:
    """Bodies under their organisations, in the order of each one's first; under "" where all are of one."""
    names = list(dict.fromkeys(body.organisation for body in bodies))
    if len(names) < 2:
        return [("", list(bodies))]
    return [(name or "Others", [body for body in bodies if body.organisation == name]) for name in names]


def _next_packs(bodies: Sequence[ShelfBody], today: date) -> list[tuple[ShelfBody, ShelfPack]]:
    """The packs of the next day on which anybody meets, in the order of the clock."""
    coming = [(body, pack) for body in bodies for pack in body.packs if pack.meeting.held_on >= today]
    day = min((pack.meeting.held_on for _, pack in coming), default=None)
    return sorted(((body, pack) for body, pack in coming if pack.meeting.held_on == day), key=_clock)


def _clock(pair: tuple[ShelfBody, ShelfPack]) -> str:
    return pair[1].meeting.starts


def _say_none(body: ShelfBody) -> str:
    if body.packs:
        return "No other packs."
    return "Packs appear here once you are admitted." if body.phrase else "No packs have been despatched to you yet."


def _framed(parts: Sequence[QWidget]) -> QFrame:
    frame = QFrame()
    frame.setProperty("role", "card")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(4, 4, 4, 4)
    layout.setSpacing(0)
    for place, part in enumerate(parts):
        if place:
            layout.addWidget(Hairline())
        layout.addWidget(part)
    return frame


def _indented(part: QWidget) -> QWidget:
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(10 if isinstance(part, Button) else 16, 8, 16, 12)
    layout.addWidget(part, 0 if isinstance(part, Button) else 1)
    if isinstance(part, Button):
        layout.addStretch(1)
    return holder
