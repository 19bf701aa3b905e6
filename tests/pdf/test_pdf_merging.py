"""Papers put into one PDF in the worker: links, contents, tags and attachments come along, and nothing that acts."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pymupdf
import pytest
from pdf_papers import active, endless, good, turned

from desktop.errors import KnownError
from desktop.pdf.attendant import Limits
from desktop.pdf.client import PdfClient
from desktop.pdf.merger import Marks, Merger, Taken
from desktop.pdf.protocol import Source

BOX = pymupdf.Rect(10, 10, 99, 30)


@pytest.fixture(scope="module")
def pdf() -> Iterator[PdfClient]:
    client = PdfClient("merging", limits=Limits())
    yield client
    client.shut_down()


@pytest.fixture
def merger(pdf: PdfClient) -> Merger:
    made = Merger(pdf, "Trust Board, 29 January 2026", "Anytown NHS Group", datetime(2026, 1, 29, 15, 0))
    made.begin()
    return made


def add(merger: Merger, path: Path, key: str = "", watermark: str = "", **more: bool) -> Taken:
    facts = merger.look_at(Source(str(path), path))
    labels = [f"{key}{number + 1}" for number in range(len(facts.pages))]
    stamps = [f"Item {key}, page {label}" for label in labels]
    return merger.paper(str(path), Marks(stamps, labels, key, f"Paper {key}", 1, watermark), **more)


def finished(merger: Merger) -> pymupdf.Document:
    return pymupdf.open(stream=b"".join(merger.finish()), filetype="pdf")


def tagged(path: Path) -> Path:
    """One page whose heading is marked as such."""
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((72, 72), "A heading")
        content = page.get_contents()[0]
        document.update_stream(content, b"/H1 <</MCID 0>> BDC\n" + document.xref_stream(content) + b"\nEMC\n")
        root, element = document.get_new_xref(), document.get_new_xref()
        parents = f"/ParentTree<</Nums[0[{element} 0 R]]>>"
        document.update_object(root, f"<</Type/StructTreeRoot/K[{element} 0 R]/RoleMap<</Title/H1>>{parents}>>")
        document.update_object(element, f"<</Type/StructElem/S/H1/P {root} 0 R/Pg {page.xref} 0 R/K 0>>")
        document.xref_set_key(document.pdf_catalog(), "StructTreeRoot", f"{root} 0 R")
        document.xref_set_key(document.pdf_catalog(), "MarkInfo", "<</Marked true>>")
        document.xref_set_key(page.xref, "StructParents", "0")
        document.save(path)
    return path


def test_sheets_lead_to_papers_and_pages_bear_their_numbers(merger: Merger, tmp_path: Path) -> None:
    sheet = "<p><a href='to:B'>The second paper</a></p><p><a href='to:nobody'>Nowhere</a></p>"
    assert merger.sheet(sheet, "", Marks(labels=["i"], bookmark="Agenda")) == 1
    add(merger, good(tmp_path / "a.pdf", 3), "A")
    add(merger, good(tmp_path / "b.pdf", 2), "B")
    with finished(merger) as made:
        assert [page.get_label() for page in made] == ["i", "A1", "A2", "A3", "B1", "B2"]
        assert [entry[1:] for entry in made.get_toc()] == [["Agenda", 1], ["Paper A", 2], ["Paper B", 5]]
        assert {link["page"] for link in made[0].get_links()} == {4}
        assert "Page 2 of the good paper" in made[5].get_text()
        assert "Item B, page B2" in made[5].get_text()
        assert made.metadata is not None
        assert made.metadata["title"] == "Trust Board, 29 January 2026"


def test_contents_and_links_of_a_paper_come_along(merger: Merger, tmp_path: Path) -> None:
    path = tmp_path / "linked.pdf"
    with pymupdf.open(good(tmp_path / "plain.pdf", 3)) as document:
        document.set_toc([[1, "Introduction", 1], [2, "Costs", 3]])
        document[0].insert_link({"kind": pymupdf.LINK_GOTO, "from": BOX, "page": 2, "to": pymupdf.Point(0, 0)})
        document[1].insert_link({"kind": pymupdf.LINK_URI, "from": BOX, "uri": "https://example.org/a"})
        document.save(path)
    add(merger, good(tmp_path / "a.pdf", 2), "A")
    add(merger, path, "B")
    with finished(merger) as made:
        toc = [tuple(entry) for entry in made.get_toc()]
        assert toc == [(1, "Paper A", 1), (1, "Paper B", 3), (2, "Introduction", 3), (3, "Costs", 5)]
        assert made[2].get_links()[0]["page"] == 4
        assert made[3].get_links()[0]["uri"] == "https://example.org/a"


def test_tags_of_all_papers_become_one_tree(merger: Merger, tmp_path: Path) -> None:
    assert add(merger, tagged(tmp_path / "a.pdf"), "A").tagged
    assert not add(merger, good(tmp_path / "b.pdf", 1), "B").tagged
    assert add(merger, tagged(tmp_path / "c.pdf"), "C").tagged
    with finished(merger) as made:
        root = made.pdf_catalog()
        assert made.xref_get_key(root, "MarkInfo")[1] == "<</Marked true/Suspects true>>"
        tree = int(made.xref_get_key(root, "StructTreeRoot")[1].split()[0])
        assert made.xref_get_key(tree, "RoleMap/Title")[1] == "/H1"
        keys = [int(made.xref_get_key(made[page].xref, "StructParents")[1]) for page in (0, 2)]
        assert keys[0] != keys[1]
        heads = [each for each in range(1, made.xref_length()) if made.xref_get_key(each, "S")[1] == "/H1"]
        on = {made.xref_get_key(each, "Pg")[1] for each in heads}
        assert on == {f"{made[page].xref} 0 R" for page in (0, 2)}


def test_what_acts_stays_behind_and_attachments_come_if_wanted(merger: Merger, tmp_path: Path) -> None:
    hostile = active(tmp_path / "active.pdf", "https://example.org/", "/bin/true")
    assert add(merger, hostile, "A").files == 1
    assert add(merger, hostile, "B", with_files=False).files == 0
    with finished(merger) as made:
        assert made.embfile_names() == ["A1 data.txt"]
        whole = "".join(made.xref_object(each) for each in range(1, made.xref_length()))
        for acting in ("JavaScript", "Launch", "SubmitForm", "OpenAction", "/AA"):
            assert acting not in whole
        assert "Harmless words" in made[0].get_text()


def test_comments_and_hidden_layers_are_left_or_stay_hidden(merger: Merger, tmp_path: Path) -> None:
    path = tmp_path / "draft.pdf"
    with pymupdf.open(good(tmp_path / "plain.pdf", 1)) as document:
        document[0].add_text_annot((99, 99), "Is this figure right?")
        layer = document.add_ocg("Draft", on=False)
        document[0].insert_text((72, 300), "Not for the board", oc=layer)
        document.save(path)
    add(merger, path, "A")
    add(merger, path, "B", with_comments=False)
    with finished(merger) as made:
        assert [len(list(page.annots())) for page in made] == [1, 0]
        assert [layer["on"] for layer in made.get_ocgs().values()] == [False, False]


def test_a_turned_and_cut_page_is_stamped_as_it_is_seen(merger: Merger, tmp_path: Path) -> None:
    add(merger, turned(tmp_path / "turned.pdf"), "A", "Jane Doe · 29 January 2026, 3.00 pm")
    with finished(merger) as made:
        page = made[0]
        word = next(word for word in page.get_text("words") if word[4] == "A1")
        shown = pymupdf.Rect(word[:4]) * page.rotation_matrix
        assert page.rect.contains(shown)
        assert shown.x1 > page.rect.width - 30
        assert shown.y1 > page.rect.height - 30
        assert "Jane Doe" in page.get_text()


def test_a_copy_bears_a_name_on_every_page(pdf: PdfClient, tmp_path: Path) -> None:
    path = good(tmp_path / "a.pdf", 2)
    pdf.know(Source("copy", path))
    with pymupdf.open(stream=pdf.annotated("copy", [], "Jane Doe · today").result(), filetype="pdf") as made:
        assert all("Jane Doe · today" in page.get_text() for page in made)
        assert "Page 2 of the good paper" in made[1].get_text()


def test_a_paper_that_cannot_be_read_is_one_sentence(merger: Merger, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and no more")
    with pytest.raises(KnownError) as told:
        add(merger, broken, "A")
    assert str(told.value).startswith("broken.pdf is damaged and cannot be shown. Nothing was written.")


def test_a_page_that_is_never_finished_holds_up_nothing(merger: Merger, tmp_path: Path) -> None:
    add(merger, endless(tmp_path / "endless.pdf"), "A")
    with finished(merger) as made:
        assert len(made) == 1
