"""Notes out and in again: what annotated copies, tables and files of Web Annotations hold, and what comes of them."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest
from notes_making import CASE, FINANCE, PACK, make_book, mark

from desktop.annotations.anchor import Anchor
from desktop.annotations.entries import Annotation, Asking, Origin
from desktop.annotations.exporting import listed, to_csv, to_jsonld, to_markdown, to_pdf_marks
from desktop.annotations.importing import Home, Taken, from_pdf, is_same, names_of
from desktop.annotations.shapes import Shape, boxed
from desktop.annotations.sheet import is_question
from desktop.annotations.text import PaperText, VersionPage, spelled
from desktop.annotations.web_import import from_jsonld
from desktop.errors import KnownError
from desktop.pdf.annotations import PdfMark
from desktop.pdf.client import PdfClient
from desktop.pdf.protocol import Source

VERSION = "c" * 64
INK = Shape((((72.0, 100.0, 1.0), (90.0, 110.5, 1.0)), ((200.0, 300.0, 1.0), (210.0, 310.0, 1.0))))
LINES = [
    f"Line {n} of page {{page}} says that the cash position of ward {{page}}{n:02d} "
    f"was better than in month {{page}}{n:02d}."
    for n in range(1, 25)
]


@pytest.fixture(scope="module")
def client() -> Iterator[PdfClient]:
    client = PdfClient("exchange")
    yield client
    client.shut_down()


def write(path: Path, pages: int = 3, lines: Sequence[str] = LINES, rotation: int = 0) -> Path:
    with pymupdf.open() as document:
        for number in range(1, pages + 1):
            page = document.new_page(width=595, height=842)
            for place, line in enumerate(lines):
                page.insert_text((72, 90 + 24 * place), line.format(page=number), fontsize=11)
            page.set_rotation(rotation)
        document.save(path)
    return path


def text_of(client: PdfClient, path: Path) -> PaperText:
    facts = client.open(Source(str(path), path)).result(30)
    texts = client.texts(str(path), 0, len(facts.pages) - 1).result(60)
    return PaperText([VersionPage(text.words, size.height) for text, size in zip(texts, facts.pages, strict=True)])


def home_of(client: PdfClient, path: Path, paper: str = FINANCE, version: str = VERSION) -> Home:
    text = text_of(client, path)
    return Home(PACK, paper, version, tuple(str(41 + n) for n in range(text.pages)), text)


def on(home: Home, words: str, number: int, kind: str, **more: object) -> Annotation:
    """A mark on words of the paper, with the strips they stand in."""
    first, end = home.text.find("".join(spelled(words)))[0]
    anchor = replace(home.text.anchor(Anchor("", "", 0, ""), FINANCE, VERSION, first, end), label="41")
    anchor = replace(anchor, label=home.labels[anchor.page])
    made = f"2026-01-2{number % 10}T10:00:00.000000Z"
    colour = ("question", "risk", "action", "agree", "challenge")[number % 5]
    return Annotation(f"{number:016x}", PACK, anchor, kind, colour, "", made, made, **more)  # type: ignore[arg-type]


def own_marks(home: Home) -> list[Annotation]:
    across = "was better than in month 124. Line 1 of page 2"
    drawn = [("rectangle", boxed((50, 60), (150, 160))), ("ellipse", boxed((60, 70), (150, 160)))]
    drawn += [("line", boxed((50, 60), (150, 20))), ("arrow", boxed((250, 60), (150, 160)))]
    drawn += [("text", boxed((300, 300), (420, 340))), ("note", Shape((((200.0, 300.0, 1.0),),)))]
    drawn += [("ink", replace(INK, width=3.0))]
    marks = [
        on(home, "cash position of ward 102", 0, "highlight"),
        on(home, "cash position of ward 103", 1, "underline"),
        on(home, "cash position of ward 104", 2, "strike out"),
        on(home, "cash position of ward 105", 3, "squiggly line"),
        replace(on(home, "better than in month 107", 4, "note"), words="Why?\nAnd who agreed – “really”?"),
        replace(on(home, "better than in month 108", 5, "question", asking=Asking()), words="Who?"),
        on(home, across, 6, "highlight"),
        replace(mark(7, FINANCE, 1, "note", "On the whole page"), colour="agree"),
    ]
    marks += [
        mark(8 + n, FINANCE, 2, kind, "Words" if kind in ("text", "note") else "", shape=shape, colour="action")
        for n, (kind, shape) in enumerate(drawn)
    ]
    return marks


def exported(client: PdfClient, source: Path, marks: Sequence[Annotation], to: Path) -> Path:
    to.write_bytes(client.annotated(str(source), to_pdf_marks(marks, "Ann Lee")).result(30))
    return to


def marks_of(client: PdfClient, path: Path) -> list[PdfMark]:
    facts = client.open(Source(str(path), path)).result(30)
    return [mark for page in range(len(facts.pages)) for mark in client.marks(str(path), page).result(30)]


def plain(mark: Annotation, exact: bool = True) -> tuple[object, ...]:
    """What a mark is, whatever it is called and whoever made it."""
    quads = [tuple(round(side, 1) for side in (q.page, q.x0, q.y0, q.x1, q.y1)) for q in mark.anchor.quads]
    shape = mark.shape.as_fields() if mark.shape else None
    words = mark.anchor.exact if exact else ""
    place = (mark.anchor.paper_id, mark.anchor.sha256, mark.anchor.page, mark.anchor.label, quads, words)
    return mark.kind, mark.colour, mark.words, mark.created, mark.changed, place, shape


@pytest.mark.parametrize("rotation", [0, 90])
def test_an_annotated_copy_comes_back_as_the_same_notes(client: PdfClient, tmp_path: Path, rotation: int) -> None:
    source = write(tmp_path / "paper.pdf", rotation=rotation)
    before = source.read_bytes()
    home = home_of(client, source)
    marks = own_marks(home)
    copy = exported(client, source, marks, tmp_path / "copy.pdf")
    assert source.read_bytes() == before
    taken = from_pdf(marks_of(client, copy), text_of(client, copy), home, set())
    page_note = marks[7]
    exact = rotation == 0  # strips of lines that run upwards take in the whole line
    assert [plain(each, exact) for each in taken.marks if each.words != page_note.words] == [
        plain(each, exact) for each in marks if each is not page_note
    ]
    assert next(each.anchor.page for each in taken.marks if each.words == page_note.words) == 1
    assert {each.origin.author for each in taken.marks if each.origin} == {"Ann Lee"}
    assert (taken.loose, taken.known, taken.empty) == (0, 0, 0)


def test_the_same_import_twice_adds_nothing(client: PdfClient, tmp_path: Path) -> None:
    source = write(tmp_path / "paper.pdf")
    home = home_of(client, source)
    copy = exported(client, source, own_marks(home), tmp_path / "copy.pdf")
    told, text = marks_of(client, copy), text_of(client, copy)
    once = from_pdf(told, text, home, set())
    again = from_pdf(told, text, home, names_of(once.marks))
    assert (len(once.marks), again.marks, again.known) == (15, (), 15)
    assert from_pdf(told, text, home, names_of(own_marks(home))).marks == ()


def test_other_readers_see_kind_author_date_colour_and_words(client: PdfClient, tmp_path: Path) -> None:
    source = write(tmp_path / "paper.pdf")
    marks = own_marks(home_of(client, source))
    theirs = replace(marks[1], origin=Origin("Bo Hall", "pdf:1"))
    copy = exported(client, source, [*marks[:1], theirs, *marks[2:]], tmp_path / "copy.pdf")
    told: dict[str, tuple[str, dict[str, str], list[float]]] = {}
    with pymupdf.open(copy) as document:
        for page in document:
            told |= {note.info["id"]: (note.type[1], note.info, note.colors["stroke"]) for note in page.annots()}
    kind, info, colour = told["despatch-" + marks[4].id]
    assert (kind, info["title"], info["creationDate"]) == ("Highlight", "Ann Lee", "D:20260124100000Z")
    assert (info["content"], info["subject"]) == (marks[4].words, "Note")
    assert [round(part, 2) for part in colour] == [0.86, 0.77, 0.98]
    assert told["despatch-" + marks[1].id][1]["title"] == "Bo Hall"
    assert sorted({kind for kind, _, _ in told.values()}) == [
        "Circle", "FreeText", "Highlight", "Ink", "Line", "Square", "Squiggly", "StrikeOut", "Text", "Underline",
    ]  # fmt: skip
    with pymupdf.open(source) as before, pymupdf.open(copy) as after:
        assert before[0].get_pixmap().samples != after[0].get_pixmap().samples


def test_another_paper_is_known_for_what_it_is(client: PdfClient, tmp_path: Path) -> None:
    own = text_of(client, write(tmp_path / "own.pdf"))
    other = [line.replace("cash", "waiting").replace("better", "worse").replace("month", "week") for line in LINES]
    assert is_same(text_of(client, write(tmp_path / "again.pdf")), own)
    assert not is_same(text_of(client, write(tmp_path / "other.pdf", lines=other)), own)
    assert not is_same(text_of(client, write(tmp_path / "shorter.pdf", pages=2)), own)
    assert not is_same(text_of(client, write(tmp_path / "scan.pdf", lines=[])), text_of(client, tmp_path / "scan.pdf"))


def test_words_that_stand_elsewhere_are_found_and_those_that_are_gone_keep_their_note(
    client: PdfClient, tmp_path: Path
) -> None:
    old = write(tmp_path / "old.pdf")
    marks = [on(home_of(client, old), "ward 102 was better", 0, "highlight")]
    marks += [replace(on(home_of(client, old), "ward 124 was better than in month 124", 1, "note"), words="Hm")]
    copy = exported(client, old, marks, tmp_path / "copy.pdf")
    new = home_of(client, write(tmp_path / "new.pdf", lines=["A new line comes before all others here.", *LINES[:-1]]))
    taken = from_pdf(marks_of(client, copy), text_of(client, copy), new, set())
    moved, lost = taken.marks
    assert moved.anchor.exact == "ward 102 was better"
    assert moved.anchor.quads[0].y0 - marks[0].anchor.quads[0].y0 == pytest.approx(24, abs=1)
    assert (taken.loose, lost.kind, lost.anchor.quads) == (1, "note", ())
    assert lost.words == "Hm\n“ward 124 was better than in month 124.”"


def test_yellow_of_another_program_asks_nothing(client: PdfClient, tmp_path: Path) -> None:
    home = home_of(client, write(tmp_path / "paper.pdf"))
    told = PdfMark("Highlight", 0, (72, 80, 200, 92), ((72, 80, 200, 92),), colour=(1, 1, 0), author="Bo", name="x")
    (taken,) = from_pdf([told], home.text, home, set()).marks
    assert (taken.colour, is_question(taken)) == ("question", False)


def every_row(home: Home) -> list[Annotation]:
    asking = Asking("13", 'the Director, "Finance"', True, "In March")
    marks = own_marks(home)
    return [*marks[:5], replace(marks[5], asking=asking), *marks[6:]]


def test_web_annotations_come_back_as_the_same_notes(client: PdfClient, tmp_path: Path) -> None:
    home = home_of(client, write(tmp_path / "paper.pdf"))
    marks = every_row(home)
    data = to_jsonld(listed(make_book(), marks), "Ann Lee").encode()
    taken = from_jsonld(data, {VERSION: home}.get, set())
    by_source = {each.origin.source: each for each in taken.marks if each.origin}
    assert len(taken.marks) == len(marks)
    for each in marks:
        back = by_source[each.id]
        assert replace(back, id=each.id, origin=None) == each
    assert from_jsonld(data, {VERSION: home}.get, names_of(taken.marks)) == Taken(known=len(marks))


def test_web_annotations_say_what_the_standard_asks(client: PdfClient, tmp_path: Path) -> None:
    home = home_of(client, write(tmp_path / "paper.pdf"))
    told = json.loads(to_jsonld(listed(make_book(), [every_row(home)[5]]), "Ann Lee"))
    (item,) = told["items"]
    assert told["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert (item["type"], item["motivation"], item["creator"]["name"]) == ("Annotation", "questioning", "Ann Lee")
    assert item["body"]["value"] == "Who?"
    page, quote = item["target"]["selector"]
    assert page["value"].startswith("page=1&viewrect=")
    assert quote["exact"] == "better than in month 108."
    assert quote["prefix"].endswith("was")
    assert item["created"] == "2026-01-25T10:00:00.000000Z"


def test_web_annotations_of_other_programs_are_placed_by_their_words(client: PdfClient, tmp_path: Path) -> None:
    home = home_of(client, write(tmp_path / "paper.pdf"))
    quote = {"type": "TextQuoteSelector", "exact": "position of ward 110", "prefix": "that the cash", "suffix": "was"}
    place = {"type": "FragmentSelector", "value": "page=1"}
    entry = {
        "@context": "http://www.w3.org/ns/anno.jsonld", "id": "https://example.org/1", "type": "Annotation",
        "body": {"type": "TextualBody", "value": "Theirs"}, "created": "2026-01-20T10:00:00+01:00",
        "target": {"source": f"urn:sha256:{VERSION}", "selector": [place, quote]}, "creator": "Bo Hall",
    }  # fmt: skip
    (taken,) = from_jsonld(json.dumps(entry).encode(), {VERSION: home}.get, set()).marks
    assert (taken.kind, taken.words, taken.created) == ("note", "Theirs", "2026-01-20T09:00:00.000000Z")
    assert taken.origin is not None
    assert taken.origin.author == "Bo Hall"
    assert len(taken.anchor.quads) == 1
    other = from_jsonld(json.dumps(entry).encode(), {}.get, set())
    assert (other.marks, other.elsewhere) == ((), 1)


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b"\xff", b'{"type": "Annotation"}', b'{"items": 3}'])
def test_what_is_no_file_of_notes_is_said(data: bytes) -> None:
    with pytest.raises(KnownError, match="no notes that Despatch can read"):
        from_jsonld(data, {}.get, set())


def test_the_table_is_in_the_order_of_the_book_and_starts_no_formula() -> None:
    marks = [mark(1, CASE, 1, "note", "=1+1"), mark(2, FINANCE, 0, "highlight", exact="cash, and\nmore")]
    rows = list(csv.DictReader(io.StringIO(to_csv(listed(make_book(), marks), "Ann Lee"))))
    told = [(row["Item"], row["Page"], row["Author"]) for row in rows]
    assert told == [("10", "41", "Ann Lee"), ("13", "45", "Ann Lee")]
    assert (rows[0]["Passage"], rows[1]["Note"]) == ("cash, and\nmore", "'=1+1")


def test_markdown_names_paper_page_passage_and_author() -> None:
    theirs = replace(mark(1, FINANCE, 2, "note", "Why *now*?", "cash"), origin=Origin("Bo Hall", "x"))
    text = to_markdown(listed(make_book(), [theirs, mark(2, CASE, 0, "note", "Later")], FINANCE), "Notes")
    assert text == (
        "# Notes\n\n## 10\u2002Finance report: Month 9\n\n"
        "- **Note** (risk), page 43, by Bo Hall  \n  Why \\*now\\*?  \n  > cash\n"
    )


def test_marks_of_other_readers_keep_author_date_and_words(client: PdfClient, corpus: Path) -> None:
    """Every annotated file of the corpus, taken into the paper it is a copy of."""
    authors, kinds = set(), set()
    for path in sorted((corpus / "annotated").glob("0xabu*.pdf")):
        home = home_of(client, path)
        told = marks_of(client, path)
        taken = from_pdf(told, home.text, home, set())
        assert len(taken.marks) + taken.empty == len(told)
        assert taken.loose == 0
        for each in taken.marks:
            kinds.add(each.kind)
            authors.add(each.origin.author if each.origin else "")
            assert each.anchor.exact or each.shape or each.anchor.quads, path.name
        assert from_pdf(told, home.text, home, names_of(taken.marks)).marks == ()
    assert {"Suyash Mahar", "joel", "Andrew Baumann", "Mobile User", "A. Jesse Jiryu Davis"} <= authors
    assert {"highlight", "underline", "strike out", "squiggly line", "note", "text", "rectangle"} <= kinds
