"""How a caret moves by key: word by word, line by line, over columns, rows of a table and pages."""

from enum import Enum

from desktop.reader.lines import Line, TextPage
from desktop.reader.selection import Caret, Pages


class Step(Enum):
    """How a caret moves by key."""

    WORD_BACK = "a word back"
    WORD_ON = "a word on"
    LINE_UP = "a line up"
    LINE_DOWN = "a line down"
    LINE_START = "to the line's start"
    LINE_END = "to the line's end"
    PART_BACK = "to the paragraph's start"
    PART_ON = "to the next paragraph"


_UP_OR_DOWN = (Step.LINE_UP, Step.LINE_DOWN)
_BACK = (Step.WORD_BACK, Step.LINE_UP, Step.PART_BACK)


def moved(caret: Caret, step: Step, pages: Pages, last: int, after: bool = True, x: float | None = None) -> Caret:
    """The selection's end after a key; it stays where the words it would move to are not loaded.

    last: the book's last page. after: the caret belongs to the word before it, as the later end of a selection does.
    x: how far from the left a step up or down aims; where the caret is without it.
    """
    text = pages(caret.page)
    if text is None:
        return caret
    if step is Step.WORD_BACK:
        return Caret(caret.page, caret.index - 1) if caret.index else _end_before(caret, pages)
    if step is Step.WORD_ON:
        return Caret(caret.page, caret.index + 1) if caret.index < len(text) else _start_after(caret, pages, last)
    if not len(text):
        return _end_before(caret, pages) if step in _BACK else _start_after(caret, pages, last)
    # The caret at the end of a line belongs to that line, not to the next.
    word = min(max(0, caret.index - after), len(text) - 1)
    number = text.line_number(word)
    if step in _UP_OR_DOWN:
        aim = x if x is not None else text.words[word].x1 if after and caret.index else text.words[word].x0
        line = _line_toward(text, number, step, aim)
        if line is not None:
            return Caret(caret.page, text.caret_in(line, aim))
        return _start_after(caret, pages, last) if step is Step.LINE_DOWN else _end_before(caret, pages)
    if step in (Step.PART_BACK, Step.PART_ON):
        return _part_on(caret, text, step, pages, last)
    line = text.lines[number]
    return Caret(caret.page, line.first if step is Step.LINE_START else line.end)


def walked(caret: Caret, step: Step, pages: Pages, last: int, x: float | None = None) -> Caret:
    """The caret of someone who walks over the words, after a key.

    It stands before a word wherever there is one: past the last it goes on to the next page.
    """
    text = pages(caret.page)
    if text is not None and len(text):
        word = min(caret.index, len(text) - 1)
        number = text.line_number(word)
        if step is Step.LINE_END:
            return Caret(caret.page, text.lines[number].end - 1)
        aim = x if x is not None else text.words[word].x0
        if step in _UP_OR_DOWN and (line := _line_toward(text, number, step, aim)) is not None:
            return Caret(caret.page, min(text.caret_in(line, aim), line.end - 1))
    return _before_a_word(moved(caret, step, pages, last, after=False, x=x), step, pages, last)


def _before_a_word(caret: Caret, step: Step, pages: Pages, last: int) -> Caret:
    text = pages(caret.page)
    if text is None or caret.index < len(text) or not len(text):
        return caret
    following = caret if step in _BACK else _start_after(caret, pages, last)
    return following if following != caret else Caret(caret.page, len(text) - 1)


def _line_toward(text: TextPage, number: int, step: Step, x: float) -> Line | None:
    """The line above or below; of a table's row, the cell nearest to x. None past the page's last."""
    rows = text.rows()
    here = next(place for place, (first, end) in enumerate(rows) if first <= number < end)
    there = here + (1 if step is Step.LINE_DOWN else -1)
    if not 0 <= there < len(rows):
        return None
    first, end = rows[there]
    return min(text.lines[first:end], key=lambda line: max(line.x0 - x, 0.0, x - line.x1))


def _part_on(caret: Caret, text: TextPage, step: Step, pages: Pages, last: int) -> Caret:
    lines = text.lines
    starts = [line.first for place, line in enumerate(lines) if not place or lines[place - 1].block != line.block]
    if step is Step.PART_BACK:
        before = [start for start in starts if start < caret.index]
        return Caret(caret.page, before[-1]) if before else _end_before(caret, pages)
    after = [start for start in starts if start > caret.index]
    if after:
        return Caret(caret.page, after[0])
    return Caret(caret.page, len(text)) if caret.index < len(text) else _start_after(caret, pages, last)


def _end_before(caret: Caret, pages: Pages) -> Caret:
    text = pages(caret.page - 1) if caret.page else None
    return caret if text is None else Caret(caret.page - 1, len(text))


def _start_after(caret: Caret, pages: Pages, last: int) -> Caret:
    text = pages(caret.page + 1) if caret.page < last else None
    return caret if text is None else Caret(caret.page + 1, 0)
