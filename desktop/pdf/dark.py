"""A drawn page made dark: paper and ink change places, hues stay, and pictures are left alone. In the worker only."""

import mmap
from collections.abc import Iterator, Sequence
from typing import Any

from desktop.pdf.engine import mupdf

Box = tuple[float, float, float, float]  # x0, y0, x1, y1

_LEAST = 16.0  # points: a smaller picture is a bullet or a rule, and is drawn like the text beside it
_WHOLE_PAGE = 0.75  # of its area: a picture larger than that may be a scan, which is paper
_SAMPLES = 24  # a side
_WHITE = 208  # of 255: as bright as paper is in a scan
_PAPER = 0.55  # of the samples must be so for a picture to be a scanned page
_MOST = 400  # pictures of a page that are looked at


def picture_boxes(page: Any) -> list[Box]:
    """Where a page has pictures, in the page's space before it is scaled."""
    found = mupdf.FzStextPage(mupdf.fz_bound_page(page))
    options = mupdf.FzStextOptions(mupdf.FZ_STEXT_PRESERVE_IMAGES | mupdf.FZ_STEXT_MEDIABOX_CLIP)
    device = mupdf.fz_new_stext_device(found, options)
    mupdf.fz_run_page(page, device, mupdf.FzMatrix(), mupdf.FzCookie())
    mupdf.fz_close_device(device)
    boxes = []
    for block in found:
        if block.m_internal.type == mupdf.FZ_STEXT_BLOCK_IMAGE:
            box = block.m_internal.bbox
            if min(box.x1 - box.x0, box.y1 - box.y0) >= _LEAST:
                boxes.append((box.x0, box.y0, box.x1, box.y1))
    return boxes[:_MOST]


def darken(pixmap: Any, pixels: "mmap.mmap", start: int, keep: Sequence[Box], tones: Sequence[int]) -> None:
    """Darken a BGRX pixmap that lies in `pixels` from start. keep: boxes of it in pixels; tones: of paper and ink."""
    width, height = mupdf.fz_pixmap_width(pixmap), mupdf.fz_pixmap_height(pixmap)
    rows = [row for box in keep if not _is_scan(pixels, start, width, height, box) for row in _rows(width, height, box)]
    saved = [(start + at, pixels[start + at : start + at + length]) for at, length in rows]
    mupdf.fz_invert_pixmap_luminance(pixmap)
    mupdf.fz_tint_pixmap(pixmap, *tones)
    for at, row in saved:
        pixels[at : at + len(row)] = row


def _rows(width: int, height: int, box: Box) -> Iterator[tuple[int, int]]:
    """(offset, length) in bytes of the part of each row that lies within the box."""
    left, right = max(0, round(box[0])), min(width, round(box[2]))
    for y in range(max(0, round(box[1])), min(height, round(box[3]))):
        if right > left:
            yield (y * width + left) * 4, (right - left) * 4


def _is_scan(pixels: "mmap.mmap", start: int, width: int, height: int, box: Box) -> bool:
    """Whether a picture is the page itself: as large, and mostly as white as paper."""
    left, top, right, bottom = max(0.0, box[0]), max(0.0, box[1]), min(width, box[2]), min(height, box[3])
    if (right - left) * (bottom - top) < _WHOLE_PAGE * width * height:
        return False
    white = 0
    for down in range(_SAMPLES):
        y = int(top + (bottom - top) * (down + 0.5) / _SAMPLES)
        for across in range(_SAMPLES):
            x = int(left + (right - left) * (across + 0.5) / _SAMPLES)
            at = start + (y * width + x) * 4
            white += min(pixels[at : at + 3]) >= _WHITE
    return white >= _PAPER * _SAMPLES * _SAMPLES
