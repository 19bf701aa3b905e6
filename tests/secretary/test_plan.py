# ruff: noqa: E501 - whole sentences stand on one line
"""pack.toml and the PDFs it names: everything wrong is listed at once, and nothing is written."""

from pathlib import Path

import pymupdf
import pytest
from at_work import PLAN, Secretary, pdf_bytes

from desktop.errors import KnownError
from desktop.packs.pack import PaperKind
from desktop.secretary.plan import Problems, read_plan


def problems(secretary: Secretary) -> tuple[str, ...]:
    out = secretary.papers / "out.despatch-pack"
    with pytest.raises(Problems) as told:
        secretary.compile()
    assert not out.exists()
    assert not list(secretary.papers.glob("*.part"))
    for problem in told.value.problems:
        assert problem in str(told.value)
    return told.value.problems


def only(found: tuple[str, ...]) -> str:
    assert len(found) == 1, found
    return found[0]


CASES = {
    "an unknown field": (PLAN + 'titel = "x"\n', 'Paper “Finance report”: there is no field called "titel"; did you mean "title"?'),
    "an unknown table": (PLAN + '[[paper]]\nitem = "1"\n', 'pack.toml: there is no field called "paper"; did you mean "papers"?'),
    "an item twice": (PLAN.replace('number = "2"', 'number = "1"').replace('item = "2"', 'item = "1"'), "Item 1: this number is on the agenda twice."),
    "an item that is not there": (PLAN.replace('item = "2"', 'item = "7"'), "Paper “Finance report”: its item 7 is not on the agenda."),
    "no title": (PLAN.replace('title = "Finance report"', ""), "[[papers]] no. 2: title is missing."),
    "a missing file": (PLAN.replace('"2 finance.pdf"', '"2 finanse.pdf"'), "Paper “Finance report”: its file 2 finanse.pdf is not in the folder."),
    "a file outside": (PLAN.replace('"2 finance.pdf"', '"../x.pdf"'), "Paper “Finance report”: its file ../x.pdf lies outside the folder of the pack."),
    "no file": (PLAN.replace('file = "2 finance.pdf"', ""), 'Paper “Finance report”: file is missing; if there is none yet, give it the status "to follow" or "verbal".'),
    "a file for a verbal paper": (PLAN + 'status = "verbal"\n', 'Paper “Finance report”: it has a file, but its status "verbal" says that there is none.'),
    "an unknown kind": (PLAN + 'kind = "essay"\n', 'Paper “Finance report”: kind is "essay" but should be one of "agenda", "minutes", "action log", "report", "assurance", "appendix", "other".'),
    "a strange date": (PLAN.replace("2026-01-29", '"29th January"'), "[meeting]: date should be a date such as 2026-01-29."),
    "a strange time": (PLAN.replace('"13:30"', '"half past one"'), '[meeting]: starts should be a time such as "13:30".'),
    "to that is no list": (PLAN + 'to = "Jane Doe"\n', 'Paper “Finance report”: to should be a list of names such as ["Jane Doe"].'),
    "another body": (PLAN.replace("Group Board", "Grupe Board"), "There is no body called “Grupe Board”. Nothing was changed. Yours are “Group Board”."),
    "a printing that is no yes or no": (PLAN + 'printing = "no"\n', "Paper “Finance report”: printing should be true or false, without quotation marks."),
    "an id that is none": (PLAN + 'id = "x"\n', "Paper “Finance report”: id should be 16 of the digits 0 to 9 and a to f; leave it out if you are not sure."),
    "an id twice": (PLAN.replace('kind = "minutes"', 'id = "00112233445566aa"') + 'id = "00112233445566aa"\n', "The id 00112233445566aa is given to two papers."),
    "a single bracket": (PLAN.replace("[[items]]\nnumber = \"1\"", "[items]\nnumber = \"1\"").replace('[[items]]\nnumber = "2"\ntitle = "Finance"\n', "").replace('item = "2"', 'item = "1"'), "[[items]] needs two brackets on each side."),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_one_mistake_is_told_in_one_sentence(ready: Secretary, case: str) -> None:
    text, sentence = CASES[case]
    ready.plan(text)
    assert sentence in problems(ready)


def test_an_error_of_syntax_names_its_line(ready: Secretary) -> None:
    ready.plan(PLAN.replace('place = "Kettering"', 'place = "Kettering'))
    assert "at line 7" in only(problems(ready))


def test_a_file_in_another_encoding_is_told(ready: Secretary) -> None:
    (ready.papers / "pack.toml").write_bytes(PLAN.replace("Kettering", "Zürich").encode("latin-1"))
    assert only(problems(ready)) == "pack.toml is not saved as UTF-8 text."


def test_an_editors_mark_at_the_beginning_is_no_mistake(ready: Secretary) -> None:
    (ready.papers / "pack.toml").write_bytes(b"\xef\xbb\xbf" + PLAN.encode())
    assert read_plan(ready.papers).problems == ()


def test_a_missing_plan_is_told(ready: Secretary) -> None:
    (ready.papers / "pack.toml").unlink()
    with pytest.raises(KnownError, match="new-pack"):
        ready.compile()


def test_numbers_dates_and_times_may_stand_without_quotation_marks(ready: Secretary) -> None:
    ready.plan(
        PLAN.replace('"13:30"', "13:30:00").replace('number = "2"', "number = 2").replace('item = "2"', "item = 2")
    )
    plan = read_plan(ready.papers)
    assert plan.problems == ()
    assert plan.meeting.starts == "13:30"
    assert plan.papers[1].item == "2"


def test_everything_is_listed_at_once(ready: Secretary) -> None:
    text = PLAN.replace('"2 finance.pdf"', '"gone.pdf"').replace("2026-01-29", '"soon"') + 'colour = "red"\n'
    ready.plan(text, _1_minutes=b"not a PDF at all")
    found = problems(ready)
    assert len(found) == 4
    assert any("1 minutes.pdf" in problem for problem in found)


def test_damaged_locked_and_empty_pdfs_are_refused_by_name(ready: Secretary) -> None:
    with pymupdf.open() as document:
        document.new_page()
        locked = document.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="secret", owner_pw="secret")
    ready.plan(_1_minutes=locked, _2_finance=b"")
    found = problems(ready)
    assert any("1 minutes.pdf is protected by a password" in problem for problem in found)
    assert any("2 finance.pdf has no pages" in problem for problem in found)


