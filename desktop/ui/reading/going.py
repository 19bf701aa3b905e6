"""Going places. Every wish to be somewhere ends in `go`, which decides the pane and opens the pack if need be."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from desktop.annotations.anchor import Quad
from desktop.annotations.entries import Annotation, Entry
from desktop.packs.book import BookPage
from desktop.reader.destination import Destination
from desktop.reader.history import Place
from desktop.search.finder import Hit
from desktop.ui.panels.finds import Find
from desktop.ui.panels.spine import Spine
from desktop.ui.reading.lights import HitLights
from desktop.ui.reading.open_pack import OpenPack
from desktop.ui.reading.open_packs import OpenPacks
from desktop.ui.reading.pane import Pane
from desktop.ui.reading.split import Split

_ABOVE = 80.0  # points of page to show over what was jumped to
_NO_PAPER = "The paper this was made on is no longer in this pack."
_NO_FIND = "The paper these words were found in is no longer in this pack."
_LEFT_HERE = "You stopped here in this paper. Choose it again for its first page."
_OTHER_VERSION = "These words were found in an earlier version of this paper."


class Going(QObject):
    """Leads panes to places. say: a sentence for the reader where that is not possible.

    beside: in the other pane, which is made if there is none; the pane in use stays as it is, and in use.
    """

    def __init__(
        self, split: Split, packs: OpenPacks, spine: Spine, lights: HitLights, say: Callable[[str], None]
    ) -> None:
        super().__init__(split)
        self._split, self._packs, self._spine = split, packs, spine
        self._lights, self._say = lights, say

    def go(self, target: Destination, beside: bool = False) -> None:
        """To a place, here or there. It opens the pack the place is in, and back leads to where the pane was."""
        pack_id = target.pack_id or self._pack_id()
        if not pack_id:
            return
        if beside:
            self._lead(self._split.open_second(), pack_id, target)
        else:
            self._lead(self._split.in_use, pack_id, target)

    def follow(self, target: Destination, beside: bool = False) -> None:
        """Where a link leads: in the pane that links open in, if there is one."""
        receiver = self._split.receiving()
        if beside or receiver is self._split.in_use:
            self.go(target, beside)
        elif pack_id := target.pack_id or self._pack_id():
            self._lead(receiver, pack_id, target)

    def to_page(self, number: int, beside: bool = False) -> None:
        """To a page of the book (from 0), and the keys with it."""
        pack = self._split.in_use.pack
        if pack is not None and 0 <= number < len(pack.book.pages):
            self.go(_top_of(pack.book.pages[number]), beside)
            self._split.in_use.setFocus()

    def to_paper(self, number: int, beside: bool = False) -> None:
        """To the paper that begins on a page of the book, where it was left; from within it, to its first page."""
        pane = self._split.in_use
        page = pane.pack.book.pages[number] if pane.pack else None
        left = pane.canvas.left_in(page.paper.paper_id) if page is not None and not page.index else None
        if beside or page is None or pane.page is None or left is None or not left.page:
            self.to_page(number, beside)
        elif pane.page.paper.paper_id == left.paper_id:
            self.to_page(number)
        else:
            pane.canvas.go_to_place(left)
            pane.setFocus()
            self._say(_LEFT_HERE)

    def to_item(self, forward: bool) -> None:
        """To the first page of the next item, or of this one and then the one before."""
        starts, now = self._spine.item_starts(), self._split.in_use.canvas.current_page()
        ahead = (
            [start for start in starts if start > now] if forward else [start for start in starts if start < now][::-1]
        )
        if ahead:
            self._split.in_use.canvas.go_to(ahead[0])

    def to_entry(self, entry_id: str, beside: bool = False) -> None:
        """To a note or a bookmark of the pack in use, which flashes."""
        pack = self._split.in_use.pack
        entry = pack.notebook.get(entry_id) if pack and pack.notebook else None
        if entry is not None:
            self.to_kept(entry, beside)

    def to_kept(self, entry: Entry, beside: bool = False) -> None:
        """To a note or a bookmark of any pack."""
        if isinstance(entry, Annotation):
            page, top = entry.place
            y = max(0.0, top - _ABOVE) if top else None
            paper, version, quads = entry.anchor.paper_id, entry.anchor.sha256, _lit(entry)
            self.go(Destination(paper, page, y, quads, "", version, entry.pack_id, if_gone=_NO_PAPER), beside)
        else:
            y = max(0.0, entry.y - _ABOVE) if entry.y else None
            self.go(Destination(entry.paper_id, entry.page, y, pack_id=entry.pack_id, if_gone=_NO_PAPER), beside)

    def to_hit(self, hit: Hit, typed: str, beside: bool = False) -> None:
        """To a find, of any pack."""
        self.go(
            Destination(
                hit.paper_id, hit.page, None, (), typed, hit.sha256, hit.pack_id,
                if_gone=_NO_FIND, if_changed=_OTHER_VERSION,
            ),
            beside,
        )  # fmt: skip

    def to_find(self, find: Find, beside: bool = False) -> None:
        """To one place where words were found in the pack in use."""
        place = find.place
        y = max(0.0, place.top - _ABOVE)
        self.go(Destination(place.paper_id, place.page, y, place.quads, "", place.sha256, if_gone=_NO_FIND), beside)

    def split(self) -> None:
        """A second pane, at the place of the first; the keys go there."""
        here = self._split.in_use
        if self._split.is_split or here.pack is None:
            return
        place = here.canvas.place()
        there = self._split.open_second()
        there.show_pack(here.pack, place)
        self._split.use(there)

    def move_over(self) -> None:
        """What is read here goes to the other pane, and this one goes back to where it came from."""
        here = self._split.in_use
        if here.pack is None:
            return
        pack, place = here.pack, here.canvas.place()
        there = self._split.open_second()
        if there.pack is None:
            there.show_pack(pack, place)
        else:
            there.turn_to(pack, place)
        if here.can_go_back:
            here.back()

    def _pack_id(self) -> str:
        return self._split.in_use.pack.id if self._split.in_use.pack else ""

    def _lead(self, pane: Pane, pack_id: str, target: Destination) -> None:
        def opened(pack: OpenPack, left: Place | None) -> None:
            if pane not in self._split.panes:
                return  # closed meanwhile
            if pane.pack is pack:
                self._land(pane, target, remember=True)
            elif pane.pack is None:
                pane.show_pack(pack, left)
                self._land(pane, target, remember=False)
            else:
                pane.turn_to(pack, left)
                self._land(pane, target, remember=False)

        self._packs.with_pack(pack_id, opened)

    def _land(self, pane: Pane, target: Destination, remember: bool) -> None:
        pack = pane.pack
        paper = pack.paper(target.paper_id) if pack else None
        if pack is None or paper is None or not paper.count:
            self._say(target.if_gone)
            return
        number = paper.first + min(target.page, paper.count - 1)
        if target.version and paper.version != target.version:
            pane.canvas.go_to(number, target.y, remember=remember)
            if target.if_changed:
                self._say(target.if_changed)
        elif target.words:
            hit = Hit(pack.id, target.paper_id, paper.version, number - paper.first, ())
            self._lights.quads_on(hit, target.words, lambda quads: _alight(pane, number, quads, remember))
        else:
            pane.canvas.go_to(number, target.y, target.quads, remember=remember)


def _lit(mark: Annotation) -> tuple[Quad, ...]:
    """The strips that flash: the words of a passage, or all that was drawn."""
    if mark.shape is not None:
        return (Quad(mark.anchor.page, *mark.shape.box),)
    return tuple(quad for quad in mark.anchor.quads if quad.page == mark.place[0])


def _alight(pane: Pane, number: int, quads: Sequence[Quad], remember: bool) -> None:
    top = max(0.0, min(quad.y0 for quad in quads) - _ABOVE) if quads else None
    pane.canvas.go_to(number, top, quads, remember=remember)


def _top_of(page: BookPage) -> Destination:
    return Destination(page.paper.paper_id, page.index)
