"""Finding pages in a real encrypted store, and the words' boxes on them."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest

from db.bodies import Bodies
from db.finding import Finding
from db.packs import Packs
from db.records import BodyRecord, PackRecord, PageRecord, VersionRecord
from db.store import Store
from db.versions import Versions
from desktop.annotations.anchor import Quad
from desktop.jobs import Lane
from desktop.pdf.words import Word
from desktop.search.finder import Finder, Hit, quads_of
from desktop.search.text import normal

BODY, PACK, OTHER = "e" * 16, "a" * 16, "b" * 16
PAPER, SHA = "c" * 16, "d" * 64


class Shelf:
    """A store in its lane, to put papers into."""

    def __init__(self, folder: Path) -> None:
        self.lane = Lane("store")
        self.store = self.lane.do(Store.open, folder, secrets.token_bytes(32)).result(30)
        self.lane.do(self._body).result(10)
        self.finder = Finder(self.lane, Finding(self.store))

    def _body(self) -> None:
        Bodies(self.store).add(BodyRecord(BODY, "Board", "Trust", "/mnt/packs", b"{}", "age1secretary"))
        for pack_id in (PACK, OTHER):
            Packs(self.store).put(
                PackRecord(pack_id, BODY, "Board", "2026-01-29", "", "", "public", 1, "2026-01-22T09:00:00Z", "", b"{}")
            )

    def put(self, pages: list[str], pack_id: str = PACK, paper_id: str = PAPER, sha256: str = SHA) -> None:
        """Index a paper's pages as intake does."""
        self.lane.do(self._put, pages, pack_id, paper_id, sha256).result(30)

    def _put(self, pages: list[str], pack_id: str, paper_id: str, sha256: str) -> None:
        versions, texts = Versions(self.store), [(page, normal(text)) for page, text in enumerate(pages)]
        versions.put(VersionRecord(sha256, pack_id, paper_id, "blob/x.age", "k", "f" * 64, 1, "stored", len(pages)))
        versions.put_pages(sha256, [PageRecord(sha256, page, 595, 842) for page, _ in texts])
        versions.put_texts(sha256, [(page, b"", text) for page, text in texts])
        Finding(self.store).add(pack_id, paper_id, sha256, texts)

    def pages(self, typed: str, pack_id: str = "") -> list[int]:
        """Numbers of the pages found."""
        return sorted(hit.page for hit in self.finder.search(typed, pack_id).result(10))

    def close(self) -> None:
        self.lane.do(self.store.close).result(10)
        self.lane.close()


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path / "home")
    yield shelf
    shelf.close()


def words_of(page: pymupdf.Page) -> list[Word]:
    found = page.get_text("words", flags=pymupdf.TEXTFLAGS_WORDS & ~pymupdf.TEXT_DEHYPHENATE)
    return [Word(x0, y0, x1, y1, text, block, line) for x0, y0, x1, y1, text, block, line, _ in found]


def test_words_phrases_and_beginnings_are_found(shelf: Shelf) -> None:
    shelf.put(
        ["The cash position of the Trust", "Position on cash; governance", "Gover-\nnance and well-being", "Café"]
    )
    assert shelf.pages("cash position ") == [0, 1]
    assert shelf.pages('"cash position"') == [0]
    assert shelf.pages("gov") == [1, 2]
    assert shelf.pages("governance ") == [1, 2]
    assert shelf.pages("wellbeing ") == []
    assert shelf.pages("well-being ") == [2]
    assert shelf.pages("cafe ") == [3]
    assert shelf.pages("no such words ") == []
    assert shelf.pages("") == []


def test_a_snippet_comes_in_pieces_with_the_found_words_told_apart(shelf: Shelf) -> None:
    shelf.put(["The cash position of the Trust and cash again"])
    (hit,) = shelf.finder.search("cash ").result(10)
    assert (hit.pack_id, hit.paper_id, hit.sha256, hit.page) == (PACK, PAPER, SHA, 0)
    assert [text for text, found in hit.snippet if found] == ["cash", "cash"]
    assert "".join(text for text, _ in hit.snippet) == "The cash position of the Trust and cash again"


