"""The reader's panels, worked by real keys and mouse, over a real store where one is needed."""

import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
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
from desktop.annotations.notebook import Annotation, Notebook
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
from desktop.search.finder import Finder, Hit
from desktop.ui.kit.bridge import Bridge
from desktop.ui.kit.theme import Theme
from desktop.ui.panels.note_editor import NoteEditor
from desktop.ui.panels.notes import NotesPanel
from desktop.ui.panels.page_box import NoSuchPlace, PageBox, find_page
from desktop.ui.panels.panes import Panes
from desktop.ui.panels.popups import BookmarkBox
from desktop.ui.panels.search import SearchPanel
from desktop.ui.panels.spine import Spine

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


@pytest.fixture
def book() -> Book:
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


@pytest.fixture
def bench(tmp_path: Path, qapp: object) -> Iterator[Bench]:
    lane, bridge, changes = Lane("store"), Bridge(), Changes()
    store = lane.do(Store.open, tmp_path / "home", secrets.token_bytes(32)).result(30)
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


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[QWidget], None]:
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


# ---- the page box


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("4", 3), ("p4", 3), ("P 4", 3), ("page 4", 3), ("p.4", 3), (" 4 ", 3), ("3.2", 3), ("item 3.2", 3),
        ("item 2", 0), ("3.2 p4", 6), ("3.2, page 4", 6), ("item 2 p3", 2), ("2 p3", 2), ("9", 8),
    ],
)  # fmt: skip
def test_any_kind_of_page_number_is_understood(book: Book, typed: str, page: int) -> None:
    assert find_page(typed, book) == page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("10", "There is no page 10: the last page of this pack is 9."),
        ("0", "There is no page 0: the last page of this pack is 9."),
        ("7.1", "There is no item 7.1 on this agenda."),
        ("item 1", "Item 1 has no paper to open."),
        ("3.2 p7", "Item 3.2 has 6 pages."),
        ("3.2 p0", "Item 3.2 has 6 pages."),
        ("finance", "Type a page, as 47, or an item, as 3.2 or 3.2 p4."),
        ("", "Type a page, as 47, or an item, as 3.2 or 3.2 p4."),
    ],
)
def test_what_is_no_page_is_refused_in_a_sentence(book: Book, typed: str, sentence: str) -> None:
    with pytest.raises(NoSuchPlace) as refusal:
        find_page(typed, book)
    assert str(refusal.value) == sentence


def test_a_printed_label_goes_before_everything(book: Book) -> None:
    pages = tuple(replace(page, label=f"{place + 101}" if place else "3.2") for place, page in enumerate(book.pages))
    other = Book(book.pack, book.papers, pages)
    assert find_page("102", other) == 1
    assert find_page("3.2", other) == 0
    with pytest.raises(NoSuchPlace):
        find_page("4", other)


def test_the_box_says_where_we_are_and_takes_where_to_go(
    book: Book, theme: Theme, qtbot: QtBot, shown: Callable[[QWidget], None]
) -> None:
    holder = QWidget()
    box = PageBox(holder)
    other = PageBox(holder)
    other.move(0, 60)
    shown(holder)
    other.setFocus()
    box.show_book(book)
    box.show_page(4)
    assert box.text() == "5  (5 of 9)"
    box.setFocus()
    assert (box.text(), box.selectedText()) == ("5", "5")
    with qtbot.waitSignal(box.refused) as refused:
        QTest.keyClicks(box, "77")
        QTest.keyClick(box, Qt.Key.Key_Return)
    assert "no page 77" in refused.args[0]
    with qtbot.waitSignals([box.page_asked, box.left], check_params_cbs=[lambda page: page == 6, None]):
        QTest.keyClicks(box, "3.2 p4")
        QTest.keyClick(box, Qt.Key.Key_Return)
    with qtbot.waitSignal(box.left):
        QTest.keyClick(box, Qt.Key.Key_Escape)
    other.setFocus()
    assert box.text() == "5  (5 of 9)"


# ---- the agenda


