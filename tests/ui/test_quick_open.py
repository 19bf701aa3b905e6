"""Quick-open, worked by its keys over a window with something in it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from reach import cut, small, unnamed

from desktop.search.quick import Kind, Target
from desktop.ui.kit.theme import Theme
from desktop.ui.panels.quick_open import QuickOpen

PACK = "a" * 16
TARGETS = [
    Target(Kind.ITEM, "Minutes", "Trust Board", PACK, "m", number="3"),
    Target(Kind.ITEM, "Finance report", "Trust Board", PACK, "f", number="10"),
    Target(Kind.PERSON, "Chief Finance Officer", "leads item 10, Trust Board", PACK, "f"),
]


class Desk(QWidget):
    """A window with a field that has the keys, and quick-open over it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.under = QLineEdit()
        QVBoxLayout(self).addWidget(self.under)
        self.quick = QuickOpen(theme, self)
        self.gone: list[tuple[str, bool]] = []
        self.quick.chosen.connect(lambda target, beside: self.gone.append((target.paper_id, beside)))


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot) -> Desk:
    made = Desk(theme)
    made.resize(900, 600)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.under.setFocus()
    made.quick.open()
    made.quick.show_targets(TARGETS, PACK)
    return made


def type_in(words: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, words)


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifiers)


def test_a_few_letters_and_enter_lead_there(desk: Desk) -> None:
    type_in("fin")
    assert desk.quick.state.text() == "2 places"
    press(Qt.Key.Key_Return)
    assert desk.gone == [("f", False)]
    assert not desk.quick.isVisible()


def test_the_arrows_walk_the_list_while_one_types(desk: Desk) -> None:
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Return)
    assert desk.gone == [("m", False)]


def test_control_enter_opens_beside(desk: Desk) -> None:
    type_in("minu")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.gone == [("m", True)]


def test_escape_closes_and_gives_the_keys_back(desk: Desk) -> None:
    type_in("fin")
    press(Qt.Key.Key_Escape)
    assert not desk.quick.isVisible()
    assert desk.under.hasFocus()
    assert desk.gone == []


def test_nothing_found_says_what_to_do(desk: Desk) -> None:
    type_in("zzzz")
    assert "Try fewer letters" in desk.quick.state.text()
    press(Qt.Key.Key_Return)
    assert desk.gone == []
    assert desk.quick.isVisible()


def test_the_tab_key_stays_within(desk: Desk) -> None:
    for _ in range(3):
        press(Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        assert desk.quick.isAncestorOf(focus)


def test_a_click_chooses(desk: Desk) -> None:
    rows = desk.quick.list
    second = rows.visualRect(rows.model().index(1, 0)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, second)
    assert desk.gone == [("f", False)]


@pytest.mark.parametrize("size", [12, 24])
def test_it_can_be_read_and_reached(desk: Desk, theme: Theme, size: int) -> None:
    theme.use_size(size)
    desk.quick.open()
    QApplication.processEvents()
    assert unnamed(desk.quick) == []
    assert small(desk.quick) == []
    assert cut(desk.quick) == []
    assert desk.rect().contains(desk.quick.geometry())
