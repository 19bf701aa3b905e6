"""What is drawn round the cells of a page's tables, as boxes. Packed for the way out of the worker."""

import math
import struct
from array import array
from collections.abc import Iterable, Sequence

from desktop.pdf.words import Laid

Rule = tuple[float, float, float, float]  # x0, y0, x1, y1 in page points; a rule is a thin box

MOST = 4_000  # of one page; what draws more is a picture
_RULE = struct.Struct("<4f")
_GAP, _STEP = 9.0, 2.0  # points between two cells of one line of the file, and between words of two of its lines
_JUMPS = 2  # to the right on one height, within a page: fewer are no table


def lay(rules: Iterable[Rule]) -> bytes:
    """Lay them side by side."""
    return b"".join(_RULE.pack(*rule) for rule in rules)


def read(laid: bytes) -> tuple[Rule, ...]:
    """The rules again. Raises ValueError where these are none: a worker taken over by a PDF may say anything."""
    if len(laid) % _RULE.size or len(laid) > MOST * _RULE.size:
        raise ValueError("no whole rules")
    if not math.isfinite(sum(array("f", laid))):
        raise ValueError("a rule is nowhere")
    return tuple(_RULE.iter_unpack(laid))


def is_in_columns(words: Sequence[Laid]) -> bool:
    """Whether a page may hold a table: words stand side by side, further apart than in a sentence.

    A cheap look at words in the order of the file, before anything is drawn a second time.
    """
    jumps, last_block, last_line = 0, 0, 0
    right, bottom = math.inf, 0.0
    for x0, y0, x1, y1, _, block, line, *_ in words:
        if x0 > right + _STEP and y0 < bottom and (line != last_line or block != last_block or x0 > right + _GAP):
            jumps += 1
            if jumps == _JUMPS:
                return True
        right, bottom, last_block, last_line = x1, y1, block, line
    return False
