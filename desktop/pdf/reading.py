"""A page's words, how its lines are set, the rules drawn on it, and its text. Runs in the worker process only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from desktop.pdf import rules, styles
from desktop.pdf.engine import extra, mupdf
from desktop.pdf.legibility import legible
from desktop.pdf.protocol import Legible
from desktop.pdf.words import Laid, lay

# Ligatures are taken apart and unknown glyphs stay unknown (not numbers of a font): both would spoil searching.
_FLAGS = mupdf.FZ_STEXT_PRESERVE_WHITESPACE | mupdf.FZ_STEXT_MEDIABOX_CLIP
_MOST_WORDS = 50_000
_HYPHENS = ("-", "\u2010", "\u00ad")
_LINE = itemgetter(5, 6)


@dataclass(frozen=True)
class Read:
    """A page. words, lines, rules: laid by `desktop.pdf.words`, `styles` and `rules`. text: in reading order, as UTF-8.

    Boxes are in points of the page as shown: rotation applied.
    """

    words: bytes
    lines: bytes
    rules: bytes
    text: bytes
    legible: Legible


def read_page(page: Any, layout: bool) -> Read:
    """A page as it is printed; without the layout, lines and rules are empty."""
    found = _found_on(page, _FLAGS)
    words = extra.extractWORDS(found, None)[:_MOST_WORDS]
    if any("\x00" in word[4] for word in words):
        words = [(*word[:4], word[4].replace("\x00", ""), *word[5:]) for word in words]
    text = reading_text(words).encode("utf-8", "replace")
    lines = styles.lay(islice(_lines(found), styles.MOST)) if layout else b""
    drawn = _rules_on(page, words) if layout else b""
    return Read(lay(words), lines, drawn, text, legible(page, words))


def _rules_on(page: Any, words: Sequence[Laid]) -> bytes:
    """What is drawn on a page that may hold a table. A second run: drawings found in the first would part its lines."""
    if not rules.is_in_columns(words):
        return b""
    found = _found_on(page, _FLAGS | mupdf.FZ_STEXT_COLLECT_VECTORS)
    boxes = (block.bbox for block in _chain(found.m_internal.first_block) if block.type == mupdf.FZ_STEXT_BLOCK_VECTOR)
    drawn = [(box.x0, box.y0, box.x1, box.y1) for box in islice(boxes, rules.MOST + 1)]
    return rules.lay(drawn) if len(drawn) <= rules.MOST else b""


def _found_on(page: Any, flags: int) -> Any:
    # Not Page.get_text: that turns the page back upright first, which changes the document and loses the rotation.
    found = mupdf.FzStextPage(mupdf.fz_bound_page(page))
    device = mupdf.fz_new_stext_device(found, mupdf.FzStextOptions(flags))
    mupdf.fz_run_page(page, device, mupdf.FzMatrix(), mupdf.FzCookie())
    mupdf.fz_close_device(device)
    return found


def _lines(found: Any) -> Iterator[tuple[int, int, float, bool]]:
    """Numbered as the words' blocks and lines are."""
    for block_number, block in enumerate(_chain(found.m_internal.first_block)):
        if block.type != mupdf.FZ_STEXT_BLOCK_TEXT:
            continue
        for line_number, line in enumerate(_chain(mupdf.FzStextBlock(block).begin().m_internal)):
            if first := line.first_char:
                bold = mupdf.ll_fz_font_is_bold(first.font) and mupdf.ll_fz_font_is_bold(line.last_char.font)
                yield block_number, line_number, first.size, bool(bold)


def _chain(link: Any) -> Iterator[Any]:
    """As MuPDF holds it: the binding's own iterators make three objects of each."""
    while link:
        yield link
        link = link.next


def reading_text(words: Sequence[Laid]) -> str:
    """The words as text: lines on lines, blocks apart; a word broken at a line's end is made whole again."""
    parts: list[str] = []
    last_block, last_word = -1, ""
    for (block, _), run in groupby(words, _LINE):
        line = [word[4] for word in run]
        if block != last_block:
            parts.append("\n\n" if parts else "")
        elif _broken(last_word, line[0]):
            parts[-1] = parts[-1][:-1]
        else:
            parts.append("\n")
        parts.append(" ".join(line))
        last_block, last_word = block, line[-1]
    return "".join(parts)


def _broken(before: str, after: str) -> bool:
    if len(before) < 3 or not before.endswith(_HYPHENS) or not before[-2].isalpha():
        return False
    if before[-1] == "-":  # may be meant: only small letters on both sides tell
        return before[-2].islower() and after[:1].islower()
    return after[:1].isalpha()
