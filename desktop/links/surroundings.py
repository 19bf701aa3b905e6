"""Where a mention stands: its paper, item, pack and the packs beside it; and what its words mean from there."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from desktop.links.facts import ItemFacts, PackFacts, PaperFacts, Scope, Target, say_day
from desktop.links.names import is_generic, likeness, named
from desktop.papers.finding import Confidence
from desktop.papers.mention import Landmark, Mention, MentionKind

Kind = MentionKind

_OWN = ("this report", "this paper", "this document", "report", "paper", "this submission", "this case", "this plan",
        "this strategy", "our report", "this policy", "this review", "this pack")  # fmt: skip
_LIKE = 0.5  # of the words of two titles


@dataclass(frozen=True)
class Found:
    """What a mention comes to; without targets, reason says why not."""

    targets: tuple[Target, ...]
    scope: Scope
    confidence: Confidence
    reason: str

    @classmethod
    def sure(cls, target: Target, scope: Scope, reason: str) -> "Found":
        """One place, beyond doubt."""
        return cls((target,), scope, Confidence.CERTAIN, reason)

    @classmethod
    def likely(cls, target: Target, scope: Scope, reason: str) -> "Found":
        """One place, probably."""
        return cls((target,), scope, Confidence.LIKELY, reason)

    @classmethod
    def several(cls, targets: Iterable[Target], scope: Scope, reason: str) -> "Found":
        """A short list."""
        return cls(tuple(targets), scope, Confidence.UNSURE, reason)

    @classmethod
    def missing(cls, reason: str) -> "Found":
        """Nowhere, for a reason."""
        return cls((), Scope.NONE, Confidence.UNSURE, reason)


@dataclass(frozen=True)
class Home:
    """Where a part is to be looked for: papers of one pack, all of one scope; why says what was understood.

    region: from one landmark of the paper to before another, None for the whole of it. sure: that it was said so.
    """

    pack: PackFacts
    papers: tuple[PaperFacts, ...]
    scope: Scope
    why: str
    sure: bool = True
    missing: str = ""
    foreign: bool = False  # a document that is not the body's


class Surroundings:
    """One paper of a pack, and the packs beside it."""

    def __init__(self, pack: PackFacts, paper: PaperFacts, others: Sequence[PackFacts]) -> None:
        self.pack, self.paper, self.others = pack, paper, others

    @cached_property
    def nearest(self) -> list[PackFacts]:
        """The other packs: earlier ones first, the latest first among them, then later ones."""
        here = self.pack.held_on
        before = sorted((each for each in self.others if each.held_on <= here), key=lambda each: each.held_on)
        after = sorted((each for each in self.others if each.held_on > here), key=lambda each: each.held_on)
        return [*reversed(before), *after]

    @cached_property
    def recorded(self) -> PackFacts | None:
        """In minutes: the pack of the meeting they record, None where it is not here."""
        return self.pack_of(self.paper.pointers.held_on) if self.paper.pointers.held_on else None

    @property
    def is_minutes(self) -> bool:
        """Whether the mention stands in minutes, which speak of the meeting before."""
        return self.paper.is_minutes

    def pack_of(self, day: str) -> PackFacts | None:
        """The pack of the meeting held that day."""
        return next((each for each in (self.pack, *self.others) if each.held_on == day), None)

    def pack_of_id(self, pack_id: str) -> PackFacts | None:
        """One of the packs."""
        return next((each for each in (self.pack, *self.others) if each.pack_id == pack_id), None)

    def scope_of(self, pack: PackFacts, paper: PaperFacts | None = None) -> Scope:
        """How far away a paper of a pack is."""
        if pack is not self.pack:
            return Scope.EARLIER
        if paper is self.paper:
            return Scope.PAPER
        return Scope.ITEM if paper is not None and paper.item and paper.item == self.paper.item else Scope.PACK

    def target(self, pack: PackFacts, paper: PaperFacts, mark: Landmark | None = None, page: int = 0) -> Target:
        """A landmark of a paper, or a page of it."""
        if mark is None:
            return Target(pack.pack_id, paper.paper_id, page, (), paper.title)
        return Target(pack.pack_id, paper.paper_id, mark.place.page, mark.place.boxes, mark.text or paper.title)

    def recorded_or_missing(self) -> "PackFacts | str":
        """The pack that minutes speak of; or why it cannot be had."""
        if self.recorded is not None:
            return self.recorded
        day = self.paper.pointers.held_on
        if not day:
            return "These minutes do not say which meeting they record."
        return f"The pack of {say_day(day)}, which these minutes speak of, is not in your store."

    # ---- what words mean here

    def home(self, mention: Mention) -> Home:
        """Where the words say that a part is to be found; the paper itself where they say nothing."""
        if item := mention.fact("item"):
            return self._item_home(item)
        if name := mention.fact("paper"):
            return self._named_home(name, mention.fact("paper_on"), mention)
        return Home(self.pack, (self.paper,), Scope.PAPER, "in this paper")

    def _item_home(self, number: str) -> Home:
        pack = self.recorded_or_missing() if self.is_minutes else self.pack
        if isinstance(pack, str):
            return Home(self.pack, (), Scope.NONE, "", missing=pack)
        papers = pack.of_item(number)
        if not papers:
            return Home(pack, (), Scope.NONE, "", missing=self.why_no_papers(pack, number))
        return self._papers_home(pack, papers, f"under agenda item {number}")

    def _papers_home(self, pack: PackFacts, papers: Sequence[PaperFacts], why: str) -> Home:
        """An item's papers: the first is meant, unless there is another beside its appendices."""
        alone = all(paper.kind == "appendix" or _is_appendix(paper) for paper in papers[1:])
        return Home(pack, tuple(papers), self.scope_of(pack, papers[0]), why, sure=len(papers) == 1 or alone)

    def why_no_papers(self, pack: PackFacts, number: str) -> str:
        """Why an item has nothing to look at."""
        if any(paper.withheld for paper in pack.papers if paper.item.casefold() == number.casefold()):
            return f"The paper of item {number} was not sent to you."
        if any(item.number.casefold() == number.casefold() for item in pack.items):
            return f"Item {number} has no paper in {pack.name}."
        return f"There is no item {number} in {pack.name}."

    def _named_home(self, name: str, day: str, mention: Mention) -> Home:
        if name.casefold() in _OWN and not (self.is_minutes and not name.casefold().startswith("this")):
            return Home(self.pack, (self.paper,), Scope.PAPER, "in this paper")
        if self.is_minutes and is_generic(name):
            return self.report_under(mention)
        packs = self._packs_for(day)
        if not packs:
            return Home(self.pack, (), Scope.NONE, "", missing=f"The pack of {say_day(day)} is not in your store.")
        for pack in packs:
            fits = named(name, [each for each in pack.papers if each.pages and each is not self.paper])
            if len(fits) == 1 or (fits and self._same_item(fits)):
                return Home(pack, tuple(fits), self.scope_of(pack, fits[0]), f"in “{fits[0].title}”", len(fits) == 1)
            if fits:
                return Home(pack, tuple(fits), self.scope_of(pack), "in one of these papers", False)
        if named(name, [self.paper]) or is_generic(name) or mention.fact("loosely"):
            return Home(self.pack, (self.paper,), Scope.PAPER, "in this paper")
        return Home(
            self.pack, (), Scope.NONE, "", missing=f"There is no paper called “{name}” in these packs.", foreign=True
        )

    def _same_item(self, papers: Sequence[PaperFacts]) -> bool:
        return len({paper.item for paper in papers}) == 1 and bool(papers[0].item)

    def _packs_for(self, day: str) -> list[PackFacts]:
        """Where a paper that is named is looked for."""
        if day:
            pack = self.pack_of(self.year_of(day))
            return [pack] if pack else []
        if self.is_minutes and self.recorded is not None:
            return [self.recorded, self.pack]
        return [self.pack]

    def report_under(self, mention: Mention) -> Home:
        """In minutes: the paper that was before the meeting under the minute that a mention stands in."""
        pack = self.recorded_or_missing()
        if isinstance(pack, str):
            return Home(self.pack, (), Scope.NONE, "", missing=pack)
        minute = self.minute_over(mention)
        item = self.item_of_minute(pack, minute) if minute is not None else None
        papers = pack.of_item(item.number) if item is not None else []
        if not papers or item is None:
            return Home(
                pack, (), Scope.NONE, "", missing=f"It is said of a report that cannot be told apart in {pack.name}."
            )
        return self._papers_home(pack, papers, f"in the report put to the meeting under item {item.number}")

    def minute_over(self, mention: Mention) -> Landmark | None:
        """The minute that a mention stands in."""
        where = (mention.place.page, mention.place.boxes[0][3] if mention.place.boxes else 0.0)
        before = [
            mark
            for mark in self.paper.pointers.landmarks
            if mark.kind is Kind.MINUTE and (mark.place.page, mark.y) <= where
        ]
        return before[-1] if before else None

    def item_of_minute(self, pack: PackFacts, minute: Landmark) -> ItemFacts | None:
        """The item that a minute records: the one whose title is most like its own."""
        rated = sorted(((likeness(item.title, minute.text), item.number, item) for item in pack.items), reverse=True,
                       key=lambda each: each[0])  # fmt: skip
        if not rated or rated[0][0] < _LIKE or (len(rated) > 1 and rated[1][0] == rated[0][0]):
            return None
        return rated[0][2]

    def year_of(self, day: str) -> str:
        """A day without a year is the last such day before the meeting."""
        if not day.startswith("--"):
            return day
        here = (self.paper.pointers.held_on if self.is_minutes else "") or self.pack.held_on
        if not here:
            return day
        year = int(here[:4])
        return next(each for each in (f"{year}{day[1:]}", f"{year - 1}{day[1:]}") if each <= here)

    def walk(self) -> Iterator[tuple[PackFacts, PaperFacts]]:
        """Every paper, the innermost first: this one, those of its item, of its pack, of the packs beside it."""
        yield self.pack, self.paper
        rest = [paper for paper in self.pack.papers if paper is not self.paper]
        for paper in sorted(rest, key=lambda paper: paper.item != self.paper.item or not self.paper.item):
            yield self.pack, paper
        for pack in self.nearest:
            for paper in pack.papers:
                yield pack, paper


def _is_appendix(paper: PaperFacts) -> bool:
    return any(mark.kind is Kind.APPENDIX and mark.fact("whole") for mark in paper.pointers.landmarks)
