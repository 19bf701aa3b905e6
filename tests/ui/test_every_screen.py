"""Every screen of the real application, walked as by a keyboard and a screen reader, in plain and in large text."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flow_making import CONTROL, NONE, SHIFT, WORDS, Desk, Office, at_desk, read_code
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QFont, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QWidget
from reach import faults, pale

from desktop.sample import SAMPLE_PASSPHRASE
from desktop.tour.editions import write_on_first_edition
from desktop.tour.retention import decide
from desktop.ui.desk.preparing import PreparingScreen
from desktop.ui.kit.palettes import CONTRAST, DARK, LIGHT, SEPIA, Colours, contrast
from desktop.ui.panels.print_sheet import PrintSheet
from desktop.ui.panels.quick_open import QuickOpen
from desktop.ui.reader_screen import ReaderScreen
from desktop.ui.registers import RegistersScreen
from desktop.ui.window import Screen

PACK = "29 January 2026"
LARGE = 24
# As long as people's own, with words that no line has room for.
LONG_PATH = (
    "Papers of the Trust Board/Public_and_private_sessions_of_2025_and_2026/CalderValeHospitalsNHSFoundationTrust"
)
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


@pytest.fixture(scope="module")
def written(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's member with notes on a paper that was corrected since, and a body that has notes destroyed."""
    home: Path = tmp_path_factory.mktemp("written") / "member"
    shutil.copytree(sample, home, ignore=shutil.ignore_patterns("secretary", "repository"))
    write_on_first_edition(home)
    decide(home)
    return home


@pytest.fixture
def noted_home(written: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(written, tmp_path / "member")


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
    desk.wait_for("See them…")
    yield "the shelf", now(desk)
    desk.press("See them…")
    yield from over(desk, "what becomes of notes")
    for words, name in (("Receipts of", "receipts"), ("Leave this body", "leaving a body")):
        desk.press("More about Trust Board")
        choose(desk, words)
        yield from over(desk, name)
    yield from in_the_registers(desk)
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


def in_the_registers(desk: Desk) -> Iterator[State]:
    desk.key(Qt.Key.Key_R, CONTROL | SHIFT)
    desk.wait_screen(Screen.REGISTERS)
    screen = desk.app.window.screen_of(Screen.REGISTERS)
    assert isinstance(screen, RegistersScreen)
    desk.wait(screen.tabs.count, "what the papers say")
    for place in range(screen.tabs.count()):
        yield f"register {screen.tabs.tabText(place)}", now(desk)
        desk.key(Qt.Key.Key_Tab, CONTROL)
    desk.key(Qt.Key.Key_F, CONTROL)
    desk.type("nothing like this")
    yield "a register in which nothing is found", now(desk)
    desk.app.window.go_back()


def choose(desk: Desk, words: str) -> None:
    """From the menu that is open."""
    desk.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu), "the menu")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text().startswith(words)).trigger()
    menu.close()
    desk.window.activateWindow()  # a window manager would do it, and there is none offscreen


def over(desk: Desk, name: str) -> Iterator[State]:
    """The dialog over the window, until it has been looked at."""
    dialog = the(desk, QDialog)
    yield name, dialog
    assert isinstance(dialog, QDialog)
    dialog.reject()
    desk.window.activateWindow()
    desk.wait(desk.window.isActiveWindow, "the window")


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
    yield from with_carried_notes(desk, reader)
    desk.go_to("item 10 p2")
    yield from with_marks(desk, reader)
    yield from with_links(desk, reader)
    yield from with_panels(desk, reader)
    yield from with_views(desk)
    yield from with_sheet(desk)
    desk.key(Qt.Key.Key_P, CONTROL)
    yield "the print sheet", the(desk, PrintSheet)
    desk.key(Qt.Key.Key_Escape)


