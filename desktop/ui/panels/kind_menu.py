"""The other ways to mark a passage, behind one small button."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop.annotations.entries import QUESTION, SQUIGGLY, STRIKE, UNDERLINE
from desktop.ui.kit.mark_words import KIND_NAMES
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import LEAST_TARGET, set_tip

_KINDS = {
    UNDERLINE: "underline", STRIKE: "strikethrough", SQUIGGLY: "squiggly", QUESTION: "message-circle-question-mark",
}  # fmt: skip
_NAME = "Other ways to mark"


class KindMenu(QToolButton):
    """Offers them in the colour used last. picked: the kind."""

    picked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(_NAME)
        set_tip(self, _NAME)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMinimumSize(LEAST_TARGET, LEAST_TARGET)
        menu = QMenu(self)
        for kind in _KINDS:
            menu.addAction(KIND_NAMES[kind]).triggered.connect(lambda _=False, kind=kind: self.picked.emit(kind))
        self.setMenu(menu)
        theme.changed.connect(self._tint)
        self._tint()

    def _tint(self) -> None:
        self.setIcon(self._theme.icon("underline"))
        self.setIconSize(QSize(self._theme.icon_side, self._theme.icon_side))
        for action, icon in zip(self.menu().actions(), _KINDS.values(), strict=True):
            action.setIcon(self._theme.icon(icon))
