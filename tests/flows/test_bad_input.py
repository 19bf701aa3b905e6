"""What is wrong from outside, through the real application: one clear sentence each, nothing lost, and it lives on."""

import re
import shutil
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flow_making import CONTROL, WORDS, Desk, Office, a_member, at_desk, despatch, full_disk
from pdf_papers import active, endless, good
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db.store import Store
from desktop.packs.folder import RepositoryFolder
from desktop.sample import SAMPLE_PASSPHRASE
from desktop.secretary.publish import Publisher
from desktop.secretary.registry import Registry
from desktop.ui.window import Screen
from desktop.vault import Vault

PACK = "29 January 2026"
NOTE = "Quizzical marmalade"
HANDFUL = ("test_2548", "aes-128.pdf", "page_tree_empty_node", "gh-228", "poster", "document_aactions", "crash_1864")


def hostile_files(corpus: Path, *names: str) -> list[Path]:
    files = sorted((corpus / "hostile").glob("*.pdf"))
    return [file for file in files if not names or any(name in file.name for name in names)]


# ---- papers


@pytest.mark.long
def test_a_handful_of_hostile_papers(office: Office, corpus: Path, tmp_path: Path) -> None:
    take_in_hostile(office, hostile_files(corpus, *HANDFUL), tmp_path)


@pytest.mark.long
def test_every_hostile_paper(office: Office, corpus: Path, tmp_path: Path) -> None:
    take_in_hostile(office, hostile_files(corpus), tmp_path)


def take_in_hostile(office: Office, files: list[Path], tmp_path: Path) -> None:
    """Each is refused by the secretary's computer with a sentence naming it, or read by the member without harm."""
    folder = tmp_path / "Board 2026-02-26"
    folder.mkdir()
    good(folder / "00 good.pdf")
    names = {}
    for number, file in enumerate(files, 1):
        names[f"{number:02} hostile.pdf"] = file.name
        shutil.copy(file, folder / f"{number:02} hostile.pdf")
    office("new-pack", folder, "--body", "Trust Board", store=False)
    refused = office.refused("compile", folder, "-o", tmp_path / "x.despatch-pack")
    bad = [name for name in names if name in refused]
    assert bad, refused
    assert not (tmp_path / "x.despatch-pack").exists()
    for name in bad:
        (folder / name).unlink()
    (folder / "pack.toml").unlink()
    despatch(office, folder)
    home = a_member(office, tmp_path / "home")
    with at_desk(home, WORDS) as desk:
        desk.wait_screen(Screen.SHELF)
        desk.app.window.open_place(newest_pack(desk))
        desk.wait_screen(Screen.READER)
        read_every_page(desk)
        desk.go_to("1")
        desk.wait(lambda: desk.pages.isEnabled() and desk.page.startswith("1  ("))
        assert desk.select(0.05), "the good paper is read after all of them"


def newest_pack(desk: Desk) -> str:
    """The pack compiled here, once it is wholly readable: one that delays must not be waited for to be read through."""
    desk.wait(lambda: any("New. " in row.accessibleName() for row in desk._rows("26 February")), "the pack")
    return desk._rows("26 February")[0].pack.pack_id  # type: ignore[attr-defined, no-any-return]


def read_every_page(desk: Desk) -> None:
    """Turn to each page, and wait until it is drawn or says why not."""
    count = int(desk.page.split(" of ")[1].rstrip(")"))
    for number in range(1, count + 1):
        desk.go_to(str(number))
        desk.wait(lambda number=number: desk.page.startswith(f"{number}  ("), f"page {number}")
        desk.wait(lambda: shown_or_told(desk), f"a picture or a sentence on page {number}")


def shown_or_told(desk: Desk) -> bool:
    """By what a screen reader is told, or by the picture that stands."""
    pages = desk.pages
    page = pages._pages[pages.current_page()]  # type: ignore[attr-defined]
    told = any(
        words in pages.accessibleDescription() for words in ("cannot be shown", "given up", "not be shown", "memory")
    )
    return told or pages._pictures.standing(page) is not None  # type: ignore[attr-defined]


