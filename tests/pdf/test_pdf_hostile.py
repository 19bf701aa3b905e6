"""Files made to harm: each gives a page or one sentence, and the next paper opens."""

import re
import socket
from pathlib import Path

import pytest
from pdf_papers import active, good

from desktop.errors import KnownError
from desktop.pdf import errors
from desktop.pdf.client import PdfClient
from desktop.pdf.protocol import PageRequest, Source, Urgency

SOON = 120
EXPECTED = {
    "mutated--crash_1864.pdf": None,
    "mutated--crash_4276.pdf": errors.Damaged,
    "ocrmypdf+OCRmyPDF--tests__resources__poster.pdf": None,
    "pdfminer+pdfminer.six--samples__encryption__aes-128.pdf": errors.Locked,
    "chromium+pdfium--testing__resources__page_tree_empty_node.pdf": errors.Empty,
    "chromium+pdfium--testing__resources__bug_216.pdf": errors.Damaged,
    "chromium+pdfium--testing__resources__document_aactions.pdf": None,
    "qpdf+qpdf--qpdf__qtest__qpdf__deep-pages.pdf": errors.Damaged,
    "yob+pdf-reader--spec__data__invalid__gh-228.pdf": errors.Damaged,
}
# MuPDF's complaint about it quotes bytes that are no UTF-8.
UNSPEAKABLE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n"
    b"trailer<</Root 1 0 R/Size 3/ID[(1)(1)]/Encrypt<</Filter/\xff\xfe\xfd/V 1/R 2/O(1)/U(1)/P 0>>>>\n"
)


def attempt(client: PdfClient, path: Path, most_pages: int) -> list[KnownError]:
    """Open, draw and read; the errors told on the way. Anything but a KnownError fails the test."""
    told = []
    client.know(Source(path.name, path))
    try:
        count = min(len(client.open(Source(path.name, path)).result(SOON).pages), most_pages)
    except KnownError as error:
        told.append(error)
        count = 1
    for page in range(count):
        for scale in (0.5, 2.0):
            try:
                image = client.draw(PageRequest(path.name, page, scale), Urgency.IN_SIGHT).result(SOON)
                assert len(image.pixels) == image.stride * image.height > 0
            except KnownError as error:
                told.append(error)
    try:
        assert len(client.texts(path.name, 0, count - 1).result(SOON)) == count
    except KnownError as error:
        told.append(error)
    return told


def is_a_sentence_about(name: str, error: KnownError) -> bool:
    """It names the paper, or a page of it, and says what is the matter with it."""
    place = rf"(Page \d+ of )?{re.escape(name)}"
    return bool(re.match(rf"{place} (is |has |needs |took |could not )[a-z :]+\.", str(error)))


def test_a_handful_of_hostile_files(make_client, corpus, tmp_path):
    client = make_client(draw=4, open=8, text=4)
    for name, expected in EXPECTED.items():
        told = attempt(client, corpus / "hostile" / name, 1)
        assert {type(error) for error in told} == ({expected} if expected else set()), name
        assert all(is_a_sentence_about(name, error) for error in told), told
    assert len(client.open(Source("good", good(tmp_path / "good.pdf"))).result(SOON).pages) == 3


@pytest.mark.long
def test_every_hostile_file_on_every_page(make_client, corpus, tmp_path):
    client = make_client(draw=4, open=8, text=4)
    files = sorted((corpus / "hostile").glob("*.pdf"))
    assert len(files) >= 38
    path = good(tmp_path / "good.pdf")
    for number, file in enumerate(files):
        told = attempt(client, file, 20)
        assert all(is_a_sentence_about(file.name, error) for error in told), told
        client.know(Source(f"good {number}", path))
        image = client.draw(PageRequest(f"good {number}", 0, 1.0), Urgency.IN_SIGHT).result(SOON)
        assert image.width == 596, f"after {file.name}"
        client.close_document(f"good {number}")


@pytest.mark.long
def test_every_real_file_of_the_corpus_is_read_without_a_bug(client, corpus):
    for file in sorted(corpus.glob("*/*.pdf")):
        if file.parent.name == "hostile" or file.stat().st_size < 100:
            continue
        told = attempt(client, file, 500)
        assert {type(error) for error in told} <= {errors.Locked}, file.name


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", errors.Empty),
        (b"This is no PDF at all. " * 50, errors.Damaged),
        (b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", errors.Damaged),
        (b"<html><body>Hello</body></html>", errors.Damaged),
        (b"%PDF-1.7\n", errors.Damaged),
        (UNSPEAKABLE, errors.Damaged),
    ],
)
def test_what_is_no_pdf_is_not_opened_as_something_else(client, tmp_path, data, expected):
    (tmp_path / "file.pdf").write_bytes(data)
    with pytest.raises(expected, match=r"^file\.pdf "):
        client.open(Source("v", tmp_path / "file.pdf")).result(SOON)


def test_what_a_pdf_tries_is_told_and_not_done(client, tmp_path):
    """A launch, a script, an address and a form that sends: nothing connects and nothing is run."""
    ran = tmp_path / "ran"
    program = tmp_path / "program.sh"
    program.write_text(f"#!/bin/sh\ntouch {ran}\n")
    program.chmod(0o700)
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/tell"
        path = active(tmp_path / "active.pdf", address, str(program))
        assert address.encode() in path.read_bytes()
        facts = client.open(Source("a", path)).result(SOON)
        client.draw(PageRequest("a", 0, 1.5), Urgency.IN_SIGHT).result(SOON)
        assert client.texts("a", 0, 0).result(SOON)[0].text == "Harmless words"
        client.close_document("a")
        client.draw(PageRequest("a", 0, 1.0), Urgency.IN_SIGHT).result(SOON)
        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            server.accept()
    assert not ran.exists()
    assert facts.inert == (
        "a script",
        "a program to start",
        "an embedded file",
        "a link to the web",
        "a form that sends what is typed",
    )
