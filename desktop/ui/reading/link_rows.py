"""The rows of the links panel: what a passage, page or paper points to, what points there, and what was rejected."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.annotations.anchor import Quad
from desktop.annotations.entries import Annotation
from desktop.links.facts import Target, say_day
from desktop.links.kept import End, KeptLink, OwnLink
from desktop.papers.finding import Confidence
from desktop.ui.panels.links_panel import Reach
from desktop.ui.panels.rows import Line, Row, said
from desktop.ui.reading.link_words import say_target
from desktop.ui.reading.references import target_of

if TYPE_CHECKING:
    from desktop.library.kept_links import PackLinks

Box = tuple[float, float, float, float]
_LONGEST = 160


@dataclass(frozen=True)
class Here:
    """What the panel is about: a paper of a pack in this version, a page of it from 0, and strips of a passage."""

    pack_id: str
    paper_id: str
    version: str
    page: int
    passage: tuple[Quad, ...] = ()

    def holds(self, reach: Reach, paper_id: str, page: int, boxes: Sequence[Box]) -> bool:
        """Whether a place of this pack belongs to what is shown."""
        if paper_id != self.paper_id:
            return False
        if reach is Reach.PAPER:
            return True
        if reach is Reach.PAGE or not self.passage:
            return page == self.page
        return any(quad.page == page and any(_touch(quad, box) for box in boxes) for quad in self.passage)


@dataclass(frozen=True)
class Listed:
    """A row with what it stands for: where it leads, and the link or note itself."""

    row: Row
    target: Target | None
    what: KeptLink | OwnLink | Annotation | None = None


def rows_of(links: "PackLinks", here: Here, reach: Reach, notes: Iterable[Annotation]) -> list[Listed]:
    """Every row, its headings among them."""
    out = [*_out(links, here, reach)]
    to = [*_to(links, here, reach), *_notes(here, reach, notes)]
    gone = [*_rejected(links, here, reach)]
    parts = (("Points to", out), ("What points here", to), ("Not references, you said", gone))
    listed: list[Listed] = []
    for name, rows in parts:
        if rows:
            listed.append(_heading(f"{name} ({len(rows)})"))
            listed += rows
    return listed


def _heading(words: str) -> Listed:
    return Listed(Row(f"heading {words}", (said(words, strong=True),), words, heading=True), None)


def _out(links: "PackLinks", here: Here, reach: Reach) -> Iterator[Listed]:
    for number, kept in enumerate(links.found):
        mention = kept.link.mention
        if not kept.rejected and here.holds(reach, kept.paper_id, kept.page, mention.place.boxes):
            yield _found(f"found {number}", kept, links)
    for own in links.own:
        for end in (own.start,) if own.start.pack_id == links.pack_id else ():
            if _end_is_here(end, here, reach):
                yield _own(f"own {own.id}", own, own.end, links)


def _to(links: "PackLinks", here: Here, reach: Reach) -> Iterator[Listed]:
    for number, kept in enumerate(links.to):
        for target in kept.link.targets[:1]:
            if here.holds(reach, target.paper_id, target.page, target.boxes):
                yield _incoming(f"to {number}", kept, links)
    for own in links.own:
        if own.end.pack_id == links.pack_id and _end_is_here(own.end, here, reach):
            yield _own(f"back {own.id}", own, own.start, links)


def _notes(here: Here, reach: Reach, notes: Iterable[Annotation]) -> Iterator[Listed]:
    for note in notes:
        boxes = [(quad.x0, quad.y0, quad.x1, quad.y1) for quad in note.anchor.quads]
        if note.words and here.holds(reach, note.anchor.paper_id, note.place[0], boxes):
            words = " ".join(note.words.split())[:_LONGEST]
            lines = (said("Your note", strong=True), said(words, most=3))
            target = Target(here.pack_id, note.anchor.paper_id, note.place[0], tuple(boxes))
            yield Listed(Row(f"note {note.id}", lines, f"Your note: {words}", aside=_page(note.place[0])), target, note)


def _rejected(links: "PackLinks", here: Here, reach: Reach) -> Iterator[Listed]:
    for number, kept in enumerate(links.found):
        if kept.rejected and here.holds(reach, kept.paper_id, kept.page, kept.link.mention.place.boxes):
            yield _found(f"found {number}", kept, links)


def _found(key: str, kept: KeptLink, links: "PackLinks") -> Listed:
    link, mention = kept.link, kept.link.mention
    lines: list[Line] = [said(mention.text, strong=True), _leads(kept, links)]
    if context := mention.fact("context"):
        lines.append(said(f"…{context}…", tint="quiet", most=2))
    spoken = ", ".join((mention.text, lines[1].text, context))
    target = link.targets[0] if link.targets else None
    return Listed(Row(key, tuple(lines), spoken, aside=_page(kept.page), tip=_tip(kept)), target, kept)


def _leads(kept: KeptLink, links: "PackLinks") -> Line:
    link = kept.link
    if link.address:
        return said(f"On the web: {link.address}", most=2)
    if not link.targets:
        return said(f"Unresolved: {link.reason}", tint="quiet", most=3)
    if len(link.targets) > 1:
        return said(f"One of {len(link.targets)} places", most=2)
    likely = "" if link.confidence is Confidence.CERTAIN else "Probably "
    return said(f"→ {likely}{say_target(link.targets[0], links)}", most=3)


def _tip(kept: KeptLink) -> str:
    return kept.link.reason


def _incoming(key: str, kept: KeptLink, links: "PackLinks") -> Listed:
    mention = kept.link.mention
    source = Target(kept.pack_id, kept.paper_id, kept.page, mention.place.boxes, mention.text)
    lines = (
        said(_named(source, links), strong=True, most=2),
        said(f"…{mention.fact('context') or mention.text}…", tint="quiet", most=3),
    )
    spoken = f"From {lines[0].text}: {lines[1].text}"
    return Listed(Row(key, lines, spoken, aside=_page(kept.page)), source, kept)


def _own(key: str, own: OwnLink, other: End, links: "PackLinks") -> Listed:
    target = target_of(other)
    meant = own.kind.capitalize() if own.kind else "Your link"
    lines = [said(f"{meant}: {_named(target, links)}", strong=True, most=2)]
    if own.words:
        lines.append(said(own.words, most=3))
    if other.anchor.exact:
        lines.append(said(f"“{' '.join(other.anchor.exact.split())[:_LONGEST]}”", tint="quiet", most=2))
    if other.carriage.needs_look:
        lines.append(
            said("Its paper was replaced, and its words are not surely there: look at it.", tint="warn", most=2)
        )
    spoken = ", ".join(line.text for line in lines)
    return Listed(Row(key, tuple(lines), spoken, aside=_page(target.page)), target, own)


def _named(target: Target, links: "PackLinks") -> str:
    pack = links.names.get(target.pack_id)
    paper = pack.papers.get(target.paper_id, ("A paper that is gone", ""))[0] if pack is not None else ""
    if pack is None or target.pack_id == links.pack_id:
        return paper
    return f"{paper}, meeting of {say_day(pack.held_on)}"


def _page(page: int) -> str:
    return f"p {page + 1}"


def _end_is_here(end: End, here: Here, reach: Reach) -> bool:
    target = target_of(end)
    return end.pack_id == here.pack_id and here.holds(reach, target.paper_id, target.page, target.boxes)


def _touch(quad: Quad, box: Box) -> bool:
    x0, y0, x1, y1 = box
    return quad.x0 < x1 and x0 < quad.x1 and quad.y0 < y1 and y0 < quad.y1
