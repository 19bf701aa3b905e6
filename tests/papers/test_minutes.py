"""Minutes of bodies of many kinds, in their own numbering and words."""

from collections.abc import Iterator

import pymupdf
import pytest

from desktop.papers.finding import Finding, FindingKind, of_kind
from desktop.papers.numbered import numbered
from tests.papers.typeset_papers import Reader, reading


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with reading(tmp_path_factory.mktemp("minutes")) as reader:
        yield reader


PARISH = """<h1>THORNLEY PARISH COUNCIL</h1>
<p>Minutes of the meeting of the Parish Council held in the Village Hall on Tuesday 14th May 2024 at 7.30pm</p>
<p><b>Present:</b> Cllrs J Barker (Chairman), P Dunn, A Okoro and L Whitfield.</p>
<p><b>In attendance:</b> Mrs S Gill (Clerk) and three members of the public.</p>
<p><b>1234/24 Apologies for absence</b></p>
<p>Apologies were received from Cllr M Ross (work) and Cllr T Field (illness).
Resolved: that the reasons be accepted.</p>
<p><b>1235/24 Declarations of interest</b></p>
<p>Cllr Dunn declared a pecuniary interest in item 1238/24 as a trustee of the village hall.</p>
<p><b>1236/24 Minutes of the previous meeting</b></p>
<p>Resolved that the minutes of the meeting held on 9th April 2024 be signed as a true record.</p>
<p><b>1237/24 Planning</b></p>
<p>It was resolved to raise no objection to 24/00312/FUL. Carried unanimously.</p>
<p>The Clerk would write to the planning officer about the hedge.</p>
<p><b>1238/24 Grants</b></p>
<p>Proposed by Cllr Okoro, seconded by Cllr Whitfield, and RESOLVED to give £500 to the village hall.</p>
<p><b>1239/24 Date of next meeting</b></p>
<p>Tuesday 11th June 2024 at 7.30pm. The Chairman closed the meeting at 8.50pm.</p>"""

ACADEMY = """<h1>Harrow Vale Academy Trust</h1><h2>Minutes of the meeting of the Board of Trustees</h2>
<p>Held on 6 March 2025 at 5.30pm by Teams</p>
<p><b>Attendees</b></p><table class="plain">
<tr><td class="w90">Jo Bell (JB)</td><td>Chair</td></tr>
<tr><td>Ann Lee (AL)</td><td>Chief Executive Officer</td></tr>
<tr><td>Raj Patel (RP)</td><td>Trustee</td></tr></table>
<p><b>Apologies:</b> Sam Stone, Trustee</p>
<h2>5 Finance</h2>
<p>5.1 RP presented the management accounts. The surplus was £210k and trustees asked why energy was over budget.</p>
<p>5.2 Trustees approved the budget for 2025/26.</p>
<p>5.3 It was agreed that the reserves policy be reviewed in June.</p>
<p>Action: JB</p>
<h2>6 Safeguarding</h2>
<p>6.1 AL reported four referrals since the last meeting. Trustees noted the report.</p>
<p>6.2 Trustees challenged the attendance figures, and were told that two pupils had moved away.</p>
<p>Action: AL to circulate the attendance analysis by 1 May 2025</p>
<h2>7 Any other business</h2>
<p>7.1 There was none and the meeting closed at 7.10pm.</p>"""

HEALTH_BOARD = """<h1>Bryn Coed University Health Board</h1>
<h2>Unconfirmed minutes of the Health Board meeting held on 28 March 2024</h2>
<p><b>Present:</b></p>
<p>Elin Rees, Chair</p>
<p>Gareth Powell, Chief Executive</p>
<p>Dr Mari Huws, Independent Member</p>
<p><b>In Attendance:</b></p>
<p>Nia Prys, Director of Corporate Governance</p>
<h2>BHC/24/03/10 Welcome and apologies</h2>
<p>The Chair welcomed everyone to the meeting. Apologies were noted from Huw Ellis.</p>
<h2>BHC/24/03/11 Declarations of interest</h2>
<p>There were no declarations of interest.</p>
<h2>BHC/24/03/12 Annual plan</h2>
<p>Members received the plan and discussed its risks.</p>
<p>The Board RESOLVED to:</p><ul><li>APPROVE the annual plan for 2024/25</li><li>NOTE the risks in appendix 2</li></ul>
<h2>BHC/24/03/13 Performance</h2>
<p>Dr Huws agreed to bring a report on waiting times to the next meeting.</p>
<p>The Board NOTED the report.</p>"""

