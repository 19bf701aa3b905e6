"""Rectangles of words: columns and rows of a table, as a spreadsheet takes them; and walking over them by key."""

import pytest

from desktop.pdf.words import Word
from desktop.reader.cells import Patch, patch_from, strips_in, table_of, words_in
from desktop.reader.lines import TextPage
from desktop.reader.moving import Step, walked
from desktop.reader.selection import Caret, Selection, text_of

LETTER, HIGH = 6.0, 10.0
NAME, PLAN, ACTUAL = 50.0, 300.0, 400.0  # columns: names from the left, numbers to the right edge
ROWS = [
    ("Division", "Plan", "Actual"),
    ("Medicine and urgent care", "(147.6)", "(152.2)"),
    ("Surgery", "9.0", "(159.5)"),
    ("Community", "44.8", "0.2"),
]


def put(x: float, y: float, words: str, block: int, line: int) -> list[Word]:
    made = []
    for text in words.split():
        made.append(Word(x, y, x + LETTER * len(text), y + HIGH, text, block, line))
        x += LETTER * (len(text) + 1)
    return made


def right(edge: float, y: float, words: str, block: int, line: int) -> list[Word]:
    return put(edge - LETTER * len(words), y, words, block, line)


def table(rows: list[tuple[str, str, str]], apart: float = 18) -> TextPage:
    """A block a row and a line a cell, as the engine gives tables."""
    words = put(NAME, 60, "Table 1: spending by division", 0, 0)
    for number, (name, plan, actual) in enumerate(rows):
        y = 100 + apart * number
        words += put(NAME, y, name, number + 1, 0)
        words += right(PLAN, y, plan, number + 1, 1) + right(ACTUAL, y, actual, number + 1, 2)
    return TextPage(words + put(NAME, 300, "Pay was over plan", 20, 0))


WHOLE = Patch(0, 40, 95, 420, 200)


def test_a_rectangle_is_rows_of_cells() -> None:
    assert table_of(WHOLE, table(ROWS)).splitlines() == ["\t".join(row) for row in ROWS]


def test_one_column_of_it_is_one_value_a_line() -> None:
    assert table_of(Patch(0, 340, 95, 420, 200), table(ROWS)) == "Actual\n(152.2)\n(159.5)\n0.2"


def test_from_cell_to_cell_whole_cells_are_taken() -> None:
    text = table(ROWS)
    surgery, community, first = (at(text, word).index for word in ("Surgery", "Community", "Division"))
    assert table_of(patch_from(0, text, surgery, community), text) == "Surgery\nCommunity"
    assert table_of(patch_from(0, text, community, first), text).splitlines()[1] == "Medicine and urgent care"


def test_corners_may_be_drawn_either_way() -> None:
    assert Patch.between(0, 420, 200, 40, 95) == WHOLE


def test_an_empty_cell_stays_empty() -> None:
    rows = [*ROWS, ("Estates", "", "1.2")]
    assert table_of(WHOLE, table(rows)).splitlines()[-1] == "Estates\t\t1.2"


def test_the_rest_of_a_cell_joins_the_row_above() -> None:
    text = TextPage(
        [*put(50, 100, "1", 0, 0), *put(90, 100, "Reduce agency spend", 0, 1), *put(90, 112, "to plan", 0, 2),
         *put(300, 100, "Open", 0, 3), *put(50, 140, "2", 1, 0), *put(90, 140, "Close the action", 1, 1),
         *put(300, 140, "Done", 1, 2)]
    )  # fmt: skip
    picked = table_of(Patch(0, 0, 0, 500, 500), text)
    assert picked == "1\tReduce agency spend to plan\tOpen\n2\tClose the action\tDone"


def test_a_heading_across_all_columns_does_not_join_them() -> None:
    words = put(50, 80, "Spending of every division against its plan in the year so far to December", 9, 0)
    text = TextPage(words + list(table([*ROWS, ("Estates", "1.0", "1.2")]).words))
    lines = table_of(Patch(0, 40, 75, 600, 200), text).splitlines()
    assert lines[1].split("\t")[:3] == ["Division", "Plan", "Actual"]


def test_words_are_taken_by_their_middle_and_lit_cell_by_cell() -> None:
    text = table(ROWS)
    patch = Patch(0, 340, 115, 420, 145)
    assert [word.text for word in words_in(patch, text)] == ["(152.2)", "(159.5)"]
    assert strips_in(patch, text) == [(358, 118, 400, 128), (358, 136, 400, 146)]


def test_a_run_of_words_through_a_table_has_tabs_between_cells() -> None:
    text = table(ROWS)
    picked = text_of(Selection(Caret(0, 0), Caret(0, len(text))), lambda _: text)
    assert picked.splitlines()[:3] == [
        "Table 1: spending by division", "Division\tPlan\tActual", "Medicine and urgent care\t(147.6)\t(152.2)",
    ]  # fmt: skip


def at(text: TextPage, word: str) -> Caret:
    return Caret(0, next(number for number, each in enumerate(text.words) if each.text == word))


@pytest.mark.parametrize(
    ("start", "step", "end"),
    [
        ("Plan", Step.LINE_DOWN, "(147.6)"),
        ("(152.2)", Step.LINE_DOWN, "(159.5)"),
        ("Division", Step.LINE_UP, "Table"),
        ("0.2", Step.LINE_DOWN, "plan"),
        ("Plan", Step.WORD_ON, "Actual"),
        ("and", Step.LINE_END, "care"),
        ("care", Step.LINE_START, "Medicine"),
        ("Surgery", Step.PART_ON, "Community"),
        ("Surgery", Step.PART_BACK, "Medicine"),
    ],
)
def test_the_caret_walks_up_and_down_a_column(start: str, step: Step, end: str) -> None:
    text = table(ROWS)
    there = walked(at(text, start), step, lambda _: text, 0)
    assert text.words[there.index].text == end


def test_the_walking_caret_always_stands_before_a_word() -> None:
    pages = {0: TextPage(put(50, 100, "one two", 0, 0)), 1: TextPage([]), 2: TextPage(put(50, 100, "five six", 0, 0))}
    walk = [Caret(0, 0)]
    for _ in range(5):
        walk.append(walked(walk[-1], Step.WORD_ON, pages.get, 2))
    assert walk == [Caret(0, 0), Caret(0, 1), Caret(1, 0), Caret(2, 0), Caret(2, 1), Caret(2, 1)]
    back = [Caret(2, 0)]
    for _ in range(3):
        back.append(walked(back[-1], Step.WORD_BACK, pages.get, 2))
    assert back == [Caret(2, 0), Caret(1, 0), Caret(0, 1), Caret(0, 0)]
    assert walked(Caret(2, 0), Step.LINE_UP, pages.get, 2) == Caret(1, 0)
    assert walked(Caret(1, 0), Step.LINE_UP, pages.get, 2) == Caret(0, 1)


def test_up_and_down_keep_to_the_distance_asked_for() -> None:
    lines = put(50, 100, "alpha beta gamma delta", 0, 0) + put(50, 112, "short", 0, 1)
    text = TextPage(lines + put(50, 124, "alpha beta gamma omega", 0, 2))
    start = Caret(0, 3)
    x = text.words[3].x0
    down = walked(start, Step.LINE_DOWN, lambda _: text, 0, x)
    assert text.words[down.index].text == "short"
    assert text.words[walked(down, Step.LINE_DOWN, lambda _: text, 0, x).index].text == "omega"
