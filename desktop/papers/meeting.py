"""Which meeting a paper is of: the body, the day, the hour and the place, as its first rows say them."""

import re
from collections.abc import Sequence

from desktop.papers.days import dates_in
from desktop.papers.finding import Finding, FindingKind
from desktop.papers.strips import Strip, joined, place_of_strips

_LOOK_IN = 45  # rows
_HELD = re.compile(r"\b(?:held|minutes|meeting|date|day)\b", re.IGNORECASE)
_TIME = re.compile(
    r"\b(?P<time>\d{1,2}(?:[.:]\d\d)?\s*(?:am|pm|a\.m\.?|p\.m\.?|noon)|"
    r"(?<=at )\d{1,2}[.:]\d\d|(?<=, )\d\d[.:]\d\d(?:\s*hrs)?|\d{4}\s*hrs)",
    re.IGNORECASE,
)
_PLACE = re.compile(r"^(?:location|venue|place|where)\s*:?\s+(?P<place>\S.*)", re.IGNORECASE)
_BODY = re.compile(
    r"\b(?:Board|Committee|Governors|Governing Body|Trustees|Directors|Panel|Cabinet|"
    r"Senate|Court|Forum|Commission|Meeting)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(r"\b(?:next|previous|last|future|forthcoming) meetings?\b", re.IGNORECASE)
_LABELLED = re.compile(
    r"(?:(?:meeting )?date|date (?:and|&) time|held on|when)(?: of (?:the )?meeting)?\s*:", re.IGNORECASE
)
_COUNCIL = re.compile(r"\bcouncil\b", re.IGNORECASE)
_NO_BODY = re.compile(r"\b(?:minutes|agenda|held|members of)\b", re.IGNORECASE)


def meeting_of(strips: Sequence[Strip], recorded: bool) -> Finding | None:
    """The meeting named in the rows before the first item. recorded: of minutes, which say when it was held."""
    head = [strip for strip in strips if len(strip.text) < 200][:_LOOK_IN]
    best: tuple[int, int] | None = None
    for place in range(len(head)):
        worth = _worth(head, place, recorded)
        if worth and (best is None or worth > best[0]):
            best = worth, place
    if best is None:
        return None
    return _meeting(head, best[1])


def _worth(head: Sequence[Strip], place: int, recorded: bool) -> int:
    """How plainly a row, perhaps with the next, says when the meeting is or was."""
    words = {word.casefold() for word in _HELD.findall(head[place].text)}
    if not recorded and "minutes" in words:
        return 0  # of another meeting, which an agenda has to approve
    if _OTHER.search(head[place].text):
        return 0
    dated = next(dates_in(head[place].text), None) is not None
    if not dated and not (words and _told(head, place)):
        return 0
    labelled = 3 * (dated and _LABELLED.match(head[place].text) is not None)
    return labelled + 2 * dated + len(words) + (3 if recorded and words & {"held", "minutes"} else 0)


def _told(head: Sequence[Strip], place: int) -> list[Strip]:
    """The row, or it and the next, that say a day; none where they do not."""
    for told in (list(head[place : place + 1]), list(head[place : place + 2])):
        if next(dates_in(joined(strip.text for strip in told)), None) and (len(told) < 2 or _near(*told)):
            return told
    return []


def _near(strip: Strip, after: Strip) -> bool:
    return strip.page == after.page and after.middle - strip.middle < 3 * max(strip.size, 8.0)


def _meeting(head: Sequence[Strip], place: int) -> Finding:
    told = _told(head, place)
    text = joined(strip.text for strip in told)
    facts = {"date": next(dates_in(text))[2].isoformat()}
    around = " ".join(strip.text for strip in head[place : place + 6])
    time = _TIME.search(text) or _TIME.search(around)
    if time:
        facts["time"] = time["time"]
    if where := next((found["place"] for strip in head if (found := _PLACE.match(strip.text))), ""):
        facts["place"] = where
    if body := _body(head, place):
        facts["body"] = body
    return Finding(FindingKind.MEETING, place_of_strips(told), text, facts=facts)


def _body(head: Sequence[Strip], place: int) -> str:
    """The name of the body: a bold or large row near the top that is one, or what the title says after "of the"."""
    named = re.search(
        r"\bmeeting of (?:the )?(?P<body>[A-Z][\w&,’' -]{3,80}?)(?:\s+(?:held|on|at|in public)\b|$)",
        head[place].text,
        re.IGNORECASE,
    )
    if named and (_BODY.search(named["body"]) or _COUNCIL.search(named["body"])):
        return named["body"].strip(" ,")
    near = [strip.lines[0].text for strip in head[: max(place, 4)]]
    alone = [row for row in near if len(row) < 90 and not _NO_BODY.search(row) and not next(dates_in(row), None)]
    for pattern in (_BODY, _COUNCIL):  # a council's committee before the council
        if found := next((row for row in alone if pattern.search(row)), ""):
            return found.split(" · ")[0].rstrip(" .,")
    rows = (strip.lines[0].text for strip in head[: place + 4])
    titled = (
        re.match(r"(?P<body>[A-Z][\w&’' -]{3,60}?(?:Board|Committee|Council|Trustees|Governors))\b,", row)
        for row in rows
    )
    return next((found["body"] for found in titled if found), "")
