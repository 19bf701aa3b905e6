"""The search panel at work: what is looked up, where the finds are lit, and the way from one to the next."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from desktop.search.finder import Hit
from desktop.ui.panels.hit_lights import HitLights
from desktop.ui.panels.search import SearchPanel
from desktop.ui.reading.going import Going
from desktop.ui.reading.split import Split

_LONGEST_LOOKUP = 80  # letters of a selection worth looking up


class Searching(QObject):
    """Joins the panel to the pane in use. open_panel: brings the search panel into sight."""

    def __init__(
        self, panel: SearchPanel, split: Split, going: Going, lights: HitLights, open_panel: Callable[[], None]
    ) -> None:
        super().__init__(panel)
        self._panel, self._split, self._lights, self._open_panel = panel, split, lights, open_panel
        panel.hit_chosen.connect(going.to_hit)
        panel.found.connect(self._light)

    def start(self, all_packs: bool) -> None:
        """Ready for typing, with the selected words if there are some."""
        selected = " ".join(self._split.in_use.canvas.selected_text().split())
        self._open_panel()
        self._panel.start(all_packs, f'"{selected}"' if 0 < len(selected) <= _LONGEST_LOOKUP else "")

    def look_for(self, words: str) -> None:
        """Look for these, in the packs looked in last."""
        self._open_panel()
        self._panel.start(all_packs=None, words=words)

    def step(self, forward: bool) -> None:
        """To the next or previous find; without any, ready for typing."""
        if self._panel.hits:
            self._panel.step(forward)
        else:
            self.start(all_packs=False)

    def _light(self, hits: Sequence[Hit], typed: str) -> None:
        pane = self._split.in_use
        if pane.pack is not None:
            self._lights.light(pane.pack.book, hits, typed, pane.canvas.current_page())
