"""The parts every screen is built from. Words are always shown as plain text: titles come from other people's files."""

import html
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QMainWindow,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.kit.theme import Theme

ICON = 20  # logical pixels of an icon on a control
LEAST_TARGET = 36
COLUMN = 680  # logical pixels: no line of the interface's text passes 80 characters at 12 pt


def set_tip(widget: QWidget, words: str) -> None:
    """A tooltip which is never taken for markup, wrapped at a readable width."""
    widget.setToolTip(f"<qt>{html.escape(words)}</qt>" if words else "")


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget another look of the style sheet, also after it was shown."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class Leading(QWidget):
    """A screen or part which, given the focus, hands it to where one begins.

    Not by Qt's focus proxy: that makes the Tab key skip whatever stands before the proxy.
    """

    first: QWidget | None = None

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.first is not None:
            self.first.setFocus(event.reason())


class Text(QLabel):
    """Words that wrap. role: "", title, heading, lead, strong, quiet, good, warn, bad, phrase or code."""

    def __init__(self, words: str = "", role: str = "", wrap: bool = True) -> None:
        super().__init__(words)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setProperty("role", role)
        # A wrapping label must be allowed to be narrower than its words, and say how high that makes it.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)

    def say(self, words: str, role: str | None = None) -> None:
        """Show other words, hidden while there are none."""
        self.setText(words)
        self.setVisible(bool(words))
        if role is not None:
            set_role(self, role)


class ElidedLabel(QLabel):
    """One line, elided in the middle where it does not fit, with the whole in a tooltip and for screen readers."""

    def __init__(self, words: str = "", role: str = "", where: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle) -> None:
        super().__init__(words)
        self._where = where
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """As narrow as eight letters: it elides."""
        return QSize(self.fontMetrics().averageCharWidth() * 8, super().minimumSizeHint().height())

    def is_elided(self) -> bool:
        """Whether the words do not fit."""
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        set_tip(self, self.text() if self.is_elided() else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        area = self.contentsRect()
        words = self.fontMetrics().elidedText(self.text(), self._where, area.width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(area, int(self.alignment()) | Qt.TextFlag.TextSingleLine, words)


class IconLabel(QLabel):
    """An icon that stands beside words and says nothing by itself."""

    def __init__(self, theme: Theme, name: str, tint: str = "ink", side: int = ICON) -> None:
        super().__init__()
        self._theme, self._name, self._token, self._side = theme, name, tint, side
        theme.changed.connect(self._tint)
        self._tint()

    def show_icon(self, name: str, tint: str) -> None:
        """Show another icon."""
        if (name, tint) != (self._name, self._token):
            self._name, self._token = name, tint
            self._tint()

    def _tint(self) -> None:
        side = round(self._side * max(1.0, self._theme.size / 12))
        self.setPixmap(self._theme.pixmap(self._name, side, self._token, self.devicePixelRatioF()))
        self.setFixedSize(side, side)


class Button(QPushButton):
    """A push button with a verb on it. kind: "", primary or link. Enter presses it, as people expect."""

    def __init__(self, words: str, kind: str = "", icon: str = "", theme: Theme | None = None) -> None:
        super().__init__()
        self._icon, self._theme = icon, theme
        self.setProperty("kind", kind)
        self.say(words)
        self.setMinimumHeight(LEAST_TARGET)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if theme is not None and icon:
            theme.changed.connect(self._tint)
            self._tint()

    def say(self, words: str) -> None:
        """Change the verb."""
        # The style sheet leaves no room between icon and words.
        self.setText(f"\u2002{words}" if self._icon and self.property("kind") != "link" else words)
        self.setAccessibleName(words.replace("&", ""))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and self.property("kind") == "primary":
            # The accent fills the button, so its ring is drawn within, in the colour of the words.
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.HighlightedText), 2))
            painter.drawRoundedRect(self.rect().adjusted(4, 4, -4, -4), 4, 4)

    def _tint(self) -> None:
        if self._theme is not None:
            tint = {"primary": "on_accent", "link": "accent"}.get(str(self.property("kind")), "ink")
            self.setIcon(self._theme.icon(self._icon, tint))
            side = round(ICON * max(1.0, self._theme.size / 12))
            self.setIconSize(QSize(side, side))


class IconButton(QToolButton):
    """A button that is only an icon: its name is in the tooltip, with the keys, and for screen readers."""

    def __init__(self, theme: Theme, icon: str, name: str, keys: str = "", toggles: bool = False) -> None:
        super().__init__()
        self._theme, self._icon, self._keys = theme, icon, keys
        self.setCheckable(toggles)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(LEAST_TARGET, LEAST_TARGET)
        self.rename(name)
        theme.changed.connect(self._tint)
        self._tint()

    def rename(self, name: str) -> None:
        """Say what it does now."""
        self.setAccessibleName(name)
        shown = QKeySequence(self._keys).toString(QKeySequence.SequenceFormat.NativeText)
        set_tip(self, f"{name} ({shown})" if shown else name)

    def show_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self._tint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def _tint(self) -> None:
        side = round(ICON * max(1.0, self._theme.size / 12))
        self.setIcon(self._theme.icon(self._icon))
        self.setIconSize(QSize(side, side))


