"""Going places: to a page, an item, a note, a find. Every wish to be somewhere in what is open ends here."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from desktop.annotations.anchor import Quad
from desktop.annotations.notebook import Annotation, Bookmark
from desktop.search.finder import Hit
from desktop.ui.panels.hit_lights import HitLights
from desktop.ui.panels.spine import Spine
from desktop.ui.reading.pane import Pane

_ABOVE = 80.0  # points of page to show over what was jumped to


class Going(QObject):
    """Leads the pane in use to places. say: a sentence for the reader where that is not possible."""

    elsewhere = Signal(str, str, int, str)  # pack id, paper id, page from 0, words searched for: not in an open pack

    def __init__(self, pane: Pane, spine: Spine, lights: HitLights, say: Callable[[str], None]) -> None:
        super().__init__(pane)
        self._pane, self._spine, self._lights, self._say = pane, spine, lights, say

    def to_page(self, number: int) -> None:
        """To a page of the book (from 0)."""
        self._pane.canvas.go_to(number)
        self._pane.setFocus()

    def to_item(self, forward: bool) -> None:
        """To the first page of the next item, or of this one and then the one before."""
        starts, now = self._spine.item_starts(), self._pane.canvas.current_page()
        ahead = (
            [start for start in starts if start > now] if forward else [start for start in starts if start < now][::-1]
        )
        if ahead:
            self._pane.canvas.go_to(ahead[0])

    def to_entry(self, entry_id: str) -> None:
        """To a note or a bookmark, which flashes."""
        pack = self._pane.pack
        entry = pack.notebook.get(entry_id) if pack and pack.notebook else None
        if pack is None or entry is None:
            return
        if isinstance(entry, Annotation):
            paper, (page, top), quads = pack.paper(entry.anchor.paper_id), entry.place, entry.anchor.quads
            same = paper is not None and paper.version == entry.anchor.sha256
            flash = [quad for quad in quads if quad.page == page] if same else []
        elif isinstance(entry, Bookmark):
            paper, page, top, flash = pack.paper(entry.paper_id), entry.page, entry.y, []
        if paper is None or not paper.count:
            self._say("The paper this was made on is no longer in this pack.")
            return
        number = paper.first + min(page, paper.count - 1)
        self._pane.canvas.go_to(number, max(0.0, top - _ABOVE) if top else None, flash)

    def to_hit(self, hit: Hit, typed: str) -> None:
        """To a find; one in a pack that is not open is for whoever opens packs."""
        pack = self._pane.pack
        if pack is None or hit.pack_id != pack.id:
            self.elsewhere.emit(hit.pack_id, hit.paper_id, hit.page, typed)
            return
        paper = pack.paper(hit.paper_id)
        if paper is None or not paper.count:
            self._say("The paper these words were found in is no longer in this pack.")
            return
        page = paper.first + min(hit.page, paper.count - 1)
        if paper.version != hit.sha256:
            self._pane.canvas.go_to(page)
            self._say("These words were found in an earlier version of this paper.")
        elif typed:
            self._lights.quads_on(hit, typed, lambda quads: self._land(page, quads))
        else:
            self._pane.canvas.go_to(page)

    def to_place(self, paper_id: str, page: int, words: str) -> None:
        """To a page (from 0) of a paper of the open pack, where these words are lit."""
        paper = self._pane.pack.paper(paper_id) if self._pane.pack else None
        if self._pane.pack is not None and paper is not None and paper.count:
            self.to_hit(Hit(self._pane.pack.id, paper_id, paper.version, page, ()), words)

    def _land(self, page: int, quads: Sequence[Quad]) -> None:
        top = max(0.0, min(quad.y0 for quad in quads) - _ABOVE) if quads else None
        self._pane.canvas.go_to(page, top, quads)
