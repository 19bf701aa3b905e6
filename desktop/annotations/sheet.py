"""The meeting sheet: what each item asks us to decide, and the member's questions and notes on it, in agenda order."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from desktop.annotations.entries import QUESTION, Annotation, Asking
from desktop.packs.book import Book
from desktop.packs.pack import AgendaItem, Pack, Purpose

Asked = Mapping[str, tuple[str, ...]]  # by paper id: what it asks, one point each


@dataclass(frozen=True)
class SheetEntry:
    """A mark on the sheet. page: "47", or "4 of its paper"; "" where that is not known. earlier: on a version that was
    replaced since. paper: its title, "" where it is the item's only one."""

    mark: Annotation
    page: str
    earlier: bool = False
    paper: str = ""

    @property
    def is_question(self) -> bool:
        """Whether it is to be asked; anything else is a note."""
        return is_question(self.mark)

    @property
    def asking(self) -> Asking:
        """Whom it is for, whether it was asked, and what was answered."""
        return self.mark.asking or Asking()

    @property
    def words(self) -> str:
        """The member's own words; of a passage marked without any, the passage."""
        return self.mark.words.strip() or f"“{self.quote}”"

    @property
    def quote(self) -> str:
        """The paper's words it lies on."""
        return " ".join(self.mark.anchor.exact.split())


@dataclass(frozen=True)
class SheetPaper:
    """A paper of an item, and what it asks. title: "" where it is the only one of its item that asks."""

    title: str
    asks: tuple[str, ...]

    @property
    def asking(self) -> str:
        """The words over its points."""
        return f"{self.title} asks us to" if self.title else "We are asked to"


@dataclass(frozen=True)
class SheetItem:
    """One item of the agenda. number "" : what belongs to no item any more."""

    number: str
    title: str
    purpose: Purpose = Purpose.NONE
    lead: str = ""
    starts: str = ""
    papers: tuple[SheetPaper, ...] = ()
    entries: tuple[SheetEntry, ...] = ()

    @property
    def is_decision(self) -> bool:
        """Whether it asks for a decision."""
        return self.purpose is Purpose.DECISION


@dataclass(frozen=True)
class Sheet:
    """The items that ask for a decision or that the member has something on, in agenda order."""

    pack: Pack
    items: tuple[SheetItem, ...]

    @property
    def entries(self) -> list[SheetEntry]:
        """Every question and note, in agenda order."""
        return [entry for item in self.items for entry in item.entries]


def is_question(mark: Annotation) -> bool:
    """A question by its kind, or by the colour that says so; in other programs yellow says nothing."""
    foreign = mark.origin is not None and mark.origin.is_foreign
    return mark.kind == QUESTION or (mark.colour == "question" and not foreign)


def belongs(mark: Annotation) -> bool:
    """Whether a mark stands on the sheet: questions, and whatever the member has written. Bare marks do not, nor what
    others have written."""
    said = bool(mark.words.strip()) or (is_question(mark) and bool(mark.anchor.exact.strip()))
    return said and mark.is_mine


def make_sheet(book: Book, marks: Iterable[Annotation], asked: Asked | None = None) -> Sheet:
    """The sheet of one meeting. asked: what papers ask, as far as it is known."""
    by_item = _by_item(book, [mark for mark in marks if belongs(mark)])
    items = [_item(book, item, by_item.pop(item.number, []), asked or {}) for item in book.pack.items]
    items = [item for item in items if item.is_decision or item.entries]
    if left := [entry for entries in by_item.values() for entry in entries]:
        items.append(SheetItem("", "Papers no longer in this pack", entries=tuple(left)))
    return Sheet(book.pack, tuple(items))


def _item(book: Book, item: AgendaItem, entries: list[SheetEntry], asked: Asked) -> SheetItem:
    papers = [SheetPaper(paper.title, asked.get(paper.id, ())) for paper in book.pack.papers_of(item)]
    asking = tuple(paper for paper in papers if paper.asks)
    if len(asking) == 1:
        asking = (SheetPaper("", asking[0].asks),)
    return SheetItem(item.number, item.title, item.purpose, item.lead, item.starts, asking, tuple(entries))


@dataclass
class _Places:
    """Where the papers of a book stand."""

    book: Book
    order: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.order = {paper.paper_id: place for place, paper in enumerate(self.book.papers)}
        self._count: dict[str, int] = defaultdict(int)
        for paper in self.book.papers:
            self._count[paper.item] += 1

    def key(self, mark: Annotation) -> tuple[object, ...]:
        """For the order of the book."""
        return self.order.get(mark.anchor.paper_id, len(self.order)), *mark.place, mark.created

    def item(self, mark: Annotation, items: set[str]) -> str:
        """The number of its item, "" where it has none any more."""
        place = self.order.get(mark.anchor.paper_id)
        wanted = mark.asking.item if mark.asking else ""
        found = wanted or (self.book.papers[place].item if place is not None else "")
        return found if found in items else ""

    def entry(self, mark: Annotation) -> SheetEntry:
        """The mark with its page."""
        place, anchor = self.order.get(mark.anchor.paper_id), mark.anchor
        if place is None:
            return SheetEntry(mark, anchor.label, earlier=True)
        paper = self.book.papers[place]
        title = paper.title if self._count[paper.item] > 1 else ""
        if paper.version != anchor.sha256 or anchor.page >= paper.count:
            return SheetEntry(mark, anchor.label, earlier=True, paper=title)
        label = self.book.pages[paper.first + anchor.page].label
        return SheetEntry(mark, label or f"{anchor.page + 1} of its paper", paper=title)


def _by_item(book: Book, marks: list[Annotation]) -> dict[str, list[SheetEntry]]:
    places = _Places(book)
    numbers = {item.number for item in book.pack.items}
    found: dict[str, list[SheetEntry]] = defaultdict(list)
    for mark in sorted(marks, key=places.key):
        found[places.item(mark, numbers)].append(places.entry(mark))
    return found
