"""Links of the papers at work: followed here or there, looked at before, and never obeyed beyond that."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QPoint, QRect, QTimer
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QMenu, QWidget

from desktop.annotations.anchor import Quad
from desktop.links.facts import Target
from desktop.packs.book import BookPage
from desktop.pdf.protocol import Clip, PageImage, PageRequest, Urgency
from desktop.pdf.words import unpack
from desktop.reader.destination import Destination
from desktop.reader.lines import TextPage
from desktop.reader.needs import need_is_here
from desktop.ui.kit.browser import open_in_browser
from desktop.ui.kit.notices import announce
from desktop.ui.panels.link_boxes import LinkPreview, WebAddressBox
from desktop.ui.panels.reading_desk import ReadingDesk
from desktop.ui.reader.page_links import FoundLink, SaidLink
from desktop.ui.reader.picture_store import PictureStore
from desktop.ui.reading.going import Going
from desktop.ui.reading.link_words import address_of, say_led, say_reason, say_target
from desktop.ui.reading.pane import Pane
from desktop.ui.reading.references import References, destination_of, quads_of, targets_of
from desktop.ui.reading.split import Split

_PAUSE = 350  # milliseconds over a link before it is looked into
_WIDTH, _HEIGHT = 420, 180  # logical pixels of the picture of a place
_ABOVE = 36.0  # points over the line it leads to
_NEAR = 48.0  # points: what lies further below is not the line that was meant


@dataclass(frozen=True)
class _Led:
    """Where a link leads: the page, and the line on it, None where it is not known."""

    page: BookPage
    y: float | None
    line: Quad | None
    quads: tuple[Quad, ...] = ()
    pack_id: str = ""

    @property
    def words(self) -> str:
        """As a sentence's end: "page 12, Finance report"."""
        return f"page {self.page.label or self.page.index + 1}, {self.page.paper.title}"


