"""Words that point elsewhere, on the page and in their panel: looked at, followed, rejected; and links made by hand."""

import hashlib
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from reader_making import CONTROL, PACK, SHIFT, WAIT, Home, Kept, at_top, press, select

from desktop.changes import Event
from desktop.library.linking import Linker
from desktop.packs.pack import Paper, PaperKind, PaperStatus
from desktop.papers.understanding import ReadPaper, understand
from desktop.pdf.client import PdfClient
from desktop.pdf.protocol import Source
from desktop.pdf.words import pack as pack_words
from desktop.ui.reader.page_links import FoundLink
from desktop.ui.reader_screen import ReaderScreen

NONE = Qt.KeyboardModifier.NoModifier
LINES = (
    "The Board asked for this in table 2 of the finance report.",
    "The guidance is at www.example.org/guidance for all.",
    "The plan is in Appendix C and nobody has seen it yet.",
    "Agenda item 2.1 has the money and what became of it.",
    "Nothing in this line points anywhere at all today.",
)


def write(folder: Path, name: str, item: str, title: str, pages: list[list[str]]) -> Kept:
    path = folder / f"{name}.pdf"
    with pymupdf.open() as document:
        for lines in pages:
            page = document.new_page(width=595, height=842)
            page.insert_text((72, 80), f"{title}", fontsize=20)
            for number, line in enumerate(lines):
                page.insert_text((72, 140 + 40 * number), line, fontsize=12)
        document.save(path)
    data = path.read_bytes()
    paper = Paper(
        hashlib.sha256(name.encode()).hexdigest()[:16], item, title, PaperKind.REPORT, PaperStatus.PRESENT,
        hashlib.sha256(data).hexdigest(), len(data), len(pages), "", "",
    )  # fmt: skip
    kept = Kept(paper, path)
    with pymupdf.open(path) as document:
        for page in document:
            kept.words.append(pack_words([word[:7] for word in page.get_text("words")]))
            kept.texts.append(page.get_text())
    return kept


@pytest.fixture(scope="module")
def client() -> Iterator[PdfClient]:
    client = PdfClient("test")
    yield client
    client.shut_down()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> list[Kept]:
    folder = tmp_path_factory.mktemp("papers")
    finance = [["Money came in."], ["Table 2: spending by month", "Ten pounds in all."], ["Words that end the report."]]
    return [
        write(folder, "overview", "1", "Overview", [list(LINES), ["The second page of it."]]),
        write(folder, "finance", "2.1", "Finance report", finance),
    ]


def resolve(home: Home, client: PdfClient, kept: list[Kept]) -> None:
    """What intake keeps of the papers, and what the linker makes of it."""
    for each in kept:
        client.open(Source(each.paper.sha256, each.path, "")).result(30)
        texts = client.texts(each.paper.sha256, 0, each.paper.pages - 1).result(30)
        found = understand(ReadPaper(texts, [(595, 842)] * each.paper.pages, ()))
        body = json.dumps(found.pointers.to_json())
        home.lane.do(home.holdings.links.put_pointers, each.paper.sha256, body).result(10)
    told = threading.Event()
    forget = home.changes.listen(lambda change: told.set() if change.event is Event.LINKS_FOUND else None)
    linker = Linker(home.holdings, home.lane, home.changes)
    linker.go_on()
    assert told.wait(30)
    linker._queue._lane.close()
    linker.close()
    forget()


@pytest.fixture
def screen(home: Home, client: PdfClient, kept: list[Kept], qtbot: QtBot) -> ReaderScreen:
    """The reader at the top of the first page, whose links are there."""
    resolve(home, client, kept)
    screen = ReaderScreen(home.desk())
    qtbot.addWidget(screen, before_close_func=lambda shown: shown.leave())
    screen.resize(1280, 720)
    with qtbot.waitActive(screen):
        screen.show()
        screen.activateWindow()
    screen.show_pack(home.book, None)
    qtbot.waitUntil(lambda: screen.marking.notebook is not None, timeout=WAIT)
    at_top(screen, qtbot)
    qtbot.waitUntil(lambda: len(screen.canvas.links.on(0)) == 4, timeout=WAIT)
    return screen


