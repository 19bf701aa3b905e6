"""Words put onto pages of a PDF: the number at the foot, and a watermark across. Runs in the worker process only."""

import math
from collections.abc import Sequence
from typing import Any

from desktop.pdf.engine import mupdf, pymupdf

_NAME = "DespatchStamp"
_FAINT = "DespatchFaint"
_SIZE, _EDGE, _GROUND = 9.0, 14.0, 3.0  # points
_MARK_SIZE, _MARK_LEAST = 30.0, 12.0
_NARROWEST = 72.0


class Stamper:
    """Stamps pages of one file with one font, which is put into it once."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        self._font = pymupdf.Font("helv")
        self._object: Any = None
        self._faint: Any = None

    def stamp(self, page: Any, words: str, watermark: str = "") -> None:
        """words: at the foot, cut where they are too long for the page. Both are marked as no part of the text."""
        if not words and not watermark:
            return
        box, matrix = mupdf.FzRect(), mupdf.FzMatrix()
        mupdf.pdf_page_obj_transform(page, box, matrix)
        shown = mupdf.fz_transform_rect(box, matrix)
        back = mupdf.fz_invert_matrix(matrix)
        parts = []
        if words:
            parts.append(self._foot(shown, back, words))
        if watermark:
            parts.append(self._across(shown, back, watermark))
        self._use(page, bool(watermark))
        self._append(page, b"".join(parts))

    def _foot(self, shown: Any, back: Any, words: str) -> bytes:
        room = max(shown.x1 - shown.x0 - 2 * _EDGE, _NARROWEST)
        size = min(_SIZE, _SIZE * room / _NARROWEST)
        words = self._cut(words, size, room)
        wide = self._width(words, size)
        x, y = shown.x1 - _EDGE - wide, shown.y1 - _EDGE
        ground = f"1 1 1 rg {x - _GROUND:.2f} {y + _GROUND:.2f} {wide + 2 * _GROUND:.2f} {-(size + _GROUND):.2f} re f\n"
        return self._drawn(back, ground + "0 0 0 rg\n" + self._text(words, size, (1, 0, 0, -1, x, y)))

    def _across(self, shown: Any, back: Any, words: str) -> bytes:
        """From the lower left to the upper right, faint enough to read through."""
        across, down = shown.x1 - shown.x0, shown.y1 - shown.y0
        length = math.hypot(across, down) * 0.8
        size = max(_MARK_LEAST, min(_MARK_SIZE, _MARK_SIZE * length / max(self._width(words, _MARK_SIZE), 1)))
        wide = self._width(words, size)
        along, up = across / math.hypot(across, down), down / math.hypot(across, down)
        x = (shown.x0 + shown.x1) / 2 - along * wide / 2
        y = (shown.y0 + shown.y1) / 2 + up * wide / 2
        place = (along, -up, -up, -along, x, y)
        return self._drawn(back, f"/{_FAINT} gs 0.35 0.35 0.35 rg\n" + self._text(words, size, place))

    def _drawn(self, back: Any, drawing: str) -> bytes:
        turn = f"{back.a:.5f} {back.b:.5f} {back.c:.5f} {back.d:.5f} {back.e:.3f} {back.f:.3f} cm\n"
        return f"/Artifact BMC\nq\n{turn}{drawing}Q\nEMC\n".encode()

    def _text(self, words: str, size: float, place: tuple[float, ...]) -> str:
        glyphs = "".join(f"{self._font.has_glyph(ord(sign)):04x}" for sign in words)
        where = " ".join(f"{side:.4f}" for side in place)
        return f"BT /{_NAME} {size:.2f} Tf {where} Tm <{glyphs}> Tj ET\n"

    def _width(self, words: str, size: float) -> float:
        return float(sum(self._font.glyph_advance(ord(sign)) for sign in words) * size)

    def _cut(self, words: str, size: float, room: float) -> str:
        if self._width(words, size) <= room:
            return words
        while words and self._width(words + "…", size) > room:
            words = words[:-1]
        return words.rstrip() + "…"

    def _use(self, page: Any, faint: bool) -> None:
        if self._object is None:
            self._object = mupdf.pdf_add_cid_font(self._pdf, self._font.this)
        inherited = mupdf.pdf_dict_get_inheritable(page, mupdf.pdf_new_name("Resources"))
        if mupdf.pdf_is_dict(inherited) and not mupdf.pdf_is_dict(mupdf.pdf_dict_gets(page, "Resources")):
            mupdf.pdf_dict_puts(page, "Resources", inherited)
        resources = _own(self._pdf, page, "Resources")
        mupdf.pdf_dict_puts(_own(self._pdf, resources, "Font"), _NAME, self._object)
        if faint:
            if self._faint is None:
                self._faint = mupdf.pdf_add_new_dict(self._pdf, 2)
                mupdf.pdf_dict_puts(self._faint, "ca", mupdf.pdf_new_real(0.28))
            mupdf.pdf_dict_puts(_own(self._pdf, resources, "ExtGState"), _FAINT, self._faint)

    def _append(self, page: Any, drawing: bytes) -> None:
        """Behind what is there, which is shut in so that it leaves nothing turned or clipped."""
        resources, contents = mupdf.pdf_dict_gets(page, "Resources"), mupdf.pdf_dict_gets(page, "Contents")
        before, after = _unbalanced(self._pdf, resources, contents)
        shut_in(self._pdf, page, b"q\n" * (before + 1), b"\n" + b"Q\n" * (after + 1) + drawing)


def shut_in(pdf: Any, page: Any, first: bytes, last: bytes) -> None:
    """Put these before and behind what a page draws."""
    contents = mupdf.pdf_dict_gets(page, "Contents")
    held = [mupdf.pdf_array_get(contents, place) for place in range(mupdf.pdf_array_len(contents))]
    parts = mupdf.pdf_new_array(pdf, len(held) + 3)
    drawn = held if mupdf.pdf_is_array(contents) else [contents]
    for part in (add_stream(pdf, first), *drawn, add_stream(pdf, last)):
        if mupdf.pdf_is_stream(part):
            mupdf.pdf_array_push(parts, part)
    mupdf.pdf_dict_puts(page, "Contents", parts)


def add_stream(pdf: Any, data: bytes, facts: Sequence[tuple[str, Any]] = ()) -> Any:
    """A stream added to a file, with these entries."""
    entries = mupdf.pdf_new_dict(pdf, 4)
    for name, value in facts:
        mupdf.pdf_dict_puts(entries, name, value)
    buffer = mupdf.fz_new_buffer_from_copied_data(data)
    return mupdf.pdf_add_stream(pdf, buffer, entries, 0)


def _unbalanced(pdf: Any, resources: Any, contents: Any) -> tuple[int, int]:
    """How many q are missing before, and how many Q behind, for the page's drawing to leave things as they were."""
    counted = mupdf.pdf_count_q_balance_outparams_fn(pdf, resources, contents)
    return min(int(counted[0]), 100), min(int(counted[1]), 100)


def _own(pdf: Any, owner: Any, name: str) -> Any:
    """A dictionary of a dictionary, made where it is missing."""
    found = mupdf.pdf_dict_gets(owner, name)
    if mupdf.pdf_is_dict(found):
        return found
    made = mupdf.pdf_new_dict(pdf, 4)
    mupdf.pdf_dict_puts(owner, name, made)
    return mupdf.pdf_dict_gets(owner, name)
