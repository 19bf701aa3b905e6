"""Real papers made anew by other programs: set again from their words by Qt and MuPDF, with other type, paper and
breaks, or written anew by Ghostscript and poppler as they stand. And the words of any PDF, as intake finds them."""

import html
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop.annotations.text import VersionPage
from desktop.pdf.reading import read_page
from desktop.pdf.typeset import typeset
from desktop.pdf.words import Word, press, unpack

_HYPHEN_AFTER = 5  # letters before a word may be broken, and as many must follow
_CSS = "body { font-family: sans-serif; font-size: 9pt; line-height: 1.5 } p { text-align: justify }"
_LONGEST = 120  # seconds for one paper


def words_of(pdf: Path | bytes) -> list[tuple[VersionPage, list[Word]]]:
    """Each page as the store keeps it, and its words."""
    import pymupdf  # here, so that it takes no memory where memory is measured

    found = []
    with pymupdf.open(stream=pdf, filetype="pdf") if isinstance(pdf, bytes) else pymupdf.open(pdf) as document:
        for page in document:
            packed = press(read_page(page.this, layout=False).words)
            found.append((VersionPage(packed, page.rect.height), unpack(packed)))
    return found


def set_by_mupdf(paragraphs: Sequence[str]) -> bytes:
    """Small and justified, on A4, with a foot on every page."""
    return typeset("".join(f"<p>{html.escape(text)}</p>" for text in paragraphs), _CSS, "Page {page}")


def set_by_qt(paragraphs: Sequence[str]) -> bytes:
    """Large and serif, on A5, with ligatures, and long words broken where it fits."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QMarginsF
    from PySide6.QtGui import QFont, QGuiApplication, QPageSize, QPdfWriter, QTextDocument

    application = QGuiApplication.instance() or QGuiApplication([])
    out = QBuffer()
    out.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(out)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
    writer.setPageMargins(QMarginsF(12, 12, 12, 12))
    document = QTextDocument()
    document.setDefaultFont(QFont("DejaVu Serif", 11))
    document.setHtml("".join(f"<p>{html.escape(_breakable(text))}</p>" for text in paragraphs))
    document.print_(writer)
    out.close()
    assert application is not None
    return bytes(out.data().data())


def _breakable(text: str) -> str:
    """With a soft hyphen in the middle of every long word."""
    return " ".join(
        f"{word[:middle]}\u00ad{word[middle:]}"
        if word.isalpha() and (middle := len(word) // 2) >= _HYPHEN_AFTER
        else word
        for word in text.split(" ")
    )


def writers() -> dict[str, Callable[[Path, Path], list[str]]]:
    """The programs here that write a PDF anew as it stands, by name: their commands for (from, to)."""
    commands: dict[str, tuple[str, Callable[[Path, Path], list[str]]]] = {
        "Ghostscript": ("gs", lambda a, b: ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", f"-o{b}", str(a)]),
        "poppler and cairo": ("pdftocairo", lambda a, b: ["pdftocairo", "-pdf", str(a), str(b)]),
        "qpdf": ("qpdf", lambda a, b: ["qpdf", "--object-streams=generate", "--linearize", str(a), str(b)]),
    }
    return {name: command for name, (program, command) in commands.items() if shutil.which(program)}


def written_anew(paper: Path, command: Callable[[Path, Path], list[str]], folder: Path) -> bytes:
    """The same paper as another program writes it."""
    out = folder / f"{paper.stem}-anew.pdf"
    subprocess.run(command(paper, out), check=True, capture_output=True, timeout=_LONGEST)
    return out.read_bytes()
