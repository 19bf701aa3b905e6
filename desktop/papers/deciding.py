"""What a meeting decided, in its minutes' words: RESOLVED, AGREED, NOTED, Carried, and sentences that say the same."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.papers.finding import Confidence
from desktop.papers.strips import MARK, Paragraph, joined

_VERBS = (
    r"RESOLVED|AGREED|NOTED|DECIDED|APPROVED|RECOMMENDED|RECEIVED|ENDORSED|RATIFIED|ADOPTED|"
    r"DEFERRED|CONFIRMED|CARRIED|"
    r"SUPPORTED|ACCEPTED|REJECTED|DELEGATED|AUTHORISED|REFUSED|DISCHARGED"
)
_HOW = r"(?:\s*(?:unanimously|nem\.? con\.?|by consensus|\((?:unanimously|nem\.? con\.?)\)|\d+[./]\d+))?"
_BODY = (
    r"(?:Group |Full |Parish |Town |Trust |Finance |Audit |University |Governing )*"
    r"(?:Council of Governors|Board of (?:Directors|Trustees|Governors|Management)|"
    r"Board|Committee|Sub-Committee|Council|Governors|Governing Body|Trustees|Members|"
    r"Directors|Panel|Cabinet|Senate|Court|Group|"
    r"Meeting|Forum|Executive|Trust|Councillors|Commission|Authority|Body|Corporation)"
)
_LABEL = re.compile(
    rf"(?P<lead>(?:It was|it was|IT WAS|The {_BODY}|{_BODY})?\s*(?:further |then |FURTHER |"
    rf"unanimously |UNANIMOUSLY |also |duly )*)"
    rf"(?P<verb>(?:UNANIMOUSLY )?(?:{_VERBS})(?: UNANIMOUSLY)?(?:(?:,| AND| &| and) (?:{_VERBS}))*)\b{_HOW}"
    r"(?P<by>\s*(?:\((?:proposed|seconded)[^)]*\)))?"
    r"(?P<stop>\s*(?:[:.–—-]+|that|THAT|to|TO|the|$)?)",
)
_CAPITALS = re.compile(rf"\b(?:{_VERBS})\b")
_VOTED = re.compile(
    r"\b(?:motion|proposal|amendment|resolution|recommendation)s?\b[^.]{0,120}?\b(?:was|"
    r"were) (?:then |duly |unanimously )*"
    r"(?P<verb>carried|lost|defeated|passed)\b",
    re.IGNORECASE,
)
_TITLED = re.compile(
    rf"(?P<verb>DECISIONS?|RESOLUTIONS?|Resolved|Agreed|Noted|Decisions?|Decided|Approved|Recommended|Recommendations?|Ratified|Endorsed|"
    rf"Carried|Resolutions?|Outcome|Motion carried|Confirmed|Received|Adopted|"
    rf"Deferred){_HOW}(?P<stop>\s*(?:[:–—]|$|that\b|to\b|-\s))"
)
_NARRATIVE = (
    re.compile(
        r"(?:(?:(?:After|Following|Having)\b[^.]{0,80}?,? )?"
        r"[Ii]t (?:was|had been) (?:\w+ly |further |also |then |therefore |"
        r"proposed (?:by [^.]{3,60} )?and (?:\w+ )?)*"
        r"(?P<verb>agreed|resolved|approved|decided|recommended|carried|noted)\b(?! that (?:the|a|"
        r"an) [^.]{0,60}\b(?:was|were|is|had)\b))"
    ),
    re.compile(
        rf"(?:The |Our )?{_BODY}(?: members)? (?:unanimously |formally |duly |then |therefore |"
        rf"also |subsequently |all |had )*"
        r"(?P<verb>resolved|agreed|approved|ratified|endorsed|adopted|accepted|recommended|"
        r"supported|confirmed|authorised|deferred|noted|"
        r"RESOLVED|AGREED|APPROVED|NOTED|RECEIVED|received and (?:noted|approved|accepted))\b"
    ),
    re.compile(
        r"(?:[^.]{0,160}\b(?:[Pp]roposed|[Mm]oved)\b[^.]{0,120}\b[Ss]econded\b[^.]{0,200}?)\b"
        r"(?P<verb>carried|agreed|resolved|approved|CARRIED|AGREED|RESOLVED|APPROVED)\b"
    ),
    re.compile(
        r"(?:The |This )?(?:motion|resolution|proposal|amendment|recommendation)s? (?:was|were|"
        r"is) [^.]{0,60}?\b(?P<verb>carried|agreed|approved|adopted|passed|lost|defeated)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?P<verb>Carried|CARRIED|Agreed|All agreed|All in favour|Motion carried)(?: unanimously|"
        r" nem\.? con\.?)?\s*\.?$"
    ),
    re.compile(r"(?P<verb>Approved|Agreed|Accepted|Confirmed|Signed) as (?:an? )?(?:true|correct|accurate|fair)\b"),
    re.compile(
        r"(?:The )?[Mm]inutes\b[^.]{0,160}\b(?:were|was) (?:\w+ly |then )*(?P<verb>approved|"
        r"agreed|accepted|confirmed|signed)\b"
    ),
)
_TALK = re.compile(
    r"\bnoted (?:that|how|with)\b|\bagreed (?:with|that (?:\w+ ){1,6}(?:is|was|are|were|had|"
    r"has)\b)|\bnoted (?:his|her|their) |"
    r"\bconfirmed (?:that|they|it|he|she)\b|\bsupported (?:this|by)\b|\baccepted that\b"
)
_SENTENCE = re.compile(r"(?<=[a-z\d)%”’']\.)\s+(?=[A-Z“‘])|(?<=[!?])\s+(?=[A-Z])|(?<=[a-z]{4}\.)\s+(?=\d\d/)")
_TITLE_ENDS = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Cllr|Rev|St|No|Nos|vs|etc)\.$")
_MOVED = re.compile(r"\b(?:[Pp]roposed|[Mm]oved)\b.*\b[Ss]econded\b|\b[Ss]econded by\b")
_PUT = re.compile(  # of what was moved in the sentence before
    r"(?:(?:The )?(?:motion|proposal|vote) (?:was )?)?"
    r"(?P<verb>CARRIED|Carried|carried|AGREED|Agreed|LOST|Lost|lost|All in favour)\b"
    r"(?=[ ,.;:(–-]|$)(?! (?:that|to|the)\b)"
)
_SHOULD = re.compile(r"\b(?:should|be|shall|to)\b")
_MOST_WORDS = 60


@dataclass(frozen=True)
class Decided:
    """A decision: as it is said, without its label; verb: the label or verb, as printed; and its paragraphs."""

    text: str
    verb: str
    paragraphs: tuple[Paragraph, ...]
    points: tuple[Paragraph, ...] = ()
    confidence: Confidence = Confidence.CERTAIN


def begins_decision(text: str) -> bool:
    """Whether a row begins a decision by its label."""
    return _labelled(_unmarked(text)) is not None


def sentences(text: str) -> list[str]:
    """Of running text, roughly: abbreviations of two letters end none."""
    found: list[str] = []
    for part in (each.strip() for each in _SENTENCE.split(text)):
        if found and _TITLE_ENDS.search(found[-1]):
            found[-1] = f"{found[-1]} {part}"
        elif part:
            found.append(part)
    return found


def decisions(paragraphs: Sequence[Paragraph], labels: bool) -> Iterator[Decided]:
    """What the paragraphs of one minute decide. labels: whether these minutes label their decisions, so that other
    sentences beside one decide nothing."""
    labels = labels and any(begins_decision(each.text) or _CAPITALS.search(each.text) for each in paragraphs)
    place = 0
    while place < len(paragraphs):
        paragraph = paragraphs[place]
        label = _labelled(_unmarked(paragraph.text))
        if label is not None:
            points = _points(paragraphs[place + 1 :], label[1])
            yield _decided(paragraph, label, points)
            place += 1 + len(points)
            continue
        yield from _inside(paragraph, labels)
        place += 1


def uses_labels(paragraphs: Sequence[Paragraph]) -> int:
    """How many of the paragraphs begin with the label of a decision."""
    return sum(begins_decision(paragraph.text) for paragraph in paragraphs)


def _unmarked(text: str) -> str:
    mark = MARK.match(text)
    return text[mark.end() :] if mark else text


def _labelled(text: str) -> tuple[str, str] | None:
    """The label a text begins with, and what follows it."""
    found = _LABEL.match(text)
    if found is not None and (found["stop"].strip() or not text[found.end() :].strip() or found["lead"].strip()):
        stop = found["stop"].strip()
        rest = text[found.end() :]
        return found["verb"], (rest if not stop.isalpha() else f"{stop} {rest.strip()}").strip(" :–—-")
    titled = _TITLED.match(text)
    if titled is not None:
        stop, rest = titled["stop"].strip(), text[titled.end() :].strip(" :–—-")
        return titled["verb"], f"{stop} {rest}" if stop.isalpha() else rest
    return None


def _decided(paragraph: Paragraph, label: tuple[str, str], points: Sequence[Paragraph]) -> Decided:
    verb, rest = label
    texts = [rest, *(point.text for point in points)]
    return Decided(joined(texts), verb, (paragraph, *points), tuple(points))


def _points(following: Sequence[Paragraph], rest: str) -> list[Paragraph]:
    """The paragraphs that go on with a decision whose label stands alone, or that ends with a colon."""
    if rest and not rest.rstrip().endswith((":", ":-", "that", "to", "following")):
        return []
    found: list[Paragraph] = []
    for paragraph in following:
        text = paragraph.text
        if begins_decision(text) or re.match(r"(?i:actions?\b)", text):
            break
        is_point = paragraph.is_item or re.match(r"(?:That|To|The|It|i{1,3}\b)", text) is not None
        short = len(text.split()) <= _MOST_WORDS and _SHOULD.search(text) is not None
        if found and not (paragraph.is_item or text.startswith(("That", "To ")) or (is_point and short)):
            break
        found.append(paragraph)
        if not rest and not is_point:
            break
    return found


def _inside(paragraph: Paragraph, labels: bool) -> Iterator[Decided]:
    """Decisions that sentences of a paragraph say, in capitals or in so many words."""
    said = sentences(_unmarked(paragraph.text))
    for place, sentence in enumerate(said):
        put = _PUT.match(sentence) if place and _MOVED.search(said[place - 1]) else None
        if put is not None:
            yield Decided(f"{said[place - 1]} {sentence}", put["verb"], (paragraph,))
            continue
        label = _labelled(sentence) if place else None
        if label is not None and label[1]:
            yield Decided(label[1], label[0], (paragraph,))
            continue
        capital = re.search(rf"\b(?:{_VERBS})\b", sentence)
        if capital is not None and not sentence.isupper() and not re.search(r"[A-Z]{3,} [A-Z]{3,} [A-Z]{3,}", sentence):
            yield Decided(sentence, capital[0], (paragraph,))
        elif (voted := _VOTED.search(sentence)) is not None:
            yield Decided(sentence, voted["verb"], (paragraph,), confidence=Confidence.LIKELY)
        elif not labels and not _TALK.search(sentence):
            found = next((match for pattern in _NARRATIVE if (match := pattern.match(sentence))), None)
            if found is not None:
                yield Decided(sentence, found["verb"], (paragraph,), confidence=Confidence.LIKELY)
