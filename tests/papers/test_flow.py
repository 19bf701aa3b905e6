"""A page as running text: what is said, in which order, and what is a heading, a list or a table."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.papers.flow import Part, Shape, flow, say
from desktop.papers.headings import Heading, find_headings
from desktop.papers.lines import printed_page
from desktop.papers.sentences import sentences
from desktop.papers.tables import drawn_tables
from desktop.pdf.client import PdfClient
from desktop.pdf.protocol import Source
from desktop.pdf.words import Word, unpack

PAGE = """
<p class="above">Trust Board, 29 January 2026</p>
<h2>1. Income and expenditure</h2>
<p>Income was above plan. Pay was over it, as Dr. Smith said; see p. 4 for more.</p>
<ul><li>first point</li><li>second point</li></ul>
<table class="grid"><tr><th><p>Line</p></th><th><p>Plan</p></th></tr>
<tr><td><p>Pay costs</p></td><td><p>361.0</p></td></tr>
<tr><td><p>Income</p></td><td><p>556.1</p></td></tr></table>
<p>After the table.</p>
"""
CSS = "table.grid td, table.grid th { border: 1px solid black; padding: 4px } h2 { font-size: 18pt }"


@pytest.fixture(scope="module")
def client() -> Iterator[PdfClient]:
    client = PdfClient("flow")
    yield client
    client.shut_down()


def parts_of(client: PdfClient, path: Path, page: int = 0) -> tuple[list[Word], list[Part]]:
    facts = client.open(Source(str(path), path)).result(30)
    texts = client.texts(str(path), 0, len(facts.pages) - 1).result(60)
    printed = [printed_page(text, size.width, size.height) for text, size in zip(texts, facts.pages, strict=True)]
    words = [unpack(text.words) for text in texts]
    tables = {page: drawn_tables(words[page], texts[page].rules)}
    return words[page], flow(words, facts.pages[0].height, find_headings(printed), tables)[page]


def said(words: list[Word], parts: list[Part]) -> list[tuple[str, object]]:
    return [
        (
            part.shape.value,
            [[say(words, cell) for cell in row] for row in part.rows] if part.rows else say(words, part.words),
        )
        for part in parts
    ]


def test_a_typeset_page_reads_as_it_was_written(client: PdfClient, tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(client.typeset(PAGE + "<h2>2. The year so far</h2><p>Nothing more.</p>", CSS).result(30))
    found = said(*parts_of(client, path))
    assert ("heading", "1. Income and expenditure") in found
    assert ("table", [["Line", "Plan"], ["Pay costs", "361.0"], ["Income", "556.1"]]) in found
    items = [words for shape, words in found if shape == "list item"]
    assert [str(words).split(" ", 1)[1] for words in items] == ["first point", "second point"]
    order = [shape for shape, _ in found]
    assert order.index("table") < order.index("paragraph", order.index("table"))


def test_every_word_of_a_page_is_said_once(client: PdfClient, tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(client.typeset(PAGE, CSS).result(30))
    words, parts = parts_of(client, path)
    told = [number for part in parts for number in (*part.words, *(n for row in part.rows for c in row for n in c))]
    assert sorted(told) == list(range(len(words)))


def word(text: str, x: float, y: float, block: int, line: int = 0) -> Word:
    return Word(x, y, x + 6 * len(text), y + 10, text, block, line)


def test_running_heads_are_left_out() -> None:
    pages = [
        [word("Trust", 50, 20, 0), word(str(number), 90, 20, 0), word(f"Body{number}", 50, 300, 1)]
        for number in range(4)
    ]
    assert [
        [say(words, part.words) for part in parts] for words, parts in zip(pages, flow(pages, 842), strict=True)
    ] == [[f"Body{number}"] for number in range(4)]


def test_a_bullet_set_apart_goes_to_its_line() -> None:
    words = [word("•", 50, 100, 0), word("•", 50, 120, 1), word("one", 70, 100, 2), word("two", 70, 120, 3)]
    (parts,) = flow([words], 842)
    assert [(part.shape, say(words, part.words)) for part in parts] == [(Shape.ITEM, "• one"), (Shape.ITEM, "• two")]


def test_a_word_broken_at_its_lines_end_is_whole() -> None:
    words = [word("infor-", 50, 100, 0, 0), word("mation", 50, 112, 0, 1), word("flows", 100, 112, 0, 1)]
    (parts,) = flow([words], 842)
    assert say(words, parts[0].words) == "information flows"


def test_a_heading_ends_the_paragraph_before_it() -> None:
    words = [word("plain", 50, 100, 0, 0), word("Heading", 50, 112, 0, 1), word("more", 50, 124, 0, 2)]
    (parts,) = flow([words], 842, [Heading(2, "Heading", 0, 50, 112, 100, 122)])
    assert [(part.shape.value, part.level) for part in parts] == [("paragraph", 0), ("heading", 2), ("paragraph", 0)]


def test_a_page_without_words_has_no_parts() -> None:
    assert flow([[]], 842) == [[]]


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("It is so. It was not.", ["It is so.", "It was not."]),
        ("Dr. Smith agreed, i.e. said yes.", ["Dr. Smith agreed, i.e. said yes."]),
        ("See p. 4 and no. 12. Then stop!", ["See p. 4 and no. 12. Then stop!"]),
        ("Costs rose by 3.5 per cent. Why?", ["Costs rose by 3.5 per cent.", "Why?"]),
        ('"It is late." He left.', ['"It is late."', "He left."]),
        ("no end at all", ["no end at all"]),
    ],
)
def test_sentences_end_where_a_reader_pauses(text: str, spoken: list[str]) -> None:
    words = [word(each, 50, 100, 0) for each in text.split()]
    part = Part(Shape.PARAGRAPH, 0, tuple(range(len(words))))
    assert [say(words, sentence) for sentence in sentences(words, part)] == spoken


def test_a_table_is_said_cell_by_cell() -> None:
    words = [word("Pay", 50, 100, 0), word("costs", 80, 100, 0), word("361", 200, 100, 1)]
    part = Part(Shape.TABLE, 0, rows=(((0, 1), (2,)), ((), ())))
    assert [say(words, cell) for cell in sentences(words, part)] == ["Pay costs", "361"]


def test_the_assurance_framework_at_hand_is_told_cell_by_cell(client: PdfClient, corpus: Path) -> None:
    pack = corpus / "nhs-group-board-2026-01-29" / "06-board-assurance-framework-pack.pdf"
    found = said(*parts_of(client, pack, 1))
    (first, *_) = [rows for shape, rows in found if shape == "table"]
    assert isinstance(first, list)
    assert first[0] == ["BAF No.", "Risk Title", "Score"]
    assert {row[0]: row[2] for row in first if row[0].startswith("GROUP")} == {
        "GROUP BAF 1": "16", "GROUP BAF 2": "8", "GROUP BAF 3": "12", "GROUP BAF 4": "12", "GROUP BAF 5": "12",
    }  # fmt: skip