def link(screen: ReaderScreen, words: str) -> FoundLink:
    return next(each for each in screen.canvas.links.on(0) if words in each.said.what.link.mention.text)


def click(screen: ReaderScreen, words: str, button: Qt.MouseButton = Qt.MouseButton.LeftButton, held: Qt.KeyboardModifier = NONE) -> None:  # fmt: skip  # noqa: E501
    middle = screen.canvas.links.area(link(screen, words)).center()
    QTest.mouseClick(screen.canvas.viewport(), button, held, middle)


def rows(screen: ReaderScreen) -> list[str]:
    return [row.spoken for row in screen.links.panel.list.rows]


def open_panel(screen: ReaderScreen, qtbot: QtBot) -> None:
    screen.canvas.setFocus()
    press(screen, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: screen.side.is_showing(screen.links.panel) and len(rows(screen)) > 1, timeout=WAIT)


# ---- on the page


def test_a_click_leads_to_the_line_in_the_other_paper_and_back_returns(screen: ReaderScreen, qtbot: QtBot) -> None:
    click(screen, "table 2")
    qtbot.waitUntil(lambda: screen.canvas.current_page() == 3, timeout=WAIT)
    (strip,) = screen.canvas._flash.quads
    assert strip.page == 1
    assert 125 < strip.y0 < 140
    press(screen, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert screen.canvas.current_page() == 0


@pytest.mark.parametrize(
    ("button", "held"), [(Qt.MouseButton.MiddleButton, NONE), (Qt.MouseButton.LeftButton, CONTROL)]
)
def test_it_opens_beside_as_every_link_does(
    screen: ReaderScreen, qtbot: QtBot, button: Qt.MouseButton, held: Qt.KeyboardModifier
) -> None:
    click(screen, "table 2", button, held)
    qtbot.waitUntil(lambda: [pane.canvas.current_page() for pane in screen.split.panes] == [0, 3], timeout=WAIT)


def test_the_place_is_looked_at_before_with_its_line_marked(screen: ReaderScreen, qtbot: QtBot) -> None:
    QTest.mouseMove(screen.canvas.viewport(), screen.canvas.links.area(link(screen, "table 2")).center())
    qtbot.waitUntil(lambda: not screen.linking.preview.picture.pixmap().isNull(), timeout=WAIT)
    assert screen.linking.preview.words.text() == "To page 4, Finance report"
    picture = screen.linking.preview.picture.pixmap().toImage()
    column = [picture.pixelColor(round(71 * picture.width() / 595), y) for y in range(picture.height())]
    assert any(colour.red() - colour.blue() > 60 for colour in column)  # beside the line's first letter
    assert any(colour.red() == colour.blue() for colour in column)


def test_what_leads_nowhere_says_why_and_stays(screen: ReaderScreen, qtbot: QtBot) -> None:
    click(screen, "Appendix C")
    qtbot.waitUntil(screen.marking.toast.isVisible, timeout=WAIT)
    assert "No appendix C" in screen.marking.toast.words.text()
    assert screen.canvas.current_page() == 0


def test_a_web_address_in_the_words_is_only_opened_by_the_reader(screen: ReaderScreen, qtbot: QtBot) -> None:
    click(screen, "www.example.org")
    qtbot.waitUntil(screen.linking.box.isVisible, timeout=WAIT)
    assert screen.linking.box.address.text() == "https://www.example.org/guidance"
    press(screen, Qt.Key.Key_Escape)
    assert not screen.linking.box.isVisible()


def test_the_words_are_walked_by_key_in_reading_order(screen: ReaderScreen, qtbot: QtBot) -> None:
    said = []
    for _ in range(4):
        press(screen, Qt.Key.Key_Tab)
        assert screen.canvas.links.focused is not None
        said.append(screen.canvas.links.focused.said.what.link.mention.kind.value)
    assert said == ["table", "web address", "appendix", "agenda item"]
    press(screen, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.canvas.current_page() == 2, timeout=WAIT)


# ---- the panel


def test_the_panel_lists_what_the_page_points_to_and_what_points_there(screen: ReaderScreen, qtbot: QtBot) -> None:
    open_panel(screen, qtbot)
    said = rows(screen)
    assert said[0] == "Points to (4)"
    assert "table 2, → Finance report, page 2" in said[1]
    assert any("Unresolved: No appendix C" in row for row in said)
    screen.links.panel.list.put_cursor(screen.links.panel.list.rows[1].key)
    press(screen, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.canvas.current_page() == 3, timeout=WAIT)
    qtbot.waitUntil(lambda: any(row.startswith("From Overview") for row in rows(screen)), timeout=WAIT)
    press(screen, Qt.Key.Key_Escape)
    assert not screen.side.isVisible()
    assert screen.canvas.hasFocus()


def test_a_rejected_reference_is_gone_from_the_page_and_stays_so(
    screen: ReaderScreen, home: Home, qtbot: QtBot
) -> None:
    open_panel(screen, qtbot)
    panel = screen.links.panel
    key = next(row.key for row in panel.list.rows if row.spoken.startswith("Appendix C"))
    panel.list.put_cursor(key)
    panel.list.setFocus()
    press(screen, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: len(screen.canvas.links.on(0)) == 3, timeout=WAIT)
    qtbot.waitUntil(lambda: "Not references, you said (1)" in rows(screen), timeout=WAIT)
    assert len(home.lane.do(home.holdings.links.rejected, PACK).result(10)) == 1
    qtbot.waitUntil(lambda: "Not a reference" in screen.marking.toast.words.text(), timeout=WAIT)
    panel.list.put_cursor(next(row.key for row in panel.list.rows if row.spoken.startswith("Appendix C")))
    panel.list.setFocus()
    press(screen, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: len(screen.canvas.links.on(0)) == 4, timeout=WAIT)


def menu_at(screen: ReaderScreen, at: QPoint, qtbot: QtBot) -> QMenu:
    """The page's menu, by a right click there."""
    port = screen.canvas.viewport()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, port.mapToGlobal(at))
    QApplication.sendEvent(port, event)
    qtbot.waitUntil(lambda: screen.tools.menu is not None and screen.tools.menu.isVisible(), timeout=WAIT)
    assert screen.tools.menu is not None
    return screen.tools.menu


