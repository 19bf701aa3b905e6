"""A paper's text as it is read: rows from the top, page after page, put together into paragraphs."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from desktop.papers.finding import Place
from desktop.papers.lines import PrintedLine
from desktop.papers.paper_text import PaperPage, PaperText

_APART = 1.22  # times the usual distance of two lines: a paragraph ends between them
_ASIDE, _SHORT_ASIDE = 0.66, 40  # of the page's width: where a column beside the text may begin; its letters
_HEADS_ACTIONS = re.compile(r"(?:actions?|lead|owner|who|by whom)(?: by| for| required)?:?", re.IGNORECASE)
_ENDS = (".", "!", "?", ":", ";")
MARK = re.compile(r"(?:[•●▪◦‣·✓–-]|o|[(]?(?:[a-zA-Z]|[ivx]{1,4}|\d{1,2})[.)])(?=\s|$)\s*")
_HYPHENS = "-\u00ad\u2010"


@dataclass(frozen=True)
class Strip:
    """One row of the text: its lines from the left. aside: what stands in a column of its own at its right."""

    page: int
    lines: tuple[PrintedLine, ...]
    aside: tuple[PrintedLine, ...] = ()

    @cached_property
    def text(self) -> str:
        """Its words, without those aside."""
        return " ".join(line.text for line in self.lines)

    @property
    def x0(self) -> float:
        """Where it begins, points from the left."""
        return self.lines[0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return max(line.x1 for line in self.lines)

    @property
    def middle(self) -> float:
        """Half-way down it."""
        return self.lines[0].middle

    @property
    def size(self) -> float:
        """Of its letters."""
        return self.lines[-1].size

    @property
    def bold(self) -> bool:
        """Whether all of it is."""
        return all(line.bold for line in self.lines)


@dataclass(frozen=True)
class Paragraph:
    """Strips that belong together, perhaps over a page's end."""

    strips: tuple[Strip, ...]

    @cached_property
    def text(self) -> str:
        """Its words; those broken at a line's end are whole again."""
        return joined(strip.text for strip in self.strips)

    @property
    def aside(self) -> str:
        """What stands beside it in a column of its own."""
        return joined(line.text for strip in self.strips for line in strip.aside)

    @property
    def page(self) -> int:
        """Where it begins, from 0."""
        return self.strips[0].page

    @property
    def is_item(self) -> bool:
        """Whether it is an item of a list."""
        return MARK.match(self.text) is not None

    @property
    def bold(self) -> bool:
        """Whether all of it is."""
        return all(strip.bold for strip in self.strips)


def joined(texts: Iterable[str]) -> str:
    """Lines as running text: a word broken at the end of one is whole again."""
    whole = ""
    for text in (" ".join(each.split()) for each in texts):
        if len(whole) > 1 and whole[-1] in _HYPHENS and whole[-2].isalpha() and text[:1].islower():
            whole = (whole if whole[-1] == "-" and _is_meant(whole, text) else whole[:-1]) + text
        elif text:
            whole = f"{whole} {text}" if whole else text
    return whole


def _is_meant(text: str, after: str) -> bool:
    """Whether a hyphen at a line's end belongs to the word: it has another."""
    return "-" in text[:-1].rsplit(" ", 1)[-1] or "-" in after.split(" ", 1)[0]


def place_of(paragraphs: Iterable[Paragraph]) -> Place:
    """Where paragraphs stand: what of them is on the page on which they begin."""
    strips = [strip for paragraph in paragraphs for strip in paragraph.strips]
    return place_of_strips(strips)


def place_of_strips(strips: Sequence[Strip]) -> Place:
    """Where strips stand: those on the page of the first."""
    page = strips[0].page
    boxes = [(line.x0, line.y0, line.x1, line.y1) for strip in strips if strip.page == page for line in strip.lines]
    return Place(page, tuple(boxes))


def strips_of(paper: PaperText) -> list[Strip]:
    """Every row of every page."""
    found: list[Strip] = []
    edge = 0.0
    for page in paper.pages:
        edge = _column_of_actions(page) or edge
        found += _of_page(page, edge)
    return found


def _column_of_actions(page: PaperPage) -> float:
    """Where a column that is headed as one of actions begins; 0 where there is none."""
    for row in page.rows:
        if len(row.lines) > 1 and _HEADS_ACTIONS.fullmatch(row.lines[-1].text) and len(row.text) < _SHORT_ASIDE:
            return row.lines[-1].x0 - 3
    return 0.0


def _of_page(page: PaperPage, edge: float) -> Iterator[Strip]:
    edge = edge or _text_edge(page)
    for row in page.rows:
        aside = tuple(line for line in row.lines if line.x0 > edge and len(line.text) <= _SHORT_ASIDE)
        lines = tuple(line for line in row.lines if line not in aside)
        if lines:
            yield Strip(page.page, lines, aside)
        elif aside:  # nothing beside it: it goes with the text above
            yield Strip(page.page, aside)


def _text_edge(page: PaperPage) -> float:
    """Where the text ends and a column beside it may begin."""
    ends = sorted(line.x1 for line in page.lines if line.x1 - line.x0 > 0.4 * page.width)
    edge = ends[len(ends) * 9 // 10] if ends else page.width
    return max(edge, _ASIDE * page.width)


def paragraphs_of(
    strips: Sequence[Strip], pitch: float, begins: Callable[[str], bool] = lambda text: False
) -> list[Paragraph]:
    """The strips put together. pitch: the usual distance of two lines, as `pitch_of` tells it.

    begins: whether a row of this text begins a paragraph wherever it stands.
    """
    found: list[list[Strip]] = []
    for strip in strips:
        if found and not begins(strip.text) and _goes_on(found[-1], strip, pitch):
            found[-1].append(strip)
        else:
            found.append([strip])
    return [Paragraph(tuple(strips)) for strips in found]


def pitch_of(strips: Sequence[Strip]) -> float:
    """Points from line to line within a paragraph, as most of the paper has it."""
    steps: Counter[float] = Counter()
    for before, after in pairwise(strips):
        step = after.middle - before.middle
        if before.page == after.page and 0 < step < 3 * max(before.size, 4.0) and before.bold == after.bold:
            steps[round(step * 2) / 2] += 1
    if not steps:
        return 14.0
    most = max(steps.values())
    return min(step for step, count in steps.items() if count >= most / 3)


def _goes_on(before: Sequence[Strip], strip: Strip, pitch: float) -> bool:
    last = before[-1]
    if MARK.match(strip.text) or abs(strip.size - last.size) > 1.5:
        return False
    if strip.bold != last.bold and not _bold_at_ends(last, strip):
        return False
    if strip.page != last.page:
        return not last.text.endswith(_ENDS) and not last.bold and strip.page == last.page + 1
    return 0 <= strip.middle - last.middle <= _APART * max(pitch, 0.9 * strip.size)


def _bold_at_ends(last: Strip, strip: Strip) -> bool:
    """Whether a row that is told to be bold may only begin and end so: it is full, and its block goes on."""
    return last.bold and last.lines[-1].block == strip.lines[0].block and last.x1 > strip.x1 - 4 * strip.size
