"""Every screen of the real application, walked as by a keyboard and a screen reader, in plain and in large text."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flow_making import CONTROL, NONE, SHIFT, WORDS, Desk, Office, at_desk, read_code
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QFont, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from reach import faults

from desktop.sample import SAMPLE_PASSPHRASE
from desktop.ui.kit.palettes import CONTRAST, DARK, LIGHT, SEPIA, Colours, contrast
from desktop.ui.panels.print_sheet import PrintSheet
from desktop.ui.panels.quick_open import QuickOpen
from desktop.ui.reader_screen import ReaderScreen
from desktop.ui.window import Screen

PACK = "29 January 2026"
State = tuple[str, QWidget]


@pytest.fixture(autouse=True)
def undressed(qapp: QApplication) -> Iterator[None]:
    """The look is the application's own; the next test wants Qt's."""
    font = QFont(qapp.font())
    qapp.setCursorFlashTime(0)
    yield
    qapp.setStyleSheet("")
    qapp.styleHints().unsetColorScheme()
    qapp.setPalette(QPalette())
    qapp.setFont(font)


@pytest.fixture
def office(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A secretary with three packs published."""
    return Office(sample, tmp_path, monkeypatch)


def now(desk: Desk) -> QWidget:
    """The whole window: the screen, and what stands under it."""
    QTest.qWait(20)
    return desk.window


def first_day(desk: Desk) -> Iterator[State]:
    """From the opened invitation to the lock."""
    desk.wait(lambda: len(desk.fields()) == 2, "the passphrase step")
    yield "choosing a passphrase", now(desk)
    desk.fill(WORDS, WORDS)
    desk.press("Protect my papers")
    desk.wait_for("Your recovery code")
    yield "the recovery code", now(desk)
    code = read_code(desk)
    desk.press("I have kept it")
    desk.wait_for("group of the code")
    yield "checking the code", now(desk)
    ordinals = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
    asked = next(number for number, word in enumerate(ordinals) if f"the {word} group" in desk.said())
    desk.fill(code.split("-")[asked])
    desk.key(Qt.Key.Key_Return)
    desk.wait_for("Who is asking?")
    yield "who is asking", now(desk)
    desk.fields()[0].setFocus()
    desk.type("Amina Okonkwo")
    desk.press("Ask to be admitted")
    desk.wait_for("Read these words to the secretary")
    yield "the five words", now(desk)
    desk.press("Go to the shelf")
    desk.wait_screen(Screen.SHELF)
    yield "a shelf that waits", now(desk)
    desk.lock()
    yield "locked", now(desk)
    desk.unlock("not the passphrase")
    desk.wait_for("not the passphrase")
    yield "a wrong passphrase", now(desk)
    desk.press("Use the recovery code")
    yield "unlocking by the code", now(desk)


def around_the_shelf(desk: Desk) -> Iterator[State]:
    desk.wait_for("Complete for travel")
    yield "the shelf", now(desk)
    desk.key(Qt.Key.Key_F, CONTROL)
    desk.type("nothing like this")
    yield "the shelf, where nothing is found", now(desk)
    desk.key(Qt.Key.Key_Escape)
    for name, screen in (("travel", Screen.TRAVEL), ("settings", Screen.SETTINGS), ("keys", Screen.KEYS)):
        desk.app.window._open_aside(screen)
        desk.wait_screen(screen)
        yield name, now(desk)
        desk.key(Qt.Key.Key_Escape)
    desk.key(Qt.Key.Key_F1)
    desk.wait_screen(Screen.HELP)
    yield "help", now(desk)
    desk.key(Qt.Key.Key_F, CONTROL)
    desk.type("passphrase")
    yield "help, searched", now(desk)
    desk.app.window.screen_of(Screen.HELP).closed.emit()  # type: ignore[attr-defined, union-attr]
    desk.wait_screen(Screen.SHELF)
    desk.key(Qt.Key.Key_K, CONTROL)
    desk.type("fin")
    yield "quick open", the(desk, QuickOpen)
    desk.key(Qt.Key.Key_Escape)


def the(desk: Desk, kind: type[QWidget]) -> QWidget:
    """What lies over the window."""
    desk.wait(lambda: any(part.isVisible() for part in desk.window.findChildren(kind)), kind.__name__)
    QTest.qWait(20)
    return next(part for part in desk.window.findChildren(kind) if part.isVisible())


def in_the_reader(desk: Desk) -> Iterator[State]:
    desk.open_pack(PACK)
    reader = desk.app.window.screen_of(Screen.READER)
    assert isinstance(reader, ReaderScreen)
    desk.wait(lambda: reader.marking.notebook is not None, "the notebook")
    yield "the reader", now(desk)
    desk.go_to("item 10 p2")
    yield from with_marks(desk, reader)
    yield from with_panels(desk, reader)
    yield from with_views(desk)
    desk.key(Qt.Key.Key_P, CONTROL)
    yield "the print sheet", the(desk, PrintSheet)
    desk.key(Qt.Key.Key_Escape)


