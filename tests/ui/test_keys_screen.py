"""Keys are changed as a person does it: a command is chosen, keys are pressed, and they press the command."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from reach import cut, out_of_reach, small, unnamed

from desktop.ui.keys import KeysScreen
from desktop.ui.kit.keyboard import commands_of, use_keys
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import add_shortcut

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Desk(QWidget):
    """Something with two commands, and the screen that changes their keys."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.pressed: list[str] = []
        add_shortcut(self, "Ctrl+G", "Go", lambda: self.pressed.append("go"))
        add_shortcut(self, "F9", "Stop", lambda: self.pressed.append("stop"))
        self.chosen: dict[str, str] = {}
        self.keys = KeysScreen(theme, commands_of(self), {})
        self.keys.changed.connect(self.take)
        QVBoxLayout(self).addWidget(self.keys)

    def take(self, chosen: dict[str, str]) -> None:
        self.chosen = chosen
        use_keys(self, chosen)


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setitem(__import__("desktop.ui.keys", fromlist=["GROUPS"]).GROUPS, "desk", "Here")
    made = Desk(theme)
    made.resize(800, 700)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def choose(desk: Desk, name: str) -> None:
    rows = desk.keys.list
    assert rows.put_cursor(f"desk/{name}")
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert desk.keys.edit.hasFocus()


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifiers)


def give(desk: Desk, qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    with qtbot.waitSignal(desk.keys.edit.editingFinished):
        press(key, modifiers)


def test_new_keys_press_the_command_and_the_old_ones_do_not(desk: Desk, qtbot: QtBot) -> None:
    choose(desk, "Go")
    give(desk, qtbot, Qt.Key.Key_J, ALT)
    press(Qt.Key.Key_Return)
    assert desk.chosen == {"desk/Go": "Alt+J"}
    press(Qt.Key.Key_J, ALT)
    press(Qt.Key.Key_G, CONTROL)
    assert desk.pressed == ["go"]
    assert any("Alt+J, changed by you" in row.spoken for row in desk.keys.list.rows)


def test_keys_that_are_taken_are_refused_with_the_name_of_who_has_them(desk: Desk, qtbot: QtBot) -> None:
    choose(desk, "Go")
    give(desk, qtbot, Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier)
    assert "F9 is “Stop” already" in desk.keys.answer.text()
    assert not desk.keys.use.isEnabled()
    assert desk.chosen == {}


def test_a_letter_alone_is_left_for_typing(desk: Desk, qtbot: QtBot) -> None:
    choose(desk, "Go")
    give(desk, qtbot, Qt.Key.Key_X, Qt.KeyboardModifier.NoModifier)
    assert "needed for typing" in desk.keys.answer.text()
    assert not desk.keys.use.isEnabled()


def test_a_command_can_have_no_keys_and_get_back_what_it_had(desk: Desk) -> None:
    rows = desk.keys.list
    rows.put_cursor("desk/Stop")
    rows.setFocus()
    press(Qt.Key.Key_Delete)
    assert desk.chosen == {"desk/Stop": ""}
    press(Qt.Key.Key_F9)
    assert desk.pressed == []
    choose(desk, "Stop")
    QTest.mouseClick(desk.keys.at_first, Qt.MouseButton.LeftButton)
    assert desk.chosen == {}
    press(Qt.Key.Key_F9)
    assert desk.pressed == ["stop"]


def test_all_can_be_as_at_first(desk: Desk, qtbot: QtBot) -> None:
    choose(desk, "Go")
    give(desk, qtbot, Qt.Key.Key_J, ALT)
    press(Qt.Key.Key_Return)
    QTest.mouseClick(desk.keys.all_back, Qt.MouseButton.LeftButton)
    assert desk.chosen == {}
    press(Qt.Key.Key_G, CONTROL)
    assert desk.pressed == ["go"]


def test_escape_gives_up_then_closes(desk: Desk, qtbot: QtBot) -> None:
    choose(desk, "Go")
    desk.keys.leave.setFocus()
    press(Qt.Key.Key_Escape)
    assert not desk.keys.asking.isVisible()
    with qtbot.waitSignal(desk.keys.closed):
        press(Qt.Key.Key_Escape)


def test_a_command_is_found_by_its_name_or_its_keys(desk: Desk) -> None:
    desk.keys.search.setFocus()
    QTest.keyClicks(desk.keys.search, "f9")
    assert [row.key for row in desk.keys.list.rows if not row.heading] == ["desk/Stop"]


@pytest.mark.parametrize("size", [12, 24])
def test_it_can_be_read_and_reached(desk: Desk, theme: Theme, size: int) -> None:
    theme.use_size(size)
    choose(desk, "Go")
    QApplication.processEvents()
    for fault in (unnamed, small, cut):
        assert fault(desk.keys) == []
    assert out_of_reach(desk.keys) == []
