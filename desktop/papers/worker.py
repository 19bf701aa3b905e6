"""The child process that makes sense of papers: no files, no network, and nobody waits for it."""

import gc
import importlib
import json
import mmap
from collections.abc import Sequence

from desktop.papers.understanding import understand
from desktop.papers.wire import unpacked
from desktop.pdf.frames import Body, Header, Refused
from desktop.pdf.serving import Desk, serve

# Loaded by dates and Counter when first wanted, which is too late here: no file can be read any more.
_LATE = ("_strptime", "heapq")
_SELDOM = 100_000  # objects made until waste is looked for: a paper is many objects, and no waste


class _Study:
    """The papers worker's desk; it keeps nothing from one paper to the next."""

    def do(self, header: Header, body: Body) -> tuple[Header, bytes]:
        """What a paper says, as JSON in the body. Refused where what was read makes no sense."""
        try:
            paper = unpacked(header, body.read())
            return {}, json.dumps(understand(paper).to_json(), ensure_ascii=False).encode("utf-8", "replace")
        except ValueError as error:
            raise Refused("damaged") from error

    def close(self, version: str) -> None:
        """Nothing of it is kept."""


def main(arguments: Sequence[str]) -> int:
    """Serve until the pipe closes. arguments: as `serve` takes them."""
    gc.set_threshold(_SELDOM)
    return serve(arguments, _study)


def _study(_pixels: mmap.mmap | None) -> Desk:
    for name in _LATE:
        importlib.import_module(name)
    return _Study()