COUNCIL = """<h1>University of Easterby</h1><h2>COUNCIL</h2>
<p>Minutes of the meeting held on Monday 1 July 2024</p>
<p><b>Present:</b> Professor Ann Hill (in the Chair), Mr Tom Ford, Dr Lea Brand and Ms Ines Diaz.</p>
<p><b>Apologies</b> were received from Lord Marsh.</p>
<p>24/66 <b>Minutes</b></p>
<p>The minutes of the meeting held on 3 May 2024 were confirmed.</p>
<p>24/67 <b>Estates strategy</b></p>
<p>Received: a report from the Director of Estates (paper C24/31).</p>
<p>Resolved: that the estates strategy be approved, subject to the view of the Finance Committee.</p>
<p>24/68 <b>Fees</b></p>
<p>Agreed: that fees be raised by 2 per cent.</p>
<p>Noted: that Senate had been consulted.</p>"""

HOUSING = """<h1>Northmoor Homes</h1><p><b>Minutes of the Audit and Risk Committee</b></p>
<p>Thursday 5 September 2024, 14:00</p>
<table><tr><th class="w90">Present</th><td>Kay Young (Chair); Ian Moss; Bea Frost</td></tr>
<tr><th>In attendance</th><td>Lou Price (Company Secretary)</td></tr></table>
<table><tr><th>No.</th><th class="w200">Item</th><th>Action</th></tr>
<tr><td>1.</td><td><b>Apologies and declarations</b><br/>There were none. The Chair welcomed members.</td><td></td></tr>
<tr><td>2.</td><td><b>Internal audit</b>
<br/>The Committee noted the report.
LP would circulate the tracker to members.</td><td>LP</td></tr>
<tr><td>3.</td><td><b>Damp and mould</b><br/>The Committee approved the new policy.</td><td></td></tr>
<tr><td>4.</td><td><b>Any other business</b>
<br/>None was raised. The meeting closed at 15:20.</td><td></td></tr></table>"""

TOWN = """<h1>MARKET STOKE TOWN COUNCIL</h1>
<p>MINUTES of the TOWN COUNCIL MEETING held on MONDAY 3rd FEBRUARY 2025 in the Guildhall</p>
<p>PRESENT: Councillors Ash (Mayor), Beck, Cole, Dunn. ALSO PRESENT: Town Clerk, 4 members of the public</p>
<p>C/25/101 APOLOGIES</p><p>Councillor Elm (holiday).</p><p>C/25/102 DISCLOSURES OF INTEREST</p><p>None.</p>
<p>C/25/103 MINUTES</p>
<p>It was proposed by Cllr. Beck, seconded by Cllr. Cole and RESOLVED that the minutes be approved.</p>
<p>C/25/104 ALLOTMENTS</p><p>Members debated the rents.
On being put to the vote the motion to raise rents was carried by 3 votes to 1.</p>
<p>C/25/105 LIGHTS</p><p>Councillors AGREED unanimously to accept the quotation of £4,200.</p>"""

GOVERNORS = """<h1>Oakfield School</h1><p><b>Full Governing Body Meeting – Minutes</b></p>
<p>Date: 14 October 2021 Time: 6pm Venue: School library</p>
<table><tr><td><b>Present:</b></td><td>Mrs P Shaw (Chair), Mr T Lane (Headteacher), Miss R Cole</td></tr></table>
<table><tr><th class="w60">Ref</th><th class="w200">Minute</th><th>Action</th></tr>
<tr><td>FGB 20/2122</td><td><b>Welcome</b><br/>The Chair welcomed governors.</td><td></td></tr>
<tr><td>FGB 21/2122</td><td><b>Budget</b><br/>The Chair asked when the deficit would be cleared.
<br/>DECISION: Governors approved the three year budget.</td><td></td></tr>
<tr><td>FGB 22/2122</td><td><b>Policies</b><br/>Miss Cole to review the behaviour policy by 1 December 2021.</td>
<td>RC</td></tr></table>"""


def refs(found: list[Finding]) -> list[str]:
    return [each.ref for each in of_kind(found, FindingKind.MINUTE)]


def said(found: list[Finding], kind: FindingKind) -> list[tuple[str, str]]:
    return [(each.text, each.fact("minute")) for each in of_kind(found, kind)]


