"""What runs on over a page break: the end of one page and the beginning of the next, as one running text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.papers.finding import Box
from desktop.papers.lines import PrintedLine
from desktop.papers.paper_text import PaperPage
from desktop.papers.running import BREAKS, RunningText
from desktop.pdf.words import Word

_LINES = 4  # on either side: words that point somewhere, and what they are said to be in, reach no further
_NOTES = 6  # lines of small print at a page's foot that its text goes round
_ALIKE = 0.6  # points between sizes of letters
_SHORT = 0.2  # of its column's width: a line that ends further from its edge is the last of its paragraph
_MARGIN = 2.5  # sizes of letters
_ENDED = re.compile(r"[.!?:;]$")
_CUT_SHORT = re.compile(r"\b(?:nos?|pp?|paras?|refs?|app|fig|sect?)\.$", re.IGNORECASE)
_LISTED = re.compile(r"[•●▪◦‣·–-]|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]\s")


class RunOver(RunningText):
    """Lines that are read on from a page to the next. Places are those on the first page alone."""

    def __init__(self, before: PaperPage, tail: Sequence[PrintedLine], after: PaperPage, head: Sequence[PrintedLine]):
        self._seam = len(tail)
        super().__init__(_Joined(before, after, (*tail, *head), self._seam))

    @property
    def seam(self) -> int:
        """Where the second page begins in the text."""
        return self._starts[self._seam]

    def head_box(self) -> Box:
        """Around the lines of the second page."""
        lines = self.lines[self._seam :]
        return (
            min(line.x0 for line in lines), min(line.y0 for line in lines),
            max(line.x1 for line in lines), max(line.y1 for line in lines),
        )  # fmt: skip

    def _boxes(self, start: int, end: int) -> Iterator[Box]:
        return super()._boxes(start, min(end, self.seam))

    def _is_broken(self, number: int) -> bool:
        if number != self._seam - 1:
            return super()._is_broken(number)
        text, after = self.lines[number].text, self.lines[number + 1].text
        return len(text) > 1 and text[-1] in BREAKS and text[-2].isalpha() and after[:1].islower()

    def _join(self, line: PrintedLine, after: PrintedLine, parts: Sequence[str]) -> str:
        if len(self._starts) != self._seam:
            return super()._join(line, after, parts)
        return "" if self._is_broken(self._seam - 1) else " "


@dataclass(frozen=True)
class _Joined:
    """The lines of two pages as those of the first."""

    before: PaperPage
    after: PaperPage
    lines: tuple[PrintedLine, ...]
    seam: int

    @property
    def page(self) -> int:
        return self.before.page

    def words_of(self, line: PrintedLine) -> list[Word]:
        """The words of a line, of whichever page it is."""
        first = any(line is each for each in self.lines[: self.seam])
        return (self.before if first else self.after).words_of(line)


def run_over(before: PaperPage, after: PaperPage) -> RunOver | None:
    """The text that goes on from a page to the next; None where a page ends with the end of something."""
    head = after.lines[:_LINES]
    tail = _without_notes(before.lines, head[0].size) if head else ()
    if not tail or not _goes_on(before, tail[-1], after, head[0]):
        return None
    return RunOver(before, tail[-_LINES:], after, head)


def _without_notes(lines: Sequence[PrintedLine], size: float) -> Sequence[PrintedLine]:
    """Without the small print at the foot."""
    end = len(lines)
    while end and len(lines) - end < _NOTES and lines[end - 1].size < size - _ALIKE:
        end -= 1
    return lines[:end]


def _goes_on(before: PaperPage, last: PrintedLine, after: PaperPage, first: PrintedLine) -> bool:
    """Whether one line of running text reaches the edge of its column, unended, and the next takes it up there."""
    if abs(last.size - first.size) > _ALIKE or last.bold != first.bold or _LISTED.match(first.text):
        return False
    if _ENDED.search(last.text) and not _CUT_SHORT.search(last.text):
        return False
    if not (_is_alone(before, last) and _is_alone(after, first)) or abs(first.x0 - last.x0) > _MARGIN * last.size:
        return False
    column = [line for line in before.lines if abs(line.size - last.size) < _ALIKE and _over(line, last)]
    left, right = min(line.x0 for line in column), max(line.x1 for line in column)
    return right - last.x1 <= _SHORT * (right - left)


def _is_alone(page: PaperPage, line: PrintedLine) -> bool:
    """Whether nothing stands beside it, as in a table."""
    return not line.gapped and any(row.lines == (line,) for row in page.rows)


def _over(line: PrintedLine, other: PrintedLine) -> bool:
    return line.x0 < other.x1 and other.x0 < line.x1
