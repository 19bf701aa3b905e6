"""The parts every screen is built from: buttons, fields and what says that a place is empty."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import (
    QLineEdit,
    QMainWindow,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.kit.keyboard import name_command
from desktop.ui.kit.labels import ICON, ElidedLabel, IconLabel, Leading, StateMark, Text, set_role, set_tip
from desktop.ui.kit.layout import COLUMN, Column, Hairline, card, column, empty_layout, inset, put, row
from desktop.ui.kit.theme import Theme

__all__ = [
    "COLUMN",
    "ICON",
    "LEAST_TARGET",
    "Button",
    "Column",
    "ElidedLabel",
    "EmptyState",
    "Hairline",
    "IconButton",
    "IconLabel",
    "Leading",
    "PassphraseField",
    "Progress",
    "SearchField",
    "StateMark",
    "Text",
    "add_shortcut",
    "card",
    "column",
    "empty_layout",
    "inset",
    "is_activation",
    "labelled",
    "put",
    "row",
    "set_role",
    "set_tip",
]

LEAST_TARGET = 36


class Button(QPushButton):
    """A push button with a verb on it. kind: "", primary or link. Enter presses it, as people expect."""

    def __init__(self, words: str, kind: str = "", icon: str = "", theme: Theme | None = None) -> None:
        super().__init__()
        self._icon, self._theme = icon, theme
        self.setProperty("kind", kind)
        self.say(words)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if theme is not None and icon:
            theme.changed.connect(self._tint)
            self._tint()

    def sizeHint(self) -> QSize:
        """Never lower than a target. Told here, for a least height would be taken instead of what the words need."""
        return super().sizeHint().expandedTo(QSize(0, LEAST_TARGET))

    def minimumSizeHint(self) -> QSize:
        """As wide and high as its words need."""
        return super().minimumSizeHint().expandedTo(QSize(0, LEAST_TARGET))

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
            side = self._theme.icon_side
            self.setIconSize(QSize(side, side))


class IconButton(QToolButton):
    """A button that is only an icon: its name is in the tooltip, with the keys, and for screen readers."""

    def __init__(self, theme: Theme, icon: str, name: str, keys: str = "", toggles: bool = False) -> None:
        super().__init__()
        self._theme, self._icon, self._keys = theme, icon, keys
        self._sign = False
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

    def show_sign(self, shown: bool) -> None:
        """A dot on the icon: there is something new behind it, which its name says too."""
        if shown != self._sign:
            self._sign = shown
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._sign:
            return
        side = self._theme.icon_side
        dot = side * 0.22
        middle = QRectF(self.rect()).center() + QPointF(side / 2 - dot / 2, dot / 2 - side / 2)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("surface"), 2))
        painter.setBrush(self._theme.colour("accent"))
        painter.drawEllipse(middle, dot, dot)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def _tint(self) -> None:
        side = self._theme.icon_side
        self.setIcon(self._theme.icon(self._icon))
        self.setIconSize(QSize(side, side))


class SearchField(QLineEdit):
    """A field to type a search or filter into; Esc empties it first."""

    def __init__(self, theme: Theme, name: str, hint: str = "") -> None:
        super().__init__()
        self._theme = theme
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

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        # Not by an action of the field: Qt draws those at one size, however large the text is.
        side = self._side()
        glass = self._theme.pixmap("search", side, "quiet", self.devicePixelRatioF())
        left = self._theme.grid() if self.isLeftToRight() else self.width() - self._theme.grid() - side
        painter = QPainter(self)
        painter.drawPixmap(left, (self.height() - side) // 2, glass)
        painter.end()

    def _side(self) -> int:
        return round(self._theme.icon_side * 0.8)

    def _tint(self) -> None:
        self.setTextMargins(self._side() + self._theme.grid(0.5), 0, 0, 0)
        self.setMinimumWidth(self._theme.grid(9))  # in a crowded bar it gives way to what has words on it
        self.update()


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


def add_shortcut(
    widget: QWidget, keys: str | QKeySequence.StandardKey, words: str, act: Callable[[], object]
) -> QAction:
    """A named action on a widget, pressed by keys anywhere within it; on a window, wherever the focus is."""
    action = QAction(words, widget)
    everywhere = isinstance(widget, QMainWindow)
    group = "everywhere" if everywhere else type(widget).__name__.removesuffix("Screen").lower()
    name_command(action, group, [QKeySequence(keys).toString()])
    within = Qt.ShortcutContext.WidgetWithChildrenShortcut
    action.setShortcutContext(Qt.ShortcutContext.WindowShortcut if everywhere else within)

    def press() -> None:
        act()

    action.triggered.connect(press)
    widget.addAction(action)
    return action


def is_activation(event: QEvent) -> bool:
    """Whether a key event means "do it": Enter, or Space."""
    keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
    return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in keys
