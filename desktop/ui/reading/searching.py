"""The search panel at work: what is looked up, and the way from one find to the next."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.reader.destination import Destination
from desktop.search.finder import Hit, OwnHit
from desktop.ui.panels.search import Scope, SearchPanel
from desktop.ui.reading.going import Going
from desktop.ui.reading.lights import HitLights
from desktop.ui.reading.split import Split

_LONGEST_LOOKUP = 80  # letters of a selection worth looking up


class Searching(QObject):
    """Joins the panel to the pane in use. open_panel: brings the search panel into sight."""

    def __init__(
        self, panel: SearchPanel, split: Split, going: Going, lights: HitLights, open_panel: Callable[[], None]
    ) -> None:
        super().__init__(panel)
        self._panel, self._split, self._going, self._open_panel = panel, split, going, open_panel
        self._landed: tuple[str, int] | None = None  # paper id and page where the first find is the one now
        panel.find_chosen.connect(going.to_find)
        panel.hit_chosen.connect(self._to_hit)
        panel.own_chosen.connect(self._to_own)
        panel.finds.ended.connect(self._count_from_landing)
        lights.chosen.connect(panel.choose_find)

    def start(self, everywhere: bool) -> None:
        """Ready for typing, with the selected words if there are some."""
        selected = " ".join(self._split.in_use.canvas.selected_text().split())
        words = f'"{selected}"' if 0 < len(selected) <= _LONGEST_LOOKUP else ""
        self._open_panel()
        self._panel.start(Scope.EVERYWHERE if everywhere else self._panel.near_scope, words)

    def look_for(self, words: str, paper_id: str = "", page: int = 0) -> None:
        """Look for these where was looked last, and count from their first place on that page (from 0) of the paper."""
        self._landed = (paper_id, page)
        self._open_panel()
        self._panel.start(None, words)

    def step(self, forward: bool) -> None:
        """To the next or previous find; without any, ready for typing."""
        if self._panel.can_step:
            self._panel.step(forward)
        else:
            self.start(everywhere=False)

    def _to_hit(self, hit: Hit, typed: str, beside: bool) -> None:
        self._landed = (hit.paper_id, hit.page)
        self._going.to_hit(hit, typed, beside)
        if self._panel.finds.done:
            self._count_from_landing()

    def _to_own(self, own: OwnHit, beside: bool) -> None:
        pack = self._split.in_use.pack
        if pack is not None and pack.id == own.pack_id:
            self._going.to_entry(own.id, beside)
        else:
            self._going.go(Destination(own.paper_id, own.page, pack_id=own.pack_id), beside)

    def _count_from_landing(self) -> None:
        for number, find in enumerate(self._panel.finds.all):
            if self._landed == (find.place.paper_id, find.place.page):
                self._landed = None
                self._panel.finds.put(number)
                return
