"""Risks by their numbers, in every spelling: each register its own series."""

import re
from dataclasses import dataclass

from desktop.links.facts import PackFacts, PaperFacts, Scope
from desktop.links.surroundings import Found, Surroundings
from desktop.papers.mention import Landmark, Mention, MentionKind

Kind = MentionKind
_PARTS = re.compile(r"([A-Z]*?)(BAF|CRR|SRR|ORR|BRAF|)(?:RISK)?(\d+(?:\.\d+)?)")
_OURS = ("", "TRUST", "BOARD")


@dataclass(frozen=True)
class _Name:
    """ "LPTBAF5.4": whose register, which, and the number in it."""

    owner: str
    register: str
    number: str

    @classmethod
    def of(cls, ref: str) -> "_Name":
        found = _PARTS.fullmatch(ref)
        if not found:
            return cls("", "", ref)
        owner, register, number = found.groups()
        return cls(owner, register, number) if register else cls("", owner, number)


def to_risk(around: Surroundings, mention: Mention) -> Found | None:
    """Its own sheet in the register at hand, or its row; in an earlier pack where this one has no register."""
    wanted = _Name.of(mention.ref)
    home = around.home(mention) if mention.fact("item") or mention.fact("paper") else None
    if (home is not None and home.papers and home.pack is not around.pack) or (
        home and home.papers and mention.fact("paper_on")
    ):
        found = _in_pack(around, wanted, home.pack, mention, list(home.papers))
        if found is not None:
            return found
    for pack in (around.pack, *around.nearest):
        if pack is not around.pack and pack.held_on > around.pack.held_on:
            continue
        papers = list(pack.papers)
        if pack is around.pack:
            papers.sort(key=lambda paper: (paper is not around.paper, bool(home and paper not in home.papers)))
        found = _in_pack(around, wanted, pack, mention, papers)
        if found is not None:
            return None if _stands_there(around, mention, found) or _only_itself(mention, found) else found
    if mention.fact("loose"):
        return None
    if wanted.owner and wanted.owner not in _OURS:
        return Found.missing(f"No register of {wanted.owner} is in the packs in your store.")
    return Found.missing("No register in your store has a risk of this number.") if wanted.register else None


def _in_pack(
    around: Surroundings, wanted: _Name, pack: PackFacts, mention: Mention, papers: list[PaperFacts]
) -> Found | None:
    exact = [(paper, mark) for paper in papers for mark in _marks(paper) if _Name.of(mark.ref) == wanted]
    if exact:
        return _best(around, pack, exact, sure=True)
    if wanted.owner in _OURS:
        kin = [(paper, mark) for paper in papers for mark in _marks(paper) if _is_kin(_Name.of(mark.ref), wanted)]
        if len({_Name.of(mark.ref).owner for _, mark in kin}) == 1:
            return _best(around, pack, kin, sure=False)
        if kin:
            targets = [around.target(pack, paper, mark) for paper, mark in kin]
            return Found.several(targets[:8], around.scope_of(pack), "several registers have a risk of this number")
    return None


def _marks(paper: PaperFacts) -> list[Landmark]:
    return [mark for mark in paper.pointers.landmarks if mark.kind is Kind.RISK] if paper.pages else []


def _is_kin(here: _Name, wanted: _Name) -> bool:
    return (here.register, here.number) == (wanted.register, wanted.number)


def _best(around: Surroundings, pack: PackFacts, hits: list[tuple[PaperFacts, Landmark]], sure: bool) -> Found:
    """Its sheet before its rows; of several papers the first, which is the innermost."""
    paper, mark = min(hits, key=lambda hit: (hit[1].fact("ends") != "sheet", not _is_register(hit[0])))
    scope = around.scope_of(pack, paper)
    where = "in this paper" if scope is Scope.PAPER else f"in “{paper.title}”"
    if scope is Scope.EARLIER:
        where += f", {pack.name}"
    make = Found.sure if sure else Found.likely
    what = "its own part" if mark.fact("ends") == "sheet" else "its row"
    return make(around.target(pack, paper, mark), scope, f"{what} {where}")


def _is_register(paper: PaperFacts) -> bool:
    return paper.pointers.kind == "risk register" or paper.kind == "assurance"


def _only_itself(mention: Mention, found: Found) -> bool:
    """A row of a register that has no sheet beside it."""
    return (
        len(found.targets) == 1
        and found.scope is Scope.PAPER
        and found.targets[0].page == mention.place.page
        and bool(mention.place.boxes and abs(found.targets[0].boxes[0][1] - mention.place.boxes[0][1]) < 4)
    )


def _stands_there(around: Surroundings, mention: Mention, found: Found) -> bool:
    """Whether the words stand under the heading they would lead to."""
    if len(found.targets) != 1 or found.scope is not Scope.PAPER:
        return False
    target, risks = found.targets[0], _marks(around.paper)
    sheets = [mark for mark in risks if mark.fact("ends") == "sheet"]
    where = (mention.place.page, mention.place.boxes[0][1] if mention.place.boxes else 0.0)
    over = [mark for mark in sheets if (mark.place.page, mark.y) <= where]
    parts = [
        mark
        for mark in around.paper.pointers.landmarks
        if mark.kind is Kind.APPENDIX and (mark.place.page, mark.y) <= where
    ]
    if not over or (parts and (parts[-1].place.page, parts[-1].y) > (over[-1].place.page, over[-1].y)):
        return False
    return (over[-1].place.page, over[-1].place.boxes) == (target.page, target.boxes)
