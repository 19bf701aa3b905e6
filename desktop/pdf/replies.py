"""What a worker says, taken with suspicion: a hostile PDF may be speaking. Everything that does not fit is Nonsense."""

import json
import math
from collections.abc import Callable
from itertools import accumulate
from typing import Any

from desktop.pdf import words
from desktop.pdf.annotations import KINDS, MOST_ON_PAGE, MOST_WORDS, PdfMark
from desktop.pdf.errors import Damaged, Empty, Locked, NotUnsealed, PdfError, TooLarge
from desktop.pdf.frames import Body, Header, Nonsense
from desktop.pdf.memory import Pixels
from desktop.pdf.protocol import (
    MOST_ADDRESS,
    MOST_LINKS,
    MOST_PIXELS,
    WEB,
    Facts,
    Inert,
    Legible,
    Look,
    PageImage,
    PageLink,
    PageRequest,
    PageSize,
    PageText,
)
from desktop.pdf.waiting import Work

_MOST_PAGES, _MOST_OUTLINE, _MOST_TEXT = 20_000, 5_000, 4 << 20
_INERT = [word.value for word in Inert]
_LARGEST = 10_000_000.0  # points


_REASONS: dict[str, Callable[[str, int | None], PdfError]] = {
    "damaged": Damaged,
    "page": Damaged,
    "memory": TooLarge,
    "locked": lambda name, _page: Locked(name),
    "empty": lambda name, _page: Empty(name),
    "key": lambda name, _page: NotUnsealed(name),
}


def refusal(header: Header, name: str, page: int | None) -> Exception | None:
    """The error a worker tells of, if it does: a PdfError, or RuntimeError for a bug of ours in the worker."""
    if "bug" in header:
        return RuntimeError(f"in the PDF worker: {_text(header['bug'], 300)}")
    if "refused" not in header:
        return None
    reason = _REASONS.get(_text(header["refused"], 40))
    if reason is None:
        raise Nonsense
    return reason(name, page)


def answer(work: Work, name: str, header: Header, body: Body, pixels: Pixels) -> tuple[object, Exception | None]:
    """The result or the error of a work other than "open". Raises Nonsense, or Closed where the answer breaks off."""
    error = refusal(header, name, work.page)
    if error is not None:
        return None, error
    if work.request is not None:
        return image(work.request, header, pixels, work.slot), None
    if work.kind == "text":
        return page_text(work.page or 0, header, body), None
    if work.kind == "marks":
        return [_mark(entry, work.page or 0) for entry in _list(header.get("marks"), MOST_ON_PAGE)], None
    if work.kind == "links":
        return [_page_link(entry) for entry in _list(header.get("links"), MOST_LINKS)], None
    if work.kind == "look":
        return _look(body.read()), None
    return body.read(), None


def facts(version: str, header: Header) -> Facts:
    """Facts of a document from the answer to "open"."""
    pages = tuple(_page_size(entry) for entry in _list(header.get("pages"), _MOST_PAGES))
    inert = tuple(word for word in _list(header.get("inert"), len(_INERT)) if word in _INERT)
    outline = tuple(_outline_entry(entry, len(pages)) for entry in _list(header.get("outline"), _MOST_OUTLINE))
    if not pages:
        raise Nonsense
    return Facts(version, _text(header.get("sha256"), 64), _text(header.get("title"), 500), pages, inert, outline)


def image(request: PageRequest, header: Header, pixels: Pixels, slot: int) -> PageImage:
    """A page's pixels, copied out of the slot they were drawn in."""
    width, height = _whole(header.get("width"), MOST_PIXELS), _whole(header.get("height"), MOST_PIXELS)
    if not 0 < width * height <= MOST_PIXELS:
        raise Nonsense
    spent = _number(header.get("ms"), 1e9)
    return PageImage(request, width, height, width * 4, pixels.take(slot, width * height * 4), spent)


