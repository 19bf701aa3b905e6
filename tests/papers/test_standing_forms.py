"""Front sheets, committee reports, workplans, performance and terms of reference, in the forms of many bodies."""

import pytest
from paper_making import LANDSCAPE, Read, Sheet, client, read

from desktop.papers.finding import Finding, FindingKind
from desktop.papers.recognisers import escalations, fronts, indicators, terms, workplans
from desktop.papers.ticks import Ticks, ticks_in

__all__ = ["client", "read"]

PROSE = "The committee considered the report at length and asked for a further account of how the money was spent. " * 2


def test_a_councils_front_sheet_of_four_cells_a_row(read: Read) -> None:
    sheet = Sheet()
    sheet.rows(
        [90, 160, 90, 155],
        [
            ["Report title", ("Procurement of waste vehicles", 3)],
            ["Report of", "Director of Place", "Agenda item", "7"],
            ["Portfolio holder", "Councillor A. Marsh", "Date", "14 March 2026"],
            ["Previously considered by", "Scrutiny Panel, 2 March 2026", "Status", "Open"],
        ],
        bold_head=False,
    )
    sheet.say(PROSE)
    (front,) = fronts.recognise(read(sheet))
    assert front.kind is FindingKind.FRONT_SHEET
    assert front.text == "Procurement of waste vehicles"
    assert dict(front.facts) == {
        "title": "Procurement of waste vehicles",
        "author": "Director of Place",
        "item": "7",
        "sponsor": "Councillor A. Marsh",
        "date": "14 March 2026",
        "considered": "Scrutiny Panel, 2 March 2026",
        "public": "Open",
    }
    by = {part.fact("field"): part for part in front.parts}
    assert by["sponsor"].fact("label") == "Portfolio holder"
    assert by["sponsor"].place.boxes


def test_a_governance_table_over_a_page_break_says_which_box_is_ticked(read: Read) -> None:
    sheet = Sheet()
    sheet.say("Governance table", bold=True)
    rows = [
        ["Paper sponsored by:", "Chief Nurse"],
        ["Paper authored by:", "Head of Patient Safety"],
        ["Date submitted:", "2 March 2026"],
        ["Name and date of other forum at which this was considered:", "Quality Committee, 25 February 2026"],
    ]
    sheet.rows([220, 275], rows, bold_head=False)
    sheet.turn()
    rest = [
        ["Level of assurance gained if considered elsewhere", "[ ] Assured [x] Partially assured [ ] Not assured"],
        ["Date of next report:", "July 2026"],
    ]
    sheet.rows([220, 275], rest, bold_head=False)
    (table,) = fronts.recognise(read(sheet))
    assert table.kind is FindingKind.GOVERNANCE
    assert table.fact("assurance") == "Partially assured"
    assert table.fact("assurance_options") == "Assured; Partially assured; Not assured"
    assert (table.fact("considered"), table.fact("next_report")) == ("Quality Committee, 25 February 2026", "July 2026")
    assert [part.page for part in table.parts] == [0, 0, 0, 0, 1, 1]


def test_a_front_sheet_without_a_table_is_read_from_its_lines(read: Read) -> None:
    sheet = Sheet()
    sheet.say("Governing body", 15, bold=True)
    for line in ("Title: Pupil premium strategy", "Author: Deputy Head", "Date: 3 June 2026", "Purpose: For approval"):
        sheet.say(line)
    sheet.say(PROSE)
    (front,) = fronts.recognise(read(sheet))
    assert (front.fact("author"), front.fact("purpose")) == ("Deputy Head", "For approval")


def test_a_letter_and_a_table_of_people_are_no_front_sheets(read: Read) -> None:
    sheet = Sheet()
    sheet.say("Dear author: thank you for your manuscript.")
    sheet.say("Date: 3 June 2026")
    sheet.rows([120, 120, 120], [["Author", "Title", "Year"], ["Eliot", "Middlemarch", "1871"]])
    assert list(fronts.recognise(read(sheet))) == []


