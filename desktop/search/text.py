"""One spelling for the same words: what papers print and what members type are brought to it before they meet."""

import re
import unicodedata
from functools import lru_cache

SOFT_HYPHEN = "\u00ad"
_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d", "-"))
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"'})
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f]")
_BROKEN = re.compile(r"(?<=[^\W\d_])(?:-|\u00ad)[ \t]*\n[ \t]*(?=[a-z\u00df-\u00ff])")
_FIRST_ACCENT, _LAST_ACCENT = "\u0300", "\u036f"
_TOKEN = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """Ligatures opened, full-width letters narrowed, one kind of hyphen and quote, nothing unseen. Line ends stay."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text).translate(_HYPHENS).translate(_QUOTES))


def normal(text: str) -> str:
    """A page's text for the index: `plain`, words broken at line ends joined, runs of blanks made one."""
    lines = unicodedata.normalize("NFKC", text).translate(_HYPHENS).replace("\r\n", "\n").replace("\r", "\n")
    return " ".join(plain(_BROKEN.sub("", lines)).split())


def folded(text: str) -> str:
    """For comparing: `plain`, in small letters, without accents where the index drops them (over European letters)."""
    small = plain(text).lower()
    return small if small.isascii() else "".join(_bare(letter) for letter in small)


@lru_cache(4096)
def _bare(letter: str) -> str:
    apart = unicodedata.normalize("NFD", letter)
    if _FIRST_ACCENT <= letter <= _LAST_ACCENT:
        return ""
    return apart[0] if all(_FIRST_ACCENT <= mark <= _LAST_ACCENT for mark in apart[1:]) else letter


def tokens(text: str) -> list[str]:
    """The folded words and numbers in text, as the index cuts them."""
    return _TOKEN.findall(folded(text))
