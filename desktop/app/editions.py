"""Earlier versions of papers, answered from the store of an open room."""

from collections.abc import Callable
from concurrent.futures import Future
from datetime import date
from typing import TYPE_CHECKING

from desktop.jobs import Lane
from desktop.ui.panels.editions import Editions

if TYPE_CHECKING:
    from desktop.annotations.differences import Change
    from desktop.annotations.text import VersionPage
    from desktop.library.earlier import Earlier, EarlierVersions
    from desktop.library.holdings import Holdings
    from desktop.library.last_time import LastTime, LastTimes
    from desktop.packs.book import Book
    from desktop.papers.finding import Finding
    from desktop.registers.compared import Group


def editions_of(store: Lane, holdings: "Holdings") -> Editions:
    """What is compared is read in the store's lane, and compared in one of its own."""

    def earlier() -> "EarlierVersions":
        # Most packs are read without; what it brings in is loaded when it is wanted, and not by the window's thread.
        from desktop.library.earlier import EarlierVersions

        return EarlierVersions(holdings)

    def of_pack(pack_id: str) -> "Future[list[Earlier]]":
        return store.do(lambda: earlier().of_pack(pack_id))

    def book(pack_id: str, paper_id: str, sha256: str, title: str) -> "Future[Book | None]":
        return store.do(lambda: earlier().book(pack_id, paper_id, sha256, title))

    def changes(old: str, new: str) -> "Future[list[Change]]":
        def compared() -> "list[Change]":
            from desktop.library.earlier import compare_texts

            return compare_texts(texts.result())

        lane = Lane("comparing")
        texts = store.do(lambda: earlier().texts(old, new))
        done = lane.do(compared)
        lane.close_later()
        return done

    def tell_carried(pack_id: str) -> "Future[bool]":
        return store.do(lambda: earlier().tell_carried(pack_id))

    return Editions(of_pack, book, changes, tell_carried, *_standing(store, holdings))


def _standing(
    store: Lane, holdings: "Holdings"
) -> "tuple[Callable[[str, str], Future[LastTime | None]], Callable[[str, date, str, date], Future[list[Group]]]]":
    """The same standing paper in earlier packs, and what became of it."""

    def earlier() -> "LastTimes":
        from desktop.library.last_time import LastTimes

        return LastTimes(holdings)

    def read(sha256: str) -> "tuple[list[VersionPage], list[Finding]]":
        from desktop.registers.since import KINDS

        return earlier().pages(sha256), earlier().findings(sha256, KINDS)

    def since(old: str, then: date, new: str, now: date) -> "Future[list[Group]]":
        texts = [store.do(read, each) for each in (old, new)]

        def compared() -> "list[Group]":
            from desktop.annotations.text import PaperText
            from desktop.registers.since import compare_papers

            (before, found_before), (after, found_after) = (each.result() for each in texts)
            return compare_papers((PaperText(before), found_before, then), (PaperText(after), found_after, now))

        lane = Lane("comparing")
        done = lane.do(compared)
        lane.close_later()
        return done

    return (lambda pack_id, paper_id: store.do(lambda: earlier().find(pack_id, paper_id))), since
