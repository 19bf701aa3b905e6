"""Where papers have their text, learnt from words as they are read: what fitting the text leaves in the window."""

from collections.abc import Iterator, Sequence

from desktop.packs.book import BookPage, BookPaper
from desktop.pdf.words import Word
from desktop.reader.layout import TextBox

SAMPLES = 8  # pages of a paper that are looked at before it is read
_RUNNING = 0.06  # of a page's height at head and foot: what runs along there widens no column
_STEP = 6.0  # points; boxes grow by such steps, so that they grow seldom

_Kind = tuple[str, int, int]  # version, width, height: pages of a paper that are alike in size share a box


class TextColumns:
    """Grows with every page that is learnt, so that no word already seen is ever cut off."""

    def __init__(self) -> None:
        self._boxes: dict[_Kind, TextBox] = {}

    def box(self, page: BookPage) -> TextBox | None:
        """Where the text of pages like this one stands, None while that is not known."""
        return self._boxes.get(_kind(page))

    def knows(self, paper: BookPaper) -> bool:
        """Whether anything has been learnt of a paper."""
        return any(version == paper.version for version, _, _ in self._boxes)

    def learn(self, page: BookPage, words: Sequence[Word]) -> bool:
        """Take in the words of a page; whether a box has grown by that."""
        box = _box(page, words)
        if box is None:
            return False
        before = self._boxes.get(_kind(page))
        if before is not None:
            box = (min(before[0], box[0]), min(before[1], box[1]), max(before[2], box[2]), max(before[3], box[3]))
        self._boxes[_kind(page)] = box
        return box != before

    def keep_only(self, versions: set[str]) -> None:
        """Forget what is not in the book."""
        self._boxes = {kind: box for kind, box in self._boxes.items() if kind[0] in versions}


def samples(paper: BookPaper) -> Iterator[int]:
    """Pages of a paper (from 0 in it) from which its column is learnt: spread over all of it."""
    count = min(SAMPLES, paper.count)
    yield from sorted({number * paper.count // count for number in range(count)})


def _kind(page: BookPage) -> _Kind:
    return page.paper.version, round(page.width), round(page.height)


def _box(page: BookPage, words: Sequence[Word]) -> TextBox | None:
    edge = page.height * _RUNNING
    body = [word for word in words if edge <= (word.y0 + word.y1) / 2 <= page.height - edge]
    if not body:
        return None
    left, right = min(word.x0 for word in body), max(word.x1 for word in body)
    top, bottom = min(word.y0 for word in words), max(word.y1 for word in words)
    return _down(left), _down(top), _up(right), _up(bottom)


def _down(length: float) -> float:
    return max(0.0, length // _STEP * _STEP)


def _up(length: float) -> float:
    return -(-length // _STEP) * _STEP
