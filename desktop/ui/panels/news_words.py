"""What a new edition brought, in words."""

from collections.abc import Sequence

from desktop.library.news import News
from desktop.packs.pack import Paper
from desktop.ui.kit.words import say_count

_MOST = 5  # papers named before "and 3 more"


def say_news(news: News) -> tuple[str, str, str]:
    """(what, which papers, what to do) for a notice, which lies over the pages: what follows a colon in a title is left
    out. The secretary's note stands whole over the agenda."""
    parts = (("New", news.added), ("Changed", news.changed), ("Withdrawn", news.gone))
    papers = " ".join(f"{word}: {_named(papers)}." for word, papers in parts if papers)
    return f"Updated: edition {news.edition}", papers or news.note, ""


def _named(papers: Sequence[Paper]) -> str:
    names = [f"{paper.item} {paper.title.split(': ')[0]}".strip() for paper in papers[:_MOST]]
    more = len(papers) - len(names)
    return "; ".join(names) + (f"; and {say_count(more, 'more', 'more')}" if more else "")
