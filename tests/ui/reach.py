"""Walks a screen as a keyboard and a screen reader would, and says what they could not use."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QTabBar,
    QTextEdit,
    QWidget,
)

from desktop.ui.kit.palettes import PALETTES, Colours, contrast

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
        inner = inner or isinstance(widget, QHeaderView)  # told as part of its table, and no place for keys
        if widget.isVisibleTo(screen) and not inner:
            yield widget


def controls(screen: QWidget) -> list[QWidget]:
    """What can be used: by kind, or because it takes the focus."""
    own = Qt.FocusPolicy.TabFocus
    return [w for w in in_sight(screen) if isinstance(w, INTERACTIVE) or (w.focusPolicy() & own and not w.focusProxy())]


def unnamed(screen: QWidget) -> list[str]:
    """Controls that a screen reader could not name."""
    bars = [widget for widget in in_sight(screen) if isinstance(widget, QProgressBar)]
    return [repr(widget) for widget in [*controls(screen), *bars] if not _name(widget)]


def _name(widget: QWidget) -> str:
    """What a screen reader calls it: a check box goes by its text."""
    told = QAccessible.queryAccessibleInterface(widget)
    return (told.text(QAccessible.Text.Name) if told is not None else widget.accessibleName()).strip()


def roleless(screen: QWidget) -> list[str]:
    """Controls of which a screen reader could not say what they are: Qt calls a widget that nothing is known of a
    client area."""
    unknown = (QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Border, QAccessible.Role.Pane)
    found = []
    for widget in controls(screen):
        told = QAccessible.queryAccessibleInterface(widget)
        if told is None or told.role() in unknown:
            found.append(f"{widget.accessibleName()} {widget!r}")
    return found


def small(screen: QWidget) -> list[str]:
    """Controls too small to hit."""
    return [
        f"{widget.accessibleName()}: {widget.width()} x {widget.height()}"
        for widget in controls(screen)
        if min(widget.width(), widget.height()) < LEAST
    ]


def out_of_reach(screen: QWidget) -> list[str]:
    """Controls the Tab key never comes to; of those that exclude each other one is enough: arrows go to the rest."""
    seen = set(tab_order(screen))
    return [
        f"{widget.accessibleName()} {widget!r}"
        for widget in controls(screen)
        if widget.isEnabled() and not seen.intersection(_mates(widget))
    ]


def _mates(widget: QWidget) -> Sequence[QWidget]:
    if not isinstance(widget, QAbstractButton):
        return [widget]
    if isinstance(bar := widget.parentWidget(), QTabBar):
        return [bar]  # its arrows, which come where tabs have no room: the arrow keys go through the tabs
    group = widget.group()
    if group is not None and group.exclusive():
        return group.buttons()
    return widget.parentWidget().findChildren(QAbstractButton) if widget.autoExclusive() else [widget]


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
        return [f"label {label.text()}"] if short or _longest(label) > label.contentsRect().width() + 1 else []
    return [f"label {label.text()}"] if label.width() < label.sizeHint().width() else []


def _longest(label: QLabel) -> float:
    """Pixels of the longest line, once every line is broken where it may be."""
    # What is shown, and not what `text` gives back: long words may be broken at their joints.
    layout = QTextLayout(QLabel.text(label).replace("\n", "\u2028"), label.font())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    longest = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(label.contentsRect().width())
        longest = max(longest, line.naturalTextWidth())
    layout.endLayout()
    return longest


def pale(screen: QWidget, look: Colours) -> list[str]:
    """Words that do not stand out from their ground, in the look they are shown in or in any other.

    Looked at as drawn, in large text, whose strokes have the colour they were given. What has two colours of the
    palette here has the same two of every palette there.
    """
    picture = screen.grab().toImage()
    found = []
    for widget in in_sight(screen):
        words = widget.text().strip() if isinstance(widget, QLabel | QAbstractButton) else ""
        seen = widget.visibleRegion().boundingRect()
        if words and widget.isEnabled() and min(seen.width(), seen.height()) >= LEAST // 2:
            place = QRect(widget.mapTo(screen, seen.topLeft()), seen.size())
            ink, ground = _two_colours(picture, place)
            worst = min(_stands_out(ink, ground, look, other) for other in PALETTES.values())
            if worst < 4.5:
                found.append(f"{words}: {ink} on {ground}, {worst:.1f}")
    return found


def _two_colours(picture: QImage, place: QRect) -> tuple[str, str]:
    """The ground, as in a corner where no letter stands, and the colour in the place that is furthest from it."""
    scale = picture.devicePixelRatio()
    part = picture.copy(QRect(place.topLeft() * scale, place.size() * scale))
    corners = [part.pixelColor(QPoint(x, y)).name() for x in (8, part.width() - 9) for y in (5, part.height() - 6)]
    ground = max(set(corners), key=corners.count)
    table = part.convertToFormat(QImage.Format.Format_Indexed8).colorTable()
    inks = {f"#{colour & 0xFFFFFF:06x}" for colour in table}
    return max(inks, key=lambda ink: contrast(ink, ground)), ground


def _stands_out(ink: str, ground: str, look: Colours, other: Colours) -> float:
    """The ratio of the same two tokens in another palette; of the colours themselves where they are no tokens."""
    inks, grounds = ([name for name, value in vars(look).items() if value == each] for each in (ink, ground))
    if not inks or not grounds:
        return contrast(ink, ground)
    return max(contrast(getattr(other, one), getattr(other, two)) for one in inks for two in grounds)


def faults(screen: QWidget, tabbing: bool = True) -> list[str]:
    """All that is wrong on a screen. tabbing: try the Tab key too."""
    checks = [("unnamed", unnamed), ("without a role", roleless), ("too small", small), ("cut", cut)]
    if tabbing:
        checks.append(("out of reach", out_of_reach))
    return [f"{what}: {which}" for what, check in checks for which in check(screen)]
