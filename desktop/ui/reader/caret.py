"""Caret browsing: a caret upon the page that the arrow keys move from word to word and line to line."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter

from desktop.reader.lines import TextPage
from desktop.reader.moving import Step
from desktop.reader.selection import Caret, Selection
from desktop.reader.viewport import ViewPixel
from desktop.ui.kit.notices import announce
from desktop.ui.kit.palettes import DARK, LIGHT
from desktop.ui.kit.theme import Theme
from desktop.ui.reader.selecting import Selector
from desktop.ui.reader.texts import Texts

if TYPE_CHECKING:
    from desktop.ui.reader.canvas import PageCanvas

_WIDE, _UNDER = 3.0, 2.0  # logical pixels: the bar before the word, the line under it
_EMPTY = 24.0  # pixels high on a page without words
_KEPT = 0.1  # of a screen stays in sight when a whole one is walked

_NONE, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_ARROWS: dict[int, Step] = {
    Qt.Key.Key_Left: Step.WORD_BACK,
    Qt.Key.Key_Right: Step.WORD_ON,
    Qt.Key.Key_Up: Step.LINE_UP,
    Qt.Key.Key_Down: Step.LINE_DOWN,
}
_PLAIN: dict[int, Step] = _ARROWS | {Qt.Key.Key_Home: Step.LINE_START, Qt.Key.Key_End: Step.LINE_END}
_WITH_CTRL: dict[int, Step] = _ARROWS | {Qt.Key.Key_Up: Step.PART_BACK, Qt.Key.Key_Down: Step.PART_ON}
_OF_LINE = (Step.LINE_UP, Step.LINE_DOWN, Step.PART_BACK, Step.PART_ON)


class CaretBrowsing(QObject):
    """Keeps the caret of one canvas. It stands before a word; what it comes to is said to a screen reader."""

    turned = Signal(bool)

    def __init__(self, canvas: "PageCanvas", selector: Selector, texts: Texts, theme: Theme) -> None:
        super().__init__(canvas)
        self._canvas, self._selector, self._texts, self._theme = canvas, selector, texts, theme
        self._awaited: tuple[int, bool, bool] | None = None  # page, its end, selecting: once its words are here
        self._aim: float | None = None  # how far from the left steps up and down aim
        texts.arrived.connect(self._on_words)

    @property
    def on(self) -> bool:
        """Whether the keys move a caret."""
        return self._selector.keeps_caret

    @property
    def word(self) -> str:
        """The word the caret stands before, "" where it stands before none, or is not there."""
        chosen = self._selector.selection if self.on else None
        text = self._texts.get(chosen.focus.page) if chosen is not None else None
        if chosen is None or text is None or chosen.focus.index >= len(text):
            return ""
        return text.words[chosen.focus.index].text

    def turn(self, on: bool) -> None:
        """Begin, at what is selected or in sight, or leave."""
        if on == self.on:
            return
        self._selector.keeps_caret = on
        self._awaited = self._aim = None
        if on and self._selector.selection is None:
            self._start_in_sight()
        elif not on and self._selector.empty:
            self._selector.clear()
        self._canvas.viewport().update()
        self.turned.emit(on)

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key says to the caret; whether it says anything."""
        if not self.on:
            return False
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == _ALT | _SHIFT and key in _ARROWS:
            self._selector.step_patch(_ARROWS[key])
            self._moved(None)
            return True
        selecting = bool(held & _SHIFT)
        held &= ~_SHIFT
        if held == _CTRL and key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._to_edge(key == Qt.Key.Key_End, selecting)
        elif held == _NONE and key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._by_screen(1 if key == Qt.Key.Key_PageDown else -1, selecting)
        elif (step := {_NONE: _PLAIN, _CTRL: _WITH_CTRL}.get(held, {}).get(key)) is not None:
            self._step(step, selecting)
        else:
            return held == _NONE and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._open()
        return True

    def draw(self, painter: QPainter) -> None:
        """A bar before the word and a line under it. It does not blink: where it is, it stays to be seen."""
        area = self._area()
        if area is None:
            return
        page_look = DARK if self._theme.dark_pages else LIGHT  # it lies on the page, whatever the window looks like
        colour = QColor(page_look.focus)
        painter.fillRect(area[0], colour)
        if self._selector.empty:
            painter.fillRect(area[1], colour)

    def _step(self, step: Step, selecting: bool) -> None:
        if self._bring_into_sight(selecting):
            return
        aim = self._aim if step in (Step.LINE_UP, Step.LINE_DOWN) else None
        if aim is None and step in (Step.LINE_UP, Step.LINE_DOWN):
            aim = self._left()
        if selecting:
            self._selector.step(step, aim)
        elif not self._selector.empty and step in (Step.WORD_BACK, Step.WORD_ON):
            self._leave_selection(step)
        else:
            self._selector.walk(step, aim)
        self._moved(step)
        self._aim = aim

    def _leave_selection(self, step: Step) -> None:
        """To the selection's start or end, as everywhere where words are edited."""
        chosen = self._selector.selection
        assert chosen is not None
        self._put(chosen.start if step is Step.WORD_BACK else chosen.end, selecting=False)

    def _to_edge(self, end: bool, selecting: bool) -> None:
        """To the first or the last word of the book."""
        page = self._canvas.page_count - 1 if end else 0
        self._canvas.leap(end)
        self._await(page, end, selecting)

    def _by_screen(self, way: int, selecting: bool) -> None:
        """A screen on or back, at the same distance from the left."""
        if self._bring_into_sight(selecting):
            return
        area, before = self._area(), self._selector.selection
        if area is None or before is None:
            return
        height = self._canvas.viewport().height() * (1 - _KEPT)
        point = self._canvas.point_at(area[0].center() + QPointF(0, way * height))
        text = self._texts.get(point.page) if point is not None else None
        if point is not None and text is not None:
            self._put(Caret(point.page, text.caret_at(point.x, point.y)), selecting)
        if self._selector.selection == before:
            page = before.focus.page + way
            if 0 <= page < self._canvas.page_count:
                self._canvas.turn_page(way)
                self._await(page, False, selecting)
        self._moved(Step.LINE_DOWN)

    def _open(self) -> bool:
        """What Enter does: open the mark, or follow the link, that the caret stands on."""
        area = self._area()
        if area is None:
            return False
        at = area[1].center() - QPointF(0, _UNDER * 2)
        mark, link = self._canvas.mark_at(at), self._canvas.links.at(at)
        if mark is not None:
            self._canvas.annotation_clicked.emit(mark.id, self._canvas.caret_position())
        elif link is not None:
            self._canvas.links.follow(link, beside=False)
        return mark is not None or link is not None

    def _bring_into_sight(self, selecting: bool) -> bool:
        """The first key after the reader went elsewhere brings the caret there; whether it had to."""
        chosen = self._selector.selection
        if chosen is None:
            self._start_in_sight()
            return True
        area = self._area()
        if selecting or (area is not None and area[0].intersects(QRectF(self._canvas.viewport().rect()))):
            return False
        self._start_in_sight()
        return True

    def _start_in_sight(self) -> None:
        page = self._canvas.current_page()
        text = self._texts.get(page)
        if text is None:
            self._awaited = page, False, False
            return
        top = self._canvas.point_on(page, ViewPixel(0, 0)).y
        index = next((line.first for line in text.lines if line.y0 >= top), 0)
        self._put(Caret(page, index), selecting=False)
        self._moved(Step.LINE_DOWN)

    def _await(self, page: int, end: bool, selecting: bool) -> None:
        self._awaited = page, end, selecting
        if self._texts.get(page) is not None:
            self._on_words(page)

    def _on_words(self, page: int) -> None:
        if not self.on or self._awaited is None or self._awaited[0] != page:
            return
        (_, end, selecting), self._awaited = self._awaited, None
        text = self._texts.get(page)
        if text is not None:
            self._put(Caret(page, len(text) if end else 0), selecting)
            self._moved(Step.LINE_DOWN)

    def _put(self, caret: Caret, selecting: bool) -> None:
        chosen, text = self._selector.selection, self._texts.get(caret.page)
        if selecting and chosen is not None:
            self._selector.select(chosen.extended(caret))
        else:
            last = len(text) - 1 if text is not None else caret.index
            caret = Caret(caret.page, max(0, min(caret.index, last)))
            self._selector.select(Selection(caret, caret))

    def _moved(self, step: Step | None) -> None:
        self._aim = None
        self._canvas.follow_caret()
        self._canvas.viewport().update()
        announce(self._canvas, self._said(step))

    def _said(self, step: Step | None) -> str:
        """What the caret has come to: a word, or after a step to another line the whole of that."""
        text, word = self._word()
        if text is None or word is None:
            return "No words on this page."
        if step not in _OF_LINE:
            return text.words[word].text
        line = text.line_of(word)
        return " ".join(each.text for each in text.words[line.first : line.end])

    def _word(self) -> tuple[TextPage | None, int | None]:
        """The words of the caret's page, and which of them it belongs to."""
        chosen = self._selector.selection
        text = self._texts.get(chosen.focus.page) if chosen is not None else None
        if chosen is None or text is None or not len(text):
            return text, None
        index = chosen.focus.index - (chosen.focus > chosen.anchor and self._selector.patch is None)
        return text, max(0, min(index, len(text) - 1))

    def _left(self) -> float | None:
        text, word = self._word()
        return text.words[word].x0 if text is not None and word is not None else None

    def _area(self) -> tuple[QRectF, QRectF] | None:
        """Where the bar and the line under the word lie in the window."""
        chosen = self._selector.selection
        if not self.on or chosen is None or chosen.focus.page not in self._canvas.sight:
            return None
        text, number = self._word()
        box = self._canvas.box_of(chosen.focus.page)
        if text is None or number is None:
            bar = QRectF(box.left + _EMPTY, box.top + _EMPTY, _WIDE, _EMPTY)
            return bar, bar
        word = text.words[number]
        behind = chosen.focus > chosen.anchor and self._selector.patch is None
        x = word.x1 + 1 if behind else word.x0 - 1
        left, top, width, height = box.rect(x, word.y0, x, word.y1)
        thin = _WIDE / 2
        bar = QRectF(left, top, width, height)
        thick = bar.adjusted(-thin, 0, thin, 0) if height > width else bar.adjusted(0, -thin, 0, thin)
        under = QRectF(*box.rect(word.x0, word.y1, word.x1, word.y1 + _UNDER / max(box.scale, 0.01)))
        return thick, under
