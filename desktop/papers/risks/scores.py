"""A risk's score as papers print it: `16`, `4 x 4 = 16`, `16 (4x4)`, `I4 L3`, `Red 20`, `High`."""

import re
from dataclasses import dataclass

_TIMES = r"[x×✕✖*]"
_LETTER = r"(?:([a-z])[a-z]*\s*[:=]?\s*)?"
_PRODUCT = re.compile(rf"{_LETTER}(\d{{1,2}})\s*\)?\s*{_TIMES}\s*\(?\s*{_LETTER}(\d{{1,2}})\b", re.IGNORECASE)
_LETTERED = re.compile(r"\b(?!score)([cislp])(?:[a-z]{3,12})?\s*[:=]?\s*(\d{1,2})\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\d.])\d{1,3}(?![\d.%])")
_ARROW = re.compile(r"(\d{1,2})\s*(?:→|⇒|->|=>|➔|➜|to)\s*(\d{1,2})")
RATINGS = (
    "very high", "very low", "almost certain", "extreme", "critical", "severe", "catastrophic", "significant", "major",
    "high", "medium", "moderate", "low", "minor", "negligible", "red", "amber", "yellow", "green",
)  # fmt: skip
_RATING = re.compile(rf"\b({'|'.join(RATINGS)})\b(?:\s*/\s*({'|'.join(RATINGS)})\b)?", re.IGNORECASE)
_BESIDE = re.compile(r"[\s()=\[\]/,:;–—\-↑↓→←⇒⇑⇓⇧⇩↔▲▼◄►➔➜*.]|rating|score|risk|rag", re.IGNORECASE)
_MOST = 100
_IS_LIKELIHOOD = "lp"


@dataclass(frozen=True)
class Score:
    """value, consequence, likelihood: 0 where the paper does not say. rating: its word, "" without. before: what it
    was, where the same words say so."""

    value: int = 0
    consequence: int = 0
    likelihood: int = 0
    rating: str = ""
    before: int = 0

    @property
    def product(self) -> int:
        """What consequence and likelihood come to; 0 where one is not told."""
        return self.consequence * self.likelihood

    @property
    def total(self) -> int:
        """As printed, or where only the two are, what they come to."""
        return self.value or self.product


def read_score(text: str, likelihood_first: bool = False) -> Score | None:
    """A text that is nothing but a score. likelihood_first: the head of its column says "L x I"."""
    said = " ".join(text.split())
    if not said or len(said) > 44:
        return None
    rating = _RATING.search(said)
    word = rating[1].capitalize() if rating else ""
    bare = _RATING.sub(" ", said)
    for read in (_product, _lettered, _moved, _plain):
        found = read(bare, likelihood_first)
        if found is not None:
            value, consequence, likelihood, before = found
            return Score(value, consequence, likelihood, word, before)
    return Score(rating=word) if word and not _BESIDE.sub("", bare) else None


_Found = tuple[int, int, int, int] | None


def _product(said: str, likelihood_first: bool) -> _Found:
    found = _PRODUCT.search(said)
    if found is None:
        return None
    rest = said[: found.start()] + " " + said[found.end() :]
    numbers = _NUMBER.findall(rest)
    if _BESIDE.sub("", _NUMBER.sub("", rest)) or len(numbers) > 1:
        return None
    first, second = int(found[2]), int(found[4])
    led = (found[1] or "").casefold(), (found[3] or "").casefold()
    swapped = led[0] in _IS_LIKELIHOOD if led[0] else led[1] not in ("", *_IS_LIKELIHOOD) or likelihood_first
    consequence, likelihood = (second, first) if swapped else (first, second)
    return (int(numbers[0]) if numbers else 0), consequence, likelihood, 0


def _lettered(said: str, _likelihood_first: bool) -> _Found:
    found = {letter.casefold(): int(number) for letter, number in _LETTERED.findall(said)}
    likelihood = next((number for letter, number in found.items() if letter in _IS_LIKELIHOOD), 0)
    consequence = next((number for letter, number in found.items() if letter not in _IS_LIKELIHOOD), 0)
    rest = _LETTERED.sub(" ", said)
    numbers = _NUMBER.findall(rest)
    if not (likelihood and consequence) or len(numbers) > 1 or _BESIDE.sub("", _NUMBER.sub("", rest)):
        return None
    return (int(numbers[0]) if numbers else 0), consequence, likelihood, 0


def _moved(said: str, _likelihood_first: bool) -> _Found:
    found = _ARROW.search(said)
    if found is None or _BESIDE.sub("", said[: found.start()] + said[found.end() :]):
        return None
    return int(found[2]), 0, 0, int(found[1])


def _plain(said: str, _likelihood_first: bool) -> _Found:
    numbers = _NUMBER.findall(said)
    if len(numbers) != 1 or _BESIDE.sub("", _NUMBER.sub("", said)) or not 0 < int(numbers[0]) <= _MOST:
        return None
    return int(numbers[0]), 0, 0, 0
