"""A page's words as running text: headings, paragraphs, list items and tables, for reading without the page."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby, pairwise
from types import MappingProxyType

from desktop.papers.furniture import without_furniture
from desktop.papers.headings import Heading
from desktop.papers.lines import PrintedLine, PrintedPage
from desktop.pdf.protocol import Table
from desktop.pdf.words import Word

_PARAGRAPH_GAP = 0.7  # heights of a line between two paragraphs of one block
_BULLET = re.compile(r"[•●▪◦‣·–-]|o|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]")


class Shape(Enum):
    """What a part of the text is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "list item"
    TABLE = "table"


Words = tuple[int, ...]  # numbers of words of the page, in reading order


@dataclass(frozen=True)
class Part:
    """A part of a page. words: those it says; of a table none, but rows of cells of words. level: of a heading, from 1.

    top: points from the page's top to where it begins.
    """

    shape: Shape
    top: float
    words: Words = ()
    rows: tuple[tuple[Words, ...], ...] = ()
    level: int = 0


@dataclass(frozen=True, slots=True)
class _Strip:
    """Words side by side on one line, no cell's gap between them."""

    words: Words
    block: int
    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def height(self) -> float:
        return max(1.0, self.y1 - self.y0)


def flow(
    pages: Sequence[Sequence[Word]],
    height: float,
    headings: Sequence[Heading] = (),
    tables: Mapping[int, Sequence[Table]] = MappingProxyType({}),
) -> list[list[Part]]:
    """The parts of each page of a paper, running heads and feet set aside.

    height: of its pages, in points. headings, and tables by page (from 0): as found by whoever looked at the page.
    """
    kept = _own_words(pages, height)
    return [
        list(
            _parts(
                words, kept[number], [each for each in headings if each.page == number], _said(words, tables, number)
            )
        )
        for number, words in enumerate(pages)
    ]


def _said(words: Sequence[Word], tables: Mapping[int, Sequence[Table]], page: int) -> list[Table]:
    """The page's tables that have words in two cells or more; others are frames."""
    return [table for table in tables.get(page, ()) if len(set(_in_table(words, table).values())) > 1]


def say(words: Sequence[Word], numbers: Sequence[int]) -> str:
    """Words as text; one that was broken at its line's end is whole again."""
    text = ""
    for before, number in pairwise((-1, *numbers)):
        word = words[number].text
        if before >= 0 and is_broken(words[before], words[number]):
            text = text[:-1] + word
        else:
            text += (" " if text else "") + word
    return text


def is_broken(before: Word, after: Word) -> bool:
    """Whether a word was broken at the end of its line, and goes on in the next."""
    ends = len(before.text) > 1 and before.text[-1] in "-\u00ad\u2010" and before.text[-2].isalpha()
    return ends and after.text[:1].islower() and (before.block, before.line) != (after.block, after.line)


def _own_words(pages: Sequence[Sequence[Word]], height: float) -> list[set[int]]:
    """Numbers of the words that are no furniture, a page."""
    printed: list[PrintedPage] = []
    lines_of: list[dict[int, Words]] = []
    for number, words in enumerate(pages):
        lines = [_printed(words, numbers) for numbers in _line_words(words)]
        lines_of.append({id(line): numbers for line, numbers in zip(lines, _line_words(words), strict=True)})
        printed.append(PrintedPage(number, 0.0, height, (), tuple(lines)))
    return [
        {number for line in own for number in lines_of[page][id(line)]}
        for page, own in enumerate(without_furniture(printed))
    ]


def _line_words(words: Sequence[Word]) -> list[Words]:
    numbered = groupby(range(len(words)), key=lambda number: (words[number].block, words[number].line))
    return [tuple(numbers) for _, numbers in numbered]


def _printed(words: Sequence[Word], numbers: Words) -> PrintedLine:
    part = [words[number] for number in numbers]
    text = " ".join(word.text for word in part).strip()
    top, bottom = min(word.y0 for word in part), max(word.y1 for word in part)
    left, right = min(word.x0 for word in part), max(word.x1 for word in part)
    return PrintedLine(text, part[0].block, left, top, right, bottom, bottom - top, False)


def _parts(
    words: Sequence[Word], kept: set[int], headings: Sequence[Heading], tables: Sequence[Table]
) -> Iterator[Part]:
    """In reading order; a table stands where its first word does."""
    places = [_in_table(words, table) for table in tables]
    cells = {number: table for table, place in enumerate(places) for number in place}
    strips: list[_Strip] = []
    told: set[int] = set()
    for numbers in _line_words(words):
        inside = next((cells[number] for number in numbers if number in cells), None)
        if inside is not None and inside not in told:
            yield from _running(words, strips, headings)
            strips = []
            told.add(inside)
            yield _table(words, tables[inside], places[inside])
        outside = tuple(number for number in numbers if number in kept and number not in cells)
        if outside:
            strips.append(_strip(words, outside))
    yield from _running(words, strips, headings)


