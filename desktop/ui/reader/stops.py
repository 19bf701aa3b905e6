"""What the Tab key comes to on the pages in sight: the links printed there, and the reader's own marks."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRectF

from desktop.annotations.anchor import Quad
from desktop.annotations.entries import DRAWN_KINDS
from desktop.ui.reader.marks import Mark, Marks, place, quads_on
from desktop.ui.reader.page_links import FoundLink, PageLinks

if TYPE_CHECKING:
    from desktop.ui.reader.canvas import PageCanvas


@dataclass(frozen=True)
class FoundMark:
    """A mark and the page of the book (from 0) it stands on."""

    page: int
    mark: Mark


Stop = FoundLink | FoundMark


class Stops(QObject):
    """Goes from one to the next in the order of the page. A link shows where it leads; a mark is named."""

    def __init__(self, canvas: "PageCanvas", links: PageLinks, marks: Marks) -> None:
        super().__init__(canvas)
        self._canvas, self._links, self._marks = canvas, links, marks

    @property
    def _mark(self) -> FoundMark | None:
        """The mark with the keys: the one that the reader has hold of."""
        held = self._canvas.drawing.holding.held_mark()
        return FoundMark(*held) if held is not None else None

    @property
    def has_keys(self) -> bool:
        """Whether the keys are on a link or a mark."""
        return self._mark is not None or self._links.focused is not None

    def walk(self, forward: bool) -> bool:
        """Put the keys on the next in sight, or the one before; False past the last."""
        stops = self._in_sight()
        now: Stop | None = self._mark or self._links.focused
        known = [_key(stop) for stop in stops]
        here = known.index(_key(now)) if now is not None and _key(now) in known else (-1 if forward else len(stops))
        following = here + (1 if forward else -1)
        self._put(stops[following] if 0 <= following < len(stops) else None)
        return self.has_keys

    def open(self, beside: bool) -> bool:
        """What Enter does: open the mark, or follow the link (beside: in the other pane). Whether there was one."""
        if self._mark is not None:
            area = self._area(self._mark).toRect()
            at = self._canvas.viewport().mapToGlobal(QPoint(area.left(), area.bottom()))
            self._canvas.annotation_clicked.emit(self._mark.mark.id, at)
            return True
        link = self._links.focused
        if link is not None:
            self._links.follow(link, beside)
        return link is not None

    def leave(self) -> bool:
        """Take the keys off; whether they were on one."""
        had = self.has_keys
        self._put(None)
        return had

    def _put(self, stop: Stop | None) -> None:
        self._links.put_keys(stop if isinstance(stop, FoundLink) else None)
        self._canvas.drawing.holding.hold(stop.mark.id if isinstance(stop, FoundMark) else "")
        self._canvas.viewport().update()

    def _in_sight(self) -> list[Stop]:
        """Links and marks any part of which can be seen, from the top."""
        found: list[Stop] = []
        for page in self._canvas.sight:
            stops: list[Stop] = [FoundMark(page, mark) for mark in self._marks.on(self._canvas.page_at(page))]
            stops += self._links.on(page)
            found += sorted(stops, key=lambda stop: (self._area(stop).top(), self._area(stop).left()))
        port = QRectF(self._canvas.viewport().rect())
        return [stop for stop in found if self._area(stop).intersects(port)]

    def _area(self, stop: Stop) -> QRectF:
        if isinstance(stop, FoundLink):
            return QRectF(self._links.area(stop))
        page, box = self._canvas.page_at(stop.page), self._canvas.box_of(stop.page)
        if stop.mark.shape is not None and stop.mark.kind in DRAWN_KINDS:
            x0, y0, x1, y1 = stop.mark.shape.box
            return place(Quad(0, x0, y0, max(x1, x0 + 1), max(y1, y0 + 1)), box)
        area = QRectF()
        for quad in quads_on(stop.mark, page) if stop.mark.shape is None else ():
            area |= place(quad, box)
        return area if not area.isEmpty() else self._marks.marker_area(stop.mark.id, page, box)


def _key(stop: Stop) -> object:
    return (stop.page, stop.mark.id) if isinstance(stop, FoundMark) else stop
