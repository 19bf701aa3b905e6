"""Where words or a picture come from, as it stands beside a quotation."""

from desktop.annotations.anchor import Anchor
from desktop.packs.book import Book, BookPage
from desktop.ui.kit.words import say_date
from desktop.ui.panels.page_words import say_label


def say_source(book: Book, first: BookPage, last: BookPage | None = None) -> str:
    """ "Finance report, pages 27–28, Trust Board, 29 January 2026": the paper, as printed, and the pack."""
    one, other = say_label(first), say_label(last or first)
    pages = f"page {one}" if one == other else f"pages {one}–{other}"
    pack = book.pack
    return ", ".join((first.paper.title, pages, pack.body.name, say_date(pack.meeting.held_on, weekday=False)))


def cite(book: Book, anchor: Anchor) -> str:
    """An anchor's words as a quotation with its source; without one where its paper is not in the book."""
    quote = f"“{' '.join(anchor.exact.split())}”"
    pages = [page for page in book.pages if page.paper.paper_id == anchor.paper_id]
    last = max((quad.page for quad in anchor.quads), default=anchor.page)
    if not pages or not 0 <= anchor.page < len(pages):
        return quote
    return f"{quote} ({say_source(book, pages[anchor.page], pages[min(last, len(pages) - 1)])})"
