"""The reader as a member works it: real keys and mouse, a real engine, a real encrypted store, closed and reopened."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from reader_making import (
    CONTROL,
    PACK,
    SHIFT,
    WAIT,
    Home,
    Kept,
    Open,
    at_top,
    button_named,
    make_book,
    pixel_of,
    press,
    select,
)

from desktop.annotations.notebook import Annotation
from desktop.packs.book import Book
from desktop.pdf.words import unpack

# ---- marking


def test_a_highlight_made_with_mouse_and_digit_is_there_after_a_restart(
    home: Home, open_reader: Open, qtbot: QtBot, kept: list[Kept]
) -> None:
    screen = open_reader()
    at_top(screen, qtbot)
    select(screen, qtbot, kept[0], 12, 15)
    qtbot.waitUntil(screen.marking.bar.isVisible, timeout=WAIT)
    press(screen, Qt.Key.Key_2)
    assert not screen.marking.bar.isVisible()
    (mark,) = screen.marking.notebook.annotations  # type: ignore[union-attr]
    assert (mark.kind, mark.colour, mark.anchor.label) == ("highlight", "risk", "1")
    chosen = [word.text for word in unpack(kept[0].words[0])[12:16]]
    assert mark.anchor.exact.split() == chosen
    screen.commands.notes.trigger()
    qtbot.waitUntil(lambda: any(row.key == mark.id for row in screen.notes.list.rows), timeout=WAIT)
    assert screen.leave()
    screen.close()
    home.close()
    home.open()
    again = open_reader()
    assert again.marking.notebook is not None
    assert again.marking.notebook.annotations == [mark]
    at_top(again, qtbot)
    quad = mark.anchor.quads[0]
    middle = pixel_of(again.canvas, QPointF((quad.x0 + quad.x1) / 2, (quad.y0 + quad.y1) / 2))
    assert again.canvas.annotation_at(middle) == mark.id


def test_the_bar_at_the_selection_colours_writes_and_copies(
    home: Home, open_reader: Open, qtbot: QtBot, kept: list[Kept]
) -> None:
    screen = open_reader()
    at_top(screen, qtbot)
    bar, notebook = screen.marking.bar, screen.marking.notebook
    assert notebook is not None
    select(screen, qtbot, kept[0], 12, 13)
    qtbot.waitUntil(bar.isVisible, timeout=WAIT)
    names = [button.accessibleName() for button in bar.findChildren(QAbstractButton)]
    assert names == [
        "Question", "Risk", "Action", "Agree", "Challenge", "Other ways to mark", "Write a note", "Copy", "Bookmark",
    ]  # fmt: skip
    QTest.mouseClick(button_named(bar, "Copy"), Qt.MouseButton.LeftButton)
    words = " ".join(word.text for word in unpack(kept[0].words[0])[12:14])
    assert " ".join(QGuiApplication.clipboard().text().split()) == words
    QTest.mouseClick(button_named(bar, "Agree"), Qt.MouseButton.LeftButton)
    assert [mark.colour for mark in notebook.annotations] == ["agree"]
    select(screen, qtbot, kept[0], 20, 22)
    qtbot.waitUntil(bar.isVisible, timeout=WAIT)
    QTest.mouseClick(button_named(bar, "Write a note"), Qt.MouseButton.LeftButton)
    QTest.keyClicks(screen.marking.editor.words, "Is this so?")
    press(screen, Qt.Key.Key_Escape)
    assert [mark.words for mark in notebook.annotations] == ["", "Is this so?"]
    assert screen.canvas.hasFocus()
    select(screen, qtbot, kept[0], 30, 31)
    qtbot.waitUntil(bar.isVisible, timeout=WAIT)
    press(screen, Qt.Key.Key_C, CONTROL | SHIFT)
    assert (
        QGuiApplication.clipboard().text().endswith("” (Minutes of the last meeting, page 1, Board, 29 January 2026)")
    )
    press(screen, Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_a_click_on_a_highlight_edits_it_and_delete_can_be_undone(
    home: Home, open_reader: Open, qtbot: QtBot, kept: list[Kept]
) -> None:
    screen = open_reader()
    at_top(screen, qtbot)
    select(screen, qtbot, kept[0], 12, 15)
    press(screen, Qt.Key.Key_H)
    notebook = screen.marking.notebook
    assert notebook is not None
    (mark,) = notebook.annotations
    quad = mark.anchor.quads[0]
    at = pixel_of(screen.canvas, QPointF((quad.x0 + quad.x1) / 2, (quad.y0 + quad.y1) / 2)).toPoint()
    QTest.mouseClick(screen.canvas.viewport(), Qt.MouseButton.LeftButton, pos=at)
    editor = screen.marking.editor
    qtbot.waitUntil(editor.isVisible, timeout=WAIT)
    assert editor.mark_id == mark.id
    QTest.mouseClick(editor.colours.button("challenge"), Qt.MouseButton.LeftButton)
    QTest.keyClicks(editor.words, "No")
    QTest.mouseClick(button_named(editor, "Delete this note"), Qt.MouseButton.LeftButton)
    assert notebook.annotations == []
    assert screen.marking.toast.words.text() == "Highlight deleted."
    QTest.mouseClick(screen.marking.toast.button, Qt.MouseButton.LeftButton)
    assert [each.colour for each in notebook.annotations] == ["challenge"]


def test_undo_and_redo_by_key_with_their_names(home: Home, open_reader: Open, qtbot: QtBot, kept: list[Kept]) -> None:
    screen = open_reader()
    at_top(screen, qtbot)
    select(screen, qtbot, kept[0], 12, 15)
    press(screen, Qt.Key.Key_H)
    notebook = screen.marking.notebook
    assert notebook is not None
    assert (screen.commands.undo.text(), screen.commands.redo.isEnabled()) == ("Undo highlight", False)
    press(screen, Qt.Key.Key_Z, CONTROL)
    assert notebook.annotations == []
    assert screen.marking.toast.words.text() == "Undone: highlight."
    assert screen.commands.redo.text() == "Redo highlight"
    press(screen, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert len(notebook.annotations) == 1


def test_the_pen_marks_every_selection_until_esc(home: Home, open_reader: Open, qtbot: QtBot, kept: list[Kept]) -> None:
    screen = open_reader()
    at_top(screen, qtbot)
    press(screen, Qt.Key.Key_H)
    assert screen.bar.button(screen.commands.highlight).isChecked()
    press(screen, Qt.Key.Key_3)
    select(screen, qtbot, kept[0], 12, 13)
    select(screen, qtbot, kept[0], 20, 21)
    notebook = screen.marking.notebook
    assert notebook is not None
    assert [mark.colour for mark in notebook.annotations] == ["action", "action"]
    press(screen, Qt.Key.Key_Escape)
    assert not screen.bar.button(screen.commands.highlight).isChecked()
    select(screen, qtbot, kept[0], 30, 31)
    assert len(notebook.annotations) == 2


def test_a_note_on_the_page_by_key(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    at_top(screen, qtbot, 4)
    press(screen, Qt.Key.Key_N)
    assert screen.marking.editor.words.hasFocus()
    QTest.keyClicks(screen.marking.editor.words, "Ask 1 thing: how?")  # digits and n are letters here
    assert screen.leave()
    (note,) = home.notes.open(PACK).result(10).annotations
    assert (note.words, note.anchor.page, note.anchor.label, note.anchor.quads) == ("Ask 1 thing: how?", 1, "5", ())


def test_a_bookmark_is_named_listed_and_taken_away_by_the_same_key(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    at_top(screen, qtbot, 3)
    press(screen, Qt.Key.Key_D, CONTROL)
    box = screen.marking.bookmark_box
    assert box.field.text() == "Finance report, page 4"
    QTest.keyClicks(box.field, "Cash")
    QTest.keyClick(box.field, Qt.Key.Key_Return)
    notebook = screen.marking.notebook
    assert notebook is not None
    assert [mark.name for mark in notebook.bookmarks] == ["Cash"]
    assert screen.bar.button(screen.commands.bookmark).isChecked()
    at_top(screen, qtbot, 0)
    assert not screen.bar.button(screen.commands.bookmark).isChecked()
    screen.commands.notes.trigger()
    screen.notes.show_tab(bookmarks=True)
    screen.notes.focus_list()
    press(screen, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.canvas.current_page() == 3, timeout=WAIT)
    press(screen, Qt.Key.Key_D, CONTROL)
    assert notebook.bookmarks == []


def test_a_mark_of_an_earlier_version_is_listed_but_not_laid_on_other_words(
    home: Home, open_reader: Open, qtbot: QtBot, kept: list[Kept]
) -> None:
    screen = open_reader()
    at_top(screen, qtbot)
    select(screen, qtbot, kept[0], 12, 15)
    press(screen, Qt.Key.Key_H)
    (mark,) = screen.marking.notebook.annotations  # type: ignore[union-attr]
    quad = mark.anchor.quads[0]
    point = QPointF((quad.x0 + quad.x1) / 2, (quad.y0 + quad.y1) / 2)
    assert screen.canvas.annotation_at(pixel_of(screen.canvas, point)) == mark.id
    first, second = home.book.papers
    newer = replace(first, version=second.version, path=second.path)
    pages = tuple(replace(page, paper=newer) if page.paper is first else page for page in home.book.pages)
    screen.update_book(Book(home.book.pack, (newer, second), pages))
    assert screen.canvas.annotation_at(pixel_of(screen.canvas, point)) is None
    screen.commands.notes.trigger()
    row = next(row for row in screen.notes.list.rows if row.key == mark.id)
    assert "on an earlier version of this paper" in row.spoken


def test_a_full_disk_is_said_and_the_note_is_saved_later(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    at_top(screen, qtbot)

    def limit(pages: int) -> None:
        home.store.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        home.store.rows(f"PRAGMA max_page_count={pages}")

    home.lane.do(limit, 1).result(10)
    press(screen, Qt.Key.Key_N)
    editor, notebook = screen.marking.editor, screen.marking.notebook
    assert notebook is not None
    editor.words.insertPlainText("long " * 40_000)
    qtbot.waitUntil(lambda: notebook.failed == 1, timeout=WAIT)
    qtbot.waitUntil(lambda: editor.state.text() == "Not saved yet: trying again", timeout=WAIT)
    home.lane.do(limit, 1_000_000).result(10)
    qtbot.waitUntil(lambda: notebook.failed == 0, timeout=WAIT)  # by itself
    qtbot.waitUntil(lambda: editor.state.text() == "Private to you", timeout=WAIT)
    assert len(home.notes.open(PACK).result(10).annotations) == 1


# ---- going places


def test_the_page_box_by_key(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    at_top(screen, qtbot)
    assert screen.bar.page_box.text() == "1  (1 of 7)"
    for typed, page in (("p6", 5), ("2.1", 3), ("2.1 p2", 4), ("item 1", 0)):
        press(screen, Qt.Key.Key_G, CONTROL)
        assert screen.bar.page_box.hasFocus()
        QTest.keyClicks(screen.bar.page_box, typed)
        press(screen, Qt.Key.Key_Return)
        assert (typed, screen.canvas.current_page()) == (typed, page)
        assert screen.canvas.hasFocus()
    press(screen, Qt.Key.Key_G, CONTROL)
    QTest.keyClicks(screen.bar.page_box, "item 3")
    press(screen, Qt.Key.Key_Return)
    assert screen.marking.toast.words.text() == "Item 3 has no paper to open."
    press(screen, Qt.Key.Key_Escape)
    press(screen, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert screen.canvas.current_page() == 4
    press(screen, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert screen.canvas.current_page() == 0


def test_the_agenda_leads_and_follows(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    at_top(screen, qtbot)
    press(screen, Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    assert screen.canvas.current_page() == 3
    current = [row.key for row in screen.spine.list.rows if row.current]
    assert current == [home.book.papers[1].paper_id]
    press(screen, Qt.Key.Key_PageUp, Qt.KeyboardModifier.AltModifier)
    assert screen.canvas.current_page() == 0
    press(screen, Qt.Key.Key_F6)  # from the page there is no panel: round to the agenda
    assert screen.spine.list.hasFocus()
    press(screen, Qt.Key.Key_F6)
    assert screen.canvas.hasFocus()
    press(screen, Qt.Key.Key_B, CONTROL)
    assert not screen.spine.isVisible()
    press(screen, Qt.Key.Key_B, CONTROL)
    assert screen.spine.isVisible()


def test_the_place_and_what_was_seen_are_kept(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    at_top(screen, qtbot, 4)
    qtbot.waitUntil(lambda: (PACK, home.book.papers[1].paper_id, 1) in home.seen, timeout=WAIT)
    assert home.seen.count((PACK, home.book.papers[1].paper_id, 1)) == 1
    assert "1 of 4 read" in next(row for row in screen.spine.list.rows if row.current).spoken
    qtbot.waitUntil(lambda: bool(home.places), timeout=WAIT)
    press(screen, Qt.Key.Key_Home)
    screen.leave()
    pack_id, place = home.places[-1]
    assert (pack_id, place.paper_id, place.page) == (PACK, home.book.papers[1].paper_id, 1)
    screen.close()
    again = open_reader()
    assert again.canvas.current_page() == 4
    assert "1 of 4 read" in next(row for row in again.spine.list.rows if row.current).spoken


def test_a_paper_that_arrives_keeps_the_place(home: Home, open_reader: Open, qtbot: QtBot, kept: list[Kept]) -> None:
    whole = home.book
    home.book = make_book(PACK, kept, missing=("Minutes of the last meeting",))
    screen = open_reader()
    at_top(screen, qtbot, 4)
    assert "Not here yet" in screen.spine.list.rows[1].spoken
    screen.update_book(whole)
    assert screen.canvas.current_page() == 4
    assert "Not here yet" not in screen.spine.list.rows[1].spoken


# ---- the whole


def test_leaving_and_locking_are_asked_for_by_key(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    for key, signal in ((Qt.Key.Key_W, screen.close_requested), (Qt.Key.Key_L, screen.lock_requested)):
        with qtbot.waitSignal(signal, timeout=WAIT):
            press(screen, key, CONTROL)
    press(screen, Qt.Key.Key_F11)
    assert screen.isFullScreen()
    press(screen, Qt.Key.Key_F11)
    assert not screen.isFullScreen()


def test_leaving_lets_go_of_what_was_read(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    screen.commands.find.trigger()
    QTest.keyClicks(screen.search.field, "cash")
    qtbot.waitUntil(lambda: bool(screen.search.finds.all), timeout=WAIT)
    screen.leave()
    assert screen.marking.notebook is None
    assert screen.search.field.text() == ""
    assert not screen.commands.note.isEnabled()


@pytest.mark.parametrize(("width", "size"), [(1280, 12), (1280, 20), (640, 12), (1600, 17)])
def test_nothing_is_cut_and_everything_has_a_name_and_room(
    home: Home, open_reader: Open, qtbot: QtBot, width: int, size: int
) -> None:
    home.theme.use_size(size)
    screen = open_reader()
    screen.resize(width, 720)
    for panel in (screen.commands.notes, screen.commands.find):
        panel.trigger()
        QApplication.processEvents()
        assert screen.width() == width
        assert screen.canvas.width() >= 0.6 * width - 1 or width < 800
        for part in screen.findChildren(QWidget):
            if isinstance(part.parent(), QLineEdit):
                continue  # the magnifying glass in a field is a picture
            if part.isVisible() and isinstance(part, QAbstractButton | QLineEdit | QPlainTextEdit):
                told = part.accessibleName()
                assert told, (part, part.parent())
                assert min(part.width(), part.height()) >= 24, told
                assert part.width() >= part.minimumSizeHint().width(), told
                corner = part.mapTo(screen, QPoint(part.width(), part.height()))
                assert corner.x() <= screen.width(), told


def test_every_command_has_its_own_keys_and_stands_in_the_menu(home: Home, open_reader: Open) -> None:
    screen = open_reader()
    keys = [key.toString() for action in screen.commands for key in action.shortcuts()]
    assert len(keys) == len(set(keys))
    assert all(action.shortcuts() for action in screen.commands)
    assert set(screen.commands) == {action for action in screen.bar.more.menu().actions() if not action.isSeparator()}


def test_marks_are_of_the_kind_the_page_paints(home: Home, open_reader: Open, qtbot: QtBot, kept: list[Kept]) -> None:
    screen = open_reader()
    at_top(screen, qtbot)
    select(screen, qtbot, kept[0], 12, 15)
    press(screen, Qt.Key.Key_1)
    page = home.book.pages[0]
    (mark,) = screen.pane.pack.marks_on(page)  # type: ignore[union-attr]
    assert isinstance(mark, Annotation)
    assert all(quad.page == 0 for quad in mark.anchor.quads)
