"""Tables whose cells are drawn: rules and shades become a grid, and what no rule parts becomes one cell."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from desktop.papers.cells import Cell, CellTable, Row, is_head, lines_of, merged
from desktop.pdf.rules import Rule as Box
from desktop.pdf.words import Word

_THICK = 3.0  # points: a thicker box is a shade
_SHORT = 4.0
_SAME = 3.0  # points between two drawings of one rule
_MOST_RULES = 1_200  # after joining; what has more is a drawing
_FRAME = 0.92  # of the page's words in one cell: that is a frame, not a table

Span = tuple[float, float, float]  # where the rule lies, and from where to where it goes


@dataclass(frozen=True)
class _Grid:
    """Upright and level rules that meet, and where they lie."""

    xs: list[float]
    ys: list[float]
    upright: set[tuple[int, int]]  # (edge, band): a rule at this x goes through this band of y
    level: set[tuple[int, int]]


def ruled_tables(page: int, rules: Sequence[Box], words: Sequence[Word], taken: set[int]) -> Iterator[CellTable]:
    """The tables whose cells are drawn. The numbers of the words in them are added to taken."""
    level, upright = _spans(rules)
    if len(level) + len(upright) > _MOST_RULES:
        return
    grids = [_grid(own_level, own_upright) for own_level, own_upright in _meeting(level, upright)]
    for grid in sorted((grid for grid in grids if grid is not None), key=_area):
        table, used = _table(page, grid, words, taken)
        if table is not None:
            taken |= used
            yield table


def _spans(rules: Sequence[Box]) -> tuple[list[Span], list[Span]]:
    """Level and upright rules; a shade has four."""
    level: list[Span] = []
    upright: list[Span] = []
    for x0, y0, x1, y1 in rules:
        width, height = x1 - x0, y1 - y0
        if height <= _THICK:
            if width >= _SHORT:
                level.append(((y0 + y1) / 2, x0, x1))
        elif width <= _THICK:
            if height >= _SHORT:
                upright.append(((x0 + x1) / 2, y0, y1))
        else:
            level += [(y0, x0, x1), (y1, x0, x1)]
            upright += [(x0, y0, y1), (x1, y0, y1)]
    return _joined(level), _joined(upright)


def _joined(spans: list[Span]) -> list[Span]:
    """Pieces of one rule in one; double rules are one too."""
    rows: list[list[Span]] = []
    for span in sorted(spans):
        if rows and span[0] - rows[-1][0][0] <= _SAME:
            rows[-1].append(span)
        else:
            rows.append([span])
    joined: list[Span] = []
    for row in rows:
        at = sum(span[0] for span in row) / len(row)
        joined += [(at, start, end) for start, end in merged(((start, end) for _, start, end in row), _SAME)]
    return joined


def _meeting(level: Sequence[Span], upright: Sequence[Span]) -> Iterator[tuple[list[Span], list[Span]]]:
    """Rules that cross or touch, together."""
    parents = list(range(len(level) + len(upright)))

    def root(place: int) -> int:
        while parents[place] != place:
            parents[place] = parents[parents[place]]
            place = parents[place]
        return place

    for across, (y, left, right) in enumerate(level):
        for down, (x, top, bottom) in enumerate(upright):
            if left - _SAME <= x <= right + _SAME and top - _SAME <= y <= bottom + _SAME:
                parents[root(across)] = root(len(level) + down)
    groups: defaultdict[int, tuple[list[Span], list[Span]]] = defaultdict(lambda: ([], []))
    for place, span in enumerate(chain(level, upright)):
        groups[root(place)][place >= len(level)].append(span)
    yield from groups.values()


def _grid(level: list[Span], upright: list[Span]) -> _Grid | None:
    if not level or not upright or len(level) + len(upright) < 4:
        return None
    xs, ys = _steps(upright), _steps(level)
    # Sides are often left open: the rules between rows reach further than those between columns.
    left, right = min(span[1] for span in level), max(span[2] for span in level)
    top, bottom = min(span[1] for span in upright), max(span[2] for span in upright)
    xs = [left] * (left < xs[0] - 2 * _SAME) + xs + [right] * (right > xs[-1] + 2 * _SAME)
    ys = [top] * (top < ys[0] - 2 * _SAME) + ys + [bottom] * (bottom > ys[-1] + 2 * _SAME)
    if len(xs) < 3 or len(ys) < 2:
        return None
    return _Grid(xs, ys, _passed(upright, xs, ys), _passed(level, ys, xs))


def _steps(spans: Sequence[Span]) -> list[float]:
    steps: list[float] = []
    for at in sorted(span[0] for span in spans):
        if not steps or at - steps[-1] > _SAME:
            steps.append(at)
    return steps


def _passed(spans: Sequence[Span], edges: Sequence[float], bands: Sequence[float]) -> set[tuple[int, int]]:
    """Which rule goes through which band."""
    passed = set()
    for at, start, end in spans:
        edge = min(range(len(edges)), key=lambda place: abs(edges[place] - at))
        for band in range(len(bands) - 1):
            if start <= (bands[band] + bands[band + 1]) / 2 <= end:
                passed.add((edge, band))
    return passed


def _area(grid: _Grid) -> float:
    return (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0])


def _table(page: int, grid: _Grid, words: Sequence[Word], taken: set[int]) -> tuple[CellTable | None, set[int]]:
    cells = _cells_of(grid)
    inside: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for number, word in enumerate(words):
        x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
        if number not in taken and grid.xs[0] < x < grid.xs[-1] and grid.ys[0] < y < grid.ys[-1]:
            inside[cells[bisect_right(grid.ys, y) - 1, bisect_right(grid.xs, x) - 1]].append(number)
    if len(inside) < 2 or max(map(len, inside.values())) > _FRAME * sum(map(len, inside.values())) > 200:
        return None, set()
    rows = _rows(grid, cells, {at: [words[number] for number in numbers] for at, numbers in inside.items()})
    if not rows or len(rows[0]) < 2:
        return None, set()
    used = {number for numbers in inside.values() for number in numbers}
    return CellTable(page, rows, is_head(rows[0]), tuple(grid.xs)), used


def _cells_of(grid: _Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """For each square of the grid the first square of the cell it belongs to."""
    first: dict[tuple[int, int], tuple[int, int]] = {}
    rows, columns = len(grid.ys) - 1, len(grid.xs) - 1

    def root(at: tuple[int, int]) -> tuple[int, int]:
        while first[at] != at:
            at = first[at]
        return at

    for row in range(rows):
        for column in range(columns):
            here = row, column
            first[here] = here
            if column and (column, row) not in grid.upright:
                first[here] = root((row, column - 1))
            if row and (row, column) not in grid.level:
                above, left = root((row - 1, column)), root(here)
                first[max(above, left)] = min(above, left)
    return {at: root(at) for at in first}


def _rows(
    grid: _Grid, cells: dict[tuple[int, int], tuple[int, int]], inside: dict[tuple[int, int], list[Word]]
) -> tuple[Row, ...]:
    """Cells with words; rows and columns where none begins are left out."""
    reach: dict[tuple[int, int], tuple[int, int]] = {}
    for (row, column), at in cells.items():
        last = reach.get(at, at)
        reach[at] = max(last[0], row), max(last[1], column)
    rows, columns = sorted({at[0] for at in inside}), sorted({at[1] for at in inside})
    placed: list[list[Cell | None]] = [[None] * len(columns) for _ in rows]
    for at, words in inside.items():
        down, across = reach[at]
        box = grid.xs[at[1]], grid.ys[at[0]], grid.xs[across + 1], grid.ys[down + 1]
        spans = sum(at[1] <= column <= across for column in columns), sum(at[0] <= row <= down for row in rows)
        placed[rows.index(at[0])][columns.index(at[1])] = Cell(lines_of(words), box, *spans)
    return tuple(tuple(row) for row in placed)
