"""Which number stands on which page of an edition: what was printed in the edition before keeps its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.packs import printed
from desktop.packs.pack import Paper
from desktop.packs.printed import Slot
from desktop.secretary.edition import Edition


@dataclass(frozen=True)
class Numbers:
    """By a paper's id, the number of each of its pages. retired: spelled, numbers of pages that are gone."""

    labels: Mapping[str, tuple[str, ...]]
    retired: str = ""

    def put_on(self, papers: Sequence[Paper]) -> tuple[Paper, ...]:
        """The papers with their numbers, where these do not simply count on."""
        if self.labels == number_anew(papers):
            return tuple(papers)
        return tuple(replace(paper, printed=printed.spell(self.labels[paper.id])) for paper in papers)


def numbers_of(papers: Sequence[tuple[str, int]], before: Edition | None, supplement: bool) -> Numbers:
    """papers: (id, pages) in their order. supplement: those that are new count by themselves."""
    if before is None:
        return Numbers(printed.number_pages([Slot(*each) for each in papers], {}))
    old = {paper.id: before.pack.labels(paper) for paper in before.pack.papers if paper.pages}
    slots = [Slot(key, pages, supplement) for key, pages in papers]
    retired = printed.read(before.retired)
    now = printed.number_pages(slots, old, retired)
    return Numbers(now, printed.spell(printed.gone(old, now, retired)))


def number_anew(papers: Sequence[Paper]) -> dict[str, tuple[str, ...]]:
    """As pages count on where nothing was printed before."""
    return printed.number_pages([Slot(paper.id, paper.pages) for paper in papers], {})
