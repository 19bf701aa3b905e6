"""What the member types, made into a question the index can always answer."""

import re
from dataclasses import dataclass

from desktop.search.scripts import parted
from desktop.search.text import plain, tokens

_PART = re.compile(r'"([^"]*)("?)|(\S+)')
_SHORTEST_PREFIX = 2  # a single letter as a prefix would find nearly every page


@dataclass(frozen=True)
class Term:
    """Words that must stand together in this order, folded; prefix: the last may go on. joined: also as one word."""

    words: tuple[str, ...]
    prefix: bool = False
    joined: bool = False

    @property
    def spellings(self) -> tuple[tuple[str, ...], ...]:
        """Every run of words that satisfies it."""
        one = (("".join(self.words),),) if self.joined else ()
        return (self.words, *one, *self._parted())

    def match(self) -> str:
        """As FTS5 reads it: everything in quotes, so that nothing typed is an operator."""
        star = "*" if self.prefix else ""
        found = ['"' + " ".join(words) + '"' + star for words in self.spellings]
        return found[0] if len(found) == 1 else "(" + " OR ".join(found) + ")"

    def _parted(self) -> list[tuple[str, ...]]:
        return [
            (*self.words[:place], *pair, *self.words[place + 1 :])
            for place, word in enumerate(self.words)
            if not word.isascii()
            for pair in parted(word)
        ]


@dataclass(frozen=True)
class Query:
    """All terms must be on the page; none: there is nothing to look for."""

    terms: tuple[Term, ...]

    def match(self) -> str:
        """The FTS5 question; "" when there is nothing to look for."""
        return " AND ".join(term.match() for term in self.terms)

    def together(self) -> "Query":
        """The same words as one run, in the order typed."""
        words = tuple(word for term in self.terms for word in term.words)
        return Query((Term(words, self.terms[-1].prefix),)) if len(self.terms) > 1 else self

    def with_word(self, old: Term, word: str) -> "Query":
        """With another word in a term's place."""
        return Query(tuple(Term((word,)) if term == old else term for term in self.terms))


def read(typed: str, typing: bool = True) -> Query:
    """Read words (all needed), "phrases", a trailing * and, while typing, the last word as a beginning."""
    text = plain(typed)
    parts = list(_PART.finditer(text))
    unfinished = typing and not text[-1:].isspace()
    found = (_term(part, unfinished and part is parts[-1]) for part in parts)
    return Query(tuple(dict.fromkeys(term for term in found if term.words)))


def is_plain(typed: str) -> bool:
    """Whether words were typed as they might stand on a page, with no quotation marks and no star."""
    text = plain(typed)
    return '"' not in text and "*" not in text


def _term(part: re.Match[str], last: bool) -> Term:
    phrase, closed, word = part.groups()
    if word is None:
        return _checked(phrase, last and not closed, joined=False)
    bare = word.rstrip("*")
    hyphened = "-" in bare.strip("-") and not any(mark.isdigit() for mark in bare)
    return _checked(bare, last or bare != word, hyphened)


def _checked(text: str, prefix: bool, joined: bool) -> Term:
    words = tuple(tokens(text))
    return Term(words, prefix and bool(words) and len(words[-1]) >= _SHORTEST_PREFIX, joined and len(words) > 1)
