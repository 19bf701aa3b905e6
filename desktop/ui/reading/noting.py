"""The notes panel at work: going to notes, editing them, their menu, and the notes of the body's other packs."""

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop.annotations.notebook import Annotation
from desktop.ui.panels.marking import Marking
from desktop.ui.panels.notes import NotesPanel
from desktop.ui.panels.reading_desk import ReadingDesk
from desktop.ui.reading.going import Going
from desktop.ui.reading.open_packs import OpenPacks
from desktop.ui.reading.pane import Pane
from desktop.ui.reading.sharing import SharingNotes
from desktop.ui.reading.split import Split

_ELSEWHERE = "This note is in another pack. Open it there to change it."


class Noting(QObject):
    """Joins the panel to the marking and to the places its notes are at."""

    tie_asked = Signal(str)  # id of a note that is to be tied to an item, a risk or an action
    untie_asked = Signal(str)
    through_asked = Signal(object)  # Subject of a note, to be followed through time

    def __init__(
        self,
        panel: NotesPanel,
        marking: Marking,
        going: Going,
        split: Split,
        packs: OpenPacks,
        desk: ReadingDesk,
        holder: QWidget,
    ) -> None:
        super().__init__(holder)
        self._panel, self._holder, self._marking = panel, holder, marking
        self._going, self._split, self._desk = going, split, desk
        self.sharing = SharingNotes(desk, marking, panel, packs, split, holder)
        panel.chosen.connect(self.go)
        panel.editing_asked.connect(self._edit)
        panel.removal_asked.connect(self._remove)
        panel.menu_asked.connect(self._show_menu)
        panel.pointed.connect(self._point_out)
        panel.body_wanted.connect(self._fetch_body)

    def watch(self, pane: Pane) -> None:
        """Tell the panel which paper is read in this pane, while it is in use."""
        pane.page_changed.connect(lambda: self._follow(pane))

    def go(self, entry_id: str, beside: bool = False) -> None:
        """To a note or bookmark, of this pack or another."""
        note = self._panel.elsewhere(entry_id)
        if note is None:
            self._going.to_entry(entry_id, beside)
        else:
            self._going.to_kept(note.entry, beside)

    def _follow(self, pane: Pane) -> None:
        if pane is self._split.in_use and pane.page is not None:
            self._panel.show_paper(pane.page.paper.paper_id)

    def _point_out(self, entry_id: str) -> None:
        for pane in self._split.panes:
            pane.canvas.drawing.holding.point_out(entry_id)

    def _fetch_body(self) -> None:
        pack = self._split.in_use.pack
        if pack is not None:
            self._desk.bridge.then(self._desk.notes_of_body(pack.id), self._panel.show_elsewhere, owner=self)

    def _edit(self, entry_id: str) -> None:
        self.go(entry_id)
        if self._panel.elsewhere(entry_id) is None:
            self._marking.edit(entry_id)

    def _remove(self, entry_id: str) -> None:
        if self._panel.elsewhere(entry_id) is None:
            self._marking.remove(entry_id)
        else:
            self._marking.say(_ELSEWHERE)

    def _show_menu(self, entry_id: str, at: QPoint) -> None:
        chosen = self._panel.list.chosen_keys()
        if len(chosen) > 1 and entry_id in chosen:
            self._show_menu_of_several(chosen, at)
            return
        menu = QMenu(self._holder)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entry = self._marking.notebook.get(entry_id) if self._marking.notebook else None
        menu.addAction("Go there", lambda: self.go(entry_id))
        menu.addAction("Open in the other pane", lambda: self.go(entry_id, True))
        if entry is not None:
            mine = not isinstance(entry, Annotation) or entry.is_mine
            name = ("Edit the note" if mine else "Read the note") if isinstance(entry, Annotation) else "Rename"
            menu.addAction(name, lambda: self._edit(entry_id)).setShortcut("F2")
        if isinstance(entry, Annotation):
            self.sharing.add_to_menu(menu, [entry])
            self._add_for_mark(menu, entry)
        if entry is not None and (not isinstance(entry, Annotation) or entry.is_mine):
            menu.addSeparator()
            menu.addAction("Delete", lambda: self._marking.remove(entry_id)).setShortcut("Del")
        menu.popup(at)

    def _show_menu_of_several(self, entry_ids: list[str], at: QPoint) -> None:
        notebook = self._marking.notebook
        found = [notebook.get(entry_id) for entry_id in entry_ids] if notebook is not None else []
        menu = QMenu(self._holder)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.sharing.add_to_menu(menu, [mark for mark in found if isinstance(mark, Annotation)])
        if menu.isEmpty():
            menu.addAction("Nothing here can be shared").setEnabled(False)
        menu.popup(at)

    def _keep(self, mark: Annotation) -> None:
        if self._marking.notebook is not None and self._marking.notebook.get(mark.id) is not None:
            self._marking.notebook.keep(mark.id, not mark.keep)
            self._panel.refresh()

    def _add_for_mark(self, menu: QMenu, mark: Annotation) -> None:
        if mark.asking is not None and mark.is_mine:
            name = "Not asked after all" if mark.asking.asked else "Asked"
            menu.addAction(name, lambda: self._marking.tick(mark.id))
        menu.addAction("Tie it to an item, a risk or an action…", lambda: self.tie_asked.emit(mark.id))
        if (subject := mark.subject) is not None:
            menu.addAction(f"Follow “{subject.label}” through time", lambda: self.through_asked.emit(subject))
            menu.addAction("Tie it to nothing", lambda: self.untie_asked.emit(mark.id))
        if self._panel.destroys:
            name = "Keep it no longer than the others" if mark.keep else "Keep it when the others are destroyed"
            menu.addAction(name, lambda: self._keep(mark))
        if mark.shape is not None:
            menu.addAction("Make it once more", lambda: self._marking.duplicate(mark.id))
        if mark.anchor.exact:
            menu.addAction("Copy the words with where they stand", lambda: self._marking.copy_quote(mark.anchor))
