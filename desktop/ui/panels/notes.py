"""The notes panel: what was marked in this paper, pack or body, and the bookmarks."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTabBar, QVBoxLayout, QWidget

from desktop.annotations.anchor import Anchor
from desktop.annotations.entries import Sharing
from desktop.annotations.notebook import Annotation, Bookmark, Notebook
from desktop.annotations.threads import Thread, threads_of
from desktop.library.kept_notes import KeptNote
from desktop.packs.book import Book, BookPaper
from desktop.ui.kit.sharing_words import PRIVATE_WORDS
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Button, Text
from desktop.ui.kit.words import say_count, say_date
from desktop.ui.panels.fields_area import FieldsArea
from desktop.ui.panels.note_filters import BODY, NEWEST, PAPER, PLACE, NoteFilters
from desktop.ui.panels.note_rows import Shown, bookmark_row, note_row
from desktop.ui.panels.page_words import say_label
from desktop.ui.panels.rows import Row, RowsView, said

if TYPE_CHECKING:
    from desktop.library.subjects import Followed

_NO_NOTES = (
    "No notes in this pack yet. Select words on a page and pick a colour, or press N to write a note on the page."
)
_NO_MARKS = "No bookmarks in this pack yet. Press Ctrl+D to keep the page in sight."
_NONE_LEFT = "No note here has these colours and words."
_NONE_SUCH = "No bookmark here has these words."
_NOT_HERE = "Nothing is marked in this paper yet. Choose “This pack” above to see the others."
_FOLLOWED = "From earlier packs"
_EARLIER = "on an earlier version of this paper"


class NotesPanel(QFrame):
    """Two lists, one at a time. It listens to the notebook, and asks the screen to go places."""

    chosen = Signal(str, bool)  # id of a note or bookmark; True: in the other pane
    removal_asked = Signal(str)
    editing_asked = Signal(str)
    menu_asked = Signal(str, QPoint)
    sharing_asked = Signal(object)  # ids of notes
    stopped = Signal()
    pointed = Signal(str)  # id of the note the pointer is over, "" for none
    fate_asked = Signal()  # what becomes of the notes is to be shown
    body_wanted = Signal()  # the notes of the body's other packs are to be shown
    counted = Signal(int)  # notes of others here that the reader has not looked at

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "side")
        self._theme = theme
        self._book: Book | None = None
        self._notebook: Notebook | None = None
        self._papers: dict[str, BookPaper] = {}
        self._paper_id = ""
        self._elsewhere: dict[str, KeptNote] = {}
        self._made: dict[str, tuple[Annotation, object, Row]] = {}
        self._stale = self._is_whole = False
        self._followed: list[Followed] = []
        self._in_sight: set[str] = set()  # keys of rows that were, since the list was opened
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Notes or bookmarks")
        self.tabs.setExpanding(True)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)
        for name in ("Notes", "Bookmarks"):
            self.tabs.addTab(name)
        self.say_seen: Callable[[Sharing], str] = lambda sharing: PRIVATE_WORDS
        self.filters = NoteFilters(theme)
        self.filter, self.colours = self.filters.words, self.filters.colours
        self.empty = Text("", "quiet")
        self.fate, self.fate_more = Text("", "quiet"), Button("What I can do…", "link")
        self.destroys = False  # whether the body has notes destroyed, so that one may be an exception
        self.list = RowsView(theme, "Notes", self)
        self.list.choose_several()
        self._build()

    def show_notes(self, book: Book, notebook: Notebook) -> None:
        """Show what is in a notebook, in the order of the book's pages."""
        if self._notebook is not notebook:
            self.have_read()
        if self._book is None or self._book.pack.id != book.pack.id:
            self._elsewhere = {}
        self._book, self._notebook = book, notebook
        self._papers = {paper.paper_id: paper for paper in book.papers}
        self._forget()
        self._scope_changed()

    def show_paper(self, paper_id: str) -> None:
        """The paper that is read now."""
        if paper_id != self._paper_id:
            self._paper_id = paper_id
            if self.filters.scope.currentData() == PAPER or self._followed:
                self.refresh()

    def show_fate(self, words: str, destroys: bool) -> None:
        """Say what becomes of these notes, "" while nobody has decided."""
        self.destroys = destroys
        self.fate.say(words)
        self.fate_more.setVisible(destroys)

    def show_elsewhere(self, notes: Sequence[KeptNote]) -> None:
        """The notes of the body; those of the open pack are known better here."""
        here = self._book.pack.id if self._book else ""
        self._elsewhere = {note.entry.id: note for note in notes if note.entry.pack_id != here}
        self.refresh()

    def elsewhere(self, entry_id: str) -> KeptNote | None:
        """A note or bookmark of another pack, None of this one."""
        for each in self._followed:
            if each.note.entry.id == entry_id:
                return each.note
        return self._elsewhere.get(entry_id)

    def stop(self) -> None:
        """Let go of the notes shown."""
        self._book, self._notebook, self._elsewhere, self._followed = None, None, {}, []
        self._forget()
        self.stopped.emit()
        self.list.show_rows([])

    def show_tab(self, bookmarks: bool) -> None:
        """Show the bookmarks, or the notes."""
        self.tabs.setCurrentIndex(int(bookmarks))

    def refresh(self) -> None:
        """The notebook, the book or the filter changed."""
        self._stale = not self.isVisible()
        marks = self._notebook.annotations if self._notebook is not None else []
        self.counted.emit(sum(mark.fresh for mark in marks))
        if self._book is None or self._notebook is None or self._stale:
            return
        bookmarks = self.tabs.currentIndex() == 1
        self.filters.show_for(bookmarks)
        self._is_whole = self.filters.expand.isChecked()
        self.filters.show_authors(self._authors())
        self.list.setAccessibleName("Bookmarks" if bookmarks else "Notes")
        rows = list(self._bookmark_rows() if bookmarks else [*self._rows_followed(), *self._note_rows()])
        if self.filters.scope.currentData() == BODY:
            rows += self._rows_elsewhere(bookmarks)
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

    def showEvent(self, event: QShowEvent) -> None:
        """While nobody saw it, nothing was listed."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """What stood in sight was read; until then it stays marked as new."""
        super().hideEvent(event)
        self.have_read()

    def have_read(self) -> None:
        """The list is left: what stood in sight in it is new no more."""
        self._note_sight()
        seen, self._in_sight = self._in_sight, set()
        if self._notebook is not None:
            self._notebook.look_at(seen)

    def _note_sight(self) -> None:
        self._in_sight.update(self.list.keys_in_sight())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The pointer left the list."""
        if event.type() == QEvent.Type.Leave:
            self.pointed.emit("")
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        self.tabs.currentChanged.connect(self.refresh)
        self.filters.changed.connect(self.refresh)
        self.filters.scope_changed.connect(self._scope_changed)
        self.list.chosen.connect(self.chosen)
        self.list.removal_asked.connect(self.removal_asked)
        self.list.editing_asked.connect(self.editing_asked)
        self.list.menu_asked.connect(self.menu_asked)
        self.list.entered.connect(self._point)
        self.list.verticalScrollBar().valueChanged.connect(self._note_sight)
        self.list.viewport().installEventFilter(self)
        self._theme.changed.connect(self.relook)
        self.empty.setContentsMargins(12, 16, 12, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.tabs)
        fields = QVBoxLayout()
        fields.setContentsMargins(12, 0, 12, 0)
        fields.addWidget(self.filters)
        column.addWidget(FieldsArea(fields))
        column.addWidget(self.empty)
        column.addWidget(self.list, 1)
        column.addStretch(0)
        foot = QWidget()
        foot.setLayout(self._foot())
        foot.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column.addWidget(foot)

    def _foot(self) -> QVBoxLayout:
        self.fate_more.setAccessibleName("What I can do about what becomes of my notes")
        self.fate_more.clicked.connect(self.fate_asked)
        self.fate_more.hide()
        self.fate.hide()
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 0, 12, 8)
        foot.setSpacing(0)
        foot.addWidget(self.fate)
        foot.addWidget(self.fate_more)
        return foot

    def _scope_changed(self) -> None:
        if self.filters.scope.currentData() == BODY:
            self.body_wanted.emit()
        self.refresh()

    def _point(self, index: QModelIndex) -> None:
        row = self.list.rows[index.row()]
        self.pointed.emit("" if row.heading else row.key)

    def _say_empty(self, bookmarks: bool) -> str:
        assert self._notebook is not None
        there = self._notebook.bookmarks if bookmarks else self._notebook.annotations
        if not there:
            return _NO_MARKS if bookmarks else _NO_NOTES
        if self.filters.scope.currentData() == PAPER and not self.filter.text():
            return _NOT_HERE
        return _NONE_SUCH if bookmarks else _NONE_LEFT

    def _in_scope(self, paper_id: str) -> bool:
        return self.filters.scope.currentData() != PAPER or paper_id == self._paper_id

    def _note_rows(self) -> Iterable[Row]:
        assert self._notebook is not None
        wanted, order = self.filters.wanted, self._paper_order()
        paper_id = self._paper_id if self.filters.scope.currentData() == PAPER else ""
        there, states = self._notebook.annotations, wanted.state is not None
        marks = [
            mark for mark in there
            if (not paper_id or paper_id == mark.anchor.paper_id)
            and wanted.takes(mark, not states or self._is_current(mark))
        ]  # fmt: skip
        threads = threads_of(marks, {mark.id: mark for mark in there})
        if self.filters.order.currentData() != PLACE:
            newest = self.filters.order.currentData() == NEWEST
            for thread in sorted(threads, key=lambda thread: thread.changed, reverse=newest):
                yield from self._thread_rows(thread, partial(self._paper_and_place, thread.first.anchor), "in time")
            return
        threads.sort(key=lambda thread: _place_in(order, thread.first))
        before, counts = "", Counter(mark.anchor.paper_id for mark in marks)
        for thread in threads:
            if thread.first.anchor.paper_id != before:
                before = thread.first.anchor.paper_id
                yield self._heading(before, counts[before])
            yield from self._thread_rows(thread, partial(self._place, thread.first.anchor))

    def _thread_rows(self, thread: Thread, place: Callable[[], str], among: str = "") -> Iterable[Row]:
        """A note, and what answers it under it."""
        yield self._row(thread.first, place, among)
        for reply in thread.replies:
            yield self._row(reply, str, "reply")

    def _bookmark_rows(self) -> Iterable[Row]:
        assert self._notebook is not None
        wanted, order = self.filters.wanted, self._paper_order()
        for mark in sorted(
            self._notebook.bookmarks, key=lambda mark: (order.get(mark.paper_id, 999), mark.page, mark.y)
        ):
            if self._in_scope(mark.paper_id) and wanted.takes_bookmark(mark):
                yield bookmark_row(mark, self._place(Anchor(mark.paper_id, mark.sha256, mark.page, "")))

    def show_followed(self, found: "list[Followed]") -> None:
        """Notes of earlier packs that are about what stands in this one."""
        self._followed = found
        self.refresh()

    def _rows_followed(self) -> Iterable[Row]:
        """Those about the paper in sight, or its item."""
        paper, wanted = self._paper(self._paper_id), self.filters.wanted
        here = [
            each for each in self._followed
            if paper is not None and (each.spot.paper_id == self._paper_id or each.spot.item == paper.item)
        ]  # fmt: skip
        for number, each in enumerate(here):
            entry = each.note.entry
            if isinstance(entry, Annotation) and wanted.takes(entry, True, (each.note.paper,)):
                if number == 0:
                    yield Row("from earlier", (said(_FOLLOWED, strong=True),), _FOLLOWED, heading=True)
                day = say_date(date.fromisoformat(each.note.held_on), weekday=False)
                yield self._row(entry, partial(str, f"{day}, {each.note.paper}"), "followed")

    def _rows_elsewhere(self, bookmarks: bool) -> Iterable[Row]:
        """Those of the body's other packs, under the pack's name."""
        wanted, before = self.filters.wanted, ""
        for note in self._elsewhere.values():
            entry = note.entry
            if isinstance(entry, Annotation):
                taken = not bookmarks and wanted.takes(entry, note.current, (note.paper,))
            else:
                taken = bookmarks and wanted.takes_bookmark(entry, (note.paper,))
            if not taken:
                continue
            if entry.pack_id != before:
                before = entry.pack_id
                yield Row(
                    f"in {before}", (said(note.pack, strong=True, most=2),), note.pack, heading=True, tip=note.pack
                )
            place = ", ".join(part for part in (note.paper, f"p {note.label}" if note.label else "") if part)
            if isinstance(entry, Bookmark):
                yield bookmark_row(entry, place)
            else:
                yield self._row(entry, partial(str, place), "elsewhere")

    def _forget(self) -> None:
        """Nothing is remembered of notes that are not shown any more."""
        self._made.clear()
        self.filters.spelled.forget()
        self.list.forget()

    def _row(self, mark: Annotation, place: Callable[[], str], among: str = "") -> Row:
        """Its row; made once for as long as nothing of it changes. among: which list it stands in."""
        known, how = self._made.get(mark.id), (among, self._is_whole)
        if known is None or known[0] is not mark or known[1] != how:
            known = self._made[mark.id] = mark, how, note_row(mark, self._shown(mark, place(), int(among == "reply")))
        return known[2]

    def relook(self) -> None:
        """The look has changed, or who people are."""
        self._made.clear()
        self.refresh()

    def _shown(self, mark: Annotation, place: str, level: int = 0) -> Shown:
        return Shown(self._theme.note_name(mark.colour), place, self._is_whole, self.say_seen(mark.sharing), level)

    def _authors(self) -> dict[str, str]:
        marks = self._notebook.annotations if self._notebook is not None else []
        entries = [*marks, *(note.entry for note in self._elsewhere.values())]
        found = {mark.sharing.by: mark.sharing.name for mark in entries if isinstance(mark, Annotation)}
        return dict(sorted(((by, name) for by, name in found.items() if by), key=lambda each: each[1]))

    def _is_current(self, mark: Annotation) -> bool:
        paper = self._paper(mark.anchor.paper_id)
        return paper is not None and paper.version == mark.anchor.sha256

    def _paper_and_place(self, anchor: Anchor) -> str:
        paper = self._paper(anchor.paper_id)
        return ", ".join(part for part in (self._place(anchor), paper.title if paper else "") if part)

    def _paper_order(self) -> dict[str, int]:
        papers = self._book.papers if self._book else ()
        return {paper.paper_id: place for place, paper in enumerate(papers)}

    def _paper(self, paper_id: str) -> BookPaper | None:
        return self._papers.get(paper_id)

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


def _place_in(order: dict[str, int], mark: Annotation) -> tuple[int, int, float, str]:
    """Where a note comes in the book."""
    return (order.get(mark.anchor.paper_id, len(order)), *mark.place, mark.created)
