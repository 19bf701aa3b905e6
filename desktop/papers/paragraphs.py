"""Lines that belong together, as they stand on a page: for recognisers that read running text."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from desktop.papers.cells import joined_text
from desktop.papers.finding import Box
from desktop.papers.lines import PrintedLine
from desktop.papers.paper_text import PaperPage

_APART = 0.25  # heights of a line, besides what lies between two lines of one paragraph
_SAME_LEFT, _SAME_SIZE = 30.0, 0.6  # points
_LONGEST_HEADING = 140  # letters
_BULLET = re.compile(r"(?:[•●▪◦‣·\uf0b7]|[o–-](?=\s)|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)](?=\s))\s*")


@dataclass(frozen=True)
class Paragraph:
    """Lines of one page (from 0) that follow each other closely. set_apart: bold, or larger than the text."""

    page: int
    lines: tuple[PrintedLine, ...]
    set_apart: bool

    @cached_property
    def text(self) -> str:
        """Without the bullet or number it may begin with."""
        whole = joined_text(line.text for line in self.lines)
        bullet = _BULLET.match(whole)
        return whole[bullet.end() :].strip() if bullet else whole.strip()

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Around each of its lines."""
        return tuple((line.x0, line.y0, line.x1, line.y1) for line in self.lines)

    @property
    def size(self) -> float:
        """Of its letters."""
        return self.lines[0].size


def body_size(pages: Sequence[PaperPage]) -> float:
    """The size most letters have."""
    sizes: dict[float, int] = {}
    for page in pages:
        for line in page.lines:
            size = round(line.size, 1)
            sizes[size] = sizes.get(size, 0) + len(line.text)
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def paragraphs(page: PaperPage, body: float, begins: re.Pattern[str] | None = None) -> Iterator[Paragraph]:
    """The page's own paragraphs in reading order. body: `body_size`. begins: what only the start of one can be."""
    run: list[PrintedLine] = []
    lead = _lead(page)
    for line in page.lines:
        if run and _ends(run, line, lead, begins):
            yield _made(page, run, body)
            run = []
        run.append(line)
    if run:
        yield _made(page, run, body)


def _lead(page: PaperPage) -> float:
    """What lies between two lines of a paragraph: what lies between most."""
    gaps = Counter(
        round(after.y0 - line.y1)
        for line, after in pairwise(page.lines)
        if abs(after.x0 - line.x0) < _SAME_LEFT and after.y0 > line.y0
    )
    return float(gaps.most_common(1)[0][0]) if gaps else 0.0


def _ends(run: Sequence[PrintedLine], line: PrintedLine, lead: float, begins: re.Pattern[str] | None) -> bool:
    last = run[-1]
    if line.x0 > last.x1 and line.y0 < last.y1:  # beside it
        return len(run) > 1 or not _BULLET.fullmatch(last.text)
    gap = line.y0 - last.y1
    if gap > lead + _APART * (last.y1 - last.y0) or line.y1 < last.y0 or abs(last.size - line.size) > _SAME_SIZE:
        return True
    if last.block != line.block and last.bold != line.bold:
        return True
    return _BULLET.match(line.text) is not None or (begins is not None and begins.match(line.text) is not None)


def _is_apart(line: PrintedLine, body: float) -> bool:
    return line.bold or line.size > 1.08 * body


def _made(page: PaperPage, run: Sequence[PrintedLine], body: float) -> Paragraph:
    apart = all(_is_apart(line, body) for line in run) and sum(len(line.text) for line in run) < _LONGEST_HEADING
    return Paragraph(page.page, tuple(run), apart)
