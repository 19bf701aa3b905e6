"""The reader's agenda, page box and panes, worked by real keys and mouse, over a real store where one is needed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from panels_making import Bench, Show, make_book, make_search, make_show, open_bench
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.packs.book import Book
from desktop.ui.kit.theme import Theme
from desktop.ui.panels.page_box import NoSuchPlace, PageBox, find_page
from desktop.ui.panels.panes import Panes
from desktop.ui.panels.spine import Spine


@pytest.fixture
def book() -> Book:
    return make_book()


@pytest.fixture
def bench(tmp_path: Path, qapp: object) -> Iterator[Bench]:
    with open_bench(tmp_path / "home") as bench:
        yield bench


@pytest.fixture
def shown(qtbot: QtBot) -> Show:
    return make_show(qtbot)


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


def test_the_box_says_where_we_are_and_takes_where_to_go(book: Book, theme: Theme, qtbot: QtBot, shown: Show) -> None:
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


def test_the_agenda_says_in_words_what_is_asked_and_read(book: Book, theme: Theme, shown: Show) -> None:
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


def test_a_paper_not_here_or_not_readable_says_so(book: Book, theme: Theme, shown: Show) -> None:
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


def test_items_and_papers_open_by_click_and_by_key(book: Book, theme: Theme, qtbot: QtBot, shown: Show) -> None:
    spine = Spine(theme)
    shown(spine)
    spine.show_book(book, [])
    rows = spine.list
    asked: list[tuple[int, bool]] = []
    spine.page_asked.connect(lambda page, beside: asked.append((page, beside)))
    for key in ("3" * 16, "item 3.2"):
        index = rows.model().index([row.key for row in rows.rows].index(key), 0)
        rows.scrollTo(index)
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(index).center())
    QTest.keyClick(rows, Qt.Key.Key_Up)
    QTest.keyClick(rows, Qt.Key.Key_Return)
    QTest.keyClick(rows, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert asked == [(5, False), (3, False), (0, False), (0, True)]
    rows.put_cursor("item 1")
    with qtbot.waitSignal(spine.reason_asked) as reason:
        QTest.keyClick(rows, Qt.Key.Key_Return)
    assert reason.args == ["Item 1 has no paper to open (verbal, no paper)."]


@pytest.mark.parametrize("size", [12, 20])
def test_rows_are_high_enough_for_their_words(book: Book, theme: Theme, shown: Show, size: int) -> None:
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


# ---- the panes


@pytest.mark.parametrize("width", [640, 800, 1024, 1280, 1600, 2560])
@pytest.mark.parametrize("size", [12, 20])
def test_the_page_keeps_three_fifths(
    book: Book, bench: Bench, theme: Theme, shown: Show, width: int, size: int
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
