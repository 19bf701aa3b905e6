"""Pre-flight finds what was planted in a pack, says where, and finds nothing in a pack that is clean."""

import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pymupdf
import pytest

from desktop.cli import main
from desktop.papers.scholar import Scholar
from desktop.pdf.client import PdfClient
from desktop.secretary.checks.hidden import check_documents
from desktop.secretary.checks.personal import checks
from desktop.secretary.preflight import Remark, Weight, check_project
from desktop.secretary.project import load_project

TODAY = date(2026, 1, 20)
HEAD = """
[body]
name = "Trust Board"
[meeting]
date = 2026-01-29
starts = "13:30"
place = "Boardroom"
session = "public"
"""
CSS = "table { width: 100%; border-collapse: collapse } td, th { border: 1px solid black; padding: 4pt }"


def front(author: str, title: str) -> str:
    return (
        f"<h1>{title}</h1><table><tr><td>Paper sponsored by:</td><td>Ada Smith, Chief Executive</td></tr>"
        f"<tr><td>Paper authored by:</td><td>{author}</td></tr>"
        "<tr><td>Date submitted:</td><td>12 January 2026</td></tr>"
        "<tr><td>Date of next report:</td><td>May 2026</td></tr></table>"
    )


RISK = "<p>BAF 3 Workforce: we may not recruit enough nurses for safe wards. Current score {score}.</p>"
REGISTER = (
    "<h2>Board Assurance Framework</h2><table><tr><th>Ref</th><th>Risk title</th><th>Current score</th></tr>"
    "<tr><td>BAF 3</td><td>{title}</td><td>{score}</td></tr>"
    "<tr><td>BAF 4</td><td>Estates that are no longer safe to use</td><td>9</td></tr></table>"
)
PLANTED = {
    "1 Minutes.pdf": (
        "<h1>Trust Board</h1><h2>Minutes of the meeting held on Thursday 27 November 2025</h2><p><b>Present:</b></p>"
        "<p>Elin Rees, Chair</p><p>Paul Sheldon, Finance Director</p><p>Ada Smith, Chief Executive</p>"
        "<h2>TB/25/10 Welcome and apologies</h2><p>The Chair welcomed everyone to the meeting.</p>"
        "<h2>TB/25/11 Finance</h2><p>The Board RESOLVED to note the report.</p>"
        "<p><b>Action:</b> Paul Sheldon to bring a paper on agency costs to the January meeting.</p>"
        "<h2>TB/25/12 Next meeting</h2><p>It is on Monday 29 January 2026, and not on 31 November 2025.</p>"
    ),
    "2 Action log.pdf": (
        "<h1>Action log</h1><table><tr><th>Ref</th><th>Action</th><th>Lead</th><th>Due</th><th>Status</th></tr>"
        "<tr><td>TB/25/4</td><td>Write to the council about the car park</td><td>Ada Smith</td><td>March 2026</td>"
        "<td>Open</td></tr><tr><td>TB/25/5</td><td>Publish the rota for doctors</td><td>Jo Brown</td><td>May 2026</td>"
        "<td>Open</td></tr></table>"
    ),
    "3 Finance.pdf": front("Paul Sheldon", "Finance report") + "<p>The figures are set out in Appendix 7.</p>",
    "4 Quality.pdf": front("", "Quality report")
    + "<p>Complaint of Mrs Joan Hill, date of birth 3 May 1961, NHS number 943 476 5919.</p>"
    + "<p>The XQV met. We asked the XQV to report, and the XQV will.</p>",
    "5 Risk.pdf": front("Jo Brown", "Risk report")
    + REGISTER.format(title="We may not recruit enough nurses", score=16),
    "6 Estates.pdf": front("Jo Brown", "Estates report"),
    "7 People.pdf": "<h1>People report</h1><p>No words of who wrote it.</p>"
    + REGISTER.format(title="Computers fail in the winter months", score=12),
}


def plan(files: dict[str, str]) -> str:
    items = "".join(f'[[items]]\nnumber = "{name[0]}"\ntitle = "{name[2:-4]}"\n' for name in files)
    kinds = {"1": "minutes", "2": "action log"}
    papers = "".join(
        f'[[papers]]\nitem = "{name[0]}"\ntitle = "{name[2:-4]}"\nfile = "{name}"\n'
        f'kind = "{kinds.get(name[0], "report")}"\n'
        for name in files
    )
    return HEAD + items + papers


@pytest.fixture(scope="module")
def workers() -> Iterator[tuple[PdfClient, Scholar]]:
    pdf, scholar = PdfClient("tests"), Scholar("tests")
    yield pdf, scholar
    scholar.shut_down()
    pdf.shut_down()


@pytest.fixture(scope="module")
def planted(workers: tuple[PdfClient, Scholar], tmp_path_factory: pytest.TempPathFactory) -> list[Remark]:
    folder = tmp_path_factory.mktemp("planted")
    for name, html in PLANTED.items():
        (folder / name).write_bytes(workers[0].typeset(html, CSS).result())
    hide(folder / "6 Estates.pdf")
    write_docx(folder / "3 Finance.docx", 2)
    (folder / "pack.toml").write_text(plan(PLANTED))
    return check_project(folder, load_project(folder), workers[0], TODAY, workers[1])


def hide(path: Path) -> None:
    """A price under a black box, a comment, and its writer's name."""
    with pymupdf.open(path) as document:
        page = document[0]
        page.insert_text((72, 500), "The price is nine million pounds", fontsize=12)
        page.draw_rect((70, 485, 300, 505), color=(0, 0, 0), fill=(0, 0, 0))
        page.add_text_annot((300, 300), "Shall we say so?")
        document.set_metadata({"author": "Joanna Brown", "title": "Draft of the estates report"})
        document.saveIncr()


