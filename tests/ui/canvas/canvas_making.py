"""Real papers, a real book of them, and a canvas that reads them through a real engine."""

import hashlib
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pymupdf
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.annotations.anchor import Anchor
from desktop.annotations.entries import PRIVATE, Asking, Sharing
from desktop.annotations.shapes import Shape
from desktop.packs.book import A4, Book, BookPage, BookPaper
from desktop.packs.pack import Body, Meeting, Pack, Session
from desktop.reader.viewport import PagePoint
from desktop.ui.reader.canvas import PageCanvas

Key, Mod, Button = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton

LINES = 30
UPRIGHT, WIDE = (595, 842), (842, 595)
SIZES = [UPRIGHT, UPRIGHT, WIDE, UPRIGHT, UPRIGHT, UPRIGHT]


def write_paper(path: Path, name: str, sizes: Sequence[tuple[int, int]]) -> Path:
    """A PDF whose every page says which it is, with numbered lines of words."""
    document = pymupdf.open()
    for number, (width, height) in enumerate(sizes, 1):
        page = document.new_page(width=width, height=height)
        page.insert_text((72, 60), f"{name} page {number}", fontsize=20)
        for line in range(1, LINES + 1):
            if 90 + 15 * line < height - 30:
                page.insert_text((72, 90 + 15 * line), f"line{line} of page{number} says alpha beta gamma", fontsize=11)
    document.save(path)
    document.close()
    return path


def book_of(files: Sequence[tuple[str, Path | None, Sequence[tuple[float, float]]]]) -> Book:
    """Papers by name, file (None: not here yet) and page sizes, as one book."""
    body = Body("0" * 16, "Board", "Trust")
    meeting = Meeting(date(2026, 1, 29), "13:30", "Room", Session.PUBLIC)
    papers: list[BookPaper] = []
    pages: list[BookPage] = []
    for name, path, sizes in files:
        version = hashlib.sha256(path.read_bytes() if path else name.encode()).hexdigest()
        paper = BookPaper(name, "1", f"Paper {name}", version, path, "", len(pages), len(sizes))
        papers.append(paper)
        for index, (width, height) in enumerate(sizes):
            pages.append(BookPage(paper, index, width, height, str(len(pages) + 1)))
    pack = Pack("1" * 16, body, meeting, "Pack", 1, datetime(2026, 1, 20, tzinfo=UTC), "", (), ())
    return Book(pack, tuple(papers), tuple(pages))


def missing(name: str, count: int) -> tuple[str, None, list[tuple[float, float]]]:
    """A paper that has not arrived."""
    return name, None, [A4] * count


def with_trouble(book: Book, paper_id: str, words: str) -> Book:
    """The same book with one paper refused."""
    papers = tuple(replace(paper, trouble=words) if paper.paper_id == paper_id else paper for paper in book.papers)
    by_id = {paper.paper_id: paper for paper in papers}
    return Book(book.pack, papers, tuple(replace(page, paper=by_id[page.paper.paper_id]) for page in book.pages))


def no_words(version: str, page: int) -> "Future[bytes | None]":
    """A store in which nothing is indexed yet: the engine is asked instead."""
    future: Future[bytes | None] = Future()
    future.set_result(None)
    return future


@dataclass(frozen=True)
class Marked:
    """An annotation as the canvas knows it."""

    id: str
    anchor: Anchor
    kind: str = "highlight"
    colour: str = "question"
    words: str = field(default="")
    shape: Shape | None = None
    asking: Asking | None = None
    sharing: Sharing = PRIVATE


def is_sharp(canvas: PageCanvas) -> bool:
    """Whether everything in sight is drawn at the size it is shown at."""
    wanted = [one for one, need in canvas._pictures.wanted.items() if need.urgency <= 1 and not need.small]
    return bool(wanted) and not canvas._asking.isActive() and all(canvas._pictures.get(one) for one in wanted)


def grab(canvas: PageCanvas) -> QImage:
    """What is painted."""
    return canvas.viewport().grab().toImage()


def darkness(image: QImage, left: int, top: int, width: int, height: int) -> int:
    """How many pixels of a part are dark: print."""
    return sum(
        image.pixelColor(x, y).lightness() < 100 for x in range(left, left + width, 2) for y in range(top, top + height)
    )


def word_pixel(canvas: PageCanvas, page: int, text: str, nth: int = 0) -> QPoint:
    """The middle of a word on the screen."""
    loaded = canvas._texts.get(page)
    assert loaded is not None
    word = [word for word in loaded.words if word.text == text][nth]
    pixel = canvas._view.to_view(PagePoint(page, (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2))
    return QPoint(round(pixel.x), round(pixel.y))


def drag(canvas: PageCanvas, start: QPoint, end: QPoint, modifier: Mod = Mod.NoModifier) -> None:
    """By the real mouse, or its wheel."""
    port = canvas.viewport()
    QTest.mousePress(port, Button.LeftButton, modifier, start)
    for step in range(1, 6):
        QTest.mouseMove(port, start + (end - start) * step / 5)
    QTest.mouseRelease(port, Button.LeftButton, modifier, end)


def wheel(canvas: PageCanvas, angle: int, pixels: int = 0, modifier: Mod = Mod.NoModifier) -> None:
    """By the real mouse, or its wheel."""
    port = canvas.viewport()
    middle = QPointF(port.rect().center())
    event = QWheelEvent(
        middle, QPointF(port.mapToGlobal(middle)), QPoint(0, pixels), QPoint(0, angle),
        Button.NoButton, modifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(port, event)
