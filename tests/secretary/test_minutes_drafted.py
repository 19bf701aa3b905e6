"""Minutes: a place for each item, documents, an action log that comes back, and a day on which they were confirmed."""

import io
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pymupdf
import pytest
from at_work import PLAN, Secretary

from desktop.errors import KnownError
from desktop.packs.pack import PaperKind
from desktop.pdf.client import PdfClient
from desktop.secretary import minuting
from desktop.secretary.action_log import matters_arising, say_news, take_actions
from desktop.secretary.minutes import NAME, Minutes, ToDo, line_of, minutes_of, save_minutes, to_do_of
from desktop.secretary.minutes_writing import log_docx, log_html, minutes_docx
from desktop.secretary.project import load_project
from desktop.secretary.retention import retention_now

SetPdf = Callable[[str, str, str], bytes]
NEXT = PLAN.replace("2026-01-29", "2026-03-26").replace('file = "1 minutes.pdf"', 'status = "to follow"').replace(
    'file = "2 finance.pdf"', 'status = "to follow"'
)


@pytest.fixture
def set_pdf(pdf: PdfClient) -> SetPdf:
    return lambda html, css, foot: pdf.typeset(html, css, foot).result(60)


@pytest.fixture
def written(ready: Secretary) -> Minutes:
    """Of a meeting with one decision and two actions."""
    minutes = minutes_of(load_project(ready.papers), ready.papers)
    first, second = minutes.items
    said = 'The minutes were "taken as read".\n\nThere was\none change.'
    first = replace(first, said=said, decisions=("AGREED as amended",))
    second = replace(
        second, said="A deficit of £2m — so far.", actions=(ToDo("Write to the ICB", "DoF", "1 March"), ToDo("Recount"))
    )
    minutes = replace(minutes, present=("Jane Doe", "John Roe"), apologies=("Ann Lee",), items=(first, second))
    save_minutes(ready.papers, minutes)
    return minutes


def text_of(pdf: bytes) -> str:
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        words = " ".join(" ".join(page.get_text() for page in document).split())
    return unicodedata.normalize("NFKC", words)  # two letters that were printed as one sign


