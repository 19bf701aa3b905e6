"""Papers made for the tests of recognisers: set by a real engine, read by a real worker."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pymupdf

from desktop.papers.finding import Finding
from desktop.papers.paper_text import PaperText
from desktop.papers.recognising import find_all
from desktop.pdf.client import PdfClient
from desktop.pdf.protocol import Source

STYLE = """body { font-family: sans-serif; font-size: 10.5pt; } p { margin: 0 0 7pt 0; } h2 {
font-size: 11pt; margin: 9pt 0 4pt 0; }
table { border-collapse: collapse; } td, th { border: 0.6pt solid black; padding: 2pt 4pt; font-size: 9pt;
text-align: left; }
.plain td { border: 0; } .w60 { width: 60pt; } .w90 { width: 90pt; } .w200 { width: 200pt; }"""  # fmt: skip

Draw = Callable[[pymupdf.Page, int], None]


class Reader:
    """Makes a paper and reads it as intake does."""

    def __init__(self, client: PdfClient, folder: Path) -> None:
        self._client, self._folder = client, folder

    def read(self, path: Path) -> PaperText:
        """A PDF that is there."""
        facts = self._client.open(Source(str(path), path)).result(30)
        return PaperText.of(
            self._client.texts(str(path), 0, len(facts.pages) - 1).result(120), facts.pages, facts.title
        )

    def html(self, html: str) -> PaperText:
        """What HTML says, on A4 pages."""
        path = self._folder / f"{abs(hash(html))}.pdf"
        path.write_bytes(self._client.typeset(html, STYLE).result(30))
        return self.read(path)

    def drawn(self, pages: int, draw: Draw) -> PaperText:
        """Pages drawn one by one."""
        document, path = pymupdf.open(), self._folder / "drawn.pdf"
        for number in range(pages):
            draw(document.new_page(width=595, height=842), number)
        document.save(path)
        return self.read(path)

    def found(self, html: str) -> list[Finding]:
        """Everything that is recognised in it."""
        return find_all(self.html(html))


@contextmanager
def reading(folder: Path) -> Iterator[Reader]:
    """With a worker of its own."""
    client = PdfClient("recognising")
    try:
        yield Reader(client, folder)
    finally:
        client.shut_down()
