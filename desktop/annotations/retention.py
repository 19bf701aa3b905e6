"""What becomes of a pack's notes: by the body's rule, the member's exceptions, holds, and a notice before."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from desktop.packs.pack import Meeting
from desktop.packs.retention import Retention, Rule

NOTICE_DAYS = 14  # ahead, and never fewer between the first notice and the end


class Stop(Enum):
    """What keeps notes from being destroyed."""

    RULE = "the body keeps notes, or has decided nothing"
    NOT_YET = "the minutes are not confirmed yet"
    BODY_HOLD = "the secretary has stopped it"
    OWN_HOLD = "the member has stopped it"
    EXCEPTION = "the member keeps the notes of this pack"
    NOTHING = "there is nothing to destroy"


@dataclass(frozen=True)
class Own:
    """What the member has chosen about a pack. hold: why, None without one. confirmed: when the minutes were, as the
    member knows."""

    keep: bool = False
    hold: str | None = None
    body_hold: str | None = None
    confirmed: date | None = None


@dataclass(frozen=True)
class Count:
    """Of a pack: notes, bookmarks and links made by hand that would go; and notes and links that are exceptions."""

    notes: int = 0
    bookmarks: int = 0
    kept: int = 0
    links: int = 0
    kept_links: int = 0

    @property
    def going(self) -> int:
        """All that would go."""
        return self.notes + self.bookmarks + self.links


@dataclass(frozen=True)
class Outlook:
    """How things stand with the notes on one pack. told: when the notice was first shown, None before.

    due: from when on the rule has them destroyed, None while nobody can say. stop: why nothing is destroyed, None
    where something will be.
    """

    pack_id: str
    body_id: str
    body: str
    title: str
    meeting: Meeting
    retention: Retention | None
    own: Own
    count: Count
    told: date | None = None

    @property
    def rule(self) -> Rule:
        """The rule in force."""
        return self.retention.rule if self.retention is not None else Rule.KEEP

    @property
    def destroys(self) -> bool:
        """Whether the body has notes destroyed at all."""
        return self.rule is not Rule.KEEP

    @property
    def confirmed(self) -> date | None:
        """When the minutes were confirmed, by what the secretary says first."""
        meeting = self.meeting
        said = self.retention.confirmed_on(meeting.held_on, meeting.session) if self.retention else None
        return said or self.own.confirmed

    @property
    def due(self) -> date | None:
        """From when on the rule has the notes destroyed."""
        if self.retention is None:
            return None
        if self.rule is Rule.CONFIRMED:
            return self.confirmed
        return self.retention.due(self.meeting.held_on, self.meeting.session)

    @property
    def stop(self) -> Stop | None:
        """The first thing that keeps them."""
        if self.rule is Rule.KEEP:
            return Stop.RULE
        if self.retention is not None and self.retention.hold:
            return Stop.BODY_HOLD
        if self.own.hold is not None or self.own.body_hold is not None:
            return Stop.OWN_HOLD
        if self.own.keep:
            return Stop.EXCEPTION
        if self.due is None:
            return Stop.NOT_YET
        return None if self.count.going else Stop.NOTHING

    def announced(self, today: date) -> bool:
        """Whether it is time to say that they will be destroyed."""
        return self.stop is None and self.due is not None and today >= self.due - timedelta(NOTICE_DAYS)

    def ends(self, today: date) -> date | None:
        """The day they are destroyed, if nothing comes in between; None where nothing is due. Whoever has not opened
        Despatch for a year still has the days of the notice."""
        if self.stop is not None or self.due is None:
            return None
        return max(self.due, (self.told or today) + timedelta(NOTICE_DAYS))

    def is_over(self, today: date) -> bool:
        """Whether they are to be destroyed now: told of days ago, and due."""
        end = self.ends(today)
        return self.told is not None and end is not None and today >= end
