"""Reading the annotations of a page, and writing them into a copy. Runs in the worker process only.

They are read from the page's own dictionaries: nothing is drawn, mended or run for it.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Any

from desktop.pdf.annotations import DRAWN, KINDS, MOST_ON_PAGE, MOST_POINTS, MOST_WORDS, PASSAGES, Box, PdfMark, Point
from desktop.pdf.engine import mupdf
from desktop.pdf.frames import MOST_BODY, Refused
from desktop.pdf.stamping import Stamper

_HIDDEN = 2  # a flag of annotations: neither shown nor printed
_ICON = 20.0  # points: side of a note's sign
_MAKE = {kind: f"PDF_ANNOT_{name}" for kind, name in {
    "Highlight": "HIGHLIGHT", "Underline": "UNDERLINE", "StrikeOut": "STRIKE_OUT", "Squiggly": "SQUIGGLY",
    "Text": "TEXT", "FreeText": "FREE_TEXT", "Ink": "INK", "Square": "SQUARE", "Circle": "CIRCLE", "Line": "LINE",
}.items()}  # fmt: skip


def read_marks(pdf: Any, number: int) -> list[PdfMark]:
    """The marks of a page, in the file's order; what a broken one does not say is left out with it."""
    page = mupdf.pdf_lookup_page_obj(pdf, number)
    box, matrix = mupdf.FzRect(), mupdf.FzMatrix()
    mupdf.pdf_page_obj_transform(page, box, matrix)
    listed = mupdf.pdf_dict_gets(page, "Annots")
    marks = []
    for place in range(min(mupdf.pdf_array_len(listed), MOST_ON_PAGE)):
        try:
            mark = _read(mupdf.pdf_array_get(listed, place), number, matrix)
        except mupdf.FzErrorBase:
            continue  # the others are not broken
        if mark is not None:
            marks.append(mark)
    return marks


def annotated(data: memoryview, marks: Sequence[PdfMark], watermark: str = "") -> bytes:
    """A copy of the PDF with these marks beside those it has. Kinds not of ours to write are a bug."""
    stream = mupdf.fz_open_memory(mupdf.python_buffer_data(data), len(data))
    pdf = mupdf.pdf_open_document_with_stream(stream)
    pages = {mark.page for mark in marks}
    for number in sorted(pages):
        if not 0 <= number < mupdf.pdf_count_pages(pdf):
            raise Refused("page")
        page = mupdf.pdf_load_page(pdf, number)
        for mark in marks:
            if mark.page == number:
                _write(pdf, page, mark)
    if watermark:
        stamper = Stamper(pdf)
        for number in range(mupdf.pdf_count_pages(pdf)):
            stamper.stamp(mupdf.pdf_lookup_page_obj(pdf, number), "", watermark)
    buffer = mupdf.fz_new_buffer(len(data) + (1 << 16))
    out = mupdf.FzOutput(buffer)
    mupdf.pdf_write_document(pdf, out, mupdf.PdfWriteOptions())
    mupdf.fz_close_output(out)
    made = bytes(mupdf.fz_buffer_extract_copy(buffer))
    if len(made) > MOST_BODY:
        raise Refused("memory")
    return made


def _read(entry: Any, number: int, matrix: Any) -> PdfMark | None:
    kind = str(mupdf.pdf_to_name(mupdf.pdf_dict_gets(entry, "Subtype")))
    if kind not in KINDS or mupdf.pdf_to_int(mupdf.pdf_dict_gets(entry, "F")) & _HIDDEN:
        return None
    points = _points(_within(_numbers(entry, "Rect"), _numbers(entry, "RD")), matrix)
    if len(points) != 2:
        return None
    ends = mupdf.pdf_dict_gets(entry, "LE")
    ending = str(mupdf.pdf_to_name(mupdf.pdf_array_get(ends, 1))) if mupdf.pdf_is_array(ends) else ""
    return PdfMark(
        kind,
        number,
        _around(points),
        tuple(_quads(entry, matrix)) if kind in PASSAGES else (),
        tuple(_strokes(entry, kind, matrix)) if kind in DRAWN else (),
        kind == "Line" and ending.endswith("Arrow"),
        _width(entry),
        _colour(entry),
        _words(entry, "T", 200),
        _words(entry, "Subj", 200),
        _words(entry, "Contents", MOST_WORDS),
        _words(entry, "NM", 200),
        _words(entry, "CreationDate", 40),
        _words(entry, "M", 40),
    )


def _quads(entry: Any, matrix: Any) -> Iterator[Box]:
    corners = _points(_numbers(entry, "QuadPoints"), matrix)
    for place in range(0, len(corners) - 3, 4):
        yield _around(corners[place : place + 4])


def _strokes(entry: Any, kind: str, matrix: Any) -> Iterator[tuple[Point, ...]]:
    if kind == "Ink":
        listed, left = mupdf.pdf_dict_gets(entry, "InkList"), MOST_POINTS
        for place in range(min(mupdf.pdf_array_len(listed), MOST_POINTS)):
            stroke = _points(_of_array(mupdf.pdf_array_get(listed, place)), matrix)[:left]
            left -= len(stroke)
            if stroke:
                yield tuple(stroke)
        return
    points = _points(_numbers(entry, "L" if kind == "Line" else "Vertices"), matrix)
    if points:
        yield tuple(points[:MOST_POINTS]) + ((points[0],) if kind == "Polygon" else ())


def _numbers(entry: Any, name: str) -> list[float]:
    return _of_array(mupdf.pdf_dict_gets(entry, name))


