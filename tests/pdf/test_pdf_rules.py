"""What is drawn round tables comes along with a page's words, and never changes them."""

from collections.abc import Callable
from pathlib import Path

import pymupdf
import pytest

from desktop.pdf import rules
from desktop.pdf.client import PdfClient
from desktop.pdf.protocol import PageText, Source

Read = Callable[[Callable[[pymupdf.Page], None]], PageText]


@pytest.fixture
def read(client: PdfClient, tmp_path: Path) -> Read:
    """Draws a page and reads it."""

    def read_it(draw: Callable[[pymupdf.Page], None]) -> PageText:
        document = pymupdf.open()
        draw(document.new_page())
        document.save(tmp_path / "page.pdf")
        client.open(Source("page", tmp_path / "page.pdf")).result(30)
        return client.texts("page", 0, 0).result(30)[0]

    return read_it


def table(page: pymupdf.Page) -> None:
    for row in range(4):
        for column in range(3):
            page.insert_text((75 + 120 * column, 112 + 20 * row), f"cell {row}{column}", fontsize=10)
    for row in range(5):
        page.draw_line((70, 98 + 20 * row), (430, 98 + 20 * row), width=0.5)
    page.draw_rect((70, 98, 430, 118), color=None, fill=(0.8, 0.9, 1))


def test_a_page_with_cells_side_by_side_brings_what_is_drawn_round_them(read: Read) -> None:
    drawn = rules.read(read(table).rules)
    level = [rule for rule in drawn if rule[3] - rule[1] < 2]
    assert sorted(round(rule[1]) for rule in level) == [98, 118, 138, 158, 178]
    assert all(rule[0] == pytest.approx(70, abs=1) and rule[2] == pytest.approx(430, abs=1) for rule in level)
    assert any(rule[3] - rule[1] == pytest.approx(20, abs=1) for rule in drawn), "the shade of its head"


def test_running_text_brings_none_however_much_is_drawn(read: Read) -> None:
    def prose(page: pymupdf.Page) -> None:
        page.draw_rect((50, 50, 500, 700))
        said = "It was the best of times, it was the worst of times. " * 30
        page.insert_textbox((60, 60, 490, 690), said, fontsize=11)

    assert read(prose).rules == b""


def test_a_drawing_of_thousands_of_strokes_is_no_table(read: Read) -> None:
    def map_of_the_county(page: pymupdf.Page) -> None:
        table(page)
        shape = page.new_shape()
        for number in range(rules.MOST + 10):
            shape.draw_line((number % 500, 300), (number % 500 + 3, 310 + number % 70))
            shape.finish(width=0.3)
        shape.commit()

    assert read(map_of_the_county).rules == b""


def test_rules_from_a_worker_taken_over_are_refused() -> None:
    kept = ((1.0, 2.0, 3.0, 4.0), (0.0, 0.5, 100.0, 0.5))
    assert rules.read(rules.lay(kept)) == kept
    assert rules.read(b"") == ()
    for data in (b"12345", rules.lay([(float("nan"), 0, 1, 1)]), rules.lay(kept) * rules.MOST):
        with pytest.raises(ValueError, match="rule"):
            rules.read(data)
