"""Packs of real public bodies: compiled, published to a folder and to the web, fetched, read, marked, found again."""

import shutil
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flow_making import CONTROL, SHIFT, WORDS, Desk, Office, a_member, at_desk, despatch, plain_on_disk
from PySide6.QtCore import Qt
from serving import make_certificate, serving

from desktop.ui.window import Screen

NHS, COUNCIL = "nhs-group-board-2026-01-29", "health-wellbeing-board-2016-12-15"
NOTE = "Quizzical marmalade"


@contextmanager
def on_the_web(office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A static server with a certificate of its own, which the member's computer was told to trust."""
    certificate = make_certificate(office.repository.parent)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    monkeypatch.setenv("DESPATCH_CA_FILE", str(certificate))
    with serving(office.repository, context) as web:
        office.move_to(web.address)
        yield


@contextmanager
def in_a_folder(office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A share, which is away when the laptop is."""
    yield
    office.repository.rename(office.repository.with_name("away"))


@pytest.mark.parametrize(
    ("pack", "place", "words", "papers"),
    [
        (COUNCIL, on_the_web, "sustainability", 3),
        pytest.param(COUNCIL, in_a_folder, "sustainability", 3, marks=pytest.mark.long),
        pytest.param(NHS, in_a_folder, "assurance framework", 11, marks=pytest.mark.long),
        pytest.param(NHS, on_the_web, "assurance framework", 11, marks=pytest.mark.long),
    ],
    ids=["council-web", "council-folder", "nhs-folder", "nhs-web"],
)
def test_a_real_pack_is_read_marked_and_found_again(
    pack: str,
    place: Callable[..., object],
    words: str,
    papers: int,
    office: Office,
    corpus: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # On a day of its own: of the same board and day it would be a new edition of one of the sample's packs.
    folder = shutil.copytree(corpus / pack, tmp_path / f"{pack[:-10]}2026-03-26")
    with place(office, monkeypatch):  # type: ignore[attr-defined]
        despatch(office, folder)
        home = a_member(office, tmp_path / "home")
        with at_desk(home, WORDS) as desk:
            desk.wait_screen(Screen.SHELF)
            desk.wait(lambda: len(desk._rows("")) == 4, "four packs")
            desk.wait(lambda: desk.app.reading.room.intake.wait(0), "every paper")  # type: ignore[union-attr]
            open_it(desk, papers)
            marked = desk.select(0.2)
            desk.key(Qt.Key.Key_1)
            desk.select(0.5)
            desk.write_note(NOTE)
            desk.go_to("3")
            desk.wait(lambda: desk.page.startswith("3  ("), "page 3")
    # Away from the network.
    with at_desk(home, WORDS) as desk:
        desk.wait_screen(Screen.READER)
        desk.wait(lambda: desk.page.startswith("3  ("), "the page it was left at")
        desk.show_notes()
        desk.wait_for(NOTE)
        assert marked[:20] in " ".join(desk.said().split())
        desk.key(Qt.Key.Key_F, CONTROL | SHIFT)
        desk.type(words)
        desk.wait(lambda: desk.rows_of("What was found"), "a find")
        desk.key(Qt.Key.Key_Down)
        desk.key(Qt.Key.Key_Return)
        desk.wait(lambda: not desk.page.startswith("3  ("), "the page found")
        desk.lock()
        assert plain_on_disk(home, words, NOTE, marked) == []


def open_it(desk: Desk, papers: int) -> None:
    """The pack that was compiled here, every paper of it readable."""
    row = desk._rows("26 March")[0]
    assert row.pack.papers == row.pack.papers_here == papers  # type: ignore[attr-defined]
    row.setFocus()
    desk.key(Qt.Key.Key_Return)
    desk.wait_screen(Screen.READER)
    desk.wait(lambda: "of" in desk.page, "the pages")
