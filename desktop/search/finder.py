"""Looking in the store: pages in every pack, places in one, the member's own notes, and the word that was meant."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date

from db.finding import Finding
from db.records import HitRecord, OwnWordsRecord
from desktop.jobs import Lane
from desktop.packs.pack import Pack, PaperKind
from desktop.search.nearest import nearest
from desktop.search.occurrences import Occurrence, Pieces, holds, look, surroundings
from desktop.search.query import Query, Term, is_plain, read

MOST = 100  # results shown; more are narrowed by another word sooner than read
_MOST_OWN = 50
_WORDS_SHOWN = 24

PageKey = tuple[str, str, int]  # paper id, sha256, page from 0


@dataclass(frozen=True)
class Narrowing:
    """Where to look: packs by id, bodies by id, meetings from one date to another (both included), kinds of paper.
    What is empty leaves all. mine: in the member's own notes alone."""

    packs: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None
    kinds: frozenset[PaperKind] = frozenset()
    mine: bool = False

    def takes(self, pack: Pack) -> bool:
        """Whether a pack is looked in."""
        held_on = pack.meeting.held_on
        return (
            (not self.packs or pack.id in self.packs)
            and (not self.bodies or pack.body.id in self.bodies)
            and (self.since is None or held_on >= self.since)
            and (self.until is None or held_on <= self.until)
        )


@dataclass(frozen=True)
class Hit:
    """One page found (page from 0 within the paper). snippet: pieces of text, each with whether it was asked for."""

    pack_id: str
    paper_id: str
    sha256: str
    page: int
    snippet: Pieces = field(repr=False)


@dataclass(frozen=True)
class OwnHit:
    """Something of the member's own that was found. kind: "highlight", "note" or "bookmark"; page from 0."""

    id: str
    pack_id: str
    paper_id: str
    page: int
    kind: str
    colour: str
    snippet: Pieces = field(repr=False)


@dataclass(frozen=True)
class Results:
    """What was found in all packs. packs: as they are on the shelf, by id; superseded papers are not among the hits."""

    hits: tuple[Hit, ...] = ()
    own: tuple[OwnHit, ...] = ()
    packs: Mapping[str, Pack] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Sought:
    """The pages of one pack that hold what was typed. together: as it was typed, word after word."""

    query: Query = field(repr=False)
    pages: tuple[PageKey, ...]
    together: bool


