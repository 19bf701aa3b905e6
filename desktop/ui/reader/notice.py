"""What stands on a page that cannot be shown: why, and how to try again."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from desktop.reader.book import BookPage
from desktop.reader.needs import need_is_here
from desktop.reader.viewport import PageBox, View
from desktop.ui.kit.theme import Theme

_BUTTON = "Try again"
_WIDEST = 420.0
_FLAGS = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap


def notice_words(page: BookPage, trouble: str) -> str:
    """The sentence for a page without a picture."""
    return page.paper.trouble or trouble or "Downloading…"


def can_try_again(page: BookPage, trouble: str) -> bool:
    """Whether asking once more may help: the file is here, and drawing it failed."""
    return need_is_here(page) and bool(trouble)


def button_rect(theme: Theme, view: View, box: PageBox) -> QRectF:
    """Where "Try again" stands: under the middle of what is in sight of the page."""
    metrics = QFontMetricsF(theme.font())
    middle = _middle(view, box)
    width, height = metrics.horizontalAdvance(_BUTTON) + 32, max(36.0, metrics.height() + 12)
    return QRectF(middle.x() - width / 2, middle.y() + 12, width, height)


def draw_notice(painter: QPainter, theme: Theme, view: View, box: PageBox, page: BookPage, trouble: str) -> None:
    """Draw the empty sheet with its sentence, and the button where it helps."""
    sheet = QRectF(box.left, box.top, box.width, box.height)
    painter.save()
    painter.setClipRect(sheet)
    painter.fillRect(sheet, theme.colour("raised"))
    painter.setFont(theme.font())
    painter.setPen(theme.colour("quiet"))
    width = min(_WIDEST, max(80.0, box.width - 32))
    middle = _middle(view, box)
    again = can_try_again(page, trouble)
    above = QRectF(middle.x() - width / 2, middle.y() - 400, width, 400)
    where = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap
    painter.drawText(above, int(where), notice_words(page, trouble))
    if again:
        _draw_button(painter, theme, button_rect(theme, view, box))
    painter.restore()


def _draw_button(painter: QPainter, theme: Theme, rect: QRectF) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("control"), 1))
    painter.setBrush(theme.colour("raised"))
    painter.drawRoundedRect(rect, 6, 6)
    painter.setPen(theme.colour("accent"))
    painter.drawText(rect, int(_FLAGS), _BUTTON)


def _middle(view: View, box: PageBox) -> QPointF:
    top, bottom = max(0.0, box.top), min(view.height, box.top + box.height)
    return QPointF(box.left + box.width / 2, (top + bottom) / 2)
