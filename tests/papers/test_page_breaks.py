"""Mentions whose words begin on one page and end on the next, drawn by a real engine and read by a real worker."""

from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest

from desktop.papers.mention import Mention
from desktop.papers.mentions import find_mentions
from desktop.papers.paper_text import PaperText
from desktop.pdf.client import PdfClient
from desktop.pdf.protocol import Source

FULL = "The Board heard how the service went on as before, and what became of the plan"


@pytest.fixture(scope="module")
def client() -> Iterator[PdfClient]:
    client = PdfClient("test")
    yield client
    client.shut_down()


def found(client: PdfClient, folder: Path, *pages: list[str]) -> list[Mention]:
    """The mentions of a paper of these lines, page by page."""
    path = folder / "paper.pdf"
    with pymupdf.open() as document:
        for lines in pages:
            page = document.new_page(width=595, height=842)
            for number, line in enumerate(lines):
                page.insert_text((72, 140 + 16 * number), line, fontsize=12)
        document.save(path)
    facts = client.open(Source(str(path), path, "")).result(30)
    texts = client.texts(str(path), 0, len(pages) - 1).result(30)
    return find_mentions(PaperText.of(texts, facts.pages), ())


def test_a_mention_over_the_break_is_found_where_it_begins(client: PdfClient, tmp_path: Path) -> None:
    first = [FULL, "It was agreed that this be brought back to the meeting, as it says in Minute"]
    (mention,) = found(client, tmp_path, first, ["10 refers, and that the rest be left as it was.", FULL])
    assert (mention.kind.value, mention.ref, mention.text) == ("minute", "10", "Minute 10")
    assert mention.place.page == 0
    (box,) = mention.place.boxes
    assert box[0] > 300  # the word at the end of the line, and nothing of the next page
    assert "refers" in mention.fact("context")


def test_a_range_that_goes_on_is_one(client: PdfClient, tmp_path: Path) -> None:
    first = [FULL, "It is all set out with every number that was asked for on pages 12 to"]
    (mention,) = found(client, tmp_path, first, ["15 of this pack, and nothing was left out of it."])
    assert (mention.ref, mention.fact("to"), mention.place.page) == ("12", "15", 0)


def test_what_it_is_in_may_stand_on_the_next_page(client: PdfClient, tmp_path: Path) -> None:
    first = [FULL, "The Board asked how the money was spent, and was led to look at table 5"]
    (mention,) = found(client, tmp_path, first, ["of the finance report, where all of it is said.", FULL])
    assert (mention.ref, mention.fact("paper"), mention.place.page) == ("5", "the finance report", 0)


@pytest.mark.parametrize(
    ("last", "first"),
    [
        ("The Board heard how the service went on and that all was as it says in the minute.", "10 refers to it."),
        ("See Minute", "10 people came to it."),  # a short line is the last of its paragraph
        ("The Board heard how the service went on as before, and it was a matter of Minute", "(a) refers to it."),
    ],
)
def test_pages_that_do_not_run_on_make_no_mention(client: PdfClient, tmp_path: Path, last: str, first: str) -> None:
    assert found(client, tmp_path, [FULL, last], [first, FULL]) == []
