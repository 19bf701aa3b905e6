"""Before a journey: what was looked for, what is missing and why, and one button to fetch it."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.library.travel import AbsentPaper, Travel, TravelPack
from desktop.ui.kit.notices import announce
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import (
    Button,
    Column,
    IconLabel,
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
from desktop.ui.panels.travel_mark import CHECKED, REASONS, say_doubts, say_here, say_travel, say_whole

SHOWN = 12  # papers of a pack that are named; before the first download all of them are missing


class TravelScreen(Leading):
    """Shows what `Travel` says. fetch_wanted → the papers come, and `show_travel` is called again."""

    fetch_wanted = Signal()
    check_wanted = Signal()
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[Travel, datetime] | None = None
        back = Button("Back", "link", "arrow-left", theme)
        back.clicked.connect(self.closed)
        self.first = back
        self.title, self.whole, self.doubts = Text("Complete for travel", "title"), Text(""), Text("", "warn")
        self.fetch, self.check = Button("Fetch now", "primary", "download", theme), Button("Check for new packs")
        self.fetch.clicked.connect(self.fetch_wanted)
        self.check.clicked.connect(self.check_wanted)
        self._page = Column()
        self._page.grow(theme)
        self._list = QVBoxLayout()
        self._list.setSpacing(16)
        column(self, self._page)
        for part in (row(back), self.title, self.whole, self.doubts, row(self.fetch, self.check)):
            self._page.rows.addWidget(part)
        self._page.rows.addLayout(self._list)
        self._page.rows.addStretch(1)
        self.doubts.hide()

    def show_travel(self, travel: Travel, now: datetime) -> None:
        """Show how it stands. now: aware, local."""
        if self._shown is not None and self._shown[0] == travel:
            return
        told = self._shown is None or self._shown[0].is_complete != travel.is_complete
        self._shown = travel, now
        words = say_travel(travel)[1] or "Nothing to take along"
        self.title.say(words)
        self.whole.say(say_whole(travel))
        self.doubts.say(say_doubts(travel, now))
        self.fetch.setVisible(bool(travel.missing))
        self._build(travel)
        if told:
            announce(self, f"{words}. {self.whole.text()}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _build(self, travel: Travel) -> None:
        empty_layout(self._list)
        for pack in travel.packs:
            if pack.missing:
                put(self._list, self._make_missing(pack))
        promised = [pack for pack in travel.packs if len(pack.absent) > len(pack.missing)]
        if travel.packs:
            put(self._list, self._make_checked(travel.packs))
        if promised:
            put(self._list, self._make_promised(promised))

    def _make_missing(self, pack: TravelPack) -> QFrame:
        title = Text(f"Missing from {pack.title}", "heading")
        parts = [self._make_paper(paper) for paper in pack.missing[:SHOWN]]
        more = len(pack.missing) - len(parts)
        rest = [Text(f"And {say_count(more, 'more paper')}.", "quiet")] if more else []
        return card(title, Text(_say_when(pack), "quiet"), *parts, *rest, space=10, margin=24)

    def _make_checked(self, packs: Sequence[TravelPack]) -> QFrame:
        parts = [self._make_pack(pack) for pack in packs]
        return card(Text("What was checked", "heading"), Text(CHECKED, "quiet"), *parts, space=10, margin=24)

    def _make_promised(self, packs: Sequence[TravelPack]) -> QFrame:
        absent = [(pack, paper) for pack in packs for paper in pack.absent if paper not in pack.missing]
        parts = [self._make_paper(paper, pack.title) for pack, paper in absent[:SHOWN]]
        words = "These are nobody's to fetch, so they do not count as missing."
        return card(Text("Not here, and not missing", "heading"), Text(words, "quiet"), *parts, space=10, margin=24)

    def _make_pack(self, pack: TravelPack) -> QWidget:
        whole = not pack.missing
        mark = StateMark(
            self._theme, "circle-check" if whole else "circle", say_here(pack), "good" if whole else "quiet"
        )
        mark.words.setWordWrap(True)
        return _below(Text(pack.title, "strong"), Text(_say_when(pack), "quiet"), mark)

    def _make_paper(self, paper: AbsentPaper, pack: str = "") -> QWidget:
        icon, why, tint = REASONS[paper.why]
        title = Text(f"{paper.item}\u2002{paper.title}" if paper.item else paper.title)
        reason = Text(" · ".join(part for part in (pack, why, paper.trouble) if part), tint)
        holder = QWidget()
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(IconLabel(self._theme, icon, tint), 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(_below(title, reason), 1)
        return holder


def _say_when(pack: TravelPack) -> str:
    when = say_moment(pack.meeting.held_on, pack.meeting.starts)
    return when if pack.title.casefold().startswith(pack.body.casefold()) else f"{pack.body}, {when}"


def _below(*parts: QWidget) -> QWidget:
    holder = QWidget()
    column(holder, *parts, space=2)
    return holder
