"""What is kept of a paper that was understood, and what of it is known as soon as its file is opened."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.records import FindingRecord, StructureRecord
from desktop.jobs import report
from desktop.papers.outline import Outline, outline_of
from desktop.papers.pointing import EDITION as POINTING
from desktop.papers.recognising import EDITION as RECOGNISING
from desktop.papers.scholar import Scholar
from desktop.papers.understanding import ReadPaper, Understood
from desktop.pdf.errors import PdfError, Unavailable
from desktop.pdf.protocol import Facts, PageText

if TYPE_CHECKING:
    from desktop.library.holdings import Holdings

EDITION = RECOGNISING + POINTING  # counted up whenever either is


@dataclass(frozen=True)
class Structured:
    """What is kept of a paper that was understood, or of which that was tried."""

    structure: StructureRecord
    findings: tuple[FindingRecord, ...]
    pointers: str

    def keep(self, holdings: "Holdings") -> None:
        """In the store's lane, all or nothing."""
        with holdings.store.transaction():
            holdings.structures.put(self.structure)
            holdings.findings.put(self.structure.sha256, self.findings)
            holdings.links.put_pointers(self.structure.sha256, self.pointers)


def own_contents(facts: Facts) -> StructureRecord | None:
    """The contents that the file itself names, for until it is understood; None where it names none."""
    outline = outline_of(facts.outline, ())
    return StructureRecord(facts.version, outline.to_text(), "[]") if outline.entries else None


def structured(facts: Facts, pages: Sequence[PageText], scholar: Scholar) -> Structured:
    """What every page of a paper says together. Raises CancelledError where the workers are shut down, Unavailable
    where there can be none."""
    sizes = [(page.width, page.height) for page in facts.pages]
    try:
        found = scholar.study(ReadPaper(pages, sizes, facts.outline, facts.title))
    except Unavailable:
        raise
    except PdfError:  # words that nobody can make sense of can still be read and found
        found = Understood(outline_of(facts.outline, ()))
    except RuntimeError as bug:
        report(bug)
        found = Understood(outline_of(facts.outline, ()))
    return _kept(facts.version, found)


def nothing_understood(version: str, before: StructureRecord | None) -> Structured:
    """Of a paper that holds no words, or whose words cannot be had again. before: what is known of it."""
    return _kept(version, Understood(Outline.from_text(before.outline) if before is not None else Outline()))


def _kept(version: str, found: Understood) -> Structured:
    structure = StructureRecord(version, found.outline.to_text(), json.dumps(found.stamps), EDITION)
    findings = tuple(each.to_row(version, number) for number, each in enumerate(found.findings))
    return Structured(structure, findings, json.dumps(found.pointers.to_json(), ensure_ascii=False))
