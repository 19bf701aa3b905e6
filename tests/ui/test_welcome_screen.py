"""Being set up: each step asks one thing, says it plainly, and hands it on once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Button, Text
from desktop.ui.panels.passphrase import judge
from desktop.ui.panels.set_up import MemberStep, PassphraseStep, RecoveryStep, RequestStep
from desktop.ui.welcome import Invited, WelcomeScreen

CODE = "K7QF-2MXD-9PLA-44TZ-W0RC-HH3B-EE81-QQ5N"
GOOD = "copper lantern seven otters"
INVITED = Invited("Audit Committee", "Northshire Trust")


@pytest.fixture
def welcome(theme: Theme, qtbot: QtBot) -> WelcomeScreen:
    screen = WelcomeScreen(theme)
    qtbot.addWidget(screen)
    screen.resize(1100, 700)
    with qtbot.waitExposed(screen):
        screen.show()
    screen.activateWindow()
    screen.setFocus()
    return screen


def said(screen: WelcomeScreen) -> str:
    return "\n".join(label.text() for label in screen.findChildren(Text) if label.isVisibleTo(screen))


def press(screen: WelcomeScreen, name: str, qtbot: QtBot) -> None:
    button = next(b for b in screen.findChildren(Button) if b.accessibleName() == name and b.isVisibleTo(screen))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_sample_is_one_key_away(welcome: WelcomeScreen, qtbot: QtBot) -> None:
    assert QApplication.focusWidget().accessibleName() == "Open an invitation…"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    with qtbot.waitSignal(welcome.sample_wanted):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def test_an_invitation_is_chosen_in_a_dialog_that_holds_nothing_up(welcome: WelcomeScreen, qtbot: QtBot) -> None:
    press(welcome, "Open an invitation…", qtbot)
    dialog = welcome.findChild(QFileDialog)
    assert dialog is not None
    assert "*.despatch" in dialog.nameFilters()[0]
    with qtbot.waitSignal(welcome.file_chosen, check_params_cb=lambda path: path == "/tmp/board.despatch"):
        dialog.fileSelected.emit("/tmp/board.despatch")
    dialog.reject()
    qtbot.waitUntil(lambda: welcome.findChild(QFileDialog) is None)


@pytest.mark.parametrize(
    ("passphrase", "tone", "enough"),
    [
        ("", "bad", False),
        ("short", "bad", False),
        ("aaaaaaaaaaaaaaaa", "bad", False),
        ("password password", "bad", False),
        ("correct horse", "warn", True),
        (GOOD, "good", True),
        ("k3#Vz9!qLm2@xT", "good", True),
    ],
)
def test_strength_is_said_in_words(passphrase: str, tone: str, enough: bool) -> None:
    verdict = judge(passphrase)
    assert (verdict.tone, verdict.enough) == (tone, enough)
    assert verdict.words.endswith(".")


def test_a_passphrase_is_typed_twice_by_keys_alone(welcome: WelcomeScreen, qtbot: QtBot) -> None:
    welcome.begin(INVITED, keyring=True)
    step = welcome.step
    assert isinstance(step, PassphraseStep)
    qtbot.keyClicks(QApplication.focusWidget(), GOOD)
    assert "strong" in step.form.verdict.text().lower()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.keyClicks(QApplication.focusWidget(), "copper lantern")
    assert not step.form.button.isEnabled()
    assert "not the same" in step.form.match.text()
    qtbot.keyClicks(QApplication.focusWidget(), " seven otters")
    step.remember.click()
    with qtbot.waitSignal(welcome.passphrase_chosen) as chosen:
        qtbot.keyClick(step.form.twice.field, Qt.Key.Key_Return)
    assert chosen.args == [GOOD, True]
    assert step.form.once.text() == step.form.twice.text() == ""


def test_without_a_keyring_none_is_offered(welcome: WelcomeScreen) -> None:
    welcome.begin(None, keyring=False)
    assert isinstance(welcome.step, PassphraseStep)
    assert not welcome.step.remember.isVisible()
    assert "keyring" not in said(welcome)
    assert "Step 1 of 2" in said(welcome)


def test_a_passphrase_can_be_looked_at(welcome: WelcomeScreen, qtbot: QtBot) -> None:
    welcome.begin(INVITED, keyring=False)
    assert isinstance(welcome.step, PassphraseStep)
    field = welcome.step.form.once
    field.field.setText("abc")
    show = field._show
    assert field.field.echoMode() == QLineEdit.EchoMode.Password
    qtbot.mouseClick(show, Qt.MouseButton.LeftButton)
    assert field.field.echoMode() == QLineEdit.EchoMode.Normal
    assert show.accessibleName() == "Hide passphrase"
    field.clear()
    assert field.field.echoMode() == QLineEdit.EchoMode.Password


def test_the_recovery_code_is_typed_back_out_of_sight(welcome: WelcomeScreen, qtbot: QtBot) -> None:
    welcome.begin(INVITED, keyring=False)
    welcome.show_recovery(CODE)
    step = welcome.step
    assert isinstance(step, RecoveryStep)
    assert all(group in said(welcome) for group in CODE.split("-"))
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert step.asked_group() not in said(welcome)
    qtbot.keyClicks(QApplication.focusWidget(), "wrong")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert "not this group" in said(welcome)
    press(welcome, "Show the code again", qtbot)
    assert step.asked_group() in said(welcome)
    press(welcome, "I have kept it", qtbot)
    step.field.clear()
    qtbot.keyClicks(step.field, f" {step.asked_group().lower()} ")
    with qtbot.waitSignal(welcome.recovery_kept):
        press(welcome, "Check and go on", qtbot)
    assert step.code.text() == ""


def test_the_recovery_code_can_be_saved_and_copied(welcome: WelcomeScreen, qtbot: QtBot) -> None:
    welcome.show_recovery(CODE)
    press(welcome, "Copy", qtbot)
    assert QApplication.clipboard().text() == CODE
    press(welcome, "Save as file…", qtbot)
    dialog = welcome.findChild(QFileDialog)
    assert dialog is not None
    with qtbot.waitSignal(welcome.code_save_wanted) as wanted:
        dialog.fileSelected.emit("/media/stick/code.txt")
    dialog.reject()
    path, words = wanted.args
    assert path == "/media/stick/code.txt"
    assert all(group in words for group in CODE.split("-"))


def test_the_recovery_code_can_be_printed(welcome: WelcomeScreen, qtbot: QtBot) -> None:
    welcome.show_recovery(CODE)
    press(welcome, "Print…", qtbot)
    assert isinstance(welcome.step, RecoveryStep)
    dialog = welcome.step.findChild(QPrintDialog)
    assert dialog is not None
    dialog.reject()
    qtbot.waitUntil(lambda: welcome.step.findChild(QPrintDialog) is None)


def test_who_is_asking_needs_both_names(welcome: WelcomeScreen, qtbot: QtBot) -> None:
    welcome.begin(INVITED, keyring=False, has_store=True)
    step = welcome.step
    assert isinstance(step, MemberStep)
    assert "Audit Committee, Northshire Trust" in said(welcome)
    assert not step.button.isEnabled()
    qtbot.keyClicks(QApplication.focusWidget(), "  Jane Okonkwo ")
    step.device.setText("Jane's laptop")
    with qtbot.waitSignal(welcome.member_given) as given:
        qtbot.keyClick(step.member, Qt.Key.Key_Return)
    assert given.args == ["Jane Okonkwo", "Jane's laptop"]


@pytest.mark.parametrize("delivered", ["", "the folder Audit on the share"])
def test_the_words_to_read_out_are_shown_with_the_way_of_the_request(
    welcome: WelcomeScreen, qtbot: QtBot, delivered: str
) -> None:
    welcome.begin(INVITED, keyring=False, has_store=True)
    welcome.show_request("amber violin harvest tunnel sparrow", delivered)
    assert isinstance(welcome.step, RequestStep)
    assert "amber violin harvest tunnel sparrow" in said(welcome)
    assert (delivered or "Save it as a file") in said(welcome)
    press(welcome, "Save request as file…", qtbot)
    dialog = welcome.findChild(QFileDialog)
    assert dialog is not None
    with qtbot.waitSignal(welcome.request_save_wanted, check_params_cb=lambda path: path == "/media/r.despatch"):
        dialog.fileSelected.emit("/media/r.despatch")
    dialog.reject()
    with qtbot.waitSignal(welcome.finished):
        press(welcome, "Go to the shelf", qtbot)


def test_work_in_hand_is_said_and_ends(welcome: WelcomeScreen) -> None:
    welcome.begin(INVITED, keyring=False)
    welcome.working("Sealing…")
    assert "Sealing…" in said(welcome)
    assert not welcome.step.isEnabled()
    welcome.ready()
    assert "Sealing…" not in said(welcome)
    assert welcome.step.isEnabled()


def test_the_set_up_can_be_left_before_anything_is_made(welcome: WelcomeScreen, qtbot: QtBot) -> None:
    welcome.begin(INVITED, keyring=False)
    press(welcome, "Not now", qtbot)
    assert "Have you been sent an invitation?" in said(welcome)


def test_from_a_shelf_the_way_back_leads_to_it(theme: Theme, qtbot: QtBot) -> None:
    screen = WelcomeScreen(theme, can_leave=True)
    qtbot.addWidget(screen)
    screen.show()
    with qtbot.waitSignal(screen.left):
        press(screen, "Not now", qtbot)
