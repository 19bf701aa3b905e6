"""Packs that may not stay: their papers go when the last day that the secretary allowed is over. In the store's
lane."""

from datetime import date
from typing import TYPE_CHECKING

from desktop.packs.index import kept_pack

if TYPE_CHECKING:
    from db.records import PackRecord
    from desktop.library.holdings import Holdings
    from desktop.packs.pack import Pack


def over_now(holdings: "Holdings", today: date) -> list[str]:
    """Packs whose day is over and whose papers are still here, by id."""
    packs = [pack for pack in holdings.packs.all() if not pack.put_away]
    return [pack.id for pack in packs if kept_pack(pack.index).is_over(today)]


def is_over(record: "PackRecord", today: date) -> bool:
    """Whether a pack's day is over."""
    return kept_pack(record.index).is_over(today)


def mark_over(holdings: "Holdings", pack_id: str) -> None:
    """Its papers go for this reason, and not because the member wished it."""
    holdings.settings.set(_name(pack_id), "yes")


def allow_again(holdings: "Holdings", pack: "Pack", today: date) -> None:
    """A new edition allows a longer stay, or the clock was wrong: what went for that reason is wanted again."""
    if holdings.settings.get(_name(pack.id), "") and not pack.is_over(today):
        holdings.settings.remove(_name(pack.id))
        holdings.packs.put_away(pack.id, False)


def allow_all_again(holdings: "Holdings", body_id: str, today: date) -> None:
    """The same for every pack of a body, whether anything new came or not."""
    for record in holdings.packs.of_body(body_id):
        if record.put_away:
            allow_again(holdings, kept_pack(record.index), today)


def _name(pack_id: str) -> str:
    return f"over/{pack_id}"
