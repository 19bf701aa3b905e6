"""One printing: page after page is drawn by the worker, marked with the member's notes if wanted, and painted."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from html import escape

from PySide6.QtCore import QMarginsF, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QImage, QPageLayout, QPageSize, QPainter, QTextDocument
from PySide6.QtPrintSupport import QPrinter

from desktop.annotations.notebook import Annotation
from desktop.packs.book import Book, BookPage
from desktop.pdf.client import PdfClient
from desktop.pdf.protocol import PageImage, PageRequest, Source, Urgency
from desktop.reader.viewport import PageBox
from desktop.ui.kit.bridge import Bridge
from desktop.ui.kit.mark_words import KIND_NAMES, SIGNS, say_asking
from desktop.ui.kit.palettes import LIGHT
from desktop.ui.kit.words import parse_moment, say_short_date
from desktop.ui.panels.page_words import say_label
from desktop.ui.reader.mark_drawing import LINED, as_line, draw_lines_at, draw_shape
from desktop.ui.reader.marks import place
from desktop.ui.reading.watermark import Marked, draw_across

_MOST_DPI = 300
_POINTS = 72.0
_INK = QColor(LIGHT.ink)

NotesOf = Callable[[BookPage], Sequence[Annotation]]


class PrintJob(QObject):
    """Prints pages (from 0) of a book. Ends with finished, failed, or when `stop` is called; then nothing is left."""

    moved_on = Signal(int, int)
    finished = Signal()
    failed = Signal(str)

    def __init__(
        self, printer: QPrinter, pdf: PdfClient, bridge: Bridge, book: Book, pages: Sequence[int],
        notes: NotesOf | None, parent: QObject, name_of: Callable[[str], str] = str.capitalize,
    ) -> None:  # fmt: skip
        """notes: those of a page, in reading order; None to print the papers alone. name_of: a colour's name."""
        super().__init__(parent)
        self._printer, self._pdf, self._bridge, self._book = printer, pdf, bridge, book
        self._pages, self._notes = list(pages), notes
        self._name_of = name_of
        self.marked: Marked = lambda _: ""
        self._done = 0
        self._painter = QPainter()
        self._asked: Future[PageImage] | None = None
        printer.setFullPage(True)
        printer.setDocName("Board papers")  # a print queue is read by others

    def start(self) -> None:
        """Begin with the first page."""
        self._ask()

    def stop(self) -> None:
        """End now: what is not printed yet never will be."""
        if self._asked is not None:
            self._asked.cancel()
        if self._painter.isActive():
            self._printer.abort()
            self._painter.end()
        self._pages = []
        self.deleteLater()

    def _ask(self) -> None:
        page = self._book.pages[self._pages[self._done]]
        paper = page.paper
        assert paper.path is not None, "only papers that are here are printed"
        self._pdf.know(Source(paper.version, paper.path, paper.key, paper.title))
        dots = min(_MOST_DPI, self._printer.resolution())
        request = PageRequest(paper.version, page.index, dots / _POINTS)
        asked = self._asked = self._pdf.draw(request, Urgency.QUIET)
        self._bridge.then(asked, self._take, self._not_drawn, owner=self)

    def _take(self, image: PageImage) -> None:
        self._print(image)

    def _not_drawn(self, error: BaseException) -> None:
        words = str(error) if hasattr(error, "what") else ""
        if not words:
            raise error
        self._print(None, words)

    def _print(self, image: PageImage | None, trouble: str = "") -> None:
        if not self._pages:
            return
        page = self._book.pages[self._pages[self._done]]
        if not self._next_sheet(page.width > page.height):
            self._fail()
            return
        notes = list(self._notes(page)) if self._notes is not None else []
        if image is not None:
            self._paint_page(_picture(image, notes, page), self.marked(page.paper))
        else:
            self._paint_words(f"<p><b>Page {say_label(page)}</b></p><p>{trouble}</p>")
        if notes and self._next_sheet(wide=False):
            self._paint_words(_sheet_of_notes(page, notes, self._name_of))
        self._done += 1
        self.moved_on.emit(self._done, len(self._pages))
        if self._done < len(self._pages):
            self._ask()
        else:
            self._painter.end()
            self._pages = []
            self.finished.emit()

    def _next_sheet(self, wide: bool) -> bool:
        """A new sheet, upright or across; False where the printer takes no more."""
        way = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
        layout = QPageLayout(QPageSize(self._printer.pageLayout().pageSize()), way, QMarginsF())
        self._printer.setPageLayout(layout)
        if not self._painter.isActive():
            return self._painter.begin(self._printer)
        return self._printer.newPage()

    def _fail(self) -> None:
        self._painter.end()
        self._pages = []
        self.failed.emit("The printer could not be used. Nothing was changed. Choose another printer, or try again.")

    def _paint_page(self, picture: QImage, across: str) -> None:
        """As large as the sheet takes, in its middle. across: a watermark, "" for none."""
        room = QRectF(self._painter.viewport())
        factor = min(room.width() / picture.width(), room.height() / picture.height())
        width, height = picture.width() * factor, picture.height() * factor
        place = QRectF((room.width() - width) / 2, (room.height() - height) / 2, width, height)
        self._painter.drawImage(place, picture)
        draw_across(self._painter, place, across)

    def _paint_words(self, html: str) -> None:
        room = QRectF(self._painter.viewport())
        dots = self._printer.logicalDpiX() / _POINTS
        margin = 56 * dots
        document = QTextDocument()
        document.documentLayout().setPaintDevice(self._printer)
        document.setDefaultFont(QFont(document.defaultFont().family(), 11))
        document.setHtml(html)
        document.setTextWidth(room.width() - 2 * margin)
        self._painter.save()
        self._painter.translate(margin, margin)
        document.drawContents(self._painter, QRectF(0, 0, room.width() - 2 * margin, room.height() - 2 * margin))
        self._painter.restore()


