"""The child process: opens sealed papers in its own memory, answers with pixels and words, and reaches nothing else."""

import mmap
from collections.abc import Sequence

from desktop.pdf.serving import Desk, serve


def main(arguments: Sequence[str]) -> int:
    """Serve until the pipe closes. arguments: as `serve` takes them."""
    return serve(arguments, _desk)


def _desk(pixels: mmap.mmap | None) -> Desk:
    # Here and not above: the application imports this module, and must never import MuPDF.
    from desktop.pdf.desk import Desk as Table

    assert pixels is not None
    return Table(pixels)
