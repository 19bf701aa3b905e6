"""Notes on papers that were replaced: told of, pointed out on the pages, and reviewed with old and new side by side."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.annotations.anchor import Anchor, Quad
from desktop.annotations.carriage import KEPT, MOVED, ORPHAN, Carriage
from desktop.annotations.entries import Entry
from desktop.annotations.notebook import Notebook
from desktop.annotations.standing import anchor_of, paper_of, stand_at
from desktop.changes import Change, Event
from desktop.packs.book import BookPage
from desktop.ui.kit.state_words import say_carried, tag_of
from desktop.ui.panels.changes_panel import ChangesPanel
from desktop.ui.panels.reading_desk import ReadingDesk
from desktop.ui.panels.review import REVIEWED, ReviewPanel
from desktop.ui.panels.side_panel import SidePanel
from desktop.ui.reader.page_lights import Light
from desktop.ui.reading.open_pack import OpenPack
from desktop.ui.reading.open_packs import OpenPacks
from desktop.ui.reading.pane import Pane
from desktop.ui.reading.side_by_side import SideBySide
from desktop.ui.reading.split import Split
from desktop.ui.reading.what_changed import WhatChanged

_NO_WORDS = "Select the words in the new version first."
_OTHER_PAPER = "Select words in a paper of this pack as it is now."


class Carried(QObject):
    """Owns the review list. open_panel: shows a panel of the side; say: a sentence for the reader."""

    told = Signal(str)  # what became of the notes of the pack that is open, once an edition

    def __init__(
        self,
        desk: ReadingDesk,
        split: Split,
        packs: OpenPacks,
        side: SidePanel,
        open_panel: Callable[[QWidget], None],
        say: Callable[[str], None],
    ) -> None:
        super().__init__(split)
        self._desk, self._split, self._packs = desk, split, packs
        self._side, self._open_panel, self._say = side, open_panel, say
        self.also: Callable[[Pane, BookPage], Sequence[Light]] = lambda _pane, _page: ()  # what more is to be lit
        self.panel = ReviewPanel(desk.theme)
        side.add(self.panel, "Notes to review")
        self.side_by_side = SideBySide(desk, split, packs, say)
        self.changes = WhatChanged(desk, split, side, self.side_by_side, open_panel)
        self.changes.refused.connect(say)
        self._connect()

    @property
    def panels(self) -> tuple[ReviewPanel, ChangesPanel]:
        """What it shows at the side."""
        return self.panel, self.changes.panel

    def review(self) -> None:
        """Open the list, with the first note side by side."""
        self.refresh()
        self._open_panel(self.panel)
        self.panel.list.put_cursor_first()
        self.panel.focus_list()

    def watch(self, pane: Pane) -> None:
        """Point out in this pane what became of notes, and what changed."""
        pane.canvas.set_lights(
            lambda page: [*self._tags(pane, page), *self.changes.lights_on(pane, page), *self.also(pane, page)]
        )

    def refresh(self) -> None:
        """Notes changed."""
        entries = self._to_review()
        self.panel.show_entries(entries, self._place)
        for pane in self._split.panes:
            pane.canvas.viewport().update()

    def closed(self) -> None:
        """The side panel shows neither list any more: one version again."""
        if not self._side.is_showing(self.panel) and not self._side.is_showing(self.changes.panel):
            self.side_by_side.end()
            self.changes.stop()

    def _connect(self) -> None:
        panel = self.panel
        panel.shown.connect(self._show)
        panel.accepted.connect(lambda key: self._settle(key, "accepting a place"))
        panel.all_accepted.connect(self._settle_all)
        panel.kept.connect(self._keep)
        panel.placed.connect(self._place_anew)
        panel.placing_asked.connect(lambda _: self._focus_new())
        self._packs.notes_came.connect(self._tell)
        self._split.made.connect(self.watch)
        self._desk.bridge.changed.connect(self._changed)
        for pane in self._split.panes:
            self.watch(pane)

    # ---- what arrives

    def _changed(self, change: Change) -> None:
        pack = self._packs.get(change.pack_id) if change.event is Event.NOTES_CARRIED else None
        if pack is not None:
            opened = self._desk.open_notebook(pack.id)
            self._desk.bridge.then(opened, lambda notebook: self._take(pack, notebook), owner=self)

    def _take(self, pack: OpenPack, kept: Notebook) -> None:
        """What the store holds of the notes now, into the notebook that is shown."""
        if pack.notebook is not None:
            pack.notebook.take_carried([*kept.annotations, *kept.bookmarks])
            self._tell(pack)

    def _tell(self, pack: OpenPack) -> None:
        """Say it once an edition, and again as long as something needs a look."""
        notebook = pack.notebook
        if notebook is None:
            return
        self.refresh()
        carriages = [mark.carriage for mark in notebook.annotations] + [mark.carriage for mark in notebook.bookmarks]
        words = say_carried(carriages)
        looks = any(carriage.needs_look for carriage in carriages)

        def answered(first: bool) -> None:
            if (first or looks) and self._split.in_use.pack is pack:
                self.told.emit(words)

        if words:
            self._desk.bridge.then(self._desk.editions.tell_carried(pack.id), answered, owner=self)

    # ---- the list

    def _pack(self) -> OpenPack | None:
        return self._packs.get(self._split.in_use.pack.id) if self._split.in_use.pack else None

    def _entry(self, key: str) -> Entry | None:
        pack = self._pack()
        return pack.notebook.get(key) if pack and pack.notebook else None

    def _to_review(self) -> list[Entry]:
        pack = self._pack()
        if pack is None or pack.notebook is None:
            return []
        entries: list[Entry] = [*pack.notebook.annotations, *pack.notebook.bookmarks]
        left = [each for each in entries if each.carriage.state in REVIEWED and not each.carriage.settled]
        return sorted(left, key=lambda each: (REVIEWED.index(each.carriage.state), paper_of(each), _order(each)))

    def _place(self, entry: Entry) -> str:
        pack, here = self._pack(), anchor_of(entry)
        paper = pack.paper(here.paper_id) if pack else None
        return f"{paper.item}  {paper.title}" if paper else ""

    def _show(self, key: str) -> None:
        """Both places of an entry, side by side."""
        pack, entry = self._pack(), self._entry(key)
        if pack is None or entry is None:
            return
        here = anchor_of(entry)
        orphan = entry.carriage.state == ORPHAN
        before = here if orphan or not entry.carriage.earlier else entry.carriage.earlier[-1]
        paper = pack.paper(before.paper_id)
        title = f"Earlier version: {paper.title}" if paper else "Earlier version"
        self.side_by_side.show(pack, before.sha256, title, _spot(before), _nearby(before) if orphan else _spot(here))
        self.panel.list.setFocus()

    def _settle(self, key: str, name: str) -> None:
        entry = self._entry(key)
        if entry is not None:
            self._put(entry, replace(entry, carriage=replace(entry.carriage, settled=True)), name)

    def _settle_all(self) -> None:
        """The whole list, in one step of undo."""
        pack = self._pack()
        settled = [replace(each, carriage=replace(each.carriage, settled=True)) for each in self._to_review()]
        if pack is not None and pack.notebook is not None and settled:
            pack.notebook.place_all(settled, "accepting all places")
            self._shown_anew()

    def _keep(self, key: str) -> None:
        """Back to where it stood, for good."""
        entry = self._entry(key)
        if entry is None:
            return
        carriage, pack = entry.carriage, self._pack()
        if carriage.state == ORPHAN:
            self._put(entry, replace(entry, carriage=replace(carriage, state=KEPT, settled=True)), "keeping a note")
        elif carriage.earlier and pack is not None:
            kept = Carriage(KEPT, carriage.against, carriage.earlier[:-1], settled=True)
            back = replace(stand_at(entry, carriage.earlier[-1]), carriage=kept)
            self._put(entry, back, "keeping a note with the earlier version")

    def _place_anew(self, key: str) -> None:
        entry, both = self._entry(key), self.side_by_side.panes
        anchor = (both[1] if both else self._split.in_use).canvas.selected_anchor()
        if entry is None:
            return
        if anchor is None:
            self._say(_NO_WORDS)
            return
        earlier = entry.carriage.earlier
        here = anchor_of(entry)
        trail = (*earlier, here) if here.sha256 not in {each.sha256 for each in (*earlier, anchor)} else earlier
        placed = replace(stand_at(entry, anchor), carriage=Carriage(MOVED, anchor.sha256, trail, settled=True))
        self.panel.end_placing()
        self._put(entry, placed, "placing a note anew")

    def _put(self, entry: Entry, placed: Entry, name: str) -> None:
        pack = self._pack()
        if pack is not None and pack.notebook is not None:
            pack.notebook.place(entry.id, placed, name)
            self._shown_anew()

    def _shown_anew(self) -> None:
        for pane in self._split.panes:
            pane.canvas.marks_changed(None)
        self.refresh()

    def _focus_new(self) -> None:
        both = self.side_by_side.panes
        (both[1] if both else self._split.in_use).canvas.setFocus()

    # ---- on the pages

    def _tags(self, pane: Pane, page: BookPage) -> Sequence[Light]:
        if pane.pack is None or pane.pack.is_earlier:
            return ()
        lights = []
        for mark in pane.pack.marks_on(page):
            words = tag_of(mark.carriage)
            if words and mark.anchor.quads:
                lights.append(Light("tag", mark.anchor.quads, words))
        return lights


def _order(entry: Entry) -> tuple[int, float]:
    here = anchor_of(entry)
    return (here.page, here.quads[0].y0 if here.quads else 0.0)


def _spot(anchor: Anchor) -> tuple[str, int, float, Sequence[Quad]]:
    page = anchor.quads[0].page if anchor.quads else anchor.page
    quads = tuple(quad for quad in anchor.quads if quad.page == page and quad.x1 > quad.x0)
    return anchor.paper_id, page, anchor.quads[0].y0 if anchor.quads else 0.0, quads


def _nearby(anchor: Anchor) -> tuple[str, int, float, Sequence[Quad]]:
    """Where the passage would stand if the paper were the same: nothing is lit there."""
    return (*_spot(anchor)[:3], ())
