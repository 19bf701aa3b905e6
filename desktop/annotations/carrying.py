"""Notes follow their papers to a new edition: the same paper first, then the papers that came with it. Nothing is
dropped, and nothing is put silently on words that only read alike."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property

from desktop.annotations.anchor import Anchor, Quad
from desktop.annotations.carriage import CHECK, EXACT, ORPHAN, Carriage
from desktop.annotations.entries import Bookmark, Entry
from desktop.annotations.following import Follower, Found
from desktop.annotations.seeking import Passage, seek, seek_elsewhere
from desktop.annotations.standing import anchor_of, paper_of, stand_at, version_of
from desktop.annotations.text import PaperText, VersionPage
from desktop.annotations.tokens import Language


@dataclass(frozen=True)
class Version:
    """One version of a paper as the store keeps it. labels: the printed numbers of its pages, as far as known."""

    paper_id: str
    sha256: str
    pages: Sequence[VersionPage]
    labels: Sequence[str] = ()


@dataclass(frozen=True)
class Papers:
    """What notes are carried between. now: each paper's version in force, by paper id. old: versions that notes stand
    on, by sha256. fresh: the papers that came or changed with this edition. complete: every paper in force is in `now`.
    edition: its number.
    """

    now: Mapping[str, Version]
    old: Mapping[str, Version]
    fresh: AbstractSet[str]
    complete: bool
    edition: int


class Carrying:
    """Carries entries, one after another. What is read of the papers is kept between them."""

    def __init__(self, papers: Papers) -> None:
        self._papers = papers
        self._texts: dict[str, PaperText] = {}
        self._followers: dict[tuple[str, str], Follower] = {}

    def carry(self, entry: Entry) -> Entry | None:
        """The entry as it stands now; None where there is nothing to decide yet, or any more."""
        now = self._papers.now.get(paper_of(entry))
        if now is None:
            return self._withdrawn(entry)
        if now.sha256 in (version_of(entry), entry.carriage.against):
            return None
        back = entry.carriage.on(now.sha256)
        if back is not None:
            return _put(entry, back, EXACT, now.sha256)
        source = _source(entry)
        if isinstance(entry, Bookmark) or not source.quads:
            return self._carry_point(entry, source, now)
        return self._carry_passage(entry, source, now)

    # ---- passages

    def _carry_passage(self, entry: Entry, source: Anchor, now: Version) -> Entry | None:
        new, passage, found = self._text(now), Passage.of_anchor(source), None
        old = self._papers.old.get(source.sha256)
        under = self._text(old).tokens_under(source.quads) if old is not None else None
        if not new.tokens:
            return self._unread(entry, source, now)
        if old is not None and under is None:
            return self._carry_point(entry, source, now)
        if old is not None and under is not None:
            passage = Passage.of_text(self._text(old), *under)
            found = self._follower(old, now).passage(*under)
        elif passage.exact:
            found = seek(passage, new, self._language)
        if found is not None:
            return self._place(entry, source, now, found)
        return self._elsewhere(entry, source, passage, now.sha256)

    def _elsewhere(self, entry: Entry, source: Anchor, passage: Passage, against: str) -> Entry | None:
        """In a paper that came with this edition; an orphan once all of them are here."""
        if not self._papers.complete:
            return None
        fresh = [v for v in self._papers.now.values() if v.paper_id in self._papers.fresh - {source.paper_id}]
        before = [v for v in self._papers.now.values() if v.paper_id not in self._papers.fresh | {source.paper_id}]
        before += [v for v in self._papers.old.values() if v.paper_id != source.paper_id]
        found = seek_elsewhere(passage, [self._text(v) for v in fresh], [self._text(v) for v in before], self._language)
        if found is not None:
            number, place = found
            # Without the older versions nobody can say that these words were not there before.
            sure = source.sha256 in self._papers.old
            return self._place(entry, source, fresh[number], place if sure else replace(place, state=CHECK))
        return _left(entry, source, ORPHAN, against) if against else None

    def _place(self, entry: Entry, source: Anchor, now: Version, found: Found) -> Entry:
        text = self._text(now)
        anchor = text.anchor(source, now.paper_id, now.sha256, found.first, found.end)
        return _put(entry, self._labelled(anchor, now), found.state, now.sha256)

    def _withdrawn(self, entry: Entry) -> Entry | None:
        """Its paper is not in the pack any more. It stays as it is, unless its words came back in another paper."""
        source, against = _source(entry), f"edition {self._papers.edition}"
        if isinstance(entry, Bookmark) or not source.quads or entry.carriage.against == against:
            return None
        old = self._papers.old.get(source.sha256)
        under = self._text(old).tokens_under(source.quads) if old is not None else None
        known = old is not None and under is not None
        passage = Passage.of_text(self._text(old), *under) if known and old and under else Passage.of_anchor(source)
        return self._elsewhere(entry, source, passage, "")

    # ---- places and pages

    def _carry_point(self, entry: Entry, source: Anchor, now: Version) -> Entry:
        old = self._papers.old.get(source.sha256)
        if old is None or not self._text(old).tokens or not self._text(now).tokens:
            return self._unread(entry, source, now)
        y = source.quads[0].y0 if source.quads else None
        follower = self._follower(old, now)
        spot = follower.page(source.page) if y is None else follower.spot(source.page, y)
        if spot is None:
            pictures = not len(self._text(old).page_tokens(source.page))
            return self._unread(entry, source, now) if pictures else _left(entry, source, ORPHAN, now.sha256)
        down = 0.0 if y is None else spot.y - y
        quads = tuple(Quad(spot.page, q.x0, q.y0 + down, q.x1, q.y1 + down) for q in source.quads)
        anchor = replace(source, sha256=now.sha256, page=spot.page, quads=quads)
        return _put(entry, self._labelled(anchor, now), spot.state, now.sha256)

    def _unread(self, entry: Entry, source: Anchor, now: Version) -> Entry:
        """There are no words to tell it by: the same page, to be looked at; or none where there is no such page."""
        if source.page >= len(now.pages):
            return _left(entry, source, ORPHAN, now.sha256)
        anchor = replace(source, sha256=now.sha256)
        return _put(entry, self._labelled(anchor, now), CHECK, now.sha256)

    # ---- the papers

    def _text(self, version: Version) -> PaperText:
        if version.sha256 not in self._texts:
            self._texts[version.sha256] = PaperText(version.pages)
        return self._texts[version.sha256]

    @cached_property
    def _language(self) -> Language:
        """Of the pack as it was before this edition; where nothing is left of that, as it is."""
        old = list(self._papers.old.values())
        known = self._papers.fresh | {version.paper_id for version in old}
        old += [version for version in self._papers.now.values() if version.paper_id not in known]
        return Language(map(self._text, old or self._papers.now.values()))

    def _follower(self, old: Version, new: Version) -> Follower:
        key = (old.sha256, new.sha256)
        if key not in self._followers:
            self._followers[key] = Follower(self._text(old), self._text(new), self._language)
        return self._followers[key]

    def _labelled(self, anchor: Anchor, version: Version) -> Anchor:
        labels = version.labels
        return replace(anchor, label=labels[anchor.page] if anchor.page < len(labels) else "")


def _source(entry: Entry) -> Anchor:
    """The last place that was sure: what was only guessed at is no ground to guess again from."""
    carriage = entry.carriage
    if carriage.state == CHECK and not carriage.settled and carriage.earlier:
        return carriage.earlier[-1]
    return anchor_of(entry)


def _put(entry: Entry, anchor: Anchor, state: str, against: str) -> Entry:
    here = anchor_of(entry)
    earlier = tuple(each for each in entry.carriage.earlier if each.sha256 not in (here.sha256, anchor.sha256))
    return replace(stand_at(entry, anchor), carriage=Carriage(state, against, (*earlier, here)))


def _left(entry: Entry, source: Anchor, state: str, against: str) -> Entry:
    """It goes back to the last place that was sure, and stays there."""
    earlier = tuple(each for each in entry.carriage.earlier if each.sha256 != source.sha256)
    return replace(stand_at(entry, source), carriage=Carriage(state, against, earlier))
