"""The name and the time across what is printed or copied of a paper, where the secretary asks for that."""

import math
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from desktop.packs.book import Book, BookPaper
from desktop.ui.kit.palettes import LIGHT
from desktop.ui.kit.words import say_moment
from desktop.ui.panels.reading_desk import ReadingDesk

_FAINT = 72  # of 255
_LARGEST = 0.06  # of the diagonal

Marked = Callable[[BookPaper], str]  # the words across a paper's pages, "" for none


def with_watermark(desk: ReadingDesk, book: Book, owner: QObject, then: Callable[[Marked], object]) -> None:
    """Call then with what stands across each paper. Nobody's name is looked up where no paper asks for it."""
    asking = {paper.id for paper in book.pack.papers if paper.watermark}
    if not asking:
        then(lambda _: "")
        return

    def named(member: str) -> None:
        now = datetime.now()
        words = f"{member} · {say_moment(now.date(), f'{now:%H:%M}')}"
        then(lambda paper: words if paper.paper_id in asking else "")

    desk.bridge.then(desk.member(book.pack.body.id), named, owner=owner)


def draw_across(painter: QPainter, room: QRectF, words: str) -> None:
    """From the lower left to the upper right, faint enough to read through."""
    if not words:
        return
    diagonal = math.hypot(room.width(), room.height())
    font = QFont(painter.font())
    font.setPixelSize(max(1, round(diagonal * _LARGEST)))
    wide = QFontMetricsF(font).horizontalAdvance(words)
    font.setPixelSize(max(1, round(font.pixelSize() * min(1.0, 0.8 * diagonal / max(wide, 1.0)))))
    colour = QColor(LIGHT.ink)
    colour.setAlpha(_FAINT)
    painter.save()
    painter.setFont(font)
    painter.setPen(colour)
    painter.translate(room.center())
    painter.rotate(-math.degrees(math.atan2(room.height(), room.width())))
    painter.drawText(QRectF(-diagonal / 2, -diagonal / 8, diagonal, diagonal / 4), Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()
