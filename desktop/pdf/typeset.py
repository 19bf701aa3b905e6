"""HTML set on A4 pages, as a PDF. Runs in the worker process only; it can reach no picture or file outside the HTML."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from desktop.pdf.engine import mupdf, pymupdf
from desktop.pdf.frames import Refused

_PAGE = pymupdf.Rect(0, 0, 595.28, 841.89)
_MARGIN = 56.7  # 20 mm
_MOST_PAGES = 2_000
_TO = "to:"
_FOOT = "<p style='text-align:center;font-family:sans-serif;font-size:8.5pt'>%s</p>"


def typeset(html: str, css: str, footer: str) -> bytes:
    """The PDF's bytes. footer: words at each page's foot, {page} its number and {pages} their count; "" for none."""
    if not footer:
        return _set(html, css, None)
    # The count is known once everything is placed, so a footer that names it takes a second run.
    pages = _count(html, css) if "{pages}" in footer else 0
    return _set(html, css, lambda page: footer.replace("{page}", str(page)).replace("{pages}", str(pages)))


@dataclass(frozen=True)
class Led:
    """Words that lead somewhere: on a page, from 0, in a box, and the key of where to."""

    page: int
    box: tuple[float, float, float, float]
    key: str


def typeset_leading(html: str, css: str) -> tuple[bytes, list[Led]]:
    """HTML whose links are `href="to:KEY"`: the PDF's bytes without them, and where they stand."""
    led: list[Led] = []
    return _set(html, css, None, led), led


def _frame() -> Any:
    return pymupdf.Rect(_MARGIN, _MARGIN, _PAGE.x1 - _MARGIN, _PAGE.y1 - _MARGIN)


def _count(html: str, css: str) -> int:
    story = pymupdf.Story(html, user_css=css)
    for page in range(1, _MOST_PAGES + 1):
        more, _ = story.place(_frame())
        story.draw(None)
        if not more:
            return page
    raise Refused("memory")


def _set(html: str, css: str, foot: Callable[[int], str] | None, led: list[Led] | None = None) -> bytes:
    story = pymupdf.Story(html, user_css=css)
    out = io.BytesIO()
    writer = pymupdf.DocumentWriter(out)
    more, page = 1, 0
    while more:
        page += 1
        if page > _MOST_PAGES:
            raise Refused("memory")
        device = writer.begin_page(_PAGE)
        more, _ = story.place(_frame())
        if led is not None:
            story.element_positions(_collector(led, page - 1))
        story.draw(device)
        if foot is not None:
            _foot(device, foot(page))
        writer.end_page()
    writer.close()
    return _with_small_fonts(out.getvalue())


def _collector(led: list[Led], page: int) -> Callable[[Any], None]:
    def collect(place: Any) -> None:
        if place.open_close & 1 and str(place.href or "").startswith(_TO):
            box = place.rect
            led.append(Led(page, (box[0], box[1], box[2], box[3]), place.href.removeprefix(_TO)))

    return collect


def _foot(device: Any, words: str) -> None:
    escaped = words.replace("&", "&amp;").replace("<", "&lt;")
    story = pymupdf.Story(_FOOT % escaped)
    story.place(pymupdf.Rect(_MARGIN, _PAGE.y1 - 42, _PAGE.x1 - _MARGIN, _PAGE.y1 - 14))
    story.draw(device)


def _with_small_fonts(data: bytes) -> bytes:
    """The same PDF with fonts cut to the letters used, and compressed."""
    document = pymupdf.Document(stream=data, filetype="pdf")
    try:
        document.subset_fonts(fallback=False)
        return bytes(document.tobytes(garbage=3, deflate=True))
    except mupdf.FzErrorBase:
        return data  # a font that cannot be cut stays whole
    finally:
        document.close()