def with_marks(desk: Desk, reader: ReaderScreen) -> Iterator[State]:
    desk.select(0.3)
    desk.wait(reader.marking.bar.isVisible, "the bar of colours")
    yield "words selected", now(desk)
    desk.key(Qt.Key.Key_N)
    desk.type("Who has agreed to this?")
    yield "a note", now(desk)
    desk.key(Qt.Key.Key_Escape)
    desk.key(Qt.Key.Key_D, CONTROL)
    yield "a bookmark", now(desk)
    desk.key(Qt.Key.Key_Escape)
    reader.marking.remove(reader.marking.notebook.annotations[0].id)  # type: ignore[union-attr]
    yield "a note deleted, which can be taken back", now(desk)
    reader.marking.undo()


def with_panels(desk: Desk, reader: ReaderScreen) -> Iterator[State]:
    for name, key, held in (
        ("notes", Qt.Key.Key_M, CONTROL), ("contents", Qt.Key.Key_T, CONTROL),
        ("small pictures", Qt.Key.Key_T, CONTROL | SHIFT), ("search", Qt.Key.Key_F, CONTROL),
    ):  # fmt: skip
        desk.key(key, held)
        yield name, now(desk)
    desk.type("agency")
    desk.wait(lambda: reader.search.list.rows, "finds")
    yield "found", now(desk)
    desk.key(Qt.Key.Key_F, CONTROL | SHIFT)
    desk.press("Filters")
    yield "search filters", now(desk)
    desk.press("Filters")
    desk.key(Qt.Key.Key_A, CONTROL)
    desk.type("zebra")
    yield "nothing found", now(desk)
    desk.key(Qt.Key.Key_Escape)
    desk.key(Qt.Key.Key_Escape)
    desk.key(Qt.Key.Key_G, CONTROL | SHIFT)
    yield "printed as", now(desk)
    desk.key(Qt.Key.Key_Escape)


def with_views(desk: Desk) -> Iterator[State]:
    for name, key, held in (
        ("two panes", Qt.Key.Key_F8, NONE), ("one pane again", Qt.Key.Key_F8, NONE),
        ("the caret", Qt.Key.Key_F7, NONE), ("no caret", Qt.Key.Key_F7, NONE),
        ("the picture tool", Qt.Key.Key_G, NONE), ("no tool", Qt.Key.Key_G, NONE),
        ("text beside the page", Qt.Key.Key_R, CONTROL | SHIFT), ("pages again", Qt.Key.Key_R, CONTROL | SHIFT),
        ("text alone", Qt.Key.Key_R, CONTROL), ("back to pages", Qt.Key.Key_Escape, NONE),
        ("read aloud", Qt.Key.Key_U, CONTROL), ("silent again", Qt.Key.Key_U, CONTROL),
        ("full screen", Qt.Key.Key_F11, NONE), ("no full screen", Qt.Key.Key_F11, NONE),
    ):  # fmt: skip
        desk.key(key, held)
        yield name, now(desk)


def walk(desk: Desk, states: Callable[[Desk], Iterator[State]], points: int) -> list[str]:
    desk.app.theme.use_size(points)
    found = []
    for name, part in states(desk):
        focused = QApplication.focusWidget()
        found += [f"{name}: {fault}" for fault in faults(part, part.isWindow())]
        if focused is not None:
            focused.setFocus()
    return found


@pytest.mark.parametrize("points", [12, 24])
def test_the_first_day(office: Office, tmp_path: Path, points: int) -> None:
    # The words name where the request lies: a path of people's length, and not of a test's folder.
    with tempfile.TemporaryDirectory(prefix="d-") as short, at_desk(tmp_path / "amina") as desk:
        office.repository = Path(shutil.move(office.repository, Path(short) / "board"))
        office.move_to(str(office.repository))
        desk.wait_screen(Screen.WELCOME)
        desk.app.theme.use_size(points)
        assert faults(now(desk)) == []
        desk.app.open_file(str(office.invite("Amina Okonkwo")))
        assert walk(desk, first_day, points) == []


@pytest.mark.parametrize("points", [12, 24])
def test_around_the_shelf(member_home: Path, points: int) -> None:
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        assert walk(desk, around_the_shelf, points) == []


@pytest.mark.parametrize("points", [12, 24])
def test_in_the_reader(member_home: Path, points: int) -> None:
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        assert walk(desk, in_the_reader, points) == []


def test_a_screen_reader_is_told_the_page_and_its_words(member_home: Path) -> None:
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        desk.open_pack(PACK)
        desk.go_to("item 10 p2")

        def told(which: QAccessible.Text) -> str:
            return QAccessible.queryAccessibleInterface(desk.pages).text(which)

        desk.wait(lambda: "Table 1: year to date against plan" in told(QAccessible.Text.Value), "the page's words")
        assert QAccessible.queryAccessibleInterface(desk.pages).role() is QAccessible.Role.Document
        assert told(QAccessible.Text.Name) == "Pages"
        assert told(QAccessible.Text.Description).startswith("Page 28, Finance report")
        desk.lock()


@pytest.mark.parametrize("look", [LIGHT, SEPIA, DARK, CONTRAST])
def test_what_is_drawn_upon_pages_stands_out_from_them(look: Colours) -> None:
    """The caret, and the frames of what the keys are on: on paper in every tint, and on dark pages."""
    assert contrast(LIGHT.focus, look.paper) >= 3
    assert contrast(DARK.focus, look.night) >= 3
