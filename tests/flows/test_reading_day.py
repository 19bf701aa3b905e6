"""A day of reading: going places, marking, searching, and finding everything again the next morning."""

from pathlib import Path

import pytest
from flow_making import ALT, CONTROL, SHIFT, Desk, at_desk, everything_shown, plain_on_disk
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from desktop.app import glimpse
from desktop.sample import SAMPLE_PASSPHRASE
from desktop.settings import load_settings
from desktop.ui.reader.first_sight import FirstSight
from desktop.ui.reader_screen import ReaderScreen
from desktop.ui.window import Screen

PACK = "29 January 2026"
NOTE = "Quizzical marmalade: ask who agreed to this"


def copied(desk: Desk) -> str:
    return " ".join(QGuiApplication.clipboard().text().split())


def test_marks_made_today_are_there_tomorrow(member_home: Path, temporary: Path) -> None:
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        desk.open_pack(PACK)
        desk.go_to("item 10 p2")
        desk.wait(lambda: desk.page.startswith("28  ("), "the second page of item 10")
        words = desk.select(0.3)
        desk.key(Qt.Key.Key_C, CONTROL)
        desk.wait(lambda: copied(desk) == words, "the copy")
        desk.key(Qt.Key.Key_2)
        noted = desk.select(0.55)
        desk.write_note(NOTE)
        desk.key(Qt.Key.Key_D, CONTROL)
        desk.key(Qt.Key.Key_Escape)
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        desk.wait_screen(Screen.READER)
        desk.wait(lambda: desk.page.startswith("28  ("), "the page it was left at")
        desk.show_notes()
        desk.wait_for(NOTE)
        shown = " ".join(desk.said().split())
        assert words[:20] in shown
        assert noted[:20] in shown
        desk.lock()
        left = everything_shown()
        for secret in (NOTE, words, noted, "Wrenmoor"):
            assert secret not in left
        assert QGuiApplication.clipboard().text() == ""
        assert plain_on_disk(member_home, "Quizzical", words, noted, "Wrenmoor", "marmalade") == []
        assert plain_on_disk(temporary, "Quizzical", words, noted, "Wrenmoor", "marmalade") == []
        desk.unlock(SAMPLE_PASSPHRASE)
        desk.wait_screen(Screen.READER)
        desk.show_notes()
        desk.wait_for(NOTE)


def test_how_pages_were_looked_at_is_there_after_the_lock_and_tomorrow(member_home: Path) -> None:
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        desk.open_pack(PACK)
        desk.go_to("item 10 p2")
        desk.key(Qt.Key.Key_8, CONTROL)
        desk.key(Qt.Key.Key_I)
        desk.lock()
        desk.unlock(SAMPLE_PASSPHRASE)
        desk.wait_screen(Screen.READER)
        desk.wait(lambda: desk.page.startswith("28  ("), "the page before the lock")
        assert looks(desk) == ("spread", True)
    assert load_settings(member_home).dark_pages
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        desk.wait_screen(Screen.READER)
        desk.wait(lambda: desk.page.startswith("28  ("), "the page it was left at")
        assert looks(desk)[0] == "spread"  # settings are set anew with each desk


