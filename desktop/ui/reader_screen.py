"""The reader: the agenda, the page, one panel, and the bar over them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop.annotations.anchor import Quad
from desktop.annotations.entries import COLOURS
from desktop.annotations.notebook import Annotation, Bookmark, Notebook
from desktop.changes import Change, Event
from desktop.packs.book import Book, BookPage, BookPaper
from desktop.reader.history import Place
from desktop.search.finder import Hit
from desktop.ui.panels.hit_lights import HitLights
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

__all__ = ["ReaderScreen", "ReadingDesk"]

_PLACE_PAUSE_MS = 1000
_RETRY_MS = 2000
_FLUSH_SECONDS = 10.0
_ABOVE = 80.0  # points of page to show over what was jumped to
_LONGEST_LOOKUP = 80  # letters of a selection worth looking up


class ReaderScreen(QWidget):
    """Reads one pack at a time."""

    close_requested = Signal()
    lock_requested = Signal()
    open_place_requested = Signal(str, str, int, str)  # pack id, paper id, page from 0, words searched for

    def __init__(self, desk: ReadingDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._book: Book | None = None
        self._seen: dict[str, set[int]] = defaultdict(set)
        theme, bridge = desk.theme, desk.bridge
        self.commands = ReaderActions(self, theme)
        self.bar = ReaderBar(theme, self.commands)
        self.spine = Spine(theme)
        self.canvas = PageCanvas(desk.pdf, desk.words, bridge, theme)
        self.notes = NotesPanel(theme)
        self.search = SearchPanel(theme, bridge, desk.finder, desk.pack_of, desk.textless)
        self.side = SidePanel(theme)
        self.side.add(self.notes, "Notes and bookmarks")
        self.side.add(self.search, "Search")
        self.panes = Panes(theme, self.spine, self.canvas, self.side)
        self.marking = Marking(theme, self.canvas, self, self._page_room)
        self.lights = HitLights(desk.words, bridge, self.canvas.set_hits, self)
        self._place_timer = self._make_timer(_PLACE_PAUSE_MS, self._save_place)
        self._retry_timer = self._make_timer(_RETRY_MS, self._retry)
        self._lay_out()
        self._connect_actions()
        self._connect_parts()
        self._show_state()

    # ---- what the window asks

    def show_pack(self, book: Book, place: Place | None, seen: Iterable[tuple[str, int]] = ()) -> None:
        """Open a pack where it was left. seen: (paper id, page from 0) of pages seen before."""
        if self._book is not None:
            self.leave()
        self._book = book
        self._seen = defaultdict(set)
        for paper_id, page in seen:
            self._seen[paper_id].add(page)
        self._show_book(book)
        self.canvas.set_marks(self._marks_on)
        self.canvas.show_book(book, place)
        self._page_changed(self.canvas.current_page())
        pack_id = book.pack.id
        self._desk.bridge.then(
            self._desk.open_notebook(pack_id), lambda notebook: self._take_notebook(pack_id, notebook), owner=self
        )
        self.canvas.setFocus()

    def update_book(self, book: Book) -> None:
        """Papers arrived, or a new edition of the open pack; the place is kept."""
        self._book = book
        self._show_book(book)
        self.canvas.update_book(book)
        self.canvas.marks_changed(None)
        self._page_changed(self.canvas.current_page())

    def open_place(self, paper_id: str, page: int, words: str = "") -> None:
        """Go to a page (from 0) of a paper of the open pack; words: look for these and mark them."""
        if words:
            self._open_panel(self.search)
            self.search.start(all_packs=None, words=words)
        paper = self._paper(paper_id)
        if paper is not None and paper.count:
            self._go_to_hit(Hit(self._pack_id(), paper_id, paper.version, page, ()), words)

    def leave(self) -> bool:
        """Save everything before closing or locking, and let the notes go; whether all is in the store."""
        self.marking.close_all()
        self._save_place()
        notebook = self.marking.notebook
        saved = notebook.flush(_FLUSH_SECONDS) if notebook is not None else True
        self._retry_timer.stop()
        if self._book is not None:
            self.marking.use(self._book, None)
        self.search.stop()
        self.notes.stop()
        self.lights.clear()
        self._book = None
        self._show_state()
        return saved

    # ---- building

    def _make_timer(self, pause: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(pause)
        timer.timeout.connect(act)
        return timer

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.panes, 1)
        self.canvas.setAccessibleName("Pages")

    def _connect_actions(self) -> None:
        do, canvas, marking = self.commands, self.canvas, self.marking
        for action, act in (
            (do.shelf, self.close_requested.emit), (do.lock, self.lock_requested.emit),
            (do.back, canvas.back), (do.forward, canvas.forward), (do.page, self._focus_page_box),
            (do.next_item, lambda: self._step_item(True)), (do.previous_item, lambda: self._step_item(False)),
            (do.zoom_in, canvas.zoom_in), (do.zoom_out, canvas.zoom_out),
            (do.fit_width, canvas.fit_width), (do.fit_page, canvas.fit_page), (do.full_screen, self._toggle_full),
            (do.note, marking.write_note), (do.bookmark, marking.toggle_bookmark), (do.copy, canvas.copy),
            (do.cite, marking.copy_cited), (do.undo, marking.undo), (do.redo, marking.redo),
            (do.find, lambda: self._search(False)), (do.find_everywhere, lambda: self._search(True)),
            (do.find_next, lambda: self._step_find(True)), (do.find_previous, lambda: self._step_find(False)),
            (do.panes, self._next_pane), (do.highlight, self._press_highlight),
            (do.spine, lambda: self._want_spine(do.spine.isChecked())),
            (do.notes, lambda: self._want_panel(self.notes, do.notes.isChecked())),
        ):  # fmt: skip
            action.triggered.connect(lambda _checked=False, act=act: act())

    def _connect_parts(self) -> None:
        canvas, marking = self.canvas, self.marking
        canvas.page_changed.connect(self._page_changed)
        canvas.place_changed.connect(self._place_timer.start)
        canvas.history_changed.connect(self._show_state)
        canvas.zoom_changed.connect(self.bar.show_zoom)
        canvas.selection_changed.connect(marking.selection_changed)
        canvas.selection_finished.connect(marking.selection_made)
        canvas.annotation_clicked.connect(marking.edit)
        canvas.page_seen.connect(self._see)
        canvas.trouble.connect(marking.say)
        marking.changed.connect(self._marks_changed)
        marking.pen_changed.connect(self._show_state)
        marking.closed.connect(canvas.setFocus)
        marking.bar.copy_asked.connect(canvas.copy)
        self.bar.zoom_asked.connect(canvas.set_zoom)
        self.bar.page_box.page_asked.connect(canvas.go_to)
        self.bar.page_box.refused.connect(marking.say)
        self.bar.page_box.left.connect(canvas.setFocus)
        self.spine.page_asked.connect(self._go_to)
        self.spine.reason_asked.connect(marking.say)
        self.side.close_asked.connect(self._close_panel)
        self._connect_panels()
        self._desk.bridge.changed.connect(self._changed)

    def _connect_panels(self) -> None:
        self.notes.chosen.connect(self._go_to_entry)
        self.notes.editing_asked.connect(self._edit_entry)
        self.notes.removal_asked.connect(self.marking.remove)
        self.notes.menu_asked.connect(self._entry_menu)
        self.search.hit_chosen.connect(self._go_to_hit)
        self.search.found.connect(self._light)

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
        if self.marking.escape():
            self.canvas.setFocus()
        elif not self.side.isHidden():
            self._close_panel()

    def _page_room(self) -> QRect:
        """The part of the screen the page takes, without its scroll bar."""
        port = self.canvas.viewport()
        return QRect(port.mapTo(self, QPoint(0, 0)), port.size()).adjusted(8, 8, -8, -8)

    # ---- going places

    def _go_to(self, page: int) -> None:
        self.canvas.go_to(page)
        self.canvas.setFocus()

    def _focus_page_box(self) -> None:
        self.bar.page_box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _step_item(self, forward: bool) -> None:
        """To the first page of the next item, or of this one and then the one before."""
        starts, now = self.spine.item_starts(), self.canvas.current_page()
        ahead = (
            [start for start in starts if start > now] if forward else [start for start in starts if start < now][::-1]
        )
        if ahead:
            self.canvas.go_to(ahead[0])

    def _go_to_entry(self, entry_id: str) -> None:
        """To a note or a bookmark, which flashes."""
        entry = self.marking.notebook.get(entry_id) if self.marking.notebook else None
        if isinstance(entry, Annotation):
            paper, (page, top), quads = self._paper(entry.anchor.paper_id), entry.place, entry.anchor.quads
            same = paper is not None and paper.version == entry.anchor.sha256
            flash = [quad for quad in quads if quad.page == page] if same else []
        elif isinstance(entry, Bookmark):
            paper, page, top, flash = self._paper(entry.paper_id), entry.page, entry.y, []
        else:
            return
        if paper is None or not paper.count:
            self.marking.say("The paper this was made on is no longer in this pack.")
            return
        self.canvas.go_to(paper.first + min(page, paper.count - 1), max(0.0, top - _ABOVE) if top else None, flash)

    def _edit_entry(self, entry_id: str) -> None:
        self._go_to_entry(entry_id)
        self.marking.edit(entry_id)

    def _entry_menu(self, entry_id: str, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entry = self.marking.notebook.get(entry_id) if self.marking.notebook else None
        menu.addAction("Go there", lambda: self._go_to_entry(entry_id))
        name = "Edit the note" if isinstance(entry, Annotation) else "Rename"
        menu.addAction(name, lambda: self._edit_entry(entry_id)).setShortcut("F2")
        if isinstance(entry, Annotation) and entry.anchor.exact:
            anchor = entry.anchor
            menu.addAction("Copy the words with where they stand", lambda: self.marking.copy_quote(anchor))
        menu.addSeparator()
        menu.addAction("Delete", lambda: self.marking.remove(entry_id)).setShortcut("Del")
        menu.popup(at)

    # ---- panels

    def _want_spine(self, wanted: bool) -> None:
        self.panes.want_spine(wanted)
        self._show_state()

    def _want_panel(self, panel: QWidget, wanted: bool) -> None:
        if wanted:
            self._open_panel(panel)
            if panel is self.notes:
                self.notes.focus_list()
        else:
            self._close_panel()

    def _open_panel(self, panel: QWidget) -> None:
        self.side.show_panel(panel)
        self.panes.open_panel(True)
        self._show_state()
        self.marking.resettle()

    def _close_panel(self) -> None:
        self.panes.open_panel(False)
        self._show_state()
        self.marking.resettle()
        self.canvas.setFocus()

    def _next_pane(self) -> None:
        """Agenda, page, panel, and round again."""
        stops: list[tuple[QWidget, Callable[[], None]]] = [(self.canvas, self.canvas.setFocus)]
        if self.panes.spine_shown:
            stops.insert(0, (self.spine, self.spine.focus_list))
        if self.side.is_showing(self.notes):
            stops.append((self.side, self.notes.focus_list))
        elif self.side.is_showing(self.search):
            stops.append((self.side, self.search.start))
        now = next((place for place, (part, _) in enumerate(stops) if _holds_focus(part)), -1)
        stops[(now + 1) % len(stops)][1]()

    # ---- searching

    def _search(self, all_packs: bool) -> None:
        selected = " ".join(self.canvas.selected_text().split())
        self._open_panel(self.search)
        self.search.start(all_packs, f'"{selected}"' if 0 < len(selected) <= _LONGEST_LOOKUP else "")

    def _step_find(self, forward: bool) -> None:
        if self.search.hits:
            self.search.step(forward)
        else:
            self._search(False)

    def _light(self, hits: Sequence[Hit], typed: str) -> None:
        if self._book is not None:
            self.lights.light(self._book, hits, typed, self.canvas.current_page())

    def _go_to_hit(self, hit: Hit, typed: str) -> None:
        """To a find; one in another pack is the window's to open."""
        if hit.pack_id != self._pack_id():
            self.open_place_requested.emit(hit.pack_id, hit.paper_id, hit.page, typed)
            return
        paper = self._paper(hit.paper_id)
        if paper is None or not paper.count:
            self.marking.say("The paper these words were found in is no longer in this pack.")
            return
        page = paper.first + min(hit.page, paper.count - 1)
        if paper.version != hit.sha256:
            self.canvas.go_to(page)
            self.marking.say("These words were found in an earlier version of this paper.")
        elif typed:
            self.lights.quads_on(hit, typed, lambda quads: self._land(page, quads))
        else:
            self.canvas.go_to(page)

    def _land(self, page: int, quads: Sequence[Quad]) -> None:
        top = max(0.0, min(quad.y0 for quad in quads) - _ABOVE) if quads else None
        self.canvas.go_to(page, top, quads)

    # ---- marking

    def _take_notebook(self, pack_id: str, notebook: Notebook) -> None:
        if self._book is None or self._book.pack.id != pack_id:
            return  # another pack was opened meanwhile
        self.marking.use(self._book, notebook)
        self.notes.show_notes(self._book, notebook)
        self.canvas.marks_changed(None)
        self._show_state()

    def _marks_on(self, page: BookPage) -> list[Annotation]:
        """The marks of a page made on the version that is shown: boxes of another would lie on the wrong words."""
        notebook = self.marking.notebook
        marks = notebook.on_page(page.paper.paper_id, page.index) if notebook else []
        return [mark for mark in marks if mark.anchor.sha256 == page.paper.version]

    def _marks_changed(self, paper_id: str) -> None:
        if paper_id:
            self.canvas.marks_changed(paper_id)
        self.notes.refresh()
        self._show_state()

    def _press_highlight(self) -> None:
        """Mark the selection; without one, take up the pen or put it away."""
        if self.marking.highlight(self.marking.colour):
            self._show_state()
        else:
            self.marking.use_pen(not self.marking.pen)

    def _retry(self) -> None:
        """Try again, for as long as the store refuses."""
        notebook = self.marking.notebook
        if notebook is not None and notebook.failed:
            notebook.retry()
            self._retry_timer.start()
        self.marking.editor.show_state()

    # ---- what happened

    def _changed(self, change: Change) -> None:
        if change.event is Event.STORE_FAILED and change.pack_id == self._pack_id():
            self.marking.editor.show_state()
            self._retry_timer.start()

    def _show_book(self, book: Book) -> None:
        self.spine.show_book(book, [(paper, page) for paper, pages in self._seen.items() for page in pages])
        self.bar.page_box.show_book(book)
        self.search.show_book(book)
        self.marking.use(book, self.marking.notebook)
        if self.marking.notebook is not None:
            self.notes.show_notes(book, self.marking.notebook)

    def _page_changed(self, page: int) -> None:
        if self._book is not None and 0 <= page < len(self._book.pages):
            self.bar.page_box.show_page(page)
            self.spine.mark_current(self._book.pages[page].paper.paper_id)
            self._show_state()

    def _see(self, page: int) -> None:
        if self._book is None or page >= len(self._book.pages):
            return
        where = self._book.pages[page]
        paper_id = where.paper.paper_id
        if where.index not in self._seen[paper_id]:
            self._seen[paper_id].add(where.index)
            self.spine.mark_read(paper_id, len(self._seen[paper_id]))
            self._desk.page_seen(self._pack_id(), paper_id, where.index)

    def _save_place(self) -> None:
        self._place_timer.stop()
        if self._book is not None and self._book.pages:
            self._desk.save_place(self._book.pack.id, self.canvas.place())

    def _show_state(self) -> None:
        """Bring every button to what can be done now."""
        do, marking = self.commands, self.marking
        notebook, page = marking.notebook, self._current_page()
        do.back.setEnabled(self.canvas.can_go_back)
        do.forward.setEnabled(self.canvas.can_go_forward)
        do.spine.setChecked(self.panes.spine_shown)
        do.notes.setChecked(self.side.is_showing(self.notes))
        do.highlight.setChecked(marking.pen)
        do.bookmark.setChecked(page is not None and marking.bookmark_on(page) is not None)
        for action in (do.highlight, do.note, do.bookmark):
            action.setEnabled(notebook is not None)
        do.tell_undo(notebook.undo_name if notebook else "", notebook.redo_name if notebook else "")

    def _toggle_full(self) -> None:
        window = self.window()
        window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _current_page(self) -> BookPage | None:
        page = self.canvas.current_page()
        return self._book.pages[page] if self._book and 0 <= page < len(self._book.pages) else None

    def _pack_id(self) -> str:
        return self._book.pack.id if self._book else ""

    def _paper(self, paper_id: str) -> BookPaper | None:
        papers = self._book.papers if self._book else ()
        return next((paper for paper in papers if paper.paper_id == paper_id), None)


def _holds_focus(part: QWidget) -> bool:
    focus = part.window().focusWidget()
    return focus is not None and (focus is part or part.isAncestorOf(focus))
