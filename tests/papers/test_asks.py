"""What papers ask of a board, read from their front sheets."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.papers.asks import LOOK_IN, asked_of
from desktop.pdf.client import PdfClient
from desktop.pdf.protocol import Source
from desktop.pdf.words import unpack


@pytest.fixture(scope="module")
def client() -> Iterator[PdfClient]:
    client = PdfClient("asks")
    yield client
    client.shut_down()


def points(client: PdfClient, path: Path) -> tuple[str, ...]:
    facts = client.open(Source(str(path), path)).result(30)
    texts = client.texts(str(path), 0, min(LOOK_IN, len(facts.pages)) - 1).result(60)
    asks = asked_of([unpack(text.words) for text in texts], facts.pages[0].height)
    return asks.points if asks else ()


@pytest.mark.parametrize(
    ("html", "asked"),
    [
        (
            "<p>The Board is asked to:</p><ol><li>approve the case</li><li>note the risks.</li></ol><p>Summary</p>",
            ("approve the case", "note the risks"),
        ),
        ("<p>Members are asked to note the report. It is long.</p>", ("note the report",)),
        ("<p>The Committee is recommended to approve a plan of £4.6m.</p>", ("approve a plan of £4.6m",)),
        ("<p>The University has been asked to nominate. The Board was asked to wait.</p>", ()),
        ("<p>The Board is asked to:</p><p>And then nothing follows.</p>", ()),
    ],
)
def test_the_usual_words(client: PdfClient, tmp_path: Path, html: str, asked: tuple[str, ...]) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(client.typeset(f"<h1>Report</h1>{html}").result(30))
    assert points(client, path) == asked


def test_a_real_report_says_what_it_asks(client: PdfClient, corpus: Path) -> None:
    found = [points(client, path) for path in sorted((corpus / "nhs-group-board-2026-01-29").rglob("*.pdf"))]
    assert any(found)
    assert all(0 < len(point) <= 402 for each in found for point in each)
