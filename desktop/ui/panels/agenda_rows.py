"""The agenda's rows: what each item is, what it asks, where its papers are, and how far they have been read."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from desktop.packs.book import Book, BookPaper
from desktop.packs.pack import AgendaItem, Pack, Paper, PaperStatus, Purpose
from desktop.reader.pace import Pace, pages_left
from desktop.ui.kit.words import say_count, say_time
from desktop.ui.panels.page_words import say_minutes, say_range
from desktop.ui.panels.rows import Chip, Line, Row, said

CHIPS = {
    Purpose.DECISION: ("Decision", Chip.SOLID),
    Purpose.ASSURANCE: ("Assurance", Chip.OUTLINE),
    Purpose.INFORMATION: ("Information", Chip.PLAIN),
    Purpose.NONE: ("", Chip.PLAIN),
}
WITHOUT_FILE = {
    PaperStatus.VERBAL: "Verbal, no paper",
    PaperStatus.TO_FOLLOW: "To follow",
    PaperStatus.WITHDRAWN: "Withdrawn",
}
_WITH_FILE = {PaperStatus.LATE: "Late paper", PaperStatus.TABLED: "Tabled"}
NOTE = "note"  # the key of the row with what is new in this edition
_NOTE_LINES = 3
_ASKED_LINES = 2
_SHORT = 14  # letters that are not broken over two lines
_SIGNS = re.compile(r"[\W_]+")


@dataclass
class Agenda:
    """What the rows are made of. seen: pages by paper. pace: None where no times are wanted. asked: by paper (its id),
    a point each."""

    book: Book
    seen: Mapping[str, Collection[int]] = field(default_factory=dict)
    current: str = ""
    pace: Pace | None = None
    decisions_only: bool = False
    whole_note: bool = False
    asked: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def rows(self) -> Iterable[Row]:
        """In the agenda's order; an item and the paper of its title share a row."""
        pack = self.book.pack
        laid = {paper.paper_id: paper for paper in self.book.papers}
        if pack.edition > 1 and pack.note:
            yield _note_row(pack, self.whole_note)
        listed = {item.number for item in pack.items}
        for paper in pack.papers:
            if paper.item not in listed and not self.decisions_only:
                yield self._paper_row(paper, laid.get(paper.id), indented=False)
        for item in pack.items:
            if item.purpose is Purpose.DECISION or not self.decisions_only:
                yield from self._item_rows(item, pack.papers_of(item), laid)

    def _item_rows(self, item: AgendaItem, papers: Iterable[Paper], laid: Mapping[str, BookPaper]) -> Iterable[Row]:
        papers = list(papers)
        own = next((paper for paper in papers if _bare(paper.title) == _bare(item.title)), None)
        if own is None and len(papers) == 1 and (papers[0].withheld or not papers[0].pages):
            own = papers[0]  # there is nothing to open: its name would only say the item's once more
        yield self._item_row(item, own, laid.get(own.id) if own else None)
        for paper in papers:
            if paper is not own:
                yield self._paper_row(paper, laid.get(paper.id), indented=True)

    def _item_row(self, item: AgendaItem, own: Paper | None, laid: BookPaper | None) -> Row:
        chip, shape = CHIPS[item.purpose]
        facts, tint = self._facts(own, laid) if own else ("", "quiet")
        lead = _joined(item.lead, say_time(item.starts))
        lines = [said(item.title, strong=True)]
        if shape is not Chip.PLAIN:
            lines.append(Line(((_held(lead), False),), "quiet", chip=chip, chip_shape=shape))
        elif words := _joined(chip, lead):
            lines.append(said(_held(words), tint="quiet"))
        if facts:
            lines.append(said(_held(facts), tint=tint))
        asked = self._say_asked(own)
        if asked:
            lines.append(said(asked, most=_ASKED_LINES))
        told = [f"Item {item.number}", item.title, f"for {chip.lower()}" if chip else "", lead, facts, asked]
        current = own is not None and own.id == self.current
        spoken = ", ".join(part for part in told if part) + (". You are here." if current else "")
        tip = laid.trouble if laid and laid.trouble else self._tip(spoken, laid)
        key = own.id if own else f"item {item.number}"
        progress = self._progress(laid)
        return Row(key, tuple(lines), spoken, number=item.number, current=current, tip=tip, progress=progress)

    def _paper_row(self, paper: Paper, laid: BookPaper | None, indented: bool) -> Row:
        current = paper.id == self.current
        facts, tint = self._facts(paper, laid)
        lines = [said(paper.title, strong=current or not indented), said(_held(facts), tint=tint)]
        asked = self._say_asked(paper)
        if asked:
            lines.append(said(asked, most=_ASKED_LINES))
        told = f"{paper.title}. {facts}" + (f". {asked}" if asked else "")
        spoken = f"{told}." + (" You are here." if current else "")
        tip = laid.trouble if laid and laid.trouble else self._tip(told, laid)
        return Row(
            paper.id, tuple(lines), spoken, current=current, indented=indented, tip=tip, progress=self._progress(laid)
        )

    def _say_asked(self, paper: Paper | None) -> str:
        """ "Asks: approve the plan; note the risks"."""
        points = self.asked.get(paper.id, ()) if paper is not None else ()
        return f"Asks: {'; '.join(points)}" if points else ""

    def _facts(self, paper: Paper, laid: BookPaper | None) -> tuple[str, str]:
        if paper.withheld:
            return "Not sent to you", "quiet"
        if paper.status in WITHOUT_FILE or laid is None or not laid.count:
            return WITHOUT_FILE.get(paper.status, "No paper"), "quiet"
        if laid.trouble:
            return "Cannot be read", "bad"
        state = _WITH_FILE.get(paper.status, "Corrected" if laid.corrected else "")
        parts = [state, say_range(self.book, laid)]
        parts.append("Not here yet" if laid.path is None else self._say_read(laid))
        return _joined(*parts), "quiet"

    def _say_read(self, paper: BookPaper) -> str:
        left = pages_left(paper, self.seen)
        if left == 0:
            return "read"
        time = say_minutes(left * self.pace.seconds) if self.pace else ""
        if left == paper.count:
            return time
        return f"{paper.count - left} of {paper.count} read" + (f", {time} left" if time else "")

    def _tip(self, spoken: str, paper: BookPaper | None) -> str:
        if paper is None or self.pace is None or not pages_left(paper, self.seen):
            return spoken
        left = pages_left(paper, self.seen)
        return f"{spoken}\n{say_count(left, 'page')} left, about {say_minutes(left * self.pace.seconds)}."

    def _progress(self, paper: BookPaper | None) -> float:
        if paper is None or not paper.count or paper.trouble:
            return 0.0
        return 1 - pages_left(paper, self.seen) / paper.count


def _note_row(pack: Pack, whole: bool) -> Row:
    """Its first lines, and the rest on asking: the agenda is what one came for."""
    lines = (said(f"Edition {pack.edition}", strong=True), said(pack.note, most=0 if whole else _NOTE_LINES))
    return Row(NOTE, lines, f"Edition {pack.edition}: {pack.note}", tip=pack.note)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _held(facts: str) -> str:
    """So that no line ends between "p" and its number, or within a time."""
    parts = facts.split(" · ")
    return " · ".join(part.replace(" ", "\u00a0") if len(part) <= _SHORT else part for part in parts)


def _bare(title: str) -> str:
    return _SIGNS.sub("", title).casefold()