def test_the_agenda_says_in_words_what_is_asked_and_read(
    book: Book, theme: Theme, shown: Callable[[QWidget], None]
) -> None:
    spine = Spine(theme)
    shown(spine)
    spine.show_book(book, [("1" * 16, 0), ("1" * 16, 1), ("2" * 16, 0), ("2" * 16, 1)])
    spine.mark_current("2" * 16)
    told = {row.key: row.spoken for row in spine.list.rows}
    assert told == {
        "item 1": "Item 1, Apologies, Chair",
        "0" * 16: "Paper 0. Verbal, no paper.",
        "item 2": "Item 2, Minutes, for decision, Chair",
        "1" * 16: "Paper 1. p 1–3 · 2 of 3 read.",
        "item 3.2": "Item 3.2, Finance, for assurance, Director of Finance",
        "2" * 16: "Paper 2. p 4–5 · read. You are here.",
        "3" * 16: "Paper 3. Late paper · p 6–9.",
        "item 4": "Item 4, Private matter, for information",
        "4" * 16: "Paper 4. Not sent to you.",
    }
    spine.mark_read("1" * 16, 3)
    assert {row.key: row.spoken for row in spine.list.rows}["1" * 16] == "Paper 1. p 1–3 · read."
    assert spine.item_starts() == [0, 3]


def test_a_paper_not_here_or_not_readable_says_so(book: Book, theme: Theme, shown: Callable[[QWidget], None]) -> None:
    first, second, third = book.papers
    away = replace(first, path=None)
    bad = replace(second, trouble="The file is damaged.")
    spine = Spine(theme)
    shown(spine)
    spine.show_book(Book(book.pack, (away, bad, third), book.pages), [])
    rows = {row.key: row for row in spine.list.rows}
    assert rows["1" * 16].spoken == "Paper 1. p 1–3 · Not here yet."
    assert rows["2" * 16].spoken == "Paper 2. Cannot be read."
    assert rows["2" * 16].tip == "The file is damaged."


def test_items_and_papers_open_by_click_and_by_key(
    book: Book, theme: Theme, qtbot: QtBot, shown: Callable[[QWidget], None]
) -> None:
    spine = Spine(theme)
    shown(spine)
    spine.show_book(book, [])
    rows = spine.list
    asked: list[int] = []
    spine.page_asked.connect(asked.append)
    for key in ("3" * 16, "item 3.2"):
        index = rows.model().index([row.key for row in rows.rows].index(key), 0)
        rows.scrollTo(index)
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(index).center())
    QTest.keyClick(rows, Qt.Key.Key_Up)
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert asked == [5, 3, 0]
    rows.put_cursor("item 1")
    with qtbot.waitSignal(spine.reason_asked) as reason:
        QTest.keyClick(rows, Qt.Key.Key_Return)
    assert reason.args == ["Item 1 has no paper to open (verbal, no paper)."]


@pytest.mark.parametrize("size", [12, 20])
def test_rows_are_high_enough_for_their_words(
    book: Book, theme: Theme, shown: Callable[[QWidget], None], size: int
) -> None:
    theme.use_size(size)
    spine = Spine(theme)
    shown(spine)
    spine.show_book(book, [])
    wide = spine.list.visualRect(spine.list.model().index(4, 0)).height()
    spine.resize(160, 600)
    narrow = spine.list.sizeHintForRow(4)
    line = spine.list.fontMetrics().height()
    assert wide >= max(36, 2 * line)
    assert narrow >= wide + line  # the lead's name takes more lines now


# ---- notes


