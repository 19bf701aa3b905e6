"""Which words something drawn on a page belongs to, and which words a mark lies on: so that it can be found again."""

from dataclasses import replace

from desktop.annotations.anchor import Anchor
from desktop.annotations.shapes import Box
from desktop.packs.book import Book
from desktop.reader.lines import TextPage
from desktop.reader.moving import Step, moved
from desktop.reader.selection import Caret, Pages, Selection, anchor_of

_MOST = 40  # words: more of them would not make the place any surer
_AWAY = 120.0  # points: what is drawn further from any line stands by itself


def anchor_at(book: Book, number: int, box: Box, pages: Pages) -> Anchor:
    """The anchor of what is drawn in a box of a page of the book: the words in it, or else the nearest line."""
    page = book.pages[number]
    bare = Anchor(page.paper.paper_id, page.paper.version, page.index, page.label)
    text = pages(number)
    span = _words_near(text, box) if text is not None else None
    if span is None:
        return bare
    anchor = anchor_of(Selection(Caret(number, span[0]), Caret(number, span[1])), book, pages)
    return anchor or bare


def passage_of(anchor: Anchor, book: Book, pages: Pages) -> Selection | None:
    """The words an anchor's strips lie on; None while they are not loaded."""
    paper = next((paper for paper in book.papers if paper.paper_id == anchor.paper_id), None)
    if paper is None or not anchor.quads:
        return None
    first, last = anchor.quads[0], anchor.quads[-1]
    start, end = pages(paper.first + first.page), pages(paper.first + last.page)
    if start is None or end is None:
        return None
    return Selection(
        Caret(paper.first + first.page, start.caret_at(first.x0, (first.y0 + first.y1) / 2)),
        Caret(paper.first + last.page, end.caret_at(last.x1, (last.y0 + last.y1) / 2)),
    )


def stepped(passage: Selection, step: Step, pages: Pages, last: int) -> Selection:
    """The passage with its end moved on or back by a word or a line; never empty."""
    after = replace(passage, focus=moved(passage.focus, step, pages, last))
    return after if _in_order(after) else passage


def with_end(passage: Selection, end: int, caret: Caret) -> Selection:
    """The passage begun (end 0) or ended (end 1) at another word; never empty."""
    after = replace(passage, anchor=caret) if end == 0 else replace(passage, focus=caret)
    return after if _in_order(after) else passage


def _in_order(passage: Selection) -> bool:
    start, end = passage.anchor, passage.focus
    return (start.page, start.index) < (end.page, end.index)


def _words_near(text: TextPage, box: Box) -> tuple[int, int] | None:
    x0, y0, x1, y1 = box
    inside = [
        number
        for number, word in enumerate(text.words)
        if word.x0 <= x1 and word.x1 >= x0 and word.y0 <= y1 and word.y1 >= y0
    ]
    if inside:
        return inside[0], min(inside[-1] + 1, inside[0] + _MOST)
    middle = (x0 + x1) / 2, (y0 + y1) / 2
    line = min(text.lines, key=lambda line: sum(line.away_from(*middle)), default=None)
    if line is None or sum(line.away_from(*middle)) > _AWAY + (y1 - y0):
        return None
    return line.first, min(line.end, line.first + _MOST)
