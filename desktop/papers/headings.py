"""The headings of a paper, found by how they are set. Where they cannot be told from the text, none are given."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from desktop.papers.furniture import without_furniture
from desktop.papers.lines import PrintedLine, PrintedPage

_LARGER, _NO_SMALLER = 1.1, 0.93  # times the size of the text
_LONGEST, _MOST_WORDS, _MOST_LINES = 140, 18, 3
_MOST_LEVELS = 4
_MOST_SHARE = 0.3  # of all lines; more are no headings, but a paper in bold
_OFTEN = 4  # times the same words: they head a form or a table, not a section
_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,4})[.)]?\s+(?=\S)")
_NUMBER_ALONE = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,4}[.)]?")
_LABEL = re.compile(r"[^:]{1,40}:\s*\S")  # "Date: 15 December"
_DATE = re.compile(r"(?:\w+day,?\s+)?(?:\d{1,2}\s+)?[A-Z][a-z]+\s+(?:19|20)\d\d", re.ASCII)
_NOTE = re.compile(r"(?:NB|N\.B\.|Note)\b[:\s]", re.IGNORECASE)
_BULLETS = ("•", "–", "▪", "●")
_TAIL = (".", ",", ";", "…", "-", "&", "\u2010", "(")


@dataclass(frozen=True)
class Heading:
    """A heading. level: from 1. page: from 0. Box in page points; all 0 where only the page is known."""

    level: int
    title: str
    page: int
    x0: float = 0.0
    y0: float = 0.0
    x1: float = 0.0
    y1: float = 0.0


@dataclass(frozen=True)
class _Found:
    page: int
    line: PrintedLine

    @property
    def title(self) -> str:
        return " ".join(self.line.text.split())

    @property
    def depth(self) -> int:
        """How deep its number goes: 1 for "3", 2 for "3.2", 0 without one."""
        number = _NUMBER.match(self.title)
        return number[1].count(".") + 1 if number else 0


def find_headings(pages: Sequence[PrintedPage]) -> tuple[Heading, ...]:
    """The paper's headings in reading order; none where there are fewer than two, or where too much looks like one."""
    own = without_furniture(pages)
    body = _body_size(own)
    if not body:
        return ()
    found: list[_Found] = []
    for page, lines in zip(pages, own, strict=True):
        found += [_Found(page.page, line) for line in _candidates(page, lines, body)]
    found = _rare(found, len(pages))
    if len(found) > _MOST_SHARE * sum(map(len, own)):
        found = [each for each in found if each.line.size >= body * _LARGER]
    return _levelled(found, body) if 2 <= len(found) <= _MOST_SHARE * sum(map(len, own)) else ()


def _body_size(pages: Sequence[Sequence[PrintedLine]]) -> float:
    """The size most letters of plain lines have, else most letters at all."""
    for plain in (True, False):
        sizes: Counter[float] = Counter()
        for line in (line for lines in pages for line in lines):
            if not (plain and line.bold):
                sizes[line.size] += len(line.text)
        rounded: Counter[float] = Counter()
        for size, letters in sizes.items():
            rounded[_rounded(size)] += letters
        if rounded:
            return rounded.most_common(1)[0][0]
    return 0.0


def _candidates(page: PrintedPage, lines: Sequence[PrintedLine], body: float) -> Iterable[PrintedLine]:
    lines = list(_with_their_numbers(lines))
    left = min((line.x0 for line in lines), default=0.0)
    for line in _made_whole(lines, body):
        stands = not line.gapped and _stands_like_one(line, page, left) and _stands_alone(line, lines)
        if stands and _reads_like_one(line.text):
            yield line


def _with_their_numbers(lines: Sequence[PrintedLine]) -> Iterable[PrintedLine]:
    """A number set apart at the left belongs to the line at its right."""
    numbers = [line for line in lines if _NUMBER_ALONE.fullmatch(line.text)]
    if not numbers:
        return lines
    taken = set()
    joined = []
    for line in lines:
        before = next((each for each in numbers if each is not line and _is_number_of(each, line)), None)
        if before is not None:
            taken.add(id(before))
        whole = replace(line, text=f"{before.text} {line.text}", x0=before.x0) if before is not None else line
        joined.append(whole)
    return [line for line in joined if id(line) not in taken]


def _is_number_of(number: PrintedLine, line: PrintedLine) -> bool:
    near = 0 <= line.x0 - number.x1 < 4 * number.size
    return near and abs(number.middle - line.middle) < 0.4 * line.size and number.bold == line.bold


