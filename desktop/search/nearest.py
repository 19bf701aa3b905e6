"""The words in the index that are nearest to one that is not there: what a slip of the finger meant."""

from collections.abc import Callable, Mapping

_LEAST = 4  # letters: shorter words have too many neighbours to guess among
_LONG = 8  # letters from which two slips are forgiven
_MOST = 8

Beginning = Callable[[str], Mapping[str, int]]


def nearest(word: str, beginning: Beginning) -> list[str]:
    """Words at most one slip away (two for long ones), nearest and most frequent first.

    beginning: the words that begin with some letters, with how many pages hold each. The first letter is taken to be
    right, one too many, or changed over with the second, so that no search goes through the whole index.
    """
    if len(word) < _LEAST or any(letter.isdigit() for letter in word):
        return []
    slips = 2 if len(word) >= _LONG else 1
    known: dict[str, int] = {}
    for start in _starts(word):
        known.update(beginning(start))
    near = [(slips_between(word, other, slips), -pages, other) for other, pages in known.items()]
    return [other for away, _, other in sorted(near) if 0 < away <= slips][:_MOST]


def _starts(word: str) -> list[str]:
    return list(dict.fromkeys((word[0], word[1] + word[0], word[1:3])))


def slips_between(one: str, other: str, most: int) -> int:
    """Letters left out, put in, changed, or changed over, to come from one word to the other; most + 1 for more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        older, before, row = before, row, [place]
        for at, its in enumerate(other, 1):
            least = min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (letter != its))
            if place > 1 and at > 1 and letter == other[at - 2] and one[place - 2] == its:
                least = min(least, older[at - 2] + 1)
            row.append(least)
        if min(row) > most:
            return most + 1
    return row[-1]
