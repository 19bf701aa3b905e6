"""Contents found in real pages, set by a real engine and read by a real worker."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pymupdf
import pytest

from desktop.library.binding import stamps_of
from desktop.library.structuring import structured
from desktop.papers.headings import Heading
from desktop.papers.outline import Outline, outline_of
from desktop.papers.scholar import Scholar
from desktop.pdf.client import PdfClient
from desktop.pdf.protocol import Source

BODY, BOLD = "helv", "hebo"
PLAIN = "The committee considered the report and asked for a further account of the money that was spent."

Draw = Callable[[pymupdf.Page, int], None]


@pytest.fixture(scope="module")
def client() -> Iterator[PdfClient]:
    client = PdfClient("test")
    yield client
    client.shut_down()


@pytest.fixture(scope="module")
def scholar() -> Iterator[Scholar]:
    scholar = Scholar("test")
    yield scholar
    scholar.shut_down()


@pytest.fixture
def read(client: PdfClient, scholar: Scholar, tmp_path: Path) -> Callable[..., tuple[Outline, tuple]]:
    """Draws a paper, reads it as intake does, and gives what was found."""

    def read_it(pages: int, draw: Draw, toc: list[list[object]] | None = None) -> tuple[Outline, tuple]:
        document, path = pymupdf.open(), tmp_path / "paper.pdf"
        for number in range(pages):
            draw(document.new_page(width=595, height=842), number)
        if toc:
            document.set_toc(toc)
        document.save(path)
        facts = client.open(Source("paper", path)).result(30)
        found = structured(facts, client.texts("paper", 0, pages - 1).result(30), scholar).structure
        return Outline.from_text(found.outline), stamps_of(found)

    return read_it


def text(page: pymupdf.Page, top: float, count: int = 4) -> None:
    for line in range(count):
        page.insert_text((72, top + 14 * line), PLAIN, fontname=BODY, fontsize=10.5)


def report(page: pymupdf.Page, number: int) -> None:
    """A report as Word makes them: a running head, numbered bold headings, a table, a page number."""
    page.insert_text((72, 40), "Trust Board, 29 January 2026", fontname=BOLD, fontsize=10.5)
    page.insert_text((300, 815), f"Page {number + 1}", fontname=BOLD, fontsize=10.5)
    page.insert_text((72, 120), f"{number + 1}. Section about part {'ABCDE'[number]}", fontname=BOLD, fontsize=14)
    text(page, 150)
    page.insert_text((72, 240), f"{number + 1}.1 The money in part {'ABCDE'[number]}", fontname=BOLD, fontsize=11)
    text(page, 262)
    page.insert_text((72, 400), "Measure", fontname=BOLD, fontsize=10.5)
    page.insert_text((220, 400), "Target", fontname=BOLD, fontsize=10.5)
    page.insert_text((72, 416), "Waiting", fontname=BOLD, fontsize=10.5)
    page.insert_text((220, 416), "18 weeks", fontname=BODY, fontsize=10.5)


def test_headings_are_told_from_running_heads_tables_and_text(read: Callable[..., tuple[Outline, tuple]]) -> None:
    outline, stamps = read(4, report)
    assert outline.found
    assert [(each.level, each.title, each.page) for each in outline.entries] == [
        entry
        for page, part in enumerate("ABCD")
        for entry in (
            (1, f"{page + 1}. Section about part {part}", page),
            (2, f"{page + 1}.1 The money in part {part}", page),
        )
    ]
    first = outline.entries[0]
    assert (first.x0, first.x1) == (pytest.approx(72, abs=2), pytest.approx(236, abs=12))
    assert 100 < first.y0 < 120 < first.y1 < 130
    assert stamps == ((1, 2, 3, 4),)


def test_a_paper_without_headings_gets_no_contents(read: Callable[..., tuple[Outline, tuple]]) -> None:
    outline, _ = read(3, lambda page, _number: text(page, 120, 20))
    assert outline == Outline((), found=True)


def test_a_paper_all_in_bold_gets_no_contents(read: Callable[..., tuple[Outline, tuple]]) -> None:
    def draw(page: pymupdf.Page, number: int) -> None:
        for line in range(20):
            words = f"What stands in line {line} of page {number}"
            page.insert_text((72, 120 + 30 * line), words, fontname=BOLD, fontsize=11)

    assert read(3, draw)[0].entries == ()


def test_a_number_set_apart_and_a_heading_of_two_lines(read: Callable[..., tuple[Outline, tuple]]) -> None:
    def draw(page: pymupdf.Page, number: int) -> None:
        page.insert_text((72, 120), f"{number + 1}.", fontname=BOLD, fontsize=12)
        words = f"A title that goes on {'here' if number else 'there'}"
        page.insert_text((100, 120), words, fontname=BOLD, fontsize=12)
        page.insert_text((100, 135), "in its second line", fontname=BOLD, fontsize=12)
        text(page, 170, 12)

    assert [each.title for each in read(2, draw)[0].entries] == [
        "1. A title that goes on there in its second line",
        "2. A title that goes on here in its second line",
    ]


def test_the_outline_of_the_file_goes_before_and_is_placed_by_the_headings(
    read: Callable[..., tuple[Outline, tuple]],
) -> None:
    outline, _ = read(2, report, [[1, "1. Section about part A", 1], [1, "Not on the page", 2], [1, "_hidden", 2]])
    assert not outline.found
    first, second = outline.entries
    assert (first.title, first.level, first.page) == ("1. Section about part A", 1, 0)
    assert 100 < first.y0 < 120
    assert second == Heading(1, "Not on the page", 1)


def test_an_outline_of_one_entry_is_none() -> None:
    headings = [Heading(1, "One", 0), Heading(1, "Two", 3)]
    assert outline_of([(1, "report.docx", 0)], headings) == Outline(tuple(headings), found=True)


# ---- stamps


def test_a_stamp_beside_the_papers_own_number(read: Callable[..., tuple[Outline, tuple]]) -> None:
    def draw(page: pymupdf.Page, number: int) -> None:
        text(page, 120)
        page.insert_text((500, 815), f"Page {number + 1}", fontname=BODY, fontsize=9)
        if number != 3:
            page.insert_text((290, 830), str(number + 13), fontname=BODY, fontsize=9)

    _, stamps = read(8, draw)
    assert set(stamps) == {tuple(range(1, 9)), tuple(range(13, 21))}  # the one on the fourth page is between its like


def test_a_stamp_that_skips_is_followed_and_where_it_is_unclear_nothing_is_said(
    read: Callable[..., tuple[Outline, tuple]],
) -> None:
    numbers = [20, 21, 22, 23, None, 26, 27, 28, 29, 30]

    def draw(page: pymupdf.Page, number: int) -> None:
        text(page, 120)
        # On the outer side, as in a pack that is bound: left on even pages, right on odd ones.
        if numbers[number]:
            page.insert_text((40 if number % 2 else 540, 830), str(numbers[number]), fontname=BODY, fontsize=9)

    assert tuple(numbers) in read(10, draw)[1]


def test_numbers_that_do_not_count_are_no_stamps(read: Callable[..., tuple[Outline, tuple]]) -> None:
    def draw(page: pymupdf.Page, number: int) -> None:
        text(page, 120)
        page.insert_text((290, 830), str((7, 3, 9, 1, 4, 8)[number]), fontname=BODY, fontsize=9)
        page.insert_text((72, 30), "29 January 2026", fontname=BODY, fontsize=9)

    assert read(6, draw)[1] == ()
