"""Part of a page on the clipboard: drawn anew as sharp as it is printed, with its source as words beside it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QImage, QPainter, QTransform

from desktop.packs.book import Book
from desktop.pdf.protocol import Clip, PageImage, PageRequest, Source, Urgency
from desktop.reader.cells import Patch
from desktop.reader.printing import print_list
from desktop.ui.kit.clipboard import copy_picture
from desktop.ui.panels.citing import say_source
from desktop.ui.panels.reading_desk import ReadingDesk
from desktop.ui.reading.watermark import Marked, draw_across, with_watermark

_SCALE = 300 / 72  # pixels to the point: print resolution
_METRE = 39.37 * 300  # pixels, so that it is pasted at the size it is printed


class Grabbing(QObject):
    """Has pictures drawn by the worker. say: tells a sentence over the page."""

    def __init__(self, desk: ReadingDesk, say: Callable[[str], None], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._say = desk, say
        self._last = 0

    def may(self, book: Book, number: int) -> bool:
        """Whether a page of the book may be copied as a picture; says why where it may not."""
        page = book.pages[number]
        if any(paper.id == page.paper.paper_id and not paper.may_be_copied for paper in book.pack.papers):
            self._say(
                f"“{page.paper.title}” is not copied as a picture: the secretary asks that no copy of it is made. "
                "You can read and annotate it here."
            )
            return False
        refused = print_list(book, [number]).left_out
        if refused:
            self._say("This page cannot be copied as a picture: it is not on this computer, or cannot be read.")
        return not refused

    def take(self, book: Book, patch: Patch, turn: int) -> None:
        """Put this part of a page on the clipboard, and say so. turn: quarter turns to the right, as it is shown."""
        if not self.may(book, patch.page):
            return
        page = book.pages[patch.page]
        paper = page.paper
        assert paper.path is not None, "print_list leaves out what is not here"
        self._desk.pdf.know(Source(paper.version, paper.path, paper.key, paper.title))
        self._last = asked = self._last + 1
        request = PageRequest(paper.version, page.index, _SCALE, _clip(patch))
        source = say_source(book, page)

        def drawn(marked: Marked) -> None:
            self._desk.bridge.then(
                self._desk.pdf.draw(request, Urgency.IN_SIGHT),
                lambda image: self._copy(asked, image, turn, source, marked(paper)),
                self._fail,
                owner=self,
            )

        with_watermark(self._desk, book, self, drawn)

    def drop(self) -> None:
        """What is still being drawn is not wanted any more: the pack is closed."""
        self._last += 1

    def _copy(self, asked: int, image: PageImage, turn: int, source: str, across: str) -> None:
        if asked != self._last:
            return
        kind = QImage.Format.Format_RGB32
        picture = QImage(image.pixels, image.width, image.height, image.stride, kind).copy()
        if across:
            painter = QPainter(picture)
            draw_across(painter, QRectF(picture.rect()), across)
            painter.end()
        if turn:
            picture = picture.transformed(QTransform().rotate(90 * turn))
        picture.setDotsPerMeterX(round(_METRE))
        picture.setDotsPerMeterY(round(_METRE))
        copy_picture(picture, source)
        self._say(f"The picture is on the clipboard, with its source: {source}.")

    def _fail(self, error: BaseException) -> None:
        words = str(error) if hasattr(error, "what") else ""
        if not words:
            raise error
        self._say(words)


def _clip(patch: Patch) -> Clip:
    left, top = int(patch.x0 * _SCALE), int(patch.y0 * _SCALE)
    return Clip(left, top, max(1, round(patch.x1 * _SCALE) - left), max(1, round(patch.y1 * _SCALE) - top))
