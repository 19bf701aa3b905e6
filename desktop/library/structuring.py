"""Keeps what a paper's pages said until all were read, and has the paper understood."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.records import FindingRecord, StructureRecord
from desktop.jobs import report
from desktop.papers.outline import outline_of
from desktop.papers.pointing import EDITION as POINTING
from desktop.papers.recognising import EDITION as RECOGNISING
from desktop.papers.scholar import Scholar
from desktop.papers.understanding import ReadPaper, Understood
from desktop.pdf.errors import PdfError
from desktop.pdf.protocol import Facts, PageText

if TYPE_CHECKING:
    from desktop.library.holdings import Holdings

EDITION = RECOGNISING + POINTING  # counted up whenever either is


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
    pointers: str

    def keep(self, holdings: "Holdings") -> None:
        """In the store's lane, all or nothing."""
        with holdings.store.transaction():
            holdings.structures.put(self.structure)
            holdings.findings.put(self.structure.sha256, self.findings)
            holdings.links.put_pointers(self.structure.sha256, self.pointers)


class Structuring:
    """One paper being read through."""

    def __init__(self, facts: Facts, scholar: Scholar) -> None:
        self._facts, self._scholar = facts, scholar
        self._pages: list[PageText] = []

    def add(self, texts: Iterable[PageText]) -> None:
        """These pages were read; they come in order."""
        self._pages += texts

    def finish(self) -> Structured:
        """What was found, once every page was read. Raises CancelledError where the workers are shut down."""
        found, version = self._understood(), self._facts.version
        structure = StructureRecord(version, found.outline.to_text(), json.dumps(found.stamps), EDITION)
        findings = tuple(each.to_row(version, number) for number, each in enumerate(found.findings))
        return Structured(structure, findings, json.dumps(found.pointers.to_json(), ensure_ascii=False))

    def _understood(self) -> Understood:
        facts = self._facts
        sizes = [(page.width, page.height) for page in facts.pages]
        try:
            return self._scholar.study(ReadPaper(self._pages, sizes, facts.outline, facts.title))
        except PdfError:
            pass  # words that nobody can make sense of can still be read and found
        except RuntimeError as bug:
            report(bug)
        return Understood(outline_of(facts.outline, ()))
