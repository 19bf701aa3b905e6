"""The number of a risk, however a paper spells it, and which register it is of."""

import re
from dataclasses import dataclass

_DASHES = r"\-\u2010\u2011\u2012\u2013\u2014"
_NUMBER = r"\d{1,6}(?:[./]\d{1,4}){0,2}[a-z]?"
_NAME = rf"(?:[A-Za-z&]{{1,14}}[\s{_DASHES}:/.#]*){{1,4}}?"
_SPELT = re.compile(rf"(?P<name>{_NAME})?(?P<number>{_NUMBER})")
_UNNUMBERED = re.compile(rf"(?P<name>{_NAME})(?P<number>draft|new|tbc|proposed)", re.IGNORECASE)
_AFTER = rf"(?:\s*[{_DASHES}:|.]+\s*|\s+|$)"
_FILLERS = {"NO", "NUMBER", "REF", "REFERENCE", "ID", "THE", "ENTRY"}
# What registers are called; a body's own short names are learned from the heads of its tables.
_REGISTERS = re.compile(r"(?:\w*BAF|\w*RR|SR|CR|PR|OR|\w*RISK|SRR?\w?)$")
_LABEL = re.compile(r"^(?:\w+ )?(?:risk\s+)?(?:id|ref(?:erence)?|no|number)\b\s*[.:#]*\s*(?=\S*\d)", re.IGNORECASE)
_SORT = re.compile(r"^(?:(?:STRATEGIC|CORPORATE|PRINCIPAL|OPERATIONAL|KEY) )?RISKS? (?=[A-Z&]{1,5}$)")
_MOST_NAME = 26


@dataclass(frozen=True)
class RiskRef:
    """spelt: as printed. register: its letters in capitals, "" for a bare number; number: without leading noughts."""

    spelt: str
    register: str
    number: str

    @property
    def key(self) -> str:
        """The same for every spelling of one risk, and no other's: `BAF 1` and `GROUP BAF 1` are two."""
        return f"{self.register} {self.number}".strip()

    @property
    def is_named(self) -> bool:
        """Whether its letters say that it is a risk, wherever it stands."""
        return _REGISTERS.search(self.register) is not None


def risk_ref(text: str) -> RiskRef | None:
    """A text that is nothing but a risk's number."""
    spelt = _LABEL.sub("", " ".join(text.split()).strip(" .:"))
    found = _SPELT.fullmatch(spelt) or _UNNUMBERED.fullmatch(spelt)
    return _made(spelt, found) if found else None


def leading_ref(text: str) -> tuple[RiskRef, str] | None:
    """A text that begins with a risk's number, and what follows it."""
    spelt = _LABEL.sub("", " ".join(text.split()))
    found = re.match(f"(?:{_SPELT.pattern}){_AFTER}", spelt)
    if found is None:
        return None
    ref = _made(spelt[: found.end("number")], found)
    return (ref, spelt[found.end() :].strip()) if ref else None


def risk_key(spelt: str) -> str:
    """`RiskRef.key` of a number as spelt; of what is none, the words as they are."""
    ref = risk_ref(spelt)
    return ref.key if ref else " ".join(spelt.split()).upper()


def _made(spelt: str, found: re.Match[str]) -> RiskRef | None:
    name = found["name"] or ""
    words = [word for word in re.split(rf"[\s{_DASHES}:/.#]+", name.upper()) if word and word not in _FILLERS]
    if len(" ".join(words)) > _MOST_NAME:
        return None
    number = re.sub(r"(?<![\d.])0+(?=\d)", "", found["number"])
    return RiskRef(spelt, _SORT.sub("", " ".join(words)), number.upper() if number.isalpha() else number)
