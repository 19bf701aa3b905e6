"""Selecting words: carets, lines, columns, pages; text, strips and anchors."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from desktop.packs.book import Book, BookPage, BookPaper
from desktop.packs.pack import Body, Meeting, Pack, Session
from desktop.pdf.words import Word
from desktop.reader.lines import TextPage
from desktop.reader.moving import Step, moved
from desktop.reader.selection import (
    Caret,
    Selection,
    anchor_of,
    boxes_on,
    line_at,
    text_of,
    word_at,
)

WIDTH = 6.0  # of a letter; lines are 12 apart and 10 high


def page(*lines: str, left: float = 50, top: float = 100, block: int = 0) -> list[Word]:
    """Lines of one block as words; "" is an empty line."""
    words = []
    for number, line in enumerate(lines):
        x = left
        for text in line.split():
            words.append(Word(x, top + 12 * number, x + WIDTH * len(text), top + 12 * number + 10, text, block, number))
            x += WIDTH * (len(text) + 1)
    return words


def book(*counts: int) -> Book:
    """Papers a, b, … with so many pages each."""
    body = Body("0" * 16, "Board", "Trust")
    meeting = Meeting(date(2026, 1, 29), "13:30", "Room", Session.PUBLIC)
    papers, pages, first = [], [], 0
    for number, count in enumerate(counts):
        name = "abcdef"[number]
        paper = BookPaper(name, "1", f"Paper {name}", f"sha-{name}", Path("x"), "", first, count)
        papers.append(paper)
        pages += [BookPage(paper, index, 595, 842, str(first + index + 1)) for index in range(count)]
        first += count
    pack = Pack("1" * 16, body, meeting, "Pack", 1, datetime(2026, 1, 20, tzinfo=UTC), "", (), ())
    return Book(pack, tuple(papers), tuple(pages))


PROSE = TextPage(page("The Board is asked to note", "the assurance given in the re-", "port and the risks."))


def select(first: int, end: int, on: int = 0) -> Selection:
    return Selection(Caret(on, first), Caret(on, end))


def test_a_caret_falls_before_or_behind_the_middle_of_a_word() -> None:
    board = PROSE.words[1]
    assert PROSE.caret_at(board.x0 + 2, board.y0 + 5) == 1
    assert PROSE.caret_at(board.x1 - 2, board.y0 + 5) == 2


def test_a_point_beside_or_between_lines_belongs_to_the_nearest() -> None:
    assert PROSE.caret_at(0, 113) == 6
    assert PROSE.caret_at(590, 104) == 6
    assert PROSE.caret_at(590, 800) == len(PROSE.words)
    assert PROSE.caret_at(0, 0) == 0


def test_columns_are_read_one_after_the_other() -> None:
    left = page("left one two", "left three four", "left five six")
    right = page("right one two", "right three four", left=320, block=1)
    text = TextPage(left + right)
    start = Caret(0, text.caret_at(50, 117))
    end = Caret(0, text.caret_at(320 + 5 * WIDTH, 104))
    picked = text_of(Selection(start, end), lambda _: text)
    assert picked == "left three four left five six\nright"


def test_the_selection_runs_backwards_too() -> None:
    assert text_of(Selection(Caret(0, 4), Caret(0, 1)), lambda _: PROSE) == "Board is asked"


def test_lines_of_a_paragraph_flow_and_split_words_are_joined() -> None:
    picked = text_of(select(0, len(PROSE)), lambda _: PROSE)
    assert picked == "The Board is asked to note the assurance given in the report and the risks."


def test_lines_that_end_early_stay_lines() -> None:
    text = TextPage(page("Present:", "Ms A Example, Chair of the whole Board", "Mr B Sample"))
    assert text_of(select(0, len(text)), lambda _: text).splitlines()[0] == "Present:"


def test_a_hyphen_before_a_capital_or_after_a_number_stays() -> None:
    text = TextPage(page("The years of report 2025-", "26 and those of Anglo-", "French matters were noted"))
    picked = text_of(select(0, len(text)), lambda _: text)
    assert "2025- 26" in picked
    assert "Anglo- French" in picked


def test_a_selection_across_pages_takes_all_between() -> None:
    pages = {0: TextPage(page("one two")), 1: TextPage(page("three four")), 2: TextPage(page("five six"))}
    selection = Selection(Caret(0, 1), Caret(2, 1))
    assert text_of(selection, pages.get) == "two\nthree four\nfive"


def test_pages_whose_words_are_not_here_are_passed_over() -> None:
    pages = {0: TextPage(page("one two")), 2: TextPage(page("five six"))}
    assert text_of(Selection(Caret(0, 0), Caret(2, 2)), pages.get) == "one two\nfive six"


def test_there_is_one_strip_a_line() -> None:
    strips = boxes_on(select(1, 8), 0, PROSE)
    assert len(strips) == 2
    assert strips[0] == (PROSE.words[1].x0, 100, PROSE.words[5].x1, 110)
    assert strips[1] == (50, 112, PROSE.words[7].x1, 122)


def test_double_and_triple_click_units() -> None:
    word = PROSE.words[7]
    middle = ((word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2)
    assert word_at(3, PROSE, *middle) == select(7, 8, on=3)
    assert line_at(3, PROSE, *middle) == select(6, 12, on=3)
    assert word_at(0, PROSE, 500, 500) is None


def test_dragging_on_from_a_word_goes_by_words_either_way() -> None:
    word = select(7, 8)
    assert word.around(select(10, 11)) == Selection(Caret(0, 7), Caret(0, 11))
    back = word.around(select(2, 3))
    assert (back.start, back.end, back.focus) == (Caret(0, 2), Caret(0, 8), Caret(0, 2))


@pytest.mark.parametrize(
    ("start", "step", "end"),
    [
        (3, Step.WORD_ON, 4),
        (3, Step.WORD_BACK, 2),
        (3, Step.LINE_START, 0),
        (3, Step.LINE_END, 6),
        (6, Step.LINE_START, 0),
        (8, Step.LINE_UP, 3),
        (2, Step.LINE_DOWN, 8),
    ],
)
def test_keys_move_the_caret(start: int, step: Step, end: int) -> None:
    assert moved(Caret(0, start), step, lambda _: PROSE, 0) == Caret(0, end)


def test_keys_cross_pages_and_stop_at_the_ends() -> None:
    pages = {0: TextPage(page("one two")), 1: TextPage([]), 2: TextPage(page("five six"))}
    walk = [Caret(0, 1)]
    for _ in range(5):
        walk.append(moved(walk[-1], Step.WORD_ON, pages.get, 2))
    assert walk[1:] == [Caret(0, 2), Caret(1, 0), Caret(2, 0), Caret(2, 1), Caret(2, 2)]
    assert moved(Caret(2, 2), Step.WORD_ON, pages.get, 2) == Caret(2, 2)
    assert moved(Caret(0, 0), Step.WORD_BACK, pages.get, 2) == Caret(0, 0)
    assert moved(Caret(2, 1), Step.LINE_UP, pages.get, 2) == Caret(1, 0)
    assert moved(Caret(1, 0), Step.LINE_UP, pages.get, 2) == Caret(0, 2)


def test_an_anchor_holds_quote_context_and_strips() -> None:
    text = TextPage(page(*[f"alpha{line} beta gamma delta epsilon zeta" for line in range(12)]))
    anchor = anchor_of(select(30, 33), book(2), lambda _: text)
    assert anchor is not None
    assert (anchor.paper_id, anchor.sha256, anchor.page, anchor.label) == ("a", "sha-a", 0, "1")
    assert anchor.exact == "alpha5 beta gamma"
    assert 120 <= len(anchor.prefix) <= 140
    assert anchor.prefix.endswith("delta epsilon zeta")
    assert anchor.suffix.startswith("delta epsilon zeta alpha6")
    assert [(quad.page, quad.y0) for quad in anchor.quads] == [(0, 160)]


def test_an_anchor_may_cross_a_page_but_not_a_paper() -> None:
    text = TextPage(page("one two three"))
    across = anchor_of(Selection(Caret(0, 1), Caret(1, 2)), book(2, 1), lambda _: text)
    assert across is not None
    assert across.exact == "two three one two"
    assert [quad.page for quad in across.quads] == [0, 1]
    beyond = anchor_of(Selection(Caret(1, 1), Caret(2, 2)), book(2, 1), lambda _: text)
    assert beyond is not None
    assert (beyond.exact, beyond.paper_id, beyond.page) == ("two three", "a", 1)


def test_nothing_selected_has_no_anchor() -> None:
    assert anchor_of(select(2, 2), book(1), lambda _: PROSE) is None
    assert anchor_of(select(0, 2), book(1), lambda _: None) is None


def test_the_heading_is_the_larger_line_above() -> None:
    heading = [Word(50, 60, 200, 80, "Finance", 0, 0), Word(210, 60, 300, 80, "report", 0, 0)]
    text = TextPage(heading + page("plain words", "and more", "and more", block=1))
    assert text.heading_above(5) == "Finance report"
    assert PROSE.heading_above(3) == ""
