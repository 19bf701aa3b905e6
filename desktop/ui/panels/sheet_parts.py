"""What the meeting sheet is made of on the screen: an item with what it asks, a question with its box, a note."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.annotations.sheet import SheetEntry, SheetItem
from desktop.annotations.sheet_writing import about, item_title, where
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import LEAST_TARGET, Button, Hairline, IconLabel, Text, card, set_tip

_MOST_LINES = 12
_UNDO = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class AnswerField(QPlainTextEdit):
    """Room to type an answer, as high as its words. Undo is the sheet's own: ticks and words go back in turn."""

    left = Signal()

    def __init__(self, theme: Theme, question: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(f"Answer to: {question}")
        self.setPlaceholderText("Type what was answered")
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._fit)
        theme.changed.connect(self._fit)

    def show_words(self, words: str) -> None:
        """Show an answer without saying that it was typed."""
        if words != self.toPlainText():
            self.blockSignals(True)
            self.setPlainText(words)
            self.blockSignals(False)
            self.moveCursor(self.textCursor().MoveOperation.End)
            self._fit()

    def event(self, event: QEvent) -> bool:
        """Undo and redo are left to the sheet, also while one types."""
        ours = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if ours and isinstance(event, QKeyEvent) and any(event.matches(key) for key in _UNDO):
            event.ignore()
            return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def sizeHint(self) -> QSize:
        """Narrow: the sheet gives it its width."""
        return QSize(self._theme.grid(20), self.minimumHeight())

    def _fit(self) -> None:
        lines = min(max(1, self.document().size().height()), _MOST_LINES)
        margins = 2 * round(self.document().documentMargin()) + self._theme.grid(2)
        self.setFixedHeight(max(LEAST_TARGET, round(lines * self.fontMetrics().lineSpacing()) + margins))


class PlaceWords(Text):
    """Words that a click follows to their place; for the keys there is a button beside them."""

    clicked = Signal()

    def __init__(self, words: str, role: str) -> None:
        super().__init__(words, role)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        set_tip(self, "Go to its place in the papers")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()


class EntryRow(QWidget):
    """A question with its box and its answer, or a note."""

    place_wanted = Signal(str)  # id of the mark
    asked = Signal(str, bool)
    answered = Signal(str, str)
    left = Signal()

    def __init__(self, theme: Theme, entry: SheetEntry) -> None:
        super().__init__()
        self._theme, self.entry = theme, entry
        self.box = QCheckBox()
        self.box.setAccessibleName(f"Asked: {entry.words}")
        set_tip(self.box, "Tick when it was asked")
        self.box.setMinimumSize(LEAST_TARGET, LEAST_TARGET)
        self.words = PlaceWords(entry.words, "strong" if entry.is_question else "")
        self.go = Button(f"Page {entry.page}" if entry.page and not entry.earlier else "Show", "link")
        self.go.setAccessibleName(f"{self.go.text()}: {entry.words}")
        self.answer = AnswerField(theme, entry.words)
        self._lay_out()
        self._connect()
        self.show_entry(entry)

    def show_entry(self, entry: SheetEntry) -> None:
        """Show whether it was asked, and the answer, as they stand now."""
        self.entry = entry
        self.box.blockSignals(True)
        self.box.setChecked(entry.asking.asked)
        self.box.blockSignals(False)
        self.answer.show_words(entry.asking.answer)

    def _lay_out(self) -> None:
        entry = self.entry
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        mark = self.box if entry.is_question else _note_sign(self._theme)
        grid.addWidget(mark, 0, 0, top)
        self.words.setMinimumHeight(LEAST_TARGET)
        self.words.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self.words, 0, 1)
        grid.addWidget(self.go, 0, 2, top)
        quote = f"“{entry.quote}”" if entry.quote and entry.mark.words.strip() else ""
        told = [Text(words, "quiet") for words in (where(entry) if _says_more(entry) else "", quote) if words]
        parts: list[QWidget] = [*told, self.answer] if entry.is_question else [*told]
        for place, part in enumerate(parts, 1):
            grid.addWidget(part, place, 1, 1, 2)
        if not entry.is_question:
            self.box.setParent(None)
            self.answer.setParent(None)

    def _connect(self) -> None:
        mark_id = self.entry.mark.id
        self.words.clicked.connect(lambda: self.place_wanted.emit(mark_id))
        self.go.clicked.connect(lambda: self.place_wanted.emit(mark_id))
        self.box.toggled.connect(lambda on: self.asked.emit(mark_id, on))
        self.answer.textChanged.connect(lambda: self.answered.emit(mark_id, self.answer.toPlainText()))
        self.answer.left.connect(self.left)


def item_card(theme: Theme, item: SheetItem, rows: Iterable[EntryRow]) -> QFrame:
    """An item of the agenda with what is on the sheet for it."""
    parts: list[QWidget] = [Text(item_title(item), "heading")]
    if told := about(item):
        parts.append(Text(told, "accent" if item.is_decision else "quiet"))
    for paper in item.papers:
        parts.append(Text(paper.asking, "quiet"))
        parts += [_point(point) for point in paper.asks]
    rows = list(rows)
    if rows and len(parts) > 1:
        parts.append(Hairline())
    return card(*parts, *rows, space=6, margin=20)


def _point(words: str) -> QWidget:
    holder = QWidget()
    across = QGridLayout(holder)
    across.setContentsMargins(8, 0, 0, 0)
    across.setHorizontalSpacing(8)
    across.setColumnStretch(1, 1)
    across.addWidget(Text("–", wrap=False), 0, 0, Qt.AlignmentFlag.AlignTop)
    across.addWidget(Text(words), 0, 1)
    return holder


def _note_sign(theme: Theme) -> QWidget:
    holder = QWidget()
    holder.setMinimumSize(LEAST_TARGET, LEAST_TARGET)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(IconLabel(theme, "sticky-note", "quiet", 16), 0, Qt.AlignmentFlag.AlignCenter)
    return holder


def _says_more(entry: SheetEntry) -> bool:
    """Whether there is more to say of its place than the button beside it says."""
    return bool(entry.earlier or entry.paper or entry.asking.whom or entry.mark.origin)
