"""The spine of the open pack: its agenda, with the papers under each item and how far they have been read."""

from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.packs.book import Book, BookPaper
from desktop.packs.pack import AgendaItem, Paper, PaperStatus, Purpose
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Hairline, Text
from desktop.ui.kit.words import say_count, say_date, say_list
from desktop.ui.panels.rows import Chip, Line, Row, RowsView, said

_CHIPS = {
    Purpose.DECISION: ("Decision", Chip.SOLID),
    Purpose.ASSURANCE: ("Assurance", Chip.OUTLINE),
    Purpose.INFORMATION: ("Information", Chip.PLAIN),
    Purpose.NONE: ("", Chip.PLAIN),
}
_WITHOUT_FILE = {
    PaperStatus.VERBAL: "Verbal, no paper",
    PaperStatus.TO_FOLLOW: "To follow",
    PaperStatus.WITHDRAWN: "Withdrawn",
}
_WITH_FILE = {PaperStatus.LATE: "Late paper", PaperStatus.TABLED: "Tabled"}


class Spine(QFrame):
    """The agenda. It asks to go to pages of the book; it knows no canvas."""

    page_asked = Signal(int, bool)  # page of the book, from 0; True: in the other pane
    reason_asked = Signal(str)  # why an item or paper cannot be opened, as a sentence

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "side")
        self._book: Book | None = None
        self._seen: Counter[str] = Counter()
        self._current = ""
        self._title, self._when = Text("", "strong"), Text("", "quiet")
        self.list = RowsView(theme, "Agenda", self, keeps=False)
        self.list.chosen.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for label in (self._title, self._when):
            label.setContentsMargins(12, 8, 8, 0)
            column.addWidget(label)
        column.addSpacing(8)
        column.addWidget(Hairline())
        column.addWidget(self.list, 1)

    def show_book(self, book: Book, seen: Iterable[tuple[str, int]]) -> None:
        """Show an agenda and how many pages of each paper were seen."""
        self._book = book
        self._seen = Counter(paper_id for paper_id, _ in seen)
        self._title.setText(book.pack.title)
        self._when.setText(say_date(book.pack.meeting.held_on))
        self._refresh()

    def mark_read(self, paper_id: str, pages: int) -> None:
        """So many pages of a paper have been seen now."""
        if self._seen[paper_id] != pages:
            self._seen[paper_id] = pages
            self._refresh()

    def mark_current(self, paper_id: str) -> None:
        """The reader is in this paper."""
        if paper_id != self._current:
            self._current = paper_id
            self._refresh()
            self.list.bring_into_sight(paper_id)

    def focus_list(self) -> None:
        """Put the keys into the agenda, on the paper being read."""
        if not self.list.current_key() and not self.list.put_cursor(self._current):
            self.list.put_cursor_first()
        self.list.setFocus()

    def item_starts(self) -> list[int]:
        """The book pages at which items with a paper start, in order."""
        starts: dict[str, int] = {}
        for paper in self._book.papers if self._book else ():
            if paper.count:
                starts.setdefault(paper.item, paper.first)
        return sorted(starts.values())

    def _refresh(self) -> None:
        if self._book is not None:
            self.list.show_rows(list(self._rows(self._book)))

    def _rows(self, book: Book) -> Iterable[Row]:
        laid = {paper.paper_id: paper for paper in book.papers}
        listed = {item.number for item in book.pack.items}
        for paper in book.pack.papers:
            if paper.item not in listed:
                yield self._paper_row(book, paper, laid.get(paper.id), False)
        for item in book.pack.items:
            yield _item_row(item)
            for paper in book.pack.papers_of(item):
                yield self._paper_row(book, paper, laid.get(paper.id), True)

    def _paper_row(self, book: Book, paper: Paper, laid: BookPaper | None, indented: bool) -> Row:
        current = paper.id == self._current
        facts, tint = self._facts(book, paper, laid)
        lines = (said(paper.title, strong=current), said(facts, tint=tint))
        spoken = f"{paper.title}. {facts}." + (" You are here." if current else "")
        return Row(paper.id, lines, spoken, current=current, indented=indented, tip=laid.trouble if laid else "")

    def _facts(self, book: Book, paper: Paper, laid: BookPaper | None) -> tuple[str, str]:
        if paper.withheld:
            return "Not sent to you", "quiet"
        if paper.status in _WITHOUT_FILE or laid is None or not laid.count:
            return _WITHOUT_FILE.get(paper.status, "No paper"), "quiet"
        if laid.trouble:
            return "Cannot be read", "bad"
        parts = [_WITH_FILE.get(paper.status, ""), _say_pages(book, laid)]
        parts.append("Not here yet" if laid.path is None else self._say_read(laid))
        return " · ".join(part for part in parts if part), "quiet"

    def _say_read(self, paper: BookPaper) -> str:
        seen = min(self._seen[paper.paper_id], paper.count)
        if seen == 0:
            return ""
        return "read" if seen == paper.count else f"{seen} of {paper.count} read"

    def _open(self, key: str, beside: bool = False) -> None:
        if self._book is None:
            return
        papers = [paper for paper in self._book.papers if key in (paper.paper_id, f"item {paper.item}")]
        page = next((paper.first for paper in papers if paper.count), None)
        if page is not None:
            self.page_asked.emit(page, beside)
        else:
            self.reason_asked.emit(self._reason(self._book, key))

    def _reason(self, book: Book, key: str) -> str:
        for item in book.pack.items:
            if key == f"item {item.number}":
                kinds = dict.fromkeys(_WITHOUT_FILE.get(paper.status, "") for paper in book.pack.papers_of(item))
                why = say_list([kind.lower() for kind in kinds if kind])
                return f"Item {item.number} has no paper to open" + (f" ({why})." if why else ".")
        return "There is no paper to open here."


def _item_row(item: AgendaItem) -> Row:
    chip, shape = _CHIPS[item.purpose]
    lines = [said(item.title, strong=True)]
    if chip or item.lead:
        lines.append(Line(((item.lead, False),), "quiet", chip=chip, chip_shape=shape))
    told = [f"Item {item.number}", item.title, f"for {chip.lower()}" if chip else "", item.lead]
    spoken = ", ".join(part for part in told if part)
    return Row(f"item {item.number}", tuple(lines), spoken, number=item.number, tip=spoken)


def _say_pages(book: Book, paper: BookPaper) -> str:
    labels = [page.label for page in book.pages[paper.first : paper.first + paper.count]]
    if not labels:
        return say_count(paper.count, "page")
    return f"p {labels[0]}" if len(labels) == 1 else f"p {labels[0]}–{labels[-1]}"
