"""The meeting sheet: questions to tick and answer, notes, and what each item asks us to decide, in agenda order."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.annotations.entries import Annotation, Asking, Entry
from desktop.annotations.notebook import Notebook
from desktop.annotations.sheet import Asked, Sheet, SheetEntry, make_sheet
from desktop.packs.book import Book
from desktop.ui.kit.notices import announce
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import (
    Button,
    Column,
    IconLabel,
    Leading,
    Text,
    add_shortcut,
    column,
    empty_layout,
    put,
    row,
)
from desktop.ui.kit.words import say_count, say_moment
from desktop.ui.panels.sheet_parts import EntryRow, item_card

_PRIVATE = "Only you can see this sheet."
_NOTHING = (
    "You have no questions or notes in this pack yet. While you read, select words and press 1 to mark them as a "
    "question, or N to write a note: they will stand here, under their items."
)


class SheetScreen(Leading):
    """Works on the notebook it is given, as the reader does. place_wanted: id of a mark to go to."""

    place_wanted = Signal(str)
    print_wanted = Signal()
    export_wanted = Signal()
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._book: Book | None = None
        self._notebook: Notebook | None = None
        self._asked: Asked = {}
        self._stop: Callable[[], None] | None = None
        self._rows: dict[str, EntryRow] = {}
        self._shape: object = None
        self.title, self.when = Text("Meeting sheet", "title"), Text("", "lead")
        self.count, self.empty = Text("", "quiet"), Text("", "quiet")
        self.print, self.export = Button("Print…", "", "printer", theme), Button("Export…", "", "file-output", theme)
        self._page = Column(760)
        self._items = QVBoxLayout()
        self._items.setSpacing(16)
        self._lay_out()
        add_shortcut(self, "Ctrl+P", "Print the meeting sheet", self.print_wanted.emit)
        add_shortcut(self, "Ctrl+Shift+E", "Export the meeting sheet", self.export_wanted.emit)
        add_shortcut(self, "Ctrl+Z", "Undo on the sheet", lambda: self._undo(back=True))
        add_shortcut(self, "Ctrl+Shift+Z", "Redo on the sheet", lambda: self._undo(back=False))

    @property
    def sheet(self) -> Sheet | None:
        """What it shows; None while nothing is open."""
        if self._book is None or self._notebook is None:
            return None
        return make_sheet(self._book, self._notebook.annotations, self._asked)

    @property
    def book(self) -> Book | None:
        """The pack it is of."""
        return self._book

    def show_meeting(self, book: Book, notebook: Notebook) -> None:
        """Show the sheet of a pack, and follow its notebook until `stop`."""
        self.stop()
        self._book, self._notebook, self._asked = book, notebook, {}
        self._stop = notebook.listen(self._heard)
        meeting = book.pack.meeting
        self.when.say(f"{book.pack.body.name}, {say_moment(meeting.held_on, meeting.starts)}")
        self._refresh()

    def show_asked(self, asked: Mapping[str, tuple[str, ...]]) -> None:
        """What papers ask was found out."""
        self._asked = dict(asked)
        self._refresh()

    def stop(self) -> None:
        """Let the notebook go; what was typed is in it."""
        if self._stop is not None and self._notebook is not None:
            self._notebook.settle()
            self._stop()
        self._stop = self._notebook = self._book = None
        self._rows, self._shape = {}, None
        empty_layout(self._items)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def rows(self) -> list[EntryRow]:
        """Questions and notes, in their order."""
        return list(self._rows.values())

    def _lay_out(self) -> None:
        back = Button("Back", "link", "arrow-left", self._theme)
        back.clicked.connect(self.closed)
        self.print.clicked.connect(self.print_wanted)
        self.export.clicked.connect(self.export_wanted)
        self.first = back
        page = self._page
        page.grow(self._theme)
        column(self, page)
        parts: list[QWidget] = [
            row(back), self.title, self.when, row(IconLabel(self._theme, "lock", "quiet", 16), self.count, stretch=1),
            row(self.print, self.export), self.empty,
        ]  # fmt: skip
        page.rows.setSpacing(8)
        for part in parts:
            page.rows.addWidget(part)
        page.rows.addSpacing(8)
        page.rows.addLayout(self._items)
        page.rows.addStretch(1)

    def _refresh(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        shape = _shape(sheet)
        if shape != self._shape:
            self._shape = shape
            self._build(sheet)
        for entry in sheet.entries:
            self._rows[entry.mark.id].show_entry(entry)
        self.count.say(" ".join(part for part in (f"{say_sheet(sheet)}." if sheet.entries else "", _PRIVATE) if part))
        self.empty.say("" if sheet.entries else _NOTHING)

    def _build(self, sheet: Sheet) -> None:
        focused = next((key for key, each in self._rows.items() if _holds_focus(each)), "")
        empty_layout(self._items)
        self._rows = {}
        for item in sheet.items:
            rows = [self._row(EntryRow(self._theme, entry)) for entry in item.entries]
            put(self._items, item_card(self._theme, item, rows))
        if focused in self._rows:
            self._rows[focused].go.setFocus()

    def _row(self, made: EntryRow) -> EntryRow:
        made.place_wanted.connect(self.place_wanted)
        made.asked.connect(self._tick)
        made.answered.connect(self._answer)
        made.left.connect(self._settle)
        self._rows[made.entry.mark.id] = made
        return made

    def _tick(self, mark_id: str, on: bool) -> None:
        mark = self._notebook.get(mark_id) if self._notebook else None
        if self._notebook is not None and isinstance(mark, Annotation):
            self._notebook.change_asking(mark_id, replace(mark.asking or Asking(), asked=on))

    def _answer(self, mark_id: str, words: str) -> None:
        if self._notebook is not None and self._notebook.get(mark_id) is not None:
            self._notebook.answer(mark_id, words)
            field = self._rows[mark_id].answer
            if field.hasFocus():  # once it has grown with the words: the line being typed stays in sight
                QTimer.singleShot(0, field, lambda: self._page.ensureWidgetVisible(field, 0, 16))

    def _settle(self) -> None:
        if self._notebook is not None:
            self._notebook.settle()

    def _undo(self, back: bool) -> None:
        book = self._notebook
        name = (book.undo_name if back else book.redo_name) if book else ""
        if book is not None and name:
            (book.undo if back else book.redo)()
            announce(self, f"{'Undone' if back else 'Done again'}: {name}.")

    def _heard(self, _entry: Entry) -> None:
        self._refresh()


def say_sheet(sheet: Sheet) -> str:
    """ "4 questions, 2 of them asked; 3 notes"."""
    questions = [entry for entry in sheet.entries if entry.is_question]
    asked = sum(entry.asking.asked for entry in questions)
    first = say_count(len(questions), "question") + (f", {asked} of them asked" if asked else "")
    notes = len(sheet.entries) - len(questions)
    counted = [(len(questions), first), (notes, say_count(notes, "note"))]
    return "; ".join(words for number, words in counted if number)


def _shape(sheet: Sheet) -> object:
    """What decides which rows there are and what they say; ticks and answers are changed in place."""
    return [(item.number, item.papers, [_look(entry) for entry in item.entries]) for item in sheet.items]


def _look(entry: SheetEntry) -> tuple[object, ...]:
    return entry.mark.id, entry.words, entry.page, entry.earlier, entry.is_question, entry.asking.whom


def _holds_focus(part: QWidget) -> bool:
    focus = part.window().focusWidget()
    return focus is not None and part.isAncestorOf(focus)
