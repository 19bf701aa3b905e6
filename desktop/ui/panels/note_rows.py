"""How a note and a bookmark stand in a list."""

from dataclasses import dataclass

from desktop.annotations.entries import DRAWN_KINDS, HIGHLIGHT, QUESTION, Annotation, Bookmark
from desktop.ui.kit.mark_words import KIND_NAMES, SIGNS, say_asking, shortened
from desktop.ui.kit.sharing_words import PRIVATE_WORDS, emblem_of, say_ended
from desktop.ui.kit.state_words import say_state
from desktop.ui.panels.rows import Line, Row, said

_NEW = "New"
_KEPT = "Kept when the others are destroyed"
_NEARBY = 60  # letters of the words something is drawn at


@dataclass(frozen=True)
class Shown:
    """How notes are shown. whole: every word of them. name: what a colour is called; place: "p 47". seen: who sees it;
    level: 1 of a reply under what it answers.
    """

    name: str
    place: str
    whole: bool = False
    seen: str = PRIVATE_WORDS
    level: int = 0


def note_row(mark: Annotation, shown: Shown) -> Row:
    """A mark: what it is, what was written, and on which words."""
    most = (lambda _lines: 0) if shown.whole else (lambda lines: lines)
    by = f"by {mark.origin.author}" if mark.origin is not None and mark.origin.author else ""
    what = "" if shown.level else _what(mark, shown.name)
    head = " · ".join(part for part in (what or "Reply", "" if shown.level else shown.place, by) if part)
    new = _NEW if mark.fresh else ""
    name = " · ".join(part for part in (new, mark.sharing.name) if part)
    lines: list[Line] = [] if mark.is_mine else [said(name, strong=True)]
    lines.append(said(head, tint="quiet"))
    if mark.sharing.ended:
        lines.append(said(say_ended(mark.sharing), tint="quiet", most=2))
    if mark.is_mine and mark.sharing.to:
        lines.append(said(shown.seen, tint="quiet", most=2))
    state = say_state(mark.carriage)
    if state:
        lines.append(said(state, strong=True, most=2))
    if mark.subject is not None:
        lines.append(said(f"◆ {mark.subject.label}", tint="quiet"))
    if mark.keep:
        lines.append(said(_KEPT, tint="quiet"))
    if mark.words:
        lines.append(said(mark.words, most=most(4)))
    drawn = mark.kind in DRAWN_KINDS
    quote = shortened(mark.anchor.exact, _NEARBY) if drawn else " ".join(mark.anchor.exact.split())
    if shown.level:
        quote = ""
    if quote:
        words = f"at “{quote}”" if drawn else f"“{quote}”"
        lines.append(said(words, tint="quiet" if mark.words or drawn else "ink", most=most(1 if drawn else 3)))
    kept = _KEPT if mark.keep else ""
    reply = "Reply" if shown.level else ""
    seen = shown.seen if mark.sharing.to and mark.is_mine else ""
    about = f"about {mark.subject.label}" if mark.subject is not None else ""
    ended = say_ended(mark.sharing) if mark.sharing.ended else ""
    parts = (new, mark.sharing.name, ended, reply, what, shown.place, by, seen, state, about, kept, mark.words, quote)
    spoken = ", ".join(part for part in parts if part)
    tip = "\n\n".join(part for part in (mark.words, mark.anchor.exact) if part)
    sign = "✓" if mark.asking is not None and mark.asking.asked else SIGNS[mark.colour]
    return Row(
        mark.id, tuple(lines), spoken, badge="" if shown.level else sign, badge_tint=f"note_{mark.colour}", tip=tip,
        level=2 * shown.level, emblem=emblem_of(mark.sharing),
    )  # fmt: skip


def bookmark_row(mark: Bookmark, place: str) -> Row:
    """A bookmark: its name, and where it is."""
    state = say_state(mark.carriage)
    lines = [said(mark.name, most=3), said(place, tint="quiet"), *([said(state, strong=True, most=2)] if state else [])]
    return Row(mark.id, tuple(lines), ", ".join(part for part in (mark.name, place, state) if part), tip=mark.name)


def _what(mark: Annotation, name: str) -> str:
    """ "Risk" of a highlight or a note, "Arrow, Risk" of what is rarer; whom a question is for."""
    if mark.asking is not None:
        return KIND_NAMES[QUESTION] + say_asking(mark.asking)
    return name if mark.kind in (HIGHLIGHT, "note") else f"{KIND_NAMES[mark.kind]}, {name}"
