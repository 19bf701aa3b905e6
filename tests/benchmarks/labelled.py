"""Papers that were labelled by reading, how they are read anew, and how what is found is counted against the labels."""

import json
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.paths import resource
from desktop.pdf.client import PdfClient
from desktop.pdf.errors import PdfError
from desktop.pdf.protocol import Facts, PageText, Source
from tests.benchmarks.figures import Figure, Mark
from tests.benchmarks.surroundings import ROOT

GOLD = ROOT / "tests" / "gold"
STYLES = GOLD / "styles"  # papers of bodies of many kinds, written for the labels; those of no board say nothing
CORPUS = ROOT.parent / "shared" / "corpus"
SAMPLE = (("2025-09-25", ()), ("2025-11-27", ()), ("2026-01-29", ("2026-01-29-edition-2",)))
REAL = ("nhs-group-board-2026-01-29", "health-wellbeing-board-2016-12-15", "chief-executive-reports")

Row = dict[str, Any]


@dataclass
class Score:
    """Of one kind. facts: fields that were labelled, of what was found; right_facts: those that say the same.
    sure: of what is wrong, that which is shown without a question."""

    labelled: int = 0
    right: int = 0
    shown: int = 0
    sure: int = 0
    facts: int = 0
    right_facts: int = 0

    @property
    def precision(self) -> float:
        """Per cent of those shown."""
        return 100 * self.right / self.shown if self.shown else 100.0

    @property
    def recall(self) -> float:
        """Per cent of those labelled."""
        return 100 * self.right / self.labelled if self.labelled else 100.0

    def add(self, other: "Score") -> None:
        """Count another's with these."""
        for name in vars(self):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def figures(self, name: str, marks: tuple[Mark | None, Mark | None] = (None, None)) -> Iterator[Figure]:
        """Precision and what is found, each against its mark, and where fields were labelled, those."""
        yield Figure(f"{name}: precision ({self.shown} shown)", "%", self.precision, None, marks[0])
        yield Figure(f"{name}: found ({self.labelled} labelled)", "%", self.recall, None, marks[1])
        if self.facts:
            share = 100 * self.right_facts / self.facts
            yield Figure(f"{name}: fields right ({self.facts} labelled)", "%", share, None)


def read_labels(references: bool) -> list[Row]:
    """Every row of the files of references, or of all others."""
    files = [path for path in sorted(GOLD.glob("*.jsonl")) if path.name.startswith("references-") is references]
    return [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]


def typeset_sample(client: PdfClient, name: str, later: Iterable[str], folder: Path) -> list[Path]:
    """A pack's papers as the sample makes them, those of a later edition in place of their first."""
    pages = {page.stem: page for each in (name, *later) for page in sorted(resource("sample", each).glob("*.html"))}
    css = resource("sample", "paper.css").read_text("utf-8")
    return _typeset(client, [pages[stem] for stem in sorted(pages)], css, folder / name)


def typeset_styles(client: PdfClient, folder: Path) -> list[Path]:
    """The papers in many styles."""
    css = (STYLES / "paper.css").read_text("utf-8")
    return _typeset(client, sorted(STYLES.glob("*.html")), css, folder / "styles")


def _typeset(client: PdfClient, pages: Sequence[Path], css: str, folder: Path) -> list[Path]:
    folder.mkdir(exist_ok=True)
    made = []
    for page in pages:
        path = folder / f"{page.stem}.pdf"
        path.write_bytes(client.typeset(page.read_text("utf-8"), css).result(60))
        made.append(path)
    return made


def read_pages(client: PdfClient, path: Path) -> tuple[list[PageText], Facts] | None:
    """A paper's words and what its file says, if it can be read in a reasonable time."""
    try:
        facts = client.open(Source(str(path), path)).result(60)
        return client.texts(str(path), 0, len(facts.pages) - 1).result(120), facts
    except (PdfError, TimeoutError, CancelledError):
        return None
