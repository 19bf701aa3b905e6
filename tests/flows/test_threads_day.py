"""A member follows a risk, an action and a name through every pack, and looks at the map of one."""

from pathlib import Path

import pytest
from flow_making import CONTROL, SHIFT, Desk, at_desk
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView

from desktop.sample import SAMPLE_PASSPHRASE
from desktop.ui.pack_map import MapScreen
from desktop.ui.reader_screen import ReaderScreen
from desktop.ui.through_time import ThroughTimeScreen
from desktop.ui.window import Screen


def through(desk: Desk) -> ThroughTimeScreen:
    desk.wait_screen(Screen.THROUGH)
    screen = desk.app.window.screen_of(Screen.THROUGH)
    assert isinstance(screen, ThroughTimeScreen)
    desk.wait(lambda: screen.list.rows, "where it comes up")
    return screen


def reader_of(desk: Desk) -> ReaderScreen:
    reader = desk.app.window.screen_of(Screen.READER)
    assert isinstance(reader, ReaderScreen)
    return reader


def spoken(screen: ThroughTimeScreen) -> list[str]:
    return [row.spoken for row in screen.list.rows]


def test_a_risk_by_name_and_words_are_followed_and_a_row_opens_its_page(member_home: Path) -> None:
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        desk.wait_screen(Screen.SHELF)
        desk.key(Qt.Key.Key_K, CONTROL)
        desk.type("baf 2")
        desk.wait(lambda: any("BAF 2." in row for row in desk.rows_of("Where to go")), "the risk")
        desk.key(Qt.Key.Key_Return, SHIFT)
        screen = through(desk)
        said = spoken(screen)
        headings = [row for row in said if (row.endswith(")") and "2025 (" in row) or "2026 (" in row]
        assert [heading.split(" (")[0] for heading in headings] == [
            "Thursday 25 September 2025", "Thursday 27 November 2025", "Thursday 29 January 2026",
        ]  # fmt: skip
        assert any("Score 20 ↑ (was 16)" in row for row in said)
        assert any(row.startswith("Mentioned") and "BAF 2" in row for row in said)
        desk.key(Qt.Key.Key_F, CONTROL)
        desk.type("Rachel Fenwik")  # a slip of the finger
        desk.key(Qt.Key.Key_Return)
        desk.wait(lambda: "fenwick" in screen.title.text().casefold() and screen.list.rows, "the nearest name")
        assert any(row.startswith("Action") and "Fenwick" in row for row in spoken(screen))
        row = next(row for row in screen.list.rows if row.spoken.startswith("Mentioned"))
        screen.list.put_cursor(row.key)
        screen.list.setFocus()
        desk.key(Qt.Key.Key_Return)
        desk.wait_screen(Screen.READER)
        desk.wait(lambda: reader_of(desk).pane.page is not None, "its page")


@pytest.mark.long
def test_a_selection_and_a_row_of_a_register_are_followed_and_the_map_leads_to_a_link(member_home: Path) -> None:
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        desk.wait_screen(Screen.SHELF)
        desk.key(Qt.Key.Key_R, CONTROL | SHIFT)
        desk.wait_screen(Screen.REGISTERS)
        table = desk.named("Register", QTableView)
        assert isinstance(table, QTableView)
        desk.wait(lambda: table.model().rowCount(), "what the papers say")
        desk.key(Qt.Key.Key_Tab, CONTROL)
        desk.wait(lambda: table.model().headerData(0, Qt.Orientation.Horizontal) == "Action", "the actions")
        numbers = [str(table.model().index(at, 0).data()) for at in range(table.model().rowCount())]
        table.setCurrentIndex(table.model().index(numbers.index("A25-17"), 0))
        table.setFocus()
        desk.key(Qt.Key.Key_Y, CONTROL | SHIFT)
        said = spoken(through(desk))
        assert any("Due 29 Jan 2026" in row or "due 29 Jan 2026 (was" in row for row in said)
        assert sum(row.startswith("Action, A25-17") for row in said) >= 2
        desk.key(Qt.Key.Key_Escape)
        desk.wait_screen(Screen.REGISTERS)
        desk.key(Qt.Key.Key_Escape)
        desk.wait_screen(Screen.SHELF)
        desk.open_pack("29 January 2026")
        reader = reader_of(desk)
        reader.canvas.setFocus()
        desk.key(Qt.Key.Key_Y, CONTROL | SHIFT)
        desk.wait(lambda: "Select the words" in reader.marking.toast.words.text(), "what to do first")
        desk.go_to("item 7")
        reader.canvas.setFocus()
        desk.select(0.5)
        desk.key(Qt.Key.Key_Y, CONTROL | SHIFT)
        desk.wait_screen(Screen.THROUGH)
        desk.wait(lambda: "Looking" not in desk.said(), "an answer")
        desk.key(Qt.Key.Key_Escape)
        desk.wait_screen(Screen.READER)
        see_map(desk)


def see_map(desk: Desk) -> None:
    """Keys go from paper to paper, say its links, and open one."""
    reader_of(desk).canvas.setFocus()
    desk.key(Qt.Key.Key_K, CONTROL | SHIFT)
    desk.wait_screen(Screen.MAP)
    screen = desk.app.window.screen_of(Screen.MAP)
    assert isinstance(screen, MapScreen)
    desk.wait(lambda: screen.papers.rows, "the papers")
    desk.key(Qt.Key.Key_Home)
    for _ in range(2):
        desk.key(Qt.Key.Key_Down)
    assert screen.about.startswith("4  Matters arising and action log: points to")
    assert any(row.heading and "Points to Board assurance framework" in row.spoken for row in screen.links.rows)
    desk.key(Qt.Key.Key_Left)
    assert screen.drawing.current is not None
    assert "meeting of" in screen.drawing.accessibleDescription()
    desk.key(Qt.Key.Key_Right)
    QTest.mouseClick(screen.as_list, Qt.MouseButton.LeftButton)
    desk.wait(screen.papers.isVisible, "the list")
    at = next(number for number, row in enumerate(screen.papers.rows) if row.number == "12")
    screen.papers.put_cursor(screen.papers.rows[at].key)
    assert "Board assurance framework" in screen.about
    QTest.mouseClick(screen.as_list, Qt.MouseButton.LeftButton)
    area = screen.drawing.area((screen._map.pack_id, screen.papers.rows[at].key.split(" ")[1]))
    QTest.mouseClick(screen.drawing, Qt.MouseButton.LeftButton, pos=QPoint(area.center().toPoint()))
    desk.wait_screen(Screen.READER)
    desk.wait(lambda: reader_of(desk).pane.page.paper.item == "12", "the paper")  # type: ignore[union-attr]
