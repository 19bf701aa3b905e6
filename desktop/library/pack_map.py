"""A map of a pack: its papers in the order of the agenda, earlier packs' papers beside them, and the links between."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.library.kept_links import PackLinks, PlaceNames
from desktop.links.facts import Target
from desktop.links.kept import End, KeptLink, OwnLink
from desktop.packs.pack import Pack

PaperKey = tuple[str, str]  # pack id, paper id


@dataclass(frozen=True)
class MappedPaper:
    """A paper on the map. held_on: the day of its meeting, ISO. here: of the pack itself, not of another."""

    key: PaperKey
    item: str
    title: str
    held_on: str
    here: bool


@dataclass(frozen=True)
class Step:
    """One link, from a place to a place. words: those it begins at; own: made by the reader."""

    start: Target
    end: Target
    words: str
    own: bool = False


@dataclass(frozen=True)
class Tie:
    """All links from one paper to another, in reading order."""

    start: PaperKey
    end: PaperKey
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class PackMap:
    """papers: in the order of the agenda; others: of other packs, the newest meeting first; ties: in that order."""

    pack_id: str
    papers: tuple[MappedPaper, ...] = ()
    others: tuple[MappedPaper, ...] = ()
    ties: tuple[Tie, ...] = ()

    def of(self, key: PaperKey) -> tuple[Tie, ...]:
        """The ties that begin or end at a paper: those that lead away from it first."""
        away = tuple(tie for tie in self.ties if tie.start == key)
        return (*away, *(tie for tie in self.ties if tie.end == key))

    def paper(self, key: PaperKey) -> MappedPaper | None:
        """A paper of the map."""
        return next((paper for paper in (*self.papers, *self.others) if paper.key == key), None)


def map_of(pack: Pack, links: PackLinks) -> PackMap:
    """Links that surely or probably lead to one place, the reader's own among them; none within one paper."""
    papers = tuple(
        MappedPaper((pack.id, paper.id), paper.item, paper.title, pack.meeting.held_on.isoformat(), here=True)
        for paper in pack.papers
        if paper.pages or paper.withheld
    )
    steps: defaultdict[tuple[PaperKey, PaperKey], list[Step]] = defaultdict(list)
    for step in _steps(links):
        start, end = (step.start.pack_id, step.start.paper_id), (step.end.pack_id, step.end.paper_id)
        if start != end:
            steps[start, end].append(step)
    here = {paper.key for paper in papers}
    others = _others({key for pair in steps for key in pair} - here, links)
    order = {paper.key: place for place, paper in enumerate((*papers, *others))}
    known = [pair for pair in steps if pair[0] in order and pair[1] in order]
    known.sort(key=lambda pair: (order[pair[0]], order[pair[1]]))
    ties = tuple(Tie(*pair, tuple(steps[pair])) for pair in known)
    return PackMap(pack.id, papers, others, ties)


def _steps(links: PackLinks) -> Iterable[Step]:
    kept = {_whole(each): each for each in (*links.found, *links.to) if not each.rejected}
    for link in kept.values():
        mention = link.link.mention
        if len(link.link.targets) == 1:
            start = Target(link.pack_id, link.paper_id, link.page, mention.place.boxes, mention.text)
            yield Step(start, link.link.targets[0], mention.fact("context") or mention.text)
    for own in links.own:
        yield _own(own)


def _whole(link: KeptLink) -> tuple[object, ...]:
    mention = link.link.mention
    return link.pack_id, link.paper_id, mention.place.page, mention.place.boxes, mention.kind, mention.ref


def _own(own: OwnLink) -> Step:
    words = own.words or own.start.anchor.exact or own.kind
    return Step(_place(own.start), _place(own.end), " ".join(words.split()), own=True)


def _place(end: End) -> Target:
    quads = [quad for quad in end.anchor.quads if quad.page == end.anchor.quads[0].page]
    boxes = tuple((quad.x0, quad.y0, quad.x1, quad.y1) for quad in quads)
    page = quads[0].page if quads else end.anchor.page
    return Target(end.pack_id, end.anchor.paper_id, page, boxes, end.anchor.exact[:80])


def _others(keys: Iterable[PaperKey], links: PackLinks) -> tuple[MappedPaper, ...]:
    found = [(links.names[pack_id], pack_id, paper_id) for pack_id, paper_id in keys if pack_id in links.names]
    papers = [_other(names, pack_id, paper_id) for names, pack_id, paper_id in found if paper_id in names.papers]
    newest = sorted(papers, key=lambda paper: list(links.names[paper.key[0]].papers).index(paper.key[1]))
    return tuple(sorted(newest, key=lambda paper: paper.held_on, reverse=True))


def _other(names: PlaceNames, pack_id: str, paper_id: str) -> MappedPaper:
    title, item = names.papers[paper_id]
    return MappedPaper((pack_id, paper_id), item, title, names.held_on, here=False)
