"""The meeting sheet at work: opened from the reader or the shelf, printed, and exported."""

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from desktop.annotations.notebook import Annotation, Notebook
from desktop.annotations.saver import Notes
from desktop.jobs import Lane
from desktop.packs.book import Book, BookPaper
from desktop.packs.pack import PaperKind
from desktop.ui.kit.words import say_date, say_moment
from desktop.ui.window import Screen

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from desktop.annotations.sheet import Sheet
    from desktop.annotations.sheet_writing import Heading
    from desktop.app.application import Application
    from desktop.library.asking import Asking
    from desktop.room import OpenedPack, Room
    from desktop.ui.reader_screen import ReaderScreen
    from desktop.ui.sheet import SheetScreen

Then = Callable[..., None]

_ASK_NOTHING = (PaperKind.AGENDA, PaperKind.MINUTES)  # they say what others ask, and what was asked
_FOOT = "Private. Page {page} of {pages}"


class Sheeting(QObject):
    """Answers the meeting sheet while a room is open. then: goes on with a future unless the room was left."""

    def __init__(self, application: "Application", room: "Room", notes: Notes, then: Then) -> None:
        super().__init__(application)
        self._app, self._room, self._notes, self._then = application, room, notes, then
        self._asking: Asking | None = None
        self._member = ""
        self._wanted = ""

    def stop(self) -> None:
        """The store is being closed."""
        self._wanted = ""
        if (screen := self._screen()) is not None:
            screen.stop()
        self.deleteLater()

    def make_sheet(self) -> "SheetScreen":
        """A sheet, answered here."""
        from desktop.ui.sheet import SheetScreen

        screen = SheetScreen(self._app.theme)
        screen.closed.connect(self._close)
        screen.place_wanted.connect(self._go_to)
        screen.print_wanted.connect(self._print)
        screen.export_wanted.connect(self._export)
        return screen

    def show_open(self) -> None:
        """The sheet of the pack that is read, in its own notebook."""
        reader = cast("ReaderScreen | None", self._app.window.screen_of(Screen.READER))
        pack = reader.pane.pack if reader is not None else None
        if reader is not None and pack is not None and pack.notebook is not None:
            reader.marking.close_all()
            self._show(pack.book, pack.notebook)

    def show_pack(self, pack_id: str) -> None:
        """The sheet of a pack that is not being read."""
        self._wanted = pack_id
        opening = self._room.store.do(self._room.open_pack, pack_id)
        self._then(opening, lambda opened: self._open(pack_id, opened))

    def _open(self, pack_id: str, opened: "OpenedPack | None") -> None:
        if opened is None:
            self._app.window.notices.say("That pack is not on this computer any more.", tone="warn")
            return
        book = opened.book
        self._then(self._notes.open(pack_id), lambda notebook: self._show_if_wanted(book, notebook))

    def _show_if_wanted(self, book: Book, notebook: Notebook) -> None:
        if self._wanted == book.pack.id and self._app.window.screen_now is Screen.SHELF:
            self._show(book, notebook)

    def _show(self, book: Book, notebook: Notebook) -> None:
        self._wanted = ""
        self._app.window.show_screen(Screen.SHEET)
        screen = self._screen()
        assert screen is not None
        screen.show_meeting(book, notebook)
        screen.setFocus()
        self._learn(book)

    def _close(self) -> None:
        if (screen := self._screen()) is not None:
            screen.stop()
        self._app.window.go_back()

    def _go_to(self, mark_id: str) -> None:
        screen = self._screen()
        sheet = screen.sheet if screen is not None else None
        marks = [entry.mark for entry in sheet.entries if entry.mark.id == mark_id] if sheet else []
        for mark in marks:
            self._leave_for(mark)

    def _leave_for(self, mark: Annotation) -> None:
        if (screen := self._screen()) is not None:
            screen.stop()
        y = mark.place[1] if mark.anchor.quads or mark.shape else None
        self._app.window.open_place(mark.pack_id, mark.anchor.paper_id, mark.place[0], y=y)

    # what papers ask

    def _learn(self, book: Book) -> None:
        """Read what papers ask, one after another, so that notes are saved in between."""
        kinds = {paper.id: paper.kind for paper in book.pack.papers}
        papers = [paper for paper in book.papers if paper.path and kinds.get(paper.paper_id) not in _ASK_NOTHING]
        found: dict[str, tuple[str, ...]] = {}

        def came(paper: BookPaper, asks: tuple[str, ...]) -> None:
            found[paper.paper_id] = asks
            screen = self._screen()
            if len(found) == len(papers) and screen is not None and screen.book is book:
                screen.show_asked({paper_id: points for paper_id, points in found.items() if points})

        for paper in papers:
            self._then(self._room.store.do(self._read, book, paper), partial(came, paper))
        self._then(self._room.store.do(self._room.member_of, book.pack.body.id), self._take_member)

    def _read(self, book: Book, paper: BookPaper) -> tuple[str, ...]:
        """In the store's lane."""
        if self._asking is None:
            from desktop.library.asking import Asking

            self._asking = Asking(self._room.holdings)
        return self._asking.of(paper.version, paper.count, book.pages[paper.first].height)

    def _take_member(self, name: str) -> None:
        self._member = name

    # on paper, and out of the seal

    def _print(self) -> None:
        from desktop.annotations.sheet_writing import CSS, to_html
        from desktop.ui.kit.printing import print_html
        from desktop.ui.reading.printing import ask_system

        screen = self._screen()
        sheet = screen.sheet if screen is not None else None
        if screen is None or sheet is None:
            return

        def use(printer: "QPrinter") -> None:
            print_html(printer, to_html(sheet, self._heading(sheet)), CSS)

        ask_system(screen, use)

    def _export(self) -> None:
        from PySide6.QtWidgets import QDialog

        from desktop.ui.panels.export_dialog import ExportDialog, Form

        screen = self._screen()
        if screen is None or screen.sheet is None:
            return
        forms = (
            Form("pdf", "PDF", "To read and print anywhere, as it is."),
            Form("docx", "Word document (DOCX)", "To go on writing in Word or another word processor."),
            Form("md", "Plain text (Markdown)", "Opens in any program; questions are a list of tasks."),
        )
        dialog = ExportDialog(self._app.theme, "Export the meeting sheet", forms, screen)
        dialog.chosen.connect(lambda form, _only: self._ask_where(form))
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)

    def _ask_where(self, form: str) -> None:
        from desktop.ui.kit.files import ask_where_to_save

        screen = self._screen()
        sheet = screen.sheet if screen is not None else None
        if screen is not None and sheet is not None:
            name = f"Meeting sheet {sheet.pack.body.name} {say_date(sheet.pack.meeting.held_on, weekday=False)}.{form}"
            ask_where_to_save(
                screen, "Export the meeting sheet", name, "Export", lambda path: self.write(sheet, form, Path(path))
            )

    def write(self, sheet: "Sheet", form: str, path: Path) -> None:
        """Write a sheet to a file as "pdf", "docx" or "md", and say so when it is there."""
        from desktop.annotations.sheet_writing import CSS, to_docx, to_html, to_markdown

        heading, lane = self._heading(sheet), Lane("export")
        if form == "pdf":
            made = self._room.sight.typeset(to_html(sheet, heading), CSS, _FOOT)
            self._then(made, lambda data: self._keep(lane, path, lambda: data), partial(self._failed, lane))
        elif form == "docx":
            self._keep(lane, path, lambda: to_docx(sheet, heading))
        else:
            self._keep(lane, path, lambda: to_markdown(sheet, heading).encode())

    def _keep(self, lane: Lane, path: Path, make: Callable[[], bytes]) -> None:
        from desktop.annotations.outside import write_outside

        written: Future[None] = lane.do(lambda: write_outside(path, make()))
        lane.close_later()
        self._then(written, lambda _: self._say_written(path))

    def _failed(self, lane: Lane, error: BaseException) -> None:
        lane.close_later()
        self._app.window.notices.tell(error)

    def _say_written(self, path: Path) -> None:
        what = f"The meeting sheet is exported to “{path.name}”."
        self._app.window.notices.say(what, "It lies outside the seal.", tone="good", seconds=12)

    def _heading(self, sheet: "Sheet") -> "Heading":
        from desktop.annotations.sheet_writing import Heading

        meeting = sheet.pack.meeting
        return Heading(say_moment(meeting.held_on, meeting.starts), self._member)

    def _screen(self) -> "SheetScreen | None":
        return cast("SheetScreen | None", self._app.window.screen_of(Screen.SHEET))
