"""Where found words stand: lit on the pages of every pane, and marked on their scroll bars."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from desktop.annotations.anchor import Quad
from desktop.search.finder import Finder, Hit
from desktop.search.occurrences import Occurrence
from desktop.search.query import read
from desktop.ui.kit.bridge import Bridge
from desktop.ui.kit.theme import Theme
from desktop.ui.panels.finds import Find, Finds
from desktop.ui.panels.scroll_marks import ScrollMarks
from desktop.ui.reading.pane import Pane
from desktop.ui.reading.split import Split


class HitLights(QObject):
    """Shows the finds in the panes that show their pack, and follows both."""

    chosen = Signal(int)  # the place in `Finds.all` of a mark that was clicked

    def __init__(self, finds: Finds, split: Split, finder: Finder, bridge: Bridge, theme: Theme) -> None:
        super().__init__(split)
        self._finds, self._split, self._finder, self._bridge, self._theme = finds, split, finder, bridge, theme
        self._lit = Lit(())
        self._marks: dict[Pane, ScrollMarks] = {}
        for pane in split.panes:
            self._watch(pane)
        split.made.connect(self._watch)
        split.changed.connect(self._forget_closed)
        finds.changed.connect(self.show_all)

    def marks(self, pane: Pane) -> ScrollMarks:
        """The marks on a pane's scroll bar."""
        return self._marks[pane]

    def show_all(self) -> None:
        """Bring pages and scroll bars to what has been found."""
        self._lit = Lit(self._finds.all)
        for pane in self._split.panes:
            self._light(pane)

    def quads_on(self, hit: Hit, typed: str, done: Callable[[list[Quad]], None]) -> None:
        """The strips of the first place on one page where what was typed stands; none where it stands nowhere."""

        def arrived(places: list[Occurrence]) -> None:
            done(list(places[0].quads) if places else [])

        asked = self._finder.places(read(typed), [(hit.paper_id, hit.sha256, hit.page)])
        self._bridge.then(asked, arrived, owner=self)

    def _watch(self, pane: Pane) -> None:
        self._marks[pane] = marks = ScrollMarks(self._theme, pane.canvas.verticalScrollBar(), self._say)
        marks.chosen.connect(lambda number: self._choose(pane, number))
        pane.page_changed.connect(lambda: self._follow(pane))

    def _follow(self, pane: Pane) -> None:
        """It may show another pack now, or the same one anew."""
        if pane.canvas.hits is not self._wanted(pane):
            self._light(pane)

    def _light(self, pane: Pane) -> None:
        lit, now = self._wanted(pane), self._finds.now
        every = self._finds.all if lit is self._lit else []
        at = every[now] if 0 <= now < len(every) else None
        pane.canvas.set_hits(lit, (at.page, at.place.quads) if at else None)
        self._marks[pane].show_marks([pane.canvas.share_down(*find.at) for find in every], now)

    def _wanted(self, pane: Pane) -> "Lit":
        return self._lit if pane.pack is not None and pane.pack.id == self._finds.pack_id else _NOTHING

    def _choose(self, pane: Pane, number: int) -> None:
        self._split.use(pane)
        self.chosen.emit(number)

    def _forget_closed(self) -> None:
        self._marks = {pane: marks for pane, marks in self._marks.items() if pane in self._split.panes}

    def _say(self, number: int) -> str:
        return f"{number + 1} of {len(self._finds.all)}"


class Lit(Mapping[int, Sequence[Quad]]):
    """The strips to light by page of the book, worked out for those pages that come into sight."""

    def __init__(self, finds: Sequence[Find]) -> None:
        self._finds: dict[int, list[Find]] = {}
        for find in finds:
            self._finds.setdefault(find.page, []).append(find)
        self._quads: dict[int, list[Quad]] = {}

    def __getitem__(self, page: int) -> Sequence[Quad]:
        if page not in self._quads:
            self._quads[page] = [quad for find in self._finds[page] for quad in find.place.quads]
        return self._quads[page]

    def __iter__(self) -> Iterator[int]:
        return iter(self._finds)

    def __len__(self) -> int:
        return len(self._finds)


_NOTHING = Lit(())