def test_a_parish_council(reader: Reader) -> None:
    found = reader.found(PARISH)
    (meeting,) = of_kind(found, FindingKind.MEETING)
    assert meeting.fact("date") == "2024-05-14"
    assert refs(found) == [f"{number}/24" for number in range(1234, 1240)]
    people = [(each.text, each.fact("how")) for each in of_kind(found, FindingKind.ATTENDEE)]
    assert ("Cllr J Barker", "present") in people
    assert ("Cllr L Whitfield", "present") in people
    assert ("Mrs S Gill", "in attendance") in people
    assert ("Cllr M Ross", "apologies") in people
    decided = said(found, FindingKind.DECISION)
    assert ("that the reasons be accepted.", "1234/24") in decided
    assert any("minutes of the meeting held on 9th April" in text and minute == "1236/24" for text, minute in decided)
    assert any("no objection" in text and minute == "1237/24" for text, minute in decided)
    assert any("£500" in text and minute == "1238/24" for text, minute in decided)
    ((interest, where),) = said(found, FindingKind.INTEREST)
    assert interest.startswith("Cllr Dunn declared")
    assert where == "1235/24"
    assert said(found, FindingKind.PROMISE) == [
        ("The Clerk would write to the planning officer about the hedge.", "1237/24")
    ]


def test_an_academy_trust(reader: Reader) -> None:
    found = reader.found(ACADEMY)
    assert refs(found) == ["5", "5.1", "5.2", "5.3", "6", "6.1", "6.2", "7", "7.1"]
    decided = said(found, FindingKind.DECISION)
    assert ("Trustees approved the budget for 2025/26.", "5.2") in decided
    assert any("reserves policy" in text and minute == "5.3" for text, minute in decided)
    assert ("Trustees noted the report.", "6.1") in decided
    assert len(decided) == 3
    first, second = of_kind(found, FindingKind.ACTION)
    assert (first.fact("lead"), first.fact("minute")) == ("JB", "5.3")
    assert "reserves policy" in first.text
    assert (second.fact("lead"), second.fact("due"), second.fact("minute")) == ("AL", "1 May 2025", "6.2")
    people = {each.text: each.fact("how") for each in of_kind(found, FindingKind.ATTENDEE)}
    assert people["Raj Patel (RP)" if "Raj Patel (RP)" in people else "Raj Patel"] == "present"
    assert people["Sam Stone"] == "apologies"


def test_a_health_board_in_wales(reader: Reader) -> None:
    found = reader.found(HEALTH_BOARD)
    assert refs(found) == [f"BHC/24/03/{number}" for number in range(10, 14)]
    plan, report = of_kind(found, FindingKind.DECISION)
    assert "APPROVE the annual plan" in plan.text
    assert "NOTE the risks" in plan.text
    assert plan.fact("minute") == "BHC/24/03/12"
    assert report.fact("minute") == "BHC/24/03/13"
    assert of_kind(found, FindingKind.INTEREST) == []
    assert said(found, FindingKind.PROMISE) == [
        ("Dr Huws agreed to bring a report on waiting times to the next meeting.", "BHC/24/03/13")
    ]


def test_a_university_council(reader: Reader) -> None:
    found = reader.found(COUNCIL)
    assert refs(found) == ["24/66", "24/67", "24/68"]
    decided = said(found, FindingKind.DECISION)
    assert [minute for text, minute in decided if "estates strategy be approved" in text] == ["24/67"]
    assert [minute for text, minute in decided if "raised by 2 per cent" in text] == ["24/68"]
    assert [minute for text, minute in decided if "Senate had been consulted" in text] == ["24/68"]


def test_a_housing_association_whose_minutes_are_a_table(reader: Reader) -> None:
    found = reader.found(HOUSING)
    assert refs(found) == ["1", "2", "3", "4"]
    assert [each.text for each in of_kind(found, FindingKind.MINUTE)] == [
        "Apologies and declarations",
        "Internal audit",
        "Damp and mould",
        "Any other business",
    ]
    decided = said(found, FindingKind.DECISION)
    assert ("The Committee noted the report.", "2") in decided
    assert ("The Committee approved the new policy.", "3") in decided
    (action,) = of_kind(found, FindingKind.ACTION)
    assert (action.fact("lead"), action.fact("minute")) == ("LP", "2")
    people = {each.text: each.fact("how") for each in of_kind(found, FindingKind.ATTENDEE)}
    assert people["Kay Young"] == "present"
    assert people["Lou Price"] == "in attendance"


