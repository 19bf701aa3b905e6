"""Keeping the places of all panes, so that a pack opens again as it was left."""

from PySide6.QtCore import QObject

from desktop.reader.opened import Beside
from desktop.ui.panels.reading_desk import ReadingDesk
from desktop.ui.reading.open_pack import OpenPack
from desktop.ui.reading.open_packs import OpenPacks
from desktop.ui.reading.pane import Pane
from desktop.ui.reading.split import Split


class Keeping(QObject):
    """The pack in the first pane is the one that is kept; the second pane is what stood beside it."""

    def __init__(self, desk: ReadingDesk, split: Split, packs: OpenPacks) -> None:
        super().__init__(split)
        self._desk, self._split, self._packs = desk, split, packs
        self._kept: tuple[str, Beside | None] | None = None

    def begin(self, pack_id: str, beside: Beside | None) -> None:
        """What is kept of a pack that is opened now; its second pane is put back."""
        self._kept = pack_id, beside
        if beside is None:
            return
        first, second = self._split.in_use, self._split.open_second(beside.share)

        def opened(pack: OpenPack, _left: object) -> None:
            if second in self._split.panes:
                second.show_pack(pack, beside.place)

        self._split.receive({0: first, 1: second}.get(beside.receives))
        if beside.active:
            self._split.take_into_use(second)
        self._packs.with_pack(beside.pack_id, opened)

    def keep(self) -> None:
        """Keep every place as it is now."""
        first, second = self._split.panes[0], self._split.other(self._split.panes[0])
        if first.pack is None or (second is not None and second.pack is None):
            return  # something is still being opened
        if first.pack.is_earlier or (second is not None and second.pack is not None and second.pack.is_earlier):
            return  # it was only looked at beside what took its place
        self._keep_place(first)
        if second is not None and second.pack is not first.pack:
            self._keep_place(second)
        state = first.pack.id, self._beside(second) if second else None
        if state != self._kept:
            self._kept = state
            self._desk.save_beside(*state)

    def _keep_place(self, pane: Pane) -> None:
        if pane.pack is not None and pane.pack.book.pages:
            self._desk.save_place(pane.pack.id, pane.canvas.remember())

    def _beside(self, second: Pane) -> Beside | None:
        if second.pack is None:
            return None
        split = self._split
        receives = split.panes.index(split.receiver) if split.receiver else -1
        return Beside(
            second.pack.id, second.canvas.place(), round(split.share, 3), split.in_use is second, receives
        )  # fmt: skip
