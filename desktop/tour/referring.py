"""Words that point elsewhere: looked at, listed, and a link made by hand."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.tour.walk import SHIFT, Walk, go_to, select_words
from desktop.ui.reader_screen import ReaderScreen


def referring(walk: Walk, reader: ReaderScreen) -> Iterator[Path]:
    """On the action log: a look at a minute, what the page points to, and a link being made."""
    go_to(walk, "7")
    reader.canvas.setFocus()
    walk.wait(lambda: reader.canvas.links.on(reader.canvas.current_page()), "links")
    for _ in range(9):
        walk.key(Qt.Key.Key_Tab)
    walk.wait(reader.linking.preview.isVisible, "a look at the place")
    yield walk.take("18g-reference")
    reader.canvas.setFocus()
    walk.key(Qt.Key.Key_L)
    walk.wait(lambda: reader.side.is_showing(reader.links.panel), "the links")
    yield walk.take("18h-links")
    reader.canvas.setFocus()
    select_words(walk, reader, 0.5)
    walk.key(Qt.Key.Key_L, SHIFT)
    walk.wait(lambda: reader.links.panel.fields.is_making, "a link being made")
    yield walk.take("18i-link-made-by-hand")
    QTest.mouseClick(reader.links.panel.fields.cancel, Qt.MouseButton.LeftButton)
    walk.key(Qt.Key.Key_Escape)
    walk.rest()
