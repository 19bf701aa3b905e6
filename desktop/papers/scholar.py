"""The window's side of the papers worker: papers go in whole, what they say comes out."""

import itertools
import json
import threading
from concurrent.futures import CancelledError

from desktop.papers.understanding import ReadPaper, Understood
from desktop.papers.wire import packed
from desktop.pdf import replies
from desktop.pdf.errors import PdfError, TooSlow, WorkerDied
from desktop.pdf.frames import Closed, Header, Nonsense
from desktop.pdf.line import Died, Line
from desktop.pdf.process import Means

_MEANS = Means(1536, patience=10)  # the window, and who draws and reads for it, come first
_LIMIT, _LIMIT_A_PAGE = 20.0, 0.2  # seconds; a page takes a few thousandths
_NAME = "This paper"


class Scholar:
    """One worker process and whoever waits for it, one at a time. For lanes: `study` waits."""

    def __init__(self, name: str = "papers") -> None:
        self._line = Line(name, _MEANS, at_once=False, trade="papers")
        self._turn = threading.Lock()
        self._numbers = itertools.count(1)
        self._closed = False
        self.sandbox_report: dict[str, str] = {}  # what the process gave up, once it runs: layer to "on…" or "off: why"

    def study(self, paper: ReadPaper) -> Understood:
        """All that `understand` finds.

        Raises PdfError where the paper cannot be understood, or not in time; RuntimeError for a bug of ours there;
        CancelledError once shut down.
        """
        fields, body = packed(paper)
        limit = _LIMIT + _LIMIT_A_PAGE * len(paper.pages)
        with self._turn:
            try:
                return self._ask(fields | {"do": "study", "limit": limit, "id": next(self._numbers)}, body)
            except (Died, Nonsense, Closed, PdfError) as error:
                if self._closed:
                    raise CancelledError from error
                if isinstance(error, PdfError):
                    raise
                self._line.renew()
                late = isinstance(error, Died) and error.late
                raise (TooSlow if late else WorkerDied)(_NAME) from error
            finally:
                self._line.expect(None)

    def shut_down(self) -> None:
        """End the process; whoever waits for it gets CancelledError."""
        self._closed = True
        self._line.kill()
        with self._turn:
            self._line.close()

    def _ask(self, header: Header, body: bytes) -> Understood:
        if self._closed:
            raise CancelledError
        self.sandbox_report = self._line.await_ready() or self.sandbox_report
        self._line.expect(header["id"], header["limit"])
        self._line.send(header, body)
        reply, answer = self._line.hear()
        if reply.get("id") != header["id"]:
            raise Nonsense
        if (refused := replies.refusal(reply, _NAME, None)) is not None:
            raise refused
        return _found(answer.read())


def _found(answer: bytes) -> Understood:
    try:
        return Understood.from_json(json.loads(answer))
    except (LookupError, TypeError, ValueError, RecursionError) as error:
        raise Nonsense from error
