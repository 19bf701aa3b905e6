"""A member's first day: from the invitation to a pack that is read, on the train and after the lock."""

import shutil
from pathlib import Path

import pytest
from flow_making import WORDS, Office, ask_to_be_admitted, at_desk, everything_shown, plain_on_disk, set_up
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desktop.app import fetching
from desktop.ui.window import Screen

MEMBER = "Amina Okonkwo"


def test_from_the_invitation_to_reading_without_a_network(
    office: Office, tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "CHECK_EVERY", 0.5)
    home, invitation = tmp_path / "amina", office.invite(MEMBER)
    with at_desk(home, invitation=invitation) as desk:
        code, phrase = set_up(desk, MEMBER)
        desk.wait_for(phrase)
        assert phrase in office("requests")
        assert MEMBER in office.admit_all()
        desk.open_pack("29 January 2026")
        assert "Words to read out" not in desk.said()
        desk.wait(lambda: desk.app.reading.room.intake.wait(0), "every paper")  # type: ignore[union-attr]
        desk.go_to("p 9")
        desk.wait(lambda: desk.page.startswith("9  ("), "page 9")
        desk.wait(lambda: desk.pages.is_over_text, "words")  # type: ignore[attr-defined]
        title = desk.window.windowTitle()
    # On the train: the repository is out of reach, and everything is here.
    office.repository.rename(tmp_path / "away")
    with at_desk(home, WORDS) as desk:
        desk.wait_screen(Screen.READER)
        desk.wait(lambda: desk.page.startswith("9  ("), "the page it was left at")
        assert desk.window.windowTitle() == title
        desk.select()
        desk.key(Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
        desk.wait_for("cannot be read")
        assert "can be read as before" in desk.said()
        for month in ("September 2025", "November 2025", "January 2026"):
            assert desk._rows(month), month
        desk.lock()
        assert "Wrenmoor" not in everything_shown()
        assert plain_on_disk(home, "Wrenmoor", "Trust Board", MEMBER, phrase, WORDS, code) == []
        assert list(temporary.iterdir()) == []
        open_by_code(desk, code)
        desk.wait_screen(Screen.SHELF)
        desk.open_pack("29 January 2026")
        desk.lock()
        desk.unlock(WORDS)
        desk.wait_for("not the passphrase")
        desk.unlock("fresh bread at dawn")
        desk.wait_screen(Screen.READER)


def open_by_code(desk: object, code: str) -> None:
    from flow_making import Desk

    assert isinstance(desk, Desk)
    desk.press("Use the recovery code")
    field = next(field for field in desk.fields() if field.accessibleName() == "Recovery code")
    assert isinstance(field, QLineEdit)
    field.setFocus()
    desk.type(code.lower())
    desk.press("Unlock with the code")
    desk.wait_for("Choose a new passphrase")
    desk.wait(lambda: len(desk.fields()) == 2)
    desk.fill("fresh bread at dawn", "fresh bread at dawn")
    desk.press("Use this passphrase from now on")


def test_a_second_board_is_joined_from_the_shelf(office: Office, member_home: Path) -> None:
    """Who has a store is only asked for a name."""
    from desktop.sample import SAMPLE_PASSPHRASE

    shutil.rmtree(office.home)
    office("new-body", "Audit Committee", "--organisation", "Northshire", "--to", office.home.parent / "audit")
    invitation = office.invite("Colin Westerby")
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        desk.wait_screen(Screen.SHELF)
        desk.app.open_file(str(invitation))
        phrase = ask_to_be_admitted(desk, "Colin Westerby")
        desk.wait_for(phrase)
        assert phrase in office("requests")
        assert "Audit Committee" in desk.said()


def test_the_sample_is_looked_at_from_the_welcome(sample: Path, tmp_path: Path) -> None:
    home = tmp_path / "new"
    home.mkdir()
    shutil.copytree(sample, home / "sample")
    with at_desk(home) as desk:
        desk.wait_screen(Screen.WELCOME)
        desk.press("Look at the sample board")
        desk.wait_screen(Screen.SHELF)
        desk.open_pack()
        assert not (home / "vault.json").exists(), "looking makes no store"


def test_the_sample_is_looked_at_from_an_empty_shelf(sample: Path, tmp_path: Path) -> None:
    """The shelf that is shown then is the sample's own, and works."""
    from desktop.changes import Changes
    from desktop.doorway import Doorway

    home = tmp_path / "new"
    doorway = Doorway(home, Changes())
    doorway.create(WORDS, use_keyring=False).result(60)
    doorway.leave()
    shutil.copytree(sample, home / "sample")
    with at_desk(home, WORDS) as desk:
        desk.wait_for("Nothing on the shelf yet")
        desk.press("Look at the sample board")
        desk.open_pack("29 January 2026")
        desk.key(Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
        desk.wait_screen(Screen.SHELF)
        desk.key(Qt.Key.Key_F5)
        desk.wait(lambda: desk._button("Check for new packs"))
        assert desk.notices() == []


def test_leaving_before_the_recovery_code_is_kept_loses_nothing(office: Office, tmp_path: Path) -> None:
    home = tmp_path / "amina"
    with at_desk(home, invitation=office.invite(MEMBER)) as desk:
        desk.wait(lambda: len(desk.fields()) == 2)
        desk.fill(WORDS, WORDS)
        desk.press("Protect my papers")
        desk.wait_for("Your recovery code")
    with at_desk(home) as desk:
        desk.unlock(WORDS)
        desk.wait_for("Nothing on the shelf yet")
