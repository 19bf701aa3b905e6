"""Abbreviations and what they stand for, where a text says so: "Board Assurance Framework (BAF)" or "BAF (Board …)"."""

import re
from collections.abc import Iterator

_MOST_WORDS = 3  # beyond one a letter: "of", "and", "the" count for none
_ACRONYM = re.compile(r"[A-Z][A-Za-z0-9&/-]{1,11}")
_WORDS = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_EMPTY = {"of", "and", "the", "for", "to", "in", "on", "a", "an", "with", "by", "at", "or"}


def is_acronym(word: str) -> bool:
    """Whether a word could be one: two capitals at least, and short."""
    bare = bare_acronym(word)
    return _ACRONYM.fullmatch(bare) is not None and sum(sign.isupper() for sign in bare) >= 2


def bare_acronym(word: str) -> str:
    """The abbreviation within its brackets and stops, without a plural or possessive s: "(ICBs')" gives "ICB"."""
    bare = word.strip("()[]{}“”‘’\"'.,;:!?")
    return re.sub(r"(?<=[A-Z0-9])(?:['’]?s)$", "", bare)


def expansions(text: str, acronym: str) -> Iterator[str]:
    """What the text says the abbreviation stands for, in the order it is said."""
    seen = re.escape(acronym)
    for found in re.finditer(rf"(?<![A-Za-z0-9])\(\s*[“\"'‘]?{seen}s?[”\"'’]?\s*\)", text):
        if meant := _before(text[max(0, found.start() - 200) : found.start()], acronym):
            yield meant
    for found in re.finditer(
        rf"(?<![A-Za-z0-9]){seen}\s*(?:\(|[–—:=]\s|-\s|means\s|stands for\s)([^()\n]{{3,120}})", text
    ):
        if meant := _after(found[1], acronym):
            yield meant


def _letters(acronym: str) -> str:
    return "".join(sign for sign in acronym.casefold() if sign.isalnum())


def _before(text: str, acronym: str) -> str:
    """The words that end the text and whose first letters are the abbreviation's."""
    words = list(_WORDS.finditer(text))
    if not words or text[words[-1].end() :].strip():
        return ""
    letters = _letters(acronym)
    for count in range(1, min(len(words), len(letters) + _MOST_WORDS) + 1):
        if _stand_for([word[0] for word in words[-count:]], letters):
            return " ".join(text[words[-count].start() : words[-1].end()].split())
    return ""


def _after(text: str, acronym: str) -> str:
    words = list(_WORDS.finditer(text))
    letters = _letters(acronym)
    for count in range(1, min(len(words), len(letters) + _MOST_WORDS) + 1):
        if _stand_for([word[0] for word in words[:count]], letters):
            return " ".join(text[words[0].start() : words[count - 1].end()].split())
    return ""


def _stand_for(words: list[str], letters: str) -> bool:
    """Every letter begins a word, in order; a little word may be passed over, and a hyphen joins two."""
    parts = [part for word in words for part in word.casefold().split("-")]
    if len(words) < 2 or not parts or words[0].casefold() in _EMPTY or words[-1].casefold() in _EMPTY:
        return False
    return _match(parts, letters)


def _match(parts: list[str], letters: str) -> bool:
    if not parts:
        return not letters
    first = parts[0]
    if letters and first.startswith(letters[0]) and _match(parts[1:], letters[1:]):
        return True
    return first in _EMPTY and _match(parts[1:], letters)
