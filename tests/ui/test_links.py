"""Links of the papers: pointed at, walked by key, followed here and there; the web only if the member says so."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pymupdf
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from reader_making import CONTROL, WAIT, Home, Kept, at_top, press, write_paper

from desktop.pdf.client import PdfClient
from desktop.ui.reader.page_links import FoundLink
from desktop.ui.reader_screen import ReaderScreen

Open = Callable[[], ReaderScreen]
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture(scope="module")
def client() -> Iterator[PdfClient]:
    client = PdfClient("test")
    yield client
    client.shut_down()


def add_links(kept: Kept) -> Kept:
    """To line 10 of its third page, to the web, and one that would start a program."""
    path = kept.path.with_name(f"linked-{kept.path.name}")
    with pymupdf.open(kept.path) as document:
        page = document[0]
        for top, link in (
            (110, {"kind": pymupdf.LINK_GOTO, "page": 2, "to": pymupdf.Point(72, 288)}),
            (130, {"kind": pymupdf.LINK_URI, "uri": "https://example.org/guidance"}),
            (150, {"kind": pymupdf.LINK_LAUNCH, "file": "calc.exe"}),
        ):
            page.insert_link(link | {"from": pymupdf.Rect(72, top, 300, top + 14)})
        document.save(path)
    return replace(kept, path=path)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> list[Kept]:
    folder = tmp_path_factory.mktemp("papers")
    first = add_links(write_paper(folder, "minutes", "1", "Minutes of the last meeting", 3))
    return [first, write_paper(folder, "finance", "2.1", "Finance report", 4)]


@pytest.fixture
def screen(home: Home, qtbot: QtBot) -> ReaderScreen:
    """The reader at the top of the first page, whose links are loaded."""
    screen = ReaderScreen(home.desk())
    qtbot.addWidget(screen, before_close_func=lambda shown: shown.leave())
    screen.resize(1280, 720)
    with qtbot.waitActive(screen):
        screen.show()
        screen.activateWindow()
    screen.show_pack(home.book, None)
    qtbot.waitUntil(lambda: screen.marking.notebook is not None, timeout=WAIT)
    at_top(screen, qtbot)
    qtbot.waitUntil(lambda: len(screen.canvas.links.on(0)) == 3, timeout=WAIT)
    return screen


def middle(screen: ReaderScreen, nth: int) -> QPoint:
    return screen.canvas.links.area(screen.canvas.links.on(0)[nth]).center()


def click(screen: ReaderScreen, nth: int, button: Qt.MouseButton = Qt.MouseButton.LeftButton, held: Qt.KeyboardModifier = NONE) -> None:  # fmt: skip  # noqa: E501
    QTest.mouseClick(screen.canvas.viewport(), button, held, middle(screen, nth))


def test_a_click_follows_a_link_to_its_line_and_back_returns(screen: ReaderScreen, qtbot: QtBot) -> None:
    click(screen, 0)
    qtbot.waitUntil(lambda: screen.canvas.current_page() == 2, timeout=WAIT)
    (line,) = screen.canvas._flash.quads
    assert line.y0 < 300 < line.y1 + 4
    press(screen, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert screen.canvas.current_page() == 0


@pytest.mark.parametrize(
    ("button", "held"), [(Qt.MouseButton.MiddleButton, NONE), (Qt.MouseButton.LeftButton, CONTROL)]
)
def test_a_link_opens_beside(
    screen: ReaderScreen, qtbot: QtBot, button: Qt.MouseButton, held: Qt.KeyboardModifier
) -> None:
    first = screen.pane
    click(screen, 0, button, held)
    qtbot.waitUntil(lambda: len(screen.split.panes) == 2, timeout=WAIT)
    assert screen.pane is first
    assert [pane.canvas.current_page() for pane in screen.split.panes] == [0, 2]


def test_a_pane_that_receives_links_leaves_the_other_where_it_is(screen: ReaderScreen, qtbot: QtBot) -> None:
    first = screen.pane
    press(screen, Qt.Key.Key_F8)
    first.setFocus()
    press(screen, Qt.Key.Key_F8, CONTROL)
    before = first.canvas.place()
    qtbot.waitUntil(lambda: len(first.canvas.links.on(0)) == 3, timeout=WAIT)
    click(screen, 0)
    qtbot.waitUntil(lambda: screen.split.panes[1].canvas.current_page() == 2, timeout=WAIT)
    assert (screen.pane, first.canvas.place()) == (first, before)


def test_links_are_walked_and_followed_by_key(screen: ReaderScreen, qtbot: QtBot) -> None:
    canvas = screen.canvas
    press(screen, Qt.Key.Key_Tab)
    assert canvas.links.focused == canvas.links.on(0)[0]
    press(screen, Qt.Key.Key_Tab)
    press(screen, Qt.Key.Key_Backtab)
    assert canvas.links.focused == canvas.links.on(0)[0]
    qtbot.waitUntil(screen.linking.preview.isVisible, timeout=WAIT)
    press(screen, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: canvas.current_page() == 2, timeout=WAIT)
    assert canvas.hasFocus()
    at_top(screen, qtbot)
    press(screen, Qt.Key.Key_Escape)
    assert canvas.links.focused is None
    for _ in range(4):
        press(screen, Qt.Key.Key_Tab)
    assert not canvas.hasFocus()  # past the last link Tab leaves as it always did


def test_pointing_shows_where_a_link_leads(screen: ReaderScreen, qtbot: QtBot) -> None:
    port, preview = screen.canvas.viewport(), screen.linking.preview
    QTest.mouseMove(port, middle(screen, 0))
    assert port.cursor().shape() == Qt.CursorShape.PointingHandCursor
    qtbot.waitUntil(preview.isVisible, timeout=WAIT)
    assert preview.words.text() == "To page 3, Minutes of the last meeting"
    image = preview.picture.pixmap().toImage()
    tints = {image.pixelColor(x, y).name() for x in range(40, 120, 3) for y in range(0, image.height(), 2)}
    assert screen.canvas._theme.colour("hit_now").name() in tints  # the line it leads to is marked
    QTest.mouseMove(port, middle(screen, 1))
    assert preview.words.text() == "On the web: https://example.org/guidance"
    QTest.mouseMove(port, QPoint(10, 10))
    assert not preview.isVisible()
    assert screen.canvas.current_page() == 0


def test_the_web_is_shown_copied_and_only_opened_when_asked(screen: ReaderScreen, qtbot: QtBot) -> None:
    opened: list[str] = []
    box = screen.linking.box
    box._open_address = opened.append
    click(screen, 1)
    assert box.isVisible()
    assert box.address.text() == "https://example.org/guidance"
    assert box.open_button.text() == "Open example.org in the browser"
    assert box.copy_button.hasFocus()
    press(screen, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == "https://example.org/guidance"
    assert not box.isVisible()
    assert screen.canvas.hasFocus()
    click(screen, 1)
    press(screen, Qt.Key.Key_Escape)
    assert (box.isVisible(), opened) == (False, [])
    click(screen, 1)
    QTest.mouseClick(box.open_button, Qt.MouseButton.LeftButton)
    assert opened == ["https://example.org/guidance"]


def test_a_link_that_would_start_something_is_only_named(screen: ReaderScreen) -> None:
    click(screen, 2)
    assert "a program to start" in screen.marking.toast.words.text()
    assert screen.canvas.current_page() == 0


def test_leaving_puts_the_address_away(screen: ReaderScreen) -> None:
    click(screen, 1)
    screen.leave()
    assert not screen.linking.box.isVisible()
    assert screen.linking.box.address.text() == ""


def test_a_mark_over_a_link_is_what_a_click_means(screen: ReaderScreen, qtbot: QtBot) -> None:
    """One's own marks come first; the link is still reached with the middle button and by key."""
    found: FoundLink = screen.canvas.links.on(0)[0]
    qtbot.waitUntil(lambda: screen.canvas.is_over_text(middle(screen, 0).toPointF()), timeout=WAIT)
    area = screen.canvas.links.area(found)
    port = screen.canvas.viewport()
    start, end = area.center() - QPoint(60, 0), area.center() + QPoint(60, 0)
    QTest.mousePress(port, Qt.MouseButton.LeftButton, NONE, start)
    for step in range(1, 6):
        QTest.mouseMove(port, start + (end - start) * step / 5)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, NONE, end)
    assert screen.canvas.has_selection  # drawing over a link selects
    assert screen.canvas.current_page() == 0
    press(screen, Qt.Key.Key_1)
    click(screen, 0)
    assert screen.marking.editor.isVisible()
    press(screen, Qt.Key.Key_Escape)
    click(screen, 0, Qt.MouseButton.MiddleButton)
    qtbot.waitUntil(lambda: len(screen.split.panes) == 2, timeout=WAIT)
