"""What a body decides about its members' notes: kept by its secretary, and signed into the newest edition."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from db.records import OfficeRecord
from desktop.errors import KnownError
from desktop.packs.fields import read_fields
from desktop.packs.pack import Session
from desktop.packs.retention import MOST_DAYS, Confirmed, Retention, Rule, retention_facts, retention_of
from desktop.secretary.registry import Registry

_LIMIT = 1 << 20  # bytes of it in the secretary's own store
_LONGEST = 500  # letters of a reason


def retention_now(registry: Registry, body_id: str) -> Retention | None:
    """What the body has decided, None before it has decided anything."""
    kept = registry.note(f"retention/{body_id}")
    return retention_of(read_fields(kept.encode(), _LIMIT)) if kept else None


def set_rule(registry: Registry, office: OfficeRecord, rule: Rule, days: int = 0) -> Retention:
    """The body's rule from now on. Raises KnownError for days that are none."""
    if rule is Rule.DAYS and not 1 <= days <= MOST_DAYS:
        raise KnownError(f"Notes can be kept for 1 to {MOST_DAYS} days after a meeting.", "The rule was left as it is.")
    before = _now_or_keep(registry, office)
    return _keep(registry, office, replace(before, rule=rule, days=days if rule is Rule.DAYS else 0))


def set_hold(registry: Registry, office: OfficeRecord, why: str) -> Retention:
    """Nothing is destroyed for this reason; with "" the hold ends."""
    words = " ".join(why.split())
    if len(words) > _LONGEST:
        raise KnownError(f"The reason is longer than {_LONGEST} characters.", "Nothing was changed.")
    return _keep(registry, office, replace(_now_or_keep(registry, office), hold=words))


def confirm_minutes(
    registry: Registry, office: OfficeRecord, held_on: date, on: date, session: Session = Session.PUBLIC
) -> Retention:
    """The minutes of this meeting were confirmed on that day. Raises KnownError for a day before the meeting."""
    if on < held_on:
        raise KnownError("Minutes cannot be confirmed before their meeting.", "Nothing was changed.")
    return _keep(registry, office, _now_or_keep(registry, office).with_confirmed(Confirmed(held_on, session, on)))


def say_retention(retention: Retention | None) -> list[str]:
    """What was decided, in sentences."""
    if retention is None:
        return ["Nothing is decided about members' notes: they are kept."]
    rule = {
        Rule.KEEP: "Members' notes are kept.",
        Rule.CONFIRMED: "Members' notes on a meeting are destroyed once its minutes are confirmed.",
        Rule.DAYS: f"Members' notes on a meeting are destroyed {retention.days} days after it.",
    }[retention.rule]
    said = [rule]
    if retention.hold:
        said.append(f"A hold stops that: {retention.hold}")
    said += [
        f"Minutes of {each.held_on} ({each.session.value}) were confirmed on {each.on}." for each in retention.confirmed
    ]
    return said


def _now_or_keep(registry: Registry, office: OfficeRecord) -> Retention:
    return retention_now(registry, office.body_id) or Retention(Rule.KEEP, datetime.now(UTC))


def _keep(registry: Registry, office: OfficeRecord, retention: Retention) -> Retention:
    """Each decision is later than the one before, however fast they follow and whatever the clock says."""
    before = retention_now(registry, office.body_id)
    moment = datetime.now(UTC).replace(microsecond=0)
    if before is not None:
        moment = max(moment, before.decided + timedelta(seconds=1))
    decided = replace(retention, decided=moment)
    registry.keep_note(f"retention/{office.body_id}", json.dumps(retention_facts(decided), ensure_ascii=False))
    return decided
