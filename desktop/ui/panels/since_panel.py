"""Since last time: a standing paper beside the same one of an earlier pack, part by part."""

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.registers.compared import Became, Compared, Figure, Group
from desktop.ui.kit.notices import announce
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import LEAST_TARGET, ElidedLabel, set_tip
from desktop.ui.panels.rows import Line, Row, RowsView, said

_SIGNS = {
    Became.FIGURES: ("↕", "Moved"), Became.REWORDED: ("≈", "Reworded"), Became.RENUMBERED: ("#", "Renumbered"),
    Became.NEW: ("+", "New"), Became.GONE: ("−", "Gone"), Became.SAME: ("=", "Unchanged"),
}  # fmt: skip
_WAYS = {1: "↑", -1: "↓", 0: ""}
_SPOKEN_WAYS = {1: ", up", -1: ", down", 0: ""}
_LONGEST = 400


class Show(Enum):
    """Which parts are listed, and how the choice is called."""

    ALL = "Everything"
    CHANGED = "What changed"
    FIGURES = "What moved"
    COME_AND_GONE = "New and gone"


_TAKEN = {
    Show.CHANGED: frozenset(Became) - {Became.SAME},
    Show.COME_AND_GONE: frozenset((Became.NEW, Became.GONE)),
}


class SincePanel(QFrame):
    """Lists parts by key, "group part". other_chosen: the number of another earlier paper, as it was offered."""

    chosen = Signal(str, bool)
    menu_asked = Signal(str, QPoint)
    other_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "side")
        self._groups: Sequence[Group] = ()
        self.title = ElidedLabel("", "strong")
        self.doubt = self.told = ""  # the first rows: in large text they need more room than a head has
        self.against = self._box("Compared with")
        self.against.activated.connect(self.other_chosen)
        self.against.currentTextChanged.connect(lambda name: set_tip(self.against, name))
        self.show_box = self._box("What is shown")
        for show in Show:
            self.show_box.addItem(show.value, show)
        self.show_box.currentIndexChanged.connect(lambda _place: self._list())
        self.list = RowsView(theme, "Since last time", self)
        self.list.chosen.connect(self.chosen)
        self.list.menu_asked.connect(self.menu_asked)
        self._lay_out()

    @property
    def show_now(self) -> Show:
        """Which parts are listed."""
        show = self.show_box.currentData()
        assert isinstance(show, Show)
        return show

    def wait_for(self, title: str, words: str) -> None:
        """Something is being looked for, or compared; words: what."""
        self.title.setText(title)
        self.doubt = ""
        self._say(words)

    def offer(self, others: Sequence[str], now: int, doubt: str) -> None:
        """The earlier papers that can be compared with, and the one that is (-1: none). doubt: what is unsure of it."""
        self.against.clear()
        self.against.addItems(list(others))
        self.against.setCurrentIndex(now)
        for place, name in enumerate(others):
            self.against.setItemData(place, name, Qt.ItemDataRole.ToolTipRole)
        self.against.setVisible(bool(others))
        self.doubt = doubt

    def show_groups(self, groups: Sequence[Group], words: str) -> None:
        """What became of each part, and that in one sentence."""
        self._groups, self.told = groups, words
        self.show_box.show()
        self._list()
        announce(self, f"{self.doubt} {words}".strip())

    def say_nothing(self, words: str) -> None:
        """There is nothing to compare; words: why."""
        self._say(words)
        announce(self, f"{self.doubt} {words}".strip())
        self.focus_list()

    def part(self, key: str) -> Compared | None:
        """The part of a row."""
        for group in self._groups:
            for number, part in enumerate(group.parts):
                if f"{group.name} {number}" == key:
                    return part
        return None

    def focus_list(self) -> None:
        """Put the keys into the list, or where something can be chosen."""
        if self.list.current_key() or not self.against.isVisible():
            self.list.setFocus()
        elif self.list.put_cursor_first():
            self.list.scrollToTop()
            self.list.setFocus()
        else:
            self.against.setFocus()

    def _say(self, words: str) -> None:
        self._groups, self.told = (), words
        self.show_box.hide()
        self._list()

    def _list(self) -> None:
        rows = [
            Row(f"heading {tint}", (said(words, tint=tint),), words, heading=True)
            for words, tint in ((self.doubt, "warn"), (self.told, "quiet"))
            if words
        ]
        for group in self._groups:
            parts = [(number, part) for number, part in enumerate(group.parts) if self._takes(part)]
            if parts and (len(self._groups) > 1 or group.name != "Passages"):
                count = sum(part.became is not Became.SAME for _, part in parts)
                words = f"{_GROUPS.get(group.name, group.name)} ({count} changed)"
                rows.append(Row(f"heading {group.name}", (said(words, strong=True),), words, heading=True))
            rows += [_row(f"{group.name} {number}", part) for number, part in parts]
        self.list.show_rows(rows)

    def _takes(self, part: Compared) -> bool:
        show = self.show_now
        if show is Show.FIGURES:
            return bool(part.figures)
        return show is Show.ALL or part.became in _TAKEN[show]

    def _box(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setMinimumHeight(LEAST_TARGET)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(12)
        return box

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.title, self.against, self.show_box):
            row = QHBoxLayout()
            row.setContentsMargins(12, 4 if part is self.title else 0, 12, 0)
            row.addWidget(part, 1)
            column.addLayout(row)
        column.addWidget(self.list, 1)
        for hidden in (self.against, self.show_box):
            hidden.hide()


_GROUPS = {"Passages": "Passage by passage"}


def _row(key: str, part: Compared) -> Row:
    sign, name = _SIGNS[part.became]
    aside = f"p {part.new.page + 1}" if part.new else f"was p {part.old.page + 1}" if part.old else ""
    title = part.title[:_LONGEST]
    if part.became is Became.SAME:
        words = f"{sign} {part.count} unchanged: {title}" if part.count > 1 else f"{sign} {title}"
        return Row(key, (said(words, tint="quiet", most=1),), f"{name}: {title}", aside=aside)
    lines: list[Line] = [said(f"{sign} {name}", strong=True)]
    reworded = part.became is Became.REWORDED and part.old is not None and part.new is not None
    if reworded and part.old and part.new and part.old.words != part.new.words:
        lines.append(said(f"Before: “{part.old.words[:_LONGEST]}”", tint="quiet", most=4))
        lines.append(said(f"Now: “{part.new.words[:_LONGEST]}”", most=4))
    else:
        lines.append(said(title, most=3, tint="quiet" if part.became is Became.GONE else "ink"))
    lines += [_line(figure) for figure in part.figures]
    spoken = ", ".join([name, title, *(_spoken(figure) for figure in part.figures)])
    return Row(key, tuple(lines), spoken, aside=aside)


def _line(figure: Figure) -> Line:
    name = f"{figure.name}: " if figure.name else ""
    way = f" {_WAYS[figure.way]}" if figure.way else ""
    return Line(((name, False), (f"{figure.before} → {figure.after}{way}", True)), "ink", 3)


def _spoken(figure: Figure) -> str:
    return f"{figure.name} from {figure.before} to {figure.after}{_SPOKEN_WAYS[figure.way]}".strip()