def page_text(page: int, header: Header, body: Body) -> PageText:
    """A page's words and text; the words are pressed here, where nobody waits for it."""
    lengths = [_whole(header.get(part), _MOST_TEXT) for part in ("words", "lines", "rules")]
    if body.left > _MOST_TEXT or sum(lengths) > body.left:
        raise Nonsense
    ends = list(accumulate(lengths))
    data = body.read()
    laid, text = data[: ends[0]], data[ends[2] :]
    try:
        words.check(laid)
        legible = Legible(_text(header.get("legible"), 20))
        lines, drawn = data[ends[0] : ends[1]], data[ends[1] : ends[2]]
        return PageText(page, words.press(laid), text.decode(), lines, legible, drawn)
    except ValueError as error:
        raise Nonsense from error


def _look(said: bytes) -> Look:
    try:
        told = json.loads(said)
        comments, hidden = ([_on_page(entry) for entry in _list(told[part], 100)] for part in ("comments", "hidden"))
        named = tuple((_text(name, 40), _text(words, 200)) for name, words in sorted(told["named"].items()))
        files, layers = told["carries_files"] is True, _whole(told["hidden_layers"], _MOST_OUTLINE)
        return Look(told["tagged"] is True, named, tuple(comments), tuple(hidden), files, layers)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise Nonsense from error


def _on_page(entry: Any) -> tuple[int, str]:
    page, words = _list(entry, 2, 2)
    return _whole(page, _MOST_PAGES), _text(words, 200)


def _page_link(entry: Any) -> PageLink:
    x0, y0, x1, y1, page, y, address, inert = _list(entry, 8, 8)
    box = (_side(x0), _side(y0), _side(x1), _side(y1))
    led = -1 if page == -1 else _whole(page, _MOST_PAGES)
    down = None if y is None else _number(y, _LARGEST)
    shown, word = _text(address, MOST_ADDRESS), _text(inert, 80)
    if (shown and not shown.casefold().startswith(WEB)) or (word and word not in _INERT):
        raise Nonsense
    return PageLink(box, led, down, shown, word)


def _mark(entry: Any, page: int) -> PdfMark:
    try:
        mark = PdfMark.of_fields(entry)
    except (TypeError, ValueError, KeyError) as error:
        raise Nonsense from error
    for told in (mark.author, mark.subject, mark.words, mark.name, mark.created, mark.changed):
        _text(told, MOST_WORDS)
    points = [side for stroke in mark.strokes for point in stroke for side in point]
    for number in (*mark.box, *(side for quad in mark.quads for side in quad), *points, mark.width, *mark.colour):
        _side(number)
    if mark.kind not in KINDS or mark.page != page or type(mark.arrow) is not bool:
        raise Nonsense
    return mark


def report(header: Header) -> dict[str, str]:
    """What the sandbox of a worker holds."""
    layers = header.get("ready")
    if not isinstance(layers, dict) or len(layers) > 20:
        raise Nonsense
    return {_text(name, 40): _text(state, 300) for name, state in layers.items()}


def _page_size(entry: Any) -> PageSize:
    width, height, label = _list(entry, 3, 3)
    size = PageSize(_number(width, _LARGEST), _number(height, _LARGEST), _text(label, 80))
    if not size.width * size.height > 0:
        raise Nonsense
    return size


def _outline_entry(entry: Any, pages: int) -> tuple[int, str, int]:
    level, title, page = _list(entry, 3, 3)
    return _whole(level, _MOST_OUTLINE), _text(title, 500), _whole(page, pages - 1)


def _list(value: Any, most: int, least: int = 0) -> list[Any]:
    if not isinstance(value, list) or not least <= len(value) <= most:
        raise Nonsense
    return value


def _text(value: Any, most: int) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise Nonsense
    return value.encode("utf-8", "replace").decode()  # a lone surrogate could not be saved or shown


def _whole(value: Any, most: int) -> int:
    if type(value) is not int or not 0 <= value <= most:
        raise Nonsense
    return value


def _side(value: Any) -> float:
    if type(value) not in (int, float) or not math.isfinite(value) or abs(value) > _LARGEST:
        raise Nonsense
    return float(value)


def _number(value: Any, most: float) -> float:
    if type(value) not in (int, float) or not math.isfinite(value) or not 0 <= value <= most:
        raise Nonsense
    return float(value)
