"""The number printed on each page of a pack: as a member put it right, as it is stamped, or as pages are counted."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_LAST_NUMBER = re.compile(r"(.*?)(\d{1,6})(\D*)")
_SHORT = 2  # pages
_HALF = 0.5  # of the pages of a pack bear stamps, or it is not a stamped pack


@dataclass(frozen=True)
class Numbered:
    """What the pages of one paper of a pack say. count: pages it takes in the book; before: pack pages before it.

    series: numbers printed on its pages, best attested first; named: the labels its file names; kept: those that the
    secretary's editions gave its pages, where they do not simply count on.
    """

    count: int
    before: int
    series: tuple[tuple[int | None, ...], ...] = ()
    named: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


_Numbers = Sequence[int | None]
_Chain = tuple[int, int, list[_Numbers | None]]  # (pages with a number, last number, choice for each paper so far)

Corrections = Mapping[tuple[int, int], str]  # by (place of the paper, its page from 0): as printed from there on


def labels_of(papers: Sequence[Numbered], corrections: Corrections) -> list[list[str]]:
    """The label of each page of each paper; "" where its number is printed but cannot be told."""
    stamped = _stamped(papers)
    if any(stamped):
        labels = [_as_stamped(papers, stamped, place) for place in range(len(papers))]
    elif len(papers) == 1 and not papers[0].kept and len(papers[0].named) == papers[0].count and all(papers[0].named):
        labels = [list(papers[0].named)]
    else:
        labels = [_as_despatched(each) for each in papers]
    return _put_right(labels, [numbers is not None for numbers in stamped], corrections)


def _as_despatched(paper: Numbered) -> list[str]:
    if len(paper.kept) == paper.count:
        return list(paper.kept)
    return [str(paper.before + page + 1) for page in range(paper.count)]


def following(label: str, steps: int) -> str | None:
    """The label so many pages on: "47" and 2 make "49", "A9" and 1 "A10"; None where it does not count."""
    found = _LAST_NUMBER.fullmatch(label)
    return f"{found[1]}{int(found[2]) + steps}{found[3]}" if found else None


def _stamped(papers: Sequence[Numbered]) -> list[_Numbers | None]:
    """For each paper the series that counts on through the pack, if there is one.

    A number that begins again at 1 in a later paper is that paper's own, and says nothing of the pack.
    """
    options = [list(_options(each)) for each in papers]
    best: list[_Chain] = [(0, 0, [])]
    for each in options:
        longer = list(best)
        for pages, last, choice in best:
            for numbers in each:
                known = [number for number in numbers if number is not None]
                # A date or a reference number looks like the stamp of a short paper: that must count straight on.
                if known[0] > last and (len(numbers) > _SHORT or known[0] == last + 1):
                    longer.append((pages + len(known), known[-1], [*choice, numbers]))
        best = _worth_keeping([(p, last, c if len(c) > len(best[0][2]) else [*c, None]) for p, last, c in longer])
    pages, _, choice = max(best, key=lambda kept: kept[0])
    papers_stamped = sum(numbers is not None for numbers in choice)
    enough = pages >= _HALF * sum(each.count for each in papers)
    return choice if enough and (papers_stamped > 1 or len(papers) == 1) else [None] * len(papers)


def _worth_keeping(chains: list[_Chain]) -> list[_Chain]:
    """A chain that is no longer than another and ends later can never win."""
    kept: list[_Chain] = []
    for chain in sorted(chains, key=lambda chain: (chain[1], -chain[0])):
        if not kept or chain[0] > kept[-1][0]:
            kept.append(chain)
    return kept


def _options(paper: Numbered) -> Iterator[_Numbers]:
    named = [int(label) if label.isdecimal() and len(label) < 7 else None for label in paper.named]
    for numbers in (*paper.series, *([named] if None not in named else [])):
        known = [number for number in numbers if number is not None]
        if len(numbers) == paper.count and known and known == sorted(set(known)):
            yield numbers


def _as_stamped(papers: Sequence[Numbered], stamped: Sequence[_Numbers | None], place: int) -> list[str]:
    numbers = stamped[place]
    if numbers is not None:
        return ["" if number is None else str(number) for number in numbers]
    before, after = place - 1, place + 1
    first = (_known(stamped, before) or [0])[-1] + 1 if before < 0 or _known(stamped, before) else None
    following_paper = _known(stamped, after) if after < len(papers) else []
    fits = first is not None and bool(following_paper) and following_paper[0] == first + papers[place].count
    return [str((first or 0) + page) if fits else "" for page in range(papers[place].count)]


def _known(stamped: Sequence[_Numbers | None], place: int) -> list[int]:
    numbers = stamped[place] if place >= 0 else None
    return [number for number in numbers or () if number is not None]


def _put_right(labels: list[list[str]], stamped: Sequence[bool], corrections: Corrections) -> list[list[str]]:
    """Onward from each correction, to the next one or to a later paper with numbers of its own."""
    start: str | None = None
    steps = 0
    for place, of_paper in enumerate(labels):
        if stamped[place]:
            start = None
        for page in range(len(of_paper)):
            if (place, page) in corrections:
                start, steps = corrections[(place, page)], 0
            if start is not None:
                label = following(start, steps) if steps else start
                of_paper[page] = label if label is not None else of_paper[page]
                steps += 1
    return labels
