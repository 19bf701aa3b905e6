"""Abbreviations are looked up in the pack that is read, then in earlier ones of the body, never in later ones."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.library.acronyms import Acronyms
from desktop.library.holdings import Holdings
from desktop.packs.index import kept_pack
from desktop.sample import SAMPLE_PASSPHRASE
from desktop.vault import Vault


@pytest.fixture(scope="module")
def holdings(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Holdings]:
    home: Path = shutil.copytree(sample, tmp_path_factory.mktemp("acronyms") / "sample")
    held = Holdings.open(home, Vault(home).open_with_passphrase(SAMPLE_PASSPHRASE))
    yield held
    held.store.close()


def pack_of(holdings: Holdings, held_on: str) -> str:
    return next(record.id for record in holdings.packs.all() if record.held_on == held_on)


def test_every_meaning_that_is_found_stands_where_it_says(holdings: Holdings) -> None:
    pack_id = pack_of(holdings, "2026-01-29")
    found = [Acronyms(holdings).explain(word, pack_id) for word in ("CQC", "BAF", "CDC", "ICB", "NHS", "WTE", "SHMI")]
    explained = [each for each in found if each is not None]
    assert explained
    for each in explained:
        paper = next(paper for paper in each.pack.papers if paper.id == each.paper_id)
        text = " ".join((holdings.versions.text(paper.sha256, each.page) or "").split())
        assert each.meaning in text
        label, title = each.said_at
        assert int(label) == each.pack.first_pack_page(paper) + each.page
        assert (title == "") == (each.pack.id == pack_id)


def test_a_plain_word_is_not_looked_up(holdings: Holdings) -> None:
    assert Acronyms(holdings).explain("Board", pack_of(holdings, "2026-01-29")) is None
    assert Acronyms(holdings).explain("CQC", "f" * 16) is None


def test_a_later_pack_explains_nothing(holdings: Holdings) -> None:
    first = pack_of(holdings, "2025-09-25")
    for word in ("CQC", "BAF", "CDC", "ICB", "NHS", "WTE", "SHMI"):
        found = Acronyms(holdings).explain(word, first)
        assert found is None or kept_pack(holdings.packs.get(first).index).id == found.pack.id  # type: ignore[union-attr]
