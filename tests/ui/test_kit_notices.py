"""The bar of notices: sentences that can be put away and acted upon, and bugs that are not hidden as sentences."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.errors import KnownError
from desktop.ui.kit.notices import Notice, NoticeBar
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Button, ElidedLabel, IconButton, SearchField, Text


@pytest.fixture
def bar(theme: Theme, qtbot: QtBot) -> NoticeBar:
    bar = NoticeBar(theme)
    qtbot.addWidget(bar)
    return bar


def press(bar: NoticeBar, name: str, qtbot: QtBot) -> None:
    button = next(w for w in bar.findChildren(QWidget) if w.accessibleName() == name and w.isVisible())
    assert isinstance(button, Button | IconButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_an_error_is_told_and_can_be_put_away(bar: NoticeBar, qtbot: QtBot) -> None:
    assert not bar.isVisible()
    bar.tell(KnownError("It broke.", "Your notes are safe.", "Try again."))
    assert bar.isVisible()
    assert bar.sentences() == ["It broke. Your notes are safe. Try again."]
    press(bar, "Put this message away", qtbot)
    assert bar.sentences() == []
    assert not bar.isVisible()


def test_an_error_without_sentences_is_a_bug_and_is_raised(bar: NoticeBar) -> None:
    with pytest.raises(ZeroDivisionError):
        bar.tell(ZeroDivisionError("no"))
    assert bar.sentences() == []


def test_the_action_is_done_once_and_the_notice_goes(bar: NoticeBar, qtbot: QtBot) -> None:
    done: list[str] = []
    bar.say("A new edition is here.", action=("Open it", lambda: done.append("opened")))
    press(bar, "Open it", qtbot)
    assert done == ["opened"]
    assert bar.sentences() == []


def test_the_same_words_are_said_once_and_the_oldest_give_way(bar: NoticeBar) -> None:
    for words in ("One.", "Two.", "One.", "Three.", "Four."):
        bar.say(words)
    assert bar.sentences() == ["Four.", "Three.", "One."]
    bar.clear()
    assert not bar.isVisible()


def test_esc_puts_the_notice_with_the_focus_away(bar: NoticeBar, qtbot: QtBot) -> None:
    bar.say("One.")
    bar.say("Two.")
    close = bar.findChildren(Notice)[0].findChildren(IconButton)[0]
    close.setFocus()
    qtbot.keyClick(close, Qt.Key.Key_Escape)
    assert len(bar.sentences()) == 1


def test_a_passing_notice_goes_by_itself(bar: NoticeBar, qtbot: QtBot) -> None:
    bar.say("Saved.", seconds=1)
    qtbot.waitUntil(lambda: bar.sentences() == [])


def test_words_of_strangers_are_never_markup(bar: NoticeBar, qtbot: QtBot) -> None:
    label = Text("<b>bold</b> <img src='file:///x'>")
    elided = ElidedLabel("<b>" + "very long words " * 20 + "</b>")
    for widget in (label, elided):
        qtbot.addWidget(widget)
        assert widget.textFormat() == Qt.TextFormat.PlainText
    elided.resize(100, 30)
    elided.show()
    assert elided.is_elided()
    assert "&lt;b&gt;" in elided.toolTip()
    elided.resize(8000, 30)
    qtbot.waitUntil(lambda: elided.toolTip() == "")


def test_enter_presses_a_button_and_esc_empties_a_search(theme: Theme, qtbot: QtBot) -> None:
    pressed: list[int] = []
    button, field = Button("Go"), SearchField(theme, "Find")
    button.clicked.connect(lambda: pressed.append(1))
    for widget in (button, field):
        qtbot.addWidget(widget)
        widget.show()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert pressed == [1, 1]
    qtbot.keyClicks(field, "risk")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
