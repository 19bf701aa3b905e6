"""What becomes of notes, in words: the body's rule, how it stands with a pack, and receipts."""

from datetime import date
from typing import TYPE_CHECKING

from desktop.annotations.retention import NOTICE_DAYS, Count, Outlook, Stop
from desktop.packs.retention import Retention, Rule
from desktop.ui.kit.words import parse_moment, say_count, say_date, say_list

if TYPE_CHECKING:
    from desktop.library.retaining import Receipt

AHEAD = f"You are told {NOTICE_DAYS} days ahead, on the shelf."


def say_rule(retention: Retention | None) -> str:
    """What a body has decided."""
    if retention is None:
        return "The secretary has decided nothing about your notes: they are kept."
    rule = {
        Rule.KEEP: "Your notes are kept.",
        Rule.CONFIRMED: "Your notes on a meeting are destroyed once its minutes are confirmed.",
        Rule.DAYS: f"Your notes on a meeting are destroyed {say_count(retention.days, 'day')} after it.",
    }[retention.rule]
    return f"{rule} {_held(retention)}" if retention.hold else rule


def say_fate(look: Outlook, today: date) -> str:
    """How it stands with the notes on one pack."""
    stop, held = look.stop, look.retention
    if stop is Stop.BODY_HOLD and held is not None:
        return _held(held)
    if stop is Stop.NOTHING and look.due is not None:
        return f"Notes you make here are destroyed by the body's rule, not before {say_date(look.due)}. {AHEAD}"
    words = {
        Stop.RULE: "Your notes here are kept.",
        Stop.OWN_HOLD: "Nothing here is destroyed for now: you have stopped it.",
        Stop.EXCEPTION: "You keep your notes here, whatever the body's rule.",
        Stop.NOT_YET: f"Your notes here are destroyed once the minutes are confirmed. {AHEAD}",
    }
    if stop is not None and stop in words:
        return words[stop]
    end = look.ends(today)
    return f"Your notes here will be destroyed on {say_date(end)}." if end else "Your notes here are kept."


def say_count_of(count: Count) -> str:
    """ "12 notes, 3 bookmarks and 1 link"."""
    every = ((count.notes, "note"), (count.bookmarks, "bookmark"), (count.links, "link"))
    return say_list([say_count(number, name) for number, name in every if number])


def say_kept(count: Count) -> str:
    """ "2 notes and 1 link" that are exceptions; "" for none."""
    every = ((count.kept, "note"), (count.kept_links, "link"))
    return say_list([say_count(number, name) for number, name in every if number])


def say_why(look: Outlook) -> str:
    """By which rule, and since when."""
    if look.rule is Rule.DAYS and look.retention is not None:
        return f"{say_count(look.retention.days, 'day')} after the meeting, as {look.body} has decided"
    if look.confirmed is None:
        return f"once the minutes are confirmed, as {look.body} has decided"
    return f"the minutes were confirmed on {say_date(look.confirmed, weekday=False)}"


def say_ending(look: Outlook, today: date) -> tuple[str, str]:
    """The notice before: what will happen and when; what goes, and why."""
    end = look.ends(today) or today
    what = f"Your notes on “{look.title}” will be destroyed on {say_date(end)}."
    stays = f" {say_kept(look.count)} that you keep will stay." if say_kept(look.count) else ""
    return what, f"{say_count_of(look.count)}: {say_why(look)}.{stays} This cannot be undone."


def say_destroyed(receipt: "Receipt") -> str:
    """That it was done."""
    record = receipt.record
    count = Count(record.notes, record.bookmarks, links=record.links)
    return f"{say_count_of(count)} on “{record.title}” {'was' if count.going == 1 else 'were'} destroyed."


def say_receipt(receipt: "Receipt") -> str:
    """A whole receipt, a fact a line. What the notes said is nowhere."""
    record = receipt.record
    done = parse_moment(record.at).astimezone()
    kept = f"Kept as exceptions: {say_count(record.kept, 'note')}" if record.kept else ""
    told = f"Announced: {_day(record.told)}" if record.told else ""
    lines = (
        f"{receipt.body}: {record.title}",
        f"Meeting: {_day(record.held_on)}",
        f"Destroyed: {say_count_of(Count(record.notes, record.bookmarks, links=record.links))}",
        f"When: {say_date(done.date())}, {done:%H:%M}",
        f"By which rule: {_rule(record.rule, record.days, record.confirmed)}",
        told,
        kept,
        f"Receipt number: {record.id}",
    )
    return "\n".join(line for line in lines if line)


def _rule(rule: str, days: int, confirmed: str) -> str:
    if rule == Rule.DAYS.value:
        return f"{say_count(days, 'day')} after the meeting"
    return f"when the minutes are confirmed; they were on {_day(confirmed)}" if confirmed else rule


def _day(text: str) -> str:
    return say_date(date.fromisoformat(text), weekday=False)


def _held(retention: Retention) -> str:
    why = retention.hold.rstrip(".")
    return f"The secretary has stopped all destroying for now: {why}."
