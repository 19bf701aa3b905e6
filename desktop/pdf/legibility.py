"""Whether a page's print can be had as words at all. Runs in the worker process only."""

import re
from collections.abc import Sequence
from typing import Any

from desktop.pdf.engine import mupdf
from desktop.pdf.protocol import Legible
from desktop.pdf.words import Laid

_FEW = 40  # letters: so many are stamped on a scan at most, as "Page 47 of 203"
_PICTURE = 0.3  # of the page
_STRANGE = 0.05  # of the letters
# Glyphs of which the file does not tell what letters they are: replaced, in private use, or control codes.
_STRANGE_ONES = re.compile("[\ufffd\ue000-\uf8ff\x00-\x1f\x7f-\x9f\U000f0000-\U0010ffff]")


def legible(page: Any, words: Sequence[Laid]) -> Legible:
    """A page with nothing on it is legible: there is nothing to miss."""
    letters = "".join(word[4] for word in words)
    if len(_STRANGE_ONES.findall(letters)) > _STRANGE * len(letters):
        return Legible.UNRELIABLE
    if len(letters) > _FEW:
        return Legible.GOOD
    seen = _share_of_pictures(page) >= _PICTURE if letters else _has_print(page)
    return Legible.NONE if seen else Legible.GOOD


def _share_of_pictures(page: Any) -> float:
    bound, area = mupdf.fz_bound_page(page), 0.0
    found = mupdf.FzStextPage(bound)
    _run(page, mupdf.fz_new_stext_device(found, mupdf.FzStextOptions(mupdf.FZ_STEXT_PRESERVE_IMAGES)))
    for block in found:
        if block.m_internal.type == mupdf.FZ_STEXT_BLOCK_IMAGE:
            box = block.m_internal.bbox
            area += max(0.0, box.x1 - box.x0) * max(0.0, box.y1 - box.y0)
    return area / float(max(1.0, (bound.x1 - bound.x0) * (bound.y1 - bound.y0)))


def _has_print(page: Any) -> bool:
    box = mupdf.FzRect(mupdf.FzRect.Fixed_EMPTY)
    _run(page, mupdf.fz_new_bbox_device(box))
    return not mupdf.fz_is_empty_rect(box)


def _run(page: Any, device: Any) -> None:
    mupdf.fz_run_page(page, device, mupdf.FzMatrix(), mupdf.FzCookie())
    mupdf.fz_close_device(device)
