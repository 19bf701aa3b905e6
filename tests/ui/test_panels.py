"""The reader's agenda, page box and panes, worked by real keys and mouse, over a real store where one is needed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from panels_making import Bench, Show, make_book, make_search, make_show, open_bench
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.packs.book import Book
from desktop.packs.pack import Purpose
from desktop.reader.pace import Pace
from desktop.ui.kit.theme import Theme
from desktop.ui.panels.page_box import PageBox
from desktop.ui.panels.page_finding import NoSuchPlace, find_page, meanings_of
from desktop.ui.panels.panes import Panes
from desktop.ui.panels.rows import Row, RowsView, said
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
    assert find_page("4", other) == 3  # nothing is printed 4: the fourth page is meant
    with pytest.raises(NoSuchPlace, match="the last page of this pack is 109"):
        find_page("44", other)


def test_everything_a_number_may_mean_is_told_the_printed_page_first(book: Book) -> None:
    """Printed 3 to 11; page 4 of 9 is printed 6; item 4 has no page of its own here, item 2 has."""
    pages = tuple(replace(page, label=f"{place + 3}") for place, page in enumerate(book.pages))
    other = Book(book.pack, book.papers, pages)
    told = [(each.page, each.name, each.place) for each in meanings_of("4", other)]
    assert told == [
        (1, "Page 4", "Paper 1, page 2 of 3"),
        (3, "4 of 9", "p 6, Paper 2, page 1 of 2"),
    ]
    assert [(each.page, each.name) for each in meanings_of("2", other)] == [(1, "2 of 9"), (0, "Item 2")]
    assert [(each.page, each.name) for each in meanings_of("3.2 p4", other)] == [(6, "Item 3.2, page 4")]
    assert meanings_of("finance", other) == []


def test_the_box_says_where_we_are_and_takes_where_to_go(book: Book, theme: Theme, qtbot: QtBot, shown: Show) -> None:
    holder = QWidget()
    box = PageBox(theme, holder)
    other = PageBox(theme, holder)
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


def test_a_page_whose_number_is_not_known_is_only_counted(book: Book, theme: Theme, shown: Show) -> None:
    pages = tuple(replace(page, label="") for page in book.pages)
    holder = QWidget()
    box, other = PageBox(theme, holder), PageBox(theme, holder)
    shown(holder)
    other.setFocus()
    box.show_book(Book(book.pack, book.papers, pages))
    box.show_page(4)
    assert box.text() == "(5 of 9)"


def test_while_typing_a_list_says_what_may_be_meant(book: Book, theme: Theme, qtbot: QtBot, shown: Show) -> None:
    pages = tuple(replace(page, label=f"{place + 3}") for place, page in enumerate(book.pages))
    holder = QWidget()
    box = PageBox(theme, holder)
    shown(holder)
    holder.resize(700, 500)
    box.show_book(Book(book.pack, book.papers, pages))
    box.setFocus()
    QTest.keyClicks(box, "4")
    meant = box.meanings
    assert meant is not None
    assert meant.isVisible()
    assert [row.spoken for row in meant.list.rows] == [
        "Page 4: Paper 1, page 2 of 3",
        "4 of 9: p 6, Paper 2, page 1 of 2",
    ]
    assert meant.list.current_key() == "1"
    assert box.hasFocus()
    with qtbot.waitSignal(box.page_asked) as asked:
        QTest.keyClick(box, Qt.Key.Key_Down)
        QTest.keyClick(box, Qt.Key.Key_Return)
    assert asked.args == [3]
    assert not meant.isVisible()
    box.selectAll()
    QTest.keyClicks(box, "2")
    with qtbot.waitSignal(box.page_asked) as asked:
        index = meant.list.model().index(1, 0)
        QTest.mouseClick(meant.list.viewport(), Qt.MouseButton.LeftButton, pos=meant.list.visualRect(index).center())
    assert asked.args == [0]
    box.selectAll()
    QTest.keyClicks(box, "11")  # printed so, and nothing else: no list is needed
    assert not meant.isVisible()
    QTest.keyClicks(box, "x")
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert not meant.isVisible()


# ---- the agenda


def test_the_agenda_says_in_words_what_is_asked_and_read(book: Book, theme: Theme, shown: Show) -> None:
    """An item and the paper of its title, or its word that there is none, share a row."""
    spine = Spine(theme)
    shown(spine)
    items = list(book.pack.items)
    items[1] = replace(items[1], title="Paper 1", starts="13:35")
    book = replace(book, pack=replace(book.pack, items=tuple(items)))
    spine.show_book(book, [("1" * 16, 0), ("1" * 16, 1), ("2" * 16, 0), ("2" * 16, 1)])
    spine.mark_current("2" * 16)
    told = {row.key: row.spoken for row in spine.list.rows}
    assert told == {
        "0" * 16: "Item 1, Apologies, Chair, Verbal, no paper",
        "1" * 16: "Item 2, Paper 1, for decision, Chair · 1.35 pm, p 1–3 · 2 of 3 read",
        "item 3.2": "Item 3.2, Finance, for assurance, Director of Finance",
        "2" * 16: "Paper 2. p 4–5 · read. You are here.",
        "3" * 16: "Paper 3. Late paper · p 6–9.",
        "4" * 16: "Item 4, Private matter, for information, Not sent to you",
    }
    assert {row.key: row.progress for row in spine.list.rows}["1" * 16] == pytest.approx(2 / 3)
    spine.mark_seen("1" * 16, {0, 1, 2})
    assert {row.key: row.spoken for row in spine.list.rows}["1" * 16].endswith("p 1–3 · read")
    assert spine.item_starts() == [0, 3]


def test_what_is_left_is_told_at_the_members_pace_and_decisions_apart(book: Book, theme: Theme, shown: Show) -> None:
    spine = Spine(theme)
    shown(spine)
    spine.show_book(book, [("1" * 16, 0)])
    assert not spine.left.isVisible()
    spine.use_pace(Pace(120.0, 3))
    assert spine.left.text() == "About 16 min left: decisions 4 min first"
    assert "learns your own pace" in spine.left.toolTip()
    rows = {row.key: row for row in spine.list.rows}
    assert rows["2" * 16].spoken == "Paper 2. p 4–5 · 4 min."
    assert rows["1" * 16].spoken == "Paper 1. p 1–3 · 1 of 3 read, 4 min left."
    spine.use_pace(Pace(60.0, 40))
    assert spine.left.text() == "About 8 min left: decisions 2 min first"
    assert "your own pace" in spine.left.toolTip()
    for paper, pages in (("1", 3), ("2", 2), ("3", 4)):
        spine.mark_seen(paper * 16, range(pages))
    assert spine.left.text() == "Everything has been read"
    spine.use_pace(None)
    assert not spine.left.isVisible()


def test_the_decisions_stand_alone_when_asked_for(book: Book, theme: Theme, shown: Show) -> None:
    spine = Spine(theme)
    shown(spine)
    spine.show_book(book, [])
    assert spine.decisions.text().strip() == "1 decision"
    QTest.mouseClick(spine.decisions, Qt.MouseButton.LeftButton)
    assert [row.key for row in spine.list.rows] == ["item 2", "1" * 16]
    QTest.keyClick(spine.decisions, Qt.Key.Key_Space)
    assert len(spine.list.rows) == 7
    no_items = tuple(replace(item, purpose=Purpose.INFORMATION) for item in book.pack.items)
    spine.show_book(replace(book, pack=replace(book.pack, items=no_items)), [])
    assert not spine.decisions.isVisible()


def test_a_later_edition_says_what_is_new_and_which_papers_were_corrected(
    book: Book, theme: Theme, shown: Show
) -> None:
    spine = Spine(theme)
    shown(spine)
    note = "The finance report is corrected. " * 8
    papers = (book.papers[0], replace(book.papers[1], corrected=True), book.papers[2])
    spine.show_book(Book(replace(book.pack, edition=2, note=note), papers, book.pages), [])
    rows = spine.list
    assert rows.rows[0].spoken == f"Edition 2: {note}"
    assert {row.key: row.spoken for row in rows.rows}["2" * 16] == "Paper 2. Corrected · p 4–5."
    height = rows.visualRect(rows.model().index(0, 0)).height()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(rows.model().index(0, 0)).center())
    assert rows.visualRect(rows.model().index(0, 0)).height() > height
    rows.put_cursor("note")
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert rows.visualRect(rows.model().index(0, 0)).height() == height


def test_a_day_that_the_title_names_is_not_said_twice(book: Book, theme: Theme, shown: Show) -> None:
    spine = Spine(theme)
    shown(spine)
    spine.show_book(book, [])
    assert "Thursday 29 January 2026, 3.00 pm" in [label.text() for label in spine.findChildren(QLabel)]
    spine.show_book(replace(book, pack=replace(book.pack, title="Board, 29 January 2026")), [])
    assert "Thursday, 3.00 pm" in [label.text() for label in spine.findChildren(QLabel)]


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
    rows.put_cursor("0" * 16)
    with qtbot.waitSignal(spine.reason_asked) as reason:
        QTest.keyClick(rows, Qt.Key.Key_Return)
    assert reason.args == ["Item 1 has no paper to open (verbal, no paper)."]


@pytest.mark.parametrize("size", [12, 20])
def test_rows_are_high_enough_for_their_words(book: Book, theme: Theme, shown: Show, size: int) -> None:
    theme.use_size(size)
    spine = Spine(theme)
    shown(spine)
    spine.show_book(book, [])
    spine.resize(theme.grid(60), 600)
    place = [row.key for row in spine.list.rows].index("item 3.2")
    wide = spine.list.visualRect(spine.list.model().index(place, 0)).height()
    spine.resize(theme.grid(21), 600)
    narrow = spine.list.sizeHintForRow(place)
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


def test_a_long_list_is_handed_over_as_it_is_scrolled_and_every_row_can_be_reached(theme: Theme, qtbot: QtBot) -> None:
    view = RowsView(theme, "Notes")
    view.resize(300, 400)
    qtbot.addWidget(view)
    view.show()
    qtbot.waitExposed(view)
    view.show_rows([Row(f"k{number}", (said(f"Row {number}"),), f"Row {number}") for number in range(500)])
    assert view.model().rowCount() < 200
    assert len(view.rows) == 500
    assert view.put_cursor("k333")
    assert view.current_key() == "k333"
    view.bring_into_sight("k444")
    assert view.indexAt(view.viewport().rect().center()).row() > 400
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.current_key() == "k499"
    place = view.verticalScrollBar().value()
    view.show_rows([*view.rows, Row("more", (said("One more"),), "One more")])
    assert view.verticalScrollBar().value() == place
    view.put_cursor_first()
    for _ in range(30):
        QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view.model().rowCount() > 200
