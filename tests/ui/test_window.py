"""The frame: one screen at a time, a way back, and nothing left in sight once it is locked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from reach import cut, out_of_reach, small, unnamed
from shelf_making import NOW, full_shelf

from desktop.settings import Settings
from desktop.ui.help import HelpScreen, Shortcuts
from desktop.ui.kit.clipboard import copy_words
from desktop.ui.kit.theme import Theme
from desktop.ui.settings import SettingsScreen
from desktop.ui.shelf import ShelfScreen
from desktop.ui.unlock import UnlockScreen
from desktop.ui.welcome import Invited, WelcomeScreen
from desktop.ui.window import MainWindow, PlaceWanted, Screen

CODE = "K7QF-2MXD-9PLA-44TZ-W0RC-HH3B-EE81-QQ5N"


def fill_shelf(theme: Theme) -> ShelfScreen:
    shelf = ShelfScreen(theme)
    shelf.show_bodies(full_shelf(), NOW)
    return shelf


def fill_settings(theme: Theme) -> SettingsScreen:
    settings = SettingsScreen(theme, Settings())
    settings.show_keyring(True, False)
    settings.show_storage(1_300_000_000, 412)
    return settings


@pytest.fixture
def window(theme: Theme, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    (tmp_path / "member.md").write_text("# Reading a pack\n\nWords.\n\n## Going to a page\n\nMore words.\n", "utf-8")
    keys = (Shortcuts("Everywhere", (("Help", "F1"),)),)
    window = MainWindow()
    window.furnish(
        theme,
        {
            Screen.WELCOME: lambda: WelcomeScreen(theme),
            Screen.UNLOCK: lambda: UnlockScreen(theme, keyring=True),
            Screen.SHELF: lambda: fill_shelf(theme),
            Screen.SETTINGS: lambda: fill_settings(theme),
            Screen.HELP: lambda: HelpScreen(theme, tmp_path, keys),
        },
    )
    qtbot.addWidget(window)
    window.resize(1280, 720)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    yield window
    window.lock()


def unlocked(window: MainWindow) -> MainWindow:
    window.unlocked(0)
    window.show_screen(Screen.SHELF)
    return window


def tour(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Every screen in every guise."""
    unlocked(window)
    shelf = window.show_screen(Screen.SHELF)
    yield "shelf", shelf
    assert isinstance(shelf, ShelfScreen)
    shelf.filter.setText("nothing like it")
    shelf.show_bodies(full_shelf(), NOW)
    yield "filtered shelf", shelf
    shelf.clear()
    yield "empty shelf", shelf
    yield "settings", window.show_screen(Screen.SETTINGS)
    yield "help", window.show_screen(Screen.HELP)
    yield from tour_welcome(window)
    yield from tour_unlock(window)


