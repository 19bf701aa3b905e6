"""The contents of the paper being read: its sections, where each begins, and the one we are in."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.packs.book import Book, BookPaper
from desktop.papers.headings import Heading
from desktop.papers.outline import Outline
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Text, inset
from desktop.ui.panels.page_words import say_page
from desktop.ui.panels.rows import Row, RowsView, said

_NONE = "No headings were found in this paper. The search (Ctrl+F) finds words in it."
_FOUND = "Put together from the headings on the pages."
_NOT_YET = "This paper has not been read through yet. Its contents come by themselves."


class ContentsPanel(QFrame):
    """Lists the sections of one paper. It asks to go to headings; it knows no canvas."""

    heading_asked = Signal(object, bool)  # Heading of the paper shown; True: in the other pane

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "side")
        self._book: Book | None = None
        self._paper: BookPaper | None = None
        self._outline: Outline | None = None
        self._page = 0
        self.title, self.origin = Text("", "strong"), Text("", "quiet")
        self.list = RowsView(theme, "Contents", self, keeps=False)
        self.list.chosen.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for label in (self.title, self.origin):
            column.addWidget(inset(label))
        column.addWidget(self.list, 1)

    @property
    def version(self) -> str:
        """The version whose contents are shown, "" for none."""
        return self._paper.version if self._paper else ""

    def show_paper(self, book: Book, paper: BookPaper, outline: Outline | None) -> None:
        """Show a paper's contents; None where they are not known yet."""
        self._book, self._paper, self._outline = book, paper, outline
        self.title.setText(paper.title)
        if outline is None:
            self.origin.say(_NOT_YET if not paper.trouble else paper.trouble)
        else:
            self.origin.say((_FOUND if outline.found else "") if outline.entries else _NONE)
        self.list.setVisible(bool(outline and outline.entries))
        self._refresh()

    def show_page(self, index: int) -> None:
        """The reader is on this page (from 0) of the paper."""
        if index != self._page:
            self._page = index
            self._refresh()
            self.list.bring_into_sight(str(self._now()))

    def stop(self) -> None:
        """Let go of the paper shown."""
        self._book, self._paper, self._outline = None, None, None
        self.title.setText("")
        self.origin.say("")
        self.list.show_rows([])

    def focus_list(self) -> None:
        """Put the keys into the contents, on the section being read."""
        if not self.list.put_cursor(str(self._now())):
            self.list.put_cursor_first()
        self.list.setFocus()

    def _refresh(self) -> None:
        self.list.show_rows(list(self._rows()))

    def _rows(self) -> Iterable[Row]:
        if self._outline is None or self._book is None or self._paper is None:
            return
        now = self._now()
        for place, heading in enumerate(self._outline.entries):
            if heading.page < self._paper.count:
                yield self._row(self._book, self._paper, place, heading, place == now)

    def _row(self, book: Book, paper: BookPaper, place: int, heading: Heading, now: bool) -> Row:
        where = say_page(book.pages[paper.first + heading.page])
        strong = heading.level == 1
        lines = (said(heading.title, strong=strong),)
        spoken = f"{heading.title}, {where}" + (". You are here." if now else "")
        return Row(str(place), lines, spoken, current=now, tip=heading.title, level=heading.level - 1, aside=where)

    def _now(self) -> int:
        """The section being read: the last that begins on this page or before, -1 before the first.

        Of several on this page the first, where the page begins with it or nothing goes before it.
        """
        entries = self._outline.entries if self._outline else ()
        before = [place for place, heading in enumerate(entries) if heading.page < self._page]
        here = [place for place, heading in enumerate(entries) if heading.page == self._page]
        return here[0] if here else (before[-1] if before else -1)

    def _choose(self, key: str, beside: bool) -> None:
        if self._outline is not None:
            self.heading_asked.emit(self._outline.entries[int(key)], beside)
