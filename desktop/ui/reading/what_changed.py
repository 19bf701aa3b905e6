"""What changed in a paper's edition: both versions side by side, every change lit, and a list to walk along."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.annotations.anchor import Quad
from desktop.annotations.differences import Change, Side
from desktop.packs.book import BookPage
from desktop.ui.panels.changes_panel import SIGNS, ChangesPanel
from desktop.ui.panels.reading_desk import ReadingDesk
from desktop.ui.panels.side_panel import SidePanel
from desktop.ui.reader.page_lights import Light
from desktop.ui.reading.open_pack import OpenPack
from desktop.ui.reading.pane import Pane
from desktop.ui.reading.side_by_side import SideBySide
from desktop.ui.reading.split import Split

if TYPE_CHECKING:
    from desktop.library.earlier import Earlier


_NOT_HERE = "The new version is not on this computer yet. Try again when it has arrived."
_NOTHING = "There is no earlier version of this paper on this computer to compare it with."


class WhatChanged(QObject):
    """Owns the list of changes."""

    refused = Signal(str)  # why there is nothing to compare, as a sentence

    def __init__(
        self,
        desk: ReadingDesk,
        split: Split,
        side: SidePanel,
        side_by_side: SideBySide,
        open_panel: Callable[[QWidget], None],
    ) -> None:
        super().__init__(split)
        self._desk, self._split, self._side_by_side, self._open_panel = desk, split, side_by_side, open_panel
        self.panel = ChangesPanel(desk.theme)
        side.add(self.panel, "What changed")
        self._found: list[Change] = []
        self._now = -1
        self._paper_id = self._old = self._new = ""
        self.panel.chosen.connect(self._show)

    def start(self, paper_id: str) -> None:
        """Compare a paper of the pack in use with the version before it."""
        pack = self._split.in_use.pack
        if pack is not None:
            of_pack = self._desk.editions.of_pack(pack.id)
            self._desk.bridge.then(of_pack, lambda found: self._compare(pack, paper_id, found), owner=self)

    def stop(self) -> None:
        """Nothing is compared any more."""
        self._found, self._now, self._old, self._new = [], -1, "", ""

    def lights_on(self, pane: Pane, page: BookPage) -> Sequence[Light]:
        """What is to be lit on a page."""
        version = page.paper.version
        if not self._found or version not in (self._old, self._new):
            return ()
        old = version == self._old
        lit = []
        for number, change in enumerate(self._found):
            side = change.old if old else change.new
            if any(quad.page == page.index for quad in side.quads):
                quads = tuple(quad for quad in side.quads if quad.page == page.index)
                lit.append(Light(change.kind, quads, " ".join(SIGNS[change.kind]), number == self._now))
        return lit

    def _compare(self, pack: OpenPack, paper_id: str, found: "list[Earlier]") -> None:
        paper = pack.paper(paper_id)
        before = [each for each in found if each.paper_id == paper_id]
        if paper is None or paper.path is None or not before:
            self.refused.emit(_NOT_HERE if before else _NOTHING)
            return
        self._paper_id, self._old, self._new = paper_id, before[-1].sha256, paper.version
        self._found, self._now = [], -1
        self.panel.wait_for(f"{paper.item}  {paper.title}".strip())
        self._open_panel(self.panel)
        top = (paper_id, 0, 0.0, ())
        self._side_by_side.show(pack, self._old, f"Earlier version: {paper.title}", top, top)
        wanted = (self._old, self._new)

        def came(changes: list[Change]) -> None:
            if wanted == (self._old, self._new):
                self._found = changes
                self.panel.show_changes(changes)

        self._desk.bridge.then(self._desk.editions.changes(*wanted), came, owner=self)

    def _show(self, number: int) -> None:
        pack = self._split.in_use.pack
        if pack is None or not 0 <= number < len(self._found):
            return
        self._now = number
        change = self._found[number]
        paper = pack.paper(self._paper_id)
        title = f"Earlier version: {paper.title}" if paper else ""
        self._side_by_side.show(pack, self._old, title, self._spot(change.old), self._spot(change.new))
        self.panel.list.setFocus()
        for pane in self._split.panes:
            pane.canvas.viewport().update()

    def _spot(self, side: Side) -> tuple[str, int, float, Sequence[Quad]]:
        return self._paper_id, side.page, side.y, ()
