"""What the words of the pages in sight lead to: loaded a pack at a time, and led to in whichever pack it lies."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Signal

from desktop.annotations.anchor import Quad
from desktop.changes import Change, Event
from desktop.links.facts import Target
from desktop.links.kept import End, KeptLink, OwnLink
from desktop.packs.book import Book, BookPage
from desktop.pdf.protocol import Source
from desktop.reader.destination import Destination
from desktop.reader.opened import Opened
from desktop.ui.panels.reading_desk import ReadingDesk
from desktop.ui.reader.page_links import FoundLink, SaidLink
from desktop.ui.reading.pane import Pane

if TYPE_CHECKING:
    from desktop.library.kept_links import PackLinks

_ABOVE = 80.0  # points of page over the line that is led to
_CHANGED = (Event.LINKS_FOUND, Event.LINKS_CHANGED, Event.NOTES_CARRIED)


class References(QObject):
    """The links of every pack in sight. `changed` when those of a pack (by id) are other than before."""

    changed = Signal(str)

    def __init__(self, desk: ReadingDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._links: dict[str, PackLinks] = {}
        self._by_page: dict[str, dict[tuple[str, int], list[SaidLink]]] = {}
        self._asked: set[str] = set()
        self._books: dict[str, Book] = {}
        desk.bridge.changed.connect(self._on_change)

    def of_pack(self, pack_id: str) -> "PackLinks | None":
        """The links of a pack; None while they are not loaded."""
        self._want(pack_id)
        return self._links.get(pack_id)

    def on(self, pane: Pane, page: BookPage) -> list[SaidLink]:
        """The links that the words of a page are, or that the reader made at them."""
        pack = pane.pack
        if pack is None or pack.is_earlier:
            return []
        self._want(pack.id)
        by_page = self._by_page.get(pack.id, {})
        return by_page.get((page.paper.version, page.index), [])

    def rejected_at(self, pane: Pane, pos: QPointF) -> list[KeptLink]:
        """What the reader said is no reference, where a position of a pane's window is."""
        point, links = pane.canvas.point_at(pos), self._links.get(pane.pack.id if pane.pack else "")
        if links is None or pane.pack is None or point is None or point.page >= len(pane.pack.book.pages):
            return []
        page = pane.pack.book.pages[point.page]
        return [
            kept
            for kept in links.found
            if kept.rejected
            and (kept.sha256, kept.page) == (page.paper.version, page.index)
            and any(x0 <= point.x <= x1 and y0 <= point.y <= y1 for x0, y0, x1, y1 in kept.link.mention.place.boxes)
        ]

    def forget(self) -> None:
        """The packs are closed."""
        for kept in (self._links, self._by_page, self._books):
            kept.clear()
        self._asked.clear()

    # ---- where a place is

    def with_page(self, target: Target, then: Callable[[BookPage], None], gone: Callable[[str], None]) -> None:
        """Call `then` with the page of a target, of whichever pack; `gone` with a sentence where there is none."""

        def came(opened: Opened | None) -> None:
            if opened is None:
                gone("That pack is not on this computer any more.")
                return
            self._books[target.pack_id] = opened.book
            self._found(opened.book, target, then, gone)

        if (book := self._books.get(target.pack_id)) is not None:
            self._found(book, target, then, gone)
        else:
            asked: Future[Opened | None] = self._desk.open_pack(target.pack_id)
            self._desk.bridge.then(asked, came, owner=self)

    def _found(self, book: Book, target: Target, then: Callable[[BookPage], None], gone: Callable[[str], None]) -> None:
        paper = next((each for each in book.papers if each.paper_id == target.paper_id), None)
        if paper is None or not paper.count:
            gone("The paper this leads to is not in that pack.")
            return
        if paper.path is not None:
            self._desk.pdf.know(Source(paper.version, paper.path, paper.key, paper.title))
        then(book.pages[paper.first + min(target.page, paper.count - 1)])

    # ---- loading

    def _want(self, pack_id: str) -> None:
        if pack_id and pack_id not in self._asked:
            self._asked.add(pack_id)
            self._desk.bridge.then(self._desk.links.of_pack(pack_id), self._take, owner=self)

    def _take(self, links: "PackLinks") -> None:
        pack_id = links.pack_id
        self._links[pack_id] = links
        by_page: dict[tuple[str, int], list[SaidLink]] = {}
        for kept in links.found:
            if not kept.rejected:
                said = SaidLink(kept.link.mention.place.boxes, kept, found=kept.link.is_found)
                if said.boxes:
                    by_page.setdefault((kept.sha256, kept.page), []).append(said)
        for own in links.own:
            for end in (own.start, own.end):
                if end.pack_id == pack_id:
                    for page, boxes in _strips(end).items():
                        by_page.setdefault((end.anchor.sha256, page), []).append(SaidLink(boxes, (own, end), own=True))
        self._by_page[pack_id] = by_page
        self.changed.emit(pack_id)

    def _on_change(self, change: Change) -> None:
        if change.event is Event.PACK_ARRIVED:
            self._books.pop(change.pack_id, None)
        if change.event in _CHANGED and change.pack_id in self._asked:
            self._desk.bridge.then(self._desk.links.of_pack(change.pack_id), self._take, owner=self)


def _strips(end: End) -> dict[int, tuple[tuple[float, float, float, float], ...]]:
    """The boxes of a link's end, by page."""
    strips: dict[int, tuple[tuple[float, float, float, float], ...]] = {}
    for quad in end.anchor.quads:
        strips[quad.page] = (*strips.get(quad.page, ()), (quad.x0, quad.y0, quad.x1, quad.y1))
    return strips


def target_of(end: End) -> Target:
    """The place at a link's end."""
    quads = end.anchor.quads
    boxes = tuple((quad.x0, quad.y0, quad.x1, quad.y1) for quad in quads if quad.page == quads[0].page)
    page = quads[0].page if quads else end.anchor.page
    return Target(end.pack_id, end.anchor.paper_id, page, boxes, end.anchor.exact[:80])


def targets_of(said: SaidLink) -> tuple[Target, ...]:
    """Where a link of the words leads: of one made by hand, to its other end."""
    if isinstance(said.what, KeptLink):
        return said.what.link.targets
    if isinstance(said.what, tuple):
        own, end = said.what
        assert isinstance(own, OwnLink)
        return (target_of(own.other(end)),)
    return ()


def kept_of(found: FoundLink | None) -> KeptLink | None:
    """The link that was found in the words; None where it is the file's, the reader's own or none at all."""
    said = found.said if found is not None else None
    return said.what if said is not None and isinstance(said.what, KeptLink) else None


def quads_of(target: Target) -> tuple[Quad, ...]:
    """The strips of a target's line."""
    return tuple(Quad(target.page, *box) for box in target.boxes)


def destination_of(target: Target, version: str) -> Destination:
    """Where to go for a target, in this version of its paper."""
    top = target.boxes[0][1] if target.boxes else None
    y = max(0.0, top - _ABOVE) if top is not None else None
    return Destination(target.paper_id, target.page, y, quads_of(target), version=version, pack_id=target.pack_id)
