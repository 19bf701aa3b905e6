"""A member's home with real papers in a real encrypted store, and hands to work the reader with."""

import hashlib
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pymupdf
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from db.annotations import Annotations, Bookmarks
from db.bodies import Bodies
from db.finding import Finding
from db.packs import Packs
from db.places import Panes
from db.records import BodyRecord, PackRecord, PageRecord, VersionRecord
from db.versions import Versions
from desktop.annotations.saver import Notes
from desktop.app.editions import editions_of
from desktop.app.guiding import guide_of
from desktop.app.links import links_of
from desktop.changes import Changes
from desktop.jobs import Lane
from desktop.library.acronyms import Acronyms
from desktop.library.holdings import Holdings
from desktop.library.kept_notes import notes_of_body
from desktop.packs.book import Book, BookPage, BookPaper
from desktop.packs.index import pack_to_bytes
from desktop.packs.pack import (
    AgendaItem,
    Body,
    Meeting,
    Pack,
    Paper,
    PaperKind,
    PaperStatus,
    Purpose,
    Session,
)  # fmt: skip
from desktop.pdf.client import PdfClient
from desktop.pdf.words import pack as pack_words
from desktop.pdf.words import unpack
from desktop.reader.history import Place
from desktop.reader.opened import Beside, Opened
from desktop.search.finder import Finder
from desktop.search.text import normal
from desktop.ui.kit.bridge import Bridge
from desktop.ui.kit.theme import Theme
from desktop.ui.reader_screen import ReaderScreen, ReadingDesk

PACK, OTHER = "a" * 16, "b" * 16
WAIT = 60_000
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ITEMS = (
    AgendaItem("1", "Minutes", Purpose.DECISION, "Chair", ""),
    AgendaItem("2.1", "Finance report", Purpose.ASSURANCE, "Director of Finance and Performance", ""),
    AgendaItem("3", "Any other business", Purpose.NONE, "Chair", ""),
)


@dataclass
class Kept:
    """A paper as written: its file, and the words of its pages."""

    paper: Paper
    path: Path
    words: list[bytes] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


def write_paper(folder: Path, name: str, item: str, title: str, pages: int) -> Kept:
    path = folder / f"{name}.pdf"
    with pymupdf.open() as document:
        for number in range(1, pages + 1):
            page = document.new_page(width=595, height=842)
            page.insert_text((72, 80), f"{title} page {number}", fontsize=20)
            for line in range(1, 25):
                page.insert_text(
                    (72, 100 + 20 * line), f"Line {line} of {name} says cash{number} and position", fontsize=12
                )
        document.save(path)
    data = path.read_bytes()
    paper = Paper(
        hashlib.sha256(name.encode()).hexdigest()[:16], item, title, PaperKind.REPORT, PaperStatus.PRESENT,
        hashlib.sha256(data).hexdigest(), len(data), pages, "", "",
    )  # fmt: skip
    kept = Kept(paper, path)
    with pymupdf.open(path) as document:
        for page in document:
            kept.words.append(pack_words([word[:7] for word in page.get_text("words")]))
            kept.texts.append(page.get_text())
    return kept


def make_book(pack_id: str, kept: list[Kept], missing: tuple[str, ...] = ()) -> Book:
    meeting = Meeting(date(2026, 1, 29), "15:00", "Room 1", Session.PUBLIC)
    papers = tuple(each.paper for each in kept)
    pack = Pack(
        pack_id, Body("e" * 16, "Board", "Trust"), meeting, f"Board {pack_id[0]}", 1,
        datetime(2026, 1, 22, tzinfo=UTC), "", ITEMS, papers,
    )  # fmt: skip
    laid: list[BookPaper] = []
    pages: list[BookPage] = []
    for each in kept:
        path = None if each.paper.title in missing else each.path
        made = BookPaper(
            each.paper.id, each.paper.item, each.paper.title, each.paper.sha256, path, "", len(pages), each.paper.pages
        )
        laid.append(made)
        pages += [BookPage(made, index, 595, 842, str(len(pages) + index + 1)) for index in range(made.count)]
    return Book(pack, tuple(laid), tuple(pages))