def test_a_town_council_that_votes(reader: Reader) -> None:
    found = reader.found(TOWN)
    assert refs(found) == [f"C/25/{number}" for number in range(101, 106)]
    assert [(each.fact("minute"), each.fact("verb")) for each in of_kind(found, FindingKind.DECISION)] == [
        ("C/25/103", "RESOLVED"),
        ("C/25/104", "carried"),
        ("C/25/105", "AGREED"),
    ]
    people = [(each.text, each.fact("how")) for each in of_kind(found, FindingKind.ATTENDEE)]
    present = [(f"Cllr {name}", "present") for name in ("Ash", "Beck", "Cole", "Dunn")]
    assert people == [*present, ("Councillor Elm", "apologies")]


def test_school_governors_with_a_column_of_actions(reader: Reader) -> None:
    found = reader.found(GOVERNORS)
    assert refs(found) == ["FGB 20/2122", "FGB 21/2122", "FGB 22/2122"]
    assert said(found, FindingKind.DECISION) == [("Governors approved the three year budget.", "FGB 21/2122")]
    (action,) = of_kind(found, FindingKind.ACTION)
    assert (action.fact("lead"), action.fact("due")) == ("RC", "1 December 2021")


def test_what_is_decided_in_so_many_words(reader: Reader) -> None:
    found = reader.found(
        """<h1>Riverside Trust</h1><h2>Minutes of the Council of Governors held on 12 May 2025</h2>
        <p><b>Present:</b> Ada Quinn (Chair), Ben Roe</p><h2>1. Welcome</h2><p>1.1 The Chair welcomed governors.</p>
        <h2>2. Auditors</h2><p>2.1 The Council of Governors agreed to appoint Grey LLP for three years.</p>
        <p>2.2 After discussion it was unanimously agreed that the fee be paid.</p>
        <h2>3. Close</h2><p>3.1 The Chair closed the meeting, and members were thanked.</p>"""
    )
    assert said(found, FindingKind.DECISION) == [
        ("The Council of Governors agreed to appoint Grey LLP for three years.", "2.1"),
        ("After discussion it was unanimously agreed that the fee be paid.", "2.2"),
    ]


@pytest.mark.parametrize(
    "spelled",
    [
        ("29.", "30.", "31."),
        ("FGB 20/2122", "FGB 21/2122", "FGB 22/2122"),
        ("18.07.3", "18.07.4", "18.07.5"),
        ("269/19", "270/19", "271/19"),
        ("2735/12 (a)", "2735/12 (b)", "2736/12"),
        ("M24.118", "M24.119", "M24.120"),
        ("CC-2024-07", "CC-2024-08", "CC-2024-09"),
        ("Minute 101", "Minute 102", "Minute 103"),
    ],
)
def test_numbers_in_every_style(reader: Reader, spelled: tuple[str, ...]) -> None:
    words = "The Clerk reported that 12 people had come, and that 30 had written since 3 May 2024."
    body = "".join(f"<h2>{number} About {each}</h2><p>{words}</p>" for number, each in zip(spelled, "ABC", strict=True))
    found = numbered(reader.html(f"<h1>Minutes</h1>{body}"))
    assert [section.ref for section in found.sections] == [
        number.removeprefix("Minute ").rstrip(".") for number in spelled
    ]
    assert [section.title for section in found.sections] == ["About A", "About B", "About C"]


def test_a_number_at_the_top_of_a_page_is_no_running_head(reader: Reader) -> None:
    def draw(page: pymupdf.Page, number: int) -> None:
        page.insert_text((72, 50), f"Group Board, page {number + 1}", fontsize=9)
        page.insert_text((72, 80), f"GB/25/{12 + 2 * number}", fontname="hebo")
        page.insert_text((150, 80), f"Matter of {('parks', 'roads', 'bins', 'lights')[number]}", fontname="hebo")
        for line in range(8):
            page.insert_text((150, 100 + 14 * line), "The Clerk reported on what had been done since the last time.")
        page.insert_text((72, 250), f"GB/25/{13 + 2 * number}", fontname="hebo")
        page.insert_text((150, 250), "Another matter", fontname="hebo")
        page.insert_text((150, 270), "There was nothing to report.")

    found = numbered(reader.drawn(4, draw))
    assert [section.ref for section in found.sections] == [f"GB/25/{number}" for number in range(12, 20)]
    assert found.sections[2].title == "Matter of roads"


def test_what_is_no_minutes_has_none(reader: Reader) -> None:
    report = (
        "<h1>Report on minutes</h1><p>1. The Board resolved to wait.</p><p>2. It was agreed to go on.</p>"
        "<p>3. So it did.</p>"
    )
    kinds = {each.kind for each in reader.found(report)}
    assert not kinds & {FindingKind.MINUTE, FindingKind.DECISION, FindingKind.PROMISE, FindingKind.ATTENDEE}
