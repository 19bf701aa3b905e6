"""Which versions of its papers an edition in force names, among all that were ever known of its pack."""

from typing import TYPE_CHECKING

from db.records import VersionRecord
from desktop.packs.pack import Pack

if TYPE_CHECKING:
    from desktop.library.holdings import Holdings

READABLE = ("stored", "indexed")


def current_rows(holdings: "Holdings", pack: Pack) -> list[VersionRecord]:
    """The rows of the versions this edition names, leaving out those of earlier editions. In the store's lane."""
    wanted = {(paper.sha256, paper.id) for paper in pack.papers if paper.target}
    return [row for row in holdings.versions.of_pack(pack.id) if (row.sha256, row.paper_id) in wanted]


def is_wanted(holdings: "Holdings", row: VersionRecord) -> bool:
    """Whether a paper still belongs here: its row is there, its pack not put away, its body not being left."""
    pack = holdings.packs.get(row.pack_id)
    if pack is None or pack.put_away or holdings.bodies.get(pack.body_id) is None:
        return False
    return holdings.versions.get(row.sha256, row.paper_id) is not None


def lost_rows(holdings: "Holdings", pack: Pack) -> list[VersionRecord]:
    """Those among them that say their paper is here while its file is not."""
    rows = current_rows(holdings, pack)
    return [row for row in rows if row.state in READABLE and not holdings.files.path(row.sealed_sha256).exists()]
