"""What a body planned for its meetings, against what came."""

from datetime import date

from desktop.papers.finding import Finding, FindingKind, Place
from desktop.registers.workplan import Business, Came, Meeting, Planned, against_agenda

JANUARY, MARCH = date(2026, 1, 29), date(2026, 3, 26)
HEADS = {"29 Jan 2026": "2026-01-29", "26 Mar 2026": "2026-03-26", "May": ""}


def entry(item: str, *heads: str, paper: str = "plan") -> Planned:
    parts = tuple(
        Finding(
            FindingKind.PART,
            Place(0),
            head,
            facts={"part": "meeting", "meeting": head, "date": HEADS[head], "month": "--05"},
        )
        for head in heads
    )
    return Planned("pack", paper, Finding(FindingKind.WORKPLAN_ENTRY, Place(2), item, parts=parts))


def item(number: str, title: str, *papers: str) -> Business:
    return Business(number, title, "pack", f"paper-{number}", 0, papers)


PLAN = (
    entry("Finance report", "29 Jan 2026", "26 Mar 2026"),
    entry("Annual safeguarding report", "29 Jan 2026"),
    entry("Staff survey", "26 Mar 2026"),
    entry("Minutes and action log", "29 Jan 2026", "26 Mar 2026"),
    entry("Workforce strategy", "29 Jan 2026"),
)


def told(*meetings: Meeting) -> list[tuple[date, Came, str, str]]:
    return [(line.held_on, line.came, line.title, line.when()) for line in against_agenda(meetings)]


def test_what_should_have_come_and_did_not_stands_first_and_what_came_unplanned_next() -> None:
    agenda = (
        item("1", "Apologies for absence"), item("2", "Minutes of the meeting held on 27 November 2025"),
        item("3", "Finance report: December 2025 (Month 9)"), item("4", "Staff survey"), item("5", "Car parking"),
        item("6", "People", "Workforce strategy 2026-30", "Workforce strategy"),
    )  # fmt: skip
    assert told(Meeting(JANUARY, agenda, PLAN)) == [
        (JANUARY, Came.MISSED, "Annual safeguarding report", "this meeting"),
        (JANUARY, Came.UNPLANNED, "Staff survey", "next 26 Mar 2026"),
        (JANUARY, Came.UNPLANNED, "Car parking", ""),
        (JANUARY, Came.AS_PLANNED, "Finance report", "this meeting, next 26 Mar 2026"),
        (JANUARY, Came.AS_PLANNED, "Minutes and action log", "this meeting, next 26 Mar 2026"),
        (JANUARY, Came.AS_PLANNED, "Workforce strategy", "this meeting"),
    ]


def test_a_meeting_without_a_plan_of_its_own_goes_by_the_last_one_before() -> None:
    newer = (entry("Digital strategy", "26 Mar 2026"),)
    later = Meeting(date(2026, 5, 28), (item("1", "Estates"),), (entry("Estates", "May"),))
    january, march = Meeting(JANUARY, (item("1", "Estates"),), newer), Meeting(MARCH, (item("1", "Estates"),), ())
    lines = [line for line in told(january, march, later) if line[0] == MARCH]
    assert lines == [(MARCH, Came.MISSED, "Digital strategy", "this meeting"), (MARCH, Came.UNPLANNED, "Estates", "")]


def test_a_plan_whose_columns_are_of_other_meetings_says_nothing_of_this_one() -> None:
    committee = entry("Staff survey", "26 Mar 2026", paper="a committee's plan")
    assert told(Meeting(JANUARY, (item("1", "Estates"),), (committee,))) == []


def test_a_row_opens_what_came_and_else_the_plan() -> None:
    lines = against_agenda([Meeting(JANUARY, (item("4", "Staff survey"),), PLAN)])
    by_title = {line.title: line.source for line in lines}
    assert by_title["Staff survey"] == ("pack", "paper-4", 0)
    assert by_title["Annual safeguarding report"] == ("pack", "plan", 2)
