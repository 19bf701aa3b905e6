"""Actions from sheet to sheet."""

from datetime import date

import pytest

from desktop.papers.finding import Finding, FindingKind, Place
from desktop.registers.actions import Followed, Sheet, State, follow


def action(ref: str, text: str = "Bring the plan", source: str = "log", **facts: str) -> Finding:
    return Finding(FindingKind.ACTION, Place(0), text, ref, {"source": source} | facts)


def sheets(*logs: list[Finding]) -> list[Sheet]:
    return [Sheet(date(2025, 1 + 2 * number, 10), log, f"pack{number}") for number, log in enumerate(logs)]


def only(*logs: list[Finding]) -> Followed:
    (followed,) = [each for each in follow(sheets(*logs)) if each.ref != "Z"]
    return followed


Z = action("Z", "Something else", status="Open")


@pytest.mark.parametrize(
    ("logs", "state"),
    [
        ([[action("A1", status="Open", due="1 June 2025")]], State.OPEN),
        (
            [[action("A1", status="Open", due="1 March 2025")], [action("A1", status="Open", due="1 June 2025")]],
            State.SLIPPED,
        ),
        ([[action("A1", status="Open", due="1 Jan 2025")]], State.SLIPPED),
        ([[action("A1", status="Open, late", due="1 March 2025, moved to 1 June 2025")]], State.SLIPPED),
        ([[action("A1", status="Propose to close", evidence="Item 7")]], State.TO_CLOSE),
        ([[action("A1", status="Propose to close", evidence="Item 7")], [Z]], State.CLOSED),
        ([[action("A1", status="Complete", evidence="Letter of 3 May")]], State.CLOSED),
        ([[action("A1", status="Closed")]], State.UNEVIDENCED),
        ([[action("A1", status="Closed", evidence="n/a")]], State.UNEVIDENCED),
        ([[action("A1", status="Not yet complete")]], State.OPEN),
        ([[action("A1", listed="Closed at the last meeting", evidence="Minute 4")]], State.CLOSED),
        ([[action("A1", status="Open")], [Z]], State.GONE),
    ],
)
def test_how_an_action_stands(logs: list[list[Finding]], state: State) -> None:
    assert only(*logs).state is state


def test_it_is_one_from_its_minute_to_its_closing_however_its_number_is_spelled() -> None:
    followed = only(
        [action("A25-19", "Write to the ICB", "minutes", lead="Dr Adeyemi", due="1 March 2025")],
        [action("A25 - 19", "Write to the ICB about beds", status="Open", due="1 April 2025")],
        [action("A25-19", "Write to the ICB about beds", status="Closed", evidence="Letter of 17 April")],
    )
    assert (followed.state, followed.age, followed.slips, followed.lead) == (State.CLOSED, 3, 1, "Dr Adeyemi")
    assert [each.sheet.source for each in followed.seen] == ["pack0", "pack1", "pack2"]
    assert (followed.first_due, followed.due) == (date(2025, 3, 1), date(2025, 4, 1))


def test_two_actions_of_one_minute_are_two() -> None:
    two = [
        action("GTB/25/8", "Bring the strategy back", minute="GTB/25/8"),
        action("GTB/25/8", "Circulate the slides to governors", minute="GTB/25/8"),
    ]
    assert [each.age for each in follow(sheets(two, two))] == [2, 2]


def test_what_is_overdue() -> None:
    followed = only([action("A1", status="Open", due="1 March 2025")])
    assert followed.is_overdue(date(2025, 3, 2))
    assert not followed.is_overdue(date(2025, 3, 1))
    assert not only([action("A1", status="Closed", due="1 March 2025")]).is_overdue(date(2026, 1, 1))
