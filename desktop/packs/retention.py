"""How long members' notes are kept: the body's rule, as its secretary signs it, and what stops it."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import Enum

from desktop.packs.fields import Fields, spell_instant
from desktop.packs.pack import Session

MOST_DAYS = 3650
_MOST_CONFIRMED = 500  # meetings whose minutes are said to be confirmed: the newest ones are kept
_ANY = re.compile(r"[a-z ]*")


class Rule(Enum):
    """What a body has decided."""

    KEEP = "keep"
    CONFIRMED = "destroy when the minutes are confirmed"
    DAYS = "destroy after days"


@dataclass(frozen=True)
class Confirmed:
    """The minutes of the meeting of this day and session were confirmed on that day."""

    held_on: date
    session: Session
    on: date


@dataclass(frozen=True)
class Retention:
    """days: after the meeting, of Rule.DAYS, else 0. hold: why nothing may be destroyed for now, "" where it may.

    decided: when this was set, by which the newest is told. confirmed: the newest meeting last.
    """

    rule: Rule
    decided: datetime
    days: int = 0
    hold: str = ""
    confirmed: tuple[Confirmed, ...] = ()

    def with_confirmed(self, minutes: Confirmed) -> "Retention":
        """The same once these minutes are confirmed too; said again, the newer day counts."""
        others = [each for each in self.confirmed if (each.held_on, each.session) != (minutes.held_on, minutes.session)]
        known = sorted([*others, minutes], key=lambda each: (each.held_on, each.session.value))
        return replace(self, confirmed=tuple(known[-_MOST_CONFIRMED:]))

    def confirmed_on(self, held_on: date, session: Session) -> date | None:
        """When the minutes of a meeting were confirmed, None where that was not said."""
        found = [each.on for each in self.confirmed if (each.held_on, each.session) == (held_on, session)]
        return found[0] if found else None

    def due(self, held_on: date, session: Session) -> date | None:
        """From when on the rule has the notes on a meeting destroyed; None while it does not. A hold is another
        matter."""
        if self.rule is Rule.DAYS:
            return date.fromordinal(held_on.toordinal() + self.days)
        return self.confirmed_on(held_on, session) if self.rule is Rule.CONFIRMED else None


def retention_facts(retention: Retention) -> dict[str, object]:
    """As values for JSON."""
    return {
        "rule": retention.rule.value,
        "days": retention.days,
        "hold": retention.hold,
        "decided": spell_instant(retention.decided),
        "confirmed": [
            {"date": each.held_on.isoformat(), "session": each.session.value, "on": each.on.isoformat()}
            for each in retention.confirmed
        ],
    }


def retention_of(fields: Fields) -> Retention:
    """The decision in these fields; raises Malformed. A rule that a newer Despatch knows destroys nothing here."""
    said = fields.text("rule", 100, _ANY)
    rule = next((rule for rule in Rule if rule.value == said), Rule.KEEP)
    return Retention(
        rule,
        fields.instant("decided").astimezone(UTC),
        fields.number("days", 0, MOST_DAYS),
        fields.text("hold"),
        tuple(
            Confirmed(each.day("date"), each.choice("session", Session), each.day("on"))
            for each in fields.each("confirmed", _MOST_CONFIRMED)
        ),
    )
