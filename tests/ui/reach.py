"""Walks a screen as a keyboard and a screen reader would, and says what they could not use."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QTextEdit,
    QWidget,
)

INTERACTIVE = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)
LEAST = 24


def in_sight(screen: QWidget) -> Iterator[QWidget]:
    """Every widget of a screen that is shown, leaving out Qt's own inner parts."""
    for widget in screen.findChildren(QWidget):
        inner = widget.objectName().startswith("qt_") or isinstance(widget.parentWidget(), QLineEdit | QAbstractSpinBox)
        if widget.isVisibleTo(screen) and not inner:
            yield widget


def controls(screen: QWidget) -> list[QWidget]:
    """What can be used: by kind, or because it takes the focus."""
    own = Qt.FocusPolicy.TabFocus
    return [w for w in in_sight(screen) if isinstance(w, INTERACTIVE) or (w.focusPolicy() & own and not w.focusProxy())]


def unnamed(screen: QWidget) -> list[str]:
    """Controls that a screen reader could not name."""
    bars = [widget for widget in in_sight(screen) if isinstance(widget, QProgressBar)]
    return [repr(widget) for widget in [*controls(screen), *bars] if not widget.accessibleName().strip()]


def small(screen: QWidget) -> list[str]:
    """Controls too small to hit."""
    return [
        f"{widget.accessibleName()}: {widget.width()} x {widget.height()}"
        for widget in controls(screen)
        if min(widget.width(), widget.height()) < LEAST
    ]


def out_of_reach(screen: QWidget) -> list[str]:
    """Controls the Tab key never comes to; of radio buttons one of the group is enough."""
    seen = set(tab_order(screen))
    left = []
    for widget in controls(screen):
        group = widget.parentWidget().findChildren(QAbstractButton) if isinstance(widget, QAbstractButton) else [widget]
        mates = group if isinstance(widget, QAbstractButton) and widget.autoExclusive() else [widget]
        if widget.isEnabled() and not seen.intersection(mates):
            left.append(f"{widget.accessibleName()} {widget!r}")
    return left


def tab_order(screen: QWidget) -> list[QWidget]:
    """Where the Tab key goes, once round; the screen must be shown and active."""
    window = screen.window()
    screen.setFocus()
    order: list[QWidget] = []
    while (now := QApplication.focusWidget()) is not None and now not in order and len(order) < 500:
        order.append(now)
        window.focusNextPrevChild(True)
    return order


def cut(screen: QWidget) -> list[str]:
    """Words that have no room: a label or button smaller than it needs. Some labels elide on purpose."""
    found = []
    for widget in in_sight(screen):
        if isinstance(widget, QPushButton) and widget.width() < widget.sizeHint().width():
            found.append(f"button {widget.text()}")
        if isinstance(widget, QLabel) and widget.text() and not hasattr(widget, "is_elided"):
            found += _cut_label(widget)
    return found


def _cut_label(label: QLabel) -> list[str]:
    if label.wordWrap():
        short = label.height() < label.heightForWidth(label.width())
        longest = max((label.fontMetrics().horizontalAdvance(word) for word in label.text().split()), default=0)
        return [f"label {label.text()}"] if short or longest > label.contentsRect().width() + 1 else []
    return [f"label {label.text()}"] if label.width() < label.sizeHint().width() else []