def _of_array(array: Any) -> list[float]:
    count = min(mupdf.pdf_array_len(array), 2 * MOST_POINTS) if mupdf.pdf_is_array(array) else 0
    numbers = [float(mupdf.pdf_to_real(mupdf.pdf_array_get(array, place))) for place in range(count)]
    return numbers if all(map(math.isfinite, numbers)) else []


def _points(numbers: Sequence[float], matrix: Any) -> list[Point]:
    """As shown, for pairs as the file has them."""
    points = []
    for x, y in zip(numbers[::2], numbers[1::2], strict=False):
        shown = mupdf.fz_transform_point(mupdf.FzPoint(x, y), matrix)
        points.append((round(shown.x, 2), round(shown.y, 2)))
    return points


def _within(box: list[float], edge: list[float]) -> list[float]:
    """A frame itself, without the room that the breadth of its line takes."""
    if len(box) != 4 or len(edge) != 4:
        return box
    left, low, right, high = min(box[::2]), min(box[1::2]), max(box[::2]), max(box[1::2])
    inner = [left + edge[0], low + edge[1], right - edge[2], high - edge[3]]
    return inner if inner[0] <= inner[2] and inner[1] <= inner[3] else box


def _around(points: Sequence[Point]) -> Box:
    across, down = [x for x, _ in points], [y for _, y in points]
    return min(across), min(down), max(across), max(down)


def _width(entry: Any) -> float:
    style = mupdf.pdf_dict_gets(mupdf.pdf_dict_gets(entry, "BS"), "W")
    border = mupdf.pdf_dict_gets(entry, "Border")
    width = mupdf.pdf_to_real(style if mupdf.pdf_is_number(style) else mupdf.pdf_array_get(border, 2))
    return round(float(width), 2) if 0 < width < 100 else 1.0


def _colour(entry: Any) -> tuple[float, ...]:
    """Red, green and blue of grey and of four colours too."""
    parts = [min(1.0, max(0.0, part)) for part in _numbers(entry, "C")]
    if len(parts) == 4:
        return tuple(round((1 - part) * (1 - parts[3]), 3) for part in parts[:3])
    return tuple(round(part, 3) for part in (parts * 3 if len(parts) == 1 else parts)[:3])


def _words(entry: Any, name: str, most: int) -> str:
    value = mupdf.pdf_dict_gets(entry, name)
    words = str(mupdf.pdf_to_text_string(value) or "") if mupdf.pdf_is_string(value) else ""
    return words.replace("\r\n", "\n").replace("\r", "\n")[:most]


def _write(pdf: Any, page: Any, mark: PdfMark) -> None:
    made = mupdf.pdf_create_annot(page, getattr(mupdf, _MAKE[mark.kind]))
    entry = mupdf.pdf_annot_obj(made)
    _place(made, mark)
    mupdf.pdf_set_annot_flags(made, mupdf.PDF_ANNOT_IS_PRINT)
    mupdf.pdf_set_annot_contents(made, mark.words)
    colour = mupdf.pdf_new_array(pdf, 3)
    for part in mark.colour:
        mupdf.pdf_array_push_real(colour, part)
    # What is typed on the page has a ground of its colour: its letters are black.
    mupdf.pdf_dict_puts(entry, "C", colour)
    if mark.kind == "FreeText":
        mupdf.pdf_dict_puts(entry, "DA", mupdf.pdf_new_text_string("/Helv 11 Tf 0 g"))
    told = {"T": mark.author, "Subj": mark.subject, "NM": mark.name, "CreationDate": mark.created, "M": mark.changed}
    for name, words in told.items():
        if words:
            mupdf.pdf_dict_puts(entry, name, mupdf.pdf_new_text_string(words))
    mupdf.pdf_annot_request_synthesis(made)
    mupdf.pdf_update_annot(made)
    if mark.changed:  # drawing it made it new
        mupdf.pdf_dict_puts(entry, "M", mupdf.pdf_new_text_string(mark.changed))


def _place(made: Any, mark: PdfMark) -> None:
    x0, y0, x1, y1 = mark.box
    if mark.kind in PASSAGES:
        for quad in mark.quads:
            mupdf.pdf_add_annot_quad_point(made, mupdf.fz_quad_from_rect(mupdf.FzRect(*quad)))
    elif mark.kind == "Ink":
        mupdf.pdf_set_annot_border_width(made, mark.width)
        for stroke in mark.strokes:
            mupdf.pdf_add_annot_ink_list_stroke(made)
            for x, y in stroke:
                mupdf.pdf_add_annot_ink_list_stroke_vertex(made, mupdf.FzPoint(x, y))
    elif mark.kind == "Line":
        mupdf.pdf_set_annot_border_width(made, mark.width)
        (ax, ay), (bx, by) = mark.strokes[0][0], mark.strokes[0][-1]
        mupdf.pdf_set_annot_line(made, mupdf.FzPoint(ax, ay), mupdf.FzPoint(bx, by))
        ending = mupdf.PDF_ANNOT_LE_OPEN_ARROW if mark.arrow else mupdf.PDF_ANNOT_LE_NONE
        mupdf.pdf_set_annot_line_ending_styles(made, mupdf.PDF_ANNOT_LE_NONE, ending)
    else:
        if mark.kind in ("Square", "Circle"):
            mupdf.pdf_set_annot_border_width(made, mark.width)
        if mark.kind == "Text":
            x1, y1 = x0 + _ICON, y0 + _ICON
        mupdf.pdf_set_annot_rect(made, mupdf.FzRect(x0, y0, x1, y1))
