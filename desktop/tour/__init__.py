"""`despatch tour FOLDER`: walks the real application through its screens, by key and mouse, with a picture of each."""

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.sample import make_sample
from desktop.tour.desk import at_the_desk
from desktop.tour.editions import after_a_correction
from desktop.tour.entering import first_steps
from desktop.tour.library import library
from desktop.tour.reading import reading
from desktop.tour.registers import registers
from desktop.tour.retention import notes_end
from desktop.tour.threads import threads
from desktop.tour.walk import LOOKS, say


def main(arguments: Sequence[str]) -> int:
    """Draw the tour into the folder that is named; a second word names one look alone. Returns the exit code."""
    if not 1 <= len(arguments) <= 2 or (len(arguments) == 2 and arguments[1] not in LOOKS):
        sys.stderr.write(f"Say which folder to draw the tour into, and perhaps one look: {', '.join(LOOKS)}.\n")
        return 2
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder, looks = Path(arguments[0]), arguments[1:] or list(LOOKS)
    qt = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(qt, QApplication)
    qt.setCursorFlashTime(0)
    with tempfile.TemporaryDirectory(prefix="despatch-tour-") as name:
        sample = Path(name) / "sample"
        make_sample(sample, say)
        for look in looks:
            made = [*first_steps(Path(name), sample, folder / look, look), *reading(sample, folder / look, look)]
            made += library(sample, folder / look, look)
            made += after_a_correction(sample, folder / look, look)
            made += notes_end(sample, folder / look, look)
            made += registers(sample, folder / look, look)
            made += threads(sample, folder / look, look)
            made += at_the_desk(Path(name), sample, folder / look, look)
            say(f"{look}: {len(made)} pictures in {folder / look}")
    return 0
