"""The reading view at work: a pane's paper as running text, beside its page or in its place, in step with it."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QSplitter

from desktop.packs.book import BookPage, BookPaper
from desktop.ui.kit.words import say_count
from desktop.ui.panels.reading_desk import ReadingDesk
from desktop.ui.panels.text_view import TextView
from desktop.ui.reading.pane import Pane
from desktop.ui.reading.text_source import OutlineOf, TextOfPage, TextSource

_NOT_READ = "The words of this page have not been read yet. They come as soon as the paper has been gone through."
_NO_WORDS = "This page has no words: it is a picture. Look at the page itself, or ask the secretary for the text."


class PaneText(QObject):
    """The text beside one pane. shown_changed: it was opened or closed."""

    shown_changed = Signal()

    def __init__(self, desk: ReadingDesk, outline_of: OutlineOf, pane: Pane, body: QSplitter) -> None:
        """body: holds the pane's pages, and will hold the text."""
        super().__init__(pane)
        self._pane = pane
        self.view = TextView(desk.theme)
        self.view.hide()
        body.addWidget(self.view)
        body.setChildrenCollapsible(False)
        self._source = TextSource(desk, outline_of, self)
        self._paper: BookPaper | None = None
        self._goal: tuple[int, float] | None = None
        self._following = False
        self.view.end_near.connect(self._go_on)
        self.view.before_wanted.connect(self._go_before)
        self.view.place_moved.connect(self._lead_page)
        self.view.left.connect(self.close)
        pane.page_changed.connect(self._follow_page)
        desk.theme.changed.connect(self._fill_anew)

    @property
    def is_open(self) -> bool:
        """Whether the text is shown."""
        return not self.view.isHidden()

    @property
    def is_alone(self) -> bool:
        """Whether it is shown in the page's place."""
        return self.is_open and self._pane.canvas.isHidden()

    def open(self, alone: bool) -> None:
        """Show it from the page in sight on; alone: instead of the page."""
        was_open = self.is_open
        self._pane.canvas.setVisible(not alone)  # first, so that it is never squeezed to nothing
        self.view.show()
        if not was_open:
            self._start()
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.shown_changed.emit()

    def close(self) -> None:
        """Back to the page alone, at the same place."""
        self._source.drop()
        self.view.hide()
        self._pane.canvas.show()
        self._pane.canvas.setFocus()
        self.shown_changed.emit()

    def leave(self) -> None:
        """The pack is left: nothing of it stays."""
        self._source.close()
        self._paper = None
        self.view.begin("", 0)
        self.view.hide()
        self._pane.canvas.show()

    # ---- filling

    def _start(self, top: float | None = None) -> None:
        """From the page in sight, and from the place at its top unless another is given."""
        page = self._pane.page
        if page is None:
            return
        if top is None:
            place = self._pane.canvas.place()
            top = place.y if (place.paper_id, place.page) == (page.paper.paper_id, page.index) else 0.0
        self._begin(page, top)

    def _begin(self, page: BookPage, top: float) -> None:
        self._paper, self._goal = page.paper, (page.index, top)
        title = page.paper.title if page.index == 0 else ""
        self.view.begin(title, page.index)
        if page.paper.path is None:
            self.view.add_page(page.label, [], [], page.paper.trouble or "This paper is not on this computer yet.")
            return
        self._want(page.index)

    def _fill_anew(self) -> None:
        if self.is_open and self._paper is not None:
            number, top = self.view.place()
            page = self._page_of(number)
            if page is not None:
                self._begin(page, top)

    def _go_on(self) -> None:
        paper, following = self._paper, self.view.pages_shown.stop
        if paper is not None and paper.path is not None and following < paper.count and not self._source.is_busy:
            self._want(following)

    def _go_before(self) -> None:
        first = self.view.pages_shown.start
        page = self._page_of(first - 1) if first else None
        if page is not None:
            self._begin(page, 0.0)

    def _want(self, index: int) -> None:
        page = self._page_of(index)
        if page is not None and self._paper is not None:
            self._source.want(self._paper, page, self._add)

    def _add(self, text: TextOfPage) -> None:
        page = self._page_of(text.page)
        if page is None or text.page != self.view.pages_shown.stop:
            return
        self.view.add_page(page.label, text.words, text.parts, _NO_WORDS if text.read else _NOT_READ)
        if self._goal is not None and self._goal[0] == text.page:
            goal, self._goal = self._goal, None
            self._following = True
            self.view.go_to(*goal)
            self._following = False
        if self.view.verticalScrollBar().maximum() < 2 * self.view.verticalScrollBar().pageStep():
            self._go_on()

    # ---- in step

    def _follow_page(self) -> None:
        """The page was turned: so is the text, unless it did the turning."""
        page = self._pane.page
        if not self.is_open or self._following or page is None:
            return
        if page.paper == self._paper and page.index in self.view.pages_shown:
            self._following = True
            self.view.go_to(page.index)
            self._following = False
        else:
            self._begin(page, 0.0)

    def _lead_page(self, index: int, top: float) -> None:
        """The text was scrolled: the page goes along."""
        paper = self._paper
        if self._following or paper is None or self._goal is not None:
            return
        self._following = True
        self._pane.canvas.go_to(paper.first + index, top or None, remember=False)
        self._following = False

    def _page_of(self, index: int) -> BookPage | None:
        pack, paper = self._pane.pack, self._paper
        if pack is None or paper is None or not 0 <= index < paper.count:
            return None
        number = paper.first + index
        return pack.book.pages[number] if number < len(pack.book.pages) else None


def say_state(text: PaneText) -> str:
    """For a screen reader, when it opens."""
    pages = len(text.view.pages_shown)
    return f"Reading view, {say_count(pages, 'page')} so far. Escape goes back to the page."
