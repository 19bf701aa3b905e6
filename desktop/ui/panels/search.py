"""The search panel: looks as one types, in this paper, this pack or all of them, and leads from find to find."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from enum import Enum
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.changes import Change, Event
from desktop.packs.book import Book
from desktop.packs.pack import Pack
from desktop.search.finder import MOST, Finder, Hit, Narrowing, Results
from desktop.ui.kit.bridge import Bridge
from desktop.ui.kit.notices import announce
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Button, IconButton, SearchField, Text, set_tip
from desktop.ui.kit.words import say_count
from desktop.ui.panels.blindness import say_blind
from desktop.ui.panels.fields_area import FieldsArea
from desktop.ui.panels.finds import Finds
from desktop.ui.panels.rows import RowsView
from desktop.ui.panels.search_filters import SearchFilters
from desktop.ui.panels.search_rows import find_rows, hit_key, listed, own_key, result_rows

_PAUSE_MS = 60
_HINT = "Type words as they stand on the page. Enter goes to the next find, Shift and Enter to the one before."
_APART = "Nowhere together as typed. These are the pages that hold all of the words."
_HINT_ALL = "Words are all looked for; put “a phrase” in quotes; end with * for a beginning."

Illegible = Callable[[str], "Future[dict[tuple[str, int], str]]"]


class Scope(Enum):
    """Where the panel looks, in the words of its sentences."""

    PAPER = "this paper"
    PACK = "this pack"
    EVERYWHERE = "any pack"


# What a scope's button says, and its name for screen readers and the pointer.
_SCOPES = {
    Scope.PAPER: ("Paper", "Search this paper"),
    Scope.PACK: ("Pack", "Search this pack"),
    Scope.EVERYWHERE: ("All packs", "Search all packs, and my notes"),
}


class SearchPanel(QFrame):
    """Asks the finder, shows what it found, says which was chosen."""

    # What was chosen; True: for the other pane.
    find_chosen = Signal(object, bool)  # Find, in the open pack
    hit_chosen = Signal(object, str, bool)  # Hit in any pack, what was typed
    own_chosen = Signal(object, bool)  # OwnHit
    shown = Signal()  # the list shows all there is for what was typed

    def __init__(
        self, theme: Theme, bridge: Bridge, finder: Finder, illegible: Illegible, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "side")
        self._bridge, self._finder, self._illegible = bridge, finder, illegible
        self._book: Book | None = None
        self._page = 0
        self._results = Results()
        self._typed = ""
        self._asked: Future[Any] | None = None
        self.finds = Finds(finder, bridge, self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        self._make_parts(theme)
        self._lay_out()
        self._connect()
        self._show_scope()

    # ---- what others ask

    @property
    def typed(self) -> str:
        """What the finds shown were found for."""
        return self._typed

    @property
    def scope(self) -> Scope:
        """Where it looks."""
        return next(scope for scope, button in self.scopes.items() if button.isChecked())

    @property
    def near_scope(self) -> Scope:
        """The open paper or the open pack, whichever was looked in last."""
        return self._near

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The pages found in all packs, in the order shown."""
        return self._results.hits

    @property
    def can_step(self) -> bool:
        """Whether there is a next find."""
        if self.scope is Scope.EVERYWHERE:
            return bool(self._results.hits or self._results.own)
        return bool(self.finds.all)

    def show_book(self, book: Book) -> None:
        """This is the open pack now, or papers of it have arrived."""
        other = self._book is None or self._book.pages != book.pages
        self._book = book
        self._ask_blind()
        if other and self.field.text():
            self.look()

    def show_page(self, page: int) -> None:
        """This page of the book (from 0) is in sight; a search of one paper follows to the next."""
        before, self._page = self._paper_in_sight(), page
        if self.scope is Scope.PAPER and self._typed and self._paper_in_sight() != before and self.isVisible():
            self.look()

    def start(self, scope: Scope | None = None, words: str = "") -> None:
        """Ready for typing; scope None keeps it. words: look for these."""
        if scope is not None:
            self.scopes[scope].setChecked(True)
        if words:
            self.field.setText(words)
            self.look()
        self.field.setFocus()
        self.field.selectAll()

    def stop(self) -> None:
        """Ask nothing more, and let go of what was looked for and found."""
        self._drop()
        self.field.clear()
        self._timer.stop()
        self.filters.clear()
        self.finds.clear()
        self._book, self._typed, self._results = None, "", Results()
        self.list.show_rows([])
        self.blind.hide()
        self._say_count()

    def look(self) -> None:
        """Look for what stands in the field now."""
        self._timer.stop()
        self._drop()
        typed, everywhere = self.field.text(), self.scope is Scope.EVERYWHERE
        self._typed = typed
        if self._book is not None and typed.strip():
            paper_id = self._paper_in_sight() if self.scope is Scope.PAPER else ""
            self.finds.look(typed, self._book, paper_id, self._page, apart=everywhere)
        else:
            self.finds.clear()
        if everywhere:
            self._ask(self._finder.search(typed, self.filters.narrowing()), self._show_results)
        elif not typed.strip():
            self._show_finds()
            self.shown.emit()

    def step(self, forward: bool) -> None:
        """Go to the next or previous find, round the ends."""
        if self.scope is Scope.EVERYWHERE:
            self._step_result(forward)
        elif (find := self.finds.step(forward, self._page)) is not None:
            self.find_chosen.emit(find, False)

    def choose_find(self, number: int, beside: bool = False) -> None:
        """Go to a find of the open pack by its number from 0."""
        if number < len(self.finds.all):
            self.find_chosen.emit(self.finds.put(number), beside)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the field, Down goes into the list, Enter and Shift+Enter go from find to find."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down and (self.list.current_key() or self.list.put_cursor_first()):
                self.list.setFocus()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._enter(forward=not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                return True
        return super().eventFilter(watched, event)

    # ---- building

    def _make_parts(self, theme: Theme) -> None:
        self.field = SearchField(theme, "Search", "Search the papers")
        self.scopes = {scope: Button(_SCOPES[scope][0]) for scope in Scope}
        self._near = Scope.PACK
        self.filter_button = Button("Filters", icon="funnel", theme=theme)
        self.filters = SearchFilters()
        self.previous = IconButton(theme, "chevron-up", "Previous find", "Shift+F3")
        self.next = IconButton(theme, "chevron-down", "Next find", "F3")
        self.count = Text("", "strong")
        self.state = Text(_HINT, "quiet")
        self.meant = Button("", kind="link")
        self.wider = Button("Look in all packs", kind="link")
        self.blind = Text("", "quiet")
        self.list = RowsView(theme, "What was found", self)
        # Before they are laid out: the panel is measured before the layouts hear of what changes later.
        for button in self.scopes.values():
            button.setProperty("compact", True)
        for part in (self.filter_button, self.filters, self.meant, self.wider, self.blind):
            part.hide()

    def _lay_out(self) -> None:
        scope, steps = QHBoxLayout(), QHBoxLayout()
        scope.setSpacing(4)
        for button in self.scopes.values():
            scope.addWidget(button)
        scope.addStretch(1)
        steps.setSpacing(4)
        steps.addWidget(self.count, 1)
        steps.addWidget(self.previous)
        steps.addWidget(self.next)
        top, fields = QVBoxLayout(), QVBoxLayout()
        top.setContentsMargins(12, 8, 12, 0)
        top.addWidget(self.field)
        fields.setContentsMargins(12, 8, 12, 4)
        fields.setSpacing(8)
        fields.addLayout(scope)
        fields.addWidget(self.filter_button)
        fields.addWidget(self.filters)
        fields.addLayout(steps)
        for part in (self.state, self.meant, self.wider, self.blind):
            fields.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(FieldsArea(fields))
        column.addWidget(self.list, 1)
        column.addStretch(0)

    def _connect(self) -> None:
        group = QButtonGroup(self)
        for scope, button in self.scopes.items():
            button.setCheckable(True)
            button.setAccessibleName(_SCOPES[scope][1])
            set_tip(button, _SCOPES[scope][1])
            group.addButton(button)
        self.scopes[Scope.PACK].setChecked(True)
        group.buttonToggled.connect(lambda _button, down: self._scope_changed() if down else None)
        self.filter_button.setCheckable(True)
        self.filter_button.toggled.connect(self.filters.setVisible)
        self.filters.changed.connect(self._filtered)
        self.field.textChanged.connect(lambda: self._timer.start(_PAUSE_MS))
        self.field.installEventFilter(self)
        self.previous.clicked.connect(lambda: self.step(False))
        self.next.clicked.connect(lambda: self.step(True))
        self.meant.clicked.connect(self._take_meant)
        self.wider.clicked.connect(lambda: self.start(Scope.EVERYWHERE))
        self.list.chosen.connect(self._choose)
        self.list.left_upward.connect(self.field.setFocus)
        self.finds.changed.connect(self._finds_changed)
        self.finds.ended.connect(self._finds_ended)
        self._bridge.changed.connect(self._heard)

    # ---- scope and filters

    def _scope_changed(self) -> None:
        if self.scope is not Scope.EVERYWHERE:
            self._near = self.scope
        self._show_scope()
        self.look()

    def _show_scope(self) -> None:
        everywhere = self.scope is Scope.EVERYWHERE
        self.filter_button.setVisible(everywhere)
        self.filters.setVisible(everywhere and self.filter_button.isChecked())
        if everywhere:
            self._bridge.then(self._finder.packs(), self._take_packs, owner=self)
        self._say_count()

    def _take_packs(self, packs: Mapping[str, Pack]) -> None:
        self.filters.show_packs(packs.values())

    def _filtered(self) -> None:
        count = self.filters.count
        self.filter_button.say(f"Filters ({count})" if count else "Filters")
        self.look()

    # ---- in the open pack

    def _finds_changed(self) -> None:
        if self.scope is not Scope.EVERYWHERE:
            self._show_finds()

    def _finds_ended(self) -> None:
        if self.scope is not Scope.EVERYWHERE:
            self._finish(bool(self.finds.all))

    def _show_finds(self) -> None:
        finds = self.finds
        ahead = (number for number, find in enumerate(finds.all) if find.page >= self._page)
        near = finds.now if finds.now >= 0 else next(ahead, 0)
        rows = list(find_rows(self._book, finds.all, listed(len(finds.all), near))) if self._book else []
        self.list.show_rows(rows)
        if finds.all:
            self.list.put_cursor(str(near))
            self.list.bring_into_sight(str(near))
        self._say_count()

    # ---- in all packs

    def _show_results(self, results: Results) -> None:
        self._results = results
        self.list.show_rows(list(result_rows(results)))
        self.list.scrollToTop()
        self._say_count()
        self._finish(bool(results.hits or results.own))

    def _step_result(self, forward: bool) -> None:
        keys = [row.key for row in self.list.rows if not row.heading]
        if not keys:
            return
        now = self.list.current_key()
        place = keys.index(now) + (1 if forward else -1) if now in keys else (0 if forward else -1)
        self.list.put_cursor(keys[place % len(keys)])
        self._choose(keys[place % len(keys)])

    # ---- both

    def _enter(self, forward: bool) -> None:
        if self.field.text() != self._typed or self._timer.isActive():
            self.look()
        else:
            self.step(forward)

    def _choose(self, key: str, beside: bool = False) -> None:
        if self.scope is not Scope.EVERYWHERE:
            self.choose_find(int(key), beside)
            return
        for hit in self._results.hits:
            if hit_key(hit) == key:
                self.hit_chosen.emit(hit, self._typed, beside)
        for own in self._results.own:
            if own_key(own) == key:
                self.own_chosen.emit(own, beside)

    def _finish(self, found: bool) -> None:
        """All there is, is here: where it is nothing, say so and offer what might help."""
        if self._typed.strip() and not found:
            self._say_nothing()
        elif self._typed.strip():
            announce(self, self.count.text())
        self.shown.emit()

    def _say_nothing(self) -> None:
        where = self.scope.value
        if self.scope is Scope.EVERYWHERE and self.filters.count:
            where = "what the filters leave"
        words = f"Nothing found for “{self._typed.strip()}” in {where}."
        self.list.hide()  # its room is for what is said instead
        self.state.setText(words)
        self.state.show()
        self.wider.setVisible(self.scope is not Scope.EVERYWHERE)
        announce(self, words)
        typed, narrowed = self._typed, self._narrowed()
        self._ask(self._finder.meant(typed, narrowed), self._offer_meant)

    def _narrowed(self) -> Narrowing:
        if self.scope is Scope.EVERYWHERE:
            return self.filters.narrowing()
        return Narrowing(packs=frozenset([self._book.pack.id] if self._book else []))

    def _offer_meant(self, meant: str) -> None:
        if meant:
            self.meant.say(f"Did you mean “{meant}”?")
            self.meant.setProperty("words", meant)
            self.meant.show()
            announce(self, self.meant.text())

    def _take_meant(self) -> None:
        self.start(None, str(self.meant.property("words")))

    def _say_count(self) -> None:
        """How many there are, and which of them is now; a hint before anything was typed."""
        typed, everywhere = bool(self._typed.strip()), self.scope is Scope.EVERYWHERE
        words = self._counted(everywhere) if typed else ""
        self.count.setText(words)
        self.list.show()
        for part in (self.count, self.previous, self.next):
            part.setVisible(bool(words))
        apart = bool(words) and not everywhere and not self.finds.together
        hint = "" if typed else _HINT_ALL if everywhere else _HINT
        self.state.setText(_APART if apart else hint)
        self.state.setVisible(bool(self.state.text()))
        self.meant.hide()
        self.wider.hide()

    def _counted(self, everywhere: bool) -> str:
        if everywhere:
            hits, own = len(self._results.hits), len(self._results.own)
            pages = f"{'The best ' if hits == MOST else ''}{say_count(hits, 'page')}" if hits else ""
            return " and ".join(part for part in (pages, f"{own} of mine" if own else "") if part)
        count, now = len(self.finds.all), self.finds.now
        if not count:
            return ""
        return f"{now + 1} of {count}" if now >= 0 else say_count(count, "find")

    def _paper_in_sight(self) -> str:
        pages = self._book.pages if self._book else ()
        return pages[self._page].paper.paper_id if self._page < len(pages) else ""

    def _ask_blind(self) -> None:
        book = self._book
        if book is not None:
            self._bridge.then(self._illegible(book.pack.id), lambda pages: self._show_blind(book, pages), owner=self)

    def _heard(self, change: Change) -> None:
        if change.event is Event.PAPER_INDEXED and self._book is not None and change.pack_id == self._book.pack.id:
            self._ask_blind()

    def _show_blind(self, book: Book, pages: Mapping[tuple[str, int], str]) -> None:
        if book is self._book:
            here = sum(paper.count for paper in book.papers if paper.path is not None)
            self.blind.say(say_blind(list(pages.values()), here))

    def _ask(self, asked: "Future[Any]", done: Callable[[Any], None]) -> None:
        self._asked = asked
        self._bridge.then(asked, lambda result: done(result) if asked is self._asked else None, owner=self)

    def _drop(self) -> None:
        if self._asked is not None:
            self._asked.cancel()
        self._asked = None
