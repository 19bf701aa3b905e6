"""What a PDF carries besides what is seen: words that cannot be seen, comments, names. Worker process only."""

from collections.abc import Iterator
from typing import Any

from desktop.pdf.engine import mupdf, pymupdf
from desktop.pdf.inert import found as inert_found
from desktop.pdf.protocol import Inert

_DOTS = 1.25  # pixels a point: enough to tell letters from their ground
_FLAT = 24  # of 255: less contrast than this cannot be read
_MOST_SPANS, _MOST_PAGES, _MOST_FOUND, _MOST_WORDS = 4_000, 500, 40, 120
_INVISIBLE = 3  # how text is drawn that a scan was given to be searched
_LEAST = 4  # letters
_MARKUP = {"Text", "FreeText", "Highlight", "Underline", "StrikeOut", "Squiggly", "Caret", "Ink", "Stamp"}
_TOLD = ("Title", "Author", "Subject", "Keywords", "Company", "Manager", "SourceModified")


def look(data: memoryview, pages: int) -> dict[str, Any]:
    """tagged; named: what its file says of itself; comments and hidden: [page, words] each; what else it carries."""
    document = pymupdf.Document(stream=bytes(data), filetype="pdf")
    try:
        pdf = pymupdf._as_pdf_document(document)
        root = mupdf.pdf_dict_gets(mupdf.pdf_trailer(pdf), "Root")
        numbers = range(min(pages, _MOST_PAGES))
        hidden = [each for number in numbers for each in _of_page(document, number)]
        return {
            "tagged": bool(mupdf.pdf_is_dict(mupdf.pdf_dict_gets(root, "StructTreeRoot"))),
            "named": dict(_named(pdf)),
            "comments": [each for number in numbers for each in _comments(pdf, number)][:_MOST_FOUND],
            "hidden": hidden[:_MOST_FOUND],
            "carries_files": Inert.FILE.value in inert_found(pdf, pages),
            "hidden_layers": sum(not layer["on"] for layer in (document.get_ocgs() or {}).values()),
        }
    finally:
        document.close()


def _named(pdf: Any) -> Iterator[tuple[str, str]]:
    info = mupdf.pdf_dict_gets(mupdf.pdf_trailer(pdf), "Info")
    for name in _TOLD:
        value = mupdf.pdf_dict_gets(info, name)
        words = str(mupdf.pdf_to_text_string(value) or "") if mupdf.pdf_is_string(value) else ""
        if words.strip():
            yield name, " ".join(words.split())[:_MOST_WORDS]


def _comments(pdf: Any, number: int) -> Iterator[list[Any]]:
    listed = mupdf.pdf_dict_gets(mupdf.pdf_lookup_page_obj(pdf, number), "Annots")
    for place in range(min(mupdf.pdf_array_len(listed), _MOST_FOUND)):
        entry = mupdf.pdf_array_get(listed, place)
        if str(mupdf.pdf_to_name(mupdf.pdf_dict_gets(entry, "Subtype"))) in _MARKUP:
            value = mupdf.pdf_dict_gets(entry, "Contents")
            words = str(mupdf.pdf_to_text_string(value) or "") if mupdf.pdf_is_string(value) else ""
            yield [number, " ".join(words.split())[:_MOST_WORDS]]


def _of_page(document: Any, number: int) -> list[list[Any]]:
    try:
        return list(_hidden(document, number))
    except (mupdf.FzErrorBase, RuntimeError, ValueError):
        return []  # a page that cannot be drawn is told of elsewhere


def _hidden(document: Any, number: int) -> Iterator[list[Any]]:
    """Words that are on the page and do not show: in the colour of their ground, or under something."""
    page = document[number]
    if page.rotation:
        page.set_rotation(0)
    spans = [span for span in page.get_texttrace()[:_MOST_SPANS] if len(_letters(span)) >= _LEAST]
    if not spans or all(span["type"] == _INVISIBLE for span in spans):
        return  # a scan that was made searchable
    picture = page.get_pixmap(matrix=pymupdf.Matrix(_DOTS, _DOTS), colorspace=pymupdf.csGRAY, annots=False)
    samples, words = picture.samples_mv, []
    for span in spans:
        if span["type"] == _INVISIBLE or _is_flat(samples, picture, pymupdf.Rect(span["bbox"])):
            words.append(_letters(span))
    if words:
        yield [number, " ".join(" ".join(words).split())[:_MOST_WORDS]]


def _is_flat(samples: memoryview, picture: Any, box: Any) -> bool:
    area = (box * pymupdf.Matrix(_DOTS, _DOTS)).irect & picture.irect
    if area.is_empty or area.width < 3 or area.height < 3:
        return False
    low, high = 255, 0
    for row in range(area.y0 - picture.y, area.y1 - picture.y):
        start = row * picture.stride + area.x0 - picture.x
        line = bytes(samples[start : start + area.width])
        low, high = min(low, *line), max(high, *line)
        if high - low > _FLAT:
            return False
    return True


def _letters(span: Any) -> str:
    return "".join(chr(char[0]) for char in span["chars"] if char[0] > 31).strip()
