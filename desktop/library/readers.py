"""Which worker reads a paper: the one that all share or, once the paper holds the others up there, one beside it.
What it says is understood in a third."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future

from desktop.library.batches import batches_of
from desktop.papers.scholar import Scholar
from desktop.pdf.client import PdfClient
from desktop.pdf.errors import PdfError, holds_up
from desktop.pdf.gathering import without_words
from desktop.pdf.protocol import Facts, PageText, Source, Urgency

_LEAST_PATIENCE = 2.0  # seconds for a page, once enough pages of its paper were given up


class Readers:
    """The workers of the quiet work. Any thread, but only one at a time with a paper that was moved.

    company: shared by all papers; what takes long there, or ends it, is given up soon. alone: for papers that were
    moved, with all the time that one may take; it is only started for them. scholar: makes sense of what they read.
    """

    def __init__(self, company: PdfClient, alone: PdfClient, scholar: Scholar) -> None:
        self.scholar = scholar
        self._company, self._alone = company, alone
        self._moved: set[str] = set()
        self._facts: dict[str, Facts] = {}
        self._lock = threading.Lock()

    @property
    def clients(self) -> tuple[PdfClient | Scholar, ...]:
        """All workers, to be shut down."""
        return self._company, self._alone, self.scholar

    def start(self) -> None:
        """Papers will come in a moment."""
        self._company.start()

    def open(self, source: Source) -> Facts:
        """Waits for it, the first time. Raises PdfError, or CancelledError where the workers are shut down."""
        known = self._facts.get(source.version)
        if known is None:
            known = self._facts[source.version] = self._of(source.version).open(source).result()
        return known

    def texts(self, version: str, pages: Sequence[int]) -> Iterator[list[PageText]]:
        """The words of these pages of an opened paper, some at a time, in order; a page that cannot be read has none.

        Raises PdfError where it is the whole paper, or where a page `holds_up` the others and was not moved yet.
        """
        if self.is_moved(version):
            return self._texts_alone(version, pages)
        return self._ahead(self._company, version, pages, Urgency.QUIET, layout=False)

    def laid_out(self, version: str, pages: Sequence[int]) -> Iterator[list[PageText]]:
        """The words of these pages with how they are set and what is drawn round them, when nobody wants words alone.

        For pages that had words before. Raises PdfError where one `holds_up` the others after all.
        """
        return self._ahead(self._of(version), version, pages, Urgency.LEISURE, layout=True)

    def close(self, version: str) -> None:
        """Forget a paper that was read."""
        self._facts.pop(version, None)
        self._of(version).close_document(version)

    def is_moved(self, version: str) -> bool:
        """Whether a paper is read beside the others."""
        with self._lock:
            return version in self._moved

    def move(self, version: str, error: Exception) -> bool:
        """After this error in company: whether the paper holds the others up, and is from now on read beside them."""
        if not holds_up(error):
            return False
        self._company.close_document(version)
        self._facts.pop(version, None)  # the other worker does not know it yet
        with self._lock:
            self._moved.add(version)
        return True

    def _of(self, version: str) -> PdfClient:
        return self._alone if self.is_moved(version) else self._company

    def _ahead(
        self, worker: PdfClient, version: str, pages: Sequence[int], urgency: Urgency, layout: bool
    ) -> Iterator[list[PageText]]:
        """In batches: the next is read while something is done with the last."""
        batches = list(batches_of(pages))
        asked: Future[list[PageText]] | None = None
        try:
            for following in [*batches, None]:
                before = asked
                asked = worker.texts(version, *following, urgency, together=True, layout=layout) if following else None
                if before is not None:
                    yield before.result()
        finally:
            if asked is not None:  # stopped half way: the worker has others to read
                asked.cancel()

    def _texts_alone(self, version: str, pages: Sequence[int]) -> Iterator[list[PageText]]:
        """Page by page, with less patience after each that was given up: a paper may have hundreds of them."""
        patience = self._alone.limits.text
        for page in pages:
            try:
                yield self._alone.texts(version, page, page, limit=patience, together=True, layout=False).result()
            except PdfError as error:
                if error.page is None:
                    raise
                patience = max(patience / 2, min(patience, _LEAST_PATIENCE))
                yield [without_words(page)]
