"""An embargo: papers go out sealed, and their keys when it ends. No clock of a member's is trusted with that."""

from dataclasses import replace
from datetime import datetime

from desktop.packs.pack import AgendaItem, Pack, Paper, Purpose

_TITLE = "Under embargo"
_ITEM = AgendaItem("1", _TITLE, Purpose.NONE, "", "")


def holds_at(opens: datetime | None, now: datetime) -> bool:
    """Whether an embargo until then still holds."""
    return opens is not None and now < opens


def under_embargo(pack: Pack) -> Pack:
    """The pack as everybody may see it until then: its meeting, and the sealed papers to be fetched beforehand. No
    key, no title, no agenda, not a word of the secretary's."""
    papers = tuple(_sealed(paper) for paper in pack.papers if paper.target)
    return replace(pack, note="", items=(_ITEM,), papers=papers)


def _sealed(paper: Paper) -> Paper:
    return replace(paper, item=_ITEM.number, title=_TITLE, key="")
