"""What each mention of a paper leads to: the innermost scope first, never a guess. Pure: over facts alone."""

from collections.abc import Callable, Iterable, Sequence

from desktop.links.by_day import to_meeting
from desktop.links.by_item import to_item, to_named
from desktop.links.by_number import to_numbered
from desktop.links.by_part import to_part
from desktop.links.by_risk import to_risk
from desktop.links.facts import Link, PackFacts, PaperFacts, Scope
from desktop.links.surroundings import Found, Surroundings
from desktop.papers.finding import Confidence
from desktop.papers.mention import Mention, MentionKind

Kind = MentionKind
Way = Callable[[Surroundings, Mention], Found | None]

_WAYS: dict[Kind, Way] = {
    Kind.MINUTE: to_numbered, Kind.ACTION: to_numbered, Kind.CODE: to_numbered, Kind.RISK: to_risk,
    Kind.APPENDIX: to_part, Kind.SECTION: to_part, Kind.PARAGRAPH: to_part, Kind.TABLE: to_part, Kind.FIGURE: to_part,
    Kind.PAGE: to_part, Kind.ITEM: to_item, Kind.PAPER: to_named, Kind.MEETING: to_meeting,
}  # fmt: skip


class Resolver:
    """Resolves the mentions of one pack's papers. others: every other pack of the body that is known here."""

    def __init__(self, pack: PackFacts, others: Iterable[PackFacts] = ()) -> None:
        self._pack, self._others = pack, tuple(others)

    def links(self) -> list[tuple[PaperFacts, list[Link]]]:
        """Each paper of the pack with its links, in reading order."""
        return [(paper, self.links_of(paper)) for paper in self._pack.papers]

    def links_of(self, paper: PaperFacts) -> list[Link]:
        """The links of one paper, without what is not ours: a statute, another body's meeting, the paper itself."""
        around = Surroundings(self._pack, paper, self._others)
        found = (self._link(around, mention) for mention in paper.pointers.mentions)
        return [link for link in found if link is not None]

    def _link(self, around: Surroundings, mention: Mention) -> Link | None:
        if mention.kind is Kind.ADDRESS:
            return Link(mention, (), Scope.WEB, Confidence.CERTAIN, "an address of the web", mention.ref)
        if mention.fact("law"):
            return None
        found = _WAYS[mention.kind](around, mention)
        if found is None or _is_itself(around, mention, found):
            return None
        return Link(mention, found.targets, found.scope, found.confidence, found.reason)


def _is_itself(around: Surroundings, mention: Mention, found: Found) -> bool:
    """Whether it would lead to where it stands."""
    paper = around.paper
    if len(found.targets) != 1:
        return False
    target = found.targets[0]
    if (target.pack_id, target.paper_id) != (around.pack.pack_id, paper.paper_id):
        return False
    if not target.boxes:
        return mention.kind in (Kind.ITEM, Kind.MEETING, Kind.PAPER, Kind.APPENDIX)
    here = mention.place.boxes[0] if mention.place.boxes else None
    top = target.boxes[0]
    same_line = here is not None and top[1] - 2 < (here[1] + here[3]) / 2 < top[3] + 2
    return target.page == mention.place.page and same_line


def resolve_pack(pack: PackFacts, others: Sequence[PackFacts] = ()) -> list[tuple[PaperFacts, list[Link]]]:
    """Every link of a pack, paper by paper."""
    return Resolver(pack, others).links()