def choose(menu: QMenu, words: str) -> None:
    action = next(each for each in menu.actions() if words in each.text())
    assert action.isEnabled()
    menu.setActiveAction(action)
    QTest.keyClick(menu, Qt.Key.Key_Return)


def test_a_right_click_says_that_it_is_no_reference_and_takes_it_back(screen: ReaderScreen, qtbot: QtBot) -> None:
    at = screen.canvas.links.area(link(screen, "Appendix C")).center()
    choose(menu_at(screen, at, qtbot), "Not a reference")
    qtbot.waitUntil(lambda: len(screen.canvas.links.on(0)) == 3, timeout=WAIT)
    choose(menu_at(screen, at, qtbot), "“Appendix C” is a reference after all")
    qtbot.waitUntil(lambda: len(screen.canvas.links.on(0)) == 4, timeout=WAIT)


def test_a_link_with_the_keys_on_it_is_rejected_by_key(screen: ReaderScreen, qtbot: QtBot) -> None:
    screen.canvas.setFocus()
    press(screen, Qt.Key.Key_Delete, SHIFT)
    qtbot.waitUntil(lambda: "Put the keys on a link" in screen.marking.toast.words.text(), timeout=WAIT)
    press(screen, Qt.Key.Key_Tab)
    press(screen, Qt.Key.Key_Delete, SHIFT)
    qtbot.waitUntil(lambda: len(screen.canvas.links.on(0)) == 3, timeout=WAIT)
    screen.marking.toast.button.click()
    qtbot.waitUntil(lambda: len(screen.canvas.links.on(0)) == 4, timeout=WAIT)


