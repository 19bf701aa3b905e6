"""What the papers of a pack ask of the board, read from the words the store keeps."""

from desktop.library.holdings import Holdings
from desktop.papers.asks import LOOK_IN, asked_of
from desktop.pdf.words import unpack


class Asking:
    """For the store's lane: one paper at a time, some hundredths of a second each. What was found is remembered."""

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings
        self._found: dict[str, tuple[str, ...]] = {}

    def of(self, sha256: str, pages: int, height: float) -> tuple[str, ...]:
        """What this version asks, a point each; none while it is not read. height: of its pages, in points."""
        if sha256 not in self._found:
            packed = [self._holdings.versions.words(sha256, page) for page in range(min(pages, LOOK_IN))]
            words = [unpack(each) for each in packed if each is not None]
            if len(words) < len(packed) or not words:
                return ()
            asks = asked_of(words, height)
            self._found[sha256] = asks.points if asks else ()
        return self._found[sha256]