def test_notes_stand_in_the_order_of_the_pages_and_are_filtered(
    book: Book, bench: Bench, theme: Theme, shown: Callable[[QWidget], None]
) -> None:
    notebook = bench.notebook()
    late = notebook.add_note(mark_at(book, 1, 1, 50), "Cash?", "question")
    low = notebook.add_highlight(mark_at(book, 0, 0, 400, "Café position"), "risk")
    high = notebook.add_highlight(mark_at(book, 0, 0, 90, "minutes agreed"), "agree")
    old = notebook.add_highlight(replace(mark_at(book, 2, 0, 9, "gone words"), sha256="f" * 64), "action")
    panel = NotesPanel(theme)
    shown(panel)
    panel.show_notes(book, notebook)
    told = [row.spoken for row in panel.list.rows]
    assert told == [
        "Paper 1, 2 notes",
        "Agree, p 1, minutes agreed",
        "Risk, p 1, Café position",
        "Paper 2, 1 note",
        "Question, p 5, Cash?",
        "Paper 3, 1 note",
        "Action, p 6, on an earlier version of this paper, gone words",
    ]
    QTest.keyClicks(panel.filter, "cafe pos")
    assert [row.key for row in panel.list.rows if not row.heading] == [low.id]
    panel.filter.clear()
    QTest.mouseClick(panel.colours.button("agree"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(panel.colours.button("question"), Qt.MouseButton.LeftButton)
    assert [row.key for row in panel.list.rows if not row.heading] == [high.id, late.id]
    QTest.keyClicks(panel.filter, "gone")
    assert not panel.list.isVisible()
    assert panel.empty.text() == "No note here has these colours and words."
    assert old.id not in told


def test_bookmarks_have_a_list_of_their_own(
    book: Book, bench: Bench, theme: Theme, qtbot: QtBot, shown: Callable[[QWidget], None]
) -> None:
    notebook = bench.notebook()
    panel = NotesPanel(theme)
    shown(panel)
    panel.show_notes(book, notebook)
    assert "Select words on a page" in panel.empty.text()
    panel.show_tab(bookmarks=True)
    assert "Ctrl+D" in panel.empty.text()
    mark = notebook.add_bookmark(book.papers[1].paper_id, book.papers[1].version, 1, 0.0, "Cash")
    panel.refresh()
    assert [row.spoken for row in panel.list.rows] == ["Cash, p 5"]
    panel.focus_list()
    for key, signal in (
        (Qt.Key.Key_Return, panel.chosen),
        (Qt.Key.Key_Delete, panel.removal_asked),
        (Qt.Key.Key_F2, panel.editing_asked),
    ):
        with qtbot.waitSignal(signal, check_params_cb=lambda entry_id: entry_id == mark.id):
            QTest.keyClick(panel.list, key)


# ---- writing


def open_editor(theme: Theme, shown: Callable[[QWidget], None]) -> NoteEditor:
    holder = QWidget()
    shown(holder)
    holder.resize(800, 600)
    return NoteEditor(theme, holder)


ROOM = QRect(0, 0, 800, 600)


def test_a_note_is_saved_while_it_is_written(
    book: Book, bench: Bench, theme: Theme, qtbot: QtBot, shown: Callable[[QWidget], None]
) -> None:
    notebook, editor = bench.notebook(), open_editor(theme, shown)
    editor.draft(notebook, mark_at(book, 0, 0, 90), "risk", QPoint(300, 200), ROOM)
    assert notebook.annotations == []
    QTest.keyClicks(editor.words, "Why")
    qtbot.waitUntil(lambda: [mark.words for mark in notebook.annotations] == ["Why"], timeout=5000)
    QTest.keyClicks(editor.words, " now?")
    QTest.keyClick(editor.words, Qt.Key.Key_Escape)
    assert not editor.isVisible()
    assert notebook.flush()
    (kept,) = bench.notebook().annotations
    assert (kept.words, kept.colour, kept.kind) == ("Why now?", "risk", "note")
    assert notebook.undo_name == "note"  # written in one go, taken back in one go


def test_a_note_nobody_wrote_is_never_made(
    book: Book, bench: Bench, theme: Theme, shown: Callable[[QWidget], None]
) -> None:
    notebook, editor = bench.notebook(), open_editor(theme, shown)
    editor.draft(notebook, mark_at(book, 0, 0, 90), "risk", QPoint(300, 200), ROOM)
    QTest.keyClicks(editor.words, "  ")
    editor.close_editor()
    assert notebook.annotations == []
    assert notebook.undo_name == ""


def test_a_highlight_is_recoloured_written_at_and_deleted(
    book: Book, bench: Bench, theme: Theme, qtbot: QtBot, shown: Callable[[QWidget], None]
) -> None:
    notebook, editor = bench.notebook(), open_editor(theme, shown)
    mark = notebook.add_highlight(mark_at(book, 0, 0, 90), "risk")
    editor.edit(notebook, mark, QPoint(300, 200), ROOM)
    QTest.mouseClick(editor.colours.button("agree"), Qt.MouseButton.LeftButton)
    QTest.keyClicks(editor.words, "Good")
    QTest.keyClick(editor.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    changed = notebook.get(mark.id)
    assert isinstance(changed, Annotation)
    assert (changed.colour, changed.words, changed.kind) == ("agree", "Good", "highlight")
    editor.edit(notebook, changed, QPoint(300, 200), ROOM)
    bin_button = next(button for button in buttons_of(editor) if button.accessibleName() == "Delete this note")
    with qtbot.waitSignal(editor.removal_asked) as asked:
        QTest.mouseClick(bin_button, Qt.MouseButton.LeftButton)
    assert asked.args == [mark.id]


def test_undo_behind_an_open_note_is_followed(
    book: Book, bench: Bench, theme: Theme, shown: Callable[[QWidget], None]
) -> None:
    notebook, editor = bench.notebook(), open_editor(theme, shown)
    notebook.listen(lambda entry: editor.follow(entry.id))
    mark = notebook.add_note(mark_at(book, 0, 0, 90), "One", "risk")
    notebook.settle()
    notebook.change(mark.id, words="Two")
    editor.edit(notebook, notebook.annotations[0], QPoint(300, 200), ROOM)
    notebook.undo()
    assert editor.words.toPlainText() == "One"
    notebook.undo()
    assert not editor.isVisible()


@pytest.mark.parametrize("at", [QPoint(0, 0), QPoint(799, 599), QPoint(400, 300), QPoint(-50, 900)])
def test_the_note_lies_wholly_over_the_page(
    book: Book, bench: Bench, theme: Theme, shown: Callable[[QWidget], None], at: QPoint
) -> None:
    editor = open_editor(theme, shown)
    room = QRect(200, 50, 420, 500)
    editor.draft(bench.notebook(), mark_at(book, 0, 0, 90), "risk", at, room)
    assert room.contains(editor.geometry())
    editor.words.insertPlainText("many\nlines\nof\nwords\nhere\nand\nthere\n")
    editor.stay_within(room)
    assert room.contains(editor.geometry())
    editor.close_editor()


def test_a_bookmark_keeps_its_name_when_emptied(theme: Theme, qtbot: QtBot, shown: Callable[[QWidget], None]) -> None:
    holder = QWidget()
    shown(holder)
    box = BookmarkBox(theme, holder)
    named: list[tuple[str, str]] = []
    box.named.connect(lambda *args: named.append(args))
    box.edit("b1", "Paper 1, page 3", QPoint(10, 10), QRect(0, 0, 500, 400))
    assert box.field.selectedText() == "Paper 1, page 3"
    QTest.keyClicks(box.field, "  Cash   flow ")
    QTest.keyClick(box.field, Qt.Key.Key_Return)
    box.edit("b2", "Paper 2", QPoint(10, 10), QRect(0, 0, 500, 400))
    box.field.clear()
    QTest.keyClick(box.field, Qt.Key.Key_Escape)
    assert named == [("b1", "Cash flow")]


# ---- searching


def make_search(
    bench: Bench, theme: Theme, book: Book, shown: Callable[[QWidget], None], textless: int = 0
) -> SearchPanel:
    def count(pack_id: str) -> "Future[int]":
        return bench.lane.do(lambda: textless)

    panel = SearchPanel(theme, bench.bridge, Finder(bench.lane, Finding(bench.store)), {PACK: book.pack}.get, count)
    shown(panel)
    panel.show_book(book)
    return panel


TEXTS = {
    ("1" * 16, 0): "Minutes about the cash position",
    ("1" * 16, 2): "No matter",
    ("2" * 16, 1): "Cash flow & <b>cash</b> again",
    ("3" * 16, 3): "cash " * 40,
}


def test_results_come_while_typing_in_the_order_of_the_pages(
    book: Book, bench: Bench, theme: Theme, qtbot: QtBot, shown: Callable[[QWidget], None]
) -> None:
    bench.index(book, TEXTS)
    panel = make_search(bench, theme, book, shown)
    panel.start()
    with qtbot.waitSignal(panel.found) as found:
        QTest.keyClicks(panel.field, "cas")
    assert found.args[1] == "cas"
    told = [row.spoken.split(",")[0] for row in panel.list.rows]
    assert told == ["Paper 1", "p 1", "Paper 2", "p 5", "Paper 3", "p 9"]
    assert panel.state.text() == "3 pages"
    strong = [
        text for row in panel.list.rows for line in row.lines if not row.heading for text, bold in line.pieces if bold
    ]
    assert strong[0] == "cash"


def test_keys_lead_through_the_results(
    book: Book, bench: Bench, theme: Theme, qtbot: QtBot, shown: Callable[[QWidget], None]
) -> None:
    bench.index(book, TEXTS)
    panel = make_search(bench, theme, book, shown)
    panel.start()
    chosen: list[Hit] = []
    panel.hit_chosen.connect(lambda hit, typed: chosen.append(hit))
    with qtbot.waitSignal(panel.found):
        QTest.keyClicks(panel.field, "cash")
    QTest.keyClick(panel.field, Qt.Key.Key_Return)  # the first
    qtbot.waitUntil(panel.list.hasFocus)
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    panel.step(forward=True)
    panel.step(forward=True)  # round the end
    panel.step(forward=False)
    assert [hit.paper_id[0] for hit in chosen] == ["1", "2", "3", "1", "3"]
    panel.list.put_cursor_first()
    QTest.keyClick(panel.list, Qt.Key.Key_Up)
    qtbot.waitUntil(panel.field.hasFocus)
    QTest.keyClick(panel.field, Qt.Key.Key_Escape)
    assert panel.field.text() == ""
    qtbot.waitUntil(lambda: panel.list.rows == ())


def test_all_packs_name_the_pack_and_the_meeting(
    book: Book, bench: Bench, theme: Theme, qtbot: QtBot, shown: Callable[[QWidget], None]
) -> None:
    bench.index(book, TEXTS)
    panel = make_search(bench, theme, book, shown)
    with qtbot.waitSignal(panel.found):
        panel.start(all_packs=True, words='"cash position"')
    (row,) = panel.list.rows
    assert [line.text for line in row.lines[:2]] == ["Paper 1", "Board in public · Thu 29 Jan 2026 · p 1"]


def test_nothing_found_says_where_nobody_could_look(
    book: Book, bench: Bench, theme: Theme, qtbot: QtBot, shown: Callable[[QWidget], None]
) -> None:
    bench.index(book, TEXTS)
    panel = make_search(bench, theme, book, shown, textless=12)
    panel.start(words="xyzzy")
    words = "Nothing found for “xyzzy” in this pack. 12 pages of this pack have no text that can be searched."
    qtbot.waitUntil(lambda: panel.state.text() == words)
    assert panel.list.rows == ()


def test_an_overtaken_answer_is_not_shown(
    book: Book, bench: Bench, theme: Theme, qtbot: QtBot, shown: Callable[[QWidget], None]
) -> None:
    bench.index(book, TEXTS)
    panel = make_search(bench, theme, book, shown)
    shown_for: list[str] = []
    panel.found.connect(lambda hits, typed: shown_for.append(typed))
    panel.field.setText("minutes")
    panel.look()
    panel.field.setText("matter")
    panel.look()
    qtbot.waitUntil(lambda: panel.typed == "matter")
    assert shown_for == ["matter"]


# ---- the panes


@pytest.mark.parametrize("width", [640, 800, 1024, 1280, 1600, 2560])
@pytest.mark.parametrize("size", [12, 20])
def test_the_page_keeps_three_fifths(
    book: Book, bench: Bench, theme: Theme, shown: Callable[[QWidget], None], width: int, size: int
) -> None:
    theme.use_size(size)
    page = QWidget()
    spine, panel = Spine(theme), make_search(bench, theme, book, shown)
    panes = Panes(theme, spine, page, panel)
    shown(panes)
    panes.resize(width, 720)
    assert page.width() >= 0.6 * width - 1
    panes.open_panel(True)
    if width >= 1024:  # below that, at the largest text, the panel takes what its words need
        assert page.width() >= 0.6 * width - 1
    assert panel.width() >= panel.minimumSizeHint().width()
    if not panes.spine_shown:
        panes.want_spine(True)
        assert not panel.isVisible()
        panes.want_spine(False)
        assert not panes.spine_shown
    panes.open_panel(False)


def buttons_of(widget: QWidget) -> list[QAbstractButton]:
    return [button for button in widget.findChildren(QAbstractButton) if button.isVisible()]


def test_every_button_of_a_note_has_a_name_and_room_for_a_finger(
    book: Book, bench: Bench, theme: Theme, shown: Callable[[QWidget], None]
) -> None:
    editor = open_editor(theme, shown)
    editor.draft(bench.notebook(), mark_at(book, 0, 0, 90), "risk", QPoint(300, 200), ROOM)
    names = [button.accessibleName() for button in buttons_of(editor)]
    assert set(names) == {
        "Close the note", "Delete this note", "Question", "Risk", "Action", "Agree", "Challenge",
    }  # fmt: skip
    for button in buttons_of(editor):
        assert button.accessibleName()
        assert min(button.width(), button.height()) >= 24
    editor.close_editor()
