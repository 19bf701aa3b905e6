"""Papers in styles that are nobody's in particular: drawn by a real engine, read by a real worker as intake does."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pymupdf
import pytest

from desktop.papers.paper_text import PaperText
from desktop.pdf.client import PdfClient
from desktop.pdf.protocol import Source

A4, LANDSCAPE = (595.0, 842.0), (842.0, 595.0)
LEFT, PAD = 50.0, 4.0
CellText = str | tuple[str, int]  # a text, or a text and how many columns it reaches over


class Sheet:
    """A document being drawn: text and tables below each other."""

    def __init__(self, size: tuple[float, float] = A4, font: float = 9.0) -> None:
        self.document = pymupdf.open()
        self.size, self.font = size, font
        self.turn()

    def turn(self) -> None:
        """Begin a page."""
        self.page = self.document.new_page(width=self.size[0], height=self.size[1])
        self.y = 60.0

    def say(self, text: str, size: float = 0.0, bold: bool = False, x: float = LEFT) -> None:
        """A line or a paragraph."""
        size = size or self.font + 1
        width = self.size[0] - x - LEFT
        for line in wrapped(text, width, size):
            self.page.insert_text((x, self.y + size), line, fontname="hebo" if bold else "helv", fontsize=size)
            self.y += size * 1.3
        self.y += 4

    def rows(
        self,
        widths: Sequence[float],
        rows: Sequence[Sequence[CellText]],
        ruled: bool = True,
        bold_head: bool = True,
        shade: bool = False,
    ) -> None:
        """A table; without rules its rows are told by their distance."""
        for number, row in enumerate(rows):
            self._row(widths, row, ruled, bold_head and number == 0, shade and number == 0)
        self.y += 12

    def _row(self, widths: Sequence[float], row: Sequence[CellText], ruled: bool, bold: bool, shade: bool) -> None:
        placed, column = [], 0
        for cell in row:
            text, span = cell if isinstance(cell, tuple) else (cell, 1)
            left, width = LEFT + sum(widths[:column]), sum(widths[column : column + span])
            placed.append((left, width, wrapped(text, width - 2 * PAD, self.font)))
            column += span
        lead = self.font * 1.2
        height = max(len(lines) for _, _, lines in placed) * lead + 2 * PAD
        for left, width, lines in placed:
            box = pymupdf.Rect(left, self.y, left + width, self.y + height)
            if ruled:
                self.page.draw_rect(box, color=(0, 0, 0), fill=(0.85, 0.9, 1) if shade else None, width=0.5)
            for number, line in enumerate(lines):
                at = left + PAD, self.y + PAD + self.font * 0.9 + number * lead
                self.page.insert_text(at, line, fontname="hebo" if bold else "helv", fontsize=self.font)
        self.y += height


def wrapped(text: str, width: float, size: float) -> list[str]:
    """Text broken into lines; a line feed is kept."""
    lines = []
    for part in text.split("\n"):
        line = ""
        for word in part.split():
            longer = f"{line} {word}".strip()
            if line and pymupdf.get_text_length(longer, "helv", size) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines


Read = Callable[[Sheet | Path], PaperText]


@pytest.fixture(scope="module")
def client() -> Iterator[PdfClient]:
    """A worker for all tests of a file."""
    client = PdfClient("test")
    yield client
    client.shut_down()


@pytest.fixture
def read(client: PdfClient, tmp_path: Path) -> Read:
    """Reads what was drawn, or a file, as intake does."""

    def read_it(sheet: Sheet | Path) -> PaperText:
        path = sheet if isinstance(sheet, Path) else tmp_path / f"{id(sheet)}.pdf"
        if isinstance(sheet, Sheet):
            sheet.document.save(path)
        facts = client.open(Source(str(path), path)).result(30)
        texts = client.texts(str(path), 0, len(facts.pages) - 1).result(30)
        return PaperText.of(texts, facts.pages)

    return read_it
