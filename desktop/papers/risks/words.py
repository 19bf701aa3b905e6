"""What the heads of a risk register's columns, and the labels of a risk's page, stand for."""

import re
from dataclasses import dataclass
from functools import lru_cache

_PLAIN = re.compile(r"[^\w&/×#+ ]+")
_FAMILIES = {
    "previous": r"previous|prior|prev|last (?:score|month|quarter|report|meeting|rating)",
    "initial": r"initial|inherent|gross|raw|original|uncontrolled|unmitigated|untreated"
    r"|pre ?(?:mitigation|controls?)|(?:before|without|no) (?:controls?|mitigations?|actions?)|opening",
    "target": r"target|desired|tolerable|goal|future|projected|(?:after|post) actions?",
    "residual": r"residual|net|(?:after|with|post) ?(?:existing |current )?(?:controls?|mitigations?)"
    r"|post ?(?:mitigation|controls?)|mitigated|controlled|managed",
    "current": r"current|present|latest|now|this (?:month|quarter|meeting|report)|actual",
}
_FAMILY = {name: re.compile(rf"\b(?:{words})\b") for name, words in _FAMILIES.items()}
_BOTH = re.compile(r"\b[lcips]\w* ?(?:[x×*/+]|and|by) ?[lcips]\w*\b")
_LIKELIHOOD = re.compile(r"\b(?:l|lik|likelihood|likeli|probability|prob|p|frequency|likely)\b")
_CONSEQUENCE = re.compile(r"\b(?:c|i|s|con|cons|conseq|consequences?|imp|impacts?|severity|sev)\b")
_SCORE = re.compile(
    r"\b(?:scores?|scoring|rating|total|combined|overall|rag|level|grade|ranking|r|exposure|risk assessment|sco re)\b"
)
_AROUND = {
    "risk", "risks", "the", "of", "a", "kind", "type", "status", "matrix", "date", "in", "with", "to", "at", "and", "1",
    "5", "25", "x", "existing", "place", "level", "value",
}  # fmt: skip

# In this order: the first that fits. A gap in control is no control, a date of review no date of an action.
_ROLES: tuple[tuple[str, str], ...] = (
    ("gap in control", r"gaps?|gaps? in (?:the |key )?controls?|controls? gaps?|weakness\w* in controls?"),
    ("gap in assurance", r"gaps? in (?:the )?assurances?|assurances? gaps?|negative assurances?"),
    ("appetite", r"(?:risk )?appetite(?: .*)?"),
    ("tolerance", r"(?:risk )?toleran\w+(?: .*)?"),
    ("opened", r"(?:date )?(?:opened|added|identified|raised|included|entered)(?: on| date)?"),
    ("updated", r"(?:date )?(?:of )?(?:last )?(?:updated?|reviewed|review|revised)(?: date)?(?: on)?"),
    ("next review", r"next (?:review|update)(?: date)?|review (?:due|date)"),
    ("due", r"due|due date|deadline|by when|when|timescales?|time ?frame|(?:target|completion|action|due|end)s? date"
     r"|date|complet\w+(?: by)?|target completion"),
    ("progress", r"(?:action )?(?:progress|updates?|position|comments?|status of actions?)(?: update| report)?"),
    ("owner", r".*\b(?:owners?|leads?|responsib\w+|accountab\w+|sponsor|officer|director|who|manager|handler"
     r"|assigned)\b.*"),
    ("committee", r".*\b(?:committee|oversight|forum|monitor\w*|governance)\b.*"),
    ("movement", r".*\b(?:trend|direction|movement|change|travel|dot|trajectory)\b.*"),
    ("assurance", r".*\bassurances?\b.*|lines? of defence|evidence.*"),
    ("action", r".*\b(?:actions?|next steps|treatment|treatment plan|plans?|what we (?:would|will) do|response)\b.*"
     r"|(?:further|additional|planned|required|future) (?:mitigations?|controls?)(?: .*)?"),
    ("control", r".*\b(?:controls?|mitigations?|mitigants?|mitigating \w+|safeguards|how managed)\b.*"),
    ("cause", r".*\b(?:causes?|triggers?|drivers?|because)\b.*"),
    ("title", r"(?:the |our )?(?:strategic|corporate|principal|operational|key|project|top|main)? ?risks?"
     r"(?: (?:title|names?|descriptions?|statements?|events?|details?|summary|area|identified))*|title|name|description"
     r"(?: of (?:the )?(?:risk|hazard|event))?|if this happens"
     r"|(?:description|summary|nature|details?) of (?:the )?risks?"
     r"|threat|event|hazard|uncertainty|what (?:is the risk|could go wrong|might happen)"
     r"|(?:risk )?(?:title|name)(?: and description)?|risk issue|risk and (?:its )?(?:cause|effect|impact).*"),
    ("effect", r".*\b(?:effects?|consequences?|impacts?|results?|outcomes?)\b.*"),
    ("section", r".*\b(?:category|theme|domain|objectives?|priority|aim|goal|directorate|service|division|department"
     r"|strategic link|type|area|pillar)\b.*"),
    ("context", r"context|background|rationale.*|narrative"),
)  # fmt: skip
_ROLE = tuple((role, re.compile(words)) for role, words in _ROLES)
_ID = re.compile(
    r"(?:(?:group|trust|strategic|corporate|principal|operational|directorate) )*(?:(?:baf|risk|crr|srr|register|entry"
    r"|datix|risk register|item) )*(?:refs?|reference|ids?|nos?|num|number|code|#|baf|crr|srr|datix)"
    r"(?: (?:no|number|ref|id|code))?"
)
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATED = re.compile(rf"(?:\b(?:by|to|for|at|end) )*\b(?:{_MONTHS})[a-z]* (?:20)?\d\d\b")
_MOST_WORDS = 9
_KEPT = 4096  # heads and labels come again on every page


