"""Meetings that are named by their day: "the meeting held on 29 May 2025", "minutes of 3 June"."""

import re
from collections.abc import Iterator

from desktop.papers.days import DATE, day_of
from desktop.papers.mention import MentionKind
from desktop.papers.raw_mention import RawMention

_MEETING = re.compile(
    r"(?:\b[Mm]inutes\s+(?:of|from)\s+(?:the\s+)?(?:(?:previous|last)\s+)?)?"
    r"\b(?:[Mm]eetings?|MEETINGS?)\b[-,:–]?"
    r"(?P<between>(?:[ ](?!and\b|but\b|that\b|which\b|where\b|to\b|for\b|with\b|since\b|by\b|before\b|after\b)[\w’'&()/,–-]+){0,11}?)"  # noqa: E501
    rf"[ ]?[,:–-]?[ ]*(?P<date>{DATE})"
)
_MINUTES = re.compile(rf"\b(?:[Mm]inutes|MINUTES)[ ](?:of|from|dated|for)[ ](?:the[ ])?(?P<date>{DATE})")
_ARTICLES_WORDS = (
    "the a an its their our his her this that last next previous present current ordinary extraordinary annual special "
    "general public private formal future these board committee council group trust body cabinet governors trustees for "  # noqa: E501
    "from at of to following at inaugural quarterly monthly"
)
_ARTICLES = frozenset(_ARTICLES_WORDS.split())
_OTHER = re.compile(
    r"((?:[A-Z][\w’'&-]*(?:\s+(?:and|of|the|for|&|in))?\s+){0,8}"
    r"(?:Committees?|Sub-?[Cc]ommittee|Group|Panel|Commission|Forum|Cabinet|Council|Board|Executive|Governing Body|Court|Senate))\b"  # noqa: E501
)


def meetings(text: str) -> Iterator[RawMention]:
    """Each with its day, and the other body it is said of, where the sentence names one."""
    for found in _MEETING.finditer(text):
        if (day := day_of(found)) and _is_body_meeting(text, found):
            facts = {"held_on": day}
            if other := _other(found["between"]) or _other_before(text, found.start()):
                facts["of"] = other
            yield RawMention(MentionKind.MEETING, found.start(), found.end(), day, facts)
    for found in _MINUTES.finditer(text):
        if day := day_of(found):
            yield RawMention(MentionKind.MEETING, found.start(), found.end(), day, {"held_on": day})


def _is_body_meeting(text: str, found: "re.Match[str]") -> bool:
    """Not "a contract meeting on 3 February": only what a body's meeting is called."""
    if found[0][0] in "Mm" and found[0][:7].casefold() == "minutes":
        return True
    before = re.search(r"([\w’'-]+)[ ]$", text[max(0, found.start() - 30) : found.start()])
    return before is None or before[1][:1].isupper() or before[1].casefold() in _ARTICLES


def _other(words: str) -> str:
    found = _OTHER.search(words)
    return " ".join(found[1].split()) if found else ""


def _other_before(text: str, start: int) -> str:
    """The body named last before, in the same sentence."""
    before = text[max(0, start - 160) : start]
    before = re.split(r"[.;!?]\s|\n", before)[-1]
    found = list(_OTHER.finditer(before))
    return " ".join(found[-1][1].split()) if found else ""
