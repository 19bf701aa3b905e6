"""One spelling for the same words: what papers print and what members type are brought to it before they meet."""

import re
import unicodedata
from functools import lru_cache

SOFT_HYPHEN = "\u00ad"
_HYPHENS = dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d", "-")
_QUOTES = {"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"'}
_KINDS = _HYPHENS | _QUOTES
_KIND = re.compile(f"[{''.join(_KINDS)}]")  # a tenth of the time of str.translate, which looks up every letter
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f]")
# The hyphen first and only then what stands before it: looking back from every letter takes longer than all the rest.
_BROKEN = re.compile(r"[-\u00ad](?<=[^\W\d_].)[ \t]*\n[ \t]*(?=[a-z\u00df-\u00ff])")
_FIRST_ACCENT, _LAST_ACCENT = "\u0300", "\u036f"
_TOKEN = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """Ligatures opened, full-width letters narrowed, one kind of hyphen and quote, nothing unseen. Line ends stay."""
    return _UNSEEN.sub("", _one_kind(text))


def normal(text: str) -> str:
    """A page's text for the index: `plain`, words broken at line ends joined, runs of blanks made one."""
    lines = _one_kind(text).replace("\r\n", "\n").replace("\r", "\n")
    return " ".join(_UNSEEN.sub("", _BROKEN.sub("", lines)).split())


def _one_kind(text: str) -> str:
    if text.isascii():
        return text
    return _KIND.sub(lambda found: _KINDS[found[0]], unicodedata.normalize("NFKC", text))


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
