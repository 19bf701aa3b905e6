"""Pages, ranges of pages and minutes, as they are said to a reader."""

from desktop.packs.book import Book, BookPage, BookPaper
from desktop.ui.kit.words import say_count


def say_label(page: BookPage) -> str:
    """What goes after "page": "47" as printed; where that cannot be told "4 of its paper"."""
    return page.label or f"{page.index + 1} of its paper"


def say_page(page: BookPage) -> str:
    """ "p 47"; where the number is not known "page 4 of 12", of its paper."""
    return f"p {page.label}" if page.label else f"page {page.index + 1} of {page.paper.count}"


def say_range(book: Book, paper: BookPaper) -> str:
    """ "p 3–6", or how many pages where their numbers are not known."""
    labels = [page.label for page in book.pages[paper.first : paper.first + paper.count]]
    if not labels or not labels[0] or not labels[-1]:
        return say_count(paper.count, "page")
    return f"p {labels[0]}" if len(labels) == 1 else f"p {labels[0]}–{labels[-1]}"


def say_minutes(seconds: float) -> str:
    """ "8 min", "1 h 5 min"; no more exact than it can be known."""
    minutes = max(1, round(seconds / 60))
    if minutes > 30:
        minutes = 5 * round(minutes / 5)
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)
