"""What a note is about beyond its page: an item, a risk or an action, known again in later packs by its own key."""

import re
from dataclasses import dataclass, field

from desktop.search.text import folded

ITEM, RISK, ACTION = "item", "risk", "action"
KINDS = (ITEM, RISK, ACTION)
LONGEST = 200  # letters of a name

_DATES = re.compile(
    r"\b(?:\d{1,2} )?(?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
    r"(?: \d{4})?"
    r"|\b(?:19|20)\d\d(?:/\d\d)?\b|\b(?:month|quarter|m|q) ?\d{1,2}\b"
)
_BETWEEN = re.compile(r"[^\w/]+")


@dataclass(frozen=True)
class Subject:
    """kind: one of KINDS. ref: as the paper spells it, "" for an item, whose number is another at each meeting.
    name: what it is called, as the member sees it."""

    kind: str
    ref: str
    name: str = field(repr=False)

    @property
    def key(self) -> str:
        """The same in every pack: of a risk or action its reference, of an item its title without dates, which are
        other ones each time."""
        if self.ref:
            return f"{self.kind} {_BETWEEN.sub('', folded(self.ref))}"
        return f"{self.kind} {' '.join(_BETWEEN.sub(' ', _DATES.sub(' ', folded(self.name))).split())}"

    @property
    def label(self) -> str:
        """ "BAF3 Workforce", or an item's title."""
        return f"{self.ref} {self.name}".strip()