def with_carried_notes(desk: Desk, reader: ReaderScreen) -> Iterator[State]:
    desk.press("Look at them")
    desk.wait(lambda: reader.carried.side_by_side.panes, "both versions")
    yield "notes to be reviewed", now(desk)
    desk.key(Qt.Key.Key_Escape)
    desk.app.window.notices.clear()
    desk.show_notes()
    desk.wait(lambda: reader.notes.list.rows, "the notes")
    key = next(row.key for row in reader.notes.list.rows if not row.heading)
    for words, name in (("Share this note", "who sees a note"), ("Tie it to", "what a note is tied to")):
        reader.notes.list.menu_asked.emit(key, desk.window.mapToGlobal(desk.window.rect().center()))
        choose(desk, words)
        if name.startswith("who"):
            yield from over(desk, name)
        else:
            yield name, the(desk, QuickOpen)
            desk.key(Qt.Key.Key_Escape)
    desk.show_notes()


def with_links(desk: Desk, reader: ReaderScreen) -> Iterator[State]:
    desk.go_to("7")
    desk.pages.setFocus()
    desk.wait(lambda: reader.canvas.links.on(reader.canvas.current_page()), "links")
    desk.key(Qt.Key.Key_L)
    desk.wait(lambda: reader.side.is_showing(reader.links.panel), "the list of links")
    yield "links of the page", now(desk)
    desk.pages.setFocus()
    desk.select(0.5)
    desk.key(Qt.Key.Key_L, SHIFT)
    desk.wait(lambda: reader.links.panel.fields.is_making, "a link being made")
    yield "a link being made", now(desk)
    desk.press(reader.links.panel.fields.cancel.text())
    desk.key(Qt.Key.Key_Escape)


def with_sheet(desk: Desk) -> Iterator[State]:
    desk.key(Qt.Key.Key_E, CONTROL | SHIFT)
    yield from over(desk, "exporting notes")
    desk.key(Qt.Key.Key_M, CONTROL | SHIFT)
    desk.wait_screen(Screen.SHEET)
    yield "the meeting sheet", now(desk)
    desk.key(Qt.Key.Key_E, CONTROL | SHIFT)
    yield from over(desk, "exporting the sheet")
    desk.key(Qt.Key.Key_Escape)
    desk.wait_screen(Screen.READER)


def at_the_secretary_s_desk(desk: Desk) -> Iterator[State]:
    desk.wait_screen(Screen.SHELF)
    desk.key(Qt.Key.Key_D, CONTROL | SHIFT)
    desk.wait_for("New meeting…")
    yield "the desk", now(desk)
    desk.press("Become the secretary of another body…")
    yield from over(desk, "another body")
    desk.press("People of Trust Board")
    desk.wait_for("Write an invitation…")
    yield "people", now(desk)
    desk.press("Remove…")
    yield from over(desk, "removing a member")
    desk.key(Qt.Key.Key_Escape)
    desk.press("New meeting…")
    dialog = the(desk, QDialog)
    yield "a new meeting", dialog
    begin(dialog, Path(desk.app.doorway.folder).with_name("March board"))
    desk.wait_screen(Screen.PREPARING)
    desk.window.activateWindow()
    screen = desk.app.window.screen_of(Screen.PREPARING)
    assert isinstance(screen, PreparingScreen)
    desk.wait(screen.list.hasFocus, "the keys in the agenda")
    yield "an agenda without items", now(desk)
    desk.key(Qt.Key.Key_Return, CONTROL)
    desk.type("Finance report of the third quarter, with its appendices")
    yield "an item", now(desk)
    screen.add_paper()
    yield "a paper", now(desk)
    desk.press("Meeting")
    yield "the meeting's fields", now(desk)
    desk.press("Check the pack")
    desk.wait(screen.remarks.isVisible, "pre-flight")
    yield "pre-flight", now(desk)


def begin(dialog: QWidget, folder: Path) -> None:
    """Fill the form of a new meeting."""
    fields = {field.accessibleName(): field for field in dialog.findChildren(QLineEdit)}
    for name, words in (("Day", "26 March 2026"), ("Begins at", "1.30 pm"), ("A folder for its papers", str(folder))):
        fields[name].setFocus()
        fields[name].selectAll()
        QTest.keyClicks(fields[name], words)
        QTest.keyClick(fields[name], Qt.Key.Key_Tab)
    QTest.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]


