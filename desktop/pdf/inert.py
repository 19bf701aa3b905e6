"""What a PDF would like to do besides being read. None of it is done; the reader is told. Worker process only."""

from collections.abc import Iterator
from typing import Any

from desktop.pdf.engine import mupdf
from desktop.pdf.protocol import Inert

ACTIONS = {
    "JavaScript": Inert.SCRIPT,
    "Launch": Inert.LAUNCH,
    "URI": Inert.WEB,
    "GoToR": Inert.OTHER,
    "GoToE": Inert.OTHER,
    "SubmitForm": Inert.FORM,
    "ImportData": Inert.FORM,
    "Sound": Inert.MEDIA,
    "Movie": Inert.MEDIA,
    "Rendition": Inert.MEDIA,
    "RichMediaExecute": Inert.MEDIA,
}
_ANNOTATIONS = dict.fromkeys(("Sound", "Movie", "Screen", "RichMedia", "3D"), Inert.MEDIA)
_ANNOTATIONS["FileAttachment"] = Inert.FILE
_MOST_ANNOTATIONS = 3_000  # of a whole file, so that opening stays quick
_MOST_CHAINED = 8


def found(pdf: Any, pages: int) -> list[str]:
    """What there is of Inert, in that order. A long file's later annotations may go unread."""
    seen: set[Inert] = set()
    _gather(_of_catalogue(pdf), seen)
    left = _MOST_ANNOTATIONS
    for number in range(pages):
        left -= _gather(_of_page(pdf, number, left), seen)
    return [word.value for word in Inert if word in seen]


def _gather(parts: Iterator[Inert | None], seen: set[Inert]) -> int:
    """Returns how many annotations were looked at; each gives a None."""
    looked = 0
    try:
        for part in parts:
            if part is None:
                looked += 1
            else:
                seen.add(part)
    except mupdf.FzErrorBase:
        return looked  # a broken part cannot act either
    return looked


def _of_catalogue(pdf: Any) -> Iterator[Inert | None]:
    root = mupdf.pdf_dict_gets(mupdf.pdf_trailer(pdf), "Root")
    yield from _of_action(mupdf.pdf_dict_gets(root, "OpenAction"))
    yield from _of_triggers(root)
    names = mupdf.pdf_dict_gets(root, "Names")
    if mupdf.pdf_is_dict(mupdf.pdf_dict_gets(names, "JavaScript")):
        yield Inert.SCRIPT
    if _has(names, "EmbeddedFiles") or _has(root, "Collection") or _has(root, "AF"):
        yield Inert.FILE
    if _has(mupdf.pdf_dict_gets(root, "AcroForm"), "XFA"):
        yield Inert.XFA


def _of_page(pdf: Any, number: int, most: int) -> Iterator[Inert | None]:
    page = mupdf.pdf_lookup_page_obj(pdf, number)
    yield from _of_triggers(page)
    annotations = mupdf.pdf_dict_gets(page, "Annots")
    for place in range(min(mupdf.pdf_array_len(annotations), most)):
        yield None
        yield from _of_annotation(mupdf.pdf_array_get(annotations, place))


def _of_annotation(annotation: Any) -> Iterator[Inert]:
    kind = _ANNOTATIONS.get(str(mupdf.pdf_to_name(mupdf.pdf_dict_gets(annotation, "Subtype"))))
    if kind:
        yield kind
    yield from _of_action(mupdf.pdf_dict_gets(annotation, "A"))
    yield from _of_triggers(annotation)


def _of_triggers(owner: Any) -> Iterator[Inert]:
    triggers = mupdf.pdf_dict_gets(owner, "AA")
    for place in range(min(mupdf.pdf_dict_len(triggers), 32)):
        yield from _of_action(mupdf.pdf_dict_get_val(triggers, place))


def _of_action(action: Any) -> Iterator[Inert]:
    for _ in range(_MOST_CHAINED):
        if not mupdf.pdf_is_dict(action):
            return
        word = ACTIONS.get(str(mupdf.pdf_to_name(mupdf.pdf_dict_gets(action, "S"))))
        if word:
            yield word
        following = mupdf.pdf_dict_gets(action, "Next")
        action = mupdf.pdf_array_get(following, 0) if mupdf.pdf_is_array(following) else following


def _has(owner: Any, key: str) -> bool:
    return bool(mupdf.pdf_is_dict(owner) and not mupdf.pdf_is_null(mupdf.pdf_dict_gets(owner, key)))
