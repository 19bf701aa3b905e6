"""Everything the reader can be asked to do, once: named, with its keys. Buttons, menus and keys all press these."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from desktop.ui.kit.keyboard import name_command
from desktop.ui.kit.theme import Theme

SIGN = "sign"  # property of an action: something new stands behind it


class ReaderActions:
    """The actions of one reader. Their keys work anywhere within the holder."""

    def __init__(self, holder: QWidget, theme: Theme) -> None:
        self._holder, self._theme = holder, theme
        self._icons: dict[QAction, str] = {}
        self.shelf = self._make("Back to the shelf", "arrow-left", "Ctrl+W")
        self.spine = self._make("Agenda", "panel-left", "Ctrl+B", toggles=True)
        self.back = self._make("Back", "chevron-left", "Alt+Left")
        self.forward = self._make("Forward", "chevron-right", "Alt+Right")
        self.page = self._make("Go to page", "", "Ctrl+G")
        self.next_item = self._make("Next item", "arrow-down", "Alt+PgDown")
        self.previous_item = self._make("Previous item", "arrow-up", "Alt+PgUp")
        self.zoom_out = self._make("Zoom out", "zoom-out", "Ctrl+-")
        self.zoom_in = self._make("Zoom in", "zoom-in", "Ctrl++", "Ctrl+=")
        self.zoom_box = self._make("Type a zoom", "", "Ctrl+Shift+0")
        self.actual_size = self._make("Actual size", "", "Ctrl+1")
        self.fit_width = self._make("Fit width", "move-horizontal", "Ctrl+0", "Ctrl+2", toggles=True)
        self.fit_page = self._make("Fit page", "scan", "Ctrl+9", toggles=True)
        self.fit_text = self._make("Fit text", "fit-text", "Ctrl+3", toggles=True)
        self.continuous = self._make("Page under page", "pages-under", "Ctrl+7", toggles=True)
        self.single = self._make("One page at a time", "page-single", "Ctrl+6", toggles=True)
        self.spread = self._make("Two pages", "book-open", "Ctrl+8", toggles=True)
        self.turn_right = self._make("Turn this paper right", "turn-right", "R")
        self.turn_left = self._make("Turn this paper left", "turn-left", "Shift+R")
        self.dark_pages = self._make("Dark pages", "moon", "I", toggles=True)
        self.full_screen = self._make("Full screen", "maximize", "F11")
        self._make_marking()
        self.undo = self._make("Undo", "undo-2", "Ctrl+Z")
        self.redo = self._make("Redo", "redo-2", "Ctrl+Shift+Z", "Ctrl+Y")
        self.find = self._make("Search this pack", "search", "Ctrl+F")
        self.find_everywhere = self._make("Search all packs", "text-search", "Ctrl+Shift+F")
        self.find_next = self._make("Next find", "", "F3")
        self.find_previous = self._make("Previous find", "", "Shift+F3")
        self.notes = self._make("Notes and bookmarks", "panel-right", "Ctrl+M", toggles=True)
        self.contents = self._make("Contents of this paper", "list-tree", "Ctrl+T", toggles=True)
        self.links = self._make("Links of this page", "link-2", "L", toggles=True)
        self.link_words = self._make("Link the selected words…", "", "Shift+L")
        self.no_reference = self._make("This link is not a reference", "", "Shift+Del")
        self.since = self._make("Since last time", "history", "Ctrl+Shift+L", toggles=True)
        self.map = self._make("Map of this pack", "waypoints", "Ctrl+Shift+K")
        self.pages = self._make("Pages as small pictures", "layout-grid", "Ctrl+Shift+T", toggles=True)
        self.printed_as = self._make("This page is printed as…", "", "Ctrl+Shift+G")
        self.times = self._make("Tell reading times", "timer", "Ctrl+Shift+B", toggles=True)
        self.panes = self._make("Next pane", "", "F6")
        self.split = self._make("Two panes", "columns-2", "F8", toggles=True)
        self.close_pane = self._make("Close this pane", "x", "Shift+F8")
        self.links_beside = self._make("Links open in the other pane", "link", "Ctrl+F8", toggles=True)
        self.swap_panes = self._make("Swap the panes", "arrow-left-right", "Ctrl+Shift+F8")
        self.move_over = self._make("Move this page to the other pane", "arrow-right", "F9")
        self.text = self._make("Reading view", "book-open-text", "Ctrl+R", toggles=True)
        self.text_beside = self._make("Reading view beside the page", "", "Ctrl+Shift+R", toggles=True)
        self.aloud = self._make("Read aloud", "volume-2", "Ctrl+U", toggles=True)
        self.explain = self._make("What does this abbreviation mean", "circle-question-mark", "Ctrl+E")
        self.sheet = self._make("Meeting sheet", "list-checks", "Ctrl+Shift+M")
        self.export = self._make("Export…", "file-output", "Ctrl+Shift+E")
        self.import_notes = self._make("Import notes…", "file-input", "Ctrl+Shift+I")
        self.print = self._make("Print…", "printer", "Ctrl+P")
        self.lock = self._make("Lock", "lock", "Ctrl+L")
        theme.changed.connect(self._tint)
        self._tint()

    def _make_marking(self) -> None:
        self.highlight = self._make("Highlight", "highlighter", "H", toggles=True)
        self.tools = self._make("Tools", "shapes", "T", toggles=True)
        self.underline = self._make("Underline", "underline", "U", toggles=True)
        self.ink = self._make("Draw with the pen", "pen-line", "P", toggles=True)
        self.question = self._make("Write a question", "message-circle-question-mark", "Q")
        self.duplicate = self._make("Make the held mark once more", "copy-plus", "Ctrl+J")
        self.note = self._make("Write a note", "sticky-note", "N")
        self.bookmark = self._make("Bookmark this page", "bookmark", "Ctrl+D", toggles=True)
        self.copy = self._make("Copy", "copy", "Ctrl+C")
        self.cite = self._make("Copy with where it stands", "quote", "Ctrl+Shift+C")
        self.grab = self._make("Take part of a page as a picture", "crop", "G", toggles=True)
        self.caret = self._make("Read with a caret", "text-cursor", "F7", toggles=True)

    def __iter__(self) -> Iterator[QAction]:
        return iter(self._icons)

    def icon_name(self, action: QAction) -> str:
        """The icon of an action, "" without one."""
        return self._icons[action]

    def tell_new(self, count: int) -> None:
        """How many notes of others the reader has not looked at."""
        self.notes.setProperty(SIGN, count > 0)
        self.notes.setText(f"Notes and bookmarks, {count} new" if count else "Notes and bookmarks")

    def tell_undo(self, undo: str, redo: str) -> None:
        """Name what would be undone and redone; "" where there is nothing."""
        for action, verb, name in ((self.undo, "Undo", undo), (self.redo, "Redo", redo)):
            action.setText(f"{verb} {name}".strip())
            action.setEnabled(bool(name))

    def _make(self, name: str, icon: str, *keys: str, toggles: bool = False) -> QAction:
        action = QAction(name, self._holder)
        name_command(action, "reader", keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setAutoRepeat(False)
        action.setCheckable(toggles)
        self._holder.addAction(action)
        self._icons[action] = icon
        return action

    def _tint(self) -> None:
        for action, icon in self._icons.items():
            if icon:
                action.setIcon(self._theme.icon(icon))