def test_one_pack_or_all(shelf: Shelf) -> None:
    shelf.put(["cash here"])
    shelf.put(["cash there"], OTHER, "1" * 16, "2" * 64)
    assert {hit.pack_id for hit in shelf.finder.search("cash").result(10)} == {PACK, OTHER}
    assert {hit.pack_id for hit in shelf.finder.search("cash", OTHER).result(10)} == {OTHER}


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        '""',
        "AND",
        "a OR",
        "NEAR(a b)",
        "(",
        ")",
        "text:cash",
        "^cash",
        "cash^2",
        "*",
        "-",
        "- cash",
        "{a}",
        "'",
        "\\",
        "\x00",
        "💷",
    ],
)
def test_nothing_typed_breaks_the_index(shelf: Shelf, typed: str) -> None:
    shelf.put(["cash"])
    assert isinstance(shelf.pages(typed), list)


@pytest.mark.parametrize("tongue", ["eng", "pol", "arb", "guj", "pan"])
def test_what_the_index_finds_is_found_again_on_the_page(shelf: Shelf, corpus: Path, tongue: str) -> None:
    """Every word of a real page, in five tongues, finds its page and at least one box there."""
    with pymupdf.open(corpus / "languages" / f"udhr_{tongue}.pdf") as document:
        words = words_of(document[0])
    shelf.put([" ".join(word.text for word in words)])
    known = {word.text for word in words if any(letter.isalpha() for letter in word.text)}
    for text in sorted(known)[:80]:
        assert shelf.pages(f"{text} ") == [0], text
        assert quads_of(f"{text} ", 0, words), text


def test_a_real_pack_is_found_and_lit(shelf: Shelf, corpus: Path) -> None:
    with pymupdf.open(corpus / "nhs-group-board-2026-01-29" / "04-chief-executive-report.pdf") as document:
        pages = [words_of(page) for page in document]
        shelf.put([page.get_text() for page in document])
    hits = shelf.finder.search('"industrial action"').result(10)
    assert hits
    for hit in hits:
        quads = quads_of('"industrial action"', hit.page, pages[hit.page])
        assert quads
        for quad in quads:
            assert quad.page == hit.page
            inside = [word.text.lower() for word in pages[hit.page] if quad.y0 <= (word.y0 + word.y1) / 2 <= quad.y1]
            assert any("industrial" in text or "action" in text for text in inside)


def line(texts: list[str], number: int) -> list[Word]:
    return [Word(x * 50.0, number * 20.0, x * 50.0 + 40, number * 20.0 + 12, t, 0, number) for x, t in enumerate(texts)]


def test_boxes_of_a_phrase_are_one_a_line() -> None:
    words = [*line(["the", "cash"], 0), *line(["position", "now"], 1)]
    assert quads_of('"cash position"', 5, words) == [Quad(5, 50, 0, 90, 12), Quad(5, 0, 20, 40, 32)]
    assert quads_of('"the cash"', 5, words) == [Quad(5, 0, 0, 90, 12)]


def test_a_word_broken_over_two_lines_is_lit_on_both() -> None:
    words = [*line(["good", "gover-"], 0), *line(["nance", "matters"], 1)]
    assert quads_of("governance ", 0, words) == [Quad(0, 50, 0, 90, 12), Quad(0, 0, 20, 40, 32)]
    assert quads_of("gov", 0, words) == [Quad(0, 50, 0, 90, 12), Quad(0, 0, 20, 40, 32)]
    assert quads_of("nance ", 0, words) == []


def test_a_hit_says_nothing_of_its_words_in_logs() -> None:
    assert "secret" not in repr(Hit(PACK, PAPER, SHA, 0, (("secret", True),)))