@dataclass(frozen=True)
class Head:
    """What a column or a label is of. family and kind: of scores only; a kind is score, likelihood or consequence."""

    role: str
    family: str = ""
    kind: str = ""
    likelihood_first: bool = False


def plain(text: str) -> str:
    """Small letters, no stops, single spaces."""
    return " ".join(_PLAIN.sub(" ", text.casefold().replace("-", " ").replace("\u2010", "")).split())


@lru_cache(_KEPT)
def family_of(text: str) -> str:
    """initial, current, target, previous or residual; "" for a text that is of none."""
    return next((name for name, words in _FAMILY.items() if words.search(plain(text))), "")


@lru_cache(_KEPT)
def kind_of(text: str) -> str:
    """score, likelihood or consequence; "" for none."""
    said = plain(text)
    if _BOTH.search(said):
        return "score"
    for kind, words in (("likelihood", _LIKELIHOOD), ("consequence", _CONSEQUENCE), ("score", _SCORE)):
        if words.search(said):
            return kind
    return ""


@lru_cache(_KEPT)
def head_of(text: str) -> Head | None:
    """What a head or a label stands for; None for words that are none."""
    said = plain(text)
    if not said or len(said.split()) > _MOST_WORDS:
        return None
    if _ID.fullmatch(said):
        return Head("id")
    return _score_head(said) or _other_head(said)


def _score_head(said: str) -> Head | None:
    """A head of scores says nothing else: "Current risk score (L x I)" does, "Impact on patients" does not."""
    said = _DATED.sub(" ", said)
    both = _BOTH.search(said)
    rest = _BOTH.sub(" ", said)
    family = family_of(rest)
    for words in (*_FAMILY.values(), _LIKELIHOOD, _CONSEQUENCE, _SCORE):
        rest = words.sub(" ", rest)
    if set(rest.split()) - _AROUND:
        return None
    kind = kind_of(said)
    if not kind and not family:
        return None
    if kind in ("", "score") and re.search(r"\bdate\b", said):
        return None
    first = both is not None and both[0][:1] in "lp"
    return Head("score", family, kind or "score", first)


def _other_head(said: str) -> Head | None:
    return next((Head(role) for role, words in _ROLE if words.fullmatch(said)), None)
