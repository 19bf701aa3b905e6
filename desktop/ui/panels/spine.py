"""The spine of the open pack: its agenda, what is asked of us, and how much is left to read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.packs.book import Book
from desktop.packs.pack import Pack, Purpose
from desktop.reader.pace import Budget, Pace, budget_of
from desktop.ui.kit.notices import announce
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Button, Hairline, Text, set_tip
from desktop.ui.kit.words import say_count, say_date, say_list, say_moment, say_time
from desktop.ui.panels.agenda_rows import NOTE, WITHOUT_FILE, Agenda
from desktop.ui.panels.page_words import say_minutes
from desktop.ui.panels.rows import RowsView


class Spine(QFrame):
    """The agenda. It asks to go to pages of the book; it knows no canvas."""

    page_asked = Signal(int, bool)  # page of the book, from 0; True: in the other pane
    reason_asked = Signal(str)  # why an item or paper cannot be opened, as a sentence
    menu_asked = Signal(str, QPoint)  # key of a row, global

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "side")
        self._agenda: Agenda | None = None
        self._seen: dict[str, set[int]] = defaultdict(set)
        self._current = ""
        self._pace: Pace | None = None
        self._asked: tuple[str, Mapping[str, Sequence[str]]] = ("", {})  # of which pack, by paper
        self._title, self._when, self.left = Text("", "strong"), Text("", "quiet"), Text("", "quiet")
        self.decisions = Button("", "", "gavel", theme)
        self.decisions.setCheckable(True)
        self.list = RowsView(theme, "Agenda", self, keeps=False)
        self.list.chosen.connect(self._open)
        self.list.menu_asked.connect(self.menu_asked)
        self.decisions.toggled.connect(self._filter)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(12, 8, 8, 8)
        head.setSpacing(4)
        beside = QHBoxLayout()
        beside.addWidget(self.decisions, 0, Qt.AlignmentFlag.AlignLeft)
        beside.addStretch(1)
        for part in (self._title, self._when):
            head.addWidget(part)
        head.addLayout(beside)
        head.addWidget(self.left)
        self.left.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Hairline())
        column.addWidget(self.list, 1)

    def show_book(self, book: Book, seen: Iterable[tuple[str, int]]) -> None:
        """Show an agenda and which pages of each paper were seen."""
        if self._agenda is not None and self._agenda.book.pack.id != book.pack.id:
            self.decisions.setChecked(False)
        self._seen = defaultdict(set)
        for paper_id, page in seen:
            self._seen[paper_id].add(page)
        whole_note = self._agenda is not None and self._agenda.whole_note
        self._agenda = Agenda(book, whole_note=whole_note)
        self._title.setText(book.pack.title)
        self._when.setText(_say_when(book.pack))
        self._say_decisions(sum(item.purpose is Purpose.DECISION for item in book.pack.items))
        self._refresh()

    def show_asked(self, pack_id: str, asked: Mapping[str, Sequence[str]]) -> None:
        """What the papers (by id) of a pack ask of those they are put to, a point each."""
        if (pack_id, asked) != self._asked:
            self._asked = pack_id, asked
            self._refresh()

    def mark_seen(self, paper_id: str, pages: Iterable[int]) -> None:
        """These pages of a paper, and no others, have been seen now."""
        pages = set(pages)
        if self._seen[paper_id] != pages:
            self._seen[paper_id] = pages
            self._refresh()

    def mark_current(self, paper_id: str) -> None:
        """The reader is in this paper."""
        if paper_id != self._current:
            self._current = paper_id
            self._refresh()
            self.list.bring_into_sight(paper_id)

    def use_pace(self, pace: Pace | None) -> None:
        """Tell times at this pace; None: tell none."""
        if pace != self._pace:
            self._pace = pace
            self._refresh()

    def is_read(self, paper_id: str) -> bool:
        """Whether every page of a paper was seen."""
        papers = self._agenda.book.papers if self._agenda else ()
        return any(each.paper_id == paper_id and 0 < each.count <= len(self._seen[paper_id]) for each in papers)

    def papers_at(self, key: str) -> list[str]:
        """The papers that the row of this key stands for."""
        papers = self._agenda.book.papers if self._agenda else ()
        return [each.paper_id for each in papers if key in (each.paper_id, f"item {each.item}")]

    def focus_list(self) -> None:
        """Put the keys into the agenda, on the paper being read."""
        if not self.list.current_key() and not self.list.put_cursor(self._current):
            self.list.put_cursor_first()
        self.list.setFocus()

    def item_starts(self) -> list[int]:
        """The book pages at which items with a paper start, in order."""
        starts: dict[str, int] = {}
        for paper in self._agenda.book.papers if self._agenda else ():
            if paper.count:
                starts.setdefault(paper.item, paper.first)
        return sorted(starts.values())

    def _filter(self, only: bool) -> None:
        self._refresh()
        self.list.scrollToTop()
        if not only:
            self.list.bring_into_sight(self._current)
        if self._agenda is not None:
            announce(self, "Decisions only" if only else "The whole agenda")

    def _say_decisions(self, count: int) -> None:
        self.decisions.setVisible(count > 0)
        self.decisions.say(say_count(count, "decision"))
        self.decisions.setAccessibleName(f"Show only what asks for a decision: {say_count(count, 'item')}")
        set_tip(self.decisions, "Show only what asks for a decision")

    def _refresh(self) -> None:
        agenda = self._agenda
        if agenda is None:
            return
        agenda.seen, agenda.current, agenda.pace = self._seen, self._current, self._pace
        agenda.decisions_only = self.decisions.isChecked()
        agenda.asked = self._asked[1] if self._asked[0] == agenda.book.pack.id else {}
        self.list.show_rows(list(agenda.rows()))
        self._say_left(budget_of(agenda.book, self._seen, self._pace) if self._pace else None)

    def _say_left(self, budget: Budget | None) -> None:
        if budget is None or self._pace is None:
            self.left.say("")
            return
        self.left.say(_say_budget(budget))
        set_tip(self.left, _say_pace(budget, self._pace))

    def _open(self, key: str, beside: bool = False) -> None:
        if self._agenda is None:
            return
        if key == NOTE:
            self._agenda.whole_note = not self._agenda.whole_note
            self._refresh()
            return
        book = self._agenda.book
        papers = [paper for paper in book.papers if key in (paper.paper_id, f"item {paper.item}")]
        page = next((paper.first for paper in papers if paper.count), None)
        if page is not None:
            self.page_asked.emit(page, beside)
        else:
            self.reason_asked.emit(_reason(book, key))


def _say_when(pack: Pack) -> str:
    """Day and hour; of a day that the title names already, the rest."""
    held_on, starts = pack.meeting.held_on, pack.meeting.starts
    if say_date(held_on, weekday=False) not in pack.title:
        return say_moment(held_on, starts)
    return ", ".join(part for part in (say_date(held_on).split()[0], say_time(starts)) if part)


def _say_budget(budget: Budget) -> str:
    if not budget.pages:
        return "Everything has been read"
    left = f"About {say_minutes(budget.seconds)} left"
    if not budget.decisions or budget.decisions == budget.seconds:
        return left
    return f"{left}: decisions {say_minutes(budget.decisions)} first"


def _say_pace(budget: Budget, pace: Pace) -> str:
    """Where the time comes from: a number without its reason would be taken for more than it is."""
    if not budget.pages:
        return ""
    pages = say_count(budget.pages, "page")
    if pace.is_own:
        return f"{pages} at your own pace, half of them read in under {round(pace.seconds)} seconds."
    return f"{pages} at 2 minutes a page or so. Despatch learns your own pace while you read."


def _reason(book: Book, key: str) -> str:
    for item in book.pack.items:
        papers = book.pack.papers_of(item)
        if key == f"item {item.number}" or key in [paper.id for paper in papers]:
            kinds = dict.fromkeys(WITHOUT_FILE.get(paper.status, "") for paper in papers)
            why = say_list([kind.lower() for kind in kinds if kind])
            return f"Item {item.number} has no paper to open" + (f" ({why})." if why else ".")
    return "There is no paper to open here."
