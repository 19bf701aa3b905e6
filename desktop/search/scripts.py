"""What differs from script to script when words are compared: accents, points, and what fonts leave of a syllable."""

import re
import unicodedata
from functools import lru_cache

# Marks that belong to a word, as the vowel signs of Indian scripts do: the places where one stands in a class of \w.
_BLOCKS = ((0x0300, 0x036F), (0x0483, 0x0489), (0x0591, 0x05C7), (0x0610, 0x06ED), (0x0900, 0x0DFF), (0x0E31, 0x0E4E))
MARKS = "".join(
    chr(code)
    for first, last in (*_BLOCKS, (0x0EB1, 0x0ECD), (0x102B, 0x109D), (0x17B4, 0x17D3))
    for code in range(first, last + 1)
    if unicodedata.category(chr(code)) in ("Mn", "Mc")
)

_ACCENTS = ((0x0300, 0x036F), (0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06ED))
_NUKTAS = "\u093c\u09bc\u0a3c\u0abc"
_TATWEEL = "\u0640"
# Letters that members without them on their keyboard write as others; Unicode holds them for letters of their own.
_LETTERS = {
    "ł": "l", "đ": "d", "ð": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t",
    "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "ٱ": "ا",
}  # fmt: skip

# Some fonts give the marks of a syllable once for each glyph of it. Nobody writes a vowel sign twice, and a syllable
# written twice with a sign below the line is nearly always one; both sides of a comparison are treated alike.
_DEPENDENT = (
    "\u0900-\u0903\u093e-\u094c\u0981-\u0983\u09be-\u09cc\u0a01-\u0a03\u0a3e-\u0a4c\u0a70\u0a71"
    "\u0a81-\u0a83\u0abe-\u0acc"
)
_BELOW = "\u0941-\u0944\u09c1-\u09c4\u0a41\u0a42\u0ac1-\u0ac4"
_MARK_TWICE = re.compile(rf"([{_DEPENDENT}]+)\1+")
_SYLLABLE_TWICE = re.compile(rf"([\u0900-\u0aff][{_BELOW}][{_DEPENDENT}]*)\1+")
_OPEN_TWICE = re.compile(rf"([\u0900-\u0aff][{_BELOW}])(?=\1[{_DEPENDENT}])")
# And of pointed Arabic the letter with its point on either side: the mark, the letter, the mark again, the letter.
_POINTED_TWICE = re.compile("([\u064b-\u0652])([\u0621-\u064a])\\1+\\2")


def mended(word: str) -> str:
    """The word without what a font repeated of it."""
    if word[:1] < "\u0600" and word[-1:] < "\u0600":
        return word
    word = _POINTED_TWICE.sub(r"\2", word)
    word = _MARK_TWICE.sub(r"\1", word)
    return _SYLLABLE_TWICE.sub(r"\1", _OPEN_TWICE.sub("", word))


@lru_cache(4096)
def bare(letter: str) -> str:
    """A small letter without its accents or points; "" for those themselves. Vowel signs stay: they are no accents."""
    if letter in _LETTERS:
        return _LETTERS[letter]
    apart = unicodedata.normalize("NFD", letter)
    return "".join(_LETTERS.get(part, part) for part in apart if not _is_accent(part))


def _is_accent(mark: str) -> bool:
    code = ord(mark)
    return mark == _TATWEEL or mark in _NUKTAS or any(first <= code <= last for first, last in _ACCENTS)


# A vowel sign that stands before its letter is drawn out of order, and some papers part the word behind it.
_BEFORE = "[\u093f\u09bf\u0a3f\u0abf]"
_PARTED = re.compile(rf"(?<={_BEFORE})(?=[^\W\d_])")


def parted(word: str) -> list[tuple[str, ...]]:
    """Other ways a paper may hold a word: parted behind such a sign, at each place alone."""
    return [(word[: at.start()], word[at.start() :]) for at in _PARTED.finditer(word)]
