"""What can be done to a page: reading it by caret, a table's column, its menu, and taking part of it as a picture."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.tour.walk import ALT, NONE, SHIFT, Walk, go_to
from desktop.ui.reader_screen import ReaderScreen

_LEFT = Qt.MouseButton.LeftButton
# Of the finance report's second page, in points: the column of variances, and both tables.
_COLUMN, _TABLES = ((480, 246), (530, 358)), ((62, 64), (530, 362))


def handling(walk: Walk, reader: ReaderScreen) -> Iterator[Path]:
    """By key and by mouse."""
    go_to(walk, "item 10 p2")
    walk.wait(lambda: "Table 1" in reader.canvas.spoken_value(), "the page's words")
    walk.key(Qt.Key.Key_F7)
    for _ in range(3):
        walk.key(Qt.Key.Key_Down)
    yield walk.take("36-caret")
    for _ in range(3):
        walk.key(Qt.Key.Key_Down, ALT | SHIFT)
    yield walk.take("37-column-by-key")
    walk.key(Qt.Key.Key_F7)
    walk.key(Qt.Key.Key_Escape)
    _draw(walk, reader, _COLUMN, ALT, let_go=True)
    yield walk.take("38-column-of-a-table")
    yield _menu(walk, reader)
    walk.key(Qt.Key.Key_Escape)
    walk.key(Qt.Key.Key_G)
    yield walk.take("40-picture-tool")
    _draw(walk, reader, _TABLES, NONE, let_go=False)
    yield walk.take("41-picture-drawn")
    walk.key(Qt.Key.Key_Return)
    walk.wait(lambda: not QApplication.clipboard().image().isNull(), "the picture")
    path = walk.folder / "42-picture-taken.png"
    QApplication.clipboard().image().save(str(path))
    yield path
    QApplication.clipboard().clear()


def _draw(
    walk: Walk,
    reader: ReaderScreen,
    corners: tuple[tuple[int, int], tuple[int, int]],
    held: Qt.KeyboardModifier,
    let_go: bool,
) -> None:
    """A rectangle of the page in sight, given in its points."""
    port, box = reader.canvas.viewport(), reader.canvas.box_of(reader.canvas.current_page())
    start, end = (QPointF(*box.at(*corner)).toPoint() for corner in corners)
    QTest.mousePress(port, _LEFT, held, start)
    for at in ((start + end) / 2, end):
        QTest.mouseMove(port, at)
    if let_go:
        QTest.mouseRelease(port, _LEFT, held, end)
    QTest.qWait(1)


def _menu(walk: Walk, reader: ReaderScreen) -> Path:
    """The menu is a window of its own: it is laid upon the picture."""
    port, canvas = reader.canvas.viewport(), reader.canvas
    walk.key(Qt.Key.Key_Escape)
    box = canvas.box_of(canvas.current_page())
    at = QPointF(*box.at(80, 157)).toPoint()
    QApplication.sendEvent(port, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, port.mapToGlobal(at)))
    menu = reader.tools.menu
    assert menu is not None
    QTest.qWait(50)
    picture, over = walk.window.grab(), menu.grab()
    painter = QPainter(picture)
    painter.drawPixmap(port.mapTo(walk.window, at) + QPoint(2, 2), over)
    painter.end()
    menu.close()
    walk.window.activateWindow()
    path = walk.folder / "39-menu-of-the-page.png"
    picture.save(str(path))
    return path
