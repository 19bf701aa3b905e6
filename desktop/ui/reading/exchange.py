"""Notes leave for other programs and come from them: what is asked of the member, and what is said when it is done."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from desktop.jobs import Lane
from desktop.packs.book import Book, BookPaper
from desktop.pdf.protocol import Source
from desktop.ui.kit.files import ask_for_notes, ask_where_to_save
from desktop.ui.kit.words import say_count, say_date
from desktop.ui.panels.marking import Marking
from desktop.ui.panels.reading_desk import ReadingDesk
from desktop.ui.reading.open_pack import OpenPack
from desktop.ui.reading.watermark import Marked, with_watermark

if TYPE_CHECKING:
    from desktop.annotations.entries import Annotation
    from desktop.annotations.importing import Taken
    from desktop.library.ends_told import Received

_FORMS = (
    ("md", "My notes as text (Markdown)", "Opens in any program, under the papers' titles."),
    ("csv", "My notes as a table (CSV)", "Opens in any spreadsheet, a note a row."),
    ("jsonld", "My notes for Despatch or other programs (JSON-LD)", "Can be imported again, also on another computer."),
)
_SHARED = (
    "The notes I share, sealed to those I share them with",
    "To send by hand where nothing can be put beside the packs. Nobody else can open it.",
)


class Exchange(QObject):
    """One export or import at a time. marking: says what came of it, and takes an import back."""

    def __init__(self, desk: ReadingDesk, marking: Marking, holder: QWidget) -> None:
        super().__init__(holder)
        self._desk, self._marking, self._holder = desk, marking, holder
        self._dialog: QDialog | None = None

    def stop(self) -> None:
        """The pack is left: nothing is asked any more."""
        if self._dialog is not None:
            self._dialog.reject()

    # ---- out

    def export(self, pack: OpenPack, page: int) -> None:
        """Ask in which form. page: the page in sight, from 0."""
        from desktop.ui.panels.export_dialog import ExportDialog, Form

        if pack.notebook is None or not pack.book.pages or self._dialog is not None:
            return
        self._marking.close_all()
        if not pack.notebook.annotations:
            self._marking.say("There is nothing to export yet: you have no notes or highlights in this pack.")
            return
        paper = pack.book.pages[page].paper
        about = f"“{paper.title}” with your marks in it, for any PDF reader. The paper here stays as it is."
        copy = Form("pdf", "An annotated copy of this paper (PDF)", about, _why_not(pack, paper))
        forms = [
            copy,
            *(Form(*form, narrows=True) for form in _FORMS),
            Form("despatch-notes", *_SHARED, _alone(pack), sealed=True),
        ]
        dialog = ExportDialog(self._desk.theme, "Export", forms, self._holder, paper.title)
        dialog.chosen.connect(lambda form, only: self._ask_where(pack, paper, form, only))
        self._show(dialog)

    def write(self, pack: OpenPack, paper: BookPaper, form: str, only: bool, path: Path) -> None:
        """Write a form of the notes to a file; only: those of this paper."""
        if form == "despatch-notes":
            written = self._desk.fellowship.export(pack.book.pack.body.id, path)
            self._desk.bridge.then(written, lambda count: self._say_sealed(path, count), self._failed, owner=self)
            return
        named = self._desk.member(pack.book.pack.body.id)
        self._desk.bridge.then(named, lambda name: self._write_as(pack, paper, form, only, path, name), owner=self)

    def _say_sealed(self, path: Path, devices: int) -> None:
        whom = say_count(devices, "computer")
        self._marking.say(f"Exported to “{path.name}”. It is sealed to {whom}: send it to the members it is for.")

    def _ask_where(self, pack: OpenPack, paper: BookPaper, form: str, only: bool) -> None:
        day = say_date(pack.book.pack.meeting.held_on, weekday=False)
        what = paper.title if form == "pdf" or only else pack.book.pack.body.name
        name = f"{_tame(what)} {day}{' with my notes' if form == 'pdf' else ' notes'}.{form}"
        self._show(
            ask_where_to_save(
                self._holder, "Export", name, "Export", lambda path: self.write(pack, paper, form, only, Path(path))
            )
        )

    def _write_as(self, pack: OpenPack, paper: BookPaper, form: str, only: bool, path: Path, member: str) -> None:
        if pack.notebook is None:
            return
        marks = pack.notebook.annotations
        if form == "pdf":
            self._copy(pack.book, paper, marks, path, member)
            return
        lane = Lane("export")
        self._keep(lane, path, lambda: _made(pack, marks, form, paper.paper_id if only else "", member))

    def _copy(self, book: Book, paper: BookPaper, marks: "Sequence[Annotation]", path: Path, member: str) -> None:
        from desktop.annotations.exporting import to_pdf_marks

        own = [mark for mark in marks if mark.anchor.paper_id == paper.paper_id]
        shown = [mark for mark in own if mark.anchor.sha256 == paper.version]
        assert paper.path is not None, "only papers that are here are copied"
        self._desk.pdf.know(Source(paper.version, paper.path, paper.key, paper.title))
        left = say_count(len(own) - len(shown), "mark") if len(own) > len(shown) else ""
        more = f" Left out: {left} made on an earlier version." if left else ""
        pdf_marks = to_pdf_marks(shown, member)

        def copy(marked: Marked) -> None:
            copied = self._desk.pdf.annotated(paper.version, pdf_marks, marked(paper))
            self._desk.bridge.then(
                copied, lambda data: self._keep(Lane("export"), path, lambda: data, more), self._failed, owner=self
            )

        with_watermark(self._desk, book, self, copy)

    def _keep(self, lane: Lane, path: Path, make: Callable[[], bytes], more: str = "") -> None:
        from desktop.annotations.outside import write_outside

        written: Future[None] = lane.do(lambda: write_outside(path, make()))
        lane.close_later()
        said = f"Exported to “{path.name}”, outside the seal.{more}"
        self._desk.bridge.then(written, lambda _: self._marking.say(said), self._failed, owner=self)

    # ---- in

    def bring(self, pack: OpenPack, page: int) -> None:
        """Ask for a file with notes. page: the page in sight, from 0."""
        if pack.notebook is None or not pack.book.pages or self._dialog is not None:
            return
        self._marking.close_all()
        paper = pack.book.pages[page].paper
        self._show(ask_for_notes(self._holder, "Import notes", lambda path: self.read(pack, paper, Path(path))))

    def read(self, pack: OpenPack, paper: BookPaper, path: Path) -> None:
        """Take in the notes of a file: of a copy of this paper, or of papers of this pack."""
        from desktop.ui.reading.notes_reader import NotesReader

        if pack.notebook is None:
            return
        if path.suffix.lower() == ".despatch-notes":
            brought = self._desk.fellowship.bring(path)
            self._desk.bridge.then(brought, lambda came: self._say_brought(path, came), self._failed, owner=self)
            return
        reader = NotesReader(self._desk, pack.book, paper, pack.notebook.annotations)
        lane = Lane("import")
        read = lane.do(reader.read, path)
        lane.close_later()
        self._marking.say(f"Reading “{path.name}”…")
        self._desk.bridge.then(read, lambda taken: self._take(pack, taken), self._failed, owner=self)

    def _say_brought(self, path: Path, came: "Received") -> None:
        count = sum(came.notes.values())
        self._marking.say(
            f"{say_count(count, 'note')} taken in from “{path.name}”." if count
            else f"Everything in “{path.name}” is here already."
        )  # fmt: skip

    def _take(self, pack: OpenPack, taken: "Taken") -> None:
        if pack.notebook is None:
            return
        pack.notebook.take_in(taken.marks)
        undo = self._marking.undo if taken.marks and self._marking.notebook is pack.notebook else None
        self._marking.say(say_taken(taken), undo)

    def _failed(self, error: BaseException) -> None:
        if not hasattr(error, "what"):
            raise error
        self._marking.say(str(error))

    def _show(self, dialog: QDialog) -> None:
        self._dialog = dialog
        dialog.finished.connect(self._forget)
        dialog.finished.connect(dialog.deleteLater)
        if not dialog.isVisible():
            QDialog.open(dialog)

    def _forget(self) -> None:
        self._dialog = None


def say_taken(taken: "Taken") -> str:
    """What an import came to."""
    said = [f"{say_count(len(taken.marks), 'note')} imported." if taken.marks else "No note was imported."]
    told = (
        (taken.known, "{} here already.", "was", "were"),
        (taken.loose, "The words of {} were not found: the note stands on its page.", "", ""),
        (taken.elsewhere, "{} of papers that are not in this pack.", "is", "are"),
        (taken.empty, "{} empty.", "was", "were"),
    )
    for number, words, one, many in told:
        if number:
            said.append(words.format(" ".join(part for part in (str(number), one if number == 1 else many) if part)))
    return " ".join(said)


def _alone(pack: OpenPack) -> str:
    """Why there is nothing to send by hand, "" where there is."""
    marks = pack.notebook.annotations if pack.notebook else []
    shared = any(mark.is_mine and mark.sharing.to for mark in marks)
    return "" if shared else "You share no note in this pack."


def _why_not(pack: OpenPack, paper: BookPaper) -> str:
    """Why there can be no annotated copy of a paper, "" where there can."""
    if any(each.id == paper.paper_id and not each.may_be_copied for each in pack.book.pack.papers):
        return f"The secretary asks that “{paper.title}” is not copied, so no copy of it leaves Despatch."
    if paper.path is None:
        return f"“{paper.title}” is not on this computer."
    marks = pack.notebook.annotations if pack.notebook else []
    if not any((mark.anchor.paper_id, mark.anchor.sha256) == (paper.paper_id, paper.version) for mark in marks):
        return f"You have no marks in “{paper.title}”."
    return ""


def _made(pack: OpenPack, marks: "Sequence[Annotation]", form: str, paper_id: str, member: str) -> bytes:
    from desktop.annotations.exporting import listed, to_csv, to_jsonld, to_markdown

    rows = listed(pack.book, marks, paper_id)
    meeting = pack.book.pack.meeting
    if form == "csv":
        return to_csv(rows, member).encode("utf-8-sig")  # spreadsheets know by its mark that it is UTF-8
    if form == "jsonld":
        return to_jsonld(rows, member).encode()
    return to_markdown(rows, f"My notes: {pack.book.pack.body.name}, {say_date(meeting.held_on)}").encode()


def _tame(title: str) -> str:
    """A title as part of a file's name."""
    return "".join(" " if letter in '/\\:*?"<>|' else letter for letter in title).strip()[:80]
