"""Tables without rules between their columns, told from words that stand below each other, well apart from others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from desktop.papers.cells import Cell, CellTable, Row, around, column_of, is_head, lines_of, merged
from desktop.pdf.rules import Rule as Box
from desktop.pdf.words import Word

_APART = 0.85  # heights of a word between two cells of a line
_GUTTER = 4.0  # points between two columns
_LEAD = 1.3  # times the distance of lines within a cell: a larger one begins a row
_BREAK = 3.2  # heights of a line: so far apart, one table has ended
_FEWEST_ROWS = 3
_MOST_HEADS = 2  # lines over several columns
_THICK = 3.0
_PROSE = 38  # letters a strip has on average where text is set in columns


@dataclass(frozen=True)
class _Strip:
    """Words side by side with no cell's gap between them."""

    words: tuple[Word, ...]
    x0: float
    x1: float


@dataclass(frozen=True)
class _Line:
    """Strips at one height."""

    strips: tuple[_Strip, ...]
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top


def unruled_tables(page: int, words: Sequence[Word], rules: Sequence[Box]) -> Iterator[CellTable]:
    """The tables among these words; level rules that part rows are heeded."""
    lines = [_line(line) for line in lines_of(words)]
    level = sorted((y0 + y1) / 2 for x0, y0, x1, y1 in rules if y1 - y0 <= _THICK and x1 - x0 > 100)
    for region in _regions(lines):
        table = _table(page, region, level)
        if table is not None:
            yield table


def _line(words: Sequence[Word]) -> _Line:
    strips: list[list[Word]] = []
    for word in words:
        if strips and word.x0 - strips[-1][-1].x1 <= _APART * (word.y1 - word.y0):
            strips[-1].append(word)
        else:
            strips.append([word])
    made = tuple(_Strip(tuple(strip), strip[0].x0, max(word.x1 for word in strip)) for strip in strips)
    box = around(words)
    return _Line(made, box[1], box[3])


def _regions(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Runs of lines whose strips leave upright gaps that go through all of them."""
    run: list[_Line] = []
    columns: list[tuple[float, float]] = []
    for line in lines:
        spans = [(strip.x0, strip.x1) for strip in line.strips]
        both = merged([*columns, *spans], _GUTTER)
        far = bool(run) and line.top - run[-1].bottom > _BREAK * line.height
        if run and not far and len(both) >= max(2, min(len(columns), 2)) and _keeps(columns, both):
            run.append(line)
            columns = both
            continue
        yield from _ended(run)
        run, columns = ([line], merged(spans, _GUTTER)) if len(spans) > 1 else ([], [])
    yield from _ended(run)


def _keeps(columns: Sequence[tuple[float, float]], both: Sequence[tuple[float, float]]) -> bool:
    """A line that reaches over columns joins them: one pair may be, in a head that stands over two."""
    return len(both) >= len(columns) - 1


def _ended(run: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Lines at its end that stand in one column only are what follows the table."""
    kept = list(run)
    while kept and len(kept[-1].strips) < 2 and not _hangs(kept):
        kept.pop()
    if sum(len(line.strips) > 1 for line in kept) >= _FEWEST_ROWS:
        yield kept


def _hangs(run: Sequence[_Line]) -> bool:
    """The last line is the rest of a cell: close under the line before, and not in the first column."""
    if len(run) < 2:
        return False
    first = min(strip.x0 for line in run for strip in line.strips)
    return run[-1].strips[0].x0 > first + 20 and run[-1].top - run[-2].bottom < 0.6 * run[-1].height


def _table(page: int, region: Sequence[_Line], level: Sequence[float]) -> CellTable | None:
    strips = [strip for line in region for strip in line.strips]
    heads, columns = _columns(region)
    letters = sum(len(word.text) + 1 for strip in strips for word in strip.words) / len(strips)
    if len(columns) < 2 or (len(columns) == 2 and letters > _PROSE):
        return None
    lefts = [start for start, _ in columns]
    rows = (*(_head(line, lefts) for line in region[:heads]), *_rows(region[heads:], lefts, level))
    edges = (*lefts, columns[-1][1])
    return CellTable(page, rows, is_head(rows[0]), edges, ruled=False) if len(rows) >= _FEWEST_ROWS - 1 else None


def _grouped(region: Sequence[_Line], lefts: Sequence[float], level: Sequence[float]) -> Iterator[list[_Line]]:
    """The lines of each row."""
    inner = [y for y in level if region[0].middle < y < region[-1].middle]
    gaps = [after.middle - before.middle for before, after in pairwise(region)]
    lead = min(gaps, default=0.0)
    spaced = bool(gaps) and max(gaps) > _LEAD * lead and median(gaps) <= max(gaps)
    group = [region[0]]
    for (before, line), gap in zip(pairwise(region), gaps, strict=True):
        if len(inner) >= _FEWEST_ROWS:
            begins = any(before.middle < y < line.middle for y in inner)
        elif spaced and _wraps(region, lefts):
            begins = gap > _LEAD * lead
        else:
            begins = column_of(lefts, line.strips[0].x0 + 1) == 0
        if begins:
            yield group
            group = []
        group.append(line)
    yield group


def _wraps(region: Sequence[_Line], lefts: Sequence[float]) -> bool:
    """Whether cells of the first column have several lines, so that a line there need not begin a row."""
    return any(len(line.strips) == 1 and column_of(lefts, line.strips[0].x0 + 1) == 0 for line in region)


def _columns(region: Sequence[_Line]) -> tuple[int, list[tuple[float, float]]]:
    """How many lines stand over several columns at its head, and the columns without them."""
    found = [
        (skipped, merged([(strip.x0, strip.x1) for line in region[skipped:] for strip in line.strips], _GUTTER))
        for skipped in range(min(_MOST_HEADS, len(region) - 2) + 1)
    ]
    return max(found, key=lambda each: (len(each[1]), -each[0]))


def _head(line: _Line, lefts: Sequence[float]) -> Row:
    """A line of heads, each reaching as far as the next."""
    cells: list[Cell | None] = [None] * len(lefts)
    begins = [column_of(lefts, strip.x0 + _GUTTER) for strip in line.strips]
    for strip, column, after in zip(line.strips, begins, [*begins[1:], len(lefts)], strict=True):
        x0, y0, x1, y1 = around(strip.words)
        reach = max(x1, lefts[after] - 2 * _GUTTER) if after < len(lefts) else max(x1, lefts[-1] + 2 * _GUTTER)
        cells[column] = Cell((strip.words,), (x0, y0, reach, y1), max(1, after - column))
    return tuple(cells)


def _rows(region: Sequence[_Line], lefts: Sequence[float], level: Sequence[float]) -> Iterator[Row]:
    for lines in _grouped(region, lefts, level):
        yield _row(lines, lefts)


def _row(lines: Sequence[_Line], lefts: Sequence[float]) -> Row:
    cells: list[list[Word]] = [[] for _ in lefts]
    for line in lines:
        for strip in line.strips:
            cells[column_of(lefts, strip.x0 + 1)] += strip.words
    return tuple(Cell(lines_of(words), around(words)) if words else None for words in cells)
