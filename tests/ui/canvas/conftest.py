"""A canvas with a real book and a real engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from canvas_making import (
    SIZES,
    book_of,
    is_sharp,
    no_words,
    write_paper,
)
from pytestqt.qtbot import QtBot

from desktop.packs.book import Book
from desktop.pdf.client import PdfClient
from desktop.ui.kit.bridge import Bridge
from desktop.ui.kit.theme import Theme
from desktop.ui.reader.canvas import PageCanvas


@pytest.fixture(scope="module")
def engine() -> Iterator[PdfClient]:
    """One engine for all tests here: it takes a while to start."""
    client = PdfClient("sight")
    yield client
    client.shut_down()


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("papers")
    made = {name: write_paper(folder / f"{name}.pdf", name, SIZES) for name in ("alpha", "bravo")}
    damaged = folder / "damaged.pdf"
    damaged.write_bytes(b"%PDF-1.7 this is no paper at all")
    return made | {"damaged": damaged}


@pytest.fixture
def bridge(qtbot: QtBot) -> Iterator[Bridge]:
    made = Bridge()
    yield made
    made.close()


@pytest.fixture
def canvas(qtbot: QtBot, engine: PdfClient, bridge: Bridge) -> PageCanvas:
    made = PageCanvas(engine, no_words, bridge, Theme("light", motion=False))
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    qtbot.waitExposed(made)
    made.setFocus()
    return made


@pytest.fixture
def book(papers: dict[str, Path]) -> Book:
    return book_of([("alpha", papers["alpha"], SIZES), ("bravo", papers["bravo"], SIZES)])


@pytest.fixture
def reading(canvas: PageCanvas, book: Book, qtbot: QtBot) -> PageCanvas:
    """The canvas with a book, its first page drawn and its words loaded."""
    canvas.show_book(book, None)
    qtbot.waitUntil(lambda: is_sharp(canvas) and canvas._texts.get(0) is not None)
    return canvas
