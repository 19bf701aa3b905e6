"""One risk as it is gathered from rows of tables and lines of a page: its facts, and the parts it lists."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from desktop.papers.finding import Box, Confidence, Finding, FindingKind, Place
from desktop.papers.risks.refs import RiskRef
from desktop.papers.risks.scores import Score

_APPETITE = re.compile(
    r"appetite\W*(?:is\W+)?([A-Za-z][A-Za-z /-]{2,30}?)(?=\s*(?:[(.;,]|$|\bupper|\btoleran|\bAppendix))", re.IGNORECASE
)
_TOLERANCE = re.compile(r"toleran\w*\D{0,24}?(\d{1,3})\b", re.IGNORECASE)
_LED = re.compile(
    r"^(?:date )?(?:last )?(?:included|added|opened|raised|updated|reviewed)(?: on)?\s*:?\s*", re.IGNORECASE
)
_MOST_CONTROLS = 80  # boxes that are kept of a risk as a whole
FAMILIES = ("initial", "current", "target", "previous", "residual")


@dataclass
class Card:
    """ref: None for a risk that has no number. set_out: how fully it is told here; the fullest is its place."""

    ref: RiskRef | None
    page: int
    boxes: list[Box] = field(default_factory=list)
    title: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    scores: dict[str, Score] = field(default_factory=dict)
    history: list[tuple[str, str]] = field(default_factory=list)
    parts: list[Finding] = field(default_factory=list)
    sure: bool = True

    @property
    def key(self) -> str:
        """What tells it from other risks of the paper."""
        return self.ref.key if self.ref else self.title.casefold()

    @property
    def set_out(self) -> int:
        """A row of a table says less than a page."""
        return len(self.facts) + 2 * len(self.scores) + len(self.parts)

    def say(self, role: str, text: str) -> None:
        """A field in the paper's words; what was said first stays."""
        text = " ".join(text.split()).strip(" ;")
        if role in ("opened", "updated"):
            text = _LED.sub("", text).rstrip(".")
        if not text or text in "-–—.":
            return
        if role == "title":
            self._entitle(text)
        else:
            self.facts.setdefault(role, text)
        if role in ("appetite", "tolerance"):
            self._read_appetite(role, text)

    def read_appetite(self, text: str) -> bool:
        """Words like "Risk appetite – Open (upper limit of tolerance 16)"."""
        appetite, tolerance = _APPETITE.search(text), _TOLERANCE.search(text)
        if appetite:
            self.facts.setdefault("appetite", appetite[1].strip(" -–"))
        if tolerance:
            self.facts.setdefault("tolerance", tolerance[1])
        return bool(appetite or tolerance)

    def _read_appetite(self, role: str, text: str) -> None:
        bare = re.sub(r"\s*\((?:see )?appendix[^)]*\)", "", text, flags=re.IGNORECASE)
        limit = _TOLERANCE.search(bare)
        if role == "appetite" and limit:
            self.facts.setdefault("tolerance", limit[1])
            bare = bare[: limit.start()].rstrip(" (,;–-") if limit.start() else bare
            bare = re.sub(r"\s*\(?\s*upper limit of$", "", bare)
        self.facts[role] = bare.strip(" ,;") or text

    def score(self, family: str, kind: str, score: Score) -> None:
        """A score, or one of the two it is made of."""
        before = self.scores.get(family or "current", Score())
        number = score.total
        if kind == "likelihood":
            merged = Score(before.value, before.consequence, number, before.rating, before.before)
        elif kind == "consequence":
            merged = Score(before.value, number, before.likelihood, before.rating, before.before)
        else:
            merged = Score(
                before.value or score.value,
                before.consequence or score.consequence,
                before.likelihood or score.likelihood,
                before.rating or score.rating,
                before.before or score.before,
            )
        self.scores[family or "current"] = merged

    def merge(self, other: "Card") -> None:
        """What another place in the paper says of the same risk."""
        if other.title:
            self._entitle(other.title)
        for role, text in other.facts.items():
            self.facts.setdefault(role, text)
        for family, score in other.scores.items():
            self.score(family, "score", score)
        self.history = self.history or other.history
        if not any(part.fact("part") != "place" for part in self.parts):
            self.parts += other.parts
        if (other.page, other.boxes) != (self.page, self.boxes):
            where = Place(other.page, tuple(other.boxes))
            self.parts.append(Finding(FindingKind.PART, where, other.title, facts={"part": "place"}))

    def _entitle(self, text: str) -> None:
        """The shorter of two is the title, the longer says what may happen."""
        if not self.title:
            self.title = text
        elif _letters(text) != _letters(self.title) and "description" not in self.facts:
            short, long = sorted((self.title, text), key=len)
            self.title, self.facts["description"] = short, long


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def finding_of(card: Card, adds: int) -> Finding:
    """The card as a finding. adds: how often this body adds the consequence to the product of the two."""
    scores = _named(card.scores)
    facts = dict(card.facts)
    if card.ref:
        facts |= {"register": card.ref.register, "key": card.ref.key}
    wrong = []
    for family, score in scores.items():
        facts |= _score_facts(family, score, adds)
        if score.value and score.product and score.value != score.product + adds * score.consequence:
            wrong.append(f"{family}: {score.consequence} × {score.likelihood} is {score.product}, not {score.value}")
    if wrong:
        facts["scores_wrong"] = "; ".join(wrong)
    parts = [*card.parts, *(_past(card, period, score) for period, score in card.history)]
    sure = Confidence.CERTAIN if card.ref and card.sure else Confidence.LIKELY
    place = Place(card.page, tuple(card.boxes[:_MOST_CONTROLS]))
    title = card.title or (card.ref.spelt if card.ref else "")
    spelt = card.ref.spelt if card.ref else ""
    return Finding(FindingKind.RISK, place, title, spelt, facts, sure, tuple(parts))


