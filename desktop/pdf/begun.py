"""A worker that was started before there was anybody to work for: its engine takes longest of all to load."""

from desktop.pdf.memory import Pixels
from desktop.pdf.process import Means, WorkerProcess

MEMORY_MB = 2048  # all the memory a worker may have


class Begun:
    """One worker with its memory for pixels. Made on the main thread, since the worker ends with who started it."""

    def __init__(self) -> None:
        """Raises OSError where no process can be started."""
        self._pixels: Pixels | None = Pixels()
        try:
            self._process: WorkerProcess | None = WorkerProcess(self._pixels, Means(MEMORY_MB), dies_with_us=True)
        except OSError:
            self._pixels.close()
            raise

    def take(self) -> tuple[Pixels, WorkerProcess] | None:
        """It is whose who takes it, who ends it as well; None where it was taken already."""
        pixels, process = self._pixels, self._process
        self._pixels = self._process = None
        return (pixels, process) if pixels is not None and process is not None else None

    def let_go(self) -> None:
        """Nobody wants it any more."""
        if (taken := self.take()) is not None:
            pixels, process = taken
            process.close()
            pixels.close()
