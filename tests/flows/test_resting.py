"""Closing the window while Despatch is to go on fetching: it rests in the tray, and comes back as the lock has it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from flow_making import CONTROL, Desk, at_desk
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QIcon
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QSystemTrayIcon

from desktop.app import fetching, tray
from desktop.app.tray import ARRIVED, RESTING
from desktop.changes import Change, Event
from desktop.jobs import Lane
from desktop.launch import launch
from desktop.sample import SAMPLE_PASSPHRASE
from desktop.settings import load_settings
from desktop.ui.window import Screen

PACK = "29 January 2026"
CHOICE = "Go on fetching when the window is closed"


class Sign(QSystemTrayIcon):
    """A place in a tray: offscreen there is none, and Qt would fall over it."""

    said: ClassVar[list[str]] = []

    def __init__(self, icon: QIcon, parent: QObject) -> None:
        super().__init__(icon, parent)
        self.is_shown = False

    @staticmethod
    def isSystemTrayAvailable() -> bool:
        return True

    def show(self) -> None:
        self.is_shown = True

    def hide(self) -> None:
        self.is_shown = False

    def showMessage(self, title: str, words: str, icon: QIcon) -> None:  # type: ignore[override]
        self.said.append(words)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """This system has a tray; what is said there."""
    monkeypatch.setattr(tray, "QSystemTrayIcon", Sign)
    Sign.said.clear()
    return Sign.said


@contextmanager
def resting(home: Path, lock: int = 0) -> Iterator[Desk]:
    """A pack is open, the choice is made by mouse, and the window is closed."""
    with at_desk(home, SAMPLE_PASSPHRASE, lock=lock) as desk:
        desk.open_pack(PACK)
        desk.go_to("item 10 p2")
        desk.wait(lambda: desk.page.startswith("28  ("), "the page")
        desk.key(Qt.Key.Key_Comma, CONTROL)
        desk.wait_screen(Screen.SETTINGS)
        box = desk.named(CHOICE, QCheckBox)
        assert not box.isChecked()  # type: ignore[attr-defined]
        QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(12, box.height() // 2))
        assert load_settings(home).rest_in_tray
        desk.key(Qt.Key.Key_Escape)
        desk.wait_screen(Screen.READER)
        assert not desk.window.close()
        assert not desk.window.isVisible()
        assert desk.app.reading is not None
        yield desk


def sign_of(desk: Desk) -> Sign:
    (sign,) = desk.app.resting.tray.findChildren(Sign)
    return sign


def choose(desk: Desk, words: str) -> None:
    """From the menu of the sign in the tray."""
    next(action for action in sign_of(desk).contextMenu().actions() if action.text() == words).trigger()


def test_papers_come_while_it_rests_and_the_window_comes_back_as_it_was(
    member_home: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "CHECK_EVERY", 0.5)
    with resting(member_home, lock=15) as desk:
        assert said == [RESTING]
        assert sign_of(desk).is_shown
        ticks: list[int] = []
        desk.app.reading.shelving.fetching._timer.timeout.connect(lambda: ticks.append(1))  # type: ignore[union-attr]
        desk.wait(lambda: len(ticks) > 1, "looks at the repositories")
        desk.app.doorway.changes.publish(Change(Event.PACK_ARRIVED, pack_id="a" * 16))
        desk.wait(lambda: ARRIVED in said, "the notice in the tray")
        assert not desk.window.isVisible()
        starting = Lane("starting")
        try:
            desk.wait(starting.do(launch, ["--home", str(member_home)]).done, "a second start")
        finally:
            starting.close()
        desk.wait(desk.window.isVisible, "the window")
        assert desk.screen is Screen.READER
        assert desk.page.startswith("28  (")
        assert not sign_of(desk).is_shown


def test_after_the_time_of_the_lock_the_window_comes_back_locked(member_home: Path, said: list[str]) -> None:
    with resting(member_home, lock=5) as desk:
        rest = desk.app.resting
        closed = rest.clock()
        rest.clock = lambda: closed + timedelta(minutes=6)
        choose(desk, "Open Despatch")
        desk.wait(desk.window.isVisible, "the window")
        assert desk.screen is Screen.UNLOCK
        assert desk.app.reading is None
        desk.unlock(SAMPLE_PASSPHRASE)
        desk.wait(lambda: desk.app.reading is not None, "the pack to be open again")
        desk.press("Lock")  # not by its key: offscreen, a window that was hidden is never active again
        desk.wait_screen(Screen.UNLOCK)
        assert desk.window.close()  # nothing could be fetched: it ends
        assert desk.app.is_closed


@pytest.mark.parametrize("by", ["menu", "keys"])
def test_quitting_ends_it(member_home: Path, said: list[str], by: str) -> None:
    with resting(member_home) as desk:
        if by == "menu":
            choose(desk, "Quit Despatch")
        else:
            sign_of(desk).activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
            desk.wait(desk.window.isVisible, "the window")
            desk.window.activateWindow()
            desk.key(Qt.Key.Key_Q, CONTROL)
        assert desk.app.is_closed
        assert desk.app.doorway.room is None
        assert not sign_of(desk).is_shown


def test_where_there_is_no_tray_nothing_is_offered_and_closing_ends_it(member_home: Path) -> None:
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        desk.wait_screen(Screen.SHELF)
        desk.key(Qt.Key.Key_Comma, CONTROL)
        desk.wait_screen(Screen.SETTINGS)
        assert CHOICE not in desk.said()
        assert desk.window.close()
        assert desk.app.is_closed