@pytest.mark.parametrize(
    ("said", "ticks"),
    [
        ("☒ Assured ☐ Not assured", Ticks(("Assured", "Not assured"), ("Assured",))),
        ("[ ] Assured   [X] Partially assured", Ticks(("Assured", "Partially assured"), ("Partially assured",))),
        ("Decision ☑ Discussion ☐ Noting ☑", Ticks(("Decision", "Discussion", "Noting"), ("Decision", "Noting"))),
        ("☐ Assured ☐ Not assured", Ticks(("Assured", "Not assured"), ())),
        ("Not applicable", None),
    ],
)
def test_ticks_are_read_before_and_after_their_words(said: str, ticks: Ticks | None) -> None:
    assert ticks_in(said) == ticks


def by_section(found: list[Finding]) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for each in found:
        told.setdefault(each.fact("section"), []).append(each.fact("subject") or each.text)
    return told


def test_a_committees_report_under_headings(read: Read) -> None:
    sheet = Sheet()
    sheet.say("Report of the Estates Committee meeting held on 4 March 2026", 14, bold=True)
    sheet.say("Alert", 13, bold=True)
    sheet.say("Lifts. Both lifts in the tower are out of use and tenants on the upper floors cannot leave their homes.")
    sheet.say("Roof: the contractor has gone into administration and the works have stopped since last week.")
    sheet.say("Advise", 13, bold=True)
    sheet.say("None")
    sheet.say("Assure", 13, bold=True)
    sheet.say("• Gas servicing is at 100% for the eleventh month in a row")
    sheet.say("Recommendation", 13, bold=True)
    sheet.say("The board is asked to note the alerts and to receive a further report in May.")
    found = list(escalations.recognise(read(sheet)))
    assert by_section(found) == {
        "alert": ["Lifts", "Roof"],
        "assure": ["Gas servicing is at 100% for the eleventh month in a row"],
    }
    assert {(each.fact("committee"), each.fact("met_on")) for each in found} == {("Estates Committee", "4 March 2026")}


def test_a_committees_report_with_its_sections_side_by_side(read: Read) -> None:
    sheet = Sheet(LANDSCAPE)
    sheet.rows(
        [240, 240, 240],
        [
            ["ALERT", "ADVISE", "ASSURE"],
            ["• Two serious incidents were reported in March", "• The audit plan is running two months late",
             "• All statutory returns were made on time\n• The annual fire drill went as it should"],
        ],
    )  # fmt: skip
    assert by_section(list(escalations.recognise(read(sheet)))) == {
        "alert": ["Two serious incidents were reported in March"],
        "advise": ["The audit plan is running two months late"],
        "assure": ["All statutory returns were made on time", "The annual fire drill went as it should"],
    }


def test_a_report_that_alerts_and_assures_in_its_sentences_is_none(read: Read) -> None:
    sheet = Sheet()
    sheet.say(
        "We alert the board to the position, advise that it may change, and assure members that it is watched. " * 4
    )
    assert list(escalations.recognise(read(sheet))) == []


def test_a_school_plans_its_year_by_month_with_ticks(read: Read) -> None:
    sheet = Sheet(LANDSCAPE)
    sheet.say("Governors' annual calendar of business", 14, bold=True)
    head = ["Agenda item", "Lead", "Sept", "Nov", "Jan", "Mar", "May", "July"]
    sheet.rows(
        [200, 100, 50, 50, 50, 50, 50, 50],
        [
            head,
            [("Finance", 8)],
            ["Budget", "Bursar", "", "", "", "Draft", "X", ""],
            ["Audit report", "Bursar", "", "X", "", "", "", ""],
            [("Standards", 8)],
            ["Examination results", "Head", "X", "", "", "", "", ""],
        ],
    )
    found = list(workplans.recognise(read(sheet)))
    assert [(each.text, each.fact("section"), each.fact("lead"), each.fact("meetings")) for each in found] == [
        ("Budget", "Finance", "Bursar", "Mar; May"),
        ("Audit report", "Finance", "Bursar", "Nov"),
        ("Examination results", "Standards", "Head", "Sept"),
    ]
    marks = [(part.fact("meeting"), part.fact("mark"), part.fact("month")) for part in found[0].parts]
    assert marks == [("Mar", "Draft", "--03"), ("May", "X", "--05")]


