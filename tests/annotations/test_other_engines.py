"""Our copies under other engines' eyes, and what others wrote on its way through ours."""

import json
import subprocess
from collections import Counter
from pathlib import Path

import pymupdf
import pytest
from test_coming_and_going import client, exported, home_of, marks_of, own_marks, write

from desktop.annotations.exporting import to_pdf_marks
from desktop.annotations.importing import from_pdf
from desktop.pdf.annotations import DRAWN, PdfMark
from desktop.pdf.client import PdfClient

__all__ = ["client"]

_PYTHON = "/usr/bin/python3"  # poppler is asked through Debian's own bindings, which no package index has
_ASKING = """
import json, sys
try:
    import gi
    gi.require_version("Poppler", "0.18")
    from gi.repository import Poppler
except (ImportError, ValueError):
    sys.exit(3)
document, told = Poppler.Document.new_from_file("file://" + sys.argv[1], None), []
for number in range(document.get_n_pages()):
    page = document.get_page(number)
    _, height = page.get_size()
    for mapping in page.get_annot_mapping():
        annot, area = mapping.annot, mapping.area
        kind = annot.get_annot_type().value_nick
        # Of what is drawn its bindings tell no author, whoever wrote it.
        author = annot.get_label() or "" if isinstance(annot, Poppler.AnnotMarkup) else None
        box = [area.x1, height - area.y2, area.x2, height - area.y1]
        told.append([kind, number, box, author, annot.get_contents() or "", annot.get_name() or ""])
print(json.dumps(told))
"""
_KINDS = {
    "highlight": "Highlight", "underline": "Underline", "strike-out": "StrikeOut", "squiggly": "Squiggly",
    "text": "Text", "free-text": "FreeText", "line": "Line", "square": "Square", "circle": "Circle", "ink": "Ink",
}  # fmt: skip
Told = tuple[str, int, tuple[float, ...], str | None, str]


def by_poppler(path: Path) -> dict[str, Told]:
    if not Path(_PYTHON).exists():
        pytest.skip("poppler is asked through Debian's Python, which is not on this computer")
    done = subprocess.run([_PYTHON, "-c", _ASKING, str(path)], capture_output=True, text=True, timeout=180)
    if done.returncode == 3:
        pytest.skip("Debian's gir1.2-poppler-0.18 and python3-gi are not installed")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    return {
        name: (_KINDS[kind], page, tuple(box), author, words.replace("\r", "\n"))
        for kind, page, box, author, words, name in told
    }


def by_mupdf(path: Path) -> dict[str, Told]:
    told: dict[str, Told] = {}
    with pymupdf.open(path) as document:
        for page in document:
            for note in page.annots():
                words = note.info["content"].replace("\r", "\n")
                told[note.info["id"]] = (note.type[1], page.number, tuple(note.rect), note.info["title"], words)
    return told


@pytest.mark.parametrize("ask", [by_poppler, by_mupdf])
def test_what_we_export_has_the_same_kind_place_author_and_text_elsewhere(
    client: PdfClient, tmp_path: Path, ask: object
) -> None:
    source = write(tmp_path / "paper.pdf")
    marks = own_marks(home_of(client, source))
    copy = exported(client, source, marks, tmp_path / "copy.pdf")
    told: dict[str, Told] = ask(copy)  # type: ignore[operator]
    wanted = to_pdf_marks(marks, "Ann Lee")
    assert len(told) == len(wanted)
    for want in wanted:
        kind, page, box, author, words = told[want.name]
        assert (kind, page) == (want.kind, want.page)
        assert author == "Ann Lee" or (author is None and kind in DRAWN)
        assert words == want.words
        middle = _middle(want)
        assert box[0] - 1 <= middle[0] <= box[2] + 1, (kind, box, want.box)
        assert box[1] - 1 <= middle[1] <= box[3] + 1, (kind, box, want.box)


def test_what_others_wrote_is_taken_in_and_written_out_again_unharmed(
    client: PdfClient, corpus: Path, tmp_path: Path
) -> None:
    """Every annotated file of the corpus: theirs, our notes of them, and the copy made of those say the same."""
    through = 0
    for number, path in enumerate(sorted((corpus / "annotated").glob("0xabu*.pdf"))):
        home, theirs = home_of(client, path), marks_of(client, path)
        taken = from_pdf(theirs, home.text, home, set())
        again = exported(client, path, taken.marks, tmp_path / f"{number}.pdf")
        back = [mark for mark in marks_of(client, again) if mark.name.startswith("despatch-")]
        assert Counter(map(_said, back)) == Counter(map(_said, to_pdf_marks(taken.marks, "Ann Lee"))), path.name
        assert {mark.author for mark in back} <= {mark.author for mark in theirs} | {"Ann Lee"}
        assert {mark.words.strip() for mark in theirs} - {""} <= {mark.words.strip() for mark in back}, path.name
        unharmed = [mark for mark in marks_of(client, again) if not mark.name.startswith("despatch-")]
        assert Counter(map(_said, unharmed)) <= Counter(map(_said, theirs))
        through += len(back)
    assert through > 20


def _middle(mark: PdfMark) -> tuple[float, float]:
    boxes = mark.quads or [(x, y, x, y) for stroke in mark.strokes for x, y in stroke] or [mark.box]
    sides = list(zip(*boxes, strict=True))
    return (min(sides[0]) + max(sides[2])) / 2, (min(sides[1]) + max(sides[3])) / 2


def _said(mark: PdfMark) -> tuple[object, ...]:
    sides = [side for quad in mark.quads for side in quad]
    where = tuple(map(round, sides)) or tuple(round(side, -1) for side in mark.box[:2])
    return mark.kind, mark.page, mark.author, mark.words, where
