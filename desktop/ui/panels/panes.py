"""Agenda, page and panel side by side: the page always keeps three fifths of the width or more."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from desktop.ui.kit.theme import Theme

_SIDES = 0.4  # of the width, at most, for agenda and panel together
_SPINE, _SPINE_LEAST, _SPINE_MOST = 0.178, 26, 40  # share of the width, and steps of the grid, which grow with the text
_PANEL, _PANEL_LEAST, _PANEL_MOST = 0.217, 31, 52


class Panes(QSplitter):
    """Shares the width out. Without room for both, the agenda steps aside while the panel is open."""

    def __init__(
        self, theme: Theme, spine: QWidget, page: QWidget, panel: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._spine, self._panel = spine, panel
        self._spine_wanted = True
        self._pulled: dict[QWidget, int] = {}
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        for part in (spine, page, panel):
            self.addWidget(part)
        page.setMinimumWidth(120)
        panel.hide()
        self.splitterMoved.connect(self._keep)
        theme.changed.connect(self.share_out)

    @property
    def spine_shown(self) -> bool:
        """Whether the agenda stands there now."""
        return not self._spine.isHidden()

    def want_spine(self, wanted: bool) -> None:
        """Show or hide the agenda; where there is no room for both, the panel goes."""
        self._spine_wanted = wanted
        if wanted and not self._both_fit():
            self._panel.hide()
        self.share_out()

    def open_panel(self, is_open: bool) -> None:
        """Show or hide the panel."""
        self._panel.setVisible(is_open)
        self.share_out()

    def share_out(self) -> None:
        """Give every part its width."""
        opened = not self._panel.isHidden()
        self._spine.setVisible(self._spine_wanted and (not opened or self._both_fit()))
        spine = self._spine_width() if self.spine_shown else 0
        panel = self._panel_width() if opened else 0
        self.setSizes([spine, max(0, self.width() - spine - panel - 2), panel])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The window is another size."""
        super().resizeEvent(event)
        self.share_out()

    def _both_fit(self) -> bool:
        return self._spine_width() + self._panel_width() + 2 <= self.width() * _SIDES

    def _spine_width(self) -> int:
        return self._width_of(self._spine, _SPINE, _SPINE_LEAST, _SPINE_MOST)

    def _panel_width(self) -> int:
        return self._width_of(self._panel, _PANEL, _PANEL_LEAST, _PANEL_MOST)

    def _width_of(self, part: QWidget, share: float, least: int, most: int) -> int:
        grid, width = self._theme.grid, self.width()
        usual = min(max(width * share, grid(least)), grid(most), width * _SIDES - 2)
        return max(self._pulled.get(part, int(usual)), part.minimumSizeHint().width())

    def _keep(self) -> None:
        for part in (self._spine, self._panel):
            if not part.isHidden():
                self._pulled[part] = part.width()
