"""A member sees what became of a standing paper since the last pack, and looks at either place."""

from pathlib import Path

import pytest
from flow_making import CONTROL, SHIFT, Desk, at_desk
from PySide6.QtCore import Qt

from desktop.sample import SAMPLE_PASSPHRASE
from desktop.ui.reader_screen import ReaderScreen
from desktop.ui.reading.since_last_time import SinceLastTime
from desktop.ui.window import Screen


def reader_of(desk: Desk) -> ReaderScreen:
    reader = desk.app.window.screen_of(Screen.READER)
    assert isinstance(reader, ReaderScreen)
    return reader


def compare(desk: Desk, item: str) -> SinceLastTime:
    """The paper of an item with itself, last time."""
    reader = reader_of(desk)
    if reader.side.is_showing(reader.since.panel):
        desk.key(Qt.Key.Key_Escape)
    reader.canvas.setFocus()
    desk.go_to(f"item {item}")
    desk.wait(lambda: reader.pane.page is not None and reader.pane.page.paper.item == item, f"item {item}")
    desk.key(Qt.Key.Key_L, CONTROL | SHIFT)
    desk.wait(lambda: reader.side.is_showing(reader.since.panel), "the panel")
    return reader.since


def spoken(since: SinceLastTime) -> list[str]:
    return [row.spoken for row in since.panel.list.rows]


def test_a_register_is_compared_with_the_last_one_and_either_place_opens(member_home: Path) -> None:
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        desk.open_pack("29 January 2026")
        since = compare(desk, "12")
        desk.wait(since.panel.list.current_key, "what became of it")
        said = spoken(since)
        assert "Moved, BAF 2 Urgent care and flow, Score from 16 to 20, up" in said
        assert "Moved, BAF 7 Digital and cyber security, Score from 20 to 15, down" in said
        assert "Unchanged: BAF 1 Quality and safety" in said
        assert since.panel.against.currentText() == "27 November 2025: Board assurance framework"
        assert not since.panel.doubt
        since.panel.list.put_cursor(next(row.key for row in since.panel.list.rows if "BAF 2" in row.spoken))
        since.panel.list.setFocus()
        desk.key(Qt.Key.Key_Return)
        panes = reader_of(desk).split.panes
        desk.wait(lambda: panes[0].page is not None and panes[0].page.index == 4, "its page now")
        desk.key(Qt.Key.Key_Return, CONTROL)
        desk.wait(lambda: len(reader_of(desk).split.panes) == 2, "the other pane")
        other = reader_of(desk).split.panes[1]
        desk.wait(lambda: other.page is not None and other.page.index == 4, "its page then")
        assert other.pack is not None
        assert other.pack.book.pack.meeting.held_on.isoformat() == "2025-11-27"
        since.panel.show_box.setCurrentIndex(2)
        assert not any(row.startswith("Unchanged") for row in spoken(since))


@pytest.mark.long
def test_where_it_is_doubtful_or_absent_that_is_said_and_another_can_be_chosen(member_home: Path) -> None:
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        desk.open_pack("29 January 2026")
        since = compare(desk, "13")  # the outline business case of September was another paper, and not in November's
        desk.wait(since.panel.list.current_key, "what became of it")
        assert "The pack of 27 November 2025 does not have it" in since.panel.doubt
        assert "may not be the same paper" in since.panel.doubt
        since = compare(desk, "6")
        desk.wait(lambda: "choose it above" in since.panel.doubt, "that there is none")
        assert not since.panel.list.current_key()
        names = [since.panel.against.itemText(at) for at in range(since.panel.against.count())]
        place = names.index("25 September 2025: Board assurance framework")
        since.panel.against.setCurrentIndex(place)
        since.panel.against.activated.emit(place)
        desk.wait(since.panel.list.current_key, "a comparison with the one that was chosen")
        desk.key(Qt.Key.Key_Escape)
        desk.press("Back to the shelf")
        desk.open_pack("25 September 2025")
        since = compare(desk, "12")
        desk.wait(lambda: "no earlier pack" in since.panel.told, "that there is none before")
