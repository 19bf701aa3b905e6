"""The first pack.toml, guessed from file names."""

from pathlib import Path

import pytest
from at_work import pdf_bytes

from desktop.errors import KnownError
from desktop.packs.pack import PaperKind, Session
from desktop.secretary.new_pack import new_pack
from desktop.secretary.plan import Plan, read_plan


def guessed(folder: Path, *names: str) -> Plan:
    folder.mkdir()
    for name in names:
        (folder / name).write_bytes(b"%PDF")
    new_pack(folder, "Group Board")
    return read_plan(folder)


def test_numbers_order_and_kinds(tmp_path: Path) -> None:
    plan = guessed(
        tmp_path / "2026-01-29 Group Board",
        "10 Board Assurance Framework.pdf",
        "2. Minutes of 27 November 2025.pdf",
        "00 Agenda.pdf",
        "03_Action_Log.pdf",
        "4.1 Chief executive's report.pdf",
        "4.1a Appendix A - Dashboard.pdf",
        "Item 5 - Finance.PDF",
        "Any other business.pdf",
        "notes.txt",
    )
    assert plan.problems == ()
    assert plan.meeting.held_on.isoformat() == "2026-01-29"
    assert plan.meeting.session is Session.PUBLIC
    assert [(paper.item, paper.title, paper.kind) for paper in plan.papers] == [
        ("0", "Agenda", PaperKind.AGENDA),
        ("2", "Minutes of 27 November 2025", PaperKind.MINUTES),
        ("3", "Action Log", PaperKind.ACTION_LOG),
        ("4.1", "Chief executive's report", PaperKind.REPORT),
        ("4.1", "Appendix A - Dashboard", PaperKind.APPENDIX),
        ("5", "Finance", PaperKind.REPORT),
        ("10", "Board Assurance Framework", PaperKind.ASSURANCE),
        ("11", "Any other business", PaperKind.REPORT),
    ]
    assert len(plan.items) == 7


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("Board 29 January 2026", "2026-01-29"),
        ("board_2026_01_29_private", "2026-01-29"),
        ("Papers for 3rd March 2026", "2026-03-03"),
    ],
)
def test_dates_in_the_folders_name(tmp_path: Path, name: str, day: str) -> None:
    plan = guessed(tmp_path / name, "1 x.pdf")
    assert plan.meeting.held_on.isoformat() == day
    assert (plan.meeting.session is Session.PRIVATE) == ("private" in name)


def test_a_folder_without_a_date_asks_for_one(tmp_path: Path) -> None:
    assert guessed(tmp_path / "papers 31-31-2026", "1 x.pdf").problems == (
        "[meeting]: date should be a date such as 2026-01-29.",
    )


def test_strange_names_survive(tmp_path: Path) -> None:
    names = ['1 "quoted" \\ back.pdf', "2 ünï’côdé 🙂.pdf", "3.pdf", "4 tab\there.pdf"]
    plan = guessed(tmp_path / "2026-01-29", *names)
    assert plan.problems == ()
    assert {paper.file.name for paper in plan.papers if paper.file} == set(names)


def test_a_plan_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_text("mine")
    (tmp_path / "1.pdf").write_bytes(pdf_bytes("x"))
    with pytest.raises(KnownError, match="already"):
        new_pack(tmp_path)
    assert (tmp_path / "pack.toml").read_text() == "mine"


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="could not be written"):
        new_pack(tmp_path / "none")
