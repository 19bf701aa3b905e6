"""Who was at a meeting, who sent apologies: names with what they are, as minutes list them."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop.papers.finding import Place
from desktop.papers.strips import Strip, joined, place_of_strips

_TITLES = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof(?:essor)?|Sir|Dame|Lord|Lady|Baroness|Cllrs?|Councillors?|Revd?|Reverend|Canon|"
    r"Father|Sister|Rabbi|Imam|Ald(?:erman)?|Chief Superintendent|Superintendent|Chief Inspector|Inspector|Captain|"
    r"Colonel|Major|Judge|The Rt Hon|Rt Hon|Hon|Right Reverend|The)\.?"
)
_WORD = r"(?:[A-Z][\w’'ʼ.-]*|de|van|der|von|la|le|bin|al|ap|O['’]\w+)"
_NAME = re.compile(rf"(?:{_TITLES}\s+)*{_WORD}(?:\s+{_WORD}){{0,4}}")
_ROLE = re.compile(
    r"\b(?:Chair\w*|Chief|Director\w*|Executive|Officer|Trust|Council\b|Committee|Board|"
    r"Manager|Head|Secretary|Clerk|Member\w*|"
    r"Governor\w*|Trustee\w*|Principal|Headteacher|Deputy|Assistant|Associate|President|Dean|"
    r"Treasurer|Nurse|Lead\w*|"
    r"Representative|Mayor|Group|Team|University|College|Service\w*|Health|Adviser|Advisor|"
    r"Partner\w*|Minutes|Observer\w*|"
    r"Police|Crime|Commissioner\w*|Fire|Rescue|Programme\w*|Operations|Development|Finance|"
    r"Culture|Strategy|Digital|Information|"
    r"Governance|People|Schools?|Children\w*|Medical|Nursing|Quality|Performance|Corporate|"
    r"Resources|Estates|Healthwatch|City|"
    r"Registrar|Provost|Chancellor|Vice|Auditor\w*|LLP|Ltd|Accountant|Solicitor|Interim|Staff|"
    r"Parent|Public|NHS\w*|Press)\b"
)
_SURNAMED = re.compile(  # people are called so, too: "Carl Dean"
    r"(?!(?:The|Acting|Executive|Senior|Joint|Managing|Former|Academic|Faculty|Pro)\b)([A-Z][\w’'-]+) "
    r"(?:Dean|Head|Provost|Nurse|Major|Judge|Partner|Fire)"
)
_STOPPED = re.compile(r"(?<!\b[A-Z])[.;:]$")  # after an initial it stops nothing
_PLURAL = re.compile(r"(?:Cllrs|Councillors)\s+")
_PARTS = re.compile(r"\s*(?:,|;|\s[–—-]\s|\s–|\(|:|\t|\s[–—-](?=[A-Z]))\s*")
_LABELS = (
    (
        "present",
        r"(?:members |governors |trustees |councillors |directors |those |"
        r"voting members )?p\s?r\s?e\s?s\s?e\s?n\s?t",
    ),
    ("in attendance", r"(?:officers |also )?(?:in attendance|present by invitation|also present|also attending)"),
    (
        "in attendance",
        r"(?:standing invitees|by invitation|observers?|observing|officers present|"
        r"non[- ]voting members)",
    ),
    ("present", r"(?:attendees|attendance|attending|members|membership)"),
    ("apologies", r"(?:apologies(?: for absence)?(?: (?:were )?received(?: from)?)?|apology)"),
    ("absent", r"(?:absent|not present|members absent)"),
)
_HEADS = tuple(
    (kind, re.compile(rf"(?:\d[\d.]*\s+)?{words}\s*(?:\([^)]*\))?\s*(?P<stop>:|–|-|$)\s*", re.IGNORECASE))
    for kind, words in _LABELS
)
_FROM = re.compile(
    r"\bapolog(?:ies|y)\b[^.]{0,60}?\b(?:from|by|of)\b(?: the following\b[^:]{0,40})?\s*:?-?\s*(?P<names>.+)",
    re.IGNORECASE | re.DOTALL,
)
_NEXT_HEAD = re.compile(
    r"(?<=[a-z)])\.\s+(?=(?:also present|in attendance|apologies|absent)\b[^:.]{0,30}:)", re.IGNORECASE
)
_NOBODY = re.compile(r"\b(?:none|no apologies|nil|not applicable|n/a)\b", re.IGNORECASE)
_MOST_WORDS = 9


@dataclass(frozen=True)
class Person:
    """One who was there, or was not. role: "" where none is named. how: present, in attendance, apologies, absent."""

    name: str
    role: str
    how: str
    place: Place


def people_before(strips: Sequence[Strip]) -> Iterator[Person]:
    """Those listed before the first minute under heads such as Present."""
    how, block = "", []
    for strip in strips:
        head = _head(strip.text) or _head_beside(strip)
        if head is None:
            block.append(strip)
            continue
        if how:
            yield from _listed(block, how)
        how, rest = head
        block = [_cut(strip, rest)] if rest else []
    if how:
        yield from _listed(block, how)


def apologies_in(text: str, place: Place, listed: bool = False) -> Iterator[Person]:
    """Those from whom a minute on apologies says that they came. listed: one an entry, not in a sentence."""
    found = _FROM.search(text)
    if found is None:
        return
    for name, role in _names_in(re.split(r"(?<=[a-z)])\.\s", found["names"])[0], running=not listed):
        yield Person(name, role, "apologies", place)


def _head(text: str) -> tuple[str, str] | None:
    """What a row heads, and what follows it in the row."""
    for kind, head in _HEADS:
        found = head.match(text)
        if found and (found["stop"] == ":" or not text[found.end() :]):
            return kind, text[found.end() :]
    return None


def _head_beside(strip: Strip) -> tuple[str, str] | None:
    """A head in a column of its own, and what stands beside it."""
    head = _head(strip.lines[0].text) if len(strip.lines) > 1 else None
    return (head[0], joined(line.text for line in strip.lines[1:])) if head is not None and not head[1] else None


def _cut(strip: Strip, rest: str) -> Strip:
    """The row without its head, where the head is a line of its own."""
    lines = tuple(line for line in strip.lines if line.text and line.text in rest)
    return Strip(strip.page, lines) if lines and joined(line.text for line in lines) == rest else strip


def _listed(block: Sequence[Strip], how: str) -> Iterator[Person]:
    for strips in _entries(block):
        for text in _NEXT_HEAD.split(_entry_text(strips)):  # "Present: … . Also present: …" in one paragraph
            head = _head(text)
            how = head[0] if head else how
            if _NOBODY.match(text.strip()):
                continue
            for name, role in _names_in(head[1] if head else text):
                yield Person(name, role, how, place_of_strips(strips))


def _entries(block: Sequence[Strip]) -> list[list[Strip]]:
    """Rows that belong to one entry together."""
    steps = [b.middle - a.middle for a, b in itertools.pairwise(block) if a.page == b.page]
    least = min((step for step in steps if step > 2), default=0.0)
    several = bool(steps) and max(steps) > 1.25 * least
    found: list[list[Strip]] = []
    for strip in block:
        if found and _belongs(found[-1][-1], strip, least if several else 0.0):
            found[-1].append(strip)
        else:
            found.append([strip])
    return found


def _belongs(last: Strip, strip: Strip, least: float) -> bool:
    """Whether a row goes on with the entry of the row above."""
    if strip.page != last.page:
        return strip.text[:1].islower()
    new = len(strip.lines) > 1 and re.match(r"[–—-]\s|[–—-]$", strip.lines[1].text) is not None
    if new:
        return False
    goes_on = last.text.endswith((",", " and", " of", " for", " the", "&", "-", "–", "‐")) or strip.text[:1].islower()
    head = _head(last.text)
    if (
        _is_list(head[1] if head else last.text)
        and 0 < strip.middle - last.middle <= 1.6 * strip.size
        and not _STOPPED.search(last.text)
    ):
        return True  # names in running text
    near = least > 0 and strip.middle - last.middle <= 1.2 * least
    alone = _PARTS.split(strip.text)[0]
    is_name = _is_name(alone) and len(alone.split()) > 1 and alone != strip.text
    return goes_on or (near and not is_name)


def _entry_text(strips: Sequence[Strip]) -> str:
    """Name and role; in two columns each is read down."""
    if any(len(strip.lines) > 1 for strip in strips):
        edge = min(strip.lines[1].x0 for strip in strips if len(strip.lines) > 1) - 3
        left = joined(line.text for strip in strips for line in strip.lines if line.x0 < edge)
        right = joined(line.text for strip in strips for line in strip.lines if line.x0 >= edge)
        return f"{left}, {right.lstrip('–—- ')}"
    return joined(strip.text for strip in strips)


def _names_in(text: str, running: bool = False) -> Iterator[tuple[str, str]]:
    """(name, role) of an entry of a list, or of the names in a sentence (running)."""
    text = re.sub(r"^\W*(?:[•●▪-]|\d+[.)]|[a-z][.)])\s+", "", text.strip()).rstrip(" .,;")
    if running or _is_list(text):
        yield from _from_list(text)
        return
    parts = [part for part in _PARTS.split(text, maxsplit=1) if part]
    if parts and _is_name(parts[0]) and len(parts[0].split()) > 1:
        yield parts[0], _role(text[text.index(parts[0]) + len(parts[0]) :])
    else:
        yield from _run_together(text)


def _is_list(text: str) -> bool:
    """Whether an entry is many names: most of what stands between its commas is one."""
    names = [part.partition("(")[0].strip() for part, _ in _with_stops(text)]
    full = sum(_is_name(name) and len(name.split()) > 1 for name in names)
    return (full > 1 and full > 0.6 * len(names)) or _surnames(text, names)


def _role(rest: str) -> str:
    rest = rest.strip(" ,;:–—-")
    return rest.strip("()") if rest.count("(") == 1 and rest.startswith("(") and rest.endswith(")") else rest


def _run_together(text: str) -> Iterator[tuple[str, str]]:
    """A name with what it is right behind it: "Toby Sanders Senior Responsible Officer"."""
    role = _ROLE.search(text)
    start = re.search(r"\s(?:Senior|Non-Executive|Acting|Lead|Group|Joint|Managing)\s", text)
    at = min((found.start() for found in (role, start) if found), default=-1)
    name = text[:at].strip(" –—-") if at > 0 else text
    if _is_name(name) and 2 <= len(name.split()) <= 5:
        yield name, text[at:].strip() if at > 0 else ""


def _surnames(text: str, names: Sequence[str]) -> bool:
    """Whether a list of councillors goes by surnames: "Cllrs Smith (Chair), Jones and Brown"."""
    return re.match(r"(?:Cllrs|Councillors)\b", text) is not None and len(names) > 1


def _from_list(text: str) -> Iterator[tuple[str, str]]:
    """Names of a list, each with the roles that follow it."""
    name, role = "", ""
    plural = _PLURAL.match(text)
    title = "Cllr " if plural else ""
    for part, stop in _with_stops(text[plural.end() :] if plural else text):
        if name and (more := _PLURAL.match(part)):  # "Councillor Hollis (Chair); Councillors Ansah and Brook"
            plural, title = more, "Cllr "
        bare, _, aside = (_PLURAL.sub("", part) if name else part).partition("(")
        bare, aside = bare.strip(), aside.rstrip(") ")
        single = bool(plural) and _is_name(bare) and len(bare.split()) <= 3
        if single or (_is_name(bare) and len(bare.split()) > 1 and not _ROLE.search(bare)):
            if name:
                yield name, role
            name, role = (title + bare if single and not re.match(_TITLES, bare) else bare), aside
        elif name:
            role = f"{role}{stop if role else ''}{part}" if role else part
    if name:
        yield name, role


def _with_stops(text: str) -> Iterator[tuple[str, str]]:
    """The parts of a list with what stood before each; brackets stay whole."""
    last, before = 0, ""
    for found in re.finditer(r",\s+and\s+|,\s*|;\s*|\s+and\s+", text):
        if text.count("(", 0, found.start()) > text.count(")", 0, found.start()):
            continue
        yield text[last : found.start()].strip(), before
        last, before = found.end(), found[0]
    yield text[last:].strip(), before


def _is_name(text: str) -> bool:
    words = text.split()
    return 0 < len(words) <= _MOST_WORDS and _NAME.fullmatch(text) is not None and not _role_words(text)


def _role_words(text: str) -> bool:
    bare = re.sub(rf"^(?:{_TITLES}\s+)+", "", text)
    named = _SURNAMED.fullmatch(bare)
    return _ROLE.search(named[1] if named else bare) is not None


def named_first(text: str) -> str:
    """The person a sentence begins with, "" for none."""
    found = re.match(rf"((?:{_TITLES}\s+)*{_WORD}(?:\s+(?!{_ROLE.pattern}){_WORD}){{0,3}})\s+[a-z]", text)
    if found is None:
        return ""
    name = found[1]
    return name if len(name.split()) > 1 and not _role_words(name) else ""


def names(people: Iterable[Person]) -> set[str]:
    """Their names."""
    return {person.name for person in people}
