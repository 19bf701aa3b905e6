"""Links of a page: places within the file and addresses are told, everything else is named and nothing is done."""

from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest

from desktop.pdf.client import PdfClient
from desktop.pdf.frames import Nonsense
from desktop.pdf.protocol import PageLink, Source
from desktop.pdf.replies import _page_link


@pytest.fixture(scope="module")
def client() -> Iterator[PdfClient]:
    made = PdfClient("links")
    yield made
    made.shut_down()


def paper(path: Path) -> Path:
    """Four pages, the last one turned; page 1 has a link of every kind."""
    with pymupdf.open() as document:
        for _ in range(4):
            document.new_page(width=595, height=842)
        first, second, last, box = document[0], document[1], document[3], pymupdf.Rect
        last.set_rotation(90)
        for top, link in (
            (90, {"kind": pymupdf.LINK_GOTO, "page": 2, "to": pymupdf.Point(72, 480)}),
            (120, {"kind": pymupdf.LINK_URI, "uri": "https://example.org/a?b=c"}),
            (150, {"kind": pymupdf.LINK_LAUNCH, "file": "calc.exe"}),
            (180, {"kind": pymupdf.LINK_GOTOR, "file": "other.pdf", "page": 1, "to": pymupdf.Point(0, 0)}),
            (210, {"kind": pymupdf.LINK_URI, "uri": "javascript:alert(1)"}),
        ):
            first.insert_link(link | {"from": box(72, top, 200, top + 20)})
        last.insert_link({"kind": pymupdf.LINK_GOTO, "page": 0, "from": box(10, 20, 110, 40)})
        names = document.get_new_xref()
        document.update_object(names, f"<</Dests<</Names[(here)[{second.xref} 0 R /XYZ 0 342 0]]>>>>")
        document.xref_set_key(document.pdf_catalog(), "Names", f"{names} 0 R")
        added = []
        for bottom, rest in (
            (562, "/Dest(here)"),
            (532, "/Dest(nowhere)"),
            (502, "/A<</S/JavaScript/JS(app.alert(1))>>"),
            (472, "/A<</S/GoTo/D[99 /Fit]>>"),
        ):
            xref = document.get_new_xref()
            document.update_object(xref, f"<</Type/Annot/Subtype/Link/Rect[72 {bottom} 200 {bottom + 20}]{rest}>>")
            added.append(f"{xref} 0 R")
        listed = document.xref_get_key(first.xref, "Annots")[1]
        document.xref_set_key(first.xref, "Annots", f"{listed[:-1]} {' '.join(added)}]")
        document.save(path)
    return path


def test_links_of_every_kind(client: PdfClient, tmp_path: Path) -> None:
    client.know(Source("linked", paper(tmp_path / "linked.pdf")))
    links = client.links("linked", 0).result(30)
    assert [(round(link.box[1]), link.page, link.y, link.address, link.inert) for link in links] == [
        (90, 2, 480.0, "", ""),
        (120, -1, None, "https://example.org/a?b=c", ""),
        (150, -1, None, "", "a program to start"),
        (180, -1, None, "", "a link to another file"),
        (210, -1, None, "", "a link to another file"),
        (260, 1, 500.0, "", ""),
        (320, -1, None, "", "a script"),
    ]
    assert client.links("linked", 1).result(30) == []


def test_a_turned_page_has_its_links_where_they_are_seen(client: PdfClient, tmp_path: Path) -> None:
    client.know(Source("turned", paper(tmp_path / "turned.pdf")))
    (link,) = client.links("turned", 3).result(30)
    x0, y0, x1, y1 = link.box
    assert 0 <= x0 < x1 <= 842
    assert 0 <= y0 < y1 <= 595
    assert link.page == 0


@pytest.mark.parametrize(
    "entry",
    [
        [0, 0, 1, 1, 0, None, "", ""][:7],
        [0, 0, 1, float("inf"), 0, None, "", ""],
        [0, 0, 1, 1, -2, None, "", ""],
        [0, 0, 1, 1, 0, "down", "", ""],
        [0, 0, 1, 1, -1, None, "file:///etc/passwd", ""],
        [0, 0, 1, 1, -1, None, "", "something of its own"],
        "a link",
    ],
)
def test_a_worker_that_lies_about_links_is_not_believed(entry: object) -> None:
    with pytest.raises(Nonsense):
        _page_link(entry)


def test_what_a_worker_says_of_a_link() -> None:
    assert _page_link([1, 2, 3, 4, 5, 6.5, "", ""]) == PageLink((1.0, 2.0, 3.0, 4.0), 5, 6.5)