def tour_welcome(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    welcome = window.show_screen(Screen.WELCOME)
    assert isinstance(welcome, WelcomeScreen)
    yield "welcome", welcome
    welcome.begin(Invited("Audit and Risk Committee", "Northshire Community NHS Foundation Trust"), keyring=True)
    yield "passphrase", welcome
    welcome.show_recovery(CODE)
    yield "recovery code", welcome
    welcome.ask_member()
    yield "member", welcome
    welcome.show_request("amber violin harvest tunnel sparrow", "")
    yield "request", welcome


def tour_unlock(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    unlock = window.show_screen(Screen.UNLOCK)
    assert isinstance(unlock, UnlockScreen)
    yield "unlock", unlock
    unlock.refuse("That is not the passphrase.", 20)
    yield "refused", unlock
    unlock.clear()
    unlock.ask_new_passphrase()
    yield "new passphrase", unlock


def test_every_control_of_every_screen_is_named_and_reached_and_large_enough(window: MainWindow, qtbot: QtBot) -> None:
    for name, screen in tour(window):
        QApplication.processEvents()
        assert unnamed(screen) == [], name
        assert out_of_reach(screen) == [], name
        assert small(screen) == [], name


@pytest.mark.parametrize("points", [12, 24])
def test_no_words_are_cut_at_plain_and_double_size(window: MainWindow, theme: Theme, qtbot: QtBot, points: int) -> None:
    theme.use_size(points)
    for name, screen in tour(window):
        QTest.qWait(1)
        assert cut(screen) == [], name


@pytest.mark.parametrize("look", ["light", "sepia", "dark", "contrast"])
def test_the_focus_is_seen_on_every_control(window: MainWindow, theme: Theme, qtbot: QtBot, look: str) -> None:
    theme.use(look)
    for screen_name in (Screen.SHELF, Screen.SETTINGS, Screen.UNLOCK):
        unlocked(window)
        screen = window.show_screen(screen_name)
        QTest.qWait(1)
        seen: set[QWidget] = set()
        while (control := QApplication.focusWidget()) is not None and control not in seen:
            seen.add(control)
            assert shows_focus(control), (screen_name, control.accessibleName())
            screen.window().focusNextPrevChild(True)


def shows_focus(control: QWidget) -> bool:
    """Whether the control is drawn otherwise with the focus than without."""
    focused = control.grab().toImage()
    control.clearFocus()
    bare = control.grab().toImage()
    control.setFocus(Qt.FocusReason.TabFocusReason)
    return bool(focused != bare)


def test_no_part_is_ever_a_window_of_its_own(window: MainWindow, qapp: QApplication) -> None:
    strays: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                strays.append(repr(watched))
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    for _, screen in tour(window):
        assert screen.isVisible()
    window.notices.say("Something.", action=("Do it", lambda: None))
    window.status.say("Downloading", 1, 2)
    qapp.removeEventFilter(watch)
    assert strays == []


def test_help_and_settings_lead_back_where_one_was(window: MainWindow, qtbot: QtBot) -> None:
    unlocked(window)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
    assert window.screen_now is Screen.HELP
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert window.screen_now is Screen.SETTINGS
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
    assert window.screen_now is Screen.SETTINGS
    window.go_back()
    assert window.screen_now is Screen.SHELF


def test_the_title_names_the_screen_and_the_pack(window: MainWindow) -> None:
    unlocked(window)
    assert window.windowTitle() == "Shelf – Despatch"
    window.put(Screen.READER, QWidget())
    window.show_screen(Screen.READER)
    window.say_pack("Trust Board, 29 January 2026")
    assert window.windowTitle() == "Trust Board, 29 January 2026 – Despatch"


def test_locking_is_asked_for_by_key_only_while_unlocked(window: MainWindow, qtbot: QtBot) -> None:
    window.show_screen(Screen.UNLOCK)
    with qtbot.assertNotEmitted(window.lock_wanted):
        qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    unlocked(window)
    with qtbot.waitSignal(window.lock_wanted):
        qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def test_locked_nothing_is_left_but_unlock(window: MainWindow, qtbot: QtBot) -> None:
    unlocked(window)
    window.put(Screen.READER, QWidget())
    window.show_screen(Screen.READER)
    window.say_pack("Secret pack")
    window.notices.say("Secret notice.")
    window.status.say("Downloading secrets", 1, 2)
    copy_words("secret words")
    window.lock()
    assert [name for name in Screen if window.screen_of(name)] == [Screen.UNLOCK]
    assert window.screen_now is Screen.UNLOCK
    assert window.windowTitle() == "Locked – Despatch"
    assert window.notices.sentences() == []
    assert not window.status.isVisible()
    assert QApplication.clipboard().text() == ""
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert window.screen_now is Screen.UNLOCK
    with qtbot.assertNotEmitted(window.place_wanted):
        window.open_place("p")


def test_somebody_elses_copy_is_left_alone(window: MainWindow) -> None:
    QApplication.clipboard().setText("from elsewhere")
    if QApplication.clipboard().ownsClipboard():
        pytest.skip("this platform takes all we set for ours")
    window.lock()
    assert QApplication.clipboard().text() == "from elsewhere"


def test_locked_screens_are_truly_gone(window: MainWindow, qtbot: QtBot) -> None:
    unlocked(window)
    shelf = window.screen_of(Screen.SHELF)
    assert shelf is not None
    with qtbot.waitSignal(shelf.destroyed):
        window.lock()


def test_left_alone_it_asks_to_be_locked_and_a_key_puts_that_off(window: MainWindow, qtbot: QtBot) -> None:
    unlocked(window)
    handle = window.windowHandle()
    assert handle is not None
    window._idle.wait(400)
    for _ in range(4):
        with qtbot.assertNotEmitted(window.lock_wanted, wait=150):
            QTest.keyClick(handle, Qt.Key.Key_Shift)
    with qtbot.waitSignal(window.lock_wanted):
        pass


def test_what_was_typed_is_forgotten_when_a_screen_is_left(window: MainWindow) -> None:
    unlocked(window)
    settings = window.show_screen(Screen.SETTINGS)
    assert isinstance(settings, SettingsScreen)
    settings.old.field.setText("the old one")
    settings.fresh.once.field.setText("half a new one")
    window.go_back()
    assert settings.old.text() == settings.fresh.once.text() == ""
    unlock = window.show_screen(Screen.UNLOCK)
    assert isinstance(unlock, UnlockScreen)
    unlock.passphrase.field.setText("the old one")
    window.show_screen(Screen.SHELF)
    assert unlock.passphrase.text() == ""


def test_a_place_is_passed_up(window: MainWindow, qtbot: QtBot) -> None:
    unlocked(window)
    with qtbot.waitSignal(window.place_wanted) as wanted:
        window.open_place("pack", "paper", 3, "cash")
    assert wanted.args == [PlaceWanted("pack", "paper", 3, "cash")]


@pytest.mark.parametrize(("name", "taken"), [("board.despatch", True), ("x.despatch-pack", True), ("x.pdf", False)])
def test_only_our_files_can_be_dropped(window: MainWindow, tmp_path: Path, name: str, taken: bool) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name))])
    dropped: list[str] = []
    window.file_dropped.connect(dropped.append)
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted() is taken
    if taken:
        QApplication.sendEvent(window, QDropEvent(QPointF(5, 5), copy, data, left, none))
    assert dropped == ([str(tmp_path / name)] if taken else [])


def test_the_size_is_kept(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(700, 600)
    other = MainWindow(window.keep_size())
    qtbot.addWidget(other)
    assert other.size() == window.size()
    damaged = MainWindow("not hex at all")
    qtbot.addWidget(damaged)
    assert damaged.width() >= 640


def test_the_status_line_is_there_only_while_something_happens(window: MainWindow) -> None:
    assert not window.status.isVisible()
    window.status.say("Downloading 3 of 12, 40 s left", 3, 12)
    assert window.status.isVisible()
    assert window.status.bar.value() == 250
    window.status.clear()
    assert not window.status.isVisible()


def test_closing_says_so(window: MainWindow, qtbot: QtBot) -> None:
    unlocked(window)
    with qtbot.waitSignal(window.closing):
        qtbot.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)


def test_the_walk_does_find_what_is_wrong(theme: Theme, qtbot: QtBot) -> None:
    screen = QWidget()
    qtbot.addWidget(screen)
    nameless, words = QPushButton("", screen), QLabel("far too many words for so little room", screen)
    nameless.setGeometry(0, 0, 20, 20)
    nameless.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    words.setGeometry(0, 40, 40, 10)
    screen.show()
    assert len(unnamed(screen)) == len(small(screen)) == len(out_of_reach(screen)) == 1
    assert len(cut(screen)) == 2