def _made_whole(lines: Sequence[PrintedLine], body: float) -> Iterable[PrintedLine]:
    """Lines set as headings are; those that go on in the next line are joined, and dropped where they never end."""
    place = 0
    while place < len(lines):
        run = [lines[place]]
        place += 1
        if not _set_as_heading(run[0], body):
            continue
        while place < len(lines) and _goes_on(run[-1], lines[place]):
            run.append(lines[place])
            place += 1
        # A bold start of a paragraph whose rest is plain is no heading.
        cut_off = place < len(lines) and lines[place].block == run[-1].block and not _numbered(run[0])
        if len(run) <= _MOST_LINES and not (cut_off and _touches(run[-1], lines[place]) and not run[0].size > body):
            yield _joined(run)


def _goes_on(line: PrintedLine, after: PrintedLine) -> bool:
    same = abs(line.size - after.size) < 0.3 and line.bold == after.bold and line.block == after.block
    return same and _touches(line, after) and not _numbered(after)


def _touches(line: PrintedLine, after: PrintedLine) -> bool:
    return 0 <= after.middle - line.middle < 1.7 * max(line.size, after.size)


def _joined(run: Sequence[PrintedLine]) -> PrintedLine:
    text = run[0].text
    for line in run[1:]:
        text = text[:-1] + line.text if text.endswith("\u2010") else f"{text} {line.text}"
    left, right = min(line.x0 for line in run), max(line.x1 for line in run)
    return replace(run[0], text=text, x0=left, x1=right, y1=run[-1].y1)


def _set_as_heading(line: PrintedLine, body: float) -> bool:
    if line.size >= body * _LARGER:
        return True
    capitals = _numbered(line) and line.text.isupper()
    return (line.bold or capitals) and line.size >= body * _NO_SMALLER


def _numbered(line: PrintedLine) -> bool:
    return _NUMBER.match(line.text) is not None


def _reads_like_one(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    if letters < 3 or letters < len(text) / 2 or len(text) > _LONGEST or len(text.split()) > _MOST_WORDS:
        return False
    bare = _NUMBER.sub("", text)
    starts = next((letter for letter in bare if letter.isalnum()), "")
    if _DATE.fullmatch(text) or _NOTE.match(text) or _LABEL.match(bare):
        return False
    return not text.endswith(_TAIL) and not text.startswith(_BULLETS) and not starts.islower()


def _stands_like_one(line: PrintedLine, page: PrintedPage, left: float) -> bool:
    """At the left, or in the middle of the page."""
    centred = abs((line.x0 + line.x1) / 2 - page.width / 2) < 0.04 * page.width
    return line.x0 - left < 0.14 * page.width or centred


def _stands_alone(line: PrintedLine, lines: Sequence[PrintedLine]) -> bool:
    """Nothing beside it: what has something beside it is a cell of a table, or a label."""
    for other in lines:
        overlap = min(line.y1, other.y1) - max(line.y0, other.y0)
        beside = other.x0 >= line.x1 - 1 or other.x1 <= line.x0 + 1
        if beside and overlap > 0.35 * min(line.y1 - line.y0, other.y1 - other.y0):
            return False
    return True


def _rare(found: Sequence[_Found], pages: int) -> list[_Found]:
    """Without words that come again and again, and what the page before has said in the same place."""
    often = Counter(each.title.casefold() for each in found)
    return [each for each in found if often[each.title.casefold()] < max(_OFTEN, pages // 3)]


def _levelled(found: Sequence[_Found], body: float) -> tuple[Heading, ...]:
    styles = sorted({_style(each, body) for each in found}, reverse=True)
    headings = []
    shallowest = {style: min(_depths(found, style, body), default=0) for style in styles}
    for each in found:
        style = _style(each, body)
        deeper = each.depth - shallowest[style] if each.depth else 0
        level = min(styles.index(style) + 1 + deeper, _MOST_LEVELS)
        line = each.line
        headings.append(Heading(level, each.title, each.page, line.x0, line.y0, line.x1, line.y1))
    return tuple(_without_gaps(headings))


def _depths(found: Sequence[_Found], style: tuple[float, bool], body: float) -> Iterable[int]:
    return (each.depth for each in found if each.depth and _style(each, body) == style)


def _style(found: _Found, body: float) -> tuple[float, bool]:
    return _rounded(found.line.size), found.line.bold


def _without_gaps(headings: Iterable[Heading]) -> Iterable[Heading]:
    """No heading is more than one level under the one before."""
    above: list[int] = []
    for heading in headings:
        while above and above[-1] >= heading.level:
            above.pop()
        above.append(heading.level)
        yield replace(heading, level=len(above))


def _rounded(size: float) -> float:
    return round(size * 2) / 2
