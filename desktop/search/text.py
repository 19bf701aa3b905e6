"""One spelling for the same words: what papers print and what members type are brought to it before they meet."""

import re
import unicodedata
from functools import lru_cache

from desktop.search.scripts import MARKS, bare, mended

_HYPHENS = dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d", "-")
_QUOTES = {"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"'}
_KINDS = _HYPHENS | _QUOTES
_KIND = re.compile(f"[{''.join(_KINDS)}]")  # a tenth of the time of str.translate, which looks up every letter
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f]")
# The hyphen first and only then what stands before it: looking back from every letter takes longer than all the rest.
_BROKEN = re.compile(r"[-\u00ad](?<=[^\W\d_].)[ \t]*\n[ \t]*(?=[a-z\u00df-\u00ff])")
_TOKEN = re.compile(r"[^\W_]+")
_ANY_TOKEN = re.compile(rf"(?:(?!_)[\w{MARKS}])+")


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
    """For comparing: `plain`, in small letters, without the accents and points that members leave out. Blanks and
    line ends stay where they are, so that words can be counted in it."""
    small = plain(text).lower()
    return small if small.isascii() else _folded_letters(small)


def tokens(text: str) -> list[str]:
    """The folded words and numbers in text: what the index holds."""
    small = folded(text)
    return (_TOKEN if small.isascii() else _ANY_TOKEN).findall(small)


def keys(text: str) -> str | None:
    """What the index is to hold of a page's `normal` text where it is not the text itself; None where it is.

    The index cuts plain English by itself, and so that text need not be kept twice.
    """
    beyond = [letter for letter in set(text) if not letter.isascii()]
    if not any(letter.isalnum() or unicodedata.category(letter)[0] == "M" for letter in beyond):
        return None
    return " ".join(tokens(text))


def _folded_letters(small: str) -> str:
    return "".join(_bare_run(run) for run in re.split(r"(\s+)", small))


@lru_cache(8192)
def _bare_run(run: str) -> str:
    return run if run.isascii() else "".join(bare(letter) for letter in mended(run))
