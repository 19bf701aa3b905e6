"""What the papers of a pack ask of the board: as it was found in them, or read from the words the store keeps."""

from desktop.library.current import current_rows
from desktop.library.holdings import Holdings
from desktop.packs.index import kept_pack
from desktop.packs.pack import PaperKind
from desktop.papers.asks import LOOK_IN, asked_of
from desktop.papers.finding import FindingKind
from desktop.pdf.words import unpack

ASK_NOTHING = (PaperKind.AGENDA, PaperKind.MINUTES)  # they tell what was asked


class Asking:
    """For the store's lane: one paper at a time, some hundredths of a second each. What was found is remembered."""

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings
        self._found: dict[str, tuple[str, ...]] = {}

    def of(self, sha256: str, pages: int, height: float) -> tuple[str, ...]:
        """What this version asks, a point each; none while it is not read. height: of its pages, in points."""
        if sha256 not in self._found:
            structure = self._holdings.structures.get(sha256)
            if structure is None or not structure.recognised:
                return self._in_words(sha256, pages, height)
            self._found[sha256] = _points(self._holdings, sha256)
        return self._found[sha256]

    def _in_words(self, sha256: str, pages: int, height: float) -> tuple[str, ...]:
        """Of a paper whose first pages are read already, and not the rest."""
        packed = [self._holdings.versions.words(sha256, page) for page in range(min(pages, LOOK_IN))]
        words = [unpack(each) for each in packed if each is not None]
        if len(words) < len(packed) or not words:
            return ()
        asks = asked_of(words, height)
        return asks.points if asks else ()


def asked_in(holdings: Holdings, pack_id: str) -> dict[str, tuple[str, ...]]:
    """In the store's lane: what each paper (by id) of a pack asks, as far as it was found."""
    record = holdings.packs.get(pack_id)
    pack = kept_pack(record.index) if record is not None else None
    if pack is None:
        return {}
    asking = {paper.id for paper in pack.papers if paper.kind not in ASK_NOTHING}
    found = {
        row.paper_id: _points(holdings, row.sha256) for row in current_rows(holdings, pack) if row.paper_id in asking
    }
    return {paper_id: points for paper_id, points in found.items() if points}


def _points(holdings: Holdings, sha256: str) -> tuple[str, ...]:
    return tuple(row.text for row in holdings.findings.of(sha256, [FindingKind.RECOMMENDATION.value]))
