"""Logs of actions in the columns, words and order of many bodies."""

from collections.abc import Iterator

import pytest

from desktop.papers.finding import Finding, FindingKind, of_kind
from tests.papers.typeset_papers import Reader, reading


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with reading(tmp_path_factory.mktemp("logs")) as reader:
        yield reader


def actions(reader: Reader, html: str) -> list[Finding]:
    return of_kind(reader.found(html), FindingKind.ACTION)


def test_columns_in_another_order_and_other_words(reader: Reader) -> None:
    first, second = actions(
        reader,
        """<h1>Audit Committee Action Tracker</h1><table>
        <tr><th>RAG</th><th>By when</th><th>Responsible officer</th><th class="w90">Agreed action</th>
        <th>Date of meeting</th><th>Action no</th><th>Progress update</th></tr>
        <tr><td>Green</td><td>30/06/2025</td><td>Head of Audit</td><td>Report on overdue recommendations</td>
        <td>12/03/2025</td><td>AC-14</td><td>On the agenda, item 6</td></tr>
        <tr><td>Red</td><td>31/05/2025</td><td>T Ford</td><td>Recruit an independent member</td>
        <td>12/03/2025</td><td>AC-15</td><td></td></tr></table>""",
    )
    assert (first.ref, first.text) == ("AC-14", "Report on overdue recommendations")
    facts = {"lead": "Head of Audit", "due": "30/06/2025", "status": "Green", "raised": "12/03/2025"}
    assert facts.items() <= first.facts.items()
    assert first.fact("evidence") == "On the agenda, item 6"
    assert (second.ref, second.fact("lead"), second.fact("evidence")) == ("AC-15", "T Ford", "")


def test_a_minute_number_stands_for_the_actions_own(reader: Reader) -> None:
    (action,) = actions(
        reader,
        """<h1>Matters arising and action sheet</h1><table>
        <tr><th>Minute no.</th><th>Action/ issue</th><th>Lead</th><th>Due date</th><th>Status</th><th>Evidence</th></tr>
        <tr><td>GTB/25/8</td><td>Bring the strategy back</td><td>DW</td><td>January</td><td>Closed</td><td></td></tr>
        </table>""",
    )
    assert (action.ref, action.fact("minute"), action.fact("status")) == ("GTB/25/8", "GTB/25/8", "Closed")


def test_nothing_is_made_of_a_log_that_says_there_is_nothing(reader: Reader) -> None:
    table = """<h1>Action log</h1><table><tr><th>No.</th><th>Action</th><th>Lead</th><th>Due</th></tr>
        <tr><td></td><td>No actions identified</td><td></td><td></td></tr></table>"""
    assert actions(reader, table) == []


def test_a_cell_that_reaches_down_speaks_for_every_row(reader: Reader) -> None:
    first, second, third = actions(
        reader,
        """<h1>Action list</h1><table>
        <tr><th>Ref</th><th>Meeting</th><th class="w200">Action required</th><th>Owner</th><th>Deadline</th></tr>
        <tr><td>1</td><td rowspan="2">4 June 2025</td><td>Write to the council</td><td>Clerk</td><td>July</td></tr>
        <tr><td>2</td><td>Order the signs</td><td>PD</td><td>July</td></tr>
        <tr><td>3</td><td>2 July 2025</td><td>Mend the gate</td><td>AO</td><td>August</td></tr></table>""",
    )
    assert [each.fact("raised") for each in (first, second, third)] == ["4 June 2025", "4 June 2025", "2 July 2025"]
    assert [each.fact("lead") for each in (first, second, third)] == ["Clerk", "PD", "AO"]


def test_a_log_that_goes_on_over_pages(reader: Reader) -> None:
    rows = "".join(
        f"<tr><td>A{number}</td><td>Do the thing with the number {number} and then say to the committee that it is "
        f"done, with whatever evidence there is of it</td><td>Owner {number}</td><td>May 2025</td><td>Open</td></tr>"
        for number in range(1, 61)
    )
    head = "<tr><th>Ref</th><th class='w200'>Action</th><th>Owner</th><th>Due</th><th>Status</th></tr>"
    found = actions(reader, f"<h1>Action log</h1><table>{head}{rows}</table>")
    assert [each.ref for each in found] == [f"A{number}" for number in range(1, 61)]
    assert all(each.text.endswith("evidence there is of it") for each in found)
    assert found[-1].page > 0
    assert found[-1].place.boxes


def test_parts_of_a_log_are_told_apart(reader: Reader) -> None:
    found = actions(
        reader,
        """<h1>Rolling action log</h1><h2>Open actions</h2><table>
        <tr><th>No</th><th class="w200">Action</th><th>Lead</th><th>Due</th></tr>
        <tr><td>7</td><td>Review the policy</td><td>KD</td><td>1 May</td></tr></table>
        <h2>Closed actions</h2><table><tr><th>No</th><th class="w200">Action</th><th>Lead</th><th>Due</th></tr>
        <tr><td>5</td><td>Publish the report</td><td>KD</td><td>1 March</td></tr></table>""",
    )
    assert [(each.ref, each.fact("listed")) for each in found] == [("7", "Open actions"), ("5", "Closed actions")]


def test_a_table_of_costs_is_no_log(reader: Reader) -> None:
    costs = """<h1>Plan</h1><table><tr><th>No</th><th>Action</th><th>Cost</th><th>Year</th></tr>
        <tr><td>1</td><td>Buy beds</td><td>£4m</td><td>2026</td></tr></table>"""
    assert actions(reader, costs) == []
