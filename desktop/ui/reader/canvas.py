"""The reading canvas: the whole pack on one strip, drawn as it is scrolled."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QFrame, QWidget

from desktop.annotations.anchor import Quad
from desktop.packs.book import Book
from desktop.pdf.client import PdfClient
from desktop.pdf.protocol import Tones
from desktop.reader.history import Place
from desktop.reader.layout import Fit, TextBox
from desktop.reader.needs import need_is_here, needs, stand_ins
from desktop.reader.viewport import View, ViewPixel
from desktop.ui.kit.bridge import Bridge
from desktop.ui.kit.theme import Theme
from desktop.ui.reader import keys
from desktop.ui.reader.announcing import Announcer
from desktop.ui.reader.caret import CaretBrowsing
from desktop.ui.reader.columns import ColumnFinder
from desktop.ui.reader.drawing import TAKEN, Drawing
from desktop.ui.reader.dwell import Dwell
from desktop.ui.reader.flash import Flash
from desktop.ui.reader.gliding import Rush
from desktop.ui.reader.grabbing import GrabTool
from desktop.ui.reader.marks import Mark, Marks, MarksOf
from desktop.ui.reader.notice import can_try_again, lay_out, notice_words
from desktop.ui.reader.page_lights import LightsOf
from desktop.ui.reader.page_links import PageLinks
from desktop.ui.reader.painting import BookPainter, Scene
from desktop.ui.reader.picture_store import PictureStore
from desktop.ui.reader.pictures import Pictures
from desktop.ui.reader.pointing import Pointing
from desktop.ui.reader.stops import Stops
from desktop.ui.reader.texts import Words
from desktop.ui.reader.word_area import WordArea

_SETTLE = 90  # milliseconds after the last change of zoom before pages are asked for at the new one
_WORDS = 50  # milliseconds between two looks at whose words are wanted
_AHEAD = 8  # pages whose small pictures are drawn ahead of a rush
_SEEN_SHARE = 0.4


class PageCanvas(WordArea):
    """Shows a book. Pages are numbered from 0 in the book; positions in the window are of the viewport."""

    annotation_clicked = Signal(str, QPoint)
    page_seen = Signal(int)
    picture_arrived = Signal(int)
    trouble = Signal(str)
    menu_asked = Signal(QPointF, QPoint)  # in the window, and on the screen
    links: PageLinks
    caret: CaretBrowsing
    grab_tool: GrabTool
    stops: Stops

    def __init__(
        self,
        pdf: PdfClient,
        words: Words,
        bridge: Bridge,
        theme: Theme,
        parent: QWidget | None = None,
        pictures: PictureStore | None = None,
    ) -> None:
        """pictures: the store to share with other canvases; one of its own otherwise."""
        super().__init__(words, pdf, bridge, parent)
        self._bridge, self._theme = bridge, theme
        self._last_top = 0.0
        self._down = True
        self._hits: Mapping[int, Sequence[Quad]] = {}
        self._hit_now: tuple[int, Sequence[Quad]] | None = None
        self._drawn_once = False
        self._pictures = Pictures(pictures or PictureStore(pdf, bridge, self), self)
        self._make_parts(pdf, words)
        self._listen()
        self._dress()
        self._on_theme()

    def _make_parts(self, pdf: PdfClient, words: Words) -> None:
        self.links = PageLinks(pdf, self._bridge, self._theme, lambda: self._view, self)
        self._columns = ColumnFinder(words, self._bridge, self)
        self._marks = Marks(self._theme)
        self.drawing = Drawing(self, self._marks)
        self._flash = Flash(self)
        self._dwell = Dwell(self)
        self._announcer = Announcer(self)
        self._said_why = False
        self.caret = CaretBrowsing(self, self._selector, self._texts, self._theme)
        self.grab_tool = GrabTool(self, self._theme)
        self.stops = Stops(self, self.links, self._marks)
        self._pointing = Pointing(self, self._selector)
        self._painter = BookPainter(self._pictures, self._texts, self._marks, self._flash, self._theme, self.links)
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.timeout.connect(self._ask)
        self._rush = Rush()
        self._calming = QTimer(self)
        self._calming.setSingleShot(True)
        self._calming.timeout.connect(self._ask)
        self._reading = QTimer(self)
        self._reading.setSingleShot(True)
        self._reading.timeout.connect(self._read)

    def _listen(self) -> None:
        self._pictures.arrived.connect(self._update_page)
        self._pictures.arrived.connect(self.picture_arrived)
        self._pictures.arrived.connect(self._say_trouble)
        self._texts.arrived.connect(self._on_text)
        self._columns.changed.connect(self._on_columns)
        self._texts.failed.connect(self.trouble)
        self.selection_changed.connect(self._ask_for_words)
        self._flash.changed.connect(self.viewport().update)
        self.links.changed.connect(self.viewport().update)
        self._dwell.seen.connect(self.page_seen)
        self._theme.changed.connect(self._on_theme)
        self.page_changed.connect(self._on_page)
        self.zoom_changed.connect(self._on_zoomed)
        self.place_changed.connect(self._on_moved)

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setMouseTracking(True)
        # Every pixel is painted: Qt need not clear them first.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Pages of the pack")

    # What is shown

    def show_book(self, book: Book, place: Place | None) -> None:
        """Open a book at a place, or at its start."""
        self._dwell.restart()
        self._drawn_once = False
        super().show_book(book, place)

    def close_book(self) -> None:
        """Put the book away: its pictures, words and marks go from here, and its papers are closed in the engine."""
        if self._book is None:
            return
        self._dwell.restart()
        self._marks.use(None)
        super().show_book(Book(self._book.pack, (), ()), None)
        self._pictures.close()
        self._book = None

    def leave(self) -> None:
        """This canvas goes for good; what it shares stays with the others."""
        self.close_book()
        self._pictures.leave()

    def go_to(self, page: int, y: float | None = None, flash: Sequence[Quad] = (), remember: bool = True) -> None:
        """Jump to a page of the book, or y points down it, and light these strips. remember: back() returns here."""
        super().go_to(page, y, flash, remember)
        self._flash.light(page, flash, steady=not self._theme.motion)

    # Marks and hits

    def set_marks(self, source: MarksOf) -> None:
        """Where a page's annotations come from."""
        self._marks.use(source)
        self.viewport().update()

    def marks_changed(self, paper_id: str | None = None) -> None:
        """Annotations of a paper (of any) were added, changed or removed."""
        self._marks.changed(paper_id)
        self.viewport().update()

    def set_lights(self, source: LightsOf | None) -> None:
        """What else is pointed out on each page: changes between versions, and what became of carried notes."""
        self._painter.lights_of = source
        self.viewport().update()

    def set_hits(self, hits: Mapping[int, Sequence[Quad]], now: tuple[int, Sequence[Quad]] | None = None) -> None:
        """Light up what a search found, by page of the book; now: the find the reader is at, its page and strips."""
        self._hits, self._hit_now = hits, now
        self.viewport().update()

    @property
    def hits(self) -> Mapping[int, Sequence[Quad]]:
        """What is lit, as it was given."""
        return self._hits

    def annotation_at(self, pos: QPointF) -> str | None:
        """The id of the annotation under a position."""
        return mark.id if (mark := self.mark_at(QPointF(pos))) else None

    def mark_at(self, pos: QPointF) -> Mark | None:
        """The annotation under a position."""
        for page in self._view.pages:
            mark = self._marks.at(self._pages[page], self._view.box(page), pos)
            if mark is not None:
                return mark
        return None

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks over the links and marks in sight before it leaves."""
        return (self.hasFocus() and self.stops.walk(forward)) or super().focusNextPrevChild(forward)

    @property
    def theme(self) -> Theme:
        """How it looks."""
        return self._theme

    # For pointing and keys

    @property
    def shows_dark_pages(self) -> bool:
        """Whether pages are shown dark."""
        return self._theme.dark_pages

    def retry_at(self, pos: QPointF) -> int | None:
        """The failed page whose "Try again" lies under a position."""
        page = self._view.page_under(ViewPixel(pos.x(), pos.y()))
        if page is None or not can_try_again(self._pages[page], self._pictures.trouble(self._pages[page])):
            return None
        trouble = self._pictures.trouble(self._pages[page])
        notice = lay_out(self._theme, self._view, self._view.box(page), self._pages[page], trouble)
        return page if notice.button is not None and notice.button.contains(pos) else None

    def try_again(self, page: int) -> None:
        """Ask once more for a page that could not be drawn."""
        self._pictures.try_again(self._pages[page])
        self.viewport().update()

    def try_current_again(self) -> None:
        """The same by key, for the current page."""
        if self._pages and self._pictures.trouble(self._pages[self.current_page()]):
            self.try_again(self.current_page())

    # How it moves

    def _jump(self, view: View, page: int) -> None:
        super()._jump(view, page)
        self._rush.jumped()
        self._asking.start(0)

    def _may_glide(self) -> bool:
        return self._theme.motion

    def _take(self, book: Book, same: bool) -> None:
        super()._take(book, same)
        if not same:
            self._hits, self._hit_now = {}, None
            self._flash.stop()
        self._pictures.use_book(book)
        self.links.use_book(book)
        self._columns.use_book(book)
        self._marks.changed(None)

    def _on_moved(self) -> None:
        if self._view.top != self._last_top:
            self._down, self._last_top = self._view.top > self._last_top, self._view.top
        if not self._asking.isActive():
            self._asking.start(0)
        self._dwell_now()

    def _on_zoomed(self) -> None:
        # Not at every step of a turning wheel, where drawing cannot keep up: the next step makes such pages useless.
        self._asking.start(_SETTLE if self._drawn_once and self._pictures.behind else 0)

    def _on_page(self, number: int) -> None:
        page = self._pages[number]
        trouble = self._pictures.trouble(page)
        why = "" if need_is_here(page) and not trouble else f". {notice_words(page, trouble)}"
        self._announcer.say(f"Page {page.label or number + 1}, {page.paper.title}{why}")
        self._said_why = bool(why)

    def _say_trouble(self, number: int) -> None:
        """Why a page is not shown; and that it is, once whoever waits for it was told that it was not."""
        if number == self.current_page() and (self._said_why or self._pictures.trouble(self._pages[number])):
            self._on_page(number)

    def see_again(self, paper_id: str) -> None:
        """The paper's pages count as unseen: each is told anew when it has come into sight again."""
        self._dwell.forget(number for number, page in enumerate(self._pages) if page.paper.paper_id == paper_id)

    def thumbnail(self, page: int) -> QImage | None:
        """The small picture of a page of the book, once it has been made; `picture_arrived` tells when."""
        return self._pictures.thumbnail(self._pages[page]) if 0 <= page < len(self._pages) else None

    def _dwell_now(self) -> None:
        if not self.isVisible():
            return
        self._dwell.in_sight(
            page
            for page in self._view.pages
            if self._view.share(page) >= _SEEN_SHARE
            and not self._pictures.trouble(self._pages[page])
            and self._pages[page].paper.path is not None
        )

    def _ask(self) -> None:
        if self.isVisible() and self._pages:
            rushing = self._rush.is_on(self._view.top, self._view.height, self._pictures.behind)
            ahead = _AHEAD if rushing else 0
            wanted = stand_ins(self._view, self._pages, self._down, self._pictures.tones, ahead)
            if rushing:
                self._calming.start(_SETTLE)
            else:
                wanted += needs(self._view, self._pages, self._ratio(), self._down, self._pictures.tones)
            self._pictures.want(wanted, self.current_page())
            self._drawn_once = True
            if self._fit is Fit.TEXT:
                self._learn_columns(need.page for need in wanted)
            if not self._reading.isActive():
                self._reading.start(_WORDS)

    def _read(self) -> None:
        self._texts.want(self._pages_for_words())
        self.links.want(self._view.pages)

    def _pages_for_words(self) -> list[int]:
        sight = list(self._view.pages)
        selection = self._selector.selection
        around = [sight[0] - 1, sight[-1] + 1] if sight else []
        return [*sight, *around, *(selection.pages if selection else ())]

    def _ratio(self) -> float:
        return self.viewport().devicePixelRatioF()

    # What happens to it

    def _on_theme(self) -> None:
        theme = self._theme
        dark = Tones(_rgb(theme.colour("night")), _rgb(theme.colour("night_ink"))) if theme.dark_pages else None
        self._pictures.use_tones(dark)
        self._asking.start(0)
        self.viewport().update()

    def _text_boxes(self) -> Sequence[TextBox | None]:
        return self._columns.boxes()

    def _learn_columns(self, pages: Iterable[int]) -> None:
        for page in dict.fromkeys(pages):
            self._columns.look_into([self._pages[page].paper])
            if (text := self._texts.get(page)) is not None:
                self._columns.learn(self._pages[page], text.words)

    def _on_columns(self) -> None:
        if self._fit is Fit.TEXT:
            self._lay_out_again()

    def _on_text(self, page: int) -> None:
        if self._fit is Fit.TEXT and page < len(self._pages):  # words may come for a book put away meanwhile
            self._learn_columns([page])
        selection = self._selector.selection
        if selection is not None and page in selection.pages:
            self._update_page(page)

    def _ask_for_words(self) -> None:
        if self._selector.selection is not None and not self._asking.isActive():
            self._asking.start(0)

    def _update_page(self, page: int) -> None:
        if page in self._view.pages:
            box = self._view.box(page)
            area = QRect(round(box.left) - 4, round(box.top) - 4, round(box.width) + 8, round(box.height) + 8)
            self.viewport().update(area)
            self._dwell_now()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is in sight."""
        painter = QPainter(self.viewport())
        painter.setClipRegion(event.region())
        chosen = self._selector.selection
        focused, patch = self.hasFocus(), self._selector.patch
        scene = Scene(self._view, self._pages, self._ratio(), chosen, self._hits, self._hit_now, focused, patch)
        self._painter.paint(painter, scene)
        for part in (self.caret, self.grab_tool):
            part.draw(painter)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See keys."""
        pressed = self.drawing.takes_key(event) or self.grab_tool.press_key(event)
        if not (pressed or keys.press(self, event)):
            event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Say where a menu is wanted: at the pointer, or by key at the caret."""
        at = event.globalPos() if event.reason() == QContextMenuEvent.Reason.Mouse else self.caret_position()
        self.menu_asked.emit(QPointF(self.viewport().mapFromGlobal(at)), at)

    @property
    def _hand(self) -> "Pointing | GrabTool":
        """What the mouse works now."""
        return self.grab_tool if self.grab_tool.on else self._pointing

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """See pointing."""
        self._hand.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """See pointing."""
        self._hand.double_click(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """See pointing."""
        self._hand.move(event.position(), event.buttons())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """See pointing."""
        self._hand.release(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Zoom by pinching; draw anew for a screen of another fineness."""
        if event.type() in TAKEN and self.drawing.takes(event):
            return True
        if event.type() == QEvent.Type.Leave:
            self.links.point(None)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._asking.start(0)
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_by(1 + event.value(), event.position())
            return True
        return super().viewportEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Go on drawing."""
        super().showEvent(event)
        self._asking.start(0)
        self._dwell_now()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask for nothing while nobody looks."""
        super().hideEvent(event)
        self._glide.stop()
        self._asking.stop()
        self._calming.stop()
        self._reading.stop()
        self._dwell.pause()
        self._flash.stop()
        self._pointing.stop()
        self._announcer.stop()
        self._columns.stop()
        self._pictures.rest()


def _rgb(colour: QColor) -> int:
    return colour.rgb() & 0xFFFFFF
