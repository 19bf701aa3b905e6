"""What helps a reader along, joined: contents, small pictures, what is left, what counts as read, printed numbers."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from desktop.packs.book import Book, BookPage
from desktop.ui.panels.contents import ContentsPanel
from desktop.ui.panels.page_box import PageBox
from desktop.ui.panels.pages_panel import PageMarks, PagesPanel
from desktop.ui.panels.reading_desk import ReadingDesk
from desktop.ui.panels.side_panel import SidePanel
from desktop.ui.panels.spine import Spine
from desktop.ui.reading.agenda_menu import AgendaMenu
from desktop.ui.reading.asked import Asked
from desktop.ui.reading.contents import Contents
from desktop.ui.reading.going import Going
from desktop.ui.reading.pacing import Pacing
from desktop.ui.reading.pane import Pane
from desktop.ui.reading.renumbering import Renumbering, Say
from desktop.ui.reading.split import Split


class Guidance(QObject):
    """Owns its panels and adds them to the side.

    holder, room: what pop-ups lie in, and where. say: a sentence for the reader, with a way to take it back.
    """

    def __init__(
        self,
        desk: ReadingDesk,
        split: Split,
        going: Going,
        spine: Spine,
        side: SidePanel,
        box: PageBox,
        holder: QWidget,
        room: Callable[[], QRect],
        say: Say,
    ) -> None:
        super().__init__(spine)
        self._split, self._side = split, side
        self.contents = ContentsPanel(desk.theme)
        self.pages = PagesPanel(desk.theme, self._picture, self._marks_on)
        side.add(self.contents, "Contents")
        side.add(self.pages, "Pages")
        self.sections = Contents(self.contents, split, going, desk)
        self.pacing = Pacing(split, spine, desk)
        self.renumbering = Renumbering(box, split, desk, holder, room, say)
        self.menu = AgendaMenu(spine, split, self.pacing)
        self.asked = Asked(spine, desk)
        self.pages.page_asked.connect(going.to_page)

    def watch(self, pane: Pane) -> None:
        """A pane was made."""
        pane.canvas.picture_arrived.connect(
            lambda number: self.pages.picture_came(number) if pane is self._split.in_use else None
        )
        self.pacing.watch(pane)

    def begin(self) -> None:
        """A pack was opened."""
        self.pacing.begin()

    def show_book(self, book: Book) -> None:
        """The pack's book is another one."""
        self.pages.show_book(book)
        self.sections.renew()
        self.asked.learn(book.pack.id)

    def follow(self) -> None:
        """The reader is on another page."""
        self.pages.show_page(self._split.in_use.canvas.current_page())
        self.sections.follow()
        self.pacing.turn()

    def settle(self) -> None:
        """A panel was opened or closed, or marks changed."""
        self.sections.use(self._side.is_showing(self.contents))
        self.pages.refresh()

    def leave(self) -> None:
        """Before the pack is let go."""
        self.pacing.finish()
        self.sections.stop()
        self.pages.stop()

    def _picture(self, number: int) -> QImage | None:
        return self._split.in_use.canvas.thumbnail(number)

    def _marks_on(self, page: BookPage) -> PageMarks:
        notebook = self._split.in_use.pack.notebook if self._split.in_use.pack else None
        if notebook is None:
            return PageMarks()
        where = (page.paper.paper_id, page.index)
        marked = any((mark.paper_id, mark.page) == where for mark in notebook.bookmarks)
        return PageMarks(len(notebook.on_page(*where)), marked)
