"""Looking for a passage in another paper of the pack, or with no more than an anchor remembers of it, where the older
version is not here any more. What is said everywhere is not found at all rather than at the wrong place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log2

from desktop.annotations.anchor import Anchor
from desktop.annotations.carriage import CHECK, MOVED
from desktop.annotations.following import Found, Seeker
from desktop.annotations.placing import AROUND
from desktop.annotations.text import PaperText, spelled
from desktop.annotations.tokens import Language, Tokens


@dataclass(frozen=True)
class Passage:
    """Tokens first to end of a text. whole: all of the text is there, and not only their neighbours."""

    text: Tokens
    first: int
    end: int
    whole: bool = True

    @property
    def exact(self) -> str:
        """Its letters."""
        return self.text.letters(self.first, self.end)

    @staticmethod
    def of_anchor(anchor: Anchor) -> "Passage":
        """What an anchor itself remembers. Its neighbours may begin and end within a word: those are left out."""
        before, exact, after = (spelled(words) for words in (anchor.prefix, anchor.exact, anchor.suffix))
        return Passage(
            Tokens([*before[1:], *exact, *after[:-1]]), len(before[1:]), len(before[1:]) + len(exact), whole=False
        )

    @staticmethod
    def of_text(text: Tokens, first: int, end: int) -> "Passage":
        """Of a version that is here."""
        return Passage(text, first, end)


def seek(passage: Passage, text: PaperText, language: Language | None = None) -> Found | None:
    """The passage in a newer version of its own paper; None where it is not, or may be at several places."""
    if not passage.exact:
        return None
    seeker = Seeker(passage.text, text, language or Language([text]), passage.whole)
    return seeker.passage(passage.first, passage.end)


def seek_elsewhere(
    passage: Passage, fresh: Sequence[PaperText], others: Sequence[PaperText], language: Language
) -> tuple[int, Found] | None:
    """The passage in one of the papers that are new, by number; None unless it can be only that one.

    others: texts that had their words before this edition: what stands in them too is said everywhere.
    """
    if not passage.exact:
        return None
    lost = log2(sum(len(text.tokens) for text in fresh) + 1)
    places = ((number, _in(passage, text, others, language, lost)) for number, text in enumerate(fresh))
    found = [(number, place) for number, place in places if place is not None]
    return found[0] if len(found) == 1 else None


def _in(
    passage: Passage, text: PaperText, others: Sequence[PaperText], language: Language, lost: float
) -> Found | None:
    seeker = Seeker(passage.text, text, language, passage.whole, lost)
    found = seeker.same(passage.first, passage.end)
    if found is None or found.state == CHECK:
        return None
    return replace(found, state=MOVED) if _is_news(passage, seeker, found, others) else None


def _is_news(passage: Passage, seeker: Seeker, found: Found, others: Sequence[PaperText]) -> bool:
    """Whether what was found, with as many neighbours as came along and as it takes, is no commonplace, and was said
    nowhere before."""
    old, new, told = passage.text.tokens, seeker.new.tokens, seeker.telling
    first, end, low, high = passage.first, passage.end, found.first, found.end
    before = after = True
    while before or after:
        if told.of(first, end) >= seeker.enough and not _stands_in(seeker.new.letters(low, high), others):
            return True
        before = passage.first - first < AROUND and min(first, low) > 0 and old[first - 1] == new[low - 1]
        if before:
            first, low = first - 1, low - 1
        after = end - passage.end < AROUND and end < len(old) and high < len(new) and old[end] == new[high]
        if after:
            end, high = end + 1, high + 1
    return False


def _stands_in(letters: str, others: Sequence[PaperText]) -> bool:
    return any(letters in other.run for other in others)
