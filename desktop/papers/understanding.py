"""What a whole paper says about itself. Found in the papers worker: pure Python over hostile words, it may take long.

Whatever recognises something in papers (see `desktop.papers.recognising`) is called from `understand`, where it costs
the window nothing. It can reach no file there, modules included: what it imports is imported at the top.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop.papers.finding import Finding
from desktop.papers.lines import printed_page
from desktop.papers.mention import Pointers
from desktop.papers.outline import Outline, outline_of
from desktop.papers.paper_text import PaperText
from desktop.papers.pointing import pointers_of
from desktop.papers.recognising import find_all
from desktop.papers.stamps import Series, find_stamps
from desktop.pdf.protocol import PageText


@dataclass(frozen=True)
class ReadPaper:
    """A paper whose every page was read. sizes: of each page, in points; named: the contents its file carries,
    (level from 1, title, page from 0) each; title: as the file names itself, "" where it does not."""

    pages: Sequence[PageText]
    sizes: Sequence[tuple[float, float]]
    named: Sequence[tuple[int, str, int]]
    title: str = ""


@dataclass(frozen=True)
class Understood:
    """What was found: the paper's contents, the numbers printed on its pages, what it says, and what it points to."""

    outline: Outline
    stamps: tuple[Series, ...] = ()
    findings: tuple[Finding, ...] = ()
    pointers: Pointers = field(default_factory=Pointers)

    def to_json(self) -> dict[str, Any]:
        """As it goes from process to process."""
        findings = [finding.to_json() for finding in self.findings]
        pointers = self.pointers.to_json()
        return {"outline": self.outline.to_text(), "stamps": self.stamps, "findings": findings, "pointers": pointers}

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "Understood":
        """What `to_json` made. Raises LookupError, TypeError or ValueError where it did not."""
        stamps = tuple(tuple(series) for series in said["stamps"])
        findings = tuple(Finding.from_json(each) for each in said["findings"])
        return cls(Outline.from_text(said["outline"]), stamps, findings, Pointers.from_json(said["pointers"]))


def understand(paper: ReadPaper) -> Understood:
    """All that is recognised. Raises ValueError where the words are none."""
    printed = [printed_page(text, *paper.sizes[text.page]) for text in paper.pages]
    text = PaperText(printed, [page.words for page in paper.pages], paper.title)
    outline = outline_of(paper.named, text.headings)
    findings = find_all(text)
    return Understood(outline, find_stamps(printed), tuple(findings), pointers_of(text, findings))