def test_the_pages_it_was_left_at_are_seen_before_the_reader_is_there(
    member_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glimpse, "_PATIENCE", 60_000)  # however busy the machine, they are waited for
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        desk.open_pack(PACK)
        desk.go_to("item 10 p2")
        desk.wait(lambda: desk.page.startswith("28  ("), "the second page of item 10")
    kept = load_settings(member_home).pages
    with at_desk(member_home, SAMPLE_PASSPHRASE, pages=kept) as desk:
        before: list[QImage] = []

        def shown(_screen: Screen) -> None:
            before.extend(sight.grab().toImage() for sight in desk.window.findChildren(FirstSight))

        desk.app.window.screen_shown.connect(shown)
        desk.wait_screen(Screen.READER)
        desk.wait(lambda: desk.page.startswith("28  ("), "the page it was left at")
        reader = desk.app.window.screen_of(Screen.READER)
        assert isinstance(reader, ReaderScreen)
        pages = reader.canvas.viewport()
        middle = QRect(pages.width() // 4, pages.height() // 4, pages.width() // 2, pages.height() // 2)
        there = desk.app.window.place_of(pages).topLeft()
        assert len(before) == 1
        seen = before[0].copy(middle.translated(there)).convertToFormat(QImage.Format.Format_RGB32)
        assert seen == pages.grab(middle).toImage().convertToFormat(QImage.Format.Format_RGB32)
        assert len({seen.pixel(x, y) for x in range(0, seen.width(), 3) for y in range(0, seen.height(), 3)}) > 8


def looks(desk: Desk) -> tuple[str, bool]:
    """How the pages are shown, and whether they are dark."""
    reader = desk.app.window.screen_of(Screen.READER)
    assert isinstance(reader, ReaderScreen)
    return reader.canvas.mode.value, desk.app.theme.dark_pages


def test_a_find_in_another_pack_is_opened_and_left_again(member_home: Path) -> None:
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        desk.open_pack(PACK)
        desk.key(Qt.Key.Key_F, CONTROL | SHIFT)
        desk.type("outline business case")
        desk.wait(lambda: any("September" in row or "25 Sep" in row for row in found(desk)), "finds in other packs")
        place = next(at for at, row in enumerate(found(desk)) if "Sep" in row)
        for _ in range(place + 1):
            desk.key(Qt.Key.Key_Down)
        desk.key(Qt.Key.Key_Return)
        desk.wait(lambda: "September" in desk.window.windowTitle(), "the pack of September")
        desk.wait_screen(Screen.READER)
        desk.key(Qt.Key.Key_W, CONTROL)
        desk.open_pack(PACK)
        assert "January" in desk.window.windowTitle()


def found(desk: Desk) -> list[str]:
    return desk.rows_of("What was found")


def test_back_and_forward_lead_through_the_places_read(member_home: Path) -> None:
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        desk.open_pack(PACK)
        for place, page in (("p 9", "9"), ("item 12", "36"), ("47", "47")):
            desk.go_to(place)
            desk.wait(lambda page=page: desk.page.startswith(f"{page}  ("), page)
        for page in ("36", "9"):
            desk.key(Qt.Key.Key_Left, ALT)
            desk.wait(lambda page=page: desk.page.startswith(f"{page}  ("), f"back at {page}")
        desk.key(Qt.Key.Key_Right, ALT)
        desk.wait(lambda: desk.page.startswith("36  ("), "forward at 36")
        desk.go_to("p 999")
        desk.wait_for("There is no page 999")
        assert desk.page


def test_the_withheld_paper_says_so_in_its_place(member_home: Path) -> None:
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        desk.open_pack(PACK)
        desk.go_to("item 19")
        # the number it was first printed with, though four pages came late before it
        desk.wait(lambda: desk.page.startswith("62  ("), "the place of item 19")
        assert "Item 19" in desk.said()


def test_a_pack_chosen_as_the_door_is_locked_is_not_shown(member_home: Path) -> None:
    """What was asked of the store before the lock must not come on the screen after it."""
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        desk.wait_screen(Screen.SHELF)
        desk.wait(lambda: desk._rows(PACK))
        desk.app.window.open_place(desk._rows(PACK)[0].pack.pack_id)  # type: ignore[attr-defined]
        desk.key(Qt.Key.Key_L, CONTROL)
        for _ in range(20):
            desk.wait(lambda: True)
            assert desk.screen is Screen.UNLOCK
        assert "Wrenmoor" not in everything_shown()


def test_of_two_packs_chosen_in_haste_the_last_is_opened(member_home: Path) -> None:
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        desk.wait(lambda: len(desk._rows("")) == 3)
        first, *_, last = (row.pack for row in desk._rows(""))  # type: ignore[attr-defined]
        desk.app.window.open_place(first.pack_id)
        desk.app.window.open_place(last.pack_id)
        desk.wait(lambda: last.title in desk.window.windowTitle() and desk.screen is Screen.READER, last.title)


def test_no_key_means_two_things_on_any_screen(member_home: Path) -> None:
    """Qt gives a key that two actions claim to neither of them."""
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        desk.wait_screen(Screen.SHELF)
        seen = [keys_of(desk)]
        desk.open_pack(PACK)
        seen.append(keys_of(desk))
        desk.key(Qt.Key.Key_Comma, CONTROL)
        desk.wait_screen(Screen.SETTINGS)
        seen.append(keys_of(desk))
        desk.key(Qt.Key.Key_F1)
        desk.wait_screen(Screen.HELP)
        seen.append(keys_of(desk))
        desk.key(Qt.Key.Key_Escape)
        desk.key(Qt.Key.Key_Escape)
        desk.wait_screen(Screen.READER)
        desk.lock()
        seen.append(keys_of(desk))
    for keys in seen:
        assert {key: names for key, names in keys.items() if len(names) > 1} == {}
    assert "Ctrl+L" in seen[0]
    assert "Ctrl+L" in seen[1]


def keys_of(desk: Desk) -> dict[str, list[str]]:
    """What each key would press now: the window's own actions and those of whatever is in sight."""
    held: dict[str, list[str]] = {}
    widgets = [desk.window, *(widget for widget in desk.window.findChildren(QWidget) if widget.isVisible())]
    shown = desk.app.window.screen_of(desk.screen)  # type: ignore[arg-type]
    for widget in widgets:
        if widget not in (desk.window, shown):
            continue
        for action in widget.actions():
            for keys in action.shortcuts() if action.isEnabled() else ():
                held.setdefault(keys.toString(), []).append(action.text())
    return held
