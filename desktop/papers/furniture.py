"""What stands on page after page and says nothing of its own: running heads and feet, stamps, the council's name."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from desktop.papers.lines import EDGE, PrintedLine, PrintedPage

_NUMBER = re.compile(r"[0-9]+")
_SAME_HEIGHT = 6.0  # points
_MOST = 0.6  # of the pages


def without_furniture(pages: Sequence[PrintedPage]) -> list[list[PrintedLine]]:
    """The lines of each page that are its own."""
    running = _running(pages)
    return [
        [line for line in page.lines if line.text and not (_in_margin(line, page) and _is_running(line, page, running))]
        for page in pages
    ]


def _running(pages: Sequence[PrintedPage]) -> set[tuple[str, int]]:
    """What is said in the margins of several pages at one height, its numbers the same or counting pages."""
    seen: dict[tuple[str, int], dict[int, list[int]]] = defaultdict(dict)
    for page in pages:
        for line in page.lines:
            if _in_margin(line, page):
                for height in _heights(line):
                    seen[(_shape(line.text), height)][page.page] = [int(each) for each in _NUMBER.findall(line.text)]
    enough = 2 if len(pages) < 8 else 3
    return {key for key, on in seen.items() if len(on) >= enough and _counts(on)}


def _counts(on: dict[int, list[int]]) -> bool:
    """Whether each number stays, or goes with the page, on most pages: numbers of sections at their tops do neither."""
    for place in range(len(next(iter(on.values())))):
        stays = Counter(numbers[place] for numbers in on.values())
        goes = Counter(numbers[place] - page for page, numbers in on.items())
        if max(*stays.values(), *goes.values()) < _MOST * len(on):
            return False
    return True


def _is_running(line: PrintedLine, page: PrintedPage, running: set[tuple[str, int]]) -> bool:
    bare = _NUMBER.sub("", line.text).strip(" -–|/.")
    return not bare or bare.casefold() in ("page", "page of") or (_shape(line.text), _heights(line)[0]) in running


def _in_margin(line: PrintedLine, page: PrintedPage) -> bool:
    return line.y1 < page.height * EDGE or line.y0 > page.height * (1 - EDGE)


def _shape(text: str) -> str:
    return _NUMBER.sub("#", text.casefold())


def _heights(line: PrintedLine) -> tuple[int, int]:
    """The step of height it stands on, and the nearer of the neighbouring ones."""
    step = line.middle / _SAME_HEIGHT
    return int(step), int(step) + (1 if step % 1 > 0.5 else -1)
