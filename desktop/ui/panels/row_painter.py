"""Lays out and paints rows: words wrapped to the width at hand, a gutter for numbers, a ring for the cursor."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui.kit.theme import Theme
from desktop.ui.panels.rows import ROW_ROLE, Chip, Index, Line, Row

_LEAST_HEIGHT = 36
_REMEMBERED = 2000  # rows
_BAR = 3  # logical pixels: how far something is
_LETTER = "#22252a"  # print on the notes' colours, which are light in every palette


@dataclass(frozen=True)
class _Laid:
    """A line laid out: where its words start in the row; height: what it takes of the row, with its chip."""

    line: Line
    layout: QTextLayout
    top: float
    left: float
    height: float
    chip: QRectF
    elided: str


class RowPainter(QStyledItemDelegate):
    """Paints one list's rows; remembers how they were laid out until told to forget."""

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view
        self._laid: dict[str, tuple[Row, list[_Laid], float]] = {}  # by key

    def forget(self) -> None:
        """The width or the look has changed."""
        self._laid.clear()

    def keep(self, rows: Sequence[Row]) -> None:
        """These rows are shown now. Some that were before are remembered: a filter is widened again."""
        if not rows:
            self._laid.clear()
        elif len(self._laid) > _REMEMBERED + len(rows):
            self._laid = {row.key: self._laid[row.key] for row in rows if row.key in self._laid}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the row's words need at the list's width."""
        row: Row = index.data(ROW_ROLE)
        _, height = self._lay(row)
        return QSize(self._width(), max(0 if row.heading else _LEAST_HEIGHT, round(height)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, gutter, words, ring."""
        row: Row = index.data(ROW_ROLE)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, rect, row, option)
        painter.translate(rect.left(), rect.top())
        laid, _ = self._lay(row)
        self._paint_gutter(painter, row, laid)
        for line in laid:
            self._paint_line(painter, line)
        if row.aside:
            self._paint_aside(painter, row.aside, rect)
        if row.emblem:
            self._paint_emblem(painter, row.emblem, rect)
        if 0 < row.progress < 1:
            self._paint_progress(painter, row, rect)
        painter.restore()

    def _width(self) -> int:
        return max(80, self._view.viewport().width())

    def _step(self, steps: float = 1) -> int:
        return self._theme.grid(steps)

    def _gutter(self, row: Row) -> float:
        """Where words start."""
        left = self._step(1.5 + 2 * row.level)
        if row.badge:
            return left + self._badge_side() + self._step()
        if row.number or row.indented:
            metrics = QFontMetricsF(self._theme.font(bold=True))
            return left + max(metrics.horizontalAdvance("0.0"), metrics.horizontalAdvance(row.number)) + self._step()
        return left

    def _badge_side(self) -> float:
        return QFontMetricsF(self._theme.font()).height() + 2

    def _lay(self, row: Row) -> tuple[list[_Laid], float]:
        known = self._laid.get(row.key)
        if known is None or (known[0] is not row and known[0] != row):
            top = float(self._step(2 if row.heading else 1))
            lines: list[_Laid] = []
            for line in row.lines:
                room = 0.0 if lines else self._aside(row)
                lines.append(self._lay_line(line, self._gutter(row), top, room))
                top += lines[-1].height + 2
            known = self._laid[row.key] = row, lines, top + (0 if row.heading else self._step() - 2)
        return known[1], known[2]

    def _aside(self, row: Row) -> float:
        """The width that stands apart at the right."""
        if row.emblem:
            return self._emblem_side() + self._step()
        return QFontMetricsF(self._theme.font()).horizontalAdvance(row.aside) + self._step(1.5) if row.aside else 0.0

    def _lay_line(self, line: Line, left: float, top: float, aside: float) -> _Laid:
        """The chip stands before the words where both fit on one line, else above them. aside: kept free at right."""
        width = self._width() - left - self._step() - aside
        font = self._theme.font(bold=all(strong for _, strong in line.pieces))
        chip = self._chip_size(line)
        beside = left + chip.width() + self._step()
        fits = QFontMetricsF(font).horizontalAdvance(line.text) <= left + width - beside
        if not line.chip or not fits:
            above = chip.height() + 2 if line.chip else 0.0
            layout, height, elided = self._wrap(line, font, width)
            return _Laid(line, layout, top + above, left, above + height, QRectF(QPointF(left, top), chip), elided)
        layout, height, elided = self._wrap(line, font, left + width - beside)
        down = max(0.0, (chip.height() - height) / 2)
        box = QRectF(QPointF(left, top), chip)
        return _Laid(line, layout, top + down, beside, max(height, chip.height()), box, elided)

    def _wrap(self, line: Line, font: QFont, width: float) -> tuple[QTextLayout, float, str]:
        """The words in lines; where there are more than may be, the last one ends in an ellipsis (returned)."""
        layout = QTextLayout(line.text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(_formats(line, font))
        height, elided, count = 0.0, "", 0
        layout.beginLayout()
        while (text_line := layout.createLine()).isValid():
            text_line.setLineWidth(width)
            if line.most and count == line.most:
                break
            text_line.setPosition(QPointF(0, height))
            height += text_line.height()
            count += 1
        layout.endLayout()
        if line.most and layout.lineCount() > line.most:
            rest = line.text[layout.lineAt(line.most - 1).textStart() :]
            elided = QFontMetricsF(font).elidedText(rest, Qt.TextElideMode.ElideRight, width)
        return layout, height, elided

    def _chip_size(self, line: Line) -> QSizeF:
        if not line.chip:
            return QSizeF(0, 0)
        metrics = QFontMetricsF(self._theme.font())
        pad = 0 if line.chip_shape is Chip.PLAIN else self._step(1.5)
        return QSizeF(metrics.horizontalAdvance(line.chip) + pad, metrics.height() + 2)

    def _paint_ground(self, painter: QPainter, rect: QRect, row: Row, option: QStyleOptionViewItem) -> None:
        state = option.state
        if row.current:
            painter.fillRect(rect, self._theme.colour("chosen"))
            painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height()), self._theme.colour("accent"))
        elif self._view.property("keeps") and state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.colour("chosen"))
        elif state & QStyle.StateFlag.State_MouseOver and not row.heading:
            painter.fillRect(rect, self._theme.colour("hover"))
        if state & QStyle.StateFlag.State_Selected and self._view.hasFocus():
            painter.setPen(QPen(self._theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(2, 2, -2, -2), 4, 4)

    def _paint_gutter(self, painter: QPainter, row: Row, laid: list[_Laid]) -> None:
        left, top = self._step(1.5), self._step()
        if row.badge:
            side = self._badge_side()
            paint_badge(painter, QRectF(left, top - 1, side, side), row.badge, self._theme, row.badge_tint)
        elif row.number:
            painter.setFont(self._theme.font(bold=True))
            painter.setPen(self._theme.colour("ink"))
            painter.drawText(QPointF(left, top + QFontMetricsF(painter.font()).ascent()), row.number)

    def _paint_aside(self, painter: QPainter, words: str, rect: QRect) -> None:
        painter.setFont(self._theme.font())
        painter.setPen(self._theme.colour("quiet"))
        metrics = QFontMetricsF(painter.font())
        left = rect.width() - self._step() - metrics.horizontalAdvance(words)
        painter.drawText(QPointF(left, self._step() + metrics.ascent()), words)

    def _emblem_side(self) -> int:
        return round(QFontMetricsF(self._theme.font()).height())

    def _paint_emblem(self, painter: QPainter, icon: str, rect: QRect) -> None:
        """Who sees it; the row's words say the same."""
        side = self._emblem_side()
        drawn = self._theme.pixmap(icon, side, "quiet", self._view.devicePixelRatioF())
        painter.drawPixmap(QPointF(rect.width() - self._step() - side, self._step()), drawn)

    def _paint_progress(self, painter: QPainter, row: Row, rect: QRect) -> None:
        """A line under the words; they say the same in numbers."""
        left = self._gutter(row)
        width = rect.width() - left - self._step()
        top = rect.height() - _BAR - 2
        painter.fillRect(QRectF(left, top, width, _BAR), self._theme.colour("line"))
        painter.fillRect(QRectF(left, top, width * row.progress, _BAR), self._theme.colour("accent"))

    def _paint_line(self, painter: QPainter, laid: _Laid) -> None:
        line = laid.line
        if line.chip:
            paint_chip(painter, laid.chip, line, self._theme)
        painter.setPen(self._theme.colour(line.tint))
        if not laid.elided:
            laid.layout.draw(painter, QPointF(laid.left, laid.top))
            return
        for place in range(line.most - 1):
            laid.layout.lineAt(place).draw(painter, QPointF(laid.left, laid.top))
        last = laid.layout.lineAt(line.most - 1)
        painter.setFont(laid.layout.font())
        painter.drawText(QPointF(laid.left, laid.top + last.y() + last.ascent()), laid.elided)


def paint_chip(painter: QPainter, box: QRectF, line: Line, theme: Theme) -> None:
    """A purpose, told by words and shape; colour only helps."""
    solid = line.chip_shape is Chip.SOLID
    painter.setFont(theme.font())
    if line.chip_shape is not Chip.PLAIN:
        painter.setPen(QPen(theme.colour("accent" if solid else "control"), 1))
        painter.setBrush(theme.colour("accent") if solid else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(theme.colour("on_accent" if solid else "quiet"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, line.chip)


def paint_badge(painter: QPainter, box: QRectF, letter: str, theme: Theme, tint: str) -> None:
    """A note's colour as a disc with its letter."""
    painter.setPen(QPen(theme.colour("control"), 1))
    painter.setBrush(theme.colour(tint))
    painter.drawEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5))
    font = theme.font(bold=True)
    font.setPixelSize(max(10, round(box.height() * 0.6)))
    painter.setFont(font)
    painter.setPen(QColor(_LETTER))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)


def _formats(line: Line, font: QFont) -> list[QTextLayout.FormatRange]:
    """Strong pieces in bold; where all are, the font is."""
    if all(strong for _, strong in line.pieces):
        return []
    ranges, start = [], 0
    for text, strong in line.pieces:
        if strong:
            each = QTextLayout.FormatRange()
            each.start, each.length = start, len(text)
            bold = QTextCharFormat()
            bold.setFontWeight(QFont.Weight.Bold)
            each.format = bold
            ranges.append(each)
        start += len(text)
    return ranges
