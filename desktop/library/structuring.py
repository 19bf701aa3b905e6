"""Finds a paper's contents and the numbers printed on its pages, page by page while its text is read."""

import json
from collections.abc import Iterable

from db.records import StructureRecord
from desktop.papers.headings import find_headings
from desktop.papers.lines import PrintedPage, printed_page
from desktop.papers.outline import outline_of
from desktop.papers.stamps import find_stamps
from desktop.pdf.protocol import Facts, PageText


class Structuring:
    """One paper being read through."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._pages: list[PrintedPage] = []

    def add(self, texts: Iterable[PageText]) -> None:
        """These pages were read; they come in order."""
        for text in texts:
            size = self._facts.pages[text.page]
            self._pages.append(printed_page(text, size.width, size.height))

    def finish(self) -> StructureRecord:
        """What was found, once every page was read."""
        outline = outline_of(self._facts.outline, find_headings(self._pages))
        return StructureRecord(self._facts.version, outline.to_text(), json.dumps(find_stamps(self._pages)))
