"""The reader's guide, answered from the store of an open room."""

from concurrent.futures import Future
from typing import TYPE_CHECKING

from desktop.changes import Change, Changes, Event
from desktop.jobs import Lane
from desktop.library.habits import Habits
from desktop.ui.panels.guide import Guide

if TYPE_CHECKING:
    from desktop.library.holdings import Holdings


def guide_of(store: Lane, holdings: "Holdings", changes: Changes) -> Guide:
    """Every answer comes from the store's lane; a number put right binds the open book anew."""
    habits = Habits(holdings)

    def put_right(pack_id: str, paper_id: str, page: int, label: str) -> "Future[str]":
        done = store.do(habits.put_right, pack_id, paper_id, page, label)
        done.add_done_callback(lambda _: changes.publish(Change(Event.PAGES_RENUMBERED, pack_id=pack_id)))
        return done

    def asked(pack_id: str) -> dict[str, tuple[str, ...]]:
        from desktop.library.asking import asked_in

        return asked_in(holdings, pack_id)

    return Guide(
        outline=lambda sha256: store.do(habits.outline, sha256),
        asked=lambda pack_id: store.do(asked, pack_id),
        put_right=put_right,
        put_right_pages=lambda pack_id: store.do(habits.put_right_pages, pack_id),
        times=lambda: store.do(habits.times),
        want_times=lambda wanted: store.do(habits.want_times, wanted),
        dwelt=lambda pack, paper, page, seconds: store.do(habits.add_dwell, pack, paper, page, seconds),
        mark_read=lambda pack, paper, pages, read: store.start(habits.mark_read, pack, paper, pages, read),
    )
