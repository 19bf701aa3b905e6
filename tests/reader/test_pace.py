"""How fast somebody reads, and what that says of the rest of a pack."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from desktop.packs.book import Book, BookPaper
from desktop.packs.pack import AgendaItem, Body, Meeting, Pack, Purpose, Session
from desktop.reader.pace import USUAL, Budget, Pace, budget_of, pace_of, pages_left


def book() -> Book:
    meeting = Meeting(date(2026, 1, 29), "", "", Session.PUBLIC)
    items = (AgendaItem("1", "Budget", Purpose.DECISION, "", ""), AgendaItem("2", "News", Purpose.INFORMATION, "", ""))
    when = datetime(2026, 1, 22, tzinfo=UTC)
    pack = Pack("c" * 16, Body("e" * 16, "Board", "Trust"), meeting, "Board", 1, when, "", items, ())
    papers = (
        BookPaper("a", "1", "Budget", "aa", Path("x"), "", 0, 10),
        BookPaper("b", "2", "News", "bb", Path("x"), "", 10, 4),
        BookPaper("c", "2", "Not sent", "cc", None, "", 14, 1, "It was not sent to you."),
    )
    return Book(pack, papers, ())


def test_nobodys_pace_is_known_at_first() -> None:
    assert pace_of([]) == Pace(USUAL, 0)
    assert not pace_of([]).is_own


def test_a_few_pages_do_not_make_a_pace_and_a_dozen_do() -> None:
    assert pace_of([60.0] * 3).seconds == USUAL
    assert pace_of([60.0] * 12) == Pace(60.0, 12)
    assert pace_of([60.0] * 12).is_own


@pytest.mark.parametrize("odd", [[5000.0] * 20, [2.0] * 20, [580.0] * 5])
def test_absences_leafing_and_single_long_pages_move_nothing(odd: list[float]) -> None:
    assert pace_of([60.0] * 20 + odd).seconds == 60.0


def test_what_is_left_leaves_out_what_cannot_be_read_and_tells_decisions_apart() -> None:
    assert budget_of(book(), {}, Pace(60.0, 20)) == Budget(14, 840.0, 600.0)
    assert budget_of(book(), {"a": {0, 1, 2}, "b": {0, 1, 2, 3}}, Pace(60.0, 20)) == Budget(7, 420.0, 420.0)


def test_pages_of_a_longer_earlier_version_do_not_count_as_read() -> None:
    assert pages_left(book().papers[1], {"b": {0, 7, 8, 9}}) == 3