class Finder:
    """Looks in the papers of the store. packs: every pack on the shelf by id, asked in the lane."""

    def __init__(self, lane: Lane, finding: Finding, packs: Callable[[], Mapping[str, Pack]]) -> None:
        self._lane, self._finding, self._packs = lane, finding, packs

    def search(self, typed: str, narrowed: Narrowing = Narrowing()) -> "Future[Results]":
        """Pages holding every word the member typed, best first, and notes that do, newest first."""
        return self._lane.do(self._search, read(typed), narrowed)

    def seek(self, typed: str, pack_id: str, apart: bool = False) -> "Future[Sought]":
        """The pages of a pack where the words stand together as typed; where there are none, those holding all.

        apart: all that hold the words, together or not.
        """
        return self._lane.do(self._seek, typed, pack_id, apart)

    def places(self, query: Query, pages: Sequence[PageKey]) -> "Future[list[Occurrence]]":
        """Every place on some pages, page after page as given."""
        return self._lane.do(self._places, query, pages)

    def meant(self, typed: str, narrowed: Narrowing = Narrowing()) -> "Future[str]":
        """What would be found instead of what was not: the same with the nearest words; "" if there are none."""
        return self._lane.do(self._meant, read(typed, typing=False), narrowed)

    def packs(self) -> "Future[Mapping[str, Pack]]":
        """Every pack that can be looked in, by id."""
        return self._lane.do(self._packs)

    def _search(self, query: Query, narrowed: Narrowing) -> Results:
        if not query.terms:
            return Results()
        packs = self._packs()
        taken = {pack.id: pack for pack in packs.values() if narrowed.takes(pack)}
        own = tuple(self._own(query, taken, narrowed))
        hits = () if narrowed.mine else tuple(self._hits(query, taken, narrowed, whole=len(taken) == len(packs)))
        return Results(hits, own, packs)

    def _hits(self, query: Query, taken: Mapping[str, Pack], narrowed: Narrowing, whole: bool) -> Iterator[Hit]:
        papers = current_papers(taken.values(), narrowed.kinds)
        if not papers:
            return
        named = () if whole else tuple(taken)
        for record in self._finding.find(query.match(), MOST, named, papers):
            yield Hit(record.pack_id, record.paper_id, record.sha256, record.page, _pieces_of(query, record))

    def _own(self, query: Query, taken: Mapping[str, Pack], narrowed: Narrowing) -> Iterator[OwnHit]:
        kinds = {(pack.id, paper.id): paper.kind for pack in taken.values() for paper in pack.papers}
        left = _MOST_OWN
        for record in self._finding.own_words():
            kind = kinds.get((record.pack_id, record.paper_id))
            wanted = record.pack_id in taken and (not narrowed.kinds or kind in narrowed.kinds)
            if left and wanted and (said := _own_text(query, record)):
                left -= 1
                yield OwnHit(
                    record.id, record.pack_id, record.paper_id, record.page, record.kind, record.colour,
                    surroundings(query, said, _WORDS_SHOWN),
                )  # fmt: skip

    def _seek(self, typed: str, pack_id: str, apart: bool) -> Sought:
        query = read(typed)
        if not query.terms:
            return Sought(query, (), True)
        whole = query.together() if is_plain(typed) and not apart else query
        pages = self._pages(whole, pack_id)
        if pages or whole == query:
            return Sought(whole, pages, True)
        return Sought(query, self._pages(query, pack_id), False)

    def _pages(self, query: Query, pack_id: str) -> tuple[PageKey, ...]:
        return tuple((page.paper_id, page.sha256, page.page) for page in self._finding.pages(query.match(), pack_id))

    def _places(self, query: Query, pages: Sequence[PageKey]) -> list[Occurrence]:
        found: list[Occurrence] = []
        for paper_id, sha256, page in pages:
            packed = self._finding.words(sha256, page)
            if packed:
                found += look(query, paper_id, sha256, page, packed)
        return found

    def _meant(self, query: Query, narrowed: Narrowing) -> str:
        """Each word that is on no page gives way to the nearest one there is, if all is found then."""
        packs = self._packs()
        named = [pack.id for pack in packs.values() if narrowed.takes(pack)]
        said: list[str] = []
        better = query
        for term in query.terms:
            word = " ".join(term.words)
            if not self._finding.count(term.match(), named):
                found = self._nearest(term, named)
                if not found:
                    return ""
                better, word = better.with_word(term, found), found
            said.append(f'"{word}"' if " " in word else word)
        papers = current_papers((packs[pack_id] for pack_id in named), narrowed.kinds)
        return " ".join(said) if better != query and self._finding.find(better.match(), 1, named, papers) else ""

    def _nearest(self, term: Term, packs: Collection[str]) -> str:
        if len(term.words) != 1:
            return ""
        there = nearest(term.words[0], self._finding.words_beginning)
        return next((word for word in there if self._finding.count(Term((word,)).match(), packs)), "")


def current_papers(packs: "Iterator[Pack] | Collection[Pack]", kinds: Collection[PaperKind] = ()) -> list[str]:
    """The versions that hold now, as `Finding.find` names them."""
    return [
        f"{paper.id} {paper.sha256}"
        for pack in packs
        for paper in pack.papers
        if paper.sha256 and (not kinds or paper.kind in kinds)
    ]


def _own_text(query: Query, record: OwnWordsRecord) -> str:
    """The member's words, or the passage they lie on, whichever holds what is looked for; both where only both do."""
    both = f"{record.words} {record.marked}".strip()
    return next((text for text in (record.words, record.marked, both) if text and holds(query, text)), "")


def _pieces_of(query: Query, record: HitRecord) -> Pieces:
    return surroundings(query, record.text, _WORDS_SHOWN) if record.text else tuple(_pieces(record.snippet))


def _pieces(snippet: str) -> Iterator[tuple[str, bool]]:
    """Cut at the marks \\x02 and \\x03 that the index puts around found words."""
    for piece in snippet.split("\x02"):
        found, mark, rest = piece.partition("\x03")
        if mark:
            yield found, True
        if rest or not mark:
            yield (rest if mark else found), False