def test_a_page_that_never_ends_says_so_and_the_rest_is_read_meanwhile(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "Board 2026-02-26"
    folder.mkdir()
    endless(folder / "01 endless.pdf", bad=1, pages=3)
    good(folder / "02 good.pdf")
    despatch(office, folder)
    home = a_member(office, tmp_path / "home")
    with at_desk(home, WORDS) as desk:
        desk.wait_screen(Screen.SHELF)
        desk.app.window.open_place(newest_pack(desk))
        desk.wait_screen(Screen.READER)
        desk.go_to("2")
        desk.wait(lambda: "took too long and was given up" in desk.pages.accessibleDescription(), "the sentence")
        assert "Page 2 of" in desk.pages.accessibleDescription()
        desk.key(Qt.Key.Key_End, CONTROL)
        desk.wait(lambda: desk.page.startswith("6  ("))
        desk.wait(lambda: shown_or_told(desk), "the last page")
        assert "given up" not in desk.pages.accessibleDescription()


def test_what_a_paper_tries_is_not_done(office: Office, tmp_path: Path) -> None:
    """A script, a program, an address: opened, clicked on and read, it reaches nobody and runs nothing."""
    ran, program = tmp_path / "ran", tmp_path / "program.sh"
    program.write_text(f"#!/bin/sh\ntouch {ran}\n")
    program.chmod(0o700)
    folder = tmp_path / "Board 2026-02-26"
    folder.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as server:
        active(folder / "01 active.pdf", f"http://127.0.0.1:{server.getsockname()[1]}/tell", str(program))
        despatch(office, folder)
        home = a_member(office, tmp_path / "home")
        with at_desk(home, WORDS) as desk:
            desk.wait_screen(Screen.SHELF)
            desk.app.window.open_place(newest_pack(desk))
            desk.wait_screen(Screen.READER)
            assert desk.select(0.02) in "Harmless words"
            QTest.mouseClick(desk.pages.viewport(), Qt.MouseButton.LeftButton)
            QTest.mouseDClick(desk.pages.viewport(), Qt.MouseButton.LeftButton)
        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            server.accept()
    assert not ran.exists()


def test_a_plan_that_names_a_missing_file_says_which(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "Board 2026-02-26"
    folder.mkdir()
    good(folder / "01 minutes.pdf")
    good(folder / "02 finance.pdf")
    office("new-pack", folder, "--body", "Trust Board", store=False)
    (folder / "02 finance.pdf").unlink()
    said = office.refused("compile", folder, "-o", tmp_path / "x.despatch-pack")
    assert "02 finance.pdf" in said
    assert "01 minutes.pdf" not in said
    assert not (tmp_path / "x.despatch-pack").exists()


# ---- repositories


def check_now(desk: Desk, words: str) -> None:
    desk.wait_screen(Screen.SHELF)
    desk.wait(lambda: len(desk._rows("")) == 3)
    desk.key(Qt.Key.Key_F5)
    desk.wait_for(words)


def test_a_repository_that_was_tampered_with_is_refused(office: Office, tmp_path: Path) -> None:
    home = a_member(office, tmp_path / "home")
    with at_desk(home, WORDS) as desk:
        desk.wait(lambda: len(desk._rows("")) == 3, "three packs")
        timestamp = office.repository / "metadata" / "timestamp.json"
        timestamp.write_bytes(re.sub(rb'"expires": ?"\d{4}', b'"expires":"2099', timestamp.read_bytes()))
        check_now(desk, "did not sign")
        assert "nothing new was taken in" in desk.said()
        desk.open_pack(PACK)


def test_a_repository_that_was_rolled_back_is_refused(office: Office, tmp_path: Path) -> None:
    old = shutil.copytree(office.repository / "metadata", tmp_path / "old")
    home = a_member(office, tmp_path / "home")
    with at_desk(home, WORDS) as desk:
        desk.wait(lambda: len(desk._rows("")) == 3, "three packs")
        desk.wait(lambda: desk.app.reading.room.intake.wait(0))  # type: ignore[union-attr]
        shutil.rmtree(office.repository / "metadata")
        shutil.copytree(old, office.repository / "metadata")
        check_now(desk, "older state than this computer has already seen")
        desk.open_pack(PACK)


def test_a_repository_nobody_confirms_any_more_says_since_when(office: Office, tmp_path: Path) -> None:
    home = a_member(office, tmp_path / "home")
    with at_desk(home, WORDS) as desk:
        desk.wait(lambda: len(desk._rows("")) == 3, "three packs")
        desk.wait(lambda: desk.app.reading.room.intake.wait(0))  # type: ignore[union-attr]
        store = Store.open(office.home, Vault(office.home).open_with_passphrase(SAMPLE_PASSPHRASE))
        registry = Registry(store)
        old = datetime.now(UTC) - timedelta(days=91)
        Publisher(registry, registry.office(), RepositoryFolder(office.repository), old).reissue()
        store.close()
        check_now(desk, "has not been confirmed by its secretary since")
        assert "stays readable" in desk.said()
        office("renew")
        desk.key(Qt.Key.Key_F5)
        desk.wait(lambda: "has not been confirmed" not in desk.said(), "the renewal")


# ---- the disk


def test_a_note_written_while_the_disk_is_full_is_kept_and_saved_later(member_home: Path) -> None:
    """It is said, neither locking nor closing loses it, and it is saved by itself when there is room."""
    with full_disk(member_home) as disk:
        with at_desk(disk.home, SAMPLE_PASSPHRASE) as desk:
            desk.open_pack(PACK)
            desk.go_to("item 10 p2")
            desk.select()
            disk.fill()
            desk.write_note(NOTE)
            desk.wait_for("There is no room left on the disk")
            desk.wait_for("kept here, and saved by itself")  # the quiet work may have said first that there is no room
            desk.key(Qt.Key.Key_L, CONTROL)
            desk.wait_for("could not be saved, so Despatch stays open")
            assert desk.screen is Screen.READER
            assert not desk.window.close()
            desk.key(Qt.Key.Key_W, CONTROL)
            desk.open_pack("27 November 2025")
            desk.key(Qt.Key.Key_W, CONTROL)
            desk.open_pack(PACK)
            desk.show_notes()
            desk.wait_for(NOTE)
            disk.free()
            desk.wait_for("Everything you wrote is saved now")
            desk.lock()
        with at_desk(disk.home, SAMPLE_PASSPHRASE) as desk:
            desk.wait_screen(Screen.READER)
            desk.show_notes()
            desk.wait_for(NOTE)


def test_a_note_can_be_given_up_when_there_is_no_room(member_home: Path) -> None:
    with full_disk(member_home) as disk, at_desk(disk.home, SAMPLE_PASSPHRASE) as desk:
        desk.open_pack(PACK)
        desk.go_to("item 10 p2")
        desk.select()
        disk.fill()
        desk.write_note(NOTE)
        desk.key(Qt.Key.Key_L, CONTROL)
        desk.press("Lock without them")
        desk.wait_screen(Screen.UNLOCK)
        disk.free()


def test_a_pack_that_does_not_fit_says_so_and_comes_when_there_is_room(office: Office, tmp_path: Path) -> None:
    home = a_member(office, tmp_path / "home")
    with full_disk(home) as disk, at_desk(disk.home, WORDS) as desk:
        desk.wait_for("There is no room left on the disk")
        assert "Everything saved before is still there" in desk.said()


# ---- the store


def test_a_home_that_cannot_be_written_is_one_sentence(office: Office, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with at_desk(tmp_path / "file" / "home", invitation=office.invite("Amina Okonkwo")) as desk:
        desk.wait(lambda: len(desk.fields()) == 2)
        desk.fill(WORDS, WORDS)
        desk.press("Protect my papers")
        desk.wait_for("cannot be written")
        assert "folder belongs to you" in desk.said()
        assert len(desk.notices()) == 1
        desk.wait(lambda: len(desk.fields()) == 2 and desk.fields()[0].isEnabled(), "another try")


def test_a_vault_that_is_gone_is_asked_back_and_never_replaced(member_home: Path, tmp_path: Path) -> None:
    (member_home / "vault.json").rename(tmp_path / "vault.json")
    with at_desk(member_home) as desk:
        desk.wait_screen(Screen.UNLOCK)
        desk.wait_for("Put vault.json back from a backup")
        desk.unlock(SAMPLE_PASSPHRASE)
        desk.wait(lambda: "There is no vault" in desk.said())
        assert not (member_home / "vault.json").exists()
        (tmp_path / "vault.json").rename(member_home / "vault.json")
        desk.unlock(SAMPLE_PASSPHRASE)
        desk.wait_screen(Screen.SHELF)


def test_a_damaged_vault_is_said(member_home: Path) -> None:
    (member_home / "vault.json").write_bytes(b'{"format": 1')
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        desk.wait_screen(Screen.UNLOCK)
        desk.wait_for("is damaged")
        assert "The store beside it was not touched" in desk.said()


def test_a_store_of_a_newer_release_asks_for_it(member_home: Path) -> None:
    store = Store.open(member_home, Vault(member_home).open_with_passphrase(SAMPLE_PASSPHRASE))
    store.write("INSERT INTO migrations VALUES ('from_the_future', '2030-01-01T00:00:00Z')")
    store.close()
    with at_desk(member_home) as desk:
        desk.unlock(SAMPLE_PASSPHRASE)
        desk.wait(lambda: "newer" in desk.said() or "later" in desk.said(), "the sentence")
        assert desk.screen is Screen.UNLOCK
        desk.wait(lambda: desk.fields() and desk.fields()[0].isEnabled(), "another try")


def test_a_damaged_store_is_said(member_home: Path) -> None:
    path = member_home / "despatch.db"
    data = bytearray(path.read_bytes())
    data[5000:9000] = bytes(4000)
    path.write_bytes(data)
    with at_desk(member_home) as desk:
        desk.unlock(SAMPLE_PASSPHRASE)
        desk.wait_for("damaged")
        assert desk.screen is Screen.UNLOCK


# ---- invitations


@pytest.mark.parametrize("junk", [b"", b"{}", b"\0" * 100, b'{"format": "despatch-invitation/9"}', b"x" * 3_000_000])
def test_an_invitation_that_is_junk_is_one_sentence(junk: bytes, member_home: Path, tmp_path: Path) -> None:
    path = tmp_path / "junk.despatch"
    path.write_bytes(junk)
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        desk.wait_screen(Screen.SHELF)
        desk.app.open_file(str(path))
        desk.wait(desk.notices, "a sentence")
        assert len(desk.notices()) == 1
        assert desk.screen is Screen.SHELF
    assert path.read_bytes() == junk


def test_an_invitation_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    for path in (tmp_path / "none.despatch", tmp_path):
        with at_desk(tmp_path / "home", invitation=path) as desk:
            desk.wait_for("could not be read")
            assert desk.screen is Screen.WELCOME


def test_an_invitation_opened_twice_or_while_locked_is_told(office: Office, member_home: Path) -> None:
    with at_desk(member_home) as desk:
        desk.wait_screen(Screen.UNLOCK)
        desk.app.open_file(str(office.invite("Colin Westerby", "--another-device")))
        desk.wait_for("Unlock Despatch first")
        desk.unlock(SAMPLE_PASSPHRASE)
        desk.wait_for("Who is asking?")
        desk.fields()[0].setFocus()
        desk.type("Colin Westerby")
        desk.press("Ask to be admitted")
        desk.wait_for("receives the packs of Trust Board already")
