"""A worker that was started before there was anybody to work for: its engine takes longest of all to load."""

from desktop.pdf.memory import Pixels
from desktop.pdf.process import Means, WorkerProcess
from desktop.pdf.spawning import MEMORY_MB, Spawned


class Begun:
    """One worker with its memory for pixels."""

    def __init__(self, spawned: Spawned) -> None:
        pixels = Pixels(spawned.pixels)
        self._there: tuple[Pixels, WorkerProcess] | None = (
            pixels,
            WorkerProcess(pixels, Means(MEMORY_MB), dies_with_us=True, spawned=spawned),
        )

    def take(self) -> tuple[Pixels, WorkerProcess] | None:
        """It is whose who takes it, who ends it as well; None where it was taken already."""
        there, self._there = self._there, None
        return there

    def let_go(self) -> None:
        """Nobody wants it any more."""
        if (there := self.take()) is not None:
            pixels, process = there
            process.close()
            pixels.close()
