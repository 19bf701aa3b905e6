"""The search panel: looks as one types, in this pack or in all, and leads from one find to the next."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from itertools import groupby

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.packs.book import Book
from desktop.packs.pack import Pack, Paper
from desktop.search.finder import MOST, Finder, Hit
from desktop.ui.kit.bridge import Bridge
from desktop.ui.kit.notices import announce
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Button, SearchField, Text
from desktop.ui.kit.words import say_count, say_short_date
from desktop.ui.panels.rows import Line, Row, RowsView, said

_PAUSE_MS = 120
_HINT = "Words are all looked for; put “a phrase” in quotes; end with * for a beginning."


class SearchPanel(QFrame):
    """Asks the finder, shows what it found, says which was chosen."""

    hit_chosen = Signal(object, str, bool)  # Hit, what was typed; True: in the other pane
    found = Signal(object, str)  # list[Hit] of the open pack, what was typed; nothing when cleared

    def __init__(
        self, theme: Theme, bridge: Bridge, finder: Finder,
        pack_of: Callable[[str], Pack | None], textless: Callable[[str], Future[int]],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setProperty("role", "side")
        self._bridge, self._finder, self._pack_of, self._textless = bridge, finder, pack_of, textless
        self._book: Book | None = None
        self._hits: dict[str, Hit] = {}
        self._typed = ""
        self._asked: Future[list[Hit]] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        self.field = SearchField(theme, "Search", "Search the papers")
        self.here, self.everywhere = Button("This pack"), Button("All packs")
        self.state = Text(_HINT, "quiet")
        self.list = RowsView(theme, "Pages found", self)
        self._build()

    @property
    def typed(self) -> str:
        """What the finds shown were found for."""
        return self._typed

    @property
    def hits(self) -> list[Hit]:
        """What was found, in the order shown."""
        return [self._hits[row.key] for row in self.list.rows if row.key in self._hits]

    def show_book(self, book: Book) -> None:
        """This is the open pack now."""
        other = self._book is None or self._book.pack.id != book.pack.id
        self._book = book
        if other and self.field.text():
            self.look()

    def start(self, all_packs: bool | None = None, words: str = "") -> None:
        """Ready for typing; all_packs: None keeps the scope. words: look for these, say the words selected."""
        if words:
            self.field.setText(words)
        if all_packs is not None:
            (self.everywhere if all_packs else self.here).setChecked(True)
        self.field.setFocus()
        self.field.selectAll()

    def stop(self) -> None:
        """Ask nothing more, and let go of what was looked for and found."""
        if self._asked is not None:
            self._asked.cancel()
        self._asked, self._book, self._typed, self._hits = None, None, "", {}
        self.field.clear()
        self._timer.stop()
        self.list.show_rows([])
        self.state.setText(_HINT)

    def look(self) -> None:
        """Look for what stands in the field now."""
        self._timer.stop()
        if self._asked is not None:
            self._asked.cancel()
        typed = self.field.text()
        pack_id = self._book.pack.id if self._book and self.here.isChecked() else ""
        asked = self._asked = self._finder.search(typed, pack_id)
        self._bridge.then(asked, lambda hits: self._show(asked, typed, hits), owner=self)

    def step(self, forward: bool) -> None:
        """Go to the next or previous find, round the ends."""
        keys = [row.key for row in self.list.rows if row.key in self._hits]
        if not keys:
            return
        now = self.list.current_key()
        place = keys.index(now) + (1 if forward else -1) if now in keys else (0 if forward else -1)
        self.list.put_cursor(keys[place % len(keys)])
        self._choose(keys[place % len(keys)])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes into the list; Enter opens the first find, or looks at once."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down and self.list.put_cursor_first():
                self.list.setFocus()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._enter()
                return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        group = QButtonGroup(self)
        for button in (self.here, self.everywhere):
            button.setCheckable(True)
            group.addButton(button)
        self.here.setChecked(True)
        group.buttonToggled.connect(lambda _button, down: self.look() if down else None)
        self.field.textChanged.connect(lambda: self._timer.start(_PAUSE_MS))
        self.field.installEventFilter(self)
        self.list.chosen.connect(self._choose)
        self.list.left_upward.connect(self.field.setFocus)
        scope = QHBoxLayout()
        scope.addWidget(self.here)
        scope.addWidget(self.everywhere)
        scope.addStretch(1)
        fields = QVBoxLayout()
        fields.setContentsMargins(12, 8, 12, 0)
        fields.setSpacing(8)
        fields.addWidget(self.field)
        fields.addLayout(scope)
        fields.addWidget(self.state)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(fields)
        column.addWidget(self.list, 1)

    def _enter(self) -> None:
        if self.field.text() != self._typed or self._timer.isActive():
            self.look()
        elif self.list.put_cursor_first():
            self.list.setFocus()
            self._choose(self.list.current_key())

    def _show(self, asked: Future[list[Hit]], typed: str, hits: list[Hit]) -> None:
        if asked is not self._asked:
            return  # a later question is on its way
        self._typed = typed
        rows = list(self._rows_here(hits) if self._is_here() else self._rows_everywhere(hits))
        self.list.show_rows(rows)
        self.list.scrollToTop()
        self._say(typed, len(hits))
        open_id = self._book.pack.id if self._book else ""
        self.found.emit([hit for hit in hits if hit.pack_id == open_id], typed)

    def _is_here(self) -> bool:
        return self.here.isChecked()

    def _say(self, typed: str, count: int) -> None:
        if not typed.strip():
            self.state.setText(_HINT)
        elif count:
            more = "The best " if count == MOST else ""
            self.state.setText(f"{more}{say_count(count, 'page')}")
            announce(self, self.state.text())
        else:
            self._say_nothing(typed)

    def _say_nothing(self, typed: str) -> None:
        where = "this pack" if self._is_here() else "any pack"
        words = f"Nothing found for “{typed.strip()}” in {where}."
        self.state.setText(words)
        announce(self, words)
        if self._book is None:
            return
        asked = self._asked

        def add(count: int) -> None:
            if count and asked is self._asked:
                have = "has" if count == 1 else "have"
                self.state.setText(
                    f"{words} {say_count(count, 'page')} of this pack {have} no text that can be searched."
                )

        self._bridge.then(self._textless(self._book.pack.id), add, owner=self)

    def _rows_here(self, hits: list[Hit]) -> Iterable[Row]:
        """In the order of the pages, under each paper's title."""
        self._hits = {}
        papers = {paper.paper_id: place for place, paper in enumerate(self._book.papers)} if self._book else {}
        ordered = sorted(hits, key=lambda hit: (papers.get(hit.paper_id, len(papers)), hit.page))
        for paper_id, group in groupby(ordered, key=lambda hit: hit.paper_id):
            each = list(group)
            title = _title_of(self._book.pack if self._book else None, each[0])
            item = f"{self._book.papers[papers[paper_id]].item}  " if self._book and paper_id in papers else ""
            spoken = f"{title}, {say_count(len(each), 'page')}"
            yield Row(f"of {paper_id}", (said(item + title, True, most=2),), spoken, heading=True, tip=title)
            for hit in each:
                label = _label_of(self._book.pack if self._book else None, hit)
                yield self._row(hit, (said(label, tint="quiet"),))

    def _rows_everywhere(self, hits: list[Hit]) -> Iterable[Row]:
        """Best first, each with its pack and meeting."""
        self._hits = {}
        for hit in hits:
            pack = self._pack_of(hit.pack_id)
            when = f"{pack.title} · {say_short_date(pack.meeting.held_on)}" if pack else "A pack no longer here"
            lines = (
                said(_title_of(pack, hit), True, most=2),
                said(f"{_label_of(pack, hit)} · {when}", tint="quiet", most=2),
            )
            yield self._row(hit, lines)

    def _row(self, hit: Hit, lines: tuple[Line, ...]) -> Row:
        key = f"{hit.pack_id} {hit.paper_id} {hit.sha256} {hit.page}"
        self._hits[key] = hit
        snippet = Line(tuple((" ".join(text.split(" ")), strong) for text, strong in hit.snippet), most=4)
        spoken = ", ".join((*(line.text for line in lines), snippet.text))
        return Row(key, (*lines, snippet), spoken, tip=lines[0].text)

    def _choose(self, key: str, beside: bool = False) -> None:
        if key in self._hits:
            self.hit_chosen.emit(self._hits[key], self._typed, beside)


def _paper_of(pack: Pack | None, hit: Hit) -> Paper | None:
    return next((paper for paper in pack.papers if paper.id == hit.paper_id), None) if pack else None


def _title_of(pack: Pack | None, hit: Hit) -> str:
    paper = _paper_of(pack, hit)
    return paper.title if paper else "A paper no longer in this pack"


def _label_of(pack: Pack | None, hit: Hit) -> str:
    """ "p 47", as the pack prints it."""
    paper = _paper_of(pack, hit)
    if pack is None or paper is None:
        return f"page {hit.page + 1} of the paper"
    label = f"p {pack.first_pack_page(paper) + hit.page}"
    return label if paper.sha256 == hit.sha256 else f"page {hit.page + 1} of an earlier version"
