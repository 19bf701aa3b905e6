"""The window's side of a PDF worker: a queue, one process, and futures. Imports neither Qt nor a PDF engine."""

import itertools
import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from typing import Any

from desktop.pdf.annotations import PdfMark
from desktop.pdf.attendant import Attendant, Limits
from desktop.pdf.begun import Begun
from desktop.pdf.gathering import gather
from desktop.pdf.process import Means
from desktop.pdf.protocol import Facts, Look, PageImage, PageLink, PageRequest, PageText, Source, Urgency
from desktop.pdf.spawning import MEMORY_MB
from desktop.pdf.waiting import Work

_LOOKING = 120.0  # seconds for a whole paper
_OPENING = -1  # goes before every drawing: nothing can be drawn of what is not open


class PdfClient:
    """One worker process and the queue before it. Every method may be called from any thread and returns at once.

    The process is started by the constructor, which does not wait for it, or with at_once=False when first asked for
    something: a worker that waits takes as much memory as one that works. Failures arrive in the futures, as those of
    `desktop.pdf.errors`; a future may be cancelled at any time. Callbacks run on the client's own thread.
    memory_mb: all the memory the process may have. limits: seconds for one operation. begun: the worker, where there is
    one already. patience: how far the process stands back for others, see `Means`.
    """

    def __init__(
        self,
        name: str = "sight",
        memory_mb: int = MEMORY_MB,
        limits: Limits | None = None,
        at_once: bool = True,
        begun: Begun | None = None,
        patience: int = 0,
    ) -> None:
        self.limits = limits or Limits()
        self._numbers = itertools.count(1)
        self._attendant = Attendant(name, Means(memory_mb, patience), self.limits, at_once, begun)

    def start(self) -> None:
        """Start the process if it was not started at once: something will be asked of it in a moment."""
        self._attendant.start()

    def open(self, source: Source) -> "Future[Facts]":
        """Open a paper and learn what it is. Its version can then be drawn and read, whether it stays open or not."""
        self._attendant.know(source)
        return self._ask("open", source.version, (_OPENING, next(self._numbers)), self.limits.open, {})

    def know(self, source: Source) -> None:
        """Say where a version is without opening it; it is opened when it is first drawn or read."""
        self._attendant.know(source)

    def draw(self, request: PageRequest, urgency: Urgency) -> "Future[PageImage]":
        """Draw a page or a part of it. The same request asked twice shares one future.

        Raises LookupError for a version that was never opened or known.
        """
        number = next(self._numbers)
        if shared := self._attendant.share(request, urgency, number):
            return shared
        clip, tones = request.clip, request.tones
        message = {
            "page": request.page,
            "scale": request.scale,
            "clip": [clip.left, clip.top, clip.width, clip.height] if clip else None,
            "tones": [tones.paper, tones.ink] if tones else None,
        }
        order = (urgency, -number)
        return self._ask("draw", request.version, order, self.limits.draw, message, page=request.page, request=request)

    def texts(
        self,
        version: str,
        first: int,
        last: int,
        urgency: Urgency = Urgency.QUIET,
        limit: float | None = None,
        together: bool = False,
        layout: bool = True,
    ) -> "Future[list[PageText]]":
        """Words and text of pages first to last, both included. A page that cannot be read has none.

        limit: seconds for a page, if not the client's. together: the first page that takes too long or ends the worker
        is the error of all, and the others are left. layout: with styles and rules, which take as long again.
        Raises LookupError for a version that was never opened or known.
        """
        pages, most = range(first, last + 1), self.limits.text if limit is None else limit
        asked = []
        for page in pages:
            order, message = (urgency, next(self._numbers)), {"page": page, "layout": layout}
            asked.append(self._ask("text", version, order, most, message, page=page))
        return gather(pages, asked, together)

    def links(self, version: str, page: int, urgency: Urgency = Urgency.QUIET) -> "Future[list[PageLink]]":
        """The links of a page (from 0), from the top. Raises LookupError for a version never opened or known."""
        order = (urgency, next(self._numbers))
        return self._ask("links", version, order, self.limits.text, {"page": page}, page=page)

    def marks(self, version: str, page: int) -> "Future[list[PdfMark]]":
        """The annotations that readers made on a page (from 0). Raises LookupError for a version never known."""
        order = (Urgency.NEXT, next(self._numbers))
        return self._ask("marks", version, order, self.limits.text, {"page": page}, page=page)

    def annotated(self, version: str, marks: Sequence[PdfMark], watermark: str = "") -> "Future[bytes]":
        """The bytes of a copy of a paper with these marks in it, and words across each page; the paper stays as it is.

        Raises LookupError for a version never known; TooLarge where the copy would be.
        """
        body = json.dumps([mark.as_fields() for mark in marks]).encode()
        order = (Urgency.NEXT, next(self._numbers))
        return self._ask("annotate", version, order, self.limits.open, {"watermark": watermark}, body=body)

    def typeset(self, html: str, css: str = "", footer: str = "") -> "Future[bytes]":
        """Set HTML on A4 pages: the PDF's bytes. footer: words at each page's foot, with {page} and {pages} or not."""
        body = "\0".join(part.replace("\0", "") for part in (css, footer, html)).encode()
        order = (Urgency.NEXT, next(self._numbers))
        return self._ask("typeset", "", order, self.limits.open, {}, body=body)

    def look(self, version: str) -> "Future[Look]":
        """What a paper carries besides what is seen. Raises LookupError for a version that was never known."""
        order = (Urgency.QUIET, next(self._numbers))
        return self._ask("look", version, order, _LOOKING, {})

    def merge(self, step: str, said: Mapping[str, Any], version: str = "", limit: float = 120.0) -> "Future[bytes]":
        """One step of putting a file together; see `desktop.pdf.merger`, which asks for them in their order."""
        body = json.dumps(said).encode()
        order = (Urgency.NEXT, next(self._numbers))
        kind, message = ("merge paper", {}) if version else ("merge", {"step": step})
        return self._ask(kind, version, order, limit, message, body=body)

    def close_document(self, version: str) -> None:
        """Let the worker forget a paper. If it is asked for again, it is opened again."""
        self._attendant.forget(version)

    def drop_stale(self, keep: Callable[[PageRequest], bool]) -> None:
        """Cancel the draws that wait and are not to be kept."""
        self._attendant.drop(lambda work: work.request is not None and not keep(work.request))

    def sandbox_report(self) -> "Future[dict[str, str]]":
        """What the worker has given up: layer to "on…" or "off: why". Comes when it is ready."""
        return self._attendant.report

    def shut_down(self) -> None:
        """End the process and the threads; what was not finished is cancelled. Later calls get cancelled futures."""
        self._attendant.close()

    def _ask(
        self, kind: str, version: str, order: tuple[int, int], limit: float, message: dict[str, Any], **more: Any
    ) -> "Future[Any]":
        number = next(self._numbers)
        whole = message | {"do": kind, "version": version, "limit": limit, "id": number}
        return self._attendant.ask(Work(number, kind, version, order, limit, whole, **more))
