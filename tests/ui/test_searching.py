"""Finding as a member does it: typing in the real panel beside real pages, over a real encrypted store."""

from itertools import pairwise

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from reader_making import CONTROL, OTHER, PACK, SHIFT, WAIT, Home, Kept, Open, at_top, press, select

from desktop.changes import Change, Event
from desktop.pdf.words import unpack
from desktop.ui.panels.search import Scope
from desktop.ui.reader_screen import ReaderScreen


def type_search(screen: ReaderScreen, qtbot: QtBot, words: str, modifiers: Qt.KeyboardModifier = CONTROL) -> None:
    """Ctrl+F (or what is held), the words, and all there is to find is there."""
    press(screen, Qt.Key.Key_F, modifiers)
    assert screen.search.field.hasFocus()
    with qtbot.waitSignal(screen.search.shown, timeout=WAIT, check_params_cb=lambda: screen.search.typed == words):
        QTest.keyClicks(screen.search.field, words)


def is_at(screen: ReaderScreen, number: int, count: int, page: int) -> bool:
    return screen.search.count.text() == f"{number} of {count}" and screen.canvas.current_page() == page


# ---- in the pack


def test_every_place_is_counted_listed_and_stepped_to(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    type_search(screen, qtbot, "cash3")
    panel = screen.search
    assert panel.count.text() == "48 finds"
    headings = [[line.text for line in row.lines] for row in panel.list.rows if row.heading]
    assert headings == [["1  Minutes of the last meeting", "24 finds"], ["2.1  Finance report", "24 finds"]]
    first = next(row for row in panel.list.rows if not row.heading)
    assert (first.number, first.lines[0].pieces[1]) == ("3", ("cash3", True))
    assert screen.canvas.current_page() == 0  # the page stays until it is asked to go
    press(screen, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: is_at(screen, 1, 48, 2), timeout=WAIT)
    assert panel.field.hasFocus()
    press(screen, Qt.Key.Key_Return)
    press(screen, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: is_at(screen, 3, 48, 2), timeout=WAIT)
    press(screen, Qt.Key.Key_Return, SHIFT)
    press(screen, Qt.Key.Key_F3, SHIFT)
    press(screen, Qt.Key.Key_F3, SHIFT)  # round the start
    qtbot.waitUntil(lambda: is_at(screen, 48, 48, 5), timeout=WAIT)
    assert panel.list.current_key() == "47"
    press(screen, Qt.Key.Key_Escape)
    press(screen, Qt.Key.Key_Escape)
    assert screen.side.isHidden()
    assert screen.canvas.hasFocus()


def test_stepping_begins_at_the_page_in_sight(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    type_search(screen, qtbot, "position")
    count = len(screen.search.finds.all)
    at_top(screen, qtbot, 4)
    press(screen, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: is_at(screen, 4 * 24 + 1, count, 4), timeout=WAIT)
    at_top(screen, qtbot, 2)
    press(screen, Qt.Key.Key_F3, SHIFT)
    qtbot.waitUntil(lambda: is_at(screen, 2 * 24, count, 1), timeout=WAIT)


def test_finds_are_lit_on_the_pages_and_marked_on_the_scroll_bar(
    home: Home, open_reader: Open, qtbot: QtBot, kept: list[Kept]
) -> None:
    screen = open_reader()
    type_search(screen, qtbot, "cash1")
    lit, marks = screen.canvas.hits, screen.lights.marks(screen.pane)
    assert set(lit) == {0, 3}
    boxes = {(word.x0, word.y0) for word in unpack(kept[0].words[0]) if word.text == "cash1"}
    assert {(quad.x0, quad.y0) for quad in lit[0]} == boxes
    assert len(marks.shares) == 48
    assert list(marks.shares) == sorted(marks.shares)
    bar = screen.canvas.verticalScrollBar()
    assert marks.isVisible()
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.width() // 2, marks.height_of(30)))
    qtbot.waitUntil(lambda: screen.canvas.current_page() == 3, timeout=WAIT)
    assert 24 <= screen.search.finds.now < 48
    screen.search.field.setFocus()
    QTest.keyClick(screen.search.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not marks.isVisible(), timeout=WAIT)
    assert not screen.canvas.hits


def test_a_press_where_no_mark_is_moves_the_bar_as_ever(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    type_search(screen, qtbot, "cash1")
    bar, marks = screen.canvas.verticalScrollBar(), screen.lights.marks(screen.pane)
    height = next(y for y in range(bar.height() - 1, 0, -1) if marks.mark_at(y) < 0)
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.width() // 2, height))
    assert screen.search.finds.now == -1
    assert bar.value() > 0


def test_the_scope_is_the_paper_in_sight_or_the_pack(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    type_search(screen, qtbot, "position")
    panel = screen.search
    assert panel.count.text() == "168 finds"
    with qtbot.waitSignal(panel.shown, timeout=WAIT):
        QTest.mouseClick(panel.scopes[Scope.PAPER], Qt.MouseButton.LeftButton)
    assert panel.count.text() == "72 finds"
    with qtbot.waitSignal(panel.shown, timeout=WAIT):
        at_top(screen, qtbot, 3)  # another paper
    assert panel.count.text() == "96 finds"
    press(screen, Qt.Key.Key_F, CONTROL)
    assert panel.scope is Scope.PAPER  # as it was left


def test_words_are_found_as_they_stand_and_apart_where_they_never_do(
    home: Home, open_reader: Open, qtbot: QtBot
) -> None:
    screen = open_reader()
    type_search(screen, qtbot, "cash2 and position")
    assert screen.search.count.text() == "48 finds"
    assert not screen.search.state.isVisible()
    with qtbot.waitSignal(screen.search.shown, timeout=WAIT):
        screen.search.start(None, "position cash2")
    assert screen.search.state.text().startswith("Nowhere together as typed.")
    assert len({find.page for find in screen.search.finds.all}) == 2


def test_a_list_of_very_many_is_shown_around_the_one_now(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    type_search(screen, qtbot, "position")
    rows = screen.search.list.rows
    assert rows[-1].spoken == "8 finds after these"
    press(screen, Qt.Key.Key_F3, SHIFT)
    rows = screen.search.list.rows
    assert rows[0].spoken == "8 finds before these"
    assert screen.search.list.current_key() == "167"


def test_the_selection_is_looked_up(home: Home, open_reader: Open, qtbot: QtBot, kept: list[Kept]) -> None:
    screen = open_reader()
    at_top(screen, qtbot)
    select(screen, qtbot, kept[0], 12, 14)
    with qtbot.waitSignal(screen.search.shown, timeout=WAIT):
        press(screen, Qt.Key.Key_F, CONTROL)
    words = " ".join(word.text for word in unpack(kept[0].words[0])[12:15])
    assert screen.search.field.text() == f'"{words}"'
    assert screen.search.finds.all[0].page == 0


# ---- in all packs


def test_a_find_in_another_pack_opens_it_and_back_leads_to_the_one_before(
    home: Home, open_reader: Open, qtbot: QtBot
) -> None:
    screen = open_reader()
    at_top(screen, qtbot)
    type_search(screen, qtbot, "cash4", CONTROL | SHIFT)
    panel = screen.search
    assert panel.scope is Scope.EVERYWHERE
    assert panel.count.text() == "2 pages"
    other = next(row for row in panel.list.rows if row.key.startswith(OTHER))
    assert other.lines[1].text == "p 4 · Board b · Thu 29 Jan 2026"
    panel.list.put_cursor(other.key)
    panel.list.setFocus()
    with qtbot.waitSignal(screen.pack_changed, timeout=WAIT) as shown:
        press(screen, Qt.Key.Key_Return)
    assert shown.args == [home.other.pack]
    qtbot.waitUntil(lambda: screen.canvas.current_page() == 3 and panel.finds.now == 0, timeout=WAIT)
    assert panel.field.text() == "cash4"
    assert set(screen.canvas.hits) == {3}
    press(screen, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)  # back to the pack one came from, at its place
    assert screen.pane.pack is not None
    assert (screen.pane.pack.id, screen.canvas.current_page()) == (PACK, 0)
    press(screen, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert (screen.pane.pack.id, screen.canvas.current_page()) == (OTHER, 3)


def test_both_panes_light_the_finds_of_their_pack_and_a_mark_goes_where_it_is(
    home: Home, open_reader: Open, qtbot: QtBot
) -> None:
    screen = open_reader()
    at_top(screen, qtbot)
    type_search(screen, qtbot, "cash1")
    screen.going.split()
    first, second = screen.split.panes
    assert set(first.canvas.hits) == set(second.canvas.hits) == {0, 3}
    marks, bar = screen.lights.marks(second), second.canvas.verticalScrollBar()
    qtbot.waitUntil(lambda: marks.isVisible() and marks.height() == bar.height(), timeout=WAIT)
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.width() // 2, marks.height_of(30)))
    qtbot.waitUntil(lambda: second.canvas.current_page() == 3, timeout=WAIT)
    assert first.canvas.current_page() == 0
    screen.split.close_pane(second)
    assert set(first.canvas.hits) == {0, 3}


def test_a_page_of_the_open_pack_is_gone_to_with_its_words_lit(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    type_search(screen, qtbot, "cash4", CONTROL | SHIFT)
    here = next(row for row in screen.search.list.rows if row.key.startswith(PACK))
    screen.search._choose(here.key)
    qtbot.waitUntil(lambda: screen.canvas.current_page() == 6 and screen.search.finds.now == 0, timeout=WAIT)
    assert set(screen.canvas.hits) == {6}
    screen.pane.back()
    qtbot.waitUntil(lambda: screen.canvas.current_page() == 0, timeout=WAIT)  # one step, not two


def test_notes_of_mine_are_found_and_gone_to(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    at_top(screen, qtbot, 4)
    press(screen, Qt.Key.Key_D, CONTROL)
    notebook = screen.marking.notebook
    assert notebook is not None
    notebook.rename_bookmark(notebook.bookmarks[0].id, "Ask about agency spending")
    assert notebook.flush(10)
    at_top(screen, qtbot, 0)
    type_search(screen, qtbot, "agency", CONTROL | SHIFT)
    panel = screen.search
    assert panel.count.text() == "1 of mine"
    assert [row.lines[0].chip for row in panel.list.rows if not row.heading] == ["My bookmark"]
    press(screen, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: screen.canvas.current_page() == 4, timeout=WAIT)


def test_filters_narrow_and_say_how_many_they_are(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    type_search(screen, qtbot, "cash4", CONTROL | SHIFT)
    panel = screen.search
    assert not panel.filters.isVisible()
    QTest.mouseClick(panel.filter_button, Qt.MouseButton.LeftButton)
    assert panel.filters.isVisible()
    with qtbot.waitSignal(panel.shown, timeout=WAIT):
        QTest.keyClicks(panel.filters.kind, "Min")
    assert panel.filter_button.accessibleName() == "Filters (1)"
    assert panel.state.text() == "Nothing found for “cash4” in what the filters leave."
    with qtbot.waitSignal(panel.shown, timeout=WAIT):
        QTest.keyClick(panel.filters.kind, Qt.Key.Key_Home)
    assert panel.count.text() == "2 pages"


# ---- when there is nothing


def test_nothing_found_offers_the_nearest_word_and_the_other_packs(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    type_search(screen, qtbot, "minuets")
    panel = screen.search
    assert panel.state.text() == "Nothing found for “minuets” in this pack."
    assert panel.wider.isVisible()
    qtbot.waitUntil(panel.meant.isVisible, timeout=WAIT)
    assert panel.meant.text() == "Did you mean “minutes”?"
    with qtbot.waitSignal(panel.shown, timeout=WAIT):
        QTest.mouseClick(panel.meant, Qt.MouseButton.LeftButton)
    assert panel.field.text() == "minutes"
    assert not panel.meant.isVisible()
    assert panel.finds.all


def test_an_overtaken_answer_is_not_shown(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    panel = screen.search
    for words in ("cash1", "cash2"):
        panel.field.setText(words)
        panel.look()
    qtbot.waitUntil(lambda: panel.finds.done and bool(panel.finds.all), timeout=WAIT)
    assert {find.page for find in panel.finds.all} == {1, 4}


# ---- what search cannot see


def test_a_scanned_page_says_so_while_it_is_in_sight(
    home: Home, open_reader: Open, qtbot: QtBot, kept: list[Kept]
) -> None:
    home.illegible = {(kept[0].paper.id, 1): "none", (kept[1].paper.id, 0): "unreliable", (kept[1].paper.id, 3): ""}
    screen = open_reader()
    note = screen.legibility.note(screen.pane)
    at_top(screen, qtbot, 0)
    assert not note.isVisible()
    at_top(screen, qtbot, 1)
    qtbot.waitUntil(note.isVisible, timeout=WAIT)
    assert note.words.text() == "A picture: no words to search"
    assert note.accessibleName() == "This page is a picture. Its words cannot be searched or selected."
    port = screen.canvas.viewport()
    assert port.rect().contains(note.geometry())
    at_top(screen, qtbot, 2)
    assert not note.isVisible()
    at_top(screen, qtbot, 3)
    assert note.words.text() == "Search may miss words here"
    screen.resize(900, 500)
    assert port.rect().contains(note.geometry())
    at_top(screen, qtbot, 6)  # still being read
    assert not note.isVisible()


def test_the_panel_says_on_how_many_pages_it_is_blind_and_follows_the_reading(
    home: Home, open_reader: Open, qtbot: QtBot, kept: list[Kept]
) -> None:
    home.illegible = {(kept[0].paper.id, page): "none" for page in (1, 2)} | {(kept[1].paper.id, 3): ""}
    screen = open_reader()
    press(screen, Qt.Key.Key_F, CONTROL)
    blind = screen.search.blind
    words = "Search cannot see 2 of 7 pages: they are pictures. 1 page is still being read."
    qtbot.waitUntil(lambda: blind.isVisible() and blind.text() == words, timeout=WAIT)
    home.illegible = {(kept[0].paper.id, 1): "none", (kept[1].paper.id, 3): "unreliable"}
    home.bridge.carry(Change(Event.PAPER_INDEXED, pack_id=PACK))
    words = "Search cannot see 1 of 7 pages: it is a picture. On 1 page it may miss words: "
    qtbot.waitUntil(lambda: blind.text().startswith(words), timeout=WAIT)
    home.illegible = {}
    home.bridge.carry(Change(Event.PAPER_INDEXED, pack_id=PACK))
    qtbot.waitUntil(lambda: not blind.isVisible(), timeout=WAIT)


def test_large_text_on_a_low_window_lays_nothing_over_another(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    home.theme.use_size(24)
    screen = open_reader()
    screen.resize(1280, 420)
    type_search(screen, qtbot, "minuets", CONTROL | SHIFT)
    panel = screen.search
    QTest.mouseClick(panel.filter_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(panel.meant.isVisible, timeout=WAIT)
    parts = [panel.scopes[Scope.PAPER], panel.filter_button, panel.filters, panel.state, panel.meant]
    holder = panel.filters.parentWidget()

    def apart() -> bool:
        boxes = [part.geometry() for part in parts]
        return all(not one.intersects(other) for one, other in pairwise(boxes)) and all(
            part.height() >= part.minimumSizeHint().height() for part in parts
        )

    qtbot.waitUntil(apart, timeout=WAIT)
    assert panel.state.isVisible()
    assert holder.height() > panel.height()  # scrolled
    assert not panel.list.isVisible()  # its room is for the words
