"""What papers ask, wherever it stands in them."""

from collections.abc import Iterator

import pytest

from desktop.papers.finding import FindingKind, of_kind
from tests.papers.typeset_papers import Reader, reading

FILLING = "<p>The service went on as before, and nobody was told of it until the report was written.</p>" * 45


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with reading(tmp_path_factory.mktemp("asks")) as reader:
        yield reader


@pytest.mark.parametrize(
    ("html", "asked"),
    [
        ("<p>The HWB is asked to:</p><ul><li>Approve the plan</li><li>Note the risks.</li></ul>",
         [("Approve the plan", "approve"), ("Note the risks", "note")]),
        (f"{FILLING}{FILLING}{FILLING}<h2>Decision required</h2><p>The Board is asked to discuss the report.</p>",
         [("discuss the report", "discuss")]),
        (f"{FILLING}{FILLING}{FILLING}<h2>Decision Required</h2><p>The Group Board notes the work of the alliance.</p>"
         "<h2>Governance Table</h2>", [("The Group Board notes the work of the alliance", "note")]),
        ("<p>The Boards of the alliance are asked to receive the update.</p>", [("receive the update", "receive")]),
        ("<p>Both Boards had been invited to a dinner. Staff are asked to park elsewhere.</p>", []),
    ],
)  # fmt: skip
def test_points_and_what_is_to_be_done(reader: Reader, html: str, asked: list[tuple[str, str]]) -> None:
    found = of_kind(reader.found(f"<h1>Report to the Board</h1>{html}"), FindingKind.RECOMMENDATION)
    assert [(each.text, each.fact("verb")) for each in found] == asked
    assert all(each.place.boxes for each in found)


def test_minutes_that_tell_of_it_ask_nothing(reader: Reader) -> None:
    minutes = """<h1>Minutes of the meeting held on 3 March 2025</h1><p>Present: Ann Lee, Chair</p>
        <h2>1. Apologies</h2><p>Apologies were received from Bo Day.</p>
        <h2>2. Plan</h2><p>It was noted that the Board is asked to approve the plan. It was agreed.</p>
        <h2>3. Close</h2><p>The Chair closed the meeting and thanked members.</p>"""
    assert of_kind(reader.found(minutes), FindingKind.RECOMMENDATION) == []