def _named(scores: dict[str, Score]) -> dict[str, Score]:
    """ "Residual" is the current score, unless the paper has another one for that: then it is what is aimed at."""
    named = dict(scores)
    residual = named.pop("residual", None)
    if residual is not None:
        named.setdefault("target" if "current" in named else "current", residual)
    current = named.get("current")
    if current is not None and current.before:
        named.setdefault("previous", Score(current.before))
    return {family: named[family] for family in FAMILIES if family in named}


def _score_facts(family: str, score: Score, adds: int) -> dict[str, str]:
    total = score.value or (score.product + adds * score.consequence if score.product else 0)
    told = {
        f"score_{family}": str(total or ""),
        f"consequence_{family}": str(score.consequence or ""),
        f"likelihood_{family}": str(score.likelihood or ""),
        f"rating_{family}": score.rating,
    }
    return {name: text for name, text in told.items() if text}


def _past(card: Card, period: str, score: str) -> Finding:
    facts = {"part": "score", "period": period, "score": score}
    return Finding(FindingKind.PART, Place(card.page, tuple(card.boxes[:1])), f"{period}: {score}", facts=facts)


def common_sum(cards: Iterable[Card]) -> int:
    """1 where this body adds the consequence once more, as charities are advised to (x × y + y); else 0."""
    counted: Counter[int] = Counter()
    for card in cards:
        for score in card.scores.values():
            if score.value and score.product:
                counted[score.value == score.product + score.consequence] += 1
    return int(counted[True] > 2 and counted[True] > 2 * counted[False])


def joined_cards(cards: Sequence[Card]) -> list[Card]:
    """One card a risk: what is said of it elsewhere in the paper joins the fullest account."""
    by_key: dict[str, list[Card]] = {}
    for card in cards:
        by_key.setdefault(card.key, []).append(card)
    joined = []
    for same in by_key.values():
        fullest = max(same, key=lambda card: card.set_out)
        for other in same:
            if other is not fullest:
                fullest.merge(other)
        joined.append(fullest)
    return joined