class SearchField(QLineEdit):
    """A field to type a search or filter into; Esc empties it first."""

    def __init__(self, theme: Theme, name: str, hint: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._glass = QAction(self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint or name)
        self.setMinimumHeight(LEAST_TARGET)
        theme.changed.connect(self._tint)
        self._tint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def _tint(self) -> None:
        self._glass.setIcon(self._theme.icon("search", "quiet"))


class PassphraseField(Leading):
    """A labelled field for a secret, hidden until asked for."""

    submitted = Signal()
    edited = Signal()

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.field.setMinimumHeight(LEAST_TARGET)
        self.field.returnPressed.connect(self.submitted)
        self.field.textChanged.connect(self.edited)
        self._show = IconButton(theme, "eye", f"Show {name.lower()}", toggles=True)
        self._name = name
        self._show.toggled.connect(self._on_show)
        label = labelled(name, self.field)
        self.first = self.field
        column(self, label, row(self.field, self._show, stretch=0), space=4)

    def text(self) -> str:
        """What was typed."""
        return self.field.text()

    def clear(self) -> None:
        """Empty it, and hide what is typed next."""
        self.field.clear()
        self._show.setChecked(False)

    def _on_show(self, shown: bool) -> None:
        self.field.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._show.show_icon("eye-off" if shown else "eye")
        self._show.rename(f"{'Hide' if shown else 'Show'} {self._name.lower()}")


class Progress(QProgressBar):
    """A slim bar; the words beside it say the same, so the bar itself shows no text."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setTextVisible(False)
        self.setAccessibleName(name)
        self.setRange(0, 1000)

    def show_part(self, done: int, total: int) -> None:
        """Show done of total; bytes may pass what Qt's integers hold, so it counts in thousandths."""
        self.setValue(done * 1000 // total if total > 0 else 0)


class Hairline(QFrame):
    """A line that separates."""

    def __init__(self, upright: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "hairline")
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


class StateMark(QWidget):
    """An icon and a word for a state: never colour alone."""

    def __init__(self, theme: Theme, icon: str, words: str, tint: str = "quiet") -> None:
        super().__init__()
        self._icon = IconLabel(theme, icon, tint, 16)
        self.words = Text(words, tint, wrap=False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.words, 1)

    def show_state(self, icon: str, words: str, tint: str) -> None:
        """Show another state."""
        self._icon.show_icon(icon, tint)
        self.words.say(words, tint)


class Column(QScrollArea):
    """A page of the interface: one centred column, never wider than is good to read, which scrolls when it must."""

    def __init__(self, width: int = COLUMN) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        middle, self._holder = QWidget(), QWidget()
        self._holder.setMaximumWidth(width)
        across = QHBoxLayout(middle)
        across.setContentsMargins(24, 24, 24, 24)
        across.addStretch(1)
        across.addWidget(self._holder, 100)
        across.addStretch(1)
        self.setWidget(middle)
        middle.setAutoFillBackground(False)
        self.rows = QVBoxLayout(self._holder)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(16)
        self._width = width

    def grow(self, theme: Theme) -> None:
        """Widen with the text, so that a line keeps its number of letters."""
        self._theme = theme
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self._holder.setMaximumWidth(round(self._width * max(1.0, self._theme.size / 12)))


class EmptyState(QWidget):
    """What a place says when there is nothing in it: what would be here, and what to do next."""

    def __init__(self, theme: Theme, icon: str, title: str, words: str, buttons: Sequence[Button] = ()) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addStretch(1)
        layout.addWidget(IconLabel(theme, icon, "quiet", 40), 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (Text(title, "heading"), Text(words, "quiet")):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(label)
        if buttons:
            layout.addWidget(row(*buttons, stretch=None, centred=True))
        layout.addStretch(2)


def labelled(name: str, field: QWidget) -> Text:
    """The visible label of a field, which also names it for screen readers."""
    label = Text(name, "strong")
    label.setBuddy(field)
    field.setAccessibleName(name)
    return label


def row(*parts: QWidget, stretch: int | None = None, space: int = 8, centred: bool = False) -> QWidget:
    """Widgets side by side; `stretch` is the place of the one that takes the room, None for room at the end."""
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(space)
    if centred:
        layout.addStretch(1)
    for place, part in enumerate(parts):
        layout.addWidget(part, 1 if place == stretch else 0)
    if stretch is None:
        layout.addStretch(1)
    return holder


def column(holder: QWidget, *parts: QWidget, space: int = 8, margin: int = 0) -> QVBoxLayout:
    """Lay widgets below each other into the holder."""
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(space)
    for part in parts:
        layout.addWidget(part)
    return layout


def card(*parts: QWidget, space: int = 8, margin: int = 16) -> QFrame:
    """Widgets below each other on a raised ground."""
    frame = QFrame()
    frame.setProperty("role", "card")
    column(frame, *parts, space=space, margin=margin)
    return frame


def put(layout: QVBoxLayout, *parts: QWidget) -> None:
    """Add widgets to the layout of a screen already in sight; they are shown at once and can take the focus."""
    for part in parts:
        layout.addWidget(part)
        part.show()


def empty_layout(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def add_shortcut(
    widget: QWidget, keys: str | QKeySequence.StandardKey, words: str, act: Callable[[], object]
) -> QAction:
    """A named action on a widget, pressed by keys anywhere within it; on a window, wherever the focus is."""
    action = QAction(words, widget)
    action.setShortcut(QKeySequence(keys))
    within = Qt.ShortcutContext.WidgetWithChildrenShortcut
    action.setShortcutContext(Qt.ShortcutContext.WindowShortcut if isinstance(widget, QMainWindow) else within)

    def press() -> None:
        act()

    action.triggered.connect(press)
    widget.addAction(action)
    return action


def is_activation(event: QEvent) -> bool:
    """Whether a key event means "do it": Enter, or Space."""
    keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
    return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in keys