def with_marks(desk: Desk, reader: ReaderScreen) -> Iterator[State]:
    desk.select(0.3)
    desk.wait(reader.marking.bar.isVisible, "the bar of colours")
    yield "words selected", now(desk)
    desk.key(Qt.Key.Key_T)
    desk.wait(reader.marking.tool_box.isVisible, "the tools")
    yield "the tools", now(desk)
    desk.key(Qt.Key.Key_Escape)
    desk.pages.setFocus()
    desk.select(0.5)
    desk.key(Qt.Key.Key_Q)
    desk.type("Who checks that this was done?")
    yield "a question", now(desk)
    desk.key(Qt.Key.Key_Escape)
    desk.select(0.3)
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
    desk.key(Qt.Key.Key_L, CONTROL | SHIFT)
    desk.wait(reader.since.panel.list.current_key, "what became of the paper")
    yield "since last time", now(desk)
    desk.key(Qt.Key.Key_Escape)
    yield from with_threads(desk, reader)


def with_threads(desk: Desk, reader: ReaderScreen) -> Iterator[State]:
    desk.key(Qt.Key.Key_K, CONTROL | SHIFT)
    desk.wait_screen(Screen.MAP)
    desk.wait_for("links between papers")
    yield "the map", now(desk)
    desk.press("Show as a list")
    yield "the map as a list", now(desk)
    desk.key(Qt.Key.Key_Escape)
    desk.select(0.3)
    desk.key(Qt.Key.Key_Y, CONTROL | SHIFT)
    desk.wait_screen(Screen.THROUGH)
    desk.wait(lambda: "Looking in every pack" not in desk.said(), "an answer")
    yield "through time", now(desk)
    desk.key(Qt.Key.Key_Escape)
    desk.wait_screen(Screen.READER)
    reader.canvas.setFocus()
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


def look_at(desk: Desk, name: str, part: QWidget, points: int) -> list[str]:
    found = faults(part, part.isWindow())
    if points == LARGE:
        found += [f"pale: {fault}" for fault in pale(part, desk.app.theme.colours)]
    return [f"{name}: {fault}" for fault in found]


def settled(look: Callable[[], list[str]]) -> list[str]:
    """What is wrong, once what comes by itself has come and found its place."""
    end = time.monotonic() + 20
    while (found := look()) and time.monotonic() < end:
        QTest.qWait(50)
    return found


def walk(desk: Desk, states: Callable[[Desk], Iterator[State]], points: int) -> list[str]:
    desk.app.theme.use_size(points)
    found = []
    for name, part in states(desk):
        focused = QApplication.focusWidget()
        found += settled(lambda name=name, part=part: look_at(desk, name, part, points))
        if focused is not None:
            focused.setFocus()
    return found


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


@pytest.mark.parametrize("points", [12, LARGE])
def test_the_first_day(office: Office, tmp_path: Path, points: int) -> None:
    office.repository = office.repository.rename(_made(tmp_path / LONG_PATH) / "repository")
    office.move_to(str(office.repository))
    with at_desk(tmp_path / "amina") as desk:
        desk.wait_screen(Screen.WELCOME)
        desk.app.theme.use_size(points)
        assert faults(now(desk)) == []
        desk.app.open_file(str(office.invite("Amina Okonkwo")))
        assert "\n".join(walk(desk, first_day, points)) == ""


@pytest.mark.parametrize("points", [12, LARGE])
def test_around_the_shelf(noted_home: Path, points: int) -> None:
    with at_desk(noted_home, SAMPLE_PASSPHRASE) as desk:
        assert "\n".join(walk(desk, around_the_shelf, points)) == ""


@pytest.mark.parametrize("points", [12, LARGE])
def test_in_the_reader(noted_home: Path, points: int) -> None:
    with at_desk(noted_home, SAMPLE_PASSPHRASE) as desk:
        assert "\n".join(walk(desk, in_the_reader, points)) == ""


@pytest.mark.parametrize("points", [12, LARGE])
def test_at_the_secretary_s_desk(office: Office, points: int) -> None:
    with at_desk(office.home, SAMPLE_PASSPHRASE) as desk:
        assert "\n".join(walk(desk, at_the_secretary_s_desk, points)) == ""


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
