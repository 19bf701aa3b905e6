"""The whole application under a person's hands, offscreen: its keys and its mouse, and what can be read on it."""

import contextlib
import gc
import io
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from db.store import Store
from desktop.app.application import Application
from desktop.changes import Changes
from desktop.cli import main as command
from desktop.doorway import Doorway
from desktop.sample import SAMPLE_PASSPHRASE
from desktop.secretary.registry import Registry
from desktop.settings import Settings, save_settings
from desktop.ui.window import Screen
from desktop.vault import Vault

PATIENCE = 180.0  # seconds until something is given up that takes one
WORDS = "walnut ferry lantern"
NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
_LEFT, _UP = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


@dataclass
class Desk:
    """One running window and a person before it."""

    app: Application

    # what can be seen

    @property
    def window(self) -> QWidget:
        return self.app.window

    @property
    def screen(self) -> Screen | None:
        return self.app.window.screen_now

    @property
    def focused(self) -> QWidget:
        return self.window.focusWidget() or self.window

    def said(self) -> str:
        """Every word in sight: labels, buttons, fields and what is named for a screen reader."""
        return "\n".join(" ".join(words_of(widget)) for widget in self._visible(QWidget))

    def notices(self) -> list[str]:
        """What the bar of notices says, newest first."""
        return self.app.window.notices.sentences()

    def named(self, name: str, kind: type[QWidget] = QWidget) -> QWidget:
        """The widget in sight of this accessible name, or of which it is the beginning."""
        found = [widget for widget in self._visible(kind) if widget.accessibleName().startswith(name)]
        if not found:
            raise LookupError(f"“{name}” is not in sight; {self.said()}")
        return found[0]

    def _visible(self, kind: type[QWidget]) -> list[QWidget]:
        return [widget for widget in self.window.findChildren(kind) if widget.isVisible()]

    # what a person does

    def wait(self, until: Callable[[], object], what: str = "something") -> None:
        end = time.monotonic() + PATIENCE
        while not until():
            if time.monotonic() > end:
                raise AssertionError(f"waited in vain for {what}; in sight: {self.said()}")
            QTest.qWait(10)

    def wait_for(self, words: str) -> None:
        """Until these words can be read somewhere."""
        self.wait(lambda: words in self.said(), f"“{words}”")

    def wait_screen(self, screen: Screen) -> None:
        self.wait(lambda: self.screen is screen, f"{screen}")

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.focused, key, modifiers)
        QTest.qWait(1)

    def type(self, words: str) -> None:
        QTest.keyClicks(self.focused, words)
        QTest.qWait(1)

    def press(self, name: str) -> None:
        """Click the button of this text or name."""
        self.wait(lambda: self._button(name), f"the button “{name}”")
        button = self._button(name)
        assert button
        QTest.mouseClick(button, _LEFT)
        QTest.qWait(1)

    def _button(self, name: str) -> QAbstractButton | None:
        for button in self.window.findChildren(QAbstractButton):
            if name in (button.text(), button.accessibleName()) and button.isVisible() and button.isEnabled():
                return button
        return None

    def fields(self) -> list[QLineEdit]:
        """The fields that can be typed into now, from the top."""
        found = [field for field in self._visible(QLineEdit) if field.isEnabled()]
        return sorted(found, key=lambda field: field.mapTo(self.window, QPoint(0, 0)).y())  # type: ignore[return-value]

    def fill(self, *words: str) -> None:
        """Type into the fields in sight, from the top."""
        for field, word in zip(self.fields(), words, strict=False):
            field.setFocus()
            field.selectAll()
            self.type(word)

    # the reader

    @property
    def pages(self) -> QAbstractScrollArea:
        """The pages of the open pack."""
        return self.named("Pages", QAbstractScrollArea)  # type: ignore[return-value]

    @property
    def page(self) -> str:
        """Which page the page box says."""
        return self.named("Page", QLineEdit).text()  # type: ignore[attr-defined]

    def open_pack(self, words: str = "") -> None:
        """Open the first pack of the shelf, or the one whose row says these words."""
        self.wait_screen(Screen.SHELF)
        self.wait(lambda: self._rows(words), f"a pack {words}")
        self._rows(words)[0].setFocus()
        self.key(Qt.Key.Key_Return)
        self.wait_screen(Screen.READER)
        self.wait(lambda: "of" in self.page, "the pages")

    def _rows(self, words: str) -> list[QWidget]:
        found = self._visible(QWidget)
        return [row for row in found if hasattr(row, "pack") and words in row.accessibleName()]

    def go_to(self, place: str) -> None:
        """By the page box."""
        self.key(Qt.Key.Key_G, CONTROL)
        self.type(place)
        self.key(Qt.Key.Key_Return)

    def select(self, down: float = 0.3) -> str:
        """Draw over some words across the page, at about this part of the height in sight; returns them."""
        pages = self.pages
        port = pages.viewport()
        width, height = port.width(), port.height()
        heights = range(int(height * down), height, 3)
        rows = [QPointF(width * across, y) for y in heights for across in (0.35, 0.45, 0.22, 0.14)]

        def begins(at: QPointF) -> bool:
            """In the middle of a line, and with more of it to the right: from its end nothing would be selected."""
            words = {pages.word_under(at + QPointF(0, more)) for more in (-3, 0, 3)}  # type: ignore[attr-defined]
            more = pages.is_over_text(at + QPointF(width * 0.03, 0))  # type: ignore[attr-defined]
            return len(words) == 1 and words != {""} and bool(more)

        self.wait(lambda: any(begins(at) for at in rows), "words on the page")
        start = next(at for at in rows if begins(at))
        self.drag(port, start, QPointF(width * 0.7, start.y()))
        self.wait(lambda: pages.has_selection, "a selection")  # type: ignore[attr-defined]
        return " ".join(pages.selected_text().split())  # type: ignore[attr-defined]

    def drag(self, on: QWidget, start: QPointF, end: QPointF) -> None:
        kinds = QEvent.Type
        moves = ((kinds.MouseMove, (start + end) / 2, _UP, _LEFT), (kinds.MouseMove, end, _UP, _LEFT))
        steps = ((kinds.MouseButtonPress, start, _LEFT, _LEFT), *moves, (kinds.MouseButtonRelease, end, _LEFT, _UP))
        for kind, at, button, held in steps:
            event = QMouseEvent(kind, at, QPointF(on.mapToGlobal(at.toPoint())), button, held, NONE)
            QApplication.sendEvent(on, event)
            QTest.qWait(1)

    def write_note(self, words: str) -> None:
        """Write at the selection, and close the note."""
        self.key(Qt.Key.Key_N)
        self.wait(lambda: isinstance(self.focused, QPlainTextEdit), "the note to write in")
        self.type(words)
        self.key(Qt.Key.Key_Escape)

    def show_notes(self) -> None:
        self.key(Qt.Key.Key_M, CONTROL)

    def rows_of(self, name: str) -> list[str]:
        """The rows of a list, as a screen reader says them; none while it is not in sight."""
        lists = [widget for widget in self._visible(QWidget) if widget.accessibleName() == name]
        return [row.spoken for widget in lists for row in widget.rows]  # type: ignore[attr-defined]

    # the end

    def lock(self) -> None:
        self.key(Qt.Key.Key_L, CONTROL)
        self.wait_screen(Screen.UNLOCK)

    def unlock(self, words: str) -> None:
        self.wait_screen(Screen.UNLOCK)
        self.wait(self.fields, "the passphrase field")
        self.fill(words)
        self.key(Qt.Key.Key_Return)

    def close(self) -> None:
        """Close the window as a person does."""
        self.window.close()
        self.app.close()
        self.app.deleteLater()
        self.window.deleteLater()
        settle()


