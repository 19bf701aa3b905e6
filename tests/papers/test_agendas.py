"""Agendas in tables and lists of many makes."""

from collections.abc import Iterator

import pytest

from desktop.papers.finding import Finding, FindingKind, of_kind
from tests.papers.typeset_papers import Reader, reading


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with reading(tmp_path_factory.mktemp("agendas")) as reader:
        yield reader


def items(found: list[Finding]) -> list[tuple[str, str]]:
    return [(each.ref, each.text) for each in of_kind(found, FindingKind.AGENDA_ITEM)]


def test_a_table_with_columns_of_its_own_names(reader: Reader) -> None:
    found = reader.found(
        """<h1>Finance Committee</h1><h2>AGENDA</h2><p>Wednesday 4 June 2025, 10.00am, Room 3</p>
        <table><tr><th>Time</th><th>Agenda item</th><th>No.</th>
        <th>Presenter</th><th>For</th><th>Enc</th></tr>
        <tr><td>10.00</td><td>Apologies for absence</td><td>1</td><td>Chair</td><td>Note</td><td>Verbal</td></tr>
        <tr><td></td><td>Declarations of interest</td><td>2</td><td>Chair</td><td>Note</td><td>Verbal</td></tr>
        <tr><td>10.05</td><td>Minutes of the last meeting</td><td>3</td><td>Chair</td><td>Approval</td>
        <td>Enc A</td></tr>
        <tr><td>10.10</td><td>Month 2 accounts</td><td>4</td><td>A Kay</td><td>Assurance</td><td>To follow</td></tr>
        </table>"""
    )
    assert items(found) == [
        ("1", "Apologies for absence"),
        ("2", "Declarations of interest"),
        ("3", "Minutes of the last meeting"),
        ("4", "Month 2 accounts"),
    ]
    _, _, minutes, accounts = of_kind(found, FindingKind.AGENDA_ITEM)
    assert (minutes.fact("paper"), minutes.fact("purpose"), minutes.fact("time")) == ("Enc A", "Approval", "10.05")
    assert (accounts.fact("lead"), accounts.fact("status")) == ("A Kay", "to follow")
    (meeting,) = of_kind(found, FindingKind.MEETING)
    assert (meeting.fact("date"), meeting.fact("body")) == ("2025-06-04", "Finance Committee")


def test_a_table_without_heads(reader: Reader) -> None:
    found = reader.found(
        """<h1>Board of Trustees: agenda</h1><p>Meeting on 12 September 2025</p><table>
        <tr><td>1.</td><td>Welcome and apologies</td><td>Chair</td><td>18.00</td><td>Verbal</td></tr>
        <tr><td>2.</td><td>Declaration of interests</td><td>Chair</td><td>18.05</td><td>Verbal</td></tr>
        <tr><td>3.</td><td>Headteacher's report</td><td>J Moss</td><td>18.10</td><td>Paper</td></tr>
        <tr><td>4.</td><td>Any other business</td><td>Chair</td><td>19.30</td><td>Verbal</td></tr></table>"""
    )
    assert items(found)[2] == ("3", "Headteacher's report")
    report = of_kind(found, FindingKind.AGENDA_ITEM)[2]
    assert (report.fact("lead"), report.fact("time"), report.fact("form")) == ("J Moss", "18.10", "Paper")


def test_a_parish_councils_list(reader: Reader) -> None:
    found = reader.found(
        """<h1>THORNLEY PARISH COUNCIL</h1><p>Councillors are
        hereby summoned to attend a meeting of the Parish Council on
        Tuesday 11 June 2024 at 7.30pm in the Village Hall.</p>
        <h2>AGENDA</h2>
        <p>1240/24 Apologies for absence</p><p>1241/24 Declarations of interest</p>
        <p>1242/24 Minutes: to approve the minutes of the meeting held on 14 May 2024</p>
        <p>1243/24 Clerk's report (verbal)</p><p>1244/24 Accounts for payment (Appendix 2)</p>
        <p>1245/24 Date of next meeting</p>"""
    )
    assert [ref for ref, _ in items(found)] == [f"{number}/24" for number in range(1240, 1246)]
    by_ref = {each.ref: each for each in of_kind(found, FindingKind.AGENDA_ITEM)}
    assert by_ref["1243/24"].text == "Clerk's report"
    assert by_ref["1243/24"].fact("status") == "verbal"
    assert by_ref["1244/24"].fact("appendix") == "2"


def test_a_councils_list_with_appendices_pages_and_speakers(reader: Reader) -> None:
    found = reader.found(
        """<h1>Overview and Scrutiny Committee</h1><p>Date: 3 March 2025</p><h2>AGENDA</h2>
        <h2>1. APOLOGIES FOR ABSENCE</h2><h2>2. DECLARATIONS OF INTEREST</h2>
        <h2>3. MINUTES OF THE PREVIOUS MEETING</h2><p><b>Appendix A</b></p><p>(Pages 1 - 8)</p>
        <h2>4. LIBRARIES</h2><p>Appendix B</p><p>(Pages 9 - 40)</p>
        <p>Ines Cole, Head of Libraries, to present the report. For decision.</p>
        <h2>PRIVATE SESSION</h2><h2>5. LEASE OF THE MILL</h2><p>The Director of Property to submit a report.</p>"""
    )
    libraries = next(each for each in of_kind(found, FindingKind.AGENDA_ITEM) if each.ref == "4")
    assert libraries.text == "LIBRARIES"
    assert (libraries.fact("appendix"), libraries.fact("pages")) == ("B", "9-40")
    assert libraries.fact("lead") == "Ines Cole, Head of Libraries"
    assert libraries.fact("purpose") == "decision"


def test_minutes_and_reports_have_no_items(reader: Reader) -> None:
    found = reader.found(
        """<h1>Minutes of the meeting held on 3 March 2025</h1><p>Present: Ann Lee, Chair</p>
        <h2>1. Apologies for absence</h2><p>Apologies were received from Bo Day.</p>
        <h2>2. Declarations of interest</h2><p>None were declared.</p>
        <h2>3. Any other business</h2><p>It was agreed to meet in May. The Chair closed the meeting.</p>"""
    )
    assert items(found) == []
    assert [each.fact("kind") for each in of_kind(found, FindingKind.PAPER_KIND)] == ["minutes"]
