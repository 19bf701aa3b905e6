"""What helps a reader along, handed over whole: contents, numbers put right, times at pages, what counts as read."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from desktop.papers.outline import Outline

Times = list[float] | None  # seconds at pages, the latest first; None where no times are wanted


@dataclass(frozen=True)
class Guide:
    """Futures come from the store's lane.

    outline: of a version (sha256), None until it was read through. asked: what each paper (by id) of a pack (by id)
    asks of those it is put to, a point each. put_right: (pack id, paper id, page from 0, label as
    printed, "" to take it back); gives the label put there before. put_right_pages: (paper id, page) of a pack.
    times: at pages. want_times: tell and take times, or neither. dwelt: (pack id, paper id, page from 0, seconds).
    mark_read: (pack id, paper id, its pages, read or unread).
    """

    outline: Callable[[str], "Future[Outline | None]"]
    asked: Callable[[str], "Future[dict[str, tuple[str, ...]]]"]
    put_right: Callable[[str, str, int, str], "Future[str]"]
    put_right_pages: Callable[[str], "Future[set[tuple[str, int]]]"]
    times: Callable[[], "Future[Times]"]
    want_times: Callable[[bool], "Future[Times]"]
    dwelt: Callable[[str, str, int, float], "Future[Times]"]
    mark_read: Callable[[str, str, int, bool], None]
