"""The heat map: where risks stand by consequence and likelihood. A cell shows the rows of those that stand in it."""

from collections import defaultdict
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.registers.courses import Course
from desktop.ui.kit.labels import Text, set_tip
from desktop.ui.kit.layout import empty_layout
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.words import say_list

_SIDE = 5
_HIGH, _MEDIUM = 15, 8  # scores from which a cell is high or medium, as most bodies have it
_MOST = 3  # risks that a cell names; the rest are counted
_BAR = 6
_LEAD = "Consequence upwards, likelihood to the right. Press a cell to see the rows of its risks."


def _band(score: int) -> tuple[str, str]:
    """The colour and the word of a score."""
    if score >= _HIGH:
        return "bad", "high"
    return ("warn", "medium") if score >= _MEDIUM else ("good", "low")


class HeatCell(QAbstractButton):
    """One cell: its score, how high that is, and the risks in it. Without any it cannot be pressed."""

    def __init__(self, theme: Theme, consequence: int, likelihood: int, courses: Sequence[Course]) -> None:
        super().__init__()
        self.cell = f"{consequence}×{likelihood}"
        self._theme, self._score = theme, consequence * likelihood
        names = [course.ref or course.title for course in courses]
        more = len(names) - _MOST
        self._lines = [*names[:_MOST], *([f"and {more} more"] if more > 0 else [])]
        said = say_list(names) if names else "no risk"
        where = f"Consequence {consequence}, likelihood {likelihood}, score {self._score}, {_band(self._score)[1]}"
        self.setAccessibleName(f"{where}: {said}")
        set_tip(self, "\n".join(f"{course.ref} {course.title}".strip() for course in courses))
        self.setEnabled(bool(courses))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if courses else Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Room for its lines."""
        line = self.fontMetrics().height()
        return QSize(line * 5, line * (1 + max(1, len(self._lines))) + 14)

    def minimumSizeHint(self) -> QSize:
        """As much: a cell is never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colour = QPainter(self), self._theme.colour
        ground = "pressed" if self.isDown() else "hover" if self.underMouse() and self.isEnabled() else "raised"
        painter.fillRect(self.rect(), colour(ground if self._lines else "surface"))
        painter.fillRect(0, 0, _BAR if self._lines else 2, self.height(), colour(_band(self._score)[0]))
        painter.setPen(colour("line"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        line, left = self.fontMetrics().height(), _BAR + 6
        painter.setPen(colour("quiet"))
        painter.drawText(left, 4 + self.fontMetrics().ascent(), str(self._score))
        painter.setPen(colour("ink"))
        for number, words in enumerate(self._lines, 1):
            room = self.width() - left - 4
            said = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, room)
            painter.drawText(left, 4 + number * line + self.fontMetrics().ascent(), said)
        if self.hasFocus():
            painter.setPen(QPen(colour("focus"), 3))
            painter.drawRect(QRectF(self.rect()).adjusted(2, 2, -2, -2))


class HeatMap(QWidget):
    """Five by five. chosen(str): the cell, "4×5" for consequence 4 and likelihood 5."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 8)
        self._grid = QGridLayout()
        self._grid.setSpacing(3)
        self._off = Text("", "quiet")
        layout.addWidget(Text(_LEAD, "quiet"))
        layout.addLayout(self._grid, 1)
        layout.addWidget(self._off)

    def show_courses(self, courses: Sequence[Course]) -> None:
        """These risks, as they stand now; those that are gone from the newest pack stand nowhere."""
        empty_layout(self._grid)
        here = [course for course in courses if not course.gone]
        cells: defaultdict[str, list[Course]] = defaultdict(list)
        for course in here:
            cells[course.cell].append(course)
        for step in range(_SIDE):
            self._add_head(str(_SIDE - step), step, 0, f"Consequence {_SIDE - step}")
            self._add_head(str(step + 1), _SIDE, step + 1, f"Likelihood {step + 1}")
            self._grid.setRowStretch(step, 1)
            self._grid.setColumnStretch(step + 1, 1)
        for consequence in range(_SIDE, 0, -1):
            for likelihood in range(1, _SIDE + 1):
                cell = HeatCell(self._theme, consequence, likelihood, cells.get(f"{consequence}×{likelihood}", ()))
                cell.clicked.connect(lambda _=False, cell=cell: self.chosen.emit(cell.cell))
                self._grid.addWidget(cell, _SIDE - consequence, likelihood)
        on_map = {f"{one}×{other}" for one in range(1, _SIDE + 1) for other in range(1, _SIDE + 1)}
        off = [course.ref or course.title for course in here if course.cell not in on_map]
        said = f"Not on the map, because no paper gives their consequence and likelihood: {say_list(off)}."
        self._off.say(said if off else "")

    def _add_head(self, words: str, row: int, column: int, name: str) -> None:
        head = Text(words, "quiet", wrap=False)
        head.setAccessibleName(name)
        head.setMinimumWidth(2 * self.fontMetrics().averageCharWidth() + 8)
        head.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._grid.addWidget(head, row, column)
