"""Words in a row as they are looked through, and what each of them tells of where it stands."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from math import log2

SEED = 3  # words in a row by which places are looked up
_LEAST = 2.0**-14  # how probable any word is
_FIGURE = re.compile(r"\d+")
_COMMON = 24  # places from which on a seed tells nothing


class Tokens:
    """The spelled words of a text, in reading order."""

    def __init__(self, tokens: Sequence[str] = ()) -> None:
        self.tokens: list[str] = list(tokens)
        self.begun: set[int] = set()  # tokens with which a paragraph begins

    def letters(self, first: int, end: int) -> str:
        """Tokens first to end, run together."""
        return "".join(self.tokens[max(0, first) : max(0, end)])

    @cached_property
    def run(self) -> str:
        """Every token, run together: what is looked through."""
        return "".join(self.tokens)

    @cached_property
    def starts(self) -> list[int]:
        """Where each token begins in `run`, and at last where it ends."""
        return [0, *accumulate(map(len, self.tokens))]

    @cached_property
    def seeds(self) -> dict[tuple[str, ...], list[int]]:
        """Where three words in a row stand."""
        found: dict[tuple[str, ...], list[int]] = {}
        for at, seed in enumerate(zip(self.tokens, self.tokens[1:], self.tokens[2:], strict=False)):
            found.setdefault(seed, []).append(at)
        return found

    def find(self, letters: str, most: int = 1000) -> list[tuple[int, int]]:
        """First and end of the tokens wherever these letters stand, from the beginning of one to the end of another."""
        found: list[tuple[int, int]] = []
        at = self.run.find(letters) if letters else -1
        while at >= 0 and len(found) < most:
            first, end = bisect_left(self.starts, at), bisect_left(self.starts, at + len(letters))
            if self.starts[first] == at and self.starts[end] == at + len(letters):
                found.append((first, end))
            at = self.run.find(letters, at + 1)
        return found

    def places(self, seed: tuple[str, ...]) -> list[int]:
        """Where a seed stands; nowhere, when it stands nearly everywhere."""
        found = self.seeds.get(seed, [])
        return found if len(found) <= _COMMON else []


class Language:
    """How the papers of a pack go on after a word, after two, and altogether, figures being all one. texts: one version
    of each paper, so that what is asked about is in it once."""

    def __init__(self, texts: Iterable[Tokens]) -> None:
        self._follows: list[Counter[tuple[Hashable, str]]] = [Counter(), Counter(), Counter()]
        self._led: list[Counter[Hashable]] = [Counter(), Counter(), Counter()]
        self._shapes: dict[str, str] = {}
        for text in texts:
            self._hear(text.tokens)
        self._kinds = [Counter(context for context, _ in follows) for follows in self._follows]

    def foretold(self, before: Sequence[str], token: str) -> float:
        """How probable a word is after those before it, its own occurrence left out of account: what the longer context
        leaves open, the shorter one tells."""
        chance = _LEAST
        ways = zip(self._contexts(before), self._follows, self._led, self._kinds, strict=True)
        for context, follows, led, kinds in ways:
            seen, times, others = follows[context, token], led[context], kinds[context]
            if times > 1:
                chance = (max(seen - 1, 0) + others * chance) / (times - 1 + others)
        return max(chance, _LEAST)

    def _hear(self, tokens: Sequence[str]) -> None:
        before = ["", "", *map(self._shape, tokens)]
        nothing: list[Hashable] = [None] * len(tokens)
        ways: tuple[Sequence[Hashable], ...] = nothing, before[1:-1], list(pairwise(before[:-1]))
        for contexts, follows, led in zip(ways, self._follows, self._led, strict=True):
            follows.update(zip(contexts, tokens, strict=True))
            led.update(contexts)

    def _contexts(self, before: Sequence[str]) -> Iterable[Hashable]:
        two = tuple(map(self._shape, ("", "", *before)[-2:]))
        return None, two[1], two

    def _shape(self, token: str) -> str:
        shape = self._shapes.get(token)
        if shape is None:
            shape = self._shapes[token] = _FIGURE.sub("0", token)
        return shape


class Telling:
    """What the words of a text tell of their places, in bits: how little each could be foretold from the words before
    it. What is said in the same way again and again tells little, however long it is; names and figures tell much."""

    def __init__(self, text: Tokens, language: Language) -> None:
        self._text, self._language = text, language
        self._known: dict[int, float] = {}

    def bits(self, at: int) -> float:
        """Of one word."""
        known = self._known.get(at)
        if known is None:
            tokens = self._text.tokens
            known = -log2(self._language.foretold(tokens[max(0, at - 2) : at], tokens[at]))
            self._known[at] = known
        return known

    def of(self, first: int, end: int) -> float:
        """Of some words in a row."""
        return sum(map(self.bits, range(max(0, first), min(end, len(self._text.tokens)))))