@dataclass
class Home:
    """A member's store, and everything a reader works with."""

    folder: Path
    key: bytes
    client: PdfClient
    theme: Theme
    book: Book
    other: Book
    illegible: dict[tuple[str, int], str] = field(default_factory=dict)
    places: list[tuple[str, Place]] = field(default_factory=list)
    seen: list[tuple[str, str, int]] = field(default_factory=list)

    def open(self) -> None:
        self.lane, self.bridge = Lane("store"), Bridge()
        self.changes = changes = Changes()
        changes.listen(self.bridge.carry)
        self.holdings = self.lane.do(Holdings.open, self.folder, self.key).result(30)
        self.store = self.holdings.store
        self.notes = Notes(self.lane, Annotations(self.store), Bookmarks(self.store), changes)
        self.versions = Versions(self.store)

    def close(self) -> None:
        self.bridge.close()
        self.lane.do(self.store.close).result(10)
        self.lane.close()

    def desk(self) -> ReadingDesk:
        packs = {book.pack.id: book.pack for book in (self.book, self.other)}
        return ReadingDesk(
            pdf=self.client,
            words=lambda sha256, page: self.lane.do(self.versions.words, sha256, page),
            finder=Finder(self.lane, Finding(self.store), lambda: packs),
            open_notebook=self.notes.open,
            illegible=lambda pack_id: self.lane.do(lambda: self.illegible if pack_id == PACK else {}),
            open_pack=self._open_pack,
            save_beside=lambda pack_id, beside: self.lane.start(self._save_beside, pack_id, beside),
            save_place=lambda *place: self.places.append(place),
            papers_left=lambda pack_id: self.lane.do(lambda: [place for pack, place in self.places if pack == pack_id]),
            page_seen=lambda *page: self.seen.append(page),
            member=lambda _body_id: self.lane.do(lambda: "Ann Lee"),
            explain=lambda word, pack_id: self.lane.do(Acronyms(self.holdings).explain, word, pack_id),
            notes_of_body=lambda pack_id: self.lane.do(notes_of_body, self.holdings, pack_id),
            guide=guide_of(self.lane, self.holdings, self.changes),
            editions=editions_of(self.lane, self.holdings),
            links=links_of(self.lane, self.holdings, self.changes),
            bridge=self.bridge,
            theme=self.theme,
        )

    def _open_pack(self, pack_id: str) -> "Future[Opened | None]":
        books = {book.pack.id: book for book in (self.book, self.other)}
        place = next((place for pack, place in reversed(self.places) if pack == pack_id), None)
        seen = frozenset((paper, page) for pack, paper, page in self.seen if pack == pack_id)

        def opened() -> Opened | None:
            beside = Beside.from_text(Panes(self.store).get(pack_id))
            return Opened(books[pack_id], place, seen, beside) if pack_id in books else None

        return self.lane.do(opened)

    def _save_beside(self, pack_id: str, beside: Beside | None) -> None:
        if beside is None:
            Panes(self.store).forget(pack_id)
        else:
            Panes(self.store).put(pack_id, beside.pack_id, beside.to_text())

    def fill(self, kept: list[Kept]) -> None:
        self.lane.do(self._fill, kept).result(10)

    def _fill(self, kept: list[Kept]) -> None:
        Bodies(self.store).add(BodyRecord("e" * 16, "Board", "Trust", "/mnt/packs", b"{}", "age1secretary"))
        for book, papers in ((self.book, kept), (self.other, kept[1:])):
            pack_id, index = book.pack.id, pack_to_bytes(with_keys(book.pack), "t" * 16, "Member")
            Packs(self.store).put(
                PackRecord(pack_id, "e" * 16, "B", "2026-01-29", "", "", "public", 1, "2026-01-22T09:00:00Z", "", index)
            )
            for each in papers:
                self._fill_paper(pack_id, each)

    def _fill_paper(self, pack_id: str, each: Kept) -> None:
        paper_id = each.paper.id if pack_id == PACK else "9" * 16
        sha256, count = each.paper.sha256, each.paper.pages
        self.versions.put(VersionRecord(sha256, pack_id, paper_id, "x", "k", sha256, 1, "indexed", count))
        self.versions.put_pages(sha256, [PageRecord(sha256, page, 595, 842) for page in range(count)])
        texts = [
            (page, words, normal(text)) for page, (words, text) in enumerate(zip(each.words, each.texts, strict=True))
        ]
        self.versions.put_texts(sha256, texts)
        Finding(self.store).add(pack_id, paper_id, sha256, [(page, text) for page, _, text in texts])


def with_keys(pack: Pack) -> Pack:
    """As it would have come: every paper with its place in the repository and its key."""
    key = "AGE-SECRET-KEY-1" + "Q" * 58
    return replace(
        pack, papers=tuple(replace(paper, target=f"blob/{paper.sha256[:32]}.age", key=key) for paper in pack.papers)
    )


Open = Callable[[], ReaderScreen]


def press(screen: ReaderScreen, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key wherever the focus is."""
    QTest.keyClick(screen.window().focusWidget() or screen, key, modifiers)


def select(screen: ReaderScreen, qtbot: QtBot, kept: Kept, first: int, last: int) -> None:
    """Draw a selection over words of the first page in sight with the mouse."""
    words, canvas = unpack(kept.words[0]), screen.canvas
    port = canvas.viewport()
    start, end = (QPointF((w.x0 + w.x1) / 2, (w.y0 + w.y1) / 2) for w in (words[first], words[last]))
    qtbot.waitUntil(lambda: canvas.is_over_text(pixel_of(canvas, start)), timeout=WAIT)

    def mouse(kind: QEvent.Type, at: QPointF, button: Qt.MouseButton, held: Qt.MouseButton) -> None:
        where = QPointF(port.mapToGlobal(at.toPoint()))
        event = QMouseEvent(kind, at, where, button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(port, event)

    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    mouse(QEvent.Type.MouseButtonPress, pixel_of(canvas, QPointF(words[first].x0 + 0.5, start.y())), left, left)
    mouse(QEvent.Type.MouseMove, pixel_of(canvas, end), none, left)
    mouse(QEvent.Type.MouseMove, pixel_of(canvas, QPointF(words[last].x1 - 0.5, end.y())), none, left)
    mouse(QEvent.Type.MouseButtonRelease, pixel_of(canvas, QPointF(words[last].x1 - 0.5, end.y())), left, none)


def pixel_of(canvas: QWidget, point: QPointF) -> QPointF:
    """Where a point of the current page lies in the window, found by asking the canvas the other way round."""
    lower, upper = canvas.point_at(QPointF(0, 0)), canvas.point_at(QPointF(100, 100))  # type: ignore[attr-defined]
    across, down = 100 / (upper.x - lower.x), 100 / (upper.y - lower.y)
    return QPointF((point.x() - lower.x) * across, (point.y() - lower.y) * down)


def at_top(screen: ReaderScreen, qtbot: QtBot, page: int = 0) -> None:
    screen.canvas.go_to(page, 0.0, remember=False)
    qtbot.waitUntil(lambda: screen.canvas.current_page() == page, timeout=WAIT)


def button_named(holder: QWidget, name: str) -> QAbstractButton:
    return next(button for button in holder.findChildren(QAbstractButton) if button.accessibleName() == name)
