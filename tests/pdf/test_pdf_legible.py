"""Which pages can be searched at all: told apart by what is printed on them."""

from pathlib import Path

import pytest

from desktop.pdf.protocol import Legible, Source
from tests.pdf import pdf_papers


def test_a_scan_is_told_from_a_page_of_words(client, tmp_path):
    path = pdf_papers.legible(tmp_path / "mixed.pdf")
    client.open(Source("mixed", path)).result(20)
    found = [text.legible for text in client.texts("mixed", 0, 6).result(20)]
    good, none = Legible.GOOD, Legible.NONE
    assert found == [good, none, none, none, good, good, Legible.UNRELIABLE]


@pytest.mark.parametrize("tongue", ["eng", "pol", "arb", "guj", "pan"])
def test_real_pages_in_five_tongues_are_legible(client, corpus: Path, tongue):
    facts = client.open(Source(tongue, corpus / "languages" / f"udhr_{tongue}.pdf")).result(20)
    texts = client.texts(tongue, 0, len(facts.pages) - 1).result(20)
    assert {text.legible for text in texts} == {Legible.GOOD}
