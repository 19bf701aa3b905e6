"""Where a passage or a point of the older version stands in the newer one of the same paper.

A place is sure when its words and their neighbours tell more than chance could, and clearly more than any other place:
see `Telling` for how that is weighed. So a sentence that is said on every cover needs its neighbours, one that is said
once in a thousand pages needs nobody, and what could be two places is shown as a doubt.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import log2

from desktop.annotations.alignment import Alignment
from desktop.annotations.carriage import CHANGED, CHECK, EXACT, MOVED
from desktop.annotations.placing import Place, Places
from desktop.annotations.text import PaperText
from desktop.annotations.tokens import Language, Telling, Tokens

_SURE = 10.0  # bits beyond chance: one in a thousand
_CLEAR = 8.0  # bits by which a place must be ahead of every other
_HINT = 3.0  # bits that are left of a commonplace's own paragraph, at the least
_NEAR = 8  # words on either side that tell whether a passage kept its place in the order
_SENTENCE = 16  # words that are hardly the same by accident, commonplace or not
_STRAY = 2 * _NEAR  # words that they may have moved away from it
_FIGURE = 3  # words that may all be others, where both sides hold: a figure put right
_PHRASE, _MOST = 10, 0.7  # words of a phrase, and part of it, that may be left for it to be known by its neighbours
_TELLING = 4.0  # bits that either side of a commonplace has to tell, for no doubt to be left
_HALF = 0.5  # of a passage's words, that must be left of it
_MANY = 60  # places at which something can stand and still be weighed in each
_SHARE, _LITTLE = 0.5, 0.2  # part of a place's surroundings that are still there


Span = tuple[int, int]  # first and end of some tokens


@dataclass(frozen=True)
class Found:
    """Tokens first to end of the newer version, and how sure that is: one of the states of a carriage."""

    state: str
    first: int
    end: int


@dataclass(frozen=True)
class Spot:
    """A height of a page of the newer version."""

    state: str
    page: int
    y: float


class Seeker:
    """Looks for passages of one text in another. whole: the older text is there from its beginning to its end, and not
    only some words around the passage. lost: bits that tell one place from every other that is looked at."""

    def __init__(self, old: Tokens, new: Tokens, language: Language, whole: bool = True, lost: float = 0.0) -> None:
        self.telling = Telling(old, language)
        self.places = Places(old, new, self.telling)
        self.old, self.new, self._whole = old, new, whole
        self._seen: dict[Span, list[Span]] = {}
        self.enough = max(lost, log2(len(new.tokens) + 1)) + _SURE

    def passage(self, first: int, end: int) -> Found | None:
        """Where tokens first to end of the older text stand now; None where they do not."""
        same = self.same(first, end)
        if same is not None and same.state is not CHECK:
            return same
        return self._otherwise(first, end) or same

    # ---- the same words

    def same(self, first: int, end: int) -> Found | None:
        """The same words, where they stand now."""
        hits = self.new.find(self.old.letters(first, end))
        if not hits:
            return None
        twins = self._twins(first, end)
        kept = self._kept(first, end, hits, twins)
        if kept is not None:
            return Found(EXACT, *kept)
        if len(hits) > _MANY:
            return None
        best, *others = sorted(((self._weigh(first, end, *hit), hit) for hit in hits), reverse=True)
        weight, place = best
        if self._is_enough(first, end, weight, *place, len(hits)):
            rivals = [other for other, _ in others] + [self._weigh(*twin, *place) for twin in twins]
            if all(weight - rival >= _CLEAR for rival in rivals):
                return Found(self._state(first, end, *place), *place)
            if weight - self._weigh_twins(first, end, twins) >= _CLEAR:
                return Found(CHECK, *place)
        return self._nth(first, end, hits, twins)

    def _kept(self, first: int, end: int, hits: Sequence[Span], twins: Sequence[Span]) -> Span | None:
        """The one hit that has kept its neighbours on both sides, or a sentence of them where nothing else says the
        same; of several, the one in the same order among as many as before. This takes no weighing."""
        if len(hits) == 1 and not twins and max(self._alike(first, end, *hits[0])) >= _SENTENCE:
            return hits[0]
        kept = [hit for hit in hits if min(self._alike(first, end, *hit)) >= _NEAR]
        if len(kept) == 1 and not any(min(self._alike(*twin, *kept[0])) >= _NEAR for twin in twins):
            return kept[0]
        return self._ordered(first, end, kept) if self._whole and len(hits) == len(twins) + 1 else None

    def _nth(self, first: int, end: int, hits: Sequence[Span], twins: Sequence[Span]) -> Found | None:
        """What is said as often as before, and is no empty phrase, stands perhaps where it stands in order."""
        if not self._whole or len(hits) != len(twins) + 1 or self.telling.of(first, end) < self.enough:
            return None
        return Found(CHECK, *hits[sum(twin < (first, end) for twin in twins)])

    def _alike(self, first: int, end: int, low: int, high: int) -> tuple[int, int]:
        """How many words in a row are the same before and after."""
        return self._count(range(-1, -_SENTENCE - 1, -1), first, low), self._count(range(_SENTENCE), end, high)

    def _count(self, steps: Iterable[int], at: int, to: int) -> int:
        old, new, count = self.old.tokens, self.new.tokens, 0
        for step in steps:
            inside = 0 <= at + step < len(old), 0 <= to + step < len(new)
            if not any(inside):
                return _SENTENCE  # both texts end here
            if not all(inside) or old[at + step] != new[to + step]:
                break
            count += 1
        return count

    def _weigh(self, first: int, end: int, low: int, high: int) -> float:
        """What neighbours tell. Those of a commonplace's own paragraph stay with it; those of the next count half: that
        one has a sentence like it before it as easily."""
        if self._whole and self._is_commonplace(first, end):
            own = self.places.own(first, end, low, high)
            return max(own, (sum(self.places.beside(first, end, low, high)) + own) / 2)
        return self.places.before(first, low) + self.places.after(end, high)

    def _is_enough(self, first: int, end: int, weight: float, low: int, high: int, hits: int) -> bool:
        """Whether there is more to one of the hits than chance: for a commonplace on both sides, or in its own
        paragraph."""
        common = self._is_commonplace(first, end) if self._whole else self.telling.of(first, end) < self.enough
        if self._whole and not common and self.telling.of(first, end) >= self.enough:
            return True
        if weight < _SURE + log2(hits):
            return False
        own = self.places.own(first, end, low, high) if self._whole else 0.0
        return not common or own >= _HINT or min(self.places.beside(first, end, low, high)) >= _SURE

    def _is_commonplace(self, first: int, end: int) -> bool:
        """Whether a passage is said more than once, or says little."""
        return self.telling.of(first, end) < _SURE or bool(self._twins(first, end))

    def _twins(self, first: int, end: int) -> list[Span]:
        """Where else the older text says the same."""
        if (first, end) not in self._seen:
            every = self.old.find(self.old.letters(first, end))
            self._seen[first, end] = [hit for hit in every if hit[1] <= first or hit[0] >= end]
        return self._seen[first, end]

    def _state(self, first: int, end: int, low: int, high: int) -> str:
        """How the place of the same words is called."""
        return EXACT if self.places.before(first, low) + self.places.after(end, high) >= _SURE else MOVED

    def _ordered(self, first: int, end: int, hits: Sequence[Span]) -> Span | None:
        """Of passages that say the same among the same neighbours, the one that stands in the same order; None where
        nothing tells."""
        return None

    # ---- changed words

    def _otherwise(self, first: int, end: int) -> Found | None:
        letters = self.old.letters(first, end)
        every = self.places.otherwise(first, end)
        places = [place for place in every if self.new.letters(place.first, place.end) != letters]
        if not places:
            return None
        chance = self._by_chance(first, end)
        for place in places:
            state = self._changed(first, end, place) if place.told - chance >= _CLEAR else ""
            if state and not self._is_taken(first, end, place):
                apart = (each for each in places if each.end <= place.first or each.first >= place.end)
                clear = all(place.told - each.told >= _CLEAR for each in apart)
                return Found(state if clear else CHECK, place.first, place.end)
        return None

    @cached_property
    def _chance(self) -> Places:
        """For how alike places are at which a passage does not stand: those of the older text itself."""
        return Places(self.old, self.old, self.telling)

    def _by_chance(self, first: int, end: int) -> float:
        """What is told for the best place that is none, the words being others there."""
        every = self._chance.otherwise(first, end) if self._whole else []
        return max((place.told for place in every if place.end <= first or place.first >= end), default=0.0)

    def _weigh_twins(self, first: int, end: int, twins: Iterable[Span]) -> float:
        """What neighbours tell for the best of the places that have the same words, and are others."""
        chance = self._chance
        return max((chance.before(first, a) + chance.after(end, b) for a, b in twins), default=0.0)

    def _changed(self, first: int, end: int, place: Place) -> str:
        """How words put otherwise are called; "" where they are others altogether."""
        told = place.around + max(place.kept, 0.0)
        if told < self.enough:
            return ""
        short = end - first <= _FIGURE and place.end - place.first <= _FIGURE + 1
        if short and all(place.tight) and (place.share > 0 or self._is_figure(first, end, place)):
            return CHANGED
        if place.kept <= 0 or place.share < _HALF:
            return ""
        return CHANGED if place.kept >= _SURE and place.around >= _SURE else CHECK

    def _is_figure(self, first: int, end: int, place: Place) -> bool:
        """Whether one figure stands where another did: words of which nothing is left are others, and not corrected."""
        return _has_digit(self.old.letters(first, end)) and _has_digit(self.new.letters(place.first, place.end))

    def _is_taken(self, first: int, end: int, place: Place) -> bool:
        """Whether these words of the newer text stood in the older one too, somewhere else: then they are others."""
        stood = self.old.find(self.new.letters(place.first, place.end), 3)
        return any(stop <= first or start >= end for start, stop in stood)


def _has_digit(letters: str) -> bool:
    return any(letter.isdigit() for letter in letters)


class Follower(Seeker):
    """Follows passages, places and pages from one version to the next."""

    old: PaperText
    new: PaperText

    def __init__(self, old: PaperText, new: PaperText, language: Language) -> None:
        super().__init__(old, new, language)

    def passage(self, first: int, end: int) -> Found | None:
        """By its words and neighbours; where those leave a doubt, perhaps by the order of all words."""
        found = super().passage(first, end)
        if found is None:
            return self._in_order(first, end)
        return replace(found, state=CHECK) if self._is_doubtful(first, end, found) else found

    @cached_property
    def alignment(self) -> Alignment:
        """Made when it is first wanted: papers of hundreds of pages take a moment."""
        return Alignment(self.old.tokens, self.new.tokens)

    def _state(self, first: int, end: int, low: int, high: int) -> str:
        around = range(max(0, first - _NEAR), min(len(self.old.tokens), end + _NEAR))
        to = [self.alignment.to(at) for at in around]
        near = sum(at is not None and low - _STRAY <= at < high + _STRAY for at in to)
        return EXACT if 2 * near >= len(to) else MOVED

    def _in_order(self, first: int, end: int) -> Found | None:
        """Between both neighbours that it had, a phrase of which most is left is itself, and beside one of them one of
        which all is, however often it is said. No more than perhaps: neighbours say nothing of what stands between."""
        kept = [to for at in range(first, end) if (to := self.alignment.to(at)) is not None]
        if len(kept) <= _HALF * (end - first):
            return None
        low, high, adjoins = self._between(first, end, kept)
        before = sum(self._stays(at, low - _STRAY, low) for at in range(first - _NEAR, first))
        after = sum(self._stays(at, high, high + _STRAY) for at in range(end, end + _NEAR))
        sides = adjoins[0] and before >= _NEAR - 1, adjoins[1] and after >= _NEAR - 1
        if len(kept) != end - first or high - low != end - first:
            most_left = end - first <= _PHRASE and len(kept) >= _MOST * (end - first)
            holds = most_left and all(adjoins) and any(sides) and min(before, after) >= _NEAR // 2
            return Found(CHECK, low, high) if holds else None
        # A closing sentence stays with its paragraph; a cell or a heading is one by itself.
        own = first not in self.old.begun, end not in self.old.begun
        holds = any(side for side, is_own in zip(sides, own, strict=True) if is_own or not any(own))
        return Found(CHECK, low, high) if holds or (any(sides) and min(before, after) > _NEAR // 2) else None

    def _between(self, first: int, end: int, kept: Sequence[int]) -> tuple[int, int, tuple[bool, bool]]:
        """From where to where the words go that were kept, with others in the place of those lost at either end; and
        whether they adjoin the words before them and after them."""
        low, high, lost = kept[0], kept[-1] + 1, end - first - len(kept)
        before, after = self.alignment.to(first - 1), self.alignment.to(end)
        adjoins = before is not None and 0 < low - before <= lost + 1, after is not None and 0 <= after - high <= lost
        if before is not None and adjoins[0]:
            low = before + 1
        if after is not None and adjoins[1]:
            high = after
        return low, high, adjoins

    def _is_doubtful(self, first: int, end: int, found: Found) -> bool:
        """Whether what is said more than once, or says little, has new neighbours on one side, or such as it has in
        many places: a cell of a table, a line of the contents."""
        if found.state == CHECK or not self._is_commonplace(first, end):
            return False
        before, after = self._alike(first, end, found.first, found.end)
        last = min(len(self.old.tokens), end + after)
        sides = self.telling.of(max(0, first - before), first), self.telling.of(end, last)
        return min(sides) < _TELLING

    def _stays(self, at: int, low: int, high: int) -> bool:
        to = self.alignment.to(at)
        return to is not None and low <= to < high

    def _ordered(self, first: int, end: int, hits: Sequence[Span]) -> Span | None:
        there = self.alignment.to(first), self.alignment.to(end - 1)
        return next((hit for hit in hits if there == (hit[0], hit[1] - 1)), None)

    def spot(self, page: int, y: float) -> Spot | None:
        """Where a height of a page is now, told by the words nearest to it; None where nothing around it is left."""
        here = self.old.near(page, y)
        if here is None:
            return None
        around = range(max(0, here - 12), min(len(self.old.tokens), here + 13))
        best: Spot | None = None
        for to, state in ((self.alignment.to, EXACT), (self.alignment.moved_to, MOVED)):
            kept = [token for token in around if to(token) is not None]
            share = len(kept) / len(around)
            if share >= _LITTLE and best is None:
                nearest = min(kept, key=lambda token: abs(token - here))
                best = self._spot(state if share >= _SHARE else CHECK, nearest, to(nearest) or 0, page, y)
        return best

    def page(self, page: int) -> Spot | None:
        """The page on which most of a page's words are now; None where nearly none of them is left."""
        tokens = self.old.page_tokens(page)
        both = (self.alignment.to(token) for token in tokens), (self.alignment.moved_to(token) for token in tokens)
        pages = [self.new.page_of(token) for each in both for token in each if token is not None]
        share = len(pages) / len(tokens) if len(tokens) else 0.0
        if share < _LITTLE:
            return None
        most = max(sorted(set(pages)), key=pages.count)
        return Spot(EXACT if share >= _SHARE else CHECK, most, 0.0)

    # ---- spots

    def _spot(self, state: str, old: int, new: int, page: int, y: float) -> Spot:
        there = self.new.page_of(new)
        starts_page = self.new.page_tokens(there).start == new
        if not y and starts_page:
            return Spot(state, there, 0.0)
        same_page = self.old.page_of(old) == page
        down = y - self.old.top_of(old) if y and same_page else 0.0
        return Spot(state, there, max(0.0, self.new.top_of(new) + down))