class Linking(QObject):
    """Watches panes. say: a sentence for the reader. open_address: where the member's wish to see a web page goes."""

    def __init__(
        self, desk: ReadingDesk, pictures: PictureStore, split: Split, going: Going, say: Callable[[str], None],
        holder: QWidget,
        open_address: Callable[[str], None] = open_in_browser,
    ) -> None:  # fmt: skip
        super().__init__(holder)
        self._desk, self._split, self._going, self._say, self._holder = desk, split, going, say, holder
        self._pictures = pictures
        self.references = References(desk, self)
        self.references.changed.connect(lambda _pack_id: self._redraw())
        self._looked_at: tuple[Pane, FoundLink] | None = None
        self.menu: QMenu | None = None
        self._area = QRect()
        self.preview = LinkPreview(desk.theme, holder)
        self.box = WebAddressBox(desk.theme, holder, open_address)
        self.box.closed.connect(self._give_keys_back)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._look)

    def watch(self, pane: Pane) -> None:
        """Follow the links of a pane's pages too."""
        pane.canvas.links.followed.connect(lambda found, beside: self._follow(pane, found, beside))
        pane.canvas.links.shown.connect(lambda found: self._show(pane, found))
        pane.canvas.place_changed.connect(self._page_moved)
        pane.canvas.links.use_said(lambda page: self.references.on(pane, page))

    def put_away(self) -> None:
        """Nothing floats beside a link any more."""
        self._looked_at = None
        self._timer.stop()
        self.preview.hide()

    def close(self) -> bool:
        """Put everything away; whether an address was being asked about."""
        self.put_away()
        was_open = self.box.isVisible()
        self.box.close_box()
        return was_open

    def _give_keys_back(self) -> None:
        self._split.in_use.setFocus()

    # following

    def _follow(self, pane: Pane, found: FoundLink, beside: bool) -> None:
        self.put_away()
        link = found.link
        if found.said is not None:
            self._follow_said(pane, found, found.said, beside)
        elif link.address:
            self.box.show_address(link.address, *self._place(pane, found))
        elif link.inert:
            self._say(_say_inert(link.inert))
        else:
            self._with_target(pane, found, lambda led: self._go(pane, led, beside))

    def _go(self, pane: Pane, led: _Led, beside: bool) -> None:
        if pane is not self._split.in_use or pane.pack is None:
            return
        paper = led.page.paper
        quads = (led.line,) if led.line else ()
        there = Destination(paper.paper_id, led.page.index, led.y, quads, version=paper.version, pack_id=pane.pack.id)
        self._going.follow(there, beside)

    def _follow_said(self, pane: Pane, found: FoundLink, said: SaidLink, beside: bool) -> None:
        """A link of the words: to its place, to a list of places, or to why there is none."""
        targets = targets_of(said)
        if (address := address_of(said)) is not None:
            self.box.show_address(address, *self._place(pane, found))
        elif not targets:
            self._say(say_reason(said))
        elif len(targets) > 1:
            self._offer(pane, found, targets, beside)
        else:
            self.go_to(targets[0], beside)

    def go_to(self, target: Target, beside: bool = False) -> None:
        """To a place that a link of the words leads to, in whichever pack it lies."""
        self.references.with_page(
            target, lambda page: self._going.follow(destination_of(target, page.paper.version), beside), self._say
        )

    def _offer(self, pane: Pane, found: FoundLink, targets: Sequence[Target], beside: bool) -> None:
        """A short list of the places that may be meant."""
        menu = self.menu = QMenu(self._holder)
        menu.setAccessibleName("Where this may lead")
        names = self.references.of_pack(pane.pack.id if pane.pack else "")
        for target in targets:
            act = partial(self.go_to, target, beside)
            menu.addAction(say_target(target, names).replace("&", "&&")).triggered.connect(
                lambda _on=False, act=act: act()
            )
        menu.aboutToHide.connect(menu.deleteLater)
        at = pane.canvas.viewport().mapToGlobal(pane.canvas.links.area(found).bottomLeft())
        menu.popup(at)

    def _redraw(self) -> None:
        for pane in self._split.panes:
            pane.canvas.links.changed.emit()

    def _with_target(self, pane: Pane, found: FoundLink, then: Callable[[_Led], None]) -> None:
        """Find the page and the line a link leads to; at once or when the words are read."""
        if found.said is not None:
            (target, *_) = targets_of(found.said)
            quads = quads_of(target)
            line, y = (quads[0], quads[0].y0) if quads else (None, None)
            self.references.with_page(
                target, lambda page: then(_Led(page, y, line, quads, target.pack_id)), lambda _words: None
            )
            return
        pages = pane.pack.book.pages if pane.pack else ()
        if not found.page < len(pages):
            return
        paper = pages[found.page].paper
        if not found.link.page < paper.count:
            self._say("This link leads to a page that this paper does not have.")
            return
        page = pages[paper.first + found.link.page]
        words = self._desk.words(paper.version, page.index)
        self._desk.bridge.then(words, lambda packed: then(_led(page, found.link.y, packed)), owner=self)

    # looking before

    def _show(self, pane: Pane, found: FoundLink | None) -> None:
        self.put_away()
        if found is None or self.box.isVisible():
            return
        self._looked_at, self._area = (pane, found), pane.canvas.links.area(found)
        link = found.link
        if found.said is not None and len(targets_of(found.said)) != 1:
            words = say_reason(found.said)
            self.preview.show_words(words, *self._place(pane, found))
            announce(self._holder, words)
        elif link.address or link.inert:
            words = f"On the web: {link.address}" if link.address else _say_inert(link.inert)
            self.preview.show_words(words, *self._place(pane, found))
            announce(self._holder, words)
        else:
            self._timer.start()

    def _page_moved(self) -> None:
        """Away from under the pointer, unless it only seemed to move: pages are also laid out anew where they stand."""
        if self._looked_at is not None and self._looked_at[0].canvas.links.area(self._looked_at[1]) != self._area:
            self.put_away()

    def _look(self) -> None:
        if self._looked_at is not None:
            wanted = self._looked_at
            self._with_target(*wanted, partial(self._draw, wanted))

    def _draw(self, wanted: tuple[Pane, FoundLink], led: _Led) -> None:
        if wanted != self._looked_at:
            return
        announce(self._holder, self._said_to(wanted, led))
        if not need_is_here(led.page):
            self.preview.show_words(self._said_to(wanted, led), *self._place(*wanted))
            return
        ratio = self._holder.devicePixelRatioF()
        page = led.page
        scale = round(_WIDTH * ratio / page.width, 5)
        top = max(0, round(((led.y or 0.0) - _ABOVE) * scale))
        height = min(round(_HEIGHT * ratio), max(1, round(page.height * scale) - top))
        clip = Clip(0, top, round(page.width * scale), height)
        request = PageRequest(page.paper.version, page.index, scale, clip, self._pictures.tones)
        asked = self._desk.pdf.draw(request, Urgency.DETAIL)
        self._desk.bridge.then(asked, lambda drawn: self._show_place(wanted, led, drawn), self._not_drawn, owner=self)

    def _show_place(self, wanted: tuple[Pane, FoundLink], led: _Led, drawn: PageImage) -> None:
        if wanted != self._looked_at or drawn.request.clip is None:
            return
        image = QImage(drawn.pixels, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32).copy()
        for line in led.quads or ((led.line,) if led.line else ()):
            self._mark(image, line, drawn.request.scale, drawn.request.clip.top)
        image.setDevicePixelRatio(self._holder.devicePixelRatioF())
        self.preview.show_place(self._said_to(wanted, led), image, *self._place(*wanted))

    def _said_to(self, wanted: tuple[Pane, FoundLink], led: _Led) -> str:
        """What stands over the picture: the place, and how it was told where it is only likely."""
        pane, found = wanted
        if found.said is None:
            return f"To {led.words}"
        names = self.references.of_pack(pane.pack.id) if pane.pack else None
        return say_led(found.said, led.words, led.pack_id, pane.pack.id if pane.pack else "", names)

    def _not_drawn(self, error: BaseException) -> None:
        if not hasattr(error, "what"):
            raise error
        if self._looked_at is not None:
            self.preview.show_words(str(error), *self._place(*self._looked_at))

    def _mark(self, image: QImage, line: Quad, scale: float, top: int) -> None:
        theme, painter = self._desk.theme, QPainter(image)
        modes = QPainter.CompositionMode
        tint = theme.colour("paper")
        painter.setCompositionMode(
            modes.CompositionMode_Screen if theme.dark_pages else modes.CompositionMode_Multiply
        )  # fmt: skip
        if not theme.dark_pages and tint != QColor("white"):
            painter.fillRect(image.rect(), tint)
        area = QRect(
            round((line.x0 - 2) * scale), round((line.y0 - 1) * scale) - top,
            round((line.x1 - line.x0 + 4) * scale), round((line.y1 - line.y0 + 2) * scale),
        )  # fmt: skip
        painter.fillRect(area, theme.colour("hit_now"))
        painter.end()

    def _place(self, pane: Pane, found: FoundLink) -> tuple[QPoint, QRect]:
        """Beside the link, within the pages' part of the screen."""
        port = pane.canvas.viewport()
        area = pane.canvas.links.area(found)
        at = port.mapTo(self._holder, area.bottomLeft())
        within = QRect(port.mapTo(self._holder, QPoint(0, 0)), port.size()).adjusted(8, 8, -8, -8)
        return at, within


def _led(page: BookPage, y: float | None, packed: bytes | None) -> _Led:
    lines = TextPage(unpack(packed)).lines if packed and y is not None else []
    below = [line for line in lines if y is not None and line.y1 > y + 1 and line.y0 < y + _NEAR]
    first = min(below, key=lambda line: (line.y0, line.x0), default=None)
    quad = Quad(page.index, first.x0, first.y0, first.x1, first.y1) if first else None
    return _Led(page, y, quad)


def _say_inert(word: str) -> str:
    return f"This link asks for {word}. Despatch does not do that, so it leads nowhere."
