"""Numbers printed at one place of page after page, each one more than the last: stamps of a pack, or a paper's own."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from desktop.papers.lines import PrintedPage

Series = tuple[int | None, ...]  # the number printed on each page of a paper; None where that cannot be told

_NUMBER = re.compile(r"[-–(]?(?:p|pg|page)?\.?(\d{1,4})[-–)]?", re.IGNORECASE)
_NEAR = 12.0  # points; a stamp is never struck at quite the same place
_MOST_SERIES = 4
_FEW = 2  # pages, of which every one must carry its number
_RUN = 3  # pages on end that count otherwise before they are believed

_Place = tuple[str, int, int]


def find_stamps(pages: Sequence[PrintedPage]) -> tuple[Series, ...]:
    """The series of a paper, the best attested first. Two of them: a pack's stamp beside the paper's own number."""
    found: dict[_Place, dict[int, int]] = {}
    for page in pages:
        for place, number in _numbers(page):
            found.setdefault(place, {})[page.page] = number
    series: Counter[Series] = Counter()
    for numbers in found.values():
        read, votes = _series(numbers, len(pages))
        if read:
            series[read] = max(series[read], votes)
    return tuple(each for each, _ in series.most_common(_MOST_SERIES))


def _numbers(page: PrintedPage) -> Iterable[tuple[_Place, int]]:
    """(place, number) in the margins; each at two places, so that one struck on their border is not lost."""
    for word in page.edges:
        found = _NUMBER.fullmatch(word.text)
        if not found:
            continue
        edge = "head" if word.y0 < page.height / 2 else "foot"
        # As far from the middle on odd pages as on even ones: mirrored numbers are one series.
        aside = abs((word.x0 + word.x1) / 2 - page.width / 2) / _NEAR
        down = min(word.y1, page.height - word.y0) / _NEAR
        for shift in (0.0, 0.5):
            yield (f"{edge} {shift}", int(aside + shift), int(down + shift)), int(found[1])


def _series(numbers: Mapping[int, int], count: int) -> tuple[Series | None, int]:
    """The numbers of one place as a series over all pages, and how many pages bear it out."""
    votes = Counter(number - page for page, number in numbers.items())
    offset = votes.most_common(1)[0][0]
    enough = count if count <= _FEW else max(_FEW + 1, (count + 1) // 2)
    sure = dict(_believed(numbers, offset))
    counts_up = [sure[page] for page in sorted(sure)] == sorted(set(sure.values()))
    if offset < 0 or len(sure) < enough or not counts_up:
        return None, 0
    return tuple(_filled(sure, page) for page in range(count)), len(sure)


def _believed(numbers: Mapping[int, int], offset: int) -> Iterable[tuple[int, int]]:
    """Pages that count with most of them, and long runs that count otherwise (pages were taken out or put in)."""
    for page, number in numbers.items():
        own = number - page
        run = 1 + _reach(numbers, page, own, 1) + _reach(numbers, page, own, -1)
        if own == offset or run >= _RUN:
            yield page, number


def _reach(numbers: Mapping[int, int], page: int, offset: int, step: int) -> int:
    reach = 0
    while numbers.get(page + step * (reach + 1)) == page + step * (reach + 1) + offset:
        reach += 1
    return reach


def _filled(sure: Mapping[int, int], page: int) -> int | None:
    """Between pages that count alike the number is known, though it is not seen; before and after them too."""
    if page in sure:
        return sure[page]
    before = max((each for each in sure if each < page), default=None)
    after = min((each for each in sure if each > page), default=None)
    offsets = {sure[each] - each for each in (before, after) if each is not None}
    return page + offsets.pop() if len(offsets) == 1 else None
