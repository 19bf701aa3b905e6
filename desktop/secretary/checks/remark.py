"""What a check says, and what it looks at."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from desktop.papers.finding import Finding, FindingKind, of_kind
from desktop.papers.understanding import Understood
from desktop.pdf.protocol import Facts, Look, PageText
from desktop.secretary.project import DraftItem, DraftPaper


class Weight(Enum):
    """How much a remark weighs: what stops the despatch, what should be seen to, what is only good to know."""

    STOPS = "stops"
    SEE_TO = "see to"
    KNOW = "know"


@dataclass(frozen=True)
class Remark:
    """One finding. item: its number, "" for the pack itself. paper: its title. page: from 1 within it, 0 for none."""

    weight: Weight
    what: str
    do: str = ""
    item: str = ""
    paper: str = ""
    page: int = 0


@dataclass(frozen=True)
class ReadPaper:
    """A paper as far as it could be read. found: what it says, None where that cannot be told; look: what it hides."""

    item: DraftItem
    paper: DraftPaper
    facts: Facts
    pages: tuple[PageText, ...]
    found: Understood | None = None
    look: Look | None = None

    def findings(self, *kinds: FindingKind) -> list[Finding]:
        """What it says of these kinds."""
        return of_kind(self.found.findings, *kinds) if self.found else []

    @property
    def text(self) -> str:
        """All of its words."""
        return "\n".join(page.text for page in self.pages)

    def remark(self, weight: Weight, what: str, do: str = "", page: int = 0) -> Remark:
        """Something said of it. page: from 1."""
        return Remark(weight, what, do, self.item.number, self.paper.title, page)

    @property
    def name(self) -> str:
        """As sentences call it."""
        return f"“{self.paper.title}”"


def listed(words: Sequence[str], most: int = 8) -> str:
    """ "a, b and c", "a, b and 7 more"."""
    shown = list(words[:most])
    rest = len(words) - len(shown)
    if rest:
        return f"{', '.join(shown)} and {rest} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)
