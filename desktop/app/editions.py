"""Earlier versions of papers, answered from the store of an open room."""

from concurrent.futures import Future
from typing import TYPE_CHECKING

from desktop.jobs import Lane
from desktop.ui.panels.editions import Editions

if TYPE_CHECKING:
    from desktop.annotations.differences import Change
    from desktop.library.earlier import Earlier, EarlierVersions
    from desktop.library.holdings import Holdings
    from desktop.packs.book import Book


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

    return Editions(of_pack, book, changes, lambda pack_id: store.do(lambda: earlier().tell_carried(pack_id)))
