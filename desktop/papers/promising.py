"""What somebody is to do, as minutes say it: actions with their owners, and promises that became none."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from desktop.papers.deciding import begins_decision, sentences
from desktop.papers.strips import Paragraph

_REF = r"(?P<ref>[A-Z]{0,6}[ ]?\d[\w/.-]*|[A-Z]{1,6}[/-]?\d[\w/.-]*)"
_ACTION = re.compile(
    rf"^\W*(?:ACTIONS?|Actions?)(?:\s+(?:POINT|Point|point|BY|by|FOR|for|REQUIRED|"
    rf"required))?\s*(?:[Nn]o\.?\s*)?(?:{_REF})?\s*(?::|[–—-](?=\s))\s*"
    r"(?P<text>.*)$",
    re.DOTALL,
)
_ALONE = re.compile(rf"\W*(?:Action|Task|ACTION)\s*(?:[Nn]o\.?\s*|[Rr]ef\.?\s*)?{_REF}\W*")
_AT_END = re.compile(
    r"[\[(]?\s*\b(?:ACTION|Action)s?(?:\s+(?:by|for|BY))?\s*[:–—-]\s*(?P<text>[^()\[\]]{2,200})[)\]]?\s*$"
)
_LEAD = re.compile(
    r"\s*[\[(]?\b(?:Lead|LEAD|Owner|OWNER|Responsible|Action by|By whom|Who|"
    r"Assigned to)\s*:\s*(?P<lead>[^.;:\])]{2,80}?(?:\.[A-Z])*)"
    r"(?=[.;\])]|\s+(?:Due|DUE|By|Deadline|Date|When|Timescale)\b|$)[.;\])]?"
)
_DUE = re.compile(
    r"\s*[\[(]?\b(?:Due(?: date)?|DUE|Deadline|By when|When|Timescale|Date due|Complete by|"
    r"Target date)\s*:\s*(?P<due>[^.;\])]{2,60})[.;\])]?"
)
_STATUS = re.compile(r"\s*[\[(]?\b(?:Status|STATUS|RAG|Progress)\s*:\s*(?P<status>[^.;\])]{2,60})[.;\])]?")
_INITIALS = re.compile(
    r"(?:[A-Z]{2,4}|Clerk|Chair|All|ALL|CEO|CFO|COO|Head|Principal)(?:\s*(?:/|,|&|and|"
    r"\+)\s*(?:[A-Z]{2,4}|Clerk|Chair))*"
)
_BY = re.compile(
    r"\b(?:by|due(?: by| on)?) (?:the )?(?:end of )?"
    r"(?P<due>\d{1,2}(?:st|nd|rd|th)? \w+(?: 20\d\d)?|\w+ 20\d\d|next meeting)\b"
)
_TO_DO = re.compile(
    r"^(?P<lead>(?:The )?[A-Z][\w.’'-]*(?:\s+(?:and\s+|&\s+)?(?:[A-Z][\w.’'-]*|of|"
    r"for)){0,5})\s+(?:to|will|would|agreed to|is to|are to)\s+(?=[a-z])"
)
_VERBS = (
    r"bring|provide|circulate|report|share|feed|follow|look|take|send|write|check|liaise|"
    r"arrange|investigate|prepare|contact|raise|"
    r"speak|confirm|update|explore|ask|seek|obtain|draft|submit|present|organise|invite|"
    r"consider|discuss|add|include|review|produce|"
    r"clarify|email|meet|return|respond|chase|amend|publish"
)
_PROMISES = (
    re.compile(r"\b(?:would|will|could|should|to|must) (?:also |then |now )?be taken (?:forward|away|up|back)\b"),
    re.compile(
        r"\b(?:would|will|should|to|must) (?:also |then |now )?be (?:re)?(?:submitted|brought|"
        r"reported|presented|circulated|provided|"
        r"shared|returned|tabled|considered|discussed|included|taken|added|"
        r"referred)\b[^.]{0,60}?\b(?:the|a|its|their|our) "
        r"(?:next|following|future|subsequent|[A-Z][a-z]+ 20\d\d) (?:\w+ )?(?:meeting|report|agenda|session)"
    ),
    re.compile(
        r"\b(?:would|will|should) be (?:circulated|shared|sent|forwarded|"
        r"emailed)\b[^.]{0,40}\b(?:to|with|among) (?:all )?(?:members|governors|trustees|"
        r"directors|councillors|the Board|the Committee)"
    ),
    re.compile(
        rf"(?<!Board )(?<!Committee )(?<!Council )(?<!Members )\b(?:agreed|undertook|offered|"
        rf"promised|committed|volunteered|was asked|were asked|is to|are to) to "
        rf"(?:\w+ly )?(?:{_VERBS})\b"
    ),
    re.compile(
        rf"(?:^|[,;:] |\b(?:that|and) )(?!It\b|This\b|These\b|There\b|That\b)(?:the |The |"
        rf"an? )?(?:[A-Z][\w’'-]*\s+(?:of\s+)?){{0,5}}(?:[A-Z][\w’'-]*|[Ss]he|[Hh]e|[Tt]hey|Clerk|"
        rf"Chair|Secretary|Officers?) "
        rf"(?:would|will) (?:\w+ly |then |also |now )?(?:{_VERBS})\b"
    ),
    re.compile(
        r"\b(?:report|paper|case|plan|update|review|analysis|briefing|response|policy|strategy|"
        r"proposal|draft|forecast)s? "
        r"(?:would|will) (?:then |also )?(?:come|follow|be (?:published|brought|ready|presented|"
        r"circulated|submitted|reported))\b"
    ),
)
_ASKED = re.compile(r"\b(?:asked|requested|called) (?:for|that)\b|\b(?:requested|needs? to|should|must)\b")
_NO_PROMISE = re.compile(
    r"\b(?:if|unless|whether there would|asked (?:whether|if|how|that)|queried|suggested|"
    r"questioned|wondered|hoped)\b|\?|"
    r"\b(?:next meeting|meeting) (?:of the \w+ )?(?:will|would) (?:be held|take place)\b"
)


@dataclass(frozen=True)
class Doing:
    """An action as minutes record it. Anything the minutes leave out is ""."""

    ref: str
    text: str
    lead: str
    due: str
    paragraph: Paragraph
    status: str = ""


@dataclass(frozen=True)
class Promise:
    """A sentence in which somebody says what will be done, with the paragraph it stands in."""

    text: str
    paragraph: Paragraph


def begins_action(text: str) -> bool:
    """Whether a row begins an action by its label."""
    return _ACTION.match(text) is not None


def actions_in(paragraphs: Sequence[Paragraph], aside: bool, beside_title: str = "") -> Iterator[Doing]:
    """The actions of one minute. aside: whether a column beside the text says whose they are; beside_title: what it
    says beside the minute's title."""
    if aside and paragraphs and (lead := _whose(beside_title)):
        promising = [paragraph for paragraph in paragraphs if _promises(_promised(paragraph.text))]
        asked = [paragraph for paragraph in paragraphs if _ASKED.search(paragraph.text)]
        where = next(iter([*promising, *asked]), paragraphs[-1])
        text = _promised(where.text)
        yield Doing("", text, lead, _due_in(text), where)
    for place, paragraph in enumerate(paragraphs):
        found = _ACTION.match(paragraph.text)
        before = paragraphs[place - 1] if place else None
        if found is not None:
            yield from _labelled(found, paragraph, before)
        elif (ends := _AT_END.search(paragraph.text)) is not None:
            said = sentences(paragraph.text[: ends.start()].rstrip(" ([")) or [""]
            yield _doing("", ends["text"], paragraph, said[-1])
        elif aside and (lead := _whose(paragraph.aside)):
            promised = _promised(paragraph.text)
            yield Doing("", promised, lead, _due_in(promised), paragraph)


