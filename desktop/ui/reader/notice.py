"""What stands on a page that cannot be shown: why, and how to try again."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from desktop.packs.book import BookPage
from desktop.reader.needs import need_is_here
from desktop.reader.viewport import PageBox, View
from desktop.ui.kit.theme import Theme

_BUTTON = "Try again"
_WIDEST = 420.0
_EDGE = 12.0
_SIZES = (1.0, 0.85, 0.7, 0.6)  # of plain text: a page shown small has its words small, rather than cut
_CENTRED = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True)
class Notice:
    """Words and button laid out on a page, in pixels of the window."""

    words: str
    font: QFont
    text: QRectF
    button: QRectF | None


def notice_words(page: BookPage, trouble: str) -> str:
    """The sentence for a page without a picture."""
    return page.paper.trouble or trouble or "Downloading…"


def can_try_again(page: BookPage, trouble: str) -> bool:
    """Whether asking once more may help: the file is here, and drawing it failed."""
    return need_is_here(page) and bool(trouble)


def lay_out(theme: Theme, view: View, box: PageBox, page: BookPage, trouble: str) -> Notice:
    """In the middle of what is in sight of the page, but wholly on it; smaller where the page is too small for it."""
    words, again = notice_words(page, trouble), can_try_again(page, trouble)
    width = min(_WIDEST, max(60.0, box.width - 2 * _EDGE))
    for size in _SIZES:
        font = theme.font()
        font.setPointSizeF(font.pointSizeF() * size)
        metrics = QFontMetricsF(font)
        text = metrics.boundingRect(QRectF(0, 0, width, 10_000), _CENTRED, words).height()
        button = max(36.0 * size, metrics.height() + 10) if again else 0.0
        height = text + (button + _EDGE * size if again else 0.0)
        if height <= box.height - 2 * _EDGE:
            break
    top = _top(view, box, height)
    left = box.left + box.width / 2
    across = metrics.horizontalAdvance(_BUTTON) + 32 * size
    return Notice(
        words,
        font,
        QRectF(left - width / 2, top, width, text),
        QRectF(left - across / 2, top + height - button, across, button) if again else None,
    )


def draw_notice(painter: QPainter, theme: Theme, notice: Notice, box: PageBox) -> None:
    """Draw the empty sheet with its sentence, and the button where it helps."""
    sheet = QRectF(box.left, box.top, box.width, box.height)
    painter.save()
    painter.setClipRect(sheet)
    painter.fillRect(sheet, theme.colour("raised"))
    painter.setFont(notice.font)
    painter.setPen(theme.colour("quiet"))
    painter.drawText(notice.text.adjusted(0, -2, 0, 2), _CENTRED, notice.words)
    if notice.button is not None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("control"), 1))
        painter.drawRoundedRect(notice.button, 6, 6)
        painter.setPen(theme.colour("accent"))
        painter.drawText(notice.button, _CENTRED, _BUTTON)
    painter.restore()


def _top(view: View, box: PageBox, height: float) -> float:
    seen_from, seen_to = max(0.0, box.top), min(view.height, box.top + box.height)
    wished = (seen_from + seen_to - height) / 2
    return max(box.top + _EDGE, min(box.top + box.height - _EDGE - height, wished))
