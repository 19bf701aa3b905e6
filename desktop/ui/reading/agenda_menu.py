"""What can be done with an item of the agenda, besides going there."""

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from desktop.ui.panels.spine import Spine
from desktop.ui.reading.pacing import Pacing
from desktop.ui.reading.split import Split


class AgendaMenu(QObject):
    """Joins the spine's menu to the open pack."""

    changes_asked = Signal(str)  # paper id: what changed in its new version
    since_asked = Signal(str)  # paper id: what became of it since the last pack

    def __init__(self, spine: Spine, split: Split, pacing: Pacing) -> None:
        super().__init__(spine)
        self._spine, self._split, self._pacing = spine, split, pacing
        spine.menu_asked.connect(self._show)

    def _show(self, key: str, at: QPoint) -> None:
        spine, menu = self._spine, QMenu(self._spine)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        papers = spine.papers_at(key)
        menu.addAction("Go there", lambda: spine.list.chosen.emit(key, False))
        menu.addAction("Open in the other pane", lambda: spine.list.chosen.emit(key, True)).setEnabled(bool(papers))
        read = bool(papers) and all(spine.is_read(paper) for paper in papers)
        name = "Mark as unread" if read else "Mark as read"
        menu.addAction(name, lambda: self._mark(papers, not read)).setEnabled(bool(papers))
        if corrected := self._corrected(papers):
            menu.addAction("What changed in this edition", lambda: self.changes_asked.emit(corrected))
        since = menu.addAction("Since last time", lambda: self.since_asked.emit(papers[0]))
        since.setEnabled(bool(papers))
        menu.addSeparator()
        only = menu.addAction("Decisions only", spine.decisions.toggle)
        only.setCheckable(True)
        only.setChecked(spine.decisions.isChecked())
        times = menu.addAction("Tell reading times", lambda: self._pacing.want(not self._pacing.wanted))
        times.setCheckable(True)
        times.setChecked(self._pacing.wanted)
        menu.popup(at)

    def _corrected(self, papers: list[str]) -> str:
        """The first of these papers of which an earlier version came, "" for none."""
        pack = self._split.in_use.pack
        book = pack.book.papers if pack else ()
        return next((each.paper_id for each in book if each.paper_id in papers and each.corrected and each.path), "")

    def _mark(self, papers: list[str], read: bool) -> None:
        pack = self._split.in_use.pack
        if pack is None:
            return
        for paper in papers:
            pack.mark_read(paper, read)
            for pane in self._split.panes if not read else ():
                pane.canvas.see_again(paper)
