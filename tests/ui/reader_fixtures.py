"""A reader over a member's real store, for every test that works one. Import the fixtures by name."""

import secrets
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from reader_making import OTHER, PACK, WAIT, Home, Kept, Open, make_book, write_paper

from desktop.pdf.client import PdfClient
from desktop.ui.kit.theme import Theme
from desktop.ui.reader_screen import ReaderScreen

__all__ = ["client", "home", "kept", "open_reader"]


@pytest.fixture(scope="module")
def client() -> Iterator[PdfClient]:
    client = PdfClient("test")
    yield client
    client.shut_down()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> list[Kept]:
    folder = tmp_path_factory.mktemp("papers")
    return [
        write_paper(folder, "minutes", "1", "Minutes of the last meeting", 3),
        write_paper(folder, "finance", "2.1", "Finance report", 4),
    ]


@pytest.fixture
def home(tmp_path: Path, client: PdfClient, kept: list[Kept], theme: Theme) -> Iterator[Home]:
    other = make_book(OTHER, [replace(kept[1], paper=replace(kept[1].paper, id="9" * 16))])
    home = Home(tmp_path / "home", secrets.token_bytes(32), client, theme, make_book(PACK, kept), other)
    home.open()
    home.fill(kept)
    yield home
    home.close()


@pytest.fixture
def open_reader(home: Home, qtbot: QtBot) -> Open:
    kept: list[ReaderScreen] = []

    def open_it() -> ReaderScreen:
        screen = ReaderScreen(home.desk())
        kept.append(screen)
        qtbot.addWidget(screen, before_close_func=lambda shown: shown.leave())
        screen.resize(1280, 720)
        with qtbot.waitActive(screen):
            screen.show()
            screen.activateWindow()
        place = home.places[-1][1] if home.places else None
        screen.show_pack(home.book, place, [(paper_id, page) for _, paper_id, page in home.seen])
        qtbot.waitUntil(lambda: screen.marking.notebook is not None, timeout=WAIT)
        return screen

    return open_it
