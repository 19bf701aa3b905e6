"""Pages that search, links and reading aloud cannot see, and papers without tags."""

from collections.abc import Iterator, Sequence

from desktop.pdf.protocol import Legible
from desktop.secretary.checks.remark import ReadPaper, Remark, Weight, listed

_PRINTED_FROM = "Ask its author for the file it was printed from."


def check(papers: Sequence[ReadPaper]) -> Iterator[Remark]:
    """Scans, letters that mean nothing, and what has no tags."""
    for paper in papers:
        yield from _scanned(paper)
        garbled = [page.page + 1 for page in paper.pages if page.legible is Legible.UNRELIABLE]
        if garbled:
            what = f"{paper.name} does not say what its letters are on {_pages(garbled)}: search finds nothing there."
            yield paper.remark(Weight.SEE_TO, what, "Ask its author to save it as a PDF again.", garbled[0])
    untagged = [paper for paper in papers if paper.look is not None and not paper.look.tagged]
    if untagged:
        names = listed([paper.name for paper in untagged], 3)
        have = "has" if len(untagged) == 1 else "have"
        what = f"{names} {have} no tags: programs that read pages aloud have to guess their order."
        yield untagged[0].remark(Weight.KNOW, what, "In Word, save as PDF with “document structure tags” ticked.", 1)


def _scanned(paper: ReadPaper) -> Iterator[Remark]:
    blind = [page.page + 1 for page in paper.pages if page.legible is Legible.NONE]
    if blind:
        whole = len(blind) == len(paper.facts.pages)
        where = "any of its pages" if whole else f"{len(blind)} of its {len(paper.facts.pages)} pages"
        what = f"{paper.name} has no words on {where}: search, reading aloud and links cannot see them."
        yield paper.remark(Weight.SEE_TO, what, _PRINTED_FROM, blind[0])


def _pages(pages: Sequence[int]) -> str:
    return f"page {pages[0]}" if len(pages) == 1 else f"{len(pages)} pages"