def test_hostile_files_of_the_corpus_are_refused_by_name(ready: Secretary, corpus: Path) -> None:
    rows = [line.split("\t") for line in (corpus / "hostile/INDEX.tsv").read_text("utf-8").splitlines()[1:]]
    bad = [row[0] for row in rows if row[4].startswith(("error-open", "nopages", "locked"))]
    assert len(bad) > 20
    for number, name in enumerate(bad[::4]):
        ready.plan(PLAN.replace("2 finance.pdf", f"bad{number}.pdf"))
        (ready.papers / f"bad{number}.pdf").write_bytes((corpus / "hostile" / name).read_bytes())
        assert f"bad{number}.pdf" in only(problems(ready)), name


def test_a_failure_leaves_an_earlier_pack_file_alone(ready: Secretary) -> None:
    compiled = ready.compile()
    before = compiled.path.read_bytes()
    ready.plan(_2_finance=b"broken")
    with pytest.raises(Problems):
        ready.compile()
    assert compiled.path.read_bytes() == before


def test_titles_are_tidied(ready: Secretary) -> None:
    ready.plan(PLAN.replace('"Finance report"', '"Finance\\t  \\u0007report "'), _2_finance=pdf_bytes("Finance"))
    plan = read_plan(ready.papers)
    assert plan.papers[1].title == "Finance report"
    assert plan.papers[1].kind is PaperKind.REPORT