def test_dated_meetings_tell_the_day(read: Read) -> None:
    sheet = Sheet(LANDSCAPE)
    sheet.say("Forward plan")
    sheet.rows([240, 120, 120], [["Item", "29 May 2026", "25 September 2026"], ["Annual accounts", "", "Approve"]])
    (entry,) = workplans.recognise(read(sheet))
    assert [(part.fact("date"), part.fact("mark")) for part in entry.parts] == [("2026-09-25", "Approve")]


def test_figures_by_month_are_performance_and_no_plan(read: Read) -> None:
    sheet = Sheet()
    sheet.say("Performance against the forward plan")
    sheet.rows(
        [160, 60, 60, 60, 60, 60],
        [
            ["KPI", "Target", "Jan 26", "Feb 26", "Mar 26", "RAG"],
            ["Calls answered in 30 seconds", "85%", "81%", "84%", "88%", "Green"],
            ["Missed bins per 100,000", "40", "52", "47", "45", "Amber"],
        ],
    )
    paper = read(sheet)
    assert list(workplans.recognise(paper)) == []
    found = list(indicators.recognise(paper))
    assert [(each.text, each.fact("target"), each.fact("current"), each.fact("period")) for each in found] == [
        ("Calls answered in 30 seconds", "85%", "88%", "Mar 26"),
        ("Missed bins per 100,000", "40", "45", "Mar 26"),
    ]
    assert found[1].fact("status") == "Amber"
    assert [part.fact("value") for part in found[1].parts] == ["52", "47", "45"]


@pytest.mark.parametrize("ruled", [True, False])
def test_current_previous_and_trend_in_columns(read: Read, ruled: bool) -> None:
    sheet = Sheet()
    sheet.rows(
        [170, 60, 70, 70, 60],
        [
            ["Indicator", "Target", "Previous", "Current", "Trend"],
            ["Rent arrears", "3.0%", "3.4%", "3.1%", "down"],
            ["Void days", "20", "23", "26", "up"],
            ["Complaints in time", "95%", "90%", "96%", "up"],
        ],
        ruled=ruled,
    )
    found = list(indicators.recognise(read(sheet)))
    assert [(each.text, each.fact("previous"), each.fact("current"), each.fact("trend")) for each in found] == [
        ("Rent arrears", "3.4%", "3.1%", "down"),
        ("Void days", "23", "26", "up"),
        ("Complaints in time", "90%", "96%", "up"),
    ]


def test_terms_of_reference_tell_members_quorum_and_frequency(read: Read) -> None:
    sheet = Sheet()
    sheet.say("Audit and Risk Committee: terms of reference", 15, bold=True)
    sheet.say("1. Membership", bold=True)
    sheet.say("• Three trustees, none of them the chair")
    sheet.say("• One independent member")
    sheet.say("2. Quorum", bold=True)
    sheet.say("Two members, of whom one must be a trustee.")
    sheet.say("3. Frequency of meetings", bold=True)
    sheet.say("At least four times a year.")
    found = {each.fact("aspect"): each for each in terms.recognise(read(sheet))}
    assert [part.text for part in found["membership"].parts] == [
        "Three trustees, none of them the chair",
        "One independent member",
    ]
    assert found["quorum"].text == "Two members, of whom one must be a trustee."
    assert found["frequency"].text == "At least four times a year."


def test_terms_as_a_table_and_a_report_that_only_names_them(read: Read) -> None:
    sheet = Sheet()
    sheet.say("Terms of reference", 14, bold=True)
    sheet.rows([120, 340], [["Membership", "All governors"], ["Quorum", "One half of them"], ["Meetings", "Termly"]],
               bold_head=False)  # fmt: skip
    found = {each.fact("aspect"): each.text for each in terms.recognise(read(sheet))}
    assert found == {"membership": "All governors", "quorum": "One half of them", "frequency": "Termly"}
    sheet = Sheet()
    sheet.say("The terms of reference will be reviewed in May. " + PROSE)
    sheet.say("Quorum", bold=True)
    sheet.say("The meeting was quorate.")
    sheet.say("Membership", bold=True)
    sheet.say("Two members have left.")
    assert list(terms.recognise(read(sheet))) == []
