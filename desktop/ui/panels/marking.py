"""Marking the open pack: from a selection, a key or a click to the notebook, and back by undo."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, QRect, Signal
from PySide6.QtWidgets import QWidget

from desktop.annotations.anchor import Anchor
from desktop.annotations.entries import COLOURS, Entry
from desktop.annotations.notebook import Annotation, Bookmark, Notebook
from desktop.packs.book import Book, BookPage
from desktop.ui.kit.clipboard import copy_words
from desktop.ui.kit.theme import Theme
from desktop.ui.panels.citing import cite
from desktop.ui.panels.note_editor import NoteEditor
from desktop.ui.panels.page_words import say_label
from desktop.ui.panels.popups import BookmarkBox, SelectionBar, Toast


class Pages(Protocol):
    """What marking needs of the canvas."""

    def selected_anchor(self) -> Anchor | None: ...
    def clear_selection(self) -> None: ...
    def current_page(self) -> int: ...


class Marking(QObject):
    """Owns the pop-ups of marking. room: the part of the holder they may lie over, the page's."""

    changed = Signal(str)  # id of the paper whose marks are others now, "" when only bookmarks are
    pen_changed = Signal(bool)
    closed = Signal()  # a pop-up gave the keys back

    def __init__(self, theme: Theme, pages: Pages, holder: QWidget, room: Callable[[], QRect]) -> None:
        super().__init__(holder)
        self._pages, self._holder, self._room = pages, holder, room
        self._book: Book | None = None
        self._stop: Callable[[], None] | None = None
        self.notebook: Notebook | None = None
        self.colour = COLOURS[0]
        self.pen = False
        self.bar = SelectionBar(theme, holder)
        self.editor = NoteEditor(theme, holder)
        self.bookmark_box = BookmarkBox(theme, holder)
        self.toast = Toast(theme, holder)
        self._connect()

    def use(self, book: Book, notebook: Notebook | None) -> None:
        """Mark in this book, in this notebook; None: not read yet, or closed."""
        self._book = book
        if notebook is self.notebook:
            return
        if self._stop is not None:
            self._stop()
        self.notebook = notebook
        self._stop = notebook.listen(self._heard) if notebook is not None else None

    def selection_made(self, at: QPoint) -> None:
        """Words were selected; offer what can be done beside the pointer (global), or mark at once with the pen."""
        if self.notebook is None or self._pages.selected_anchor() is None:
            return
        if self.pen:
            self.highlight(self.colour)
        elif not self.editor.isVisible():
            self.bar.show_beside(self._holder.mapFromGlobal(at), self._room())

    def selection_changed(self) -> None:
        """Perhaps nothing is selected any more."""
        if self._pages.selected_anchor() is None:
            self.bar.hide()

    def use_pen(self, on: bool) -> None:
        """Mark every selection at once from now on, or no longer."""
        if on != self.pen:
            self.pen = on
            self.pen_changed.emit(on)

    def pick(self, colour: str) -> bool:
        """A colour was picked: for the note being written, for the selection, or for the pen. Whether any took it."""
        self.colour = colour
        if self.editor.isVisible():
            self.editor.pick_colour(colour)
        elif not self.highlight(colour):
            return self.pen
        return True

    def highlight(self, colour: str) -> bool:
        """Mark the selection; whether there was one."""
        anchor = self._pages.selected_anchor()
        if self.notebook is None or anchor is None:
            return False
        self.colour = colour
        self.notebook.add_highlight(anchor, colour)
        self._put_selection_away()
        return True

    def write_note(self) -> None:
        """Write a note at the selection, or on the page in sight."""
        anchor = self._pages.selected_anchor() or self._page_anchor()
        if self.notebook is None or anchor is None:
            return
        at = self.bar.geometry().center() if self.bar.isVisible() else self._beside_page()
        self.editor.close_editor()
        self._put_selection_away()
        self.editor.draft(self.notebook, anchor, self.colour, at, self._room())

    def edit(self, mark_id: str, at: QPoint | None = None) -> None:
        """Edit a mark beside a point (global), or a bookmark's name."""
        entry = self.notebook.get(mark_id) if self.notebook else None
        where = self._holder.mapFromGlobal(at) if at is not None else self._beside_page()
        if isinstance(entry, Annotation) and self.notebook is not None:
            self.bar.hide()
            self.editor.close_editor()
            self.editor.edit(self.notebook, entry, where, self._room())
        elif isinstance(entry, Bookmark):
            self.bookmark_box.edit(entry.id, entry.name, where, self._room())

    def remove(self, entry_id: str) -> None:
        """Take a mark or a bookmark out, and say how to get it back."""
        entry = self.notebook.get(entry_id) if self.notebook else None
        if self.notebook is None or entry is None:
            return
        self.notebook.remove(entry_id)
        kind = entry.kind.capitalize() if isinstance(entry, Annotation) else "Bookmark"
        self.say(f"{kind} deleted.", self.undo)

    def toggle_bookmark(self) -> None:
        """Bookmark the page in sight and offer its name; where it has one already, take that away."""
        page = self._page()
        if self.notebook is None or page is None:
            return
        here = self.bookmark_on(page)
        if here is not None:
            self.remove(here.id)
            return
        self.bar.hide()
        name = f"{page.paper.title}, page {say_label(page)}"
        made = self.notebook.add_bookmark(page.paper.paper_id, page.paper.version, page.index, 0.0, name)
        room = self._room()
        self.bookmark_box.edit(made.id, name, QPoint(room.right(), room.top()), room)

    def bookmark_on(self, page: BookPage) -> Bookmark | None:
        """The bookmark of a page, if it has one."""
        marks = self.notebook.bookmarks if self.notebook else []
        return next((m for m in marks if (m.paper_id, m.page) == (page.paper.paper_id, page.index)), None)

    def copy_cited(self) -> None:
        """Copy the selection with its paper, printed page, body and date."""
        anchor = self._pages.selected_anchor()
        if anchor is not None:
            self.copy_quote(anchor)

    def copy_quote(self, anchor: Anchor) -> None:
        """Copy an anchor's words with its paper, printed page, body and date."""
        if self._book is None:
            return
        copy_words(cite(self._book, anchor))
        self.say("Copied with its paper, page and meeting.")

    def undo(self) -> None:
        """Take back the last action."""
        if self.notebook is not None and (name := self.notebook.undo_name):
            self.notebook.undo()
            self.say(f"Undone: {name}.")

    def redo(self) -> None:
        """Do again what was taken back."""
        if self.notebook is not None and (name := self.notebook.redo_name):
            self.notebook.redo()
            self.say(f"Done again: {name}.")

    def say(self, words: str, undo: Callable[[], object] | None = None) -> None:
        """A short sentence at the foot of the page."""
        self.toast.say(words, self._room(), undo)

    def escape(self) -> bool:
        """Close what floats, else put the pen away; whether there was something to close."""
        for box, close in (
            (self.editor, self.editor.close_editor),
            (self.bookmark_box, self.bookmark_box.close_box),
            (self.bar, self._put_selection_away),
        ):
            if box.isVisible():
                close()
                return True
        had_pen = self.pen
        self.use_pen(False)
        return had_pen

    def resettle(self) -> None:
        """The page takes another part of the holder now."""
        if self.toast.isVisible():
            self.toast.place(self._room())
        for box in (self.editor, self.bookmark_box):
            if box.isVisible():
                box.stay_within(self._room())
        self.bar.hide()

    def close_all(self) -> None:
        """Save what is being written and close everything."""
        self.editor.close_editor()
        self.bookmark_box.close_box()
        self.bar.hide()
        self.toast.put_away()
        self.use_pen(False)

    def _connect(self) -> None:
        self.bar.colour_picked.connect(self.pick)
        self.bar.note_asked.connect(self.write_note)
        self.bar.bookmark_asked.connect(self.toggle_bookmark)
        self.editor.removal_asked.connect(self.remove)
        self.editor.colour_used.connect(self._keep_colour)
        self.editor.closed.connect(self.closed)
        self.bookmark_box.named.connect(self._rename)
        self.bookmark_box.removal_asked.connect(self.remove)
        self.bookmark_box.closed.connect(self.closed)

    def _keep_colour(self, colour: str) -> None:
        self.colour = colour

    def _rename(self, bookmark_id: str, name: str) -> None:
        if self.notebook is not None and self.notebook.get(bookmark_id) is not None:
            self.notebook.rename_bookmark(bookmark_id, name)

    def _heard(self, entry: Entry) -> None:
        self.editor.follow(entry.id)
        self.changed.emit(entry.anchor.paper_id if isinstance(entry, Annotation) else "")

    def _put_selection_away(self) -> None:
        self.bar.hide()
        self._pages.clear_selection()

    def _page(self) -> BookPage | None:
        place = self._pages.current_page()
        return self._book.pages[place] if self._book and 0 <= place < len(self._book.pages) else None

    def _page_anchor(self) -> Anchor | None:
        page = self._page()
        return Anchor(page.paper.paper_id, page.paper.version, page.index, page.label) if page else None

    def _beside_page(self) -> QPoint:
        room = self._room()
        return QPoint(room.right(), room.top() + room.height() // 5)
