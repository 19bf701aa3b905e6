"""What helps a reader along, in the whole reader: contents, small pictures, reading times, read marks, page numbers."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from reader_making import (
    CONTROL,
    PACK,
    SHIFT,
    WAIT,
    Home,
    Kept,
    at_top,
    make_book,
    press,
)

from db.records import StructureRecord
from desktop.changes import Change, Event
from desktop.library.asking import Asking
from desktop.packs.book import Book
from desktop.papers.finding import Finding, FindingKind, Place
from desktop.papers.headings import Heading
from desktop.papers.outline import Outline
from desktop.ui.kit.theme import Theme
from desktop.ui.panels.rows import RowsView
from desktop.ui.reader_screen import ReaderScreen
from desktop.ui.reading import pacing

HEADINGS = (Heading(1, "Purpose", 0, 72, 60, 200, 74), Heading(2, "The money", 2, 72, 300, 200, 314))


@pytest.fixture
def home(home: Home, kept: list[Kept]) -> Home:
    """The member's home, where the second paper's contents were found."""
    structure = StructureRecord(kept[1].paper.sha256, Outline(HEADINGS, found=True).to_text(), "[]")
    home.lane.do(home.holdings.structures.put, structure).result(10)
    return home


@pytest.fixture
def screen(home: Home, qtbot: QtBot) -> ReaderScreen:
    screen = ReaderScreen(home.desk())
    qtbot.addWidget(screen, before_close_func=lambda shown: shown.leave())
    screen.resize(1280, 720)
    with qtbot.waitActive(screen):
        screen.show()
        screen.activateWindow()
    screen.show_pack(home.book, None)
    qtbot.waitUntil(lambda: screen.marking.notebook is not None, timeout=WAIT)
    qtbot.waitUntil(lambda: screen.guidance.pacing.wanted, timeout=WAIT)
    at_top(screen, qtbot)
    return screen


def click_row(rows: RowsView, key: str, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    index = rows.model().index([row.key for row in rows.rows].index(key), 0)
    rows.scrollTo(index)
    QTest.mouseClick(rows.viewport(), button, pos=rows.visualRect(index).center())


def choose_in_menu(name: str, ask: Callable[[], None], qtbot: QtBot) -> None:
    """Open a menu, and press what is named so in it by its keys."""
    ask()
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu), timeout=WAIT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(each for each in menu.actions() if each.text() == name)
    menu.setActiveAction(action)
    QTest.keyClick(menu, Qt.Key.Key_Return)


def right_click(rows: RowsView, key: str) -> None:
    index = rows.model().index([row.key for row in rows.rows].index(key), 0)
    rows.customContextMenuRequested.emit(rows.visualRect(index).center())


# ---- contents


def test_contents_open_by_a_key_lead_to_sections_and_close_by_esc(
    screen: ReaderScreen, kept: list[Kept], qtbot: QtBot
) -> None:
    panel = screen.guidance.contents
    at_top(screen, qtbot, 3)
    press(screen, Qt.Key.Key_T, CONTROL)
    qtbot.waitUntil(lambda: len(panel.list.rows) == 2, timeout=WAIT)
    assert panel.title.text() == "Finance report"
    assert panel.origin.text() == "Put together from the headings on the pages."
    assert [row.spoken for row in panel.list.rows] == ["Purpose, p 4. You are here.", "The money, p 6"]
    click_row(panel.list, "1")
    qtbot.waitUntil(lambda: screen.canvas.current_page() == 5, timeout=WAIT)
    assert 100 < screen.canvas.place().y < 300  # in sight, with what goes before it
    assert [row.current for row in panel.list.rows] == [False, True]
    assert screen.canvas.hasFocus()
    press(screen, Qt.Key.Key_F6)
    assert panel.list.hasFocus()
    assert panel.list.current_key() == "1"
    press(screen, Qt.Key.Key_Up)
    press(screen, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.canvas.current_page() == 3, timeout=WAIT)
    press(screen, Qt.Key.Key_Escape)
    assert screen.side.isHidden()
    assert not screen.commands.contents.isChecked()


def test_contents_follow_the_paper_and_come_when_it_has_been_read_through(
    home: Home, screen: ReaderScreen, kept: list[Kept], qtbot: QtBot
) -> None:
    panel = screen.guidance.contents
    press(screen, Qt.Key.Key_T, CONTROL)
    qtbot.waitUntil(lambda: panel.title.text() == "Minutes of the last meeting", timeout=WAIT)
    assert "has not been read through yet" in panel.origin.text()
    assert not panel.list.isVisible()
    none = StructureRecord(kept[0].paper.sha256, Outline((), found=True).to_text(), "[]")
    home.lane.do(home.holdings.structures.put, none).result(10)
    screen.update_book(home.book)
    qtbot.waitUntil(lambda: "No headings were found" in panel.origin.text(), timeout=WAIT)
    at_top(screen, qtbot, 4)
    qtbot.waitUntil(lambda: panel.title.text() == "Finance report" and panel.list.isVisible(), timeout=WAIT)


# ---- small pictures


def test_small_pictures_show_every_page_and_lead_there(screen: ReaderScreen, home: Home, qtbot: QtBot) -> None:
    pages = screen.guidance.pages
    press(screen, Qt.Key.Key_D, CONTROL)
    press(screen, Qt.Key.Key_Escape)
    press(screen, Qt.Key.Key_T, CONTROL | SHIFT)
    assert pages.list.hasFocus()
    assert not screen.guidance.contents.isVisible()
    model = pages.list.model()
    assert model.rowCount() == 7
    assert model.index(0, 0).data() == "p 1, Minutes of the last meeting, bookmarked, you are here"
    assert model.index(3, 0).data() == "p 4, Finance report"
    qtbot.waitUntil(lambda: all(screen.canvas.thumbnail(page) is not None for page in range(7)), timeout=WAIT)
    cell = pages.list.visualRect(model.index(4, 0))
    QTest.mouseClick(pages.list.viewport(), Qt.MouseButton.LeftButton, pos=cell.center())
    qtbot.waitUntil(lambda: screen.canvas.current_page() == 4, timeout=WAIT)
    assert model.index(4, 0).data() == "p 5, Finance report, you are here"
    press(screen, Qt.Key.Key_F6)
    press(screen, Qt.Key.Key_Right)
    press(screen, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.canvas.current_page() == 5, timeout=WAIT)
    press(screen, Qt.Key.Key_Escape)
    assert screen.side.isHidden()


def test_a_small_picture_is_painted_where_it_stands(screen: ReaderScreen, qtbot: QtBot) -> None:
    pages = screen.guidance.pages
    press(screen, Qt.Key.Key_T, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: all(screen.canvas.thumbnail(page) is not None for page in range(2)), timeout=WAIT)
    cell = pages.list.visualRect(pages.list.model().index(1, 0))
    shot = pages.list.viewport().grab(cell).toImage()
    tones = {shot.pixelColor(x, y).lightness() for x in range(shot.width()) for y in range(shot.height())}
    assert min(tones) < 120  # print
    assert max(tones) > 245  # paper


# ---- reading times


def test_times_are_learned_from_how_long_pages_are_read(
    home: Home, screen: ReaderScreen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr(pacing, "monotonic", lambda: now)
    assert "About 14 min left: decisions 6 min first" in screen.spine.left.text()
    at_top(screen, qtbot, 0)
    screen.guidance.pacing.turn()
    for page in range(1, 7):
        now += 50
        QTest.keyClick(screen.canvas, Qt.Key.Key_Shift)  # a hand moves half-way through
        now += 40
        at_top(screen, qtbot, page)
    times = home.lane.do(home.holdings.reading.latest_dwells, 99).result(10)
    assert times[:5] == [90.0] * 5
    now += 10_000  # gone for lunch: that is no reading
    at_top(screen, qtbot, 0)
    assert max(home.lane.do(home.holdings.reading.latest_dwells, 99).result(10)) < 400


def test_times_can_be_switched_off_and_are_then_forgotten(home: Home, screen: ReaderScreen, qtbot: QtBot) -> None:
    press(screen, Qt.Key.Key_B, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: not screen.guidance.pacing.wanted, timeout=WAIT)
    assert not screen.spine.left.isVisible()
    assert all("min" not in row.spoken.split("Minutes")[-1] for row in screen.spine.list.rows)
    assert home.lane.do(home.holdings.reading.latest_dwells, 9).result(10) == []
    screen.show_pack(home.book, None)
    qtbot.waitUntil(lambda: screen.marking.notebook is not None, timeout=WAIT)
    assert not screen.spine.left.isVisible()
    press(screen, Qt.Key.Key_B, CONTROL | SHIFT)
    qtbot.waitUntil(screen.spine.left.isVisible, timeout=WAIT)


# ---- what counts as read


def test_an_item_is_marked_as_read_and_unread_by_its_menu(
    home: Home, screen: ReaderScreen, kept: list[Kept], qtbot: QtBot
) -> None:
    finance, rows = kept[1].paper.id, screen.spine.list

    def seen() -> set[int]:
        found = home.lane.do(home.holdings.versions.seen, PACK).result(10)
        return {page for paper, page in found if paper == finance}

    choose_in_menu("Mark as read", lambda: right_click(rows, finance), qtbot)
    assert "read" in {row.key: row.spoken for row in rows.rows}[finance]
    assert seen() == {0, 1, 2, 3}
    choose_in_menu("Mark as unread", lambda: right_click(rows, finance), qtbot)
    assert "p 4–7 · 8 min" in {row.key: row.spoken for row in rows.rows}[finance]
    assert seen() == set()
    at_top(screen, qtbot, 4)
    qtbot.waitUntil(lambda: (PACK, finance, 1) in home.seen, timeout=WAIT)


def test_a_page_read_before_it_was_marked_as_unread_is_read_again(
    home: Home, screen: ReaderScreen, kept: list[Kept], qtbot: QtBot
) -> None:
    minutes = kept[0].paper.id
    qtbot.waitUntil(lambda: (PACK, minutes, 0) in home.seen, timeout=WAIT)
    home.seen.clear()
    for name in ("Mark as read", "Mark as unread"):
        choose_in_menu(name, lambda: right_click(screen.spine.list, minutes), qtbot)
    at_top(screen, qtbot, 2)
    at_top(screen, qtbot, 0)
    qtbot.waitUntil(lambda: (PACK, minutes, 0) in home.seen, timeout=WAIT)


# ---- printed numbers


@pytest.fixture
def bound(home: Home, screen: ReaderScreen, kept: list[Kept]) -> None:
    """Binds the book anew when numbers were put right, as the application does."""

    def rebind() -> None:
        printed = home.lane.do(home.holdings.reading.printed, PACK).result(10)
        book = make_book(PACK, kept)
        pages = list(book.pages)
        for each in printed:
            start = next(
                at for at, page in enumerate(pages) if (page.paper.paper_id, page.index) == (each.paper_id, each.page)
            )
            for at in range(start, len(pages)):
                pages[at] = replace(pages[at], label=str(int(each.label) + at - start))
        screen.update_book(Book(book.pack, book.papers, tuple(pages)))

    def heard(change: Change) -> None:
        if change.event is Event.PAGES_RENUMBERED:
            QTimer.singleShot(0, screen, rebind)

    screen._desk.bridge.changed.connect(heard)


@pytest.mark.usefixtures("bound")
def test_a_printed_number_is_put_right_from_here_on_and_taken_back(
    home: Home, screen: ReaderScreen, qtbot: QtBot
) -> None:
    box = screen.bar.page_box
    at_top(screen, qtbot, 2)
    press(screen, Qt.Key.Key_G, CONTROL | SHIFT)
    field = screen.guidance.renumbering.field
    assert field.isVisible()
    assert field.number.text() == "3"
    QTest.keyClicks(field.number, "47")
    QTest.keyClick(field.number, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: box.text() == "47  (3 of 7)", timeout=WAIT)
    assert screen.canvas.hasFocus()
    assert screen.marking.toast.words.text() == "This page is 47 now, and those after it count on."
    press(screen, Qt.Key.Key_G, CONTROL)
    QTest.keyClicks(box, "p51")
    QTest.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.canvas.current_page() == 6, timeout=WAIT)
    assert box.text() == "51  (7 of 7)"
    QTest.mouseClick(screen.marking.toast.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: box.text() == "7  (7 of 7)", timeout=WAIT)
    assert home.lane.do(home.holdings.reading.printed, PACK).result(10) == []


@pytest.mark.usefixtures("bound")
def test_the_menu_of_the_page_box_gives_and_takes_back_a_number(screen: ReaderScreen, qtbot: QtBot) -> None:
    box, field = screen.bar.page_box, screen.guidance.renumbering.field

    def ask() -> None:
        box.menu_asked.emit(box.mapToGlobal(QPoint(5, 5)))

    choose_in_menu("This page is printed as…", ask, qtbot)
    assert field.isVisible()
    QTest.keyClicks(field.number, "9")
    QTest.keyClick(field.number, Qt.Key.Key_Escape)
    assert not field.isVisible()
    assert box.text() == "1  (1 of 7)"
    choose_in_menu("This page is printed as…", ask, qtbot)
    QTest.keyClicks(field.number, "9")
    QTest.keyClick(field.number, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: box.text() == "9  (1 of 7)", timeout=WAIT)
    choose_in_menu("Take back the number given here", ask, qtbot)
    qtbot.waitUntil(lambda: box.text() == "1  (1 of 7)", timeout=WAIT)


@pytest.mark.parametrize("size", [12, 20, 24])
def test_small_pictures_stand_beside_each_other_as_far_as_there_is_room(
    screen: ReaderScreen, theme: Theme, qtbot: QtBot, size: int
) -> None:
    theme.use_size(size)
    press(screen, Qt.Key.Key_T, CONTROL | SHIFT)
    pages = screen.guidance.pages
    qtbot.waitUntil(lambda: pages.list.visualRect(pages.list.model().index(1, 0)).isValid(), timeout=WAIT)
    first, second = (pages.list.visualRect(pages.list.model().index(row, 0)) for row in (0, 1))
    assert first.y() == second.y()
    assert second.right() <= pages.list.viewport().width()


def test_the_agenda_and_the_sheet_say_what_was_found_to_be_asked(home: Home, kept: list[Kept], qtbot: QtBot) -> None:
    asked = Finding(FindingKind.RECOMMENDATION, Place(0), "Approve the plan at £4m", facts={"verb": "approve"})
    paper = kept[1].paper
    home.lane.do(home.holdings.findings.put, paper.sha256, [asked.to_row(paper.sha256, 0)]).result(10)
    structure = StructureRecord(paper.sha256, Outline((), found=True).to_text(), "[]", 1)
    home.lane.do(home.holdings.structures.put, structure).result(10)
    screen = ReaderScreen(home.desk())
    qtbot.addWidget(screen, before_close_func=lambda shown: shown.leave())
    screen.show_pack(home.book, None)
    rows = screen.spine.list
    qtbot.waitUntil(lambda: any("Asks: Approve the plan at £4m" in row.spoken for row in rows.rows), timeout=WAIT)
    asking = Asking(home.holdings)
    assert home.lane.do(asking.of, paper.sha256, paper.pages, 842.0).result(10) == ("Approve the plan at £4m",)