def write_docx(path: Path, changes: int) -> None:
    with zipfile.ZipFile(path, "w") as document:
        document.writestr("word/document.xml", "<w:document>" + '<w:ins w:id="1"/>' * changes + "</w:document>")
        document.writestr("word/comments.xml", '<w:comments><w:comment w:id="1"/></w:comments>')


FOUND = [
    ("1", Weight.SEE_TO, "bring a paper on agency costs to the January meeting", "is not on the action log"),
    ("1", Weight.SEE_TO, "“Monday 29 January 2026”", "that day is a Thursday"),
    ("1", Weight.SEE_TO, "“31 November 2025”", "there is no such day"),
    ("3", Weight.SEE_TO, "“Appendix 7”", "leads nowhere"),
    ("4", Weight.SEE_TO, "“Paper authored by:” is empty", "Quality"),
    ("4", Weight.SEE_TO, "an NHS number", "ending 919"),
    ("4", Weight.SEE_TO, "a date of birth with a name", "Quality"),
    ("4", Weight.KNOW, "uses XQV", "no paper says"),
    ("7", Weight.SEE_TO, "has no front sheet", "People"),
    ("7", Weight.SEE_TO, "BAF 3 scores 16", "and 12 in “People”"),
    ("7", Weight.SEE_TO, "BAF 3 is “We may not recruit enough nurses”", "“Computers fail in the winter months”"),
    ("6", Weight.SEE_TO, "words that cannot be seen", "nine million"),
    ("6", Weight.SEE_TO, "a comment that its writers left", "Estates"),
    ("6", Weight.KNOW, "names Joanna Brown as its author", "Estates"),
    ("6", Weight.KNOW, "is called “Draft of the estates report” inside", "Estates"),
    ("", Weight.SEE_TO, "3 Finance.docx has 2 tracked changes and 1 comment", ""),
    ("1", Weight.KNOW, "have no tags", "and 4 more"),
]


@pytest.mark.parametrize(("item", "weight", "words", "more"), FOUND)
def test_what_was_planted_is_found_in_its_place(
    planted: list[Remark], item: str, weight: Weight, words: str, more: str
) -> None:
    found = [each for each in planted if words in each.what]
    assert found, [each.what for each in planted]
    assert (found[0].item, found[0].weight) == (item, weight)
    assert more in found[0].what
    assert not item or found[0].page == 1


def test_nothing_else_is_said_and_nothing_stops_it(planted: list[Remark]) -> None:
    known = [each for each in planted if any(words in each.what for _, _, words, _ in FOUND)]
    assert [each.what for each in planted if each not in known] == []
    assert [each for each in planted if each.weight is Weight.STOPS] == []


def test_neither_a_number_nor_a_birthday_is_quoted(planted: list[Remark]) -> None:
    said = " ".join(f"{each.what} {each.do}" for each in planted)
    assert "943" not in said
    assert "1961" not in said


def test_a_clean_pack_is_told_nothing(workers: tuple[PdfClient, Scholar], tmp_path: Path) -> None:
    minutes = "<h1>Minutes</h1><p>Held on Thursday 27 November 2025.</p>"
    files = {"1 Minutes.pdf": minutes, "2 Visit.pdf": "<p>A visit.</p>"}
    for name, html in files.items():
        (tmp_path / name).write_bytes(workers[0].typeset(html, CSS).result())
    (tmp_path / "pack.toml").write_text(plan(files))
    found = check_project(tmp_path, load_project(tmp_path), workers[0], TODAY, workers[1])
    assert [each.what for each in found if "no tags" not in each.what] == []


def test_page_ranges_that_do_not_tile_are_told(workers: tuple[PdfClient, Scholar], tmp_path: Path) -> None:
    lines = "<p>Minutes (Pages 3 - 12)</p><p>Plan (Pages 13 - 96)</p><p>Budget (Pages 98 - 110)</p>"
    (tmp_path / "1 Agenda.pdf").write_bytes(workers[0].typeset(f"<h1>Agenda</h1>{lines}", CSS).result())
    (tmp_path / "pack.toml").write_text(plan({"1 Agenda.pdf": ""}))
    found = check_project(tmp_path, load_project(tmp_path), workers[0], TODAY, workers[1])
    assert any("names pages 98 to 110 right after page 96" in each.what for each in found)


@pytest.mark.parametrize(("digits", "good"), [("9434765919", True), ("9434765918", False), ("4010232137", True)])
def test_an_nhs_number_is_known_by_its_last_figure(digits: str, good: bool) -> None:
    assert checks(digits) is good


def test_a_document_that_cannot_be_read_is_not_called_clean(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04 and no more")
    assert [each.what for each in check_documents(tmp_path, ["a.pdf"])] == [
        "a.docx could not be looked through for tracked changes and comments."
    ]
    assert list(check_documents(tmp_path, ["b.pdf"])) == [], "it belongs to no paper of the pack"


def test_the_command_says_by_its_code_whether_it_can_go_out(
    workers: tuple[PdfClient, Scholar], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "1 Visit.pdf").write_bytes(workers[0].typeset("<p>A visit on 31 June 2025.</p>").result())
    (tmp_path / "pack.toml").write_text(plan({"1 Visit.pdf": ""}).replace("2026-01-29", date.today().isoformat()))
    assert main(["preflight", str(tmp_path)]) == 0
    assert "item 1, page 1: “31 June 2025” in “Visit”: there is no such day." in capsys.readouterr().out
    (tmp_path / "1 Visit.pdf").write_bytes(b"%PDF-1.7 and no more")
    assert main(["preflight", str(tmp_path)]) == 2
    assert "Stops the despatch: item 1: 1 Visit.pdf is damaged" in capsys.readouterr().out
