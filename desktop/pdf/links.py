"""The links of a page: where each lies and where it leads. Nothing of what they ask is done. Worker process only."""

import math
from collections.abc import Iterator
from typing import Any

from desktop.pdf.engine import mupdf
from desktop.pdf.inert import ACTIONS
from desktop.pdf.protocol import MOST_ADDRESS, MOST_LINKS, WEB, Inert

_LARGEST = 1_000_000.0  # points

Found = tuple[float, float, float, float, int, float | None, str, str]


def on_page(document: Any, page: Any, place: Any, pages: int) -> list[Found]:
    """(x0, y0, x1, y1, page led to, points down it, address, Inert in words) of each link, from the top.

    page: loaded; place: the same page as an object of the file. The page led to is -1 where it is none of this file;
    points down it are None where the link leads to the page as a whole.
    """
    found = [*_loaded(document, page, pages), *_inert(place)]
    return sorted((link for link in found if _is_sane(link)), key=lambda link: (link[1], link[0]))[:MOST_LINKS]


def _loaded(document: Any, page: Any, pages: int) -> Iterator[Found]:
    """What leads to a place in the file or to the web."""
    link = mupdf.fz_load_links(page)
    for _ in range(MOST_LINKS):
        if not link.m_internal:
            return
        rect, address = link.rect(), str(link.uri() or "")
        box = (rect.x0, rect.y0, rect.x1, rect.y1)
        if address.startswith("#"):
            number, y = _place(document, address, pages)
            if number >= 0:
                yield (*box, number, y, "", "")
        elif address.casefold().startswith(WEB):
            yield (*box, -1, None, address[:MOST_ADDRESS], "")
        link = link.next()


def _place(document: Any, address: str, pages: int) -> tuple[int, float | None]:
    try:
        location, _x, down = mupdf.fz_resolve_link(document, address)
        number = int(mupdf.fz_page_number_from_location(document, location))
    except mupdf.FzErrorBase:
        return -1, None  # it leads nowhere; the other links of the page still do
    y = float(down)
    known = math.isfinite(y) and 0 < y < _LARGEST
    return (number if number < pages else -1), (y if known else None)


def _inert(page: Any) -> Iterator[Found]:
    """What would do something besides leading to a place; it is only named."""
    box, matrix = mupdf.FzRect(), mupdf.FzMatrix()
    mupdf.pdf_page_obj_transform(page, box, matrix)
    annotations = mupdf.pdf_dict_gets(page, "Annots")
    for place in range(min(mupdf.pdf_array_len(annotations), MOST_LINKS)):
        annotation = mupdf.pdf_array_get(annotations, place)
        if str(mupdf.pdf_to_name(mupdf.pdf_dict_gets(annotation, "Subtype"))) == "Link":
            action = mupdf.pdf_dict_gets(annotation, "A")
            word = ACTIONS.get(str(mupdf.pdf_to_name(mupdf.pdf_dict_gets(action, "S"))))
            if word is Inert.WEB:
                address = str(mupdf.pdf_to_text_string(mupdf.pdf_dict_gets(action, "URI")) or "")
                word = None if address.casefold().startswith(WEB) else Inert.OTHER
            if word is not None:
                rect = mupdf.fz_transform_rect(mupdf.pdf_to_rect(mupdf.pdf_dict_gets(annotation, "Rect")), matrix)
                yield (rect.x0, rect.y0, rect.x1, rect.y1, -1, None, "", word.value)


def _is_sane(link: Found) -> bool:
    x0, y0, x1, y1 = link[:4]
    return all(math.isfinite(side) and abs(side) < _LARGEST for side in link[:4]) and x1 > x0 and y1 > y0
