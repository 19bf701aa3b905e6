"""Two panes as a member works them: keys and mouse, closed while drawing, left and found again, locked while split."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from reader_making import (
    CONTROL,
    OTHER,
    PACK,
    SHIFT,
    WAIT,
    Home,
    Kept,
    at_top,
    make_book,
    press,
    select,
)

from desktop.packs.book import Book
from desktop.reader.destination import Destination
from desktop.ui.panels.rows import RowsView
from desktop.ui.reader.picture_store import LIMIT
from desktop.ui.reader_screen import ReaderScreen
from desktop.ui.reading.pane import Pane

ALT = Qt.KeyboardModifier.AltModifier
Open = Callable[..., ReaderScreen]


@pytest.fixture
def open_reader(home: Home, qtbot: QtBot) -> Open:
    def open_it(width: int = 1280, height: int = 720) -> ReaderScreen:
        screen = ReaderScreen(home.desk())
        qtbot.addWidget(screen, before_close_func=lambda shown: shown.leave())
        screen.resize(width, height)
        with qtbot.waitActive(screen):
            screen.show()
            screen.activateWindow()
        opened = screen.packs._desk.open_pack(PACK).result(10)
        assert opened is not None
        screen.show_pack(home.book, opened.place, opened.seen, opened.beside)
        qtbot.waitUntil(lambda: screen.marking.notebook is not None, timeout=WAIT)
        qtbot.waitUntil(lambda: all(pane.pack is not None for pane in screen.split.panes), timeout=WAIT)
        return screen

    return open_it


def click_row(rows: RowsView, key: str, button: Qt.MouseButton, held: Qt.KeyboardModifier) -> None:
    index = rows.model().index([row.key for row in rows.rows].index(key), 0)
    rows.scrollTo(index)
    QTest.mouseClick(rows.viewport(), button, held, rows.visualRect(index).center())


def other(screen: ReaderScreen) -> Pane:
    pane = screen.split.other(screen.pane)
    assert pane is not None
    return pane


def pages(screen: ReaderScreen) -> list[int]:
    return [pane.canvas.current_page() for pane in screen.split.panes]


def leave(screen: ReaderScreen) -> None:
    """As the window does when it closes or is locked."""
    screen.leave()
    screen.close()


# ---- two panes


def test_a_key_splits_and_each_pane_has_its_own_place_and_zoom(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    at_top(screen, qtbot, 2)
    first = screen.pane
    press(screen, Qt.Key.Key_F8)
    second = screen.pane
    assert second is not first
    assert second.canvas.hasFocus()
    assert pages(screen) == [2, 2]
    assert first.width() == pytest.approx(second.width(), abs=2)
    zoom = first.canvas.zoom
    press(screen, Qt.Key.Key_Plus, CONTROL)
    at_top(screen, qtbot, 5)
    assert (pages(screen), first.canvas.zoom) == ([2, 5], zoom)
    assert second.canvas.zoom > zoom
    press(screen, Qt.Key.Key_F8)
    assert screen.split.panes == [second]
    assert pages(screen) == [5]


def test_f6_goes_round_and_bar_and_agenda_follow(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    at_top(screen, qtbot, 0)
    press(screen, Qt.Key.Key_F8)
    at_top(screen, qtbot, 4)
    first, second = screen.split.panes
    finance, minutes = home.book.papers[1].paper_id, home.book.papers[0].paper_id
    assert screen.bar.page_box.text().startswith("5 ")
    assert [row.key for row in screen.spine.list.rows if row.current] == [finance]
    press(screen, Qt.Key.Key_F6)
    assert screen.spine.list.hasFocus()
    press(screen, Qt.Key.Key_F6)
    assert (screen.pane, first.canvas.hasFocus()) == (first, True)
    assert screen.bar.page_box.text().startswith("1 ")
    assert [row.key for row in screen.spine.list.rows if row.current] == [minutes]
    assert first.head.title.property("role") == "strong"
    assert second.head.title.property("role") == "quiet"
    press(screen, Qt.Key.Key_F6)
    assert screen.pane is second
    QTest.mouseClick(first.canvas.viewport(), Qt.MouseButton.LeftButton)
    assert screen.pane is first
    assert "in use" in first.canvas.accessibleName()
    assert "in use" not in second.canvas.accessibleName()


def test_panes_swap_and_close_by_key(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    press(screen, Qt.Key.Key_F8)
    at_top(screen, qtbot, 5)
    first, second = screen.split.panes
    press(screen, Qt.Key.Key_F8, CONTROL | SHIFT)
    assert screen.split.panes == [second, first]
    assert second.mapTo(screen, QPoint(0, 0)).x() < first.mapTo(screen, QPoint(0, 0)).x()
    assert screen.pane is second
    assert second.canvas.hasFocus()
    press(screen, Qt.Key.Key_F8, SHIFT)
    assert screen.split.panes == [first]
    assert screen.pane is first
    assert first.canvas.hasFocus()
    assert not screen.commands.close_pane.isEnabled()
    assert not first.head.isVisible()


def test_panes_stand_above_each_other_where_it_is_narrow(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader(700, 1000)
    press(screen, Qt.Key.Key_F8)
    first, second = screen.split.panes
    assert first.mapTo(screen, QPoint(0, 0)).y() + first.height() <= second.mapTo(screen, QPoint(0, 0)).y()
    screen.resize(1280, 720)
    assert first.mapTo(screen, QPoint(0, 0)).x() + first.width() <= second.mapTo(screen, QPoint(0, 0)).x()


def test_what_is_read_moves_to_the_other_pane(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    at_top(screen, qtbot, 1)
    screen.canvas.go_to(5)
    press(screen, Qt.Key.Key_F9)
    first, second = screen.split.panes
    assert pages(screen) == [1, 5]  # and this one went back to where it was
    assert screen.pane is first
    first.canvas.go_to(3)
    press(screen, Qt.Key.Key_F9)
    assert pages(screen) == [1, 3]
    second.setFocus()
    press(screen, Qt.Key.Key_Left, ALT)
    assert pages(screen) == [1, 5]  # each pane has its own way back


# ---- going there


@pytest.mark.parametrize(
    ("button", "held"),
    [
        (Qt.MouseButton.MiddleButton, Qt.KeyboardModifier.NoModifier),
        (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier),
    ],
)
def test_an_agenda_row_opens_beside(
    home: Home, open_reader: Open, qtbot: QtBot, button: Qt.MouseButton, held: Qt.KeyboardModifier
) -> None:
    screen = open_reader()
    at_top(screen, qtbot, 1)
    first = screen.pane
    click_row(screen.spine.list, home.book.papers[1].paper_id, button, held)
    assert screen.pane is first
    assert pages(screen) == [1, 3]
    pictures = other(screen).canvas._pictures
    qtbot.waitUntil(lambda: any(pictures.get(request) for request in pictures.wanted), timeout=WAIT)


def test_notes_and_finds_open_beside(home: Home, open_reader: Open, qtbot: QtBot, kept: list[Kept]) -> None:
    screen = open_reader()
    at_top(screen, qtbot)
    select(screen, qtbot, kept[0], 12, 15)
    press(screen, Qt.Key.Key_1)
    (mark,) = screen.marking.notebook.annotations  # type: ignore[union-attr]
    at_top(screen, qtbot, 5)
    screen.commands.notes.trigger()
    screen.notes.list.put_cursor(mark.id)
    press(screen, Qt.Key.Key_Return, CONTROL)
    assert pages(screen) == [5, 0]
    screen.commands.find.trigger()
    QTest.keyClicks(screen.search.field, "cash3")
    qtbot.waitUntil(lambda: len(screen.search.finds.all) > 1 and len(screen.search.list.rows) > 1, timeout=WAIT)
    hit = next(row.key for row in screen.search.list.rows if not row.heading)
    click_row(screen.search.list, hit, Qt.MouseButton.MiddleButton, Qt.KeyboardModifier.NoModifier)
    qtbot.waitUntil(lambda: pages(screen) == [5, 2], timeout=WAIT)
    qtbot.waitUntil(lambda: bool(other(screen).canvas.hits), timeout=WAIT)


def test_links_open_in_the_pane_that_receives_them(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    at_top(screen, qtbot, 1)
    press(screen, Qt.Key.Key_F8)
    first, second = screen.split.panes
    first.setFocus()
    press(screen, Qt.Key.Key_F8, CONTROL)
    assert screen.split.receiver is second
    assert second.head.receives_words.isVisible()
    screen.going.follow(Destination(home.book.papers[1].paper_id, 2))
    assert (pages(screen), screen.pane) == ([1, 5], first)
    QTest.mouseClick(second.head.receives, Qt.MouseButton.LeftButton)
    assert screen.split.receiver is None
    screen.going.follow(Destination(home.book.papers[1].paper_id, 0))
    assert pages(screen) == [3, 5]


def test_two_packs_side_by_side_share_bar_and_panels(
    home: Home, open_reader: Open, qtbot: QtBot, kept: list[Kept]
) -> None:
    screen = open_reader()
    at_top(screen, qtbot, 1)
    first = screen.pane
    screen.open_place("9" * 16, 2, pack_id=OTHER, beside=True)
    qtbot.waitUntil(lambda: len(screen.split.panes) == 2 and other(screen).pack is not None, timeout=WAIT)
    assert pages(screen) == [1, 2]
    for pane in screen.split.panes:  # two packs: each says of which day it is
        assert pane.head.title.text().startswith("Thu 29 Jan 2026 · ")
    with qtbot.waitSignal(screen.pack_changed, timeout=WAIT) as shown:
        other(screen).setFocus()
    assert shown.args == [home.other.pack]
    assert screen.bar.page_box.text() == "3  (3 of 4)"
    qtbot.waitUntil(lambda: screen.marking.notebook is not None, timeout=WAIT)
    assert screen.marking.notebook.pack_id == OTHER  # type: ignore[union-attr]
    press(screen, Qt.Key.Key_N)
    QTest.keyClicks(screen.marking.editor.words, "Of the other pack")
    first.setFocus()
    assert screen.marking.notebook.pack_id == PACK  # type: ignore[union-attr]
    assert not screen.marking.editor.isVisible()
    screen.leave()
    assert [note.words for note in home.notes.open(OTHER).result(10).annotations] == ["Of the other pack"]
    assert home.notes.open(PACK).result(10).annotations == []


def test_a_mark_shows_in_both_panes(home: Home, open_reader: Open, qtbot: QtBot, kept: list[Kept]) -> None:
    screen = open_reader()
    at_top(screen, qtbot)
    press(screen, Qt.Key.Key_F8)
    select(screen, qtbot, kept[0], 12, 15)
    press(screen, Qt.Key.Key_1)
    page = home.book.pages[0]
    assert [len(pane.canvas._marks.on(page)) for pane in screen.split.panes] == [1, 1]


# ---- the engine and the memory


def test_both_panes_share_pictures_and_documents(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    at_top(screen, qtbot, 2)
    press(screen, Qt.Key.Key_F8)
    first, second = (pane.canvas for pane in screen.split.panes)

    def sharp() -> bool:
        wanted = [
            request
            for canvas in (first, second)
            for request, need in canvas._pictures.wanted.items()
            if need.urgency == 0 and not need.small
        ]
        return bool(wanted) and all(screen.pictures.get(request) for request in wanted)

    qtbot.waitUntil(sharp, timeout=WAIT)
    page = home.book.pages[2]
    assert first._pictures.standing(page) is second._pictures.standing(page)
    second.set_zoom(2.0)  # the same page at two sizes: neither may push the other out

    def sizes() -> list[int]:
        pictures = [canvas._pictures.standing(page) for canvas in (first, second)]
        return [picture.width() if picture is not None else 0 for picture in pictures]  # none yet: it is on its way

    qtbot.waitUntil(lambda: sizes()[1] > sizes()[0] and sharp() and not screen.pictures.flying, timeout=WAIT)
    assert sizes()[1] > sizes()[0]
    assert screen.pictures.bytes < LIMIT + 32_000_000
    assert len(home.client._attendant._table._open) <= len(home.book.papers)


def test_a_pane_closed_while_its_pages_are_drawn_troubles_nobody(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    for page in range(6):
        at_top(screen, qtbot, page)
        press(screen, Qt.Key.Key_F8)
        screen.canvas.set_zoom(3.0 + page / 10)
        screen.canvas._ask()
        assert screen.pictures.flying
        press(screen, Qt.Key.Key_F8, SHIFT)
        assert len(screen.split.panes) == 1
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    canvas = screen.canvas
    qtbot.waitUntil(
        lambda: all(
            canvas._pictures.get(r)
            for r, need in canvas._pictures.wanted.items()
            if need.urgency == 0 and not need.small
        ),
        timeout=WAIT,
    )


# ---- left and found again


def test_a_restart_finds_both_panes_and_places(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    at_top(screen, qtbot, 1)
    press(screen, Qt.Key.Key_F8)
    at_top(screen, qtbot, 5)
    screen.canvas.set_zoom(1.5)
    screen.split.panes[0].setFocus()
    press(screen, Qt.Key.Key_F8, CONTROL)
    leave(screen)
    home.close()
    home.open()
    again = open_reader()
    assert pages(again) == [1, 5]
    assert [pane.canvas.zoom == 1.5 for pane in again.split.panes] == [False, True]
    assert again.pane is again.split.panes[0]
    assert again.split.receiver is again.split.panes[1]
    again.split.panes[1].setFocus()
    press(again, Qt.Key.Key_F8, SHIFT)
    leave(again)
    third = open_reader()
    assert pages(third) == [1]


def test_another_pack_beside_is_found_again_and_is_let_go_with_it(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    at_top(screen, qtbot, 4)
    screen.open_place("9" * 16, 2, pack_id=OTHER, beside=True)
    qtbot.waitUntil(lambda: len(screen.split.panes) == 2 and other(screen).pack is not None, timeout=WAIT)
    leave(screen)
    again = open_reader()
    assert pages(again) == [4, 2]
    assert [pane.pack.id for pane in again.split.panes if pane.pack] == [PACK, OTHER]


def test_locking_while_split_leaves_nothing(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    at_top(screen, qtbot, 1)
    press(screen, Qt.Key.Key_F8)
    press(screen, Qt.Key.Key_N)
    QTest.keyClicks(screen.marking.editor.words, "Half a thought")
    with qtbot.waitSignal(screen.lock_requested, timeout=WAIT):
        press(screen, Qt.Key.Key_L, CONTROL)
    assert screen.leave()
    assert len(screen.split.panes) == 1
    assert screen.pictures.bytes == 0
    assert screen.pane.pack is None
    assert [note.words for note in home.notes.open(PACK).result(10).annotations] == ["Half a thought"]


def test_a_paper_that_arrives_is_shown_in_both_panes(
    home: Home, open_reader: Open, qtbot: QtBot, kept: list[Kept]
) -> None:
    whole = home.book
    home.book = make_book(PACK, kept, missing=("Minutes of the last meeting",))
    screen = open_reader()
    at_top(screen, qtbot, 4)
    press(screen, Qt.Key.Key_F8)
    screen.update_book(whole)
    assert pages(screen) == [4, 4]
    assert all(_path_of(pane, whole) for pane in screen.split.panes)


def _path_of(pane: Pane, whole: Book) -> bool:
    return pane.pack is not None and pane.pack.book is whole and pane.canvas._book is whole


def test_back_leads_across_packs_and_a_jump_forgets_what_lay_ahead(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    at_top(screen, qtbot, 1)
    screen.canvas.go_to(4)
    screen.open_place("9" * 16, 2, pack_id=OTHER)
    qtbot.waitUntil(lambda: screen.pane.pack is not None and screen.pane.pack.id == OTHER, timeout=WAIT)
    screen.canvas.go_to(0)

    def where() -> tuple[str, int]:
        return (screen.pane.pack.id if screen.pane.pack else "", screen.canvas.current_page())

    seen = []
    for _ in range(3):
        press(screen, Qt.Key.Key_Left, ALT)
        seen.append(where())
    assert seen == [(OTHER, 2), (PACK, 4), (PACK, 1)]
    assert not screen.commands.back.isEnabled()
    seen = []
    for _ in range(3):
        press(screen, Qt.Key.Key_Right, ALT)
        seen.append(where())
    assert seen == [(PACK, 4), (OTHER, 2), (OTHER, 0)]
    press(screen, Qt.Key.Key_Left, ALT)
    press(screen, Qt.Key.Key_Left, ALT)
    screen.canvas.go_to(6)  # another way is taken
    assert not screen.commands.forward.isEnabled()


@pytest.mark.parametrize("size", [12, 24])
def test_nothing_of_the_panes_is_cut_and_pages_keep_their_room(
    home: Home, open_reader: Open, qtbot: QtBot, size: int
) -> None:
    home.theme.use_size(size)
    screen = open_reader()
    press(screen, Qt.Key.Key_F8)
    press(screen, Qt.Key.Key_F8, CONTROL)
    screen.commands.notes.trigger()
    QApplication.processEvents()
    assert screen.width() == 1280
    assert screen.split.width() >= 0.6 * 1280 - 1
    for pane in screen.split.panes:
        for part in (pane.head.receives, pane.head.close_button):
            assert isinstance(part, QWidget)
            assert min(part.width(), part.height()) >= 24
            assert part.accessibleName()
            assert part.mapTo(pane, QPoint(part.width(), part.height())).x() <= pane.width()
