"""A meeting being prepared: its agenda with a slot for each paper, what pre-flight found, and the despatch."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop.packs.pack import Session
from desktop.secretary.desk import Opened
from desktop.secretary.drafting import Drafting
from desktop.secretary.preflight import Remark
from desktop.secretary.project import DraftItem, DraftPaper, Project, with_file
from desktop.secretary.slots import put_file
from desktop.secretary.workplan import Offer, with_offers
from desktop.ui.desk.agenda_rows import LOOSE, agenda_rows, item_key, paper_key, place_of
from desktop.ui.desk.editing import ItemFields, MeetingFields, PaperFields
from desktop.ui.desk.offering import OfferForm
from desktop.ui.desk.one_pdf import OnePdfForm
from desktop.ui.desk.remarks import RemarksPanel
from desktop.ui.kit.files import ask_for_papers
from desktop.ui.kit.notices import announce
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import (
    Button,
    Column,
    Hairline,
    IconButton,
    Leading,
    Progress,
    Text,
    add_shortcut,
    column,
    row,
)
from desktop.ui.kit.words import say_count, say_moment
from desktop.ui.panels.rows import RowsView

_BEGIN = "Nothing is on the agenda yet. Add an item with the plus (Ctrl+Enter); then let papers fall onto it."
_SIDE = 400  # logical pixels at 12 pt


class PreparingScreen(Leading):
    """Edits one project. Every step is said at once to be kept, and can be undone.

    kept(Project) · files_added(list of paths) · check_wanted() · despatch_wanted()
    """

    kept = Signal(object)
    files_added = Signal(list)
    check_wanted = Signal()
    despatch_wanted = Signal()
    workplan_wanted = Signal()
    pdf_wanted = Signal(str, bool, bool)  # a member's or "", the public's, as PDF/A
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._drafting: Drafting | None = None
        self._opened: Opened | None = None
        self._loose: tuple[str, ...] = ()
        self.setAcceptDrops(True)
        self.title, self.about = Text("", "heading"), Text("", "quiet")
        self.hint = Text("", "quiet")
        self.list = RowsView(theme, "Agenda")
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_fields())
        self.list.removal_asked.connect(self._remove)
        self.list.menu_asked.connect(self._open_menu)
        self.item, self.paper, self.meeting = ItemFields(), PaperFields(), MeetingFields()
        self.item.edited.connect(self._change_item)
        self.paper.edited.connect(self._change_paper)
        self.paper.file_wanted.connect(self.choose_file)
        self.meeting.edited.connect(self._do)
        self.remarks = RemarksPanel(theme)
        self.remarks.place_wanted.connect(self._go_to)
        self.check = Button("Check the pack", "", "clipboard-check", theme)
        self.despatch = Button("Despatch", "primary")
        self.one_pdf = IconButton(theme, "file-output", "One PDF…")
        self.one_pdf.clicked.connect(self.ask_for_pdf)
        self.check.clicked.connect(self.check_wanted)
        self.despatch.clicked.connect(self.despatch_wanted)
        self.progress, self.doing = Progress("Despatching"), Text("", "quiet")
        self.progress.hide()
        self.doing.hide()
        self._lay_out()
        self._add_keys()
        self.first = self.list

    # what is shown

    def show_opened(self, opened: Opened) -> None:
        """Begin with a project as it was put down."""
        self._opened, self._loose = opened, opened.loose
        self._drafting = Drafting(opened.project)
        self.remarks.forget()
        self._refresh()
        self.list.put_cursor_first()
        self._show_fields()

    def update_opened(self, opened: Opened) -> None:
        """The same project, seen again after it was kept or despatched: only what goes with it is new."""
        self._opened, self._loose = opened, opened.loose
        self._refresh()

    @property
    def project(self) -> Project:
        """As it is now."""
        assert self._drafting is not None
        return self._drafting.project

    def take_placed(self, words: str, project: Project) -> None:
        """Files found their slots."""
        self._do(words, project)

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """What pre-flight found."""
        self.remarks.show_remarks(remarks)
        self._sides.setCurrentWidget(self._remarks_side)
        announce(self, say_count(len(remarks), "remark"))

    def busy(self, words: str) -> None:
        """Say what is happening, "" for nothing; while something is, nothing else is begun."""
        self.doing.say(words)
        self.check.setEnabled(not words)
        self.one_pdf.setEnabled(not words)
        self.despatch.setEnabled(not words)
        if not words:
            self.progress.hide()

    def show_progress(self, done: int, total: int) -> None:
        """So much was sent."""
        self.progress.show()
        self.progress.show_part(done, total)

    # files

    def choose_files(self) -> None:
        """Let papers be chosen; they find their slots."""
        if self._opened is not None:
            ask_for_papers(self, "Add papers", str(self._opened.folder), self.files_added.emit)

    def ask_for_pdf(self) -> None:
        """Ask which copy of the pack is wanted as one PDF."""
        if self._opened is not None:
            private = self.project.meeting.session is Session.PRIVATE
            OnePdfForm(self, self._opened.members, private, self.pdf_wanted.emit).open()

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """Let items of the workplan be chosen."""
        add = "Add from the workplan"
        OfferForm(self, offers, lambda chosen: self._do(add, with_offers(self.project, chosen))).open()

    def choose_file(self) -> None:
        """Let the paper of the slot in sight be chosen."""
        if self._opened is not None:
            ask_for_papers(self, "The paper's file", str(self._opened.folder), self._put_chosen)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = _files([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        if files:
            self.files_added.emit(files)
        event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    # steps

    def add_item(self) -> None:
        """An item after the one with the cursor."""
        place = place_of(self.list.current_key())
        at = len(self.project.items) if place is None else place[0] + 1
        self._do("Add an item", self.project.with_item("", at))
        self._put_cursor(item_key(at))
        self.item.title.field.setFocus()

    def add_paper(self) -> None:
        """Another paper under the item with the cursor."""
        place = place_of(self.list.current_key())
        if place is None:
            return
        item = self.project.items[place[0]]
        self._do("Add a paper", self.project.with_paper(place[0], DraftPaper(item.title)))
        self._put_cursor(paper_key(place[0], len(item.papers)))
        self.paper.title.field.setFocus()
        self.paper.title.field.selectAll()

    def move_item(self, by: int) -> None:
        """The item with the cursor stands further up or down."""
        place = place_of(self.list.current_key())
        if place is None or not 0 <= place[0] + by < len(self.project.items):
            return
        self._do(f"Move item {self.project.items[place[0]].number}", self.project.moved(place[0], place[0] + by))
        self._put_cursor(item_key(place[0] + by))

    def undo(self) -> None:
        """Take back what was done last."""
        self._turn(lambda drafting: drafting.undoable, Drafting.undo, "Undone")

    def redo(self) -> None:
        """Do again what was taken back."""
        self._turn(lambda drafting: drafting.redoable, Drafting.redo, "Done again")

    # inside

    def _turn(self, words_of: Callable[[Drafting], str], turn: Callable[[Drafting], None], said: str) -> None:
        if self._drafting is None or not (words := words_of(self._drafting)):
            return
        turn(self._drafting)
        self._after()
        announce(self, f"{said}: {words}")

    def _do(self, words: str, project: object) -> None:
        if self._drafting is not None and isinstance(project, Project) and self._drafting.do(words, project):
            self._after()

    def _after(self) -> None:
        assert self._opened is not None
        known = set(self._opened.loose) | self._opened.project.files()
        self._loose = tuple(sorted(known - self.project.files(), key=str.casefold))
        self._refresh()
        self.kept.emit(self.project)

    def _refresh(self) -> None:
        project, opened = self.project, self._opened
        assert opened is not None
        when = say_moment(project.meeting.held_on, project.meeting.starts)
        self.title.setText(project.title or project.body)
        state = f"Edition {opened.edition} despatched" if opened.edition else "Not despatched yet"
        self.about.setText(" · ".join(part for part in (when, project.meeting.place, state) if part))
        members = say_count(len(opened.members), "member")
        self.despatch.say(f"Despatch to {members}")
        self.list.show_rows(agenda_rows(project, self._loose))
        self.hint.say("" if project.items else _BEGIN)
        self.undo_button.setEnabled(bool(self._drafting and self._drafting.undoable))
        self.redo_button.setEnabled(bool(self._drafting and self._drafting.redoable))
        self.meeting.show_project(project)
        self._show_fields()

    def _show_fields(self) -> None:
        place = place_of(self.list.current_key())
        items = self.project.items if self._drafting else ()
        if self._sides.currentWidget() is self._remarks_side and not self.list.hasFocus():
            return
        if place is None or place[0] >= len(items):
            self._sides.setCurrentWidget(self._meeting_side)
        elif place[1] is None or place[1] >= len(items[place[0]].papers):
            self.item.show_item(items[place[0]])
            self._sides.setCurrentWidget(self._item_side)
        else:
            self.paper.show_paper(items[place[0]].papers[place[1]], self._opened.members if self._opened else ())
            self._sides.setCurrentWidget(self._paper_side)

    def show_meeting(self) -> None:
        """The fields of the meeting itself."""
        self._sides.setCurrentWidget(self._meeting_side)
        self.meeting.day.field.setFocus()

    def _change_item(self, words: str, item: DraftItem) -> None:
        place = place_of(self.list.current_key())
        if place is not None:
            self._do(words, self.project.with_changed(place[0], lambda _: item))

    def _change_paper(self, words: str, paper: DraftPaper) -> None:
        place = place_of(self.list.current_key())
        if place is not None and place[1] is not None:
            self._do(words, self.project.with_changed_paper(place[0], place[1], lambda _: paper))

    def _put_chosen(self, paths: list[str]) -> None:
        """One file into the slot with the cursor, where it lies in the folder; others are brought there first."""
        place, opened = place_of(self.list.current_key()), self._opened
        if opened is None or place is None or place[1] is None or not paths:
            return
        file = Path(paths[0])
        if file.parent == opened.folder and file.suffix.lower() == ".pdf":
            chosen = self.project.with_changed_paper(place[0], place[1], lambda each: with_file(each, file.name))
            self._do("Choose a file", chosen)
        else:
            self.files_added.emit(paths)

    def _remove(self, key: str) -> None:
        place = place_of(key)
        if place is None:
            return
        at, slot = place
        if slot is None:
            self._do(f"Remove item {self.project.items[at].number}", self.project.without_item(at))
        else:
            self._do("Remove a paper", self.project.without_paper(at, slot))

    def _open_menu(self, key: str, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if key.startswith(LOOSE):
            name = key.removeprefix(LOOSE)
            for at, item in enumerate(self.project.items):
                act = menu.addAction(f"Put under {item.number}  {item.title}")
                act.triggered.connect(lambda _=False, at=at: self._do("Place a file", put_file(self.project, at, name)))
        else:
            menu.addAction("Add a paper", self.add_paper)
            menu.addAction("Move up", lambda: self.move_item(-1))
            menu.addAction("Move down", lambda: self.move_item(1))
            menu.addAction("Remove", lambda: self._remove(key))
        menu.popup(where)

    def _go_to(self, item: str, paper: str) -> None:
        for at, each in enumerate(self.project.items):
            if each.number == item:
                slots = [slot for slot, one in enumerate(each.papers) if one.title == paper]
                self._put_cursor(paper_key(at, slots[0]) if slots and paper else item_key(at))
                return
        self.show_meeting()

    def _put_cursor(self, key: str) -> None:
        self.list.put_cursor(key)
        self.list.bring_into_sight(key)
        self.list.setFocus()
        self._show_fields()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._make_head())
        layout.addWidget(Hairline())
        middle = QHBoxLayout()
        middle.setSpacing(0)
        agenda = QWidget()
        column(agenda, self._make_tools(), self.hint, self.list, space=4, margin=8).setStretch(2, 1)
        self._sides = QStackedWidget()
        self._item_side, self._paper_side, self._meeting_side = map(_scrolled, (self.item, self.paper, self.meeting))
        self._remarks_side = self.remarks
        for side in (self._item_side, self._paper_side, self._meeting_side, self._remarks_side):
            self._sides.addWidget(side)
        middle.addWidget(agenda, 1)
        middle.addWidget(Hairline(upright=True))
        middle.addWidget(self._sides, 1)
        layout.addLayout(middle, 1)

    def _make_head(self) -> QFrame:
        head = QFrame()
        head.setProperty("role", "bar")
        back = Button("Secretary’s desk", "link", "arrow-left", self._theme)
        back.clicked.connect(self.closed)
        self.progress.setMaximumWidth(160)
        across = QHBoxLayout()
        across.setSpacing(8)
        across.addWidget(back)
        across.addStretch(1)
        for part in (self.progress, self.one_pdf, self.check, self.despatch):
            across.addWidget(part)
        whole = QVBoxLayout(head)
        whole.setContentsMargins(16, 8, 16, 8)
        whole.setSpacing(2)
        whole.addLayout(across)
        for words in (self.title, self.about, self.doing):
            whole.addWidget(words)
        return head

    def _make_tools(self) -> QWidget:
        def tool(icon: str, name: str, keys: str, act: Callable[[], object]) -> IconButton:
            button = IconButton(self._theme, icon, name, keys)
            button.clicked.connect(act)
            return button

        self.undo_button = tool("undo-2", "Undo", "Ctrl+Z", self.undo)
        self.redo_button = tool("redo-2", "Redo", "Ctrl+Shift+Z", self.redo)
        files = Button("Add papers…", "", "file-plus", self._theme)
        files.clicked.connect(self.choose_files)
        meeting = Button("Meeting", "", "calendar", self._theme)
        meeting.clicked.connect(self.show_meeting)
        times = tool("clock", "Count the times on from the start", "", self._count_times)
        tools = row(
            tool("plus", "Add an item", "Ctrl+Return", self.add_item),
            tool("copy-plus", "Add a paper to this item", "Ctrl+Shift+Return", self.add_paper),
            tool("arrow-up", "Move up", "Alt+Up", lambda: self.move_item(-1)),
            tool("arrow-down", "Move down", "Alt+Down", lambda: self.move_item(1)),
            times,
            tool("list-checks", "From the workplan…", "", self.workplan_wanted.emit),
            self.undo_button,
            self.redo_button,
            space=4,
        )
        both = QWidget()
        column(both, row(files, meeting), tools, space=4)
        return both

    def _count_times(self) -> None:
        self._do("Count the times", self.project.with_times())

    def _add_keys(self) -> None:
        add_shortcut(self, "Ctrl+Z", "Undo", self.undo)
        add_shortcut(self, "Ctrl+Shift+Z", "Redo", self.redo)
        add_shortcut(self, "Ctrl+Return", "Add an item", self.add_item)
        add_shortcut(self, "Ctrl+Shift+Return", "Add a paper to the item", self.add_paper)
        add_shortcut(self, "Alt+Up", "Move the item up", lambda: self.move_item(-1))
        add_shortcut(self, "Alt+Down", "Move the item down", lambda: self.move_item(1))
        add_shortcut(self, "Ctrl+O", "Add papers", self.choose_files)


def _scrolled(fields: QWidget) -> Column:
    page = Column(_SIDE * 2)
    page.rows.addWidget(fields)
    page.rows.addStretch(1)
    return page


def _files(paths: Sequence[Path]) -> list[str]:
    """Files that were dropped, and those in folders that were."""
    found: list[Path] = []
    for path in paths:
        found += sorted(each for each in path.iterdir() if each.is_file()) if path.is_dir() else [path]
    return [str(each) for each in found]
