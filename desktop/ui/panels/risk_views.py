"""The risks as a table, as lines over the meetings, or on the heat map: one of the three is in sight."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from desktop.registers.courses import Course, Point
from desktop.ui.kit.layout import empty_layout, row
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Button, Text
from desktop.ui.kit.words import say_count
from desktop.ui.panels.heat_map import HeatMap
from desktop.ui.panels.risk_line import RiskLine, say_course

_TABLE, _LINES, _MAP = range(3)
_GROUPS = ("Went up", "Came down", "Did not move", "Scored at one meeting so far")
_KEY = "The solid line is the score, the dashed one the tolerance, the dotted one the target."
_NONE = "No risk here has a score that could be drawn."


class RiskViews(QWidget):
    """What was chosen, but for the table; `choice` is for the screen to put where it likes.

    turned(): another view was chosen · place_wanted(pack id, paper id, page from 0) · cell_chosen(str): show the rows
    of this cell of the map.
    """

    turned = Signal()
    place_wanted = Signal(str, str, int)
    cell_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._courses: tuple[Course, ...] = ()
        self._drawn: tuple[Course, ...] | None = None
        self._choice = QButtonGroup(self)
        buttons = []
        named = (("Table", "table", "Risks as a table"), ("Lines", "chart-line", "Risks as lines over the meetings"),
                 ("Heat map", "grid-3x3", "Risks on the heat map"))  # fmt: skip
        for place, (words, icon, name) in enumerate(named):
            button = Button(words, "", icon, theme)
            button.setAccessibleName(name)
            button.setCheckable(True)
            button.setChecked(place == _TABLE)
            self._choice.addButton(button, place)
            buttons.append(button)
        self._choice.idClicked.connect(self._turn)
        self.lines, self.map = QWidget(), HeatMap(theme)
        self._lines = QVBoxLayout(self.lines)
        self._lines.setContentsMargins(0, 8, 12, 8)
        self.map.chosen.connect(self._show_cell)
        self._stack = QStackedWidget()
        self._stack.addWidget(_scrolled(self.lines))
        self._stack.addWidget(_scrolled(self.map))
        self._stack.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack, 1)
        self.choice = row(*buttons)
        self.choice.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    @property
    def shows_table(self) -> bool:
        """Whether the table is wanted."""
        return self._choice.checkedId() == _TABLE

    def show_courses(self, courses: Sequence[Course]) -> None:
        """The risks of the rows in sight; drawn only while they are looked at."""
        self._courses = tuple(courses)
        self._draw()

    def _turn(self, place: int) -> None:
        self._stack.setVisible(place != _TABLE)
        self._stack.setCurrentIndex(max(0, place - 1))
        self._draw()
        self.turned.emit()

    def _show_cell(self, cell: str) -> None:
        self._choice.button(_TABLE).setChecked(True)
        self._turn(_TABLE)
        self.cell_chosen.emit(cell)

    def _draw(self) -> None:
        if self.shows_table or self._drawn == self._courses:
            return
        self._drawn = self._courses
        self.map.show_courses(self._courses)
        empty_layout(self._lines)
        moved = [(name, [each for each in self._courses if _group(each) == name]) for name in _GROUPS]
        said = ", ".join(f"{name.casefold()}: {len(risks)}" for name, risks in moved if risks)
        self._lines.addWidget(Text(f"{said.capitalize()}. {_KEY}" if self._courses else _NONE, "quiet"))
        for name, risks in moved:
            if risks:
                self._lines.addSpacing(12)
                self._lines.addWidget(Text(f"{name}: {say_count(len(risks), 'risk')}", "heading"))
            for course in sorted(risks, key=lambda course: -abs(course.moved)):
                self._add(course)
        self._lines.addStretch(1)

    def _add(self, course: Course) -> None:
        line = RiskLine(self._theme, course)
        line.opened.connect(self._open)
        self._lines.addWidget(Text(f"{course.ref}  {course.title}".strip(), "strong"))
        self._lines.addWidget(Text(say_course(course), "quiet"))
        self._lines.addWidget(line)
        self._lines.addSpacing(8)

    def _open(self, point: Point) -> None:
        self.place_wanted.emit(point.pack_id, point.paper_id, point.page)


def _group(course: Course) -> str:
    if course.moved:
        return _GROUPS[course.moved < 0]
    return _GROUPS[2 if len(course.points) > 1 else 3]


def _scrolled(widget: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(widget)
    return area
