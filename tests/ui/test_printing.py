"""Printing as a member does it: Ctrl+P, a choice, a printer that is a PDF file; the file is then read."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QRadioButton, QWidget
from pytestqt.qtbot import QtBot
from reach import cut, out_of_reach, small, unnamed
from reader_making import CONTROL, WAIT, Home, Kept, Open, at_top, press, select

from desktop.annotations.anchor import Anchor, Quad
from desktop.annotations.entries import DRAWN_KINDS, KINDS
from desktop.annotations.shapes import boxed
from desktop.ui.kit.mark_words import KIND_NAMES
from desktop.ui.kit.theme import Theme
from desktop.ui.panels.print_sheet import PrintSheet
from desktop.ui.reader_screen import ReaderScreen
from desktop.ui.reading.printing import Printing

Printed = Callable[[ReaderScreen], PrintSheet]


@pytest.fixture
def paper_file(tmp_path: Path) -> Path:
    return tmp_path / "printed.pdf"


@pytest.fixture
def ask(home: Home, paper_file: Path) -> Printed:
    """Ctrl+P in a reader whose system dialog always answers with a printer that writes a file."""

    def choose(_parent: QWidget, use: Callable[[QPrinter], None]) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(paper_file))
        printer.setResolution(150)
        use(printer)

    def ask_it(screen: ReaderScreen) -> PrintSheet:
        screen.printing = Printing(home.desk(), screen.marking.say, screen, choose)
        press(screen, Qt.Key.Key_P, CONTROL)
        sheet = screen.findChild(PrintSheet)
        assert sheet is not None
        assert sheet.isVisible()
        return sheet

    return ask_it


def pick(sheet: PrintSheet, words: str) -> None:
    button = next(button for button in sheet.findChildren(QRadioButton) if button.text().startswith(words))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=button.rect().center() - button.rect().center() / 2)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert button.isChecked()


def print_it(sheet: PrintSheet, qtbot: QtBot) -> None:
    sheet.go.setFocus()
    with qtbot.waitSignal(sheet.finished, timeout=WAIT):
        QTest.keyClick(sheet.go, Qt.Key.Key_Return)
    QApplication.processEvents()


def pages_of(path: Path) -> int:
    with pymupdf.open(path) as document:
        return int(document.page_count)


def darkness(path: Path, page: int) -> float:
    """How much of a printed page is not white."""
    with pymupdf.open(path) as document:
        pixmap = document[page].get_pixmap(dpi=30, colorspace=pymupdf.csGRAY)
        return sum(shade < 128 for shade in pixmap.samples) / len(pixmap.samples)


def test_the_paper_in_sight_is_printed(ask: Printed, open_reader: Open, qtbot: QtBot, paper_file: Path) -> None:
    screen = open_reader()
    at_top(screen, qtbot, 4)
    sheet = ask(screen)
    assert sheet.go.text() == "Print 4 pages…"
    print_it(sheet, qtbot)
    assert pages_of(paper_file) == 4
    assert all(darkness(paper_file, page) > 0.001 for page in range(4))


@pytest.mark.parametrize(
    ("typed", "pages"), [("2", 1), ("1-3, 6", 4), ("item 2.1", 1), ("3 to 1", 3), ("item 1 p2 - item 2.1 p1", 3)]
)
def test_pages_are_printed_as_typed(
    typed: str,
    pages: int,
    ask: Printed,
    open_reader: Open,
    qtbot: QtBot,
    paper_file: Path,
) -> None:
    sheet = ask(open_reader())
    QTest.keyClicks(sheet.field, typed)
    print_it(sheet, qtbot)
    assert pages_of(paper_file) == pages


def test_a_page_that_is_not_there_is_said_and_nothing_can_be_printed(ask: Printed, open_reader: Open) -> None:
    sheet = ask(open_reader())
    QTest.keyClicks(sheet.field, "47")
    assert "There is no page 47" in sheet.state.text()
    assert not sheet.go.isEnabled()


def test_a_paper_the_secretary_restricted_is_left_out_with_the_reason(
    home: Home,
    ask: Printed,
    open_reader: Open,
    qtbot: QtBot,
    paper_file: Path,
) -> None:
    pack = home.book.pack
    papers = (pack.papers[0], replace(pack.papers[1], no_printing=True))
    home.book = replace(home.book, pack=replace(pack, papers=papers))
    sheet = ask(open_reader())
    pick(sheet, "The whole pack")
    assert "“Finance report” is left out: the secretary asks that it is not printed." in sheet.state.text()
    print_it(sheet, qtbot)
    assert pages_of(paper_file) == 3


def test_notes_are_printed_behind_their_page(
    ask: Printed,
    open_reader: Open,
    qtbot: QtBot,
    kept: list[Kept],
    paper_file: Path,
) -> None:
    screen = open_reader()
    at_top(screen, qtbot)
    select(screen, qtbot, kept[0], 12, 15)
    press(screen, Qt.Key.Key_N)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "Who agreed to this?")
    press(screen, Qt.Key.Key_Escape)
    sheet = ask(screen)
    pick(sheet, "The pages with my highlights and notes")
    sheet.notes.setFocus()
    QTest.keyClick(sheet.notes, Qt.Key.Key_Space)
    print_it(sheet, qtbot)
    with pymupdf.open(paper_file) as document:
        assert document.page_count == 2
        assert "Who agreed to this?" in document[1].get_text()
        assert "My notes on page 1" in document[1].get_text()


def test_every_kind_of_mark_is_printed(
    ask: Printed, open_reader: Open, qtbot: QtBot, kept: list[Kept], paper_file: Path
) -> None:
    screen = open_reader()
    at_top(screen, qtbot)
    notebook, paper = screen.marking.notebook, kept[0].paper
    assert notebook is not None
    here = Anchor(paper.id, paper.sha256, 0, "1", (Quad(0, 300, 700, 500, 714),), "words")
    drawn = {kind: boxed((300, 640 + 8 * place), (500, 690)) for place, kind in enumerate(DRAWN_KINDS)}
    for kind in KINDS:
        notebook.add(here, kind, "risk", "Mine" if kind == "text" else "", drawn.get(kind))
    sheet = ask(screen)
    pick(sheet, "The pages with my highlights and notes")
    sheet.notes.setFocus()
    QTest.keyClick(sheet.notes, Qt.Key.Key_Space)
    print_it(sheet, qtbot)
    with pymupdf.open(paper_file) as document:
        picture = document[0].get_pixmap(clip=pymupdf.Rect(290, 630, 510, 720))
        reds = sum(
            red > 120 and green < 60 for red, green in zip(picture.samples[::3], picture.samples[1::3], strict=True)
        )
        assert reds > 400  # frames, lines and ink, where the page is empty
        said = " ".join(page.get_text() for page in document.pages(1))
        for kind in KINDS:
            assert KIND_NAMES[kind] in said


def test_leaving_the_pack_stops_the_printing(ask: Printed, open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    sheet = ask(screen)
    pick(sheet, "The whole pack")
    sheet.go.click()
    assert screen.leave()
    assert not sheet.isVisible()


@pytest.mark.parametrize("size", [12, 24])
def test_the_sheet_can_be_read_and_reached(ask: Printed, open_reader: Open, theme: Theme, size: int) -> None:
    theme.use_size(size)
    sheet = ask(open_reader())
    QApplication.processEvents()
    assert unnamed(sheet) == []
    assert small(sheet) == []
    assert out_of_reach(sheet) == []
    assert cut(sheet) == []
