"""The contents panel at work: follows the paper being read, and leads to its sections."""

from PySide6.QtCore import QObject

from desktop.annotations.anchor import Quad
from desktop.packs.book import BookPage, BookPaper
from desktop.papers.headings import Heading
from desktop.papers.outline import Outline
from desktop.reader.destination import Destination
from desktop.ui.panels.contents import ContentsPanel
from desktop.ui.panels.reading_desk import ReadingDesk
from desktop.ui.reading.going import Going
from desktop.ui.reading.split import Split


class Contents(QObject):
    """Joins the panel to the pane in use. Asks for contents only while the panel is in sight."""

    def __init__(self, panel: ContentsPanel, split: Split, going: Going, desk: ReadingDesk) -> None:
        super().__init__(panel)
        self._panel, self._split, self._going, self._desk = panel, split, going, desk
        self._asked = ""
        self._open = False
        panel.heading_asked.connect(self._go)

    def use(self, is_open: bool) -> None:
        """Whether the panel is in sight."""
        self._open = is_open
        self.follow()

    def follow(self) -> None:
        """The reader may be in another paper, or on another page of it."""
        page = self._split.in_use.page
        if page is None or not self._open:
            return
        if page.paper.version == self._panel.version:
            self._panel.show_page(page.index)
        elif page.paper.version != self._asked:
            self._ask(page)

    def renew(self) -> None:
        """The book is another one; what was not known of a paper may be known now."""
        page = self._split.in_use.page
        if page is not None and self._open:
            self._ask(page)

    def stop(self) -> None:
        """The pack is put away."""
        self._asked = ""
        self._panel.stop()

    def _ask(self, page: BookPage) -> None:
        self._asked = page.paper.version
        paper = page.paper
        self._desk.bridge.then(
            self._desk.guide.outline(paper.version), lambda outline: self._take(paper, outline), owner=self
        )

    def _take(self, paper: BookPaper, outline: Outline | None) -> None:
        pack, page = self._split.in_use.pack, self._split.in_use.page
        if self._asked == paper.version:
            self._asked = ""
        if pack is None or page is None or page.paper.version != paper.version:
            self.follow()
            return
        self._panel.show_paper(pack.book, page.paper, outline)
        self._panel.show_page(page.index)

    def _go(self, heading: Heading, beside: bool) -> None:
        pack = self._split.in_use.pack
        papers = pack.book.papers if pack else ()
        paper = next((each for each in papers if each.version == self._panel.version), None)
        if paper is None:
            return
        seen = heading.y1 > 0
        quads = (Quad(heading.page, heading.x0, heading.y0, heading.x1, heading.y1),) if seen else ()
        top = heading.y0 if seen else None
        self._going.go(Destination(paper.paper_id, heading.page, top, quads, version=paper.version), beside)
        self._split.in_use.setFocus()
