"""Rows of what was found: places in the open pack, pages of all packs, and the member's own notes."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from desktop.packs.book import Book, BookPaper
from desktop.packs.pack import Pack, Paper
from desktop.search.finder import Hit, OwnHit, Results
from desktop.search.occurrences import Pieces
from desktop.ui.kit.words import say_count, say_short_date
from desktop.ui.panels.finds import Find
from desktop.ui.panels.page_words import say_label
from desktop.ui.panels.rows import Chip, Line, Row, said

# Finds listed at once, around the one now: thousands would be read by nobody, and take seconds to lay out.
SHOWN = 160

_OWN = {"highlight": "My highlight", "note": "My note", "bookmark": "My bookmark"}


def listed(count: int, now: int) -> range:
    """Which of so many finds the list shows."""
    start = max(0, min(now - SHOWN // 2, count - SHOWN)) if count > SHOWN else 0
    return range(start, min(count, start + SHOWN))


def find_rows(book: Book, finds: Sequence[Find], shown: range) -> Iterator[Row]:
    """In the order of the pages, under each paper's title; the key is the find's number from 0."""
    totals: dict[str, int] = {}
    for find in finds:
        totals[find.place.paper_id] = totals.get(find.place.paper_id, 0) + 1
    if shown.start:
        yield _aside("earlier", f"{say_count(shown.start, 'find')} before these")
    numbered = [(number, finds[number]) for number in shown]
    for paper, group in groupby(numbered, key=lambda each: book.pages[each[1].page].paper):
        yield _heading(paper, totals[paper.paper_id])
        for number, find in group:
            yield _find_row(number, find, say_label(book.pages[find.page]), len(finds))
    if shown.stop < len(finds):
        yield _aside("later", f"{say_count(len(finds) - shown.stop, 'find')} after these")


def result_rows(results: Results) -> Iterator[Row]:
    """The member's own first, then pages, best first, each with its pack and meeting."""
    if results.own:
        yield _title("own", "My notes and bookmarks")
        for own in results.own:
            yield _own_row(own, results.packs.get(own.pack_id))
    if results.own and results.hits:
        yield _title("pages", "In the papers")
    for hit in results.hits:
        yield _hit_row(hit, results.packs.get(hit.pack_id))


def hit_key(hit: Hit) -> str:
    """A page's key among the rows."""
    return f"{hit.pack_id} {hit.paper_id} {hit.sha256} {hit.page}"


def own_key(own: OwnHit) -> str:
    """A note's key among the rows."""
    return f"own {own.id}"


def _heading(paper: BookPaper, count: int) -> Row:
    title = f"{paper.item}  {paper.title}" if paper.item else paper.title
    counted = say_count(count, "find")
    lines = (said(title, True, most=2), said(counted, tint="quiet"))
    return Row(f"of {paper.paper_id}", lines, f"{title}, {counted}", heading=True, tip=paper.title)


def _find_row(number: int, find: Find, label: str, count: int) -> Row:
    line = _line(find.place.snippet)
    spoken = f"page {label}, {line.text}, {number + 1} of {count}"
    return Row(str(number), (line,), spoken, number=label, tip=f"{number + 1} of {count}")


def _own_row(own: OwnHit, pack: Pack | None) -> Row:
    paper = _paper(pack, own.paper_id)
    chip = Line((("", False),), chip=_OWN.get(own.kind, "Mine"), chip_shape=Chip.OUTLINE)
    where = said(_where(pack, paper, own.page), tint="quiet", most=2)
    line = _line(own.snippet)
    spoken = f"{chip.chip}, {line.text}, {where.text}"
    return Row(own_key(own), (chip, line, where), spoken, tip=paper.title if paper else "")


def _hit_row(hit: Hit, pack: Pack | None) -> Row:
    paper = _paper(pack, hit.paper_id)
    title = paper.title if paper else "A paper no longer in this pack"
    lines = (said(title, True, most=2), said(_where(pack, paper, hit.page), tint="quiet", most=2), _line(hit.snippet))
    return Row(hit_key(hit), lines, ", ".join(line.text for line in lines), tip=title)


def _where(pack: Pack | None, paper: Paper | None, page: int) -> str:
    """ "p 47 · Board in public · Thu 29 Jan 2026"."""
    if pack is None:
        return "A pack no longer here"
    label = f"p {pack.page_label(paper, page)}" if paper else f"page {page + 1} of the paper"
    return f"{label} · {pack.title or pack.body.name} · {say_short_date(pack.meeting.held_on)}"


def _paper(pack: Pack | None, paper_id: str) -> Paper | None:
    return next((paper for paper in pack.papers if paper.id == paper_id), None) if pack else None


def _line(pieces: Pieces) -> Line:
    return Line(tuple((" ".join(text.split(" ")), strong) for text, strong in pieces), most=4)


def _title(key: str, words: str) -> Row:
    return Row(f"title {key}", (said(words, True),), words, heading=True)


def _aside(key: str, words: str) -> Row:
    return Row(f"aside {key}", (said(f"… {words}", tint="quiet"),), words, heading=True)