def _in_table(words: Sequence[Word], table: Table) -> dict[int, tuple[int, int]]:
    """The words of a table, each with its row and cell."""
    boxes = [(row, place, box) for row, cells in enumerate(table) for place, box in enumerate(cells) if box is not None]
    found = {}
    for number, word in enumerate(words):
        x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
        for row, place, (x0, y0, x1, y1) in boxes:
            if x0 <= x <= x1 and y0 <= y <= y1:
                found[number] = (row, place)
                break
    return found


def _table(words: Sequence[Word], table: Table, places: Mapping[int, tuple[int, int]]) -> Part:
    """Its rows, without columns and rows that say nothing."""
    cells: dict[tuple[int, int], list[int]] = {}
    for number, place in places.items():
        cells.setdefault(place, []).append(number)
    columns = sorted({place for _, place in cells})
    rows = tuple(
        tuple(tuple(cells.get((row, column), ())) for column in columns)
        for row in range(len(table))
        if any((row, column) in cells for column in columns)
    )
    return Part(Shape.TABLE, min(words[number].y0 for number in places), rows=rows)


def _strip(words: Sequence[Word], numbers: Words) -> _Strip:
    part = [words[number] for number in numbers]
    return _Strip(
        numbers,
        part[0].block,
        min(word.x0 for word in part),
        min(word.y0 for word in part),
        max(word.x1 for word in part),
        max(word.y1 for word in part),
    )


def _running(words: Sequence[Word], strips: Sequence[_Strip], headings: Sequence[Heading]) -> Iterator[Part]:
    """Headings, paragraphs and list items of strips that stand below each other."""
    part: list[_Strip] = []
    for strip in _with_bullets(words, strips):
        if part and _ends(words, part, strip, headings):
            yield _part_of(words, part, headings)
            part = []
        part.append(strip)
    if part:
        yield _part_of(words, part, headings)


def _with_bullets(words: Sequence[Word], strips: Sequence[_Strip]) -> Iterator[_Strip]:
    """A bullet that stands alone at the left goes to the line it stands before, wherever the file put it."""
    alone = [strip for strip in strips if len(strip.words) == 1 and _is_bullet(words, [strip])]
    taken: dict[int, _Strip] = {}
    for bullet in alone:
        middle = (bullet.y0 + bullet.y1) / 2
        beside = [
            strip
            for strip in strips
            if strip not in alone and strip.x0 >= bullet.x1 - 1 and strip.y0 < middle < strip.y1
        ]
        if beside:
            taken[id(min(beside, key=lambda strip: strip.x0))] = bullet
    for strip in strips:
        found = taken.get(id(strip))
        if found is not None:
            yield _strip(words, (*found.words, *strip.words))
        elif strip not in taken.values():
            yield strip


def _ends(words: Sequence[Word], part: Sequence[_Strip], strip: _Strip, headings: Sequence[Heading]) -> bool:
    last = part[-1]
    bullet = _is_bullet(words, part)
    if bullet and len(part) == 1 and len(last.words) == 1:
        return False  # the bullet stands alone before its words
    if _heading(part[0], headings) is not _heading(strip, headings):
        return True
    if _is_bullet(words, [strip]):
        return True
    far = strip.y0 - last.y1 > _PARAGRAPH_GAP * last.height
    return far or (strip.block != last.block and not (bullet and strip.y0 - last.y1 < 0.3 * last.height))


def _heading(strip: _Strip, headings: Sequence[Heading]) -> Heading | None:
    middle = (strip.y0 + strip.y1) / 2
    found = (each for each in headings if each.y1 and each.y0 - 1 <= middle <= each.y1 + 1 and strip.x0 < each.x1 + 1)
    return next(found, None)


def _is_bullet(words: Sequence[Word], part: Sequence[_Strip]) -> bool:
    return bool(part) and _BULLET.fullmatch(words[part[0].words[0]].text) is not None


def _part_of(words: Sequence[Word], part: Sequence[_Strip], headings: Sequence[Heading]) -> Part:
    numbers = tuple(number for strip in part for number in strip.words)
    heading = _heading(part[0], headings)
    if heading is not None:
        return Part(Shape.HEADING, part[0].y0, numbers, level=heading.level)
    shape = Shape.ITEM if _is_bullet(words, part) and len(numbers) > 1 else Shape.PARAGRAPH
    return Part(shape, part[0].y0, numbers)