def words_of(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_they_have_a_place_for_each_item_and_keep_what_was_written(ready: Secretary, written: Minutes) -> None:
    again = minutes_of(load_project(ready.papers), ready.papers)
    assert again == written
    ready.plan(PLAN.replace('title = "Finance"', 'title = "Money"').replace('[[items]]\nnumber = "1"\ntitle = "Minutes"'
               '\npurpose = "decision"\n', "").replace('item = "1"', 'item = "2"'))  # fmt: skip
    later = minutes_of(load_project(ready.papers), ready.papers)
    assert [(item.number, item.title) for item in later.items] == [("2", "Money"), ("1", "Minutes")]
    assert later.items[0].actions == written.items[1].actions
    assert later.items[1].decisions == written.items[0].decisions, "what was written of an item that went stays"


def test_a_file_that_cannot_be_read_is_told_and_left(ready: Secretary) -> None:
    (ready.papers / NAME).write_text("[minutes]\nabsent = 1\n[[items]]\ntitle = 3\n")
    with pytest.raises(KnownError, match="no field called"):
        minutes_of(load_project(ready.papers), ready.papers)
    (ready.papers / NAME).write_text("no = [toml")
    with pytest.raises(KnownError, match="cannot be understood"):
        minutes_of(load_project(ready.papers), ready.papers)


def test_as_documents_they_say_all_of_it(ready: Secretary, written: Minutes, set_pdf: SetPdf, tmp_path: Path) -> None:
    minuting.write_minutes(ready.registry, ready.papers, tmp_path / "m.pdf", set_pdf)
    minuting.write_minutes(ready.registry, ready.papers, tmp_path / "m.docx", set_pdf)
    said = (text_of((tmp_path / "m.pdf").read_bytes()), " ".join(words_of((tmp_path / "m.docx").read_bytes()).split()))
    for text in said:
        for words in (
            "Minutes of the meeting held on 29 January 2026", "Draft, to be confirmed", "Present: Jane Doe, John Roe",
            "Apologies: Ann Lee", "1. Minutes", 'were "taken as read"', "There was one change.", "AGREED as amended",
            "Action: Write to the ICB (DoF, 1 March)", "£2m — so far",
        ):  # fmt: skip
            assert words in text
    with pytest.raises(KnownError, match="neither a Word document nor a PDF"):
        minuting.write_minutes(ready.registry, ready.papers, tmp_path / "m.odt", set_pdf)


def test_actions_stay_on_the_log_until_they_are_done(ready: Secretary, written: Minutes) -> None:
    registry, office = ready.registry, ready.office
    log = take_actions(registry, office, written)
    assert [(each.ref, each.what, each.who) for each in log] == [
        ("2026-01-29/2.1", "Write to the ICB", "DoF"),
        ("2026-01-29/2.2", "Recount", ""),
    ]
    say_news(registry, office, "2026-01-29/2.1", "Sent, no answer yet")
    say_news(registry, office, "2026-01-29/2.2", closed=date(2026, 2, 3))
    first, second = written.items
    turned = replace(second, actions=(ToDo("A new one"), *second.actions))
    log = take_actions(registry, office, replace(written, items=(first, turned)))
    assert [(each.what, each.news, each.closed) for each in log] == [
        ("A new one", "", ""),
        ("Write to the ICB", "Sent, no answer yet", ""),
        ("Recount", "", "2026-02-03"),
    ]
    assert [each.what for each in matters_arising(log, date(2026, 1, 29))] == [each.what for each in log]
    assert "Recount" not in [each.what for each in matters_arising(log, date(2026, 2, 4))]
    with pytest.raises(KnownError, match="no action"):
        say_news(registry, office, "2026-01-29/9.9")


def test_they_and_the_log_are_papers_of_the_next_pack(
    ready: Secretary, written: Minutes, set_pdf: SetPdf, tmp_path: Path
) -> None:
    jane = ready.welcome("Jane Doe")
    later = tmp_path / "March"
    later.mkdir()
    (later / "pack.toml").write_text(NEXT.replace('title = "Finance"', 'title = "Action log and matters arising"'))
    carried = minuting.carry_to(ready.registry, ready.papers, later, date(2026, 3, 1), set_pdf)
    assert carried.files == ("Minutes of 29 January 2026.pdf", "Action log.pdf")
    assert carried.loose == ()
    assert minuting.carry_to(ready.registry, ready.papers, later, date(2026, 3, 1), set_pdf) == carried, "once more"
    project = load_project(later)
    assert [[(paper.file, paper.kind) for paper in item.papers if paper.file] for item in project.items] == [
        [("Minutes of 29 January 2026.pdf", PaperKind.MINUTES)],
        [("Action log.pdf", PaperKind.ACTION_LOG)],
    ]
    assert "Write to the ICB DoF 1 March Open" in text_of((later / "Action log.pdf").read_bytes())
    ready.papers = later
    ready.despatch()
    assert "Action: Recount" in text_of(jane.read("Minutes of 29 January 2026"))
    with pytest.raises(KnownError, match="no later meeting"):
        minuting.carry_to(ready.registry, later, tmp_path / "papers", date(2026, 3, 1), set_pdf)


def test_confirmed_they_are_no_draft_and_the_bodys_rule_knows(ready: Secretary, written: Minutes) -> None:
    jane = ready.welcome("Jane Doe")
    ready.despatch()
    with pytest.raises(KnownError, match="before their meeting"):
        minuting.confirm(ready.registry, ready.papers, date(2026, 1, 1))
    minutes = minuting.confirm(ready.registry, ready.papers, date(2026, 3, 26))
    assert minutes == minutes_of(load_project(ready.papers), ready.papers)
    assert "Confirmed on 26 March 2026." in words_of(minutes_docx(minutes))
    meeting = minutes.meeting
    decided = retention_now(ready.registry, ready.office.body_id)
    assert decided
    assert decided.confirmed_on(meeting.held_on, meeting.session) == date(2026, 3, 26)
    told = jane.pack().retention
    assert told
    assert told.confirmed_on(meeting.held_on, meeting.session) == date(2026, 3, 26)


def test_an_empty_log_says_so_and_lines_are_actions() -> None:
    assert "No action is open" in log_html("Board", [], date(2026, 3, 1))
    assert "No action is open" in words_of(log_docx("Board", [], date(2026, 3, 1)))
    assert to_do_of("  ") is None
    assert to_do_of("Write | DoF | 1 March | or so") == ToDo("Write", "DoF", "1 March | or so")
    for action in (ToDo("Write"), ToDo("Write", "DoF"), ToDo("Write", "", "1 March")):
        assert to_do_of(line_of(action)) == action
