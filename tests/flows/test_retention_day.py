"""The minutes are confirmed, and notes go as the body decided: told of before, kept where wanted, with a receipt."""

from datetime import datetime, timedelta
from pathlib import Path

from flow_making import CONTROL, WORDS, Desk, Office, a_member, at_desk
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QListWidget, QPlainTextEdit

from desktop.annotations.retention import NOTICE_DAYS
from desktop.ui.panels.receipts_dialog import ReceiptsDialog
from desktop.ui.panels.retention_dialog import RetentionDialog
from desktop.ui.window import Screen

MEETING = "25 September 2025"
SECRET, KEPT = "Ask whether Obadiah knew of it", "Keep this for the auditors"


def dialog_of(desk: Desk, kind: type) -> RetentionDialog:
    desk.wait(lambda: [each for each in desk.window.findChildren(kind) if each.isVisible()], kind.__name__)
    found = next(each for each in desk.window.findChildren(kind) if each.isVisible())
    desk.app.window.activateWindow()
    return found  # type: ignore[no-any-return]


def look_again(desk: Desk) -> None:
    """Ask the repositories."""
    desk.wait_screen(Screen.SHELF)
    desk.press("Check for new packs")
    desk.wait(lambda: desk._button("Check for new packs"), "an end to checking")


def write_two(desk: Desk) -> None:
    desk.open_pack(MEETING)
    for down, words in ((0.2, SECRET), (0.5, KEPT)):
        desk.select(down)
        desk.write_note(words)


def test_notes_are_told_of_kept_and_destroyed(office: Office, tmp_path: Path) -> None:
    home = a_member(office, tmp_path / "member")
    with at_desk(home, WORDS) as desk:
        today = datetime(2025, 12, 1, 9, 0).astimezone()
        desk.app.now = lambda: today  # type: ignore[method-assign]
        desk.wait_screen(Screen.SHELF)
        desk.wait(lambda: desk._rows(MEETING), "the pack")
        write_two(desk)
        desk.key(Qt.Key.Key_Escape)
        desk.show_notes()
        assert "Your notes here" not in desk.said()  # nobody has decided anything
        office("retention", "--when-confirmed")
        desk.press("Back to the shelf")
        look_again(desk)
        desk.open_pack(MEETING)
        desk.wait_for("Your notes here are destroyed once the minutes are confirmed")
        desk.press("Back to the shelf")
        office("confirm-minutes", "2025-09-25", "--on", "2025-11-27")
        look_again(desk)

        end = today + timedelta(NOTICE_DAYS)
        desk.wait_for(f"will be destroyed on Monday {end.day} December 2025")
        assert "2 notes: the minutes were confirmed on 27 November 2025" in desk.said()
        desk.press("See them…")
        dialog = dialog_of(desk, RetentionDialog)
        listed = dialog.findChild(QListWidget)
        assert isinstance(listed, QListWidget)
        rows = [listed.item(row).text() for row in range(listed.count())]
        assert [SECRET in rows[0], KEPT in rows[1]] == [True, True]
        listed.setFocus()
        listed.setCurrentRow(1)
        QTest.keyClick(listed, Qt.Key.Key_Space)
        desk.wait_for("You keep 1 note.")
        dialog.close_button.click()
        desk.wait_for("1 note that you keep will stay")

        today = end
        look_again(desk)
        desk.wait(lambda: any("1 note on" in words for words in desk.notices()), "the end")
        desk.press("Show the receipt")
        receipts = dialog_of(desk, ReceiptsDialog)
        text = receipts.findChild(QPlainTextEdit)
        assert isinstance(text, QPlainTextEdit)
        said = text.toPlainText()
        assert "By which rule: when the minutes are confirmed; they were on 27 November 2025" in said
        assert "Kept as exceptions: 1 note" in said
        assert "Obadiah" not in said
        assert desk.app.reading
        desk.app.reading.ending.write(said, tmp_path / "receipts.txt")
        desk.wait((tmp_path / "receipts.txt").exists, "the exported receipts")
        receipts.close()

        desk.open_pack(MEETING)
        desk.wait(lambda: KEPT in " ".join(desk.rows_of("Notes")), "the note that was kept")
        assert SECRET not in " ".join(desk.rows_of("Notes"))
        assert "Kept when the others are destroyed" in " ".join(desk.rows_of("Notes"))
        desk.key(Qt.Key.Key_Z, CONTROL)
        QTest.qWait(50)
        assert SECRET not in " ".join(desk.rows_of("Notes"))


def test_a_hold_and_the_minutes_by_hand_in_the_pack_that_is_read(office: Office, tmp_path: Path) -> None:
    office("retention", "--when-confirmed")
    home = a_member(office, tmp_path / "member")
    with at_desk(home, WORDS) as desk:
        today = datetime(2025, 12, 1, 9, 0).astimezone()
        desk.app.now = lambda: today  # type: ignore[method-assign]
        desk.wait_screen(Screen.SHELF)
        desk.wait(lambda: desk._rows(MEETING), "the pack")
        write_two(desk)
        desk.show_notes()
        desk.wait_for("once the minutes are confirmed")
        desk.press("What I can do about what becomes of my notes")
        dialog = dialog_of(desk, RetentionDialog)
        dialog.minutes.click()
        desk.wait_for("will be destroyed on Monday 15 December 2025")
        desk.wait(lambda: any("will be destroyed" in words for words in desk.notices()), "the notice in the reader")
        dialog.hold.click()
        desk.wait_for("Nothing here is destroyed for now: you have stopped it.")
        desk.wait(lambda: not any("will be destroyed" in words for words in desk.notices()), "the notice to go")
        dialog.why.setFocus()
        QTest.keyClicks(dialog.why, "Request 12")
        dialog.close_button.setFocus()
        dialog.close_button.click()
        desk.press("Back to the shelf")
        today = today + timedelta(60)
        look_again(desk)
        assert not any("destroyed" in words for words in desk.notices())
        desk.key(Qt.Key.Key_Comma, CONTROL)
        desk.wait_screen(Screen.SETTINGS)
        desk.wait_for("Your notes on a meeting are destroyed once its minutes are confirmed.")
        hold = desk.named("Destroy nothing of Trust Board for now", QCheckBox)
        assert isinstance(hold, QCheckBox)
        assert not hold.isChecked()
        desk.key(Qt.Key.Key_Escape)
        desk.open_pack(MEETING)
        desk.wait(lambda: SECRET in " ".join(desk.rows_of("Notes")), "the notes, as they were")
