"""The reader: the agenda, the page, one panel, and the bar over them."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.annotations.entries import COLOURS
from desktop.annotations.notebook import Notebook
from desktop.changes import Change, Event
from desktop.packs.book import Book
from desktop.reader.destination import Destination
from desktop.reader.history import Place
from desktop.reader.opened import Beside, Opened
from desktop.ui.panels.aloud_bar import AloudBar
from desktop.ui.panels.full_screen import FullScreen
from desktop.ui.panels.marking import Marking
from desktop.ui.panels.notes import NotesPanel
from desktop.ui.panels.panes import Panes
from desktop.ui.panels.reader_actions import ReaderActions
from desktop.ui.panels.reader_bar import ReaderBar
from desktop.ui.panels.reading_desk import ReadingDesk
from desktop.ui.panels.search import SearchPanel
from desktop.ui.panels.side_panel import SidePanel
from desktop.ui.panels.spine import Spine
from desktop.ui.reader.canvas import PageCanvas
from desktop.ui.reader.picture_store import PictureStore
from desktop.ui.reading.carried import Carried
from desktop.ui.reading.exchange import Exchange
from desktop.ui.reading.explaining import Explaining
from desktop.ui.reading.going import Going
from desktop.ui.reading.guidance import Guidance
from desktop.ui.reading.in_use import InUse
from desktop.ui.reading.keeping import Keeping
from desktop.ui.reading.lights import HitLights
from desktop.ui.reading.link_work import LinkWork
from desktop.ui.reading.looking import Looking
from desktop.ui.reading.noting import Noting
from desktop.ui.reading.open_pack import OpenPack
from desktop.ui.reading.open_packs import OpenPacks
from desktop.ui.reading.page_tools import PageTools
from desktop.ui.reading.pane import Pane
from desktop.ui.reading.printing import Printing
from desktop.ui.reading.reading_view import ReadingView
from desktop.ui.reading.searching import Searching
from desktop.ui.reading.sight_note import Legibility
from desktop.ui.reading.since_last_time import SinceLastTime
from desktop.ui.reading.split import Split
from desktop.ui.reading.tooling import Tooling
from desktop.ui.reading.walking import Walking

__all__ = ["ReaderScreen", "ReadingDesk"]

_RETRY_MS = 2000
_FLUSH_SECONDS = 10.0


class ReaderScreen(QWidget):
    """Reads packs in one pane or two. What each feature does stands in `desktop.ui.reading`; here they are joined."""

    close_requested = Signal()
    lock_requested = Signal()
    sheet_wanted = Signal()
    pack_changed = Signal(object)  # Pack, of the pane in use

    def __init__(self, desk: ReadingDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pack: OpenPack | None = None  # what bar and panels show: that of the pane in use
        self.pictures = PictureStore(desk.pdf, desk.bridge, self)
        self.packs = OpenPacks(desk, self)
        self._make_panels(desk)
        self._make_features(desk)
        self._retry_timer = QTimer(self)
        self._retry_timer.setSingleShot(True)
        self._retry_timer.setInterval(_RETRY_MS)
        self._retry_timer.timeout.connect(self._retry)
        self._lay_out()
        self._connect_actions()
        self._connect_parts()
        self._show_state()

    @property
    def pane(self) -> Pane:
        """The pane in use."""
        return self.split.in_use

    @property
    def canvas(self) -> PageCanvas:
        """The pages of the pane in use."""
        return self.pane.canvas

    # ---- what the window asks

    def show_pack(
        self, book: Book, place: Place | None, seen: Iterable[tuple[str, int]] = (), beside: Beside | None = None
    ) -> None:
        """Open a pack where it was left. seen: (paper id, page from 0) of pages seen before."""
        if self._pack is not None:
            self.leave()
        pack = self.packs.add(Opened(book, place, frozenset(seen)))
        self.pane.show_pack(pack, place)
        self._follow()
        self.keeping.begin(pack.id, beside)
        self.guidance.begin()
        self.canvas.setFocus()

    @property
    def is_open(self) -> bool:
        """Whether anything is being read."""
        return self._pack is not None

    def update_book(self, book: Book) -> None:
        """Papers arrived, or a new edition of an open pack; places are kept."""
        if self.packs.take_book(book):
            if self._pack is not None and self._pack.id == book.pack.id:
                self._show_book()
            for pane in self.split.panes:
                if pane.pack is not None and pane.pack.id == book.pack.id:
                    pane.take_book()

    def open_place(
        self, paper_id: str, page: int, words: str = "", pack_id: str = "", y: float | None = None, beside: bool = False
    ) -> None:
        """Go to a page (from 0) of a paper of the open pack or another; words: look for these and mark them.

        y: points down the page. beside: in the other pane.
        """
        if words:
            self.searching.look_for(words, paper_id, page)
        self.going.go(Destination(paper_id, page, y, words=words, pack_id=pack_id), beside)

    def leave(self) -> bool:
        """Save everything before closing or locking, and let all go; whether all is in the store."""
        self.marking.close_all()
        self.notes.have_read()
        self.links.leave()
        self.since.stop()
        self.printing.stop()
        self.exchange.stop()
        self.guidance.leave()
        self.tools.leave()
        self.text.leave()
        self._retry_timer.stop()
        self.keeping.keep()
        if self._pack is not None:
            self.marking.use(self._pack.book, None)
        self._pack = None
        self.split.close_all()
        saved = self.packs.close(_FLUSH_SECONDS)
        self.search.stop()
        self.notes.stop()
        self._show_state()
        return saved

    # ---- building

    def _make_panels(self, desk: ReadingDesk) -> None:
        theme, bridge = desk.theme, desk.bridge
        self.commands = ReaderActions(self, theme)
        self.bar = ReaderBar(theme, self.commands)
        self.spine = Spine(theme)
        self.aloud_bar = AloudBar(theme)
        self.notes = NotesPanel(theme)
        self.search = SearchPanel(theme, bridge, desk.finder, desk.illegible)
        self.side = SidePanel(theme)
        self.side.add(self.notes, "Notes and bookmarks")
        self.side.add(self.search, "Search")
        self.split = Split(lambda: Pane(desk, self.packs, self.pictures))
        self.in_use = InUse(self.split)
        self.panes = Panes(theme, self.spine, self.split, self.side)
        self.walking = Walking(self.panes, self.spine, self.split, self.side, self._panel_focus)

    def _make_features(self, desk: ReadingDesk) -> None:
        self.marking = Marking(desk.theme, self.in_use, self, self._page_room)
        self.legibility = Legibility(desk, self.split)
        self.lights = HitLights(self.search.finds, self.split, desk.finder, desk.bridge, desk.theme)
        self.going = Going(self.split, self.packs, self.spine, self.lights, self.marking.say)
        say, want, show = self.marking.say, self._want_panel, self._open_panel
        self.links = LinkWork(desk, self.commands, self.pictures, self.split, self.going, self.side, want, say, self)
        self.linking = self.links.linking
        self.since = SinceLastTime(desk, self.commands, self.split, self.going, self.side, want, say)
        self.keeping = Keeping(desk, self.split, self.packs)
        self.guidance = Guidance(
            desk, self.split, self.going, self.spine, self.side, self.bar.page_box, self, self._page_room,
            self.marking.say,
        )  # fmt: skip
        self.tooling = Tooling(self.commands, self.marking, self.split)
        self.looking = Looking(self.commands, self.bar, desk.theme, lambda: self.canvas, self)
        self.tools = PageTools(desk, self.commands, self.marking, lambda: self.pane, self)
        self.tools.also.append(self.links.add_to_menu)
        self._spine_before = True
        self.full = FullScreen(self, [self.bar], self._show_around, self.marking.say)
        self.carried = Carried(desk, self.split, self.packs, self.side, self._open_panel, self.marking.say)
        self.guidance.menu.changes_asked.connect(self.carried.changes.start)
        self.guidance.menu.since_asked.connect(self.since.start)
        self.noting = Noting(self.notes, self.marking, self.going, self.split, self.packs, desk, self)
        self.printing = Printing(desk, self.marking.say, self)
        self.exchange = Exchange(desk, self.marking, self)
        self.text = ReadingView(desk, desk.guide.outline, self.aloud_bar, self.marking.say)
        self.text.changed.connect(self._show_state)
        self.explaining = Explaining(desk.bridge, desk.explain, self.marking.say, self)
        self.searching = Searching(self.search, self.split, self.going, self.lights, partial(show, self.search))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.panes, 1)
        column.addWidget(self.aloud_bar)

    def _connect_actions(self) -> None:
        do, marking, going, split = self.commands, self.marking, self.going, self.split
        canvas, pane = self.in_use.canvas_does, self.in_use.pane_does
        guidance = self.guidance
        for action, act in (
            (do.shelf, self.close_requested.emit), (do.lock, self.lock_requested.emit),
            (do.back, pane(Pane.back)), (do.forward, pane(Pane.forward)),
            (do.page, self._focus_page_box),
            (do.next_item, lambda: going.to_item(True)), (do.previous_item, lambda: going.to_item(False)),
            (do.full_screen, self.full.toggle), (do.copy, canvas(PageCanvas.copy)),
            (do.note, marking.write_note), (do.bookmark, marking.toggle_bookmark),
            (do.undo, marking.undo), (do.redo, marking.redo),
            (do.find, lambda: self.searching.start(False)), (do.find_everywhere, lambda: self.searching.start(True)),
            (do.find_next, lambda: self.searching.step(True)), (do.find_previous, lambda: self.searching.step(False)),
            (do.split, lambda: going.split() if do.split.isChecked() else split.close_other()),
            (do.close_pane, pane(split.close_pane)), (do.swap_panes, split.swap),
            (do.links_beside, lambda: split.receive(split.other(self.pane) if do.links_beside.isChecked() else None)),
            (do.move_over, going.move_over), (do.panes, self.walking.step),
            (do.sheet, self.sheet_wanted.emit), (do.print, lambda: self._at_page(self.printing.open)),
            (do.export, lambda: self._at_page(self.exchange.export)),
            (do.import_notes, lambda: self._at_page(self.exchange.bring)),
            (do.text, lambda: self.text.toggle(self.pane, alone=True)),
            (do.text_beside, lambda: self.text.toggle(self.pane, alone=False)),
            (do.aloud, lambda: self.text.toggle_aloud(self.pane)),
            (do.explain, lambda: self.explaining.ask(self.canvas, self.pane.pack)),
            (do.spine, lambda: self._want_spine(do.spine.isChecked())),
            (do.notes, lambda: self._want_panel(self.notes, do.notes.isChecked())),
            (do.contents, lambda: self._want_panel(guidance.contents, do.contents.isChecked())),
            (do.pages, lambda: self._want_panel(guidance.pages, do.pages.isChecked())),
            (do.times, lambda: guidance.pacing.want(not guidance.pacing.wanted)),
            (do.printed_as, guidance.renumbering.start),
        ):  # fmt: skip
            action.triggered.connect(lambda _checked=False, act=act: act())

    def _connect_parts(self) -> None:
        marking = self.marking
        for pane in self.split.panes:
            self._connect_pane(pane)
        self.split.made.connect(self._connect_pane)
        self.notes.counted.connect(self.commands.tell_new)
        self.split.in_use_changed.connect(self._follow)
        self.split.changed.connect(self._panes_changed)
        self.packs.notes_came.connect(self._take_notes)
        self.packs.paper_read.connect(self._tell_read)
        self.packs.refused.connect(marking.say)
        marking.changed.connect(self._marks_changed)
        marking.tool_changed.connect(self._show_state)
        marking.closed.connect(self._focus_pages)
        marking.bar.copy_asked.connect(self.in_use.canvas_does(PageCanvas.copy))
        self.bar.zoom.field.refused.connect(marking.say)
        self.bar.page_box.page_asked.connect(self.in_use.canvas_does(PageCanvas.go_to))
        self.bar.page_box.refused.connect(marking.say)
        self.bar.page_box.left.connect(self._focus_pages)
        self.spine.page_asked.connect(self.going.to_paper)
        self.spine.reason_asked.connect(marking.say)
        self.side.close_asked.connect(self._close_panel)
        self.guidance.pacing.changed.connect(self._show_state)
        self._desk.bridge.changed.connect(self._changed)

    def _connect_pane(self, pane: Pane) -> None:
        """Panels and what floats hear only of the pane in use."""
        canvas, marking = pane.canvas, self.marking

        def if_used(act: Callable[..., None]) -> Callable[..., None]:
            return lambda *told: act(*told) if pane is self.pane else None

        pane.page_changed.connect(lambda: self._page_changed(pane))
        pane.trail_changed.connect(self._show_state)
        pane.settled.connect(self.keeping.keep)
        self.looking.watch(canvas)
        self.tools.watch(pane)
        self.guidance.watch(pane)
        self.links.watch(pane)
        self.tooling.watch(pane)
        self.noting.watch(pane)
        self.explaining.watch(canvas, lambda: pane.pack)
        canvas.selection_changed.connect(if_used(marking.selection_changed))
        canvas.selection_finished.connect(if_used(marking.selection_made))
        canvas.annotation_clicked.connect(if_used(marking.edit))
        canvas.trouble.connect(marking.say)

    # ---- keys and size

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no part took: Esc closes the nearest thing, digits pick colours."""
        digit = event.key() - Qt.Key.Key_1
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Escape:
            self._escape()
        elif plain and 0 <= digit < len(COLOURS):
            self.marking.pick(COLOURS[digit])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What floats stays over the page."""
        super().resizeEvent(event)
        self.marking.resettle()

    def _escape(self) -> None:
        if self.linking.close() or self.marking.escape():
            self.canvas.setFocus()
        elif not self.side.isHidden():
            self._close_panel()
        else:
            self.full.leave()

    def _page_room(self) -> QRect:
        """The part of the screen the page takes, without its scroll bar."""
        port = self.canvas.viewport()
        return QRect(port.mapTo(self, QPoint(0, 0)), port.size()).adjusted(8, 8, -8, -8)

    def _focus_pages(self) -> None:
        self.canvas.setFocus()

    def _focus_page_box(self) -> None:
        self.bar.page_box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_around(self, shown: bool) -> None:
        """What stands beside the page: for full screen it steps aside."""
        if not shown:
            self._close_panel()  # first: beside an open panel the agenda may only have stepped aside
            self._spine_before = self.panes.spine_shown
        self._want_spine(self._spine_before and shown)

    def _at_page(self, act: Callable[[OpenPack, int], None]) -> None:
        if self._pack is not None:
            act(self._pack, self.canvas.current_page())

    # ---- panels

    def _want_spine(self, wanted: bool) -> None:
        self.panes.want_spine(wanted)
        self._show_state()

    def _want_panel(self, panel: QWidget, wanted: bool) -> None:
        if wanted:
            self._open_panel(panel)
            self._panel_focus()
        else:
            self._close_panel()

    def _open_panel(self, panel: QWidget) -> None:
        self.side.show_panel(panel)
        self.panes.open_panel(True)
        self._show_state()
        self.marking.resettle()

    def _close_panel(self) -> None:
        self.panes.open_panel(False)
        self.carried.closed()
        self._show_state()
        self.marking.resettle()
        self.canvas.setFocus()

    def _panel_focus(self) -> None:
        """Put the keys into the panel that is open."""
        guidance = self.guidance
        own = (self.notes, self.links.panel, self.since.panel)
        for panel in (*own, guidance.contents, guidance.pages, *self.carried.panels):
            if self.side.is_showing(panel):
                panel.focus_list()
        if self.side.is_showing(self.search):
            self.search.start()

    # ---- marking

    def _take_notes(self, pack: OpenPack) -> None:
        for pane in self.split.panes:
            if pane.pack is pack:
                pane.canvas.marks_changed(None)
        if pack is self._pack:
            self.marking.use(pack.book, pack.notebook)
            self._show_notes()
            self._show_state()

    def _marks_changed(self, paper_id: str) -> None:
        if paper_id:
            for pane in self.split.panes:
                pane.canvas.marks_changed(paper_id)
        self.notes.refresh()
        self.carried.refresh()
        self._show_state()

    def _retry(self) -> None:
        """Try again, for as long as the store refuses."""
        notebook = self.marking.notebook
        if notebook is not None and notebook.failed:
            notebook.retry()
            self._retry_timer.start()
        self.marking.editor.show_state()

    # ---- what happened

    def _changed(self, change: Change) -> None:
        if change.event is Event.STORE_FAILED and self._pack is not None and change.pack_id == self._pack.id:
            self.marking.editor.show_state()
            self._retry_timer.start()

    def _show_book(self) -> None:
        if self._pack is not None:
            book = self._pack.book
            self.spine.show_book(book, self._pack.seen)
            self.bar.page_box.show_book(book)
            self.search.show_book(book)
            self.guidance.show_book(book)
            self.marking.use(book, self._pack.notebook)
            self._show_notes()

    def _show_notes(self) -> None:
        if self._pack is not None and self._pack.notebook is not None:
            self.notes.show_notes(self._pack.book, self._pack.notebook)

    def _follow(self) -> None:
        """Another pane is in use, or another pack in it: bar and panels follow."""
        pack, tool, stays = self.pane.pack, self.marking.tool, self.marking.stays
        self.marking.close_all()
        self.marking.use_tool(tool, stays)
        if pack is not self._pack and pack is not None:
            self._pack = pack
            self._show_book()
            self.pack_changed.emit(pack.book.pack)
        self.looking.show()
        self.tools.show()
        self._show_page()
        self._show_state()

    def _panes_changed(self) -> None:
        self.lights.show_all()
        self.marking.resettle()
        self._show_state()
        self.keeping.keep()

    def _page_changed(self, pane: Pane) -> None:
        if pane is self.pane:
            if pane.pack is not self._pack:
                self._follow()
            else:
                self._show_page()

    def _show_page(self) -> None:
        page = self.pane.page
        if page is not None:
            self.bar.page_box.show_page(self.canvas.current_page())
            self.search.show_page(self.canvas.current_page())
            self.spine.mark_current(page.paper.paper_id)
            self.guidance.follow()
            self._show_state()

    def _tell_read(self, pack: OpenPack, paper_id: str, pages: set[int]) -> None:
        if pack is self._pack:
            self.spine.mark_seen(paper_id, pages)

    def _show_state(self) -> None:
        """Bring every button to what can be done now."""
        do, marking = self.commands, self.marking
        notebook: Notebook | None = marking.notebook
        page = self.pane.page
        do.back.setEnabled(self.pane.can_go_back)
        do.forward.setEnabled(self.pane.can_go_forward)
        for action in (do.close_pane, do.swap_panes, do.links_beside):
            action.setEnabled(self.split.is_split)
        do.split.setChecked(self.split.is_split)
        do.links_beside.setChecked(self.split.receiver not in (None, self.pane))
        do.spine.setChecked(self.panes.spine_shown)
        do.notes.setChecked(self.side.is_showing(self.notes))
        do.contents.setChecked(self.side.is_showing(self.guidance.contents))
        do.pages.setChecked(self.side.is_showing(self.guidance.pages))
        do.times.setChecked(self.guidance.pacing.wanted)
        self.guidance.settle()
        self.links.show_state()
        self.since.show_state()
        self.tooling.show_state()
        do.bookmark.setChecked(page is not None and marking.bookmark_on(page) is not None)
        for action in (do.note, do.bookmark):
            action.setEnabled(notebook is not None)
        do.text.setChecked(self.text.is_open(self.pane, alone=True))
        do.text_beside.setChecked(self.text.is_open(self.pane, alone=False))
        do.aloud.setChecked(self.text.aloud.is_on)
        do.tell_undo(notebook.undo_name if notebook else "", notebook.redo_name if notebook else "")