def _promised(text: str) -> str:
    """Of the sentences of a paragraph the one that says what is to be done: a promise, else what was asked for, else
    the last that decides nothing."""
    said = sentences(text)
    asked = [each for each in said if _ASKED.search(each)]
    open_still = [each for each in said if not begins_decision(each)] or said
    return next((each for each in said if _promises(each)), asked[0] if asked else open_still[-1])


def _whose(aside: str) -> str:
    """Whose an action is, by the column beside the text."""
    lead = re.sub(r"(?i)^actions?\s*(?:by)?\s*[:–-]?\s*", "", aside).strip(" -–")
    return lead if lead and not lead[0].isdigit() else ""


def promises_in(paragraphs: Sequence[Paragraph], done: Sequence[Doing]) -> Iterator[Promise]:
    """Sentences of one minute that promise something, without those that its actions take up."""
    taken = [doing.paragraph for doing in done]
    for place, paragraph in enumerate(paragraphs):
        following = paragraphs[place + 1] if place + 1 < len(paragraphs) else None
        if paragraph in taken or (following is not None and following in taken and not begins_decision(paragraph.text)):
            continue
        for sentence in sentences(paragraph.text):
            if _promises(sentence) and not any(fuzz.token_set_ratio(sentence, doing.text) >= 60 for doing in done):
                yield Promise(sentence, paragraph)


def _promises(sentence: str) -> bool:
    return any(pattern.search(sentence) for pattern in _PROMISES) and not _NO_PROMISE.search(sentence)


def doing_under(head: str, paragraph: Paragraph) -> Doing | None:
    """The action that a paragraph tells under a head of its own, such as "Action 26/07"; None under other heads."""
    found = _ALONE.fullmatch(head)
    return _doing(found["ref"], paragraph.text, paragraph, "") if found else None


def _labelled(found: re.Match[str], paragraph: Paragraph, before: Paragraph | None) -> Iterator[Doing]:
    said = sentences(before.text)[-1] if before is not None and before.text else ""
    yield _doing(found["ref"] or "", found["text"], paragraph, said)


def _doing(ref: str, text: str, paragraph: Paragraph, said: str) -> Doing:
    """said: what stands before, for an action that names only whose it is."""
    text, lead = _taken_out(_LEAD, text, "lead")
    text, due = _taken_out(_DUE, text, "due")
    text, status = _taken_out(_STATUS, text, "status")
    bare = text.strip(" .;,")
    if _INITIALS.fullmatch(bare) or (_is_owner(bare) and not lead):
        return Doing(ref, said.strip(), lead or bare, due or _due_in(said), paragraph)
    initials = re.match(rf"(?P<lead>{_INITIALS.pattern})\s*(?:[:–-]|to\b|will\b)\s*", bare)
    named = initials or _TO_DO.match(bare)
    if not lead and named is not None:
        lead = named["lead"].strip()
    return Doing(ref, bare, lead.strip(" ."), due or _due_in(bare), paragraph, status)


def _is_owner(text: str) -> bool:
    """Whether it is a name or an office and nothing to be done."""
    words = text.split()
    return 0 < len(words) <= 5 and all(word[0].isupper() or word in ("of", "and", "the", "&", "for") for word in words)


def _taken_out(pattern: re.Pattern[str], text: str, name: str) -> tuple[str, str]:
    found = pattern.search(text)
    if found is None:
        return text, ""
    return f"{text[: found.start()]} {text[found.end() :]}".strip(), found[name].strip(" .,")


def _due_in(text: str) -> str:
    found = _BY.search(text)
    return found["due"] if found else ""
