"""A book, a store with its pack, and panels to show it in."""

import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from db.annotations import Annotations, Bookmarks
from db.bodies import Bodies
from db.finding import Finding
from db.packs import Packs
from db.records import BodyRecord, PackRecord, PageRecord, VersionRecord
from db.store import Store
from db.versions import Versions
from desktop.annotations.anchor import Anchor, Quad
from desktop.annotations.notebook import Notebook
from desktop.annotations.saver import Notes
from desktop.changes import Changes
from desktop.jobs import Lane
from desktop.packs.book import Book, BookPage, BookPaper
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
from desktop.search.finder import Finder
from desktop.ui.kit.bridge import Bridge
from desktop.ui.kit.theme import Theme
from desktop.ui.panels.search import SearchPanel

PACK = "a" * 16
ITEMS = (
    AgendaItem("1", "Apologies", Purpose.NONE, "Chair", ""),
    AgendaItem("2", "Minutes", Purpose.DECISION, "Chair", ""),
    AgendaItem("3.2", "Finance", Purpose.ASSURANCE, "Director of Finance", ""),
    AgendaItem("4", "Private matter", Purpose.INFORMATION, "", ""),
)


def paper(name: str, item: str, pages: int, **more: object) -> Paper:
    made = Paper(name * 16, item, f"Paper {name}", PaperKind.REPORT, PaperStatus.PRESENT, name * 64, 9, pages, "", "")
    return replace(made, **more)


def make_book() -> Book:
    """Four items, five papers, three of them with a file."""
    papers = (
        paper("0", "1", 0, status=PaperStatus.VERBAL),
        paper("1", "2", 3),
        paper("2", "3.2", 2),
        paper("3", "3.2", 4, status=PaperStatus.LATE),
        paper("4", "4", 2, withheld=True),
    )
    meeting = Meeting(date(2026, 1, 29), "15:00", "Room 1", Session.PUBLIC)
    pack = Pack(
        PACK, Body("e" * 16, "Board", "Trust"), meeting, "Board in public", 1,
        datetime(2026, 1, 22, tzinfo=UTC), "", ITEMS, papers,
    )  # fmt: skip
    laid: list[BookPaper] = []
    pages: list[BookPage] = []
    for each in papers[1:4]:
        made = BookPaper(each.id, each.item, each.title, each.sha256, Path("x.pdf"), "", len(pages), each.pages)
        laid.append(made)
        pages += [BookPage(made, index, 595, 842, str(len(pages) + index + 1)) for index in range(each.pages)]
    return Book(pack, tuple(laid), tuple(pages))


@dataclass
class Bench:
    """A store with the pack in it."""

    lane: Lane
    store: Store
    bridge: Bridge
    changes: Changes

    def notebook(self) -> Notebook:
        return Notes(self.lane, Annotations(self.store), Bookmarks(self.store), self.changes).open(PACK).result(10)

    def index(self, book: Book, texts: dict[tuple[str, int], str]) -> None:
        self.lane.do(self._index, book, texts).result(10)

    def _index(self, book: Book, texts: dict[tuple[str, int], str]) -> None:
        versions = Versions(self.store)
        for each in book.papers:
            record = VersionRecord(each.version, PACK, each.paper_id, "x", "k", each.version, 1, "stored", each.count)
            versions.put(record)
            versions.put_pages(each.version, [PageRecord(each.version, page, 595, 842) for page in range(each.count)])
            known = [(page, text) for (paper_id, page), text in texts.items() if paper_id == each.paper_id]
            versions.put_texts(each.version, [(page, b"", text) for page, text in known])
            Finding(self.store).add(PACK, each.paper_id, each.version, known)


@contextmanager
def open_bench(folder: Path) -> Iterator[Bench]:
    """A store with the pack in it, closed afterwards."""
    lane, bridge, changes = Lane("store"), Bridge(), Changes()
    store = lane.do(Store.open, folder, secrets.token_bytes(32)).result(30)
    changes.listen(bridge.carry)

    def put() -> None:
        Bodies(store).add(BodyRecord("e" * 16, "Board", "Trust", "/mnt/packs", b"{}", "age1secretary"))
        row = PackRecord(PACK, "e" * 16, "Board", "2026-01-29", "", "", "public", 1, "2026-01-22T09:00:00Z", "", b"{}")
        Packs(store).put(row)

    lane.do(put).result(10)
    yield Bench(lane, store, bridge, changes)
    bridge.close()
    lane.do(store.close).result(10)
    lane.close()


Show = Callable[[QWidget], None]


def make_show(qtbot: QtBot) -> Show:
    """Shows widgets, in focus, and keeps them to the end of the test."""
    kept: list[QWidget] = []

    def show(widget: QWidget) -> None:
        kept.append(widget)
        qtbot.addWidget(widget)
        widget.resize(300, 600)
        with qtbot.waitActive(widget):
            widget.show()
            widget.activateWindow()

    return show


def mark_at(book: Book, number: int, page: int, top: float, words: str = "") -> Anchor:
    each = book.papers[number]
    label = book.pages[each.first + page].label
    return Anchor(each.paper_id, each.version, page, label, (Quad(page, 50, top, 90, top + 12),), words)


def make_search(
    bench: Bench, theme: Theme, book: Book, shown: Show, illegible: dict[tuple[str, int], str] | None = None
) -> SearchPanel:
    def told(pack_id: str) -> "Future[dict[tuple[str, int], str]]":
        return bench.lane.do(lambda: illegible or {})

    finder = Finder(bench.lane, Finding(bench.store), lambda: {PACK: book.pack})
    panel = SearchPanel(theme, bench.bridge, finder, told)
    shown(panel)
    panel.show_book(book)
    return panel


def buttons_of(widget: QWidget) -> list[QAbstractButton]:
    return [button for button in widget.findChildren(QAbstractButton) if button.isVisible()]
