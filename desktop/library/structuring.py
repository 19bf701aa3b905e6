"""Finds a paper's contents, the numbers printed on its pages and what it says, while its text is read."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.records import FindingRecord, StructureRecord
from desktop.papers.lines import PrintedPage, printed_page
from desktop.papers.outline import outline_of
from desktop.papers.paper_text import PaperText
from desktop.papers.recognising import EDITION, find_all
from desktop.papers.stamps import find_stamps
from desktop.pdf.protocol import Facts, PageText

if TYPE_CHECKING:
    from desktop.library.holdings import Holdings


def is_structured(holdings: "Holdings", sha256: str) -> bool:
    """In the store's lane: whether a file was read through, by the recognisers there are now."""
    found = holdings.structures.get(sha256)
    return found is not None and found.recognised >= EDITION


def read_again(holdings: "Holdings") -> None:
    """In the store's lane: have intake read what recognisers of an earlier edition read."""
    holdings.structures.read_again(EDITION)


@dataclass(frozen=True)
class Structured:
    """What is kept of a paper that was read through."""

    structure: StructureRecord
    findings: tuple[FindingRecord, ...]

    def keep(self, holdings: "Holdings") -> None:
        """In the store's lane, all or nothing."""
        with holdings.store.transaction():
            holdings.structures.put(self.structure)
            holdings.findings.put(self.structure.sha256, self.findings)


class Structuring:
    """One paper being read through."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._pages: list[PrintedPage] = []
        self._packed: list[bytes] = []

    def add(self, texts: Iterable[PageText]) -> None:
        """These pages were read; they come in order."""
        for text in texts:
            size = self._facts.pages[text.page]
            self._pages.append(printed_page(text, size.width, size.height))
            self._packed.append(text.words)

    def finish(self) -> Structured:
        """What was found, once every page was read."""
        paper = PaperText(self._pages, self._packed, self._facts.title)
        outline = outline_of(self._facts.outline, paper.headings)
        version = self._facts.version
        structure = StructureRecord(version, outline.to_text(), json.dumps(find_stamps(self._pages)), EDITION)
        findings = tuple(found.to_row(version, number) for number, found in enumerate(find_all(paper)))
        return Structured(structure, findings)
