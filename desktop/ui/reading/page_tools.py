"""What can be done to the page itself: reading by caret, taking part of it as a picture, and its menu."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QPointF
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.annotations.entries import COLOURS
from desktop.reader.cells import Patch
from desktop.ui.kit.clipboard import copy_words
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.words import say_count
from desktop.ui.panels.citing import say_source
from desktop.ui.panels.colours import badge_icon
from desktop.ui.panels.marking import Marking
from desktop.ui.panels.reader_actions import ReaderActions
from desktop.ui.panels.reading_desk import ReadingDesk
from desktop.ui.reader.canvas import PageCanvas
from desktop.ui.reading.grabbing import Grabbing
from desktop.ui.reading.pane import Pane

_LONGEST = 32  # letters of a selection in the menu
_LARGE = 16  # points; in larger text the colours have a menu of their own, or the whole would not fit the screen


class PageTools(QObject):
    """Serves the panes handed to it. pane: the one in use now."""

    def __init__(
        self, desk: ReadingDesk, actions: ReaderActions, marking: Marking, pane: Callable[[], Pane], holder: QWidget
    ) -> None:
        super().__init__(holder)
        self._actions, self._marking, self._pane, self._holder = actions, marking, pane, holder
        self._theme: Theme = desk.theme
        self.grabbing = Grabbing(desk, marking.say, self)
        self.menu: QMenu | None = None
        self.also: list[Callable[[QMenu, Pane, QPointF], None]] = []  # what others put into the page's menu
        for action, act in (
            (actions.caret, self._turn_caret),
            (actions.grab, self._turn_grab),
            (actions.cite, self.cite),
        ):
            action.triggered.connect(lambda _checked=False, act=act: act())

    def watch(self, pane: Pane) -> None:
        """Follow the tools and the menu of a pane."""
        canvas = pane.canvas
        canvas.caret.turned.connect(lambda _on: self.show())
        canvas.grab_tool.turned.connect(lambda _on: self.show())
        canvas.grab_tool.grabbed.connect(lambda patch: self._grab(pane, patch))
        canvas.menu_asked.connect(lambda pos, at: self._open_menu(pane, pos, at))
        canvas.selection_finished.connect(lambda _at: self._tell_patch(canvas))

    def show(self) -> None:
        """Bring the buttons to the pane in use."""
        canvas = self._pane().canvas
        self._actions.caret.setChecked(canvas.caret.on)
        self._actions.grab.setChecked(canvas.grab_tool.on)

    def leave(self) -> None:
        """The packs are closed: tools are put away, menus closed, and nothing more comes to the clipboard."""
        self.grabbing.drop()
        if self.menu is not None:
            self.menu.close()
        self._pane().canvas.grab_tool.turn(False)

    def cite(self) -> None:
        """Copy what is selected with its source; a rectangle of a table with a line that says it."""
        pane = self._pane()
        pane.canvas.with_words(lambda: self._cite(pane))

    def _cite(self, pane: Pane) -> None:
        patch = pane.canvas.patch
        if patch is None or pane.pack is None:
            self._marking.copy_cited()
            return
        book = pane.pack.book
        copy_words(f"{pane.canvas.selected_text()}\n{say_source(book, book.pages[patch.page])}")
        self._marking.say("Copied as a table, with its paper, page and meeting.")

    def _turn_caret(self) -> None:
        canvas = self._pane().canvas
        canvas.caret.turn(not canvas.caret.on)
        canvas.setFocus()
        if canvas.caret.on:
            self._marking.say("Caret on: the arrow keys move over the words, with Shift they select. F7 turns it off.")
        else:
            self._marking.say("Caret off: the arrow keys scroll again.")

    def _turn_grab(self) -> None:
        pane = self._pane()
        tool = pane.canvas.grab_tool
        if not tool.on and (pane.pack is None or not self.grabbing.may(pane.pack.book, pane.canvas.current_page())):
            self.show()
            return
        tool.turn(not tool.on)
        pane.canvas.setFocus()
        if tool.on:
            self._marking.say("Draw a rectangle round what you want, or use the arrow keys and Enter. Esc leaves.")

    def _grab(self, pane: Pane, patch: Patch) -> None:
        if pane.pack is not None:
            self.grabbing.take(pane.pack.book, patch, pane.canvas.box_of(patch.page).turn)

    def _tell_patch(self, canvas: PageCanvas) -> None:
        if canvas.patch is not None and canvas.has_selection:
            rows = canvas.selected_text().count("\n") + 1
            self._marking.say(f"{say_count(rows, 'row')} selected. Ctrl+C copies them for a spreadsheet.")

    # ---- the menu

    def _open_menu(self, pane: Pane, pos: QPointF, at: QPoint) -> None:
        if pane.pack is None or pane is not self._pane():
            return
        canvas = pane.canvas
        if not canvas.has_selection:
            canvas.select_word_at(pos)
        menu = self.menu = QMenu(self._holder)
        menu.setAccessibleName("This page")
        menu.aboutToHide.connect(self._forget_menu)
        self._add_under(menu, canvas, pos, at)
        self._add_words(menu, canvas)
        menu.addSeparator()
        for add in self.also:
            add(menu, pane, pos)
        menu.addSeparator()
        do = self._actions
        menu.addAction("Select all on this page", canvas.select_all_on_page)
        menu.addActions([do.grab, do.bookmark, do.print])
        menu.popup(at)

    def _forget_menu(self) -> None:
        menu, self.menu = self.menu, None
        if menu is not None:
            menu.deleteLater()

    def _add_under(self, menu: QMenu, canvas: PageCanvas, pos: QPointF, at: QPoint) -> None:
        """The mark or the link under the pointer comes first."""
        mark, link = canvas.mark_at(pos), canvas.links.at(pos)
        if mark is not None:
            mark_id = mark.id
            menu.addAction(f"Edit this {mark.kind}…", lambda: self._marking.edit(mark_id, at))
            menu.addAction(f"Delete this {mark.kind}", lambda: self._marking.remove(mark_id))
        if link is not None:
            menu.addAction("Open this link", lambda: canvas.links.follow(link, False))
            menu.addAction("Open this link in the other pane", lambda: canvas.links.follow(link, True))
        if mark is not None or link is not None:
            menu.addSeparator()

    def _add_words(self, menu: QMenu, canvas: PageCanvas) -> None:
        """What can be done with the words that are selected."""
        do, anchor = self._actions, canvas.selected_anchor()
        words = " ".join(canvas.selected_text().split())
        menu.addActions([do.copy, do.cite])
        menu.addSeparator()
        self._add_colours(menu, anchor is not None and self._marking.notebook is not None)
        menu.addAction(do.note)
        menu.addSeparator()
        menu.addAction(do.explain)
        search = menu.addAction(_search_name(words), do.find.trigger)
        search.setShortcut(do.find.shortcut())
        search.setEnabled(bool(words))

    def _add_colours(self, menu: QMenu, possible: bool) -> None:
        if self._theme.size > _LARGE:
            menu = menu.addMenu("Highlight")
        side = round(16 * max(1.0, self._theme.size / 12))
        for digit, colour in enumerate(COLOURS, 1):
            icon = badge_icon(self._theme, colour, side, self._holder.devicePixelRatioF())
            action: QAction = menu.addAction(icon, f"Highlight: {self._theme.note_name(colour)}")
            action.triggered.connect(lambda _checked=False, colour=colour: self._marking.pick(colour))
            action.setShortcut(str(digit))
            action.setEnabled(possible)


def _search_name(words: str) -> str:
    if not words:
        return "Search this pack for the selected words"
    shown = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
    return f"Search this pack for “{shown.replace('&', '&&')}”"
