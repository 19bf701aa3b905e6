"""A pack that is open on the screen, in one pane or in more: its book, its notes, and what was seen of it."""

from collections import defaultdict
from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from desktop.annotations.notebook import Annotation, Notebook
from desktop.packs.book import Book, BookPage, BookPaper
from desktop.ui.panels.reading_desk import ReadingDesk


class OpenPack(QObject):
    """Reads its notebook as soon as it is made. Whoever shows the pack asks here, and listens."""

    notes_came = Signal()
    paper_read = Signal(str, set)  # paper id, the pages of it (from 0) seen by now
    is_earlier = False  # whether one of its papers is shown as it was in an earlier edition

    def __init__(self, desk: ReadingDesk, book: Book, seen: Iterable[tuple[str, int]], parent: QObject) -> None:
        """seen: (paper id, page from 0) of pages seen before."""
        super().__init__(parent)
        self._desk = desk
        self.book = book
        self.notebook: Notebook | None = None
        self._seen: dict[str, set[int]] = defaultdict(set)
        for paper_id, page in seen:
            self._seen[paper_id].add(page)
        self._begin()

    @property
    def id(self) -> str:
        """The pack's id."""
        return self.book.pack.id

    @property
    def seen(self) -> list[tuple[str, int]]:
        """(paper id, page from 0) of every page seen."""
        return [(paper_id, page) for paper_id, pages in self._seen.items() for page in pages]

    def paper(self, paper_id: str) -> BookPaper | None:
        """A paper of the book, None where it has none of this id."""
        return next((paper for paper in self.book.papers if paper.paper_id == paper_id), None)

    def marks_on(self, page: BookPage) -> list[Annotation]:
        """The marks of a page made on the version that is shown: boxes of another would lie on the wrong words. Replies
        stand under what they answer, in the panel."""
        marks = self.notebook.on_page(page.paper.paper_id, page.index) if self.notebook else []
        return [mark for mark in marks if mark.anchor.sha256 == page.paper.version and not mark.sharing.reply_to]

    def see(self, number: int) -> None:
        """A page of the book (from 0) has been seen; each is told to the desk once."""
        if number >= len(self.book.pages):
            return
        page = self.book.pages[number]
        paper_id = page.paper.paper_id
        if page.index not in self._seen[paper_id]:
            self._seen[paper_id].add(page.index)
            self.paper_read.emit(paper_id, set(self._seen[paper_id]))
            self._desk.page_seen(self.id, paper_id, page.index)

    def mark_read(self, paper_id: str, read: bool) -> None:
        """The member says so of a whole paper: every page counts as seen, or none."""
        paper = self.paper(paper_id)
        if paper is not None:
            self._seen[paper_id] = set(range(paper.count)) if read else set()
            self.paper_read.emit(paper_id, set(self._seen[paper_id]))
            self._desk.guide.mark_read(self.id, paper_id, paper.count, read)

    def close(self, seconds: float) -> bool:
        """Save the notes, waiting no longer than this, and let them go; whether all is in the store."""
        notebook, self.notebook = self.notebook, None
        saved = notebook.flush(seconds) if notebook is not None else True
        self.deleteLater()
        return saved

    def _begin(self) -> None:
        self._desk.bridge.then(self._desk.open_notebook(self.id), self._take_notebook, owner=self)

    def _take_notebook(self, notebook: Notebook) -> None:
        self.notebook = notebook
        self.notes_came.emit()
