"""Printing from the reader: the sheet that asks, the system's dialog, and the job."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from desktop.reader.printing import print_list, read_pages
from desktop.ui.kit.words import say_count
from desktop.ui.panels.page_box import NoSuchPlace, find_page
from desktop.ui.panels.page_words import say_label
from desktop.ui.panels.print_sheet import Part, PrintSheet, make_open
from desktop.ui.panels.reading_desk import ReadingDesk
from desktop.ui.reading.open_pack import OpenPack
from desktop.ui.reading.watermark import Marked, with_watermark

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from desktop.ui.reading.print_job import PrintJob

UsePrinter = Callable[["QPrinter"], None]


def ask_system(parent: QWidget, use: UsePrinter) -> None:
    """Let the member choose a printer in the system's own dialog."""
    # QtPrintSupport is only wanted here: it would cost every start.
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    dialog.accepted.connect(lambda: use(printer))
    dialog.finished.connect(dialog.deleteLater)
    QDialog.open(dialog)


class Printing(QObject):
    """One sheet and one job at a time. say: tells a sentence over the page."""

    def __init__(
        self, desk: ReadingDesk, say: Callable[[str], None], holder: QWidget,
        ask: Callable[[QWidget, UsePrinter], None] = ask_system,
    ) -> None:  # fmt: skip
        """ask: has a printer chosen."""
        super().__init__(holder)
        self._desk, self._say, self._holder, self._ask = desk, say, holder, ask
        self._sheet: PrintSheet | None = None
        self._job: PrintJob | None = None

    def open(self, pack: OpenPack, page: int) -> None:
        """Ask what to print of a pack. page: the page in sight, from 0."""
        if self._sheet is not None or not pack.book.pages:
            return
        parts = [part for part in self._parts(pack, page) if part.pages or part.left_out]
        sheet = self._sheet = PrintSheet(
            self._desk.theme, parts, lambda typed: self._range(pack, typed), len(self._noted(pack)), self._holder
        )
        sheet.chosen.connect(lambda pages, notes: self._choose_printer(pack, pages, notes))
        sheet.stopped.connect(self.stop)
        sheet.finished.connect(self._forget_sheet)
        make_open(sheet)

    def stop(self) -> None:
        """End what is under way: the pack is left, or the member has had enough."""
        job, self._job = self._job, None
        if job is not None:
            job.stop()
        if self._sheet is not None:
            self._sheet.reject()

    def _parts(self, pack: OpenPack, page: int) -> list[Part]:
        book = pack.book
        paper = book.pages[page].paper
        of_paper = range(paper.first, paper.first + paper.count)
        return [
            self._part(pack, f"This paper: {paper.title}", of_paper),
            self._part(pack, f"This page: {say_label(book.pages[page])}", range(page, page + 1)),
            self._part(pack, "The whole pack", range(len(book.pages))),
            self._part(pack, "The pages with my highlights and notes", self._noted(pack)),
        ]

    def _part(self, pack: OpenPack, name: str, pages: "range | list[int]") -> Part:
        found = print_list(pack.book, pages)
        counted = f"{name} ({say_count(len(found.pages), 'page')})" if len(pages) != 1 else name
        return Part(counted, found.pages, found.left_out)

    def _noted(self, pack: OpenPack) -> list[int]:
        return [number for number, page in enumerate(pack.book.pages) if pack.marks_on(page)]

    def _range(self, pack: OpenPack, typed: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
        try:
            found = print_list(pack.book, read_pages(typed, pack.book, find_page))
        except NoSuchPlace as refusal:
            return (), (str(refusal),)
        return found.pages, found.left_out

    def _choose_printer(self, pack: OpenPack, pages: tuple[int, ...], with_notes: bool) -> None:
        if self._sheet is not None and self._job is None:
            self._ask(self._sheet, lambda printer: self._begin(pack, pages, with_notes, printer))

    def _begin(self, pack: OpenPack, pages: tuple[int, ...], with_notes: bool, printer: "QPrinter") -> None:
        def begin(marked: Marked) -> None:
            self._begin_marked(pack, pages, with_notes, printer, marked)

        with_watermark(self._desk, pack.book, self, begin)

    def _begin_marked(
        self, pack: OpenPack, pages: tuple[int, ...], with_notes: bool, printer: "QPrinter", marked: Marked
    ) -> None:
        from desktop.ui.reading.print_job import PrintJob

        sheet = self._sheet
        if sheet is None or self._job is not None:
            return
        notes, name_of = (pack.marks_on if with_notes else None), self._desk.theme.note_name
        job = self._job = PrintJob(printer, self._desk.pdf, self._desk.bridge, pack.book, pages, notes, self, name_of)
        job.marked = marked
        sheet.show_progress(0, len(pages))
        job.moved_on.connect(sheet.show_progress)
        job.finished.connect(lambda: self._finished(len(pages)))
        job.failed.connect(self._failed)
        job.start()

    def _finished(self, pages: int) -> None:
        self._end_job()
        if self._sheet is not None:
            self._sheet.done_printing()
        self._say(f"{say_count(pages, 'page')} {'is' if pages == 1 else 'are'} with the printer.")

    def _failed(self, words: str) -> None:
        self._end_job()
        if self._sheet is not None:
            self._sheet.fail(words)

    def _end_job(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.deleteLater()

    def _forget_sheet(self) -> None:
        self._sheet = None
