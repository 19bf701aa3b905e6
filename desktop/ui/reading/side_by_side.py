"""An earlier version of a paper in the first pane, and what took its place in the second."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from desktop.annotations.anchor import Quad
from desktop.packs.book import Book
from desktop.ui.panels.reading_desk import ReadingDesk
from desktop.ui.reading.earlier_pack import EarlierPack
from desktop.ui.reading.open_pack import OpenPack
from desktop.ui.reading.open_packs import OpenPacks
from desktop.ui.reading.pane import Pane
from desktop.ui.reading.split import Split

_ABOVE = 80.0  # points shown over the place that is looked at
_GONE = "The earlier version is not on this computer any more. The note itself is kept."

Spot = tuple[str, int, float, Sequence[Quad]]  # paper id, page from 0, points down it, strips to light


class SideBySide(QObject):
    """Opens both, and puts the panes back as they were. say: a sentence for the reader."""

    def __init__(self, desk: ReadingDesk, split: Split, packs: OpenPacks, say: Callable[[str], None]) -> None:
        super().__init__(split)
        self._desk, self._split, self._packs, self._say = desk, split, packs, say
        self._was_split: bool | None = None  # None: nothing is shown side by side
        self._wanted = 0

    @property
    def panes(self) -> tuple[Pane, Pane] | None:
        """The pane of the earlier version and that of the newer one, None where they are not both there."""
        first, second = self._split.panes[0], self._split.panes[-1]
        both = first is not second and first.pack is not None and first.pack.is_earlier
        return (first, second) if both else None

    def show(self, pack: OpenPack, version: str, title: str, old: Spot, new: Spot | None) -> None:
        """Light both places. version: sha256 of the earlier one; title: what it goes by. new: None where there is
        none."""
        self._wanted += 1
        wanted = self._wanted
        self._open_new(pack, new)
        first = self._split.panes[0]
        if isinstance(first.pack, EarlierPack) and _shows(first.pack, old[0], version):
            _go(first, old)
            return

        def came(book: Book | None) -> None:
            if wanted != self._wanted or self._packs.get(pack.id) is not pack:
                return
            if book is None:
                self._say(_GONE)
            else:
                first.turn_to(EarlierPack(self._desk, book, pack.notebook, pack), None)
                _go(first, old)

        self._desk.bridge.then(self._desk.editions.book(pack.id, old[0], version, title), came, owner=self)

    def end(self) -> None:
        """One version again, in as many panes as before."""
        self._wanted += 1
        was_split, self._was_split = self._was_split, None
        both = self.panes
        if was_split is None or both is None:
            return
        first, second = both
        pack, place = second.pack, second.canvas.place()
        if pack is not None:
            first.turn_to(pack, place)
        if not was_split:
            self._split.close_pane(second)

    def _open_new(self, pack: OpenPack, new: Spot | None) -> None:
        if self._was_split is None:
            self._was_split = self._split.is_split
        first = self._split.panes[0]
        self._split.take_into_use(first)
        place = first.canvas.place()
        second = self._split.open_second()
        if second.pack is None:
            second.show_pack(pack, place)
        elif second.pack is not pack:
            second.turn_to(pack, None)
        self._split.take_into_use(second)
        if new is not None:
            _go(second, new)


def _shows(pack: OpenPack, paper_id: str, version: str) -> bool:
    paper = pack.paper(paper_id)
    return paper is not None and paper.version == version


def _go(pane: Pane, spot: Spot) -> None:
    paper_id, page, y, quads = spot
    paper = pane.pack.paper(paper_id) if pane.pack else None
    if paper is not None and paper.count:
        number = paper.first + min(page, paper.count - 1)
        pane.canvas.go_to(number, max(0.0, y - _ABOVE), quads, remember=False)