def settle() -> None:
    """What was let go of is gone."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


@contextmanager
def at_desk(
    home: Path,
    passphrase: str = "",
    invitation: Path | None = None,
    sample: bool = False,
    lock: int = 0,
    pages: dict[str, float] | None = None,
) -> Iterator[Desk]:
    """Start the application as `desktop.launch` does, and end it. pages: where the last window had them."""
    if home.exists():
        save_settings(home, Settings(theme="light", motion=False, lock_minutes=lock, pages=pages or {}))
    doorway = Doorway(home, Changes())
    qt = QApplication.instance()
    assert isinstance(qt, QApplication)
    app = Application(doorway)
    app.theme.apply_to(qt)
    desk = Desk(app)
    try:
        app.window.resize(1280, 800)
        app.start(None if sample else doorway.enter_quietly(passphrase), invitation)
        app.window.activateWindow()
        yield desk
    finally:
        desk.close()


def words_of(widget: QWidget) -> Iterator[str]:
    """Whatever a widget shows or says."""
    for says in ("text", "toPlainText", "windowTitle", "accessibleName", "accessibleDescription", "toolTip"):
        said = getattr(widget, says, None)
        if callable(said):
            yield str(said())
    rows = getattr(widget, "rows", None)
    for row in rows if isinstance(rows, list | tuple) else ():
        yield str(getattr(row, "spoken", ""))


def everything_shown() -> str:
    """Every word of every widget there is, in sight or not."""
    settle()
    return "\n".join(word for widget in QApplication.allWidgets() for word in words_of(widget))


def plain_on_disk(folder: Path, *words: str) -> list[str]:
    """Which of these words stand readable in a file of a folder, or in a file's name."""
    found = []
    for path in (path for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes().lower()
        for word in words:
            forms = {word.lower().encode(code) for code in ("utf-8", "utf-16-le", "latin-1")}
            if any(form in data for form in forms) or word.lower() in path.name.lower():
                found.append(f"“{word}” in {path.name}")
        if data.startswith(b"%pdf"):
            found.append(f"a PDF: {path.name}")
    return found


class Office:
    """The sample's secretary with a repository of their own, worked by commands."""

    def __init__(self, sample: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self.home = shutil.copytree(sample / "secretary", folder / "secretary")
        self.repository = shutil.copytree(sample / "repository", folder / "repository")
        self.move_to(str(self.repository))

    def move_to(self, address: str) -> None:
        """Name this address in invitations from now on."""
        store = Store.open(self.home, Vault(self.home).open_with_passphrase(SAMPLE_PASSPHRASE))
        registry = Registry(store)
        registry.move(registry.office(), str(self.repository), address)
        store.close()

    def __call__(self, name: str, *words: object, store: bool = True) -> str:
        """Run a command; returns what it said."""
        code, said = self._run(name, words, store)
        assert code == 0, said
        return said

    def refused(self, name: str, *words: object) -> str:
        """Run a command that must not work; returns why it did not."""
        code, said = self._run(name, words, True)
        assert code == 2, said
        assert "Traceback" not in said
        return said

    def _run(self, name: str, words: tuple[object, ...], store: bool) -> tuple[int, str]:
        said = io.StringIO()
        options = ["--home", str(self.home), "--passphrase-stdin"] if store else []
        with self._monkeypatch.context() as here:
            here.setattr("sys.stdin", io.StringIO(SAMPLE_PASSPHRASE + "\n"))
            here.setattr("sys.stdout", said)
            here.setattr("sys.stderr", said)
            code = command([name, *options, *map(str, words)])
        return code, said.getvalue()

    def invite(self, member: str, *more: str) -> Path:
        path = self.home.parent / f"{member}{''.join(more)}.despatch"
        self("invite", "--member", member, "-o", path, *more)
        return path

    def admit_all(self) -> str:
        return self("admit", "--all")


def read_code(desk: Desk) -> str:
    """The recovery code, from the screen."""
    label = next(label for label in desk.window.findChildren(QLabel) if label.accessibleName() == "Recovery code")
    return "-".join(label.text().split())


def set_up(desk: Desk, member: str, passphrase: str = WORDS) -> tuple[str, str]:
    """From an opened invitation to the shelf; returns the recovery code and the five words."""
    desk.wait(lambda: len(desk.fields()) == 2, "the passphrase step")
    desk.fill(passphrase, passphrase)
    desk.press("Protect my papers")
    code = keep_code(desk)
    phrase = ask_to_be_admitted(desk, member)
    return code, phrase


def keep_code(desk: Desk) -> str:
    """Keep the recovery code, and type the group that is asked for."""
    desk.wait_for("Your recovery code")
    code = read_code(desk)
    desk.press("I have kept it")
    desk.wait_for("group of the code")
    asked = re.search(r"Type the (\w+) group of the code", desk.said())
    assert asked
    ordinals = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
    desk.fill(code.split("-")[ordinals.index(asked[1])])
    desk.key(Qt.Key.Key_Return)
    return code


def ask_to_be_admitted(desk: Desk, member: str) -> str:
    """Give a name; returns the five words."""
    desk.wait_for("Who is asking?")
    desk.fields()[0].setFocus()
    desk.type(member)
    desk.press("Ask to be admitted")
    desk.wait_for("Read these words to the secretary")
    said = desk.named("Words to read out: ").accessibleName()
    desk.press("Go to the shelf")
    desk.wait_screen(Screen.SHELF)
    return said.removeprefix("Words to read out: ")


def a_member(
    office: Office, home: Path, name: str = "Amina Okonkwo", *options: str, device: str = "laptop"
) -> Path:
    """A member's home, locked with WORDS: admitted, and nothing fetched yet. options: of the invitation."""
    doorway = Doorway(home, Changes())
    try:
        entered, _ = doorway.create(WORDS, use_keyring=False).result(PATIENCE)
        invitation = office.invite(name, *options).read_bytes()
        joined = entered.room.store.do(entered.room.join, invitation, name, device).result(PATIENCE)
    finally:
        doorway.leave()
    if joined.delivered:
        office.admit_all()
    else:
        request = home.with_suffix(".despatch")
        request.write_bytes(joined.request)
        office("admit", request)
    return home


def despatch(office: Office, folder: Path, body: str = "Trust Board") -> None:
    """Plan, compile and publish a folder of papers."""
    office("new-pack", folder, "--body", body, store=False)
    pack = folder.with_suffix(".despatch-pack")
    office("compile", folder, "-o", pack)
    office("publish", pack)


@dataclass
class Disk:
    """A small disk that holds a home."""

    home: Path

    def fill(self) -> None:
        """Not a byte is left."""
        with (self.home.parent / "filling").open("ab", buffering=0) as file, contextlib.suppress(OSError):
            while file.write(bytes(65536)):
                pass

    def free(self) -> None:
        """There is room again."""
        (self.home.parent / "filling").unlink(missing_ok=True)


@contextmanager
def full_disk(home: Path) -> Iterator[Disk]:
    """Move a home to a disk of its own that can be filled; skips where we may not make one."""
    point = home.with_name("disk")
    point.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", point], capture_output=True).returncode:
        pytest.skip("a small disk can only be made by root")
    try:
        disk = Disk(Path(shutil.copytree(home, point / "home")))
        yield disk
    finally:
        subprocess.run(["umount", point], check=True)
