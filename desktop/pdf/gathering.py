"""Many pages' texts as one answer, in which a bad page only loses its own."""

import threading
from collections.abc import Sequence
from concurrent.futures import Future

from desktop.pdf import words
from desktop.pdf.errors import PdfError
from desktop.pdf.protocol import Legible, PageText


def gather(pages: Sequence[int], asked: "Sequence[Future[PageText]]") -> "Future[list[PageText]]":
    """One future of all. A page's own error gives it no words; an error of the whole paper, or a bug, is everyone's."""
    whole: Future[list[PageText]] = Future()
    if not asked:
        whole.set_result([])
        return whole
    lock, left = threading.Lock(), [len(asked)]

    def arrived(_one: "Future[PageText]") -> None:
        with lock:
            left[0] -= 1
            if left[0]:
                return
        _finish(whole, pages, asked)

    def cancelled(_whole: "Future[list[PageText]]") -> None:
        if whole.cancelled():
            for one in asked:
                one.cancel()

    whole.add_done_callback(cancelled)
    for one in asked:
        one.add_done_callback(arrived)
    return whole


def _finish(whole: "Future[list[PageText]]", pages: Sequence[int], asked: "Sequence[Future[PageText]]") -> None:
    if any(one.cancelled() for one in asked):
        whole.cancel()
    if not whole.set_running_or_notify_cancel():
        return
    for error in (one.exception() for one in asked):
        if error is not None and not (isinstance(error, PdfError) and error.page is not None):
            whole.set_exception(error)
            return
    whole.set_result([_text_of(page, one) for page, one in zip(pages, asked, strict=True)])


def _text_of(page: int, one: "Future[PageText]") -> PageText:
    return PageText(page, words.pack([]), "", legible=Legible.NONE) if one.exception() else one.result()