def _picture(image: PageImage, notes: Sequence[Annotation], page: BookPage) -> QImage:
    """The page with its marks multiplied over it, each with its letter, as on the screen."""
    picture = QImage(image.pixels, image.width, image.height, image.stride, QImage.Format.Format_RGB32).copy()
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    scale = image.width / page.width
    box = PageBox(0, 0.0, 0.0, image.width, image.height, scale, 0, (0.0, image.width))
    for number, note in enumerate(notes, 1):
        colour = QColor(str(getattr(LIGHT, f"note_{note.colour}")))
        top = _paint_mark(painter, note, page, box, colour)
        at = QPointF(picture.width() - 30 * scale, top)
        _number(painter, at, f"{SIGNS[note.colour]}{number}", colour, scale)
    painter.end()
    return picture


def _paint_mark(painter: QPainter, note: Annotation, page: BookPage, box: PageBox, colour: QColor) -> float:
    """One mark as on the screen; the pixel from the top at which it begins."""
    quads = [quad for quad in note.anchor.quads if quad.page == page.index] if note.shape is None else []
    line = as_line(colour, dark=False)
    if note.kind in LINED:
        draw_lines_at(painter, note, quads, box, line)
    elif note.shape is not None:
        draw_shape(painter, note, box, line, QColor(LIGHT.paper))
        return box.at(0.0, note.shape.box[1])[1]
    else:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for quad in quads:
            painter.fillRect(place(quad, box), colour)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    return box.at(0.0, quads[0].y0 if quads else 24.0)[1]


def _number(painter: QPainter, at: QPointF, words: str, colour: QColor, scale: float) -> None:
    """A numbered label in the margin, to find the note on the sheet behind by."""
    box = QRectF(at.x(), at.y(), 24 * scale, 14 * scale)
    painter.setPen(_INK)
    painter.setBrush(colour)
    painter.drawRoundedRect(box, 3 * scale, 3 * scale)
    font = QFont(painter.font())
    font.setPixelSize(round(9 * scale))
    painter.setFont(font)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def _sheet_of_notes(page: BookPage, notes: Sequence[Annotation], name_of: Callable[[str], str]) -> str:
    rows = "".join(_said(number, note, name_of) for number, note in enumerate(notes, 1))
    return f"<p><b>My notes on page {escape(say_label(page))}, {escape(page.paper.title)}</b> (private)</p>{rows}"


def _said(number: int, note: Annotation, name_of: Callable[[str], str]) -> str:
    day = say_short_date(parse_moment(note.changed).astimezone().date())
    words = escape(note.words).replace("\n", "<br>")
    quote = f"<i>“{escape(note.anchor.exact)}”</i>" if note.anchor.exact else ""
    between = "<br>" if words and quote else ""
    kind = KIND_NAMES[note.kind] + (escape(say_asking(note.asking)) if note.asking else "")
    return f"<p><b>{number}. {kind}, {escape(name_of(note.colour))}</b> · {day}<br>{words}{between}{quote}</p>"
