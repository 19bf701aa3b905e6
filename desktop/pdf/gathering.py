"""Many pages' texts as one answer, in which a bad page only loses its own, or stops the rest."""

import threading
from collections.abc import Sequence
from concurrent.futures import Future

from desktop.pdf import words
from desktop.pdf.errors import PdfError, holds_up
from desktop.pdf.protocol import Legible, PageText


def gather(
    pages: Sequence[int], asked: "Sequence[Future[PageText]]", together: bool = False
) -> "Future[list[PageText]]":
    """One future of all. A page's own error gives it no words; an error of the whole paper, or a bug, is everyone's.

    together: so is the error of a page that `holds_up` others, and what is still asked is then cancelled.
    """
    whole: Future[list[PageText]] = Future()
    if not asked:
        whole.set_result([])
        return whole
    lock, left = threading.Lock(), [len(asked)]

    def arrived(one: "Future[PageText]") -> None:
        if together and not one.cancelled() and holds_up(one.exception()):
            for other in asked:
                other.cancel()
        with lock:
            left[0] -= 1
            if left[0]:
                return
        _finish(whole, pages, asked, together)

    def cancelled(_whole: "Future[list[PageText]]") -> None:
        if whole.cancelled():
            for one in asked:
                one.cancel()

    whole.add_done_callback(cancelled)
    for one in asked:
        one.add_done_callback(arrived)
    return whole


def _finish(
    whole: "Future[list[PageText]]", pages: Sequence[int], asked: "Sequence[Future[PageText]]", together: bool
) -> None:
    errors = [error for one in asked if not one.cancelled() and (error := one.exception()) is not None]
    everyones = next((error for error in errors if _is_everyones(error, together)), None)
    if everyones is None and any(one.cancelled() for one in asked):
        whole.cancel()
    if not whole.set_running_or_notify_cancel():
        return
    if everyones is not None:
        whole.set_exception(everyones)
    else:
        whole.set_result([_text_of(page, one) for page, one in zip(pages, asked, strict=True)])


def _is_everyones(error: BaseException, together: bool) -> bool:
    pages_own = isinstance(error, PdfError) and error.page is not None
    return not pages_own or (together and holds_up(error))


def _text_of(page: int, one: "Future[PageText]") -> PageText:
    return without_words(page) if one.exception() else one.result()


def without_words(page: int) -> PageText:
    """What is known of a page that cannot be read."""
    return PageText(page, words.pack([]), "", legible=Legible.NONE)
