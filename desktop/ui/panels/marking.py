"""Marking the open pack: from a selection, a key or a click to the notebook, and back by undo."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, QRect, Signal
from PySide6.QtWidgets import QWidget

from desktop.annotations.anchor import Anchor
from desktop.annotations.entries import (
    COLOURS,
    HIGHLIGHT,
    NOTE,
    PASSAGE_KINDS,
    QUESTION,
    TEXT,
    Asking,
    Entry,
)  # fmt: skip
from desktop.annotations.notebook import Annotation, Bookmark, Notebook
from desktop.annotations.shapes import Shape
from desktop.packs.book import Book, BookPage
from desktop.ui.kit.clipboard import copy_words
from desktop.ui.kit.mark_words import KIND_NAMES
from desktop.ui.kit.theme import Theme
from desktop.ui.panels.citing import cite
from desktop.ui.panels.note_editor import NoteEditor
from desktop.ui.panels.page_words import say_label
from desktop.ui.panels.popups import BookmarkBox, SelectionBar, Toast
from desktop.ui.panels.tool_box import STAYING, ToolBox, say_tool

_APART = 14.0  # points a copy lies from what it was made of


class Pages(Protocol):
    """What marking needs of the canvas."""

    def selected_anchor(self) -> Anchor | None: ...
    def clear_selection(self) -> None: ...
    def current_page(self) -> int: ...


class Marking(QObject):
    """Owns the pop-ups of marking. room: the part of the holder they may lie over, the page's."""

    changed = Signal(str)  # id of the paper whose marks are others now, "" when only bookmarks are
    tool_changed = Signal(str)  # a kind of mark, the eraser, or "" to read
    made = Signal(str)  # id of what was just drawn, or copied
    closed = Signal()  # a pop-up gave the keys back

    def __init__(self, theme: Theme, pages: Pages, holder: QWidget, room: Callable[[], QRect]) -> None:
        super().__init__(holder)
        self._pages, self._holder, self._room = pages, holder, room
        self._book: Book | None = None
        self._stop: Callable[[], None] | None = None
        self.notebook: Notebook | None = None
        self.colour = COLOURS[0]
        self.tool = ""
        self.stays = False  # the tool stays in hand after it was used
        self.held = ""  # id of the mark the reader has hold of on the page
        self.bar = SelectionBar(theme, holder)
        self.editor = NoteEditor(theme, holder)
        self.bookmark_box = BookmarkBox(theme, holder)
        self.tool_box = ToolBox(theme, holder)
        self.toast = Toast(theme, holder)
        self._connect()

    def use(self, book: Book, notebook: Notebook | None) -> None:
        """Mark in this book, in this notebook; None: not read yet, or closed."""
        self._book = book
        self.editor.show_items(book)
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
        if self.tool in (*PASSAGE_KINDS, NOTE, QUESTION):
            self.mark_selection(self.tool)
            self.tool_used()
        elif not self.editor.isVisible():
            self.bar.show_beside(self._holder.mapFromGlobal(at), self._room())

    def selection_changed(self) -> None:
        """Perhaps nothing is selected any more."""
        if self._pages.selected_anchor() is None:
            self.bar.hide()

    @property
    def pen(self) -> bool:
        """Whether every selection is marked at once."""
        return self.tool in PASSAGE_KINDS

    def use_pen(self, on: bool) -> None:
        """Highlight every selection at once from now on, or read."""
        self.use_tool(HIGHLIGHT if on else "", stays=True)

    def use_tool(self, tool: str, stays: bool = False) -> None:
        """Take up a tool, "" to read. stays: until it is put away, and not only for one use."""
        self.stays = bool(tool) and (stays or tool in STAYING)
        self.tool_box.show_tool(tool, self.stays)
        if tool != self.tool:
            self.tool = tool
            self.tool_changed.emit(tool)

    def tool_used(self) -> None:
        """The tool did its work; unless it stays in hand, one reads again."""
        if self.tool and self.toast.words.text() == say_tool(self.tool):
            self.toast.put_away()
        if not self.stays:
            self.use_tool("")

    def choose_tool(self) -> None:
        """Show the tools, or put them away."""
        if self.tool_box.isVisible():
            self.tool_box.close_box()
        elif self.notebook is not None:
            room = self._room()
            self.bar.hide()
            self.tool_box.open(self.tool, self.stays, self.colour, QPoint(room.right(), room.top()), room)

    def pick(self, colour: str) -> bool:
        """A colour was picked: for the note being written, the selection, the held mark, or the tool in hand.

        Whether any took it.
        """
        self.colour = colour
        self.tool_box.show_colour(colour)
        if self.editor.isVisible():
            self.editor.pick_colour(colour)
        elif self.highlight(colour):
            pass
        elif self.notebook is not None and isinstance(held := self.notebook.get(self.held), Annotation):
            if not self._is_anothers(held):
                self.notebook.change(self.held, colour=colour)
        else:
            self.tool_changed.emit(self.tool)
            return bool(self.tool)
        return True

    def highlight(self, colour: str) -> bool:
        """Mark the selection; whether there was one."""
        self.colour = colour
        return self.mark_selection(HIGHLIGHT)

    def mark_selection(self, kind: str) -> bool:
        """Mark the selection, or write a note or a question at it; whether there was one."""
        anchor = self._pages.selected_anchor()
        if self.notebook is None or anchor is None:
            return False
        if kind in (NOTE, QUESTION):
            self.write(kind)
            return True
        self.notebook.add(anchor, kind, self.colour)
        self._put_selection_away()
        return True

    def take_up(self, kind: str) -> None:
        """A kind was asked for by key: mark the selection so, or else take up its tool, or put it away."""
        if not (kind in PASSAGE_KINDS and self.mark_selection(kind)):
            self.use_tool("" if self.tool == kind else kind, stays=True)

    def write_note(self) -> None:
        """Write a note at the selection, or on the page in sight."""
        self.write(NOTE)

    def ask_question(self) -> None:
        """Write a question at the selection, or on the page in sight."""
        self.write(QUESTION)

    def write(self, kind: str) -> None:
        """Write a note or a question at the selection, or on the page in sight."""
        anchor = self._pages.selected_anchor() or self._page_anchor()
        if self.notebook is None or anchor is None:
            return
        at = self.bar.geometry().center() if self.bar.isVisible() else self._beside_page()
        self.editor.close_editor()
        self._put_selection_away()
        self.editor.draft(self.notebook, anchor, self.colour, at, self._room(), kind, None, self._asking(kind, anchor))

    def draw(self, kind: str, anchor: Anchor, shape: Shape, at: QPoint) -> None:
        """Something was drawn, or a point chosen for a note or for words (at: global)."""
        if self.notebook is None:
            return
        where = self._holder.mapFromGlobal(at)
        self.editor.close_editor()
        if kind in (NOTE, QUESTION, TEXT):
            asking = self._asking(kind, anchor)
            self.editor.draft(self.notebook, anchor, self.colour, where, self._room(), kind, shape, asking)
        else:
            self.made.emit(self.notebook.add(anchor, kind, self.colour, "", shape).id)

    def reshape(self, mark_id: str, anchor: Anchor, shape: Shape | None, name: str) -> None:
        """A mark was moved, made larger or partly rubbed out."""
        entry = self.notebook.get(mark_id) if self.notebook is not None else None
        if self.notebook is not None and entry is not None and not self._is_anothers(entry):
            self.notebook.reshape(mark_id, anchor, shape, name)

    def duplicate(self, mark_id: str = "") -> None:
        """The mark, or else the held one, once more: what is drawn a little lower, what lies on words there again."""
        entry = self.notebook.get(mark_id or self.held) if self.notebook else None
        if self.notebook is None or not isinstance(entry, Annotation):
            self.say("Take hold of a mark first: click on it, or come to it by Tab.")
            return
        shape = entry.shape.moved(_APART, _APART) if entry.shape is not None else None
        copy = self.notebook.duplicate(entry.id, entry.anchor, shape)
        self.made.emit(copy.id)
        self.say(f"{KIND_NAMES[entry.kind]} made once more.", self.undo)

    def tick(self, mark_id: str) -> None:
        """A question was asked, or not after all."""
        entry = self.notebook.get(mark_id) if self.notebook else None
        if self._is_anothers(entry):
            return
        if self.notebook is not None and isinstance(entry, Annotation) and entry.asking is not None:
            self.notebook.change_asking(mark_id, replace(entry.asking, asked=not entry.asking.asked))

    def edit(self, mark_id: str, at: QPoint | None = None) -> None:
        """Edit a mark beside a point (global), or a bookmark's name."""
        entry = self.notebook.get(mark_id) if self.notebook else None
        where = self._holder.mapFromGlobal(at) if at is not None else self._beside_page()
        if isinstance(entry, Annotation) and self.notebook is not None:
            self.bar.hide()
            self.editor.close_editor()
            self.notebook.look_at([mark_id])
            self.editor.edit(self.notebook, entry, where, self._room())
        elif isinstance(entry, Bookmark):
            self.bookmark_box.edit(entry.id, entry.name, where, self._room())

    def reply(self, mark_id: str, to: Iterable[str]) -> None:
        """Write a reply to a mark, which these persons will see."""
        entry = self.notebook.get(mark_id) if self.notebook else None
        if isinstance(entry, Annotation) and self.notebook is not None:
            self.bar.hide()
            self.editor.close_editor()
            self.editor.reply(self.notebook, entry, to, self._beside_page(), self._room())

    def _is_anothers(self, entry: Entry | None) -> bool:
        """Whether another member made it; then that is said."""
        if not isinstance(entry, Annotation) or entry.is_mine:
            return False
        self.say(f"{entry.sharing.name} made this: only they can change it. You can reply to it.")
        return True

    def remove(self, entry_id: str) -> None:
        """Take a mark or a bookmark out, and say how to get it back."""
        entry = self.notebook.get(entry_id) if self.notebook else None
        if self.notebook is None or entry is None or self._is_anothers(entry):
            return
        self.notebook.remove(entry_id)
        kind = KIND_NAMES[entry.kind] if isinstance(entry, Annotation) else "Bookmark"
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
        """Close what floats, else put the tool away; whether there was something to close."""
        for box, close in (
            (self.editor, self.editor.close_editor),
            (self.bookmark_box, self.bookmark_box.close_box),
            (self.tool_box, self.tool_box.close_box),
            (self.bar, self._put_selection_away),
        ):
            if box.isVisible():
                close()
                return True
        had = self.tool
        self.use_tool("")
        return bool(had)

    def resettle(self) -> None:
        """The page takes another part of the holder now."""
        if self.toast.isVisible():
            self.toast.place(self._room())
        for box in (self.editor, self.bookmark_box, self.tool_box):
            if box.isVisible():
                box.stay_within(self._room())
        self.bar.hide()

    def close_all(self) -> None:
        """Save what is being written and close everything."""
        self.editor.close_editor()
        self.bookmark_box.close_box()
        self.bar.hide()
        self.tool_box.close_box()
        self.toast.put_away()
        self.use_tool("")

    def _connect(self) -> None:
        self.bar.colour_picked.connect(self.pick)
        self.bar.kind_picked.connect(self.mark_selection)
        self.bar.note_asked.connect(self.write_note)
        self.tool_box.tool_picked.connect(self._take_tool)
        self.tool_box.colour_picked.connect(self.pick)
        self.tool_box.closed.connect(self.closed)
        self.bar.bookmark_asked.connect(self.toggle_bookmark)
        self.editor.removal_asked.connect(self.remove)
        self.editor.colour_used.connect(self._keep_colour)
        self.editor.closed.connect(self.closed)
        self.bookmark_box.named.connect(self._rename)
        self.bookmark_box.removal_asked.connect(self.remove)
        self.bookmark_box.closed.connect(self.closed)

    def _take_tool(self, tool: str, stays: bool) -> None:
        """From the box: what is selected is marked at once."""
        if not stays and tool in (*PASSAGE_KINDS, NOTE, QUESTION) and self.mark_selection(tool):
            self.tool_box.close_box()
            return
        self.use_tool(tool, stays)
        if tool:
            self.say(say_tool(tool))

    def _asking(self, kind: str, anchor: Anchor) -> Asking | None:
        """A question is for the item of its paper, and for whoever leads that."""
        if kind != QUESTION or self._book is None:
            return None
        paper = next((paper for paper in self._book.papers if paper.paper_id == anchor.paper_id), None)
        item = paper.item if paper is not None else ""
        lead = next((each.lead for each in self._book.pack.items if each.number == item), "")
        return Asking(item, lead)

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
