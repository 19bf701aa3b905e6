"""The notes panel: what was marked in this pack, in the order of its pages, and the bookmarks."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFrame, QTabBar, QVBoxLayout, QWidget

from desktop.annotations.anchor import Anchor
from desktop.annotations.notebook import Annotation, Bookmark, Notebook
from desktop.packs.book import Book, BookPaper
from desktop.search.text import folded
from desktop.ui.kit.mark_words import SIGNS
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import SearchField, Text
from desktop.ui.kit.words import say_count
from desktop.ui.panels.colours import ColourRow
from desktop.ui.panels.page_words import say_label
from desktop.ui.panels.rows import Line, Row, RowsView, said

_NO_NOTES = (
    "No notes in this pack yet. Select words on a page and pick a colour, or press N to write a note on the page."
)
_NO_MARKS = "No bookmarks in this pack yet. Press Ctrl+D to keep the page in sight."
_NONE_LEFT = "No note here has these colours and words."
_EARLIER = "on an earlier version of this paper"


class NotesPanel(QFrame):
    """Two lists, one at a time. It listens to the notebook, and asks the screen to go places."""

    chosen = Signal(str, bool)  # id of a note or bookmark; True: in the other pane
    removal_asked = Signal(str)
    editing_asked = Signal(str)
    menu_asked = Signal(str, QPoint)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "side")
        self._theme = theme
        self._book: Book | None = None
        self._notebook: Notebook | None = None
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Notes or bookmarks")
        self.tabs.setExpanding(True)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)
        for name in ("Notes", "Bookmarks"):
            self.tabs.addTab(name)
        self.filter = SearchField(theme, "Filter notes")
        self.colours = ColourRow(theme, many=True)
        self.empty = Text("", "quiet")
        self.list = RowsView(theme, "Notes", self)
        self._build()

    def show_notes(self, book: Book, notebook: Notebook) -> None:
        """Show what is in a notebook, in the order of the book's pages."""
        self._book, self._notebook = book, notebook
        self.refresh()

    def stop(self) -> None:
        """Let go of the notes shown."""
        self._book, self._notebook = None, None
        self.list.show_rows([])

    def show_tab(self, bookmarks: bool) -> None:
        """Show the bookmarks, or the notes."""
        self.tabs.setCurrentIndex(int(bookmarks))

    def refresh(self) -> None:
        """The notebook, the book or the filter changed."""
        if self._book is None or self._notebook is None:
            return
        bookmarks = self.tabs.currentIndex() == 1
        for widget in (self.filter, self.colours):
            widget.setVisible(not bookmarks)
        self.list.setAccessibleName("Bookmarks" if bookmarks else "Notes")
        rows = list(self._bookmark_rows() if bookmarks else self._note_rows())
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.empty.say("" if rows else self._say_empty(bookmarks))

    def focus_list(self) -> None:
        """Put the keys where they are of use."""
        if self.list.isVisible():
            if not self.list.current_key():
                self.list.put_cursor_first()
            self.list.setFocus()
        else:
            self.tabs.setFocus()

    def _build(self) -> None:
        self.tabs.currentChanged.connect(self.refresh)
        self.filter.textChanged.connect(self.refresh)
        self.colours.picked.connect(self.refresh)
        self.list.chosen.connect(self.chosen)
        self.list.removal_asked.connect(self.removal_asked)
        self.list.editing_asked.connect(self.editing_asked)
        self.list.menu_asked.connect(self.menu_asked)
        self.empty.setContentsMargins(12, 16, 12, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.tabs)
        fields = QVBoxLayout()
        fields.setContentsMargins(12, 0, 12, 0)
        fields.setSpacing(4)
        fields.addWidget(self.filter)
        fields.addWidget(self.colours)
        column.addLayout(fields)
        column.addWidget(self.empty)
        column.addWidget(self.list, 1)
        column.addStretch(0)

    def _say_empty(self, bookmarks: bool) -> str:
        if bookmarks:
            return _NO_MARKS
        return _NONE_LEFT if self._notebook and self._notebook.annotations else _NO_NOTES

    def _note_rows(self) -> Iterable[Row]:
        assert self._notebook is not None
        wanted, words = self.colours.chosen(), folded(self.filter.text()).split()
        marks = [mark for mark in self._notebook.annotations if _passes(mark, wanted, words)]
        order = self._paper_order()
        marks.sort(key=lambda mark: (order.get(mark.anchor.paper_id, len(order)), *mark.place, mark.created))
        before = ""
        for mark in marks:
            if mark.anchor.paper_id != before:
                before = mark.anchor.paper_id
                yield self._heading(before, sum(other.anchor.paper_id == before for other in marks))
            yield _note_row(mark, self._place(mark.anchor), self._theme.note_name(mark.colour))

    def _bookmark_rows(self) -> Iterable[Row]:
        assert self._notebook is not None
        order = self._paper_order()
        for mark in sorted(
            self._notebook.bookmarks, key=lambda mark: (order.get(mark.paper_id, 999), mark.page, mark.y)
        ):
            anchor = Anchor(mark.paper_id, mark.sha256, mark.page, "")
            yield _bookmark_row(mark, self._place(anchor))

    def _paper_order(self) -> dict[str, int]:
        papers = self._book.papers if self._book else ()
        return {paper.paper_id: place for place, paper in enumerate(papers)}

    def _paper(self, paper_id: str) -> BookPaper | None:
        papers = self._book.papers if self._book else ()
        return next((paper for paper in papers if paper.paper_id == paper_id), None)

    def _heading(self, paper_id: str, count: int) -> Row:
        paper = self._paper(paper_id)
        if paper is None:
            return Row(
                f"of {paper_id}", (said("A paper no longer in this pack", True),), "No longer here", heading=True
            )
        item = f"{paper.item}  " if paper.item else ""
        spoken = f"{paper.title}, {say_count(count, 'note')}"
        return Row(
            f"of {paper_id}", (said(item + paper.title, strong=True, most=2),), spoken, heading=True, tip=paper.title
        )

    def _place(self, anchor: Anchor) -> str:
        """ "p 47", and whether the words it was made on have been replaced since."""
        paper = self._paper(anchor.paper_id)
        if self._book is None or paper is None:
            return f"was p {anchor.label}" if anchor.label else ""
        if paper.version != anchor.sha256:
            return f"p {anchor.label}, {_EARLIER}" if anchor.label else _EARLIER
        place = paper.first + anchor.page
        return f"p {say_label(self._book.pages[place])}" if anchor.page < paper.count else f"p {anchor.label}"


def _passes(mark: Annotation, wanted: set[str], words: list[str]) -> bool:
    if wanted and mark.colour not in wanted:
        return False
    text = folded(f"{mark.words} {mark.anchor.exact}") if words else ""
    return all(word in text for word in words)


def _note_row(mark: Annotation, place: str, name: str) -> Row:
    lines: list[Line] = [said(f"{name} · {place}" if place else name, tint="quiet")]
    if mark.words:
        lines.append(said(mark.words, most=4))
    if mark.anchor.exact:
        lines.append(said(f"“{' '.join(mark.anchor.exact.split())}”", tint="quiet" if mark.words else "ink", most=3))
    spoken = ", ".join(part for part in (name, place, mark.words, mark.anchor.exact) if part)
    tip = "\n\n".join(part for part in (mark.words, mark.anchor.exact) if part)
    return Row(mark.id, tuple(lines), spoken, badge=SIGNS[mark.colour], badge_tint=f"note_{mark.colour}", tip=tip)


def _bookmark_row(mark: Bookmark, place: str) -> Row:
    return Row(mark.id, (said(mark.name, most=3), said(place, tint="quiet")), f"{mark.name}, {place}", tip=mark.name)
