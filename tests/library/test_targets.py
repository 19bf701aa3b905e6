"""What quick-open can go to, gathered from the sample board's own store."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.library.holdings import Holdings
from desktop.library.targets import Targets
from desktop.sample import SAMPLE_PASSPHRASE
from desktop.search.quick import Kind, QuickIndex
from desktop.vault import Vault


@pytest.fixture(scope="module")
def holdings(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Holdings]:
    home: Path = shutil.copytree(sample, tmp_path_factory.mktemp("targets") / "sample")
    held = Holdings.open(home, Vault(home).open_with_passphrase(SAMPLE_PASSPHRASE))
    yield held
    held.store.close()


def test_packs_items_papers_people_and_risks_are_there(holdings: Holdings) -> None:
    found = Targets(holdings).all()
    assert sum(target.kind is Kind.PACK for target in found) == 3
    assert {"Finance report: December 2025 (Month 9)"} <= {t.title for t in found if t.kind is Kind.ITEM}
    assert "Appendix A. Activity and financial model" in {t.title for t in found if t.kind is Kind.PAPER}
    assert "Chief Nurse" in {t.title for t in found if t.kind is Kind.PERSON}
    risks = {target.title for target in found if target.kind is Kind.RISK}
    assert {"BAF 1. Quality and safety", "BAF 2. Urgent care and flow", "BAF 7. Digital and cyber security"} <= risks


def test_a_risk_is_named_once_a_pack_and_leads_to_the_page_that_sets_it_out(holdings: Holdings) -> None:
    risks = [target for target in Targets(holdings).all() if target.kind is Kind.RISK]
    packs = {record.id: record for record in holdings.packs.all()}
    for pack_id in packs:
        named = [risk.title for risk in risks if risk.pack_id == pack_id]
        assert len(named) == len(set(named)) == 8, "the eight strategic risks"
    for risk in risks:
        row = next(
            row for row in holdings.versions.of_pack(risk.pack_id)[::-1] if row.paper_id == risk.paper_id
        )  # the newest version of that paper
        number, title = risk.title.split(". ", 1)
        text = holdings.versions.text(row.sha256, risk.page) or ""
        assert number in text.split("\n")[0], "the risk's own page begins with it"
        assert title in text
        assert risk.pack_id in packs


def test_an_item_without_a_paper_is_no_place_to_go(holdings: Holdings) -> None:
    index = QuickIndex(Targets(holdings).all())
    assert "Patient story" not in {target.title for target in index.find("patient story")}
