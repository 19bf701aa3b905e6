"""The notes panel at work: going to notes, editing them, and their menu."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from desktop.annotations.notebook import Annotation
from desktop.ui.panels.marking import Marking
from desktop.ui.panels.notes import NotesPanel


class Noting(QObject):
    """Joins the panel to the marking. go: leads to a note or bookmark by id; a True after it, in the other pane."""

    def __init__(self, panel: NotesPanel, marking: Marking, go: Callable[..., None], holder: QWidget) -> None:
        super().__init__(holder)
        self._holder, self._marking, self._go = holder, marking, go
        panel.chosen.connect(go)
        panel.editing_asked.connect(self._edit)
        panel.removal_asked.connect(marking.remove)
        panel.menu_asked.connect(self._show_menu)

    def _edit(self, entry_id: str) -> None:
        self._go(entry_id)
        self._marking.edit(entry_id)

    def _show_menu(self, entry_id: str, at: QPoint) -> None:
        menu = QMenu(self._holder)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entry = self._marking.notebook.get(entry_id) if self._marking.notebook else None
        menu.addAction("Go there", lambda: self._go(entry_id))
        menu.addAction("Open in the other pane", lambda: self._go(entry_id, True))
        name = "Edit the note" if isinstance(entry, Annotation) else "Rename"
        menu.addAction(name, lambda: self._edit(entry_id)).setShortcut("F2")
        if isinstance(entry, Annotation) and entry.anchor.exact:
            anchor = entry.anchor
            menu.addAction("Copy the words with where they stand", lambda: self._marking.copy_quote(anchor))
        menu.addSeparator()
        menu.addAction("Delete", lambda: self._marking.remove(entry_id)).setShortcut("Del")
        menu.popup(at)
