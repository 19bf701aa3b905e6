"""Packs as they lie in folders, without an index: facts told from file names, and from what the papers say."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from desktop.links.facts import ItemFacts, PackFacts, PaperFacts
from desktop.packs.numbering import Numbered, labels_of
from desktop.papers.days import first_day
from desktop.papers.mention import MentionKind, Pointers

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"^[\d\W_]+")


@dataclass(frozen=True)
class Loose:
    """A paper of a folder. name: of its file. series: the numbers printed on its pages, as `find_stamps` gives them.

    item, title, kind: where a plan beside the files says so, "" otherwise.
    """

    name: str
    pages: int
    pointers: Pointers = field(repr=False)
    series: tuple[tuple[int | None, ...], ...] = ()
    item: str = ""
    title: str = ""
    kind: str = ""


def pack_of_folder(name: str, loose: Sequence[Loose], body: str = "", items: Sequence[ItemFacts] = ()) -> PackFacts:
    """The folder as a pack. name: of the folder, which may say the day of the meeting."""
    said = _DAY.search(name)
    day = said[0] if said else _day_of(loose)
    before, numbered = 0, []
    for each in loose:
        numbered.append(Numbered(each.pages, before, each.series))
        before += each.pages
    labels = labels_of(numbered, {})
    papers = tuple(
        PaperFacts(
            each.name, each.name, each.item or _own_item(each.pointers), each.title or _title(each.name), each.kind,
            each.pages, each.pointers, tuple(numbers),
        )
        for each, numbers in zip(loose, labels, strict=True)
    )  # fmt: skip
    found = tuple(items) or tuple(_items(papers))
    return PackFacts(name, body, name, day, found, _with_items(papers, found))


def own_numbers(series: Iterable[tuple[int | None, ...]]) -> tuple[int | None, ...]:
    """The series among those printed on a paper's pages that is the paper's own: it begins where the paper does."""
    for numbers in series:
        steps = Counter(number - place for place, number in enumerate(numbers) if number is not None)
        if steps and abs(steps.most_common(1)[0][0] - 1) <= 2:
            return numbers
    return ()


def _title(name: str) -> str:
    return _NUMBER.sub("", re.sub(r"\.pdf$", "", name, flags=re.IGNORECASE)).replace("-", " ").replace("_", " ")


def _own_item(pointers: Pointers) -> str:
    own = (mark.ref for mark in pointers.landmarks if mark.kind is MentionKind.ITEM and mark.fact("whole"))
    return next(own, "")


def _day_of(loose: Sequence[Loose]) -> str:
    """The day that most first pages name."""
    days = Counter(day for each in loose for title in each.pointers.titles if (day := first_day(title)))
    return days.most_common(1)[0][0] if days else ""


def _items(papers: Sequence[PaperFacts]) -> Iterable[ItemFacts]:
    """The items that the agenda among the papers lists."""
    for paper in papers:
        if paper.is_agenda:
            for mark in paper.pointers.landmarks:
                if mark.kind in (MentionKind.PARAGRAPH, MentionKind.SECTION) and mark.ref:
                    yield ItemFacts(mark.ref, re.sub(r"^\W*[\w.]+\W+", "", mark.text))
            return


def _with_items(papers: tuple[PaperFacts, ...], items: Sequence[ItemFacts]) -> tuple[PaperFacts, ...]:
    return papers