# ---- by hand


def test_a_link_is_begun_at_the_words_under_a_right_click(screen: ReaderScreen, kept: list[Kept], qtbot: QtBot) -> None:
    select(screen, qtbot, kept[0], 1, 3)
    at = screen.canvas.viewport().mapFromGlobal(screen.canvas.caret_position())
    choose(menu_at(screen, at, qtbot), "Link these words…")
    qtbot.waitUntil(lambda: screen.links.panel.fields.is_making, timeout=WAIT)


def make_link(screen: ReaderScreen, kept: list[Kept], qtbot: QtBot) -> None:
    """From words of the first page to the page of the finance report, as evidence."""
    words = [word.split() for word in LINES]
    first = 1 + sum(map(len, words[:4]))
    select(screen, qtbot, kept[0], first, first + 2)
    press(screen, Qt.Key.Key_L, SHIFT)
    qtbot.waitUntil(lambda: screen.links.panel.fields.is_making, timeout=WAIT)
    screen.canvas.go_to(4)
    qtbot.waitUntil(lambda: screen.canvas.current_page() == 4, timeout=WAIT)
    fields = screen.links.panel.fields
    fields.words.setFocus()
    QTest.keyClicks(fields.words, "Shows it")
    fields.kind.setFocus()
    QTest.keyClick(fields.kind, Qt.Key.Key_Down)
    QTest.mouseClick(fields.here, Qt.MouseButton.LeftButton)


def own(home: Home) -> list[tuple[str, str]]:
    return [(link.kind, link.words) for link in home.lane.do(home.holdings.links.all_own).result(10)]


def test_a_link_is_made_from_words_to_a_page_kept_followed_and_destroyed(
    screen: ReaderScreen, home: Home, kept: list[Kept], qtbot: QtBot
) -> None:
    make_link(screen, kept, qtbot)
    qtbot.waitUntil(lambda: own(home) == [("evidence for", "Shows it")], timeout=WAIT)
    qtbot.waitUntil(lambda: any("Evidence for: Overview" in row for row in rows(screen)), timeout=WAIT)
    at_top(screen, qtbot)
    qtbot.waitUntil(lambda: len(screen.canvas.links.on(0)) == 5, timeout=WAIT)
    (made,) = [each for each in screen.canvas.links.on(0) if each.said is not None and each.said.own]
    QTest.mouseClick(screen.canvas.viewport(), Qt.MouseButton.LeftButton, NONE, screen.canvas.links.area(made).center())
    qtbot.waitUntil(lambda: screen.canvas.current_page() == 4, timeout=WAIT)
    panel = screen.links.panel
    panel.list.put_cursor(next(row.key for row in panel.list.rows if "Evidence for" in row.spoken))
    panel.list.setFocus()
    press(screen, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: own(home) == [] and screen.marking.toast.words.text() == "Link deleted.", timeout=WAIT)
    screen.marking.toast.button.click()
    qtbot.waitUntil(lambda: own(home) == [("evidence for", "Shows it")], timeout=WAIT)


def test_a_link_needs_words_to_begin_at(screen: ReaderScreen, qtbot: QtBot) -> None:
    screen.canvas.setFocus()
    press(screen, Qt.Key.Key_L, SHIFT)
    qtbot.waitUntil(screen.marking.toast.isVisible, timeout=WAIT)
    assert "Select the words" in screen.marking.toast.words.text()
    assert not screen.links.panel.fields.is_making
