"""Sentences of a part of the text, to be read aloud one by one."""

from collections.abc import Iterator, Sequence

from desktop.papers.flow import Part, Shape, Words
from desktop.pdf.words import Word

_ENDS = (".", "!", "?", "…", ":", ";")
_CLOSING = "\"'”’)]"
_LONGEST = 60  # words said in one breath
# Full stops that end no sentence.
_SHORT = {
    "mr",
    "mrs",
    "ms",
    "dr",
    "prof",
    "no",
    "nos",
    "st",
    "e.g",
    "i.e",
    "etc",
    "vs",
    "p",
    "pp",
    "para",
    "paras",
    "inc",
}


def sentences(words: Sequence[Word], part: Part) -> Iterator[Words]:
    """Numbers of words of one sentence after another; each cell of a table is one."""
    if part.shape is Shape.TABLE:
        yield from (cell for row in part.rows for cell in row if cell)
        return
    start = 0
    for place, number in enumerate(part.words):
        following = part.words[place + 1] if place + 1 < len(part.words) else None
        ended = following is None or _ends(words[number].text, words[following].text)
        if ended or place - start >= _LONGEST:
            yield part.words[start : place + 1]
            start = place + 1


def _ends(word: str, following: str) -> bool:
    bare = word.rstrip(_CLOSING)
    if not bare.endswith(_ENDS):
        return False
    if bare.endswith("."):
        stem = bare[:-1].casefold().lstrip("([\"'“‘")
        if stem in _SHORT or (len(stem) == 1 and stem.isalpha()) or stem.isdigit():
            return False
        return not following[:1].islower()
    return True
