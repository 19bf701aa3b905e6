"""Room for a panel's fields above its list: as high as they need, and scrolled where there is less."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QSizePolicy, QWidget

_PAD = 6  # over and under the one line that stays in sight, so that one sees there is more


class FieldsArea(QScrollArea):
    """Holds fields laid out in a column. Large text on a low window would otherwise lay them over each other."""

    def __init__(self, fields: QLayout) -> None:
        super().__init__()
        self._holder = QWidget()
        self._holder.setProperty("role", "column")
        self._holder.setLayout(fields)
        self._holder.installEventFilter(self)
        self.setWidget(self._holder)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        """As high as the fields need at this width."""
        hint = self._holder.sizeHint()
        needed = self._holder.heightForWidth(max(1, self.width()))
        return QSize(hint.width(), needed if needed > 0 else hint.height())

    def minimumSizeHint(self) -> QSize:
        """As wide as the fields; a little of their height."""
        line = self.fontMetrics().height() + 2 * _PAD
        return QSize(self._holder.minimumSizeHint().width(), min(line, self.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field came, went or grew."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
