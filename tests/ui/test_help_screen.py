"""Help is found, read and followed without a network; settings are said at once."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QRadioButton
from pytestqt.qtbot import QtBot

from desktop.settings import Settings, load_settings, save_settings
from desktop.ui.help import HelpScreen, Shortcuts, read_pages, split_page
from desktop.ui.kit.theme import Theme
from desktop.ui.settings import SettingsScreen

MEMBER = """# Reading a pack

Open it. See [the secretary's page](secretary.md) or [the maker](https://example.org/).

## Going to a page

Type its number. ![picture](https://example.org/x.png)
"""


@pytest.fixture
def help_screen(theme: Theme, qtbot: QtBot, tmp_path: Path) -> HelpScreen:
    (tmp_path / "secretary.md").write_text("# Sending out packs\n\nThe roster.\n", "utf-8")
    (tmp_path / "member.md").write_text(MEMBER, "utf-8")
    screen = HelpScreen(theme, tmp_path, (Shortcuts("Everywhere", (("Show help", "F1"), ("Lock", "Ctrl+L"))),))
    qtbot.addWidget(screen)
    screen.resize(1100, 700)
    with qtbot.waitExposed(screen):
        screen.show()
    screen.activateWindow()
    return screen


def listed(screen: HelpScreen) -> list[str]:
    return [screen.contents.item(place).text().strip() for place in range(screen.contents.count())]


def test_contents_come_from_the_headings_the_member_first(help_screen: HelpScreen) -> None:
    assert listed(help_screen) == ["Reading a pack", "Going to a page", "Sending out packs", "Keys", "Everywhere"]
    assert "Open it." in help_screen.page.toPlainText()


def test_a_heading_is_gone_to_by_key(help_screen: HelpScreen, qtbot: QtBot) -> None:
    help_screen.contents.setFocus()
    for _ in range(2):
        qtbot.keyClick(help_screen.contents, Qt.Key.Key_Down)
    assert "The roster." in help_screen.page.toPlainText()


def test_search_finds_parts_and_marks_the_word(help_screen: HelpScreen, qtbot: QtBot) -> None:
    help_screen.setFocus()
    qtbot.keyClicks(help_screen.search, "number")
    assert listed(help_screen) == ["Going to a page"]
    assert help_screen.found.text() == "1 found"
    assert help_screen.page.textCursor().selectedText() == "number"
    qtbot.keyClicks(help_screen.search, "zzz")
    assert "Try one word alone" in help_screen.found.text()
    qtbot.keyClick(help_screen.search, Qt.Key.Key_Escape)
    assert len(listed(help_screen)) == 5


def test_links_between_pages_are_followed_and_no_others(help_screen: HelpScreen) -> None:
    help_screen.page.anchorClicked.emit(QUrl("secretary.md"))
    assert "The roster." in help_screen.page.toPlainText()
    help_screen.page.anchorClicked.emit(QUrl("https://example.org/"))
    assert "The roster." in help_screen.page.toPlainText()
    assert help_screen.found.text() == "Despatch opens no web pages. The address is https://example.org/."


def test_nothing_is_ever_loaded(help_screen: HelpScreen, tmp_path: Path) -> None:
    (tmp_path / "x.css").write_text("p { color: red }", "utf-8")
    for name in ("https://example.org/x.png", (tmp_path / "x.css").as_uri()):
        assert help_screen.page.loadResource(2, QUrl(name)) is None


def test_keys_are_listed(help_screen: HelpScreen) -> None:
    help_screen.show_page("Keys")
    assert "Ctrl+L" in help_screen.page.toPlainText()


def test_esc_and_back_close(help_screen: HelpScreen, qtbot: QtBot) -> None:
    with qtbot.waitSignal(help_screen.closed):
        qtbot.keyClick(help_screen.search, Qt.Key.Key_Escape)


def test_pages_without_headings_or_at_all(tmp_path: Path, theme: Theme, qtbot: QtBot) -> None:
    assert read_pages(tmp_path / "nowhere") == {}
    assert split_page("Notes", "just words") == [("Notes", 1, "just words")]
    empty = HelpScreen(theme, tmp_path / "nowhere")
    qtbot.addWidget(empty)
    assert empty.contents.count() == 0


@pytest.fixture
def settings_screen(theme: Theme, qtbot: QtBot) -> SettingsScreen:
    screen = SettingsScreen(theme, Settings())
    qtbot.addWidget(screen)
    screen.resize(1000, 900)
    with qtbot.waitExposed(screen):
        screen.show()
    return screen


def choose(screen: SettingsScreen, name: str, qtbot: QtBot) -> None:
    button = next(b for b in screen.findChildren(QRadioButton) if b.accessibleName() == name)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=button.rect().center())


def test_each_choice_is_said_at_once_and_adds_up(settings_screen: SettingsScreen, qtbot: QtBot) -> None:
    for name in ("Colours: Sepia", "Size of text: Larger", "Lock by itself: 60 minutes"):
        with qtbot.waitSignal(settings_screen.changed) as changed:
            choose(settings_screen, name, qtbot)
    assert changed.args == [Settings(theme="sepia", text_size=18, lock_minutes=60)]


def test_dark_pages_are_chosen_here_and_follow_the_key_that_makes_them_so_elsewhere(
    settings_screen: SettingsScreen, theme: Theme, qtbot: QtBot
) -> None:
    box = settings_screen.dark_pages
    box.setFocus()
    with qtbot.waitSignal(settings_screen.changed) as changed:
        qtbot.keyClick(box, Qt.Key.Key_Space)
    assert changed.args == [Settings(dark_pages=True)]
    theme.use_dark_pages(True)
    with qtbot.assertNotEmitted(settings_screen.changed):
        theme.use_dark_pages(False)
    assert not box.isChecked()
    assert not settings_screen.settings.dark_pages


def test_the_passphrase_needs_the_old_one(settings_screen: SettingsScreen, qtbot: QtBot) -> None:
    fresh = "copper lantern seven otters"

    def type_twice() -> None:
        settings_screen.fresh.once.field.setText(fresh)
        settings_screen.fresh.twice.field.setText(fresh)

    type_twice()
    with qtbot.assertNotEmitted(settings_screen.passphrase_change_wanted):
        qtbot.keyClick(settings_screen.fresh.twice.field, Qt.Key.Key_Return)
    assert "the passphrase you have now" in settings_screen.answer.text()
    settings_screen.old.field.setText("the old one")
    type_twice()
    with qtbot.waitSignal(settings_screen.passphrase_change_wanted) as wanted:
        qtbot.keyClick(settings_screen.fresh.twice.field, Qt.Key.Key_Return)
    assert wanted.args == ["the old one", fresh]
    settings_screen.passphrase_refused("That is not the passphrase.")
    assert settings_screen.answer.text() == "That is not the passphrase."
    settings_screen.passphrase_changed()
    assert settings_screen.old.text() == ""


def test_the_keyring_is_offered_the_right_way_round(settings_screen: SettingsScreen, qtbot: QtBot) -> None:
    assert not settings_screen.ring_card.isVisible()
    for remembered in (False, True):
        settings_screen.show_keyring(True, remembered)
        assert settings_screen.ring.accessibleName() == ("Forget the key" if remembered else "Remember the key")
        with qtbot.waitSignal(settings_screen.keyring_wanted) as wanted:
            settings_screen.ring.click()
        assert wanted.args == [not remembered]


def test_settings_are_kept_and_damage_is_met_with_defaults(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    assert load_settings(folder) == Settings()
    mine = replace(Settings(), theme="dark", motion=False, lock_minutes=0, window="ab12")
    save_settings(folder, mine)
    assert load_settings(folder) == mine
    assert [path.name for path in folder.iterdir()] == ["settings.json"]
    (folder / "settings.json").write_text(json.dumps({"theme": 7, "lock_minutes": True, "text_size": 14, "odd": 1}))
    assert load_settings(folder) == replace(Settings(), text_size=14)
    for damage in ("", "[]", "{", "\x00"):
        (folder / "settings.json").write_text(damage)
        assert load_settings(folder) == Settings()
