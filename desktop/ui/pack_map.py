"""The map of a pack: a drawing of its papers and what leads from one to another, and the same as a list."""

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout

from desktop.library.pack_map import MappedPaper, PackMap, PaperKey, Step, Tie
from desktop.links.facts import Target
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Button, Leading, Text, row
from desktop.ui.kit.words import say_count
from desktop.ui.panels.map_drawing import MapDrawing, say_meeting, say_paper, say_ties
from desktop.ui.panels.rows import Row, RowsView, said

_LEAD = (
    "Papers in the order of the agenda, earlier packs on the left. A line is a link in the words, thicker for more, "
    "dashed where all are your own."
)
_LARGE = 16  # points
_LOOKING = "Gathering the links…"
_NONE = "No paper of this pack points to another, as far as the papers on this computer tell."
_AS_LIST, _AS_DRAWING = "Show as a list", "Show as a drawing"


class MapScreen(Leading):
    """place_wanted(Target, whether in the other pane)."""

    place_wanted = Signal(object, bool)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._map = PackMap("")
        self._steps: dict[str, Target] = {}
        back = Button("Back", "link", "arrow-left", theme)
        back.clicked.connect(self.closed)
        self.title, self.state = Text("Map of the pack", "title"), Text("", "quiet")
        self.as_list = Button(_AS_LIST, "", "list", theme)
        self.as_list.clicked.connect(self._turn)
        self.drawing = MapDrawing(theme)
        self.papers = RowsView(theme, "Papers of the map", self)
        self.lead = Text(_LEAD, "quiet", wrap=True)
        self.about = ""  # the paper that is looked at and how many links it has: the first row beside the map
        self._theme = theme
        theme.changed.connect(self._fit)
        self.links = RowsView(theme, "Links of this paper", self)
        self._sides = QStackedWidget()
        self._lay_out(back)
        self._connect()
        self.first = self.drawing

    def wait_for(self, pack: str, here: PaperKey | None) -> None:
        """Its links are gathered. here: the paper to look at first."""
        self.title.say(f"Map of {pack}")
        self.state.say(_LOOKING)
        self.drawing.current = here

    def show_map(self, found: PackMap) -> None:
        """Draw it, and list it."""
        self._map = found
        self.drawing.show_map(found)
        count = sum(len(tie.steps) for tie in found.ties)
        papers = say_count(len(found.papers), "paper")
        self.state.say(f"{papers}, {say_count(count, 'link')} between papers." if count else _NONE)
        self.papers.show_rows(list(self._paper_rows()))
        if self.drawing.current is not None:
            self._look_at(self.drawing.current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    # ---- one paper

    def _look_at(self, key: PaperKey) -> None:
        paper = self._map.paper(key)
        if paper is None:
            return
        self.papers.put_cursor(" ".join(key))
        self.about = f"{paper.item}  {paper.title}".strip() + f": {say_ties(key, self._map)}"
        self._steps = {}
        about = Row(f"heading {key}", (said(self.about, strong=True),), self.about, heading=True)
        self.links.show_rows([about, *self._link_rows(key)])
        area = self.drawing.area(key)
        self._scroll.ensureVisible(0, round(area.center().y()), 0, round(area.height()))

    def _open_paper(self, key: PaperKey, beside: bool) -> None:
        self.place_wanted.emit(Target(*key), beside)

    def _open_row(self, key: str, beside: bool) -> None:
        pack_id, _, paper_id = key.partition(" ")
        self._open_paper((pack_id, paper_id), beside)

    def _row_moved(self) -> None:
        pack_id, _, paper_id = self.papers.current_key().partition(" ")
        if paper_id:
            self.drawing.look_at((pack_id, paper_id))

    def _turn(self) -> None:
        """From the drawing to the list, and back."""
        listed = self._sides.currentWidget() is not self.papers
        self._sides.setCurrentWidget(self.papers if listed else self._scroll)
        self.as_list.say(_AS_DRAWING if listed else _AS_LIST)
        (self.papers if listed else self.drawing).setFocus()

    # ---- rows

    def _paper_rows(self) -> Iterator[Row]:
        for paper in self._map.papers:
            yield self._paper_row(paper)
        held_on = ""
        for paper in self._map.others:
            if paper.held_on != held_on:
                held_on = paper.held_on
                words = f"Meeting of {say_meeting(held_on)}"
                yield Row(f"heading {held_on}", (said(words, strong=True),), words, heading=True)
            yield self._paper_row(paper)

    def _paper_row(self, paper: MappedPaper) -> Row:
        lines = (said(paper.title, strong=True, most=2), said(say_ties(paper.key, self._map), tint="quiet", most=2))
        return Row(" ".join(paper.key), lines, say_paper(paper, self._map), number=paper.item)

    def _link_rows(self, key: PaperKey) -> Iterator[Row]:
        for away, name in ((True, "Points to"), (False, "Pointed to by")):
            for tie in self._map.of(key):
                if (tie.start == key) is away:
                    yield from self._tie_rows(tie, away, name)

    def _tie_rows(self, tie: Tie, away: bool, name: str) -> Iterator[Row]:
        other = self._map.paper(tie.end if away else tie.start)
        if other is None:
            return
        meeting = "" if other.here else f", meeting of {say_meeting(other.held_on)}"
        words = f"{name} {other.title}{meeting} ({len(tie.steps)})"
        yield Row(f"heading {name} {other.key}", (said(words, strong=True, most=3),), words, heading=True)
        for number, step in enumerate(tie.steps):
            key = f"{name} {other.key} {number}"
            self._steps[key] = step.start
            yield _step_row(key, step)

    def _open_link(self, key: str, beside: bool) -> None:
        if (place := self._steps.get(key)) is not None:
            self.place_wanted.emit(place, beside)

    # ---- building

    def _connect(self) -> None:
        self.drawing.looked_at.connect(self._look_at)
        self.drawing.opened.connect(self._open_paper)
        self.papers.chosen.connect(self._open_row)
        self.papers.selectionModel().currentChanged.connect(lambda *_: self._row_moved())
        self.links.chosen.connect(self._open_link)

    def _lay_out(self, back: Button) -> None:
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self.drawing)
        self._sides.addWidget(self._scroll)
        self._sides.addWidget(self.papers)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 8)
        layout.setSpacing(8)
        for part in (row(back), self.title, self.lead, row(self.as_list, self.state, stretch=1)):
            layout.addWidget(part)
        across = QHBoxLayout()
        across.setSpacing(16)
        across.addWidget(self._sides, 3)
        across.addWidget(self.links, 2)
        layout.addLayout(across, 1)
        self._fit()

    def _fit(self) -> None:
        """In large text the papers need the room more; help says the same."""
        self.lead.setVisible(self._theme.size <= _LARGE)


def _step_row(key: str, step: Step) -> Row:
    name = "Your link: " if step.own else ""
    words = f"{name}{step.words}" if step.own else f"…{step.words}…"
    return Row(key, (said(words, most=3),), words, aside=f"p {step.start.page + 1}")
