"""A body's action log: what its minutes say is to be done, until it is done. Comes back as matters arising."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date

from db.records import OfficeRecord
from desktop.errors import KnownError
from desktop.secretary.minutes import Minutes
from desktop.secretary.registry import Registry, same_name


@dataclass(frozen=True)
class Logged:
    """One action. ref: "2026-01-29/4.1", its meeting, item and place there; what it is known by. news: how it stands,
    in the secretary's words. closed: the day it was done, "" while it is open."""

    ref: str
    title: str
    what: str
    who: str
    due: str
    news: str = ""
    closed: str = ""


def log_of(registry: Registry, body_id: str) -> list[Logged]:
    """Every action, the oldest meeting first."""
    return [Logged(**each) for each in json.loads(registry.note(_name(body_id)) or "[]")]


def take_actions(registry: Registry, office: OfficeRecord, minutes: Minutes) -> list[Logged]:
    """Put the actions of these minutes on the log. Those of the same meeting that were there keep how they stand, as
    long as their words are the same; those that the minutes name no more go. The whole log."""
    before, mark = log_of(registry, office.body_id), _mark(minutes)
    known = [each for each in before if each.ref.startswith(mark)]
    fresh = [_with_news(each, known) for each in _actions(minutes, mark)]
    others = [each for each in before if not each.ref.startswith(mark)]
    return _keep(registry, office, [*others, *fresh])


def say_news(
    registry: Registry, office: OfficeRecord, ref: str, news: str = "", closed: date | None = None
) -> Logged:
    """How an action stands; closed: the day it was done. Raises KnownError where there is no such action."""
    log = log_of(registry, office.body_id)
    found = [each for each in log if each.ref == ref]
    if not found:
        raise KnownError(f"There is no action {ref} on the log.", "Nothing was changed.", "Look at: despatch actions")
    after = replace(found[0], news=news or found[0].news, closed=closed.isoformat() if closed else "")
    _keep(registry, office, [after if each.ref == ref else each for each in log])
    return after


def matters_arising(log: Iterable[Logged], since: date) -> list[Logged]:
    """What the next meeting is told: what is open, and what was done since this day."""
    return [each for each in log if not each.closed or each.closed >= since.isoformat()]


def _actions(minutes: Minutes, mark: str) -> list[Logged]:
    return [
        Logged(f"{mark}{item.number}.{place}", item.title, action.what, action.who, action.due)
        for item in minutes.items
        for place, action in enumerate(item.actions, 1)
    ]


def _with_news(fresh: Logged, known: list[Logged]) -> Logged:
    same = [each for each in known if same_name(each.what, fresh.what)]
    return replace(fresh, news=same[0].news, closed=same[0].closed) if same else fresh


def _mark(minutes: Minutes) -> str:
    private = "p" if minutes.meeting.session.value == "private" else ""
    return f"{minutes.meeting.held_on.isoformat()}{private}/"


def _keep(registry: Registry, office: OfficeRecord, log: list[Logged]) -> list[Logged]:
    ordered = sorted(log, key=lambda each: each.ref.partition("/")[0])
    registry.keep_note(_name(office.body_id), json.dumps([asdict(each) for each in ordered], ensure_ascii=False))
    return ordered


def _name(body_id: str) -> str:
    return f"actions/{body_id}"
