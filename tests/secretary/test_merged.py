"""One PDF of a pack: for the file, for a member, for the public; and late papers keep what was printed as it was."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pymupdf
import pytest
from at_work import PLAN, Secretary, pdf_bytes

from desktop.errors import KnownError
from desktop.pdf.client import PdfClient
from desktop.secretary.merged import MergedPack, Wish, merge_pack

NOW = datetime(2026, 1, 20, 15, 0)
SALE = 'title = "Sale of Millrace House"\nprivate = true\npublic_title = "Land"\n'
PRIVATE = PLAN.replace('title = "Finance"\n', SALE)
THIRD = """
[[items]]
number = "3"
title = "Estates"
[[papers]]
item = "3"
title = "Estates report"
file = "3 estates.pdf"
"""


@pytest.fixture(scope="module")
def merging() -> Iterator[PdfClient]:
    client = PdfClient("merge")
    yield client
    client.shut_down()


def merge(at: Secretary, pdf: PdfClient, **wish: str | bool) -> tuple[MergedPack, pymupdf.Document]:
    out = at.papers / "whole.pdf"
    made = merge_pack(at.registry, at.papers, Wish(out, **wish), pdf, NOW)  # type: ignore[arg-type]
    assert [each.name for each in at.papers.iterdir() if each.name.startswith(".")] == []
    return made, pymupdf.open(out)



def test_the_whole_pack_has_a_cover_an_agenda_and_numbers(ready: Secretary, merging: PdfClient) -> None:
    made, document = merge(ready, merging)
    with document:
        assert made.pages == len(document) == 7
        assert [page.get_label() for page in document] == ["i", "ii", "1", "2", "3", "4", "5"]
        assert "Group Board" in document[0].get_text()
        assert {link["page"] for link in document[1].get_links()} == {2, 5}
        assert "Item 2 · Finance report, 2 of 2 · 5" in document[6].get_text()
        assert [entry[1] for entry in document.get_toc()][2:4] == ["1 Minutes", "Minutes of 29 November (1–3)"]


def test_the_public_copy_has_no_word_of_a_private_item(ready: Secretary, merging: PdfClient) -> None:
    ready.plan(PRIVATE.replace("Finance report", "Sale of Millrace House, price") + THIRD, _3_estates=pdf_bytes("Yard"))
    made, document = merge(ready, merging, public=True)
    with document:
        words = " ".join(page.get_text() for page in document) + str(document.get_toc()) + str(document.metadata)
        assert "Millrace" not in words
        assert "Finance" not in words
        assert "Land" in document[1].get_text()
        assert made.left_out == 1
        assert document[-1].get_label() == "6"  # as everybody has it
        assert "Pages 4–5: Taken in private session" in document[-2].get_text()


def test_a_members_copy_bears_their_name_and_not_what_is_kept_from_them(ready: Secretary, merging: PdfClient) -> None:
    ready.invite("Jane Doe")
    ready.plan(PLAN.replace('file = "1 minutes.pdf"', 'file = "1 minutes.pdf"\nnot_to = ["Jane Doe"]'))
    made, document = merge(ready, merging, member="jane doe")
    with document:
        assert made.left_out == 1
        assert [page.get_label() for page in document][-2:] == ["4", "5"]
        assert all("Jane Doe · 20 January 2026, 3.00 pm" in page.get_text() for page in document)
        assert "Minutes, page" not in " ".join(page.get_text() for page in document)


@pytest.mark.parametrize(
    ("wish", "words"),
    [({"member": "Nobody"}, "“Nobody” is not on the roster"), ({"member": "A", "public": True}, "or for the public")],
)
def test_a_copy_for_nobody_is_refused(ready: Secretary, merging: PdfClient, wish: dict[str, str], words: str) -> None:
    with pytest.raises(KnownError, match=words):
        merge(ready, merging, **wish)
    assert not (ready.papers / "whole.pdf").exists()


def test_a_private_meeting_has_no_public_copy(ready: Secretary, merging: PdfClient) -> None:
    ready.plan(PLAN.replace('session = "public"', 'session = "private"'))
    with pytest.raises(KnownError, match="no public copy"):
        merge(ready, merging, public=True)


def test_a_late_paper_keeps_printed_numbers_in_the_copy_and_for_members(ready: Secretary, merging: PdfClient) -> None:
    member = ready.welcome("Jane Doe")
    ready.despatch()
    late = '[[papers]]\nitem = "1"\ntitle = "Addendum"\nfile = "1a addendum.pdf"\nstatus = "late"\n'
    plan = PLAN.replace('[[papers]]\nitem = "2"', late + '[[papers]]\nitem = "2"')
    ready.plan(plan, _1a_addendum=pdf_bytes("Addendum", 2))
    _, document = merge(ready, merging)
    with document:
        assert [page.get_label() for page in document][2:] == ["1", "2", "3", "3A", "3B", "4", "5"]
    ready.despatch()
    pack = member.pack()
    assert [pack.labels(paper) for paper in pack.papers] == [("1", "2", "3"), ("3A", "3B"), ("4", "5")]
    ready.plan(plan.replace("[pack]\n", '[pack]\nlate = "supplement"\n') + THIRD, _3_estates=pdf_bytes("Yard"))
    ready.despatch()
    pack = member.pack()
    assert [pack.labels(paper)[0] for paper in pack.papers] == ["1", "3A", "4", "S1"]


@pytest.mark.skipif(not shutil.which("gs"), reason="Ghostscript is not installed")
def test_it_can_be_kept_for_ever(ready: Secretary, merging: PdfClient) -> None:
    made, document = merge(ready, merging, archive=True)
    with document:
        assert "pdfaid:part='2'" in document.get_xml_metadata()
        assert document.xref_get_key(document.pdf_catalog(), "OutputIntents")[0] == "array"
        assert len(document) == 7
    assert any("PDF/A" in note for note in made.notes)


def test_nothing_is_written_where_a_paper_is_damaged(ready: Secretary, merging: PdfClient) -> None:
    ready.plan(PLAN, _2_finance=b"%PDF-1.7 and no more")
    with pytest.raises(KnownError, match=r"2 finance\.pdf is damaged"):
        merge(ready, merging)
    assert not (ready.papers / "whole.pdf").exists()


def test_the_copy_is_for_the_secretary_alone(ready: Secretary, merging: PdfClient) -> None:
    made, document = merge(ready, merging)
    document.close()
    assert Path(made.path).stat().st_mode & 0o077 == 0
