"""Unlock: the ways in, what is said when one fails, and nothing kept of what was typed."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Button
from desktop.ui.unlock import UnlockScreen


@pytest.fixture
def unlock(theme: Theme, qtbot: QtBot) -> Iterator[UnlockScreen]:
    screen = UnlockScreen(theme, keyring=True)
    qtbot.addWidget(screen)
    screen.resize(1000, 700)
    with qtbot.waitExposed(screen):
        screen.show()
    screen.activateWindow()
    screen.setFocus()
    yield screen
    screen.clear()


def press(screen: UnlockScreen, name: str, qtbot: QtBot) -> None:
    button = next(b for b in screen.findChildren(Button) if b.accessibleName() == name and b.isVisibleTo(screen))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_typing_and_enter_is_all_it_takes(unlock: UnlockScreen, qtbot: QtBot) -> None:
    qtbot.keyClicks(QApplication.focusWidget(), "my words")
    with qtbot.waitSignal(unlock.passphrase_entered, check_params_cb=lambda words: words == "my words"):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert unlock.passphrase.text() == ""


def test_an_empty_field_asks_nobody(unlock: UnlockScreen, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(unlock.passphrase_entered):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        press(unlock, "Unlock", qtbot)


def test_a_wrong_passphrase_says_what_is_safe_and_how_long_to_wait(unlock: UnlockScreen, qtbot: QtBot) -> None:
    unlock.working()
    assert not unlock.unlock.isEnabled() or not unlock.passphrase.isEnabled()
    unlock.refuse("That is not the passphrase.", 1.4)
    assert unlock.trouble.text() == (
        "That is not the passphrase. Your papers and notes are safe. You can try again in 2 seconds."
    )
    qtbot.keyClicks(QApplication.focusWidget(), "again")
    with qtbot.assertNotEmitted(unlock.passphrase_entered):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert unlock.passphrase.text() == "again"
    qtbot.waitUntil(unlock.unlock.isEnabled)
    assert "You can try again now." in unlock.trouble.text()
    with qtbot.waitSignal(unlock.passphrase_entered):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def test_the_recovery_code_leads_to_a_new_passphrase(unlock: UnlockScreen, qtbot: QtBot) -> None:
    press(unlock, "Use the recovery code", qtbot)
    qtbot.keyClicks(QApplication.focusWidget(), "K7QF-2MXD")
    with qtbot.waitSignal(unlock.recovery_entered, check_params_cb=lambda code: code == "K7QF-2MXD"):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    unlock.ask_new_passphrase()
    qtbot.keyClicks(QApplication.focusWidget(), "copper lantern seven otters")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.keyClicks(QApplication.focusWidget(), "copper lantern seven otters")
    with qtbot.waitSignal(unlock.new_passphrase_chosen):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def test_the_keyring_can_be_asked_only_where_there_is_one(unlock: UnlockScreen, theme: Theme, qtbot: QtBot) -> None:
    with qtbot.waitSignal(unlock.keyring_wanted):
        press(unlock, "Ask this computer's keyring", qtbot)
    without = UnlockScreen(theme)
    qtbot.addWidget(without)
    assert "Ask this computer's keyring" not in [
        b.accessibleName() for b in without.findChildren(Button) if b.isVisibleTo(without)
    ]


def test_with_neither_it_says_what_can_still_be_done(unlock: UnlockScreen, qtbot: QtBot) -> None:
    press(unlock, "I have neither", qtbot)
    assert "ask the secretary for a new invitation" in unlock.trouble.text()


def test_clearing_forgets_what_was_typed(unlock: UnlockScreen, qtbot: QtBot) -> None:
    qtbot.keyClicks(QApplication.focusWidget(), "half a pass")
    unlock.refuse("No.", 30)
    unlock.clear()
    assert unlock.passphrase.text() == ""
    assert unlock.trouble.text() == ""
    assert unlock.unlock.isEnabled()
