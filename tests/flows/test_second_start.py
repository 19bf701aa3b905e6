"""What is on the screen before anything is loaded: the pack as it was left; but not after the shelf or a lock."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flow_making import CONTROL, Desk, at_desk, plain_on_disk, settle
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.app.application import Application
from desktop.app.first import FirstWindow
from desktop.changes import Changes
from desktop.doorway import Doorway
from desktop.jobs import Lane
from desktop.launch import launch
from desktop.neighbour import call
from desktop.sample import SAMPLE_PASSPHRASE
from desktop.scout import Scout
from desktop.settings import Settings, save_settings
from desktop.still import has_still
from desktop.ui.kit.still_view import StillView
from desktop.ui.window import Screen

PACK = "29 January 2026"


@contextmanager
def started(home: Path) -> Iterator[tuple[FirstWindow, Desk, QImage]]:
    """Start as `desktop.launch` does where a pack was left open; with what the window showed at first."""
    save_settings(home, Settings(theme="light", motion=False, lock_minutes=0, window=""))
    scout = Scout.sent(home, SAMPLE_PASSPHRASE)
    first = FirstWindow(home, scout)
    first.window.resize(1280, 800)
    first.show(60)
    seen = first.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    doorway = Doorway(home, Changes())
    opened = doorway.enter_quietly("", scout)
    desk = Desk(Application(doorway, first))
    try:
        desk.app.theme.apply_to(first.qt)
        desk.app.start(opened)
        yield first, desk, seen
    finally:
        desk.close()
        scout.call_back()


def left_open(home: Path) -> QImage:
    """Read a pack, and close the window on it; what the reader showed."""
    with at_desk(home, SAMPLE_PASSPHRASE) as desk:
        desk.open_pack(PACK)
        desk.go_to("item 10 p2")
        desk.wait(lambda: desk.page.startswith("28  ("), "the second page of item 10")
        desk.wait(lambda: not blank(desk), "the page")
        reader = desk.app.window.screen_of(Screen.READER)
        assert reader is not None
        return reader.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def blank(desk: Desk) -> bool:
    pages = desk.pages.viewport()
    seen = pages.grab(QRect(pages.width() // 4, pages.height() // 4, pages.width() // 2, pages.height() // 2)).toImage()
    return len({seen.pixel(x, y) for x in range(0, seen.width(), 3) for y in range(0, seen.height(), 3)}) < 8


def test_a_pack_that_was_left_open_is_seen_at_once_and_goes_on_from_there(member_home: Path, temporary: Path) -> None:
    left = left_open(member_home)
    assert has_still(member_home)
    assert plain_on_disk(member_home, "Wrenmoor") == []
    with started(member_home) as (first, desk, seen):
        assert first.has_still
        assert not has_still(member_home)  # shown once
        middle = QRect(200, 150, 800, 500)
        assert seen.copy(middle) == left.copy(middle)
        desk.wait_screen(Screen.READER)
        assert not desk.window.findChildren(StillView) or desk.app.window.before is None
        desk.wait(lambda: desk.page.startswith("28  ("), "the page it was left at")
        desk.wait(lambda: not blank(desk), "the page in the reader")
    assert plain_on_disk(temporary, "Wrenmoor") == []
    assert has_still(member_home)  # for the next time


@pytest.mark.parametrize("leave", [Qt.Key.Key_W, Qt.Key.Key_L])
def test_after_the_shelf_or_a_lock_nothing_of_a_pack_is_kept(member_home: Path, leave: Qt.Key) -> None:
    left_open(member_home)
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        desk.wait_screen(Screen.READER)
        desk.wait(lambda: "of" in desk.page, "the pages")
        desk.key(leave, CONTROL)
        desk.wait(lambda: desk.screen is not Screen.READER, "the shelf or the lock")
    assert not has_still(member_home)


def test_it_is_kept_while_one_reads_for_machines_are_switched_off(member_home: Path) -> None:
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        desk.open_pack(PACK)
        desk.go_to("item 12")
        desk.wait(lambda: desk.page.startswith("36  ("), "item 12")
        desk.wait(lambda: has_still(member_home), "the still")


def test_a_window_closed_before_it_was_furnished_starts_nothing(member_home: Path) -> None:
    from desktop.app.application import run

    first = FirstWindow(member_home)
    first.show()
    QTest.qWait(1)
    first.window.close()
    doorway = Doorway(member_home, Changes())
    assert run(first, doorway, doorway.enter_quietly(SAMPLE_PASSPHRASE)) == 0
    assert doorway.room is None
    first.window.deleteLater()
    settle()
    assert QApplication.instance() is not None


def test_a_second_start_brings_the_first_to_the_front_and_gives_it_its_file(member_home: Path, temporary: Path) -> None:
    pack = temporary / "2026-01-29.despatch-pack"
    pack.write_bytes(b"sealed")
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        desk.wait_screen(Screen.SHELF)
        desk.window.showMinimized()
        starting = Lane("starting")
        try:
            code = starting.do(launch, ["--home", str(member_home), str(pack)])
            desk.wait(code.done, "the second start")
            assert code.result() == 0
            desk.wait(lambda: not desk.window.isMinimized(), "the window")
            desk.wait(lambda: "is a compiled pack" in "".join(desk.notices()), "the file")
            desk.lock()
            desk.wait(starting.do(launch, ["--home", str(member_home)]).done, "a start while it is locked")
            assert desk.screen is Screen.UNLOCK
        finally:
            starting.close()
    assert not call(member_home)
