"""What the client knows of papers: where they are, which the worker has open, which are not to be tried again."""

import threading
from collections import Counter, OrderedDict

from desktop.pdf.errors import Damaged, PdfError
from desktop.pdf.protocol import PageRequest, Source

_MOST_OPEN = 24
_MOST_BYTES = 256 << 20
_DEADLY = 2  # times a paper may end the worker while it is opened


class Table:
    """Pure bookkeeping; any thread."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._sources: dict[str, Source] = {}
        self._open: OrderedDict[str, int] = OrderedDict()  # version to bytes, least used first
        self._deaths: Counter[str] = Counter()
        self._bad: dict[tuple[str, int], tuple[float, PdfError]] = {}

    def know(self, source: Source) -> None:
        """Where a version is from now on."""
        with self._lock:
            self._sources[source.version] = source

    def source(self, version: str) -> Source:
        """Raises LookupError where it was never told."""
        with self._lock:
            return self._sources[version]

    def name(self, version: str) -> str:
        """What to call it in a sentence."""
        with self._lock:
            return self._sources[version].name if version else "The document"

    def objection(self, version: str, request: PageRequest | None) -> PdfError | None:
        """Why something of a version is not even tried. Raises LookupError where the version was never told."""
        with self._lock:
            if version and version not in self._sources:
                raise LookupError(version)
            return self.refusal(version) or (self._bad_page(request) if request is not None else None)

    def is_open(self, version: str) -> bool:
        """Whether the worker has it; it then counts as used."""
        with self._lock:
            if version in self._open:
                self._open.move_to_end(version)
                return True
            return version == ""  # what needs no paper

    def opened(self, version: str, length: int) -> None:
        """The worker has it."""
        with self._lock:
            self._open[version] = length
            del self._deaths[version]  # it was not the paper's fault

    def close(self, version: str) -> bool:
        """Whether it was open. Its bad pages may be tried again."""
        with self._lock:
            for key in [key for key in self._bad if key[0] == version]:
                del self._bad[key]
            return self._open.pop(version, None) is not None

    def close_all(self) -> None:
        """The worker is a new one."""
        with self._lock:
            self._open.clear()

    def to_close_for(self, length: int) -> list[str]:
        """The papers that must make room for one of this length; they count as closed."""
        with self._lock:
            closed = []
            while self._open and (len(self._open) >= _MOST_OPEN or sum(self._open.values()) + length > _MOST_BYTES):
                closed.append(self._open.popitem(last=False)[0])
            return closed

    def died_opening(self, version: str) -> None:
        """Note that it ended the worker."""
        with self._lock:
            self._deaths[version] += 1

    def refusal(self, version: str) -> PdfError | None:
        """Why a paper is not tried any more."""
        with self._lock:
            return Damaged(self._sources[version].name) if self._deaths[version] >= _DEADLY else None

    def spoilt(self, request: PageRequest, error: PdfError) -> None:
        """Drawing this ended the worker."""
        with self._lock:
            self._bad[request.version, request.page] = request.scale, error

    def _bad_page(self, request: PageRequest) -> PdfError | None:
        """Why this page is not drawn at this size or a larger one: it would cost everyone another wait."""
        scale, error = self._bad.get((request.version, request.page), (0.0, None))
        return error if error is not None and request.scale >= scale else None
