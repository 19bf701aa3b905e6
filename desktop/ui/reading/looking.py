"""How the pages are looked at, as buttons, menus and keys press it: modes, fits, zoom, turning, dark pages."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from desktop.reader.layout import Fit, Mode
from desktop.ui.kit.theme import Theme
from desktop.ui.panels.reader_actions import ReaderActions
from desktop.ui.panels.reader_bar import ReaderBar
from desktop.ui.reader.canvas import PageCanvas

Act = Callable[[PageCanvas], object]


class Looking(QObject):
    """Joins the actions to the pages in use. canvas: which those are now."""

    def __init__(
        self, actions: ReaderActions, bar: ReaderBar, theme: Theme, canvas: Callable[[], PageCanvas], holder: QWidget
    ) -> None:
        super().__init__(holder)
        self._actions, self._bar, self._theme, self._canvas = actions, bar, theme, canvas
        self._modes = {
            Mode.CONTINUOUS: actions.continuous,
            Mode.SINGLE: actions.single,
            Mode.SPREAD: actions.spread,
        }
        self._fits = {Fit.WIDTH: actions.fit_width, Fit.PAGE: actions.fit_page, Fit.TEXT: actions.fit_text}
        self._connect()
        theme.changed.connect(self.show)
        self.show()

    def watch(self, canvas: PageCanvas) -> None:
        """Follow what happens to these pages."""
        canvas.zoom_changed.connect(self.show)
        canvas.look_changed.connect(self.show)

    def show(self) -> None:
        """Bring buttons and menus to how the pages in use are looked at."""
        canvas = self._canvas()
        self._bar.show_zoom(canvas.zoom)
        for mode, action in self._modes.items():
            action.setChecked(canvas.mode is mode)
        for fit, action in self._fits.items():
            action.setChecked(canvas.fit is fit)
        self._actions.dark_pages.setChecked(self._theme.dark_pages)

    def _connect(self) -> None:
        do, bar = self._actions, self._bar
        for mode, action in self._modes.items():
            self._on(action, _to_mode(mode))
        acts: tuple[tuple[QAction, Act], ...] = (
            (do.zoom_in, PageCanvas.zoom_in),
            (do.zoom_out, PageCanvas.zoom_out),
            (do.actual_size, lambda canvas: canvas.set_zoom(1.0)),
            (do.fit_width, PageCanvas.fit_width),
            (do.fit_page, PageCanvas.fit_page),
            (do.fit_text, PageCanvas.fit_text),
            (do.turn_right, lambda canvas: canvas.turn_by(1)),
            (do.turn_left, lambda canvas: canvas.turn_by(-1)),
        )
        for action, act in acts:
            self._on(action, act)
        do.dark_pages.triggered.connect(lambda: self._theme.use_dark_pages(not self._theme.dark_pages))
        do.zoom_box.triggered.connect(self._type_zoom)
        bar.zoom_asked.connect(lambda zoom: self._canvas().set_zoom(zoom))
        bar.zoom.field.left.connect(lambda: self._canvas().setFocus())

    def _type_zoom(self) -> None:
        self._bar.zoom.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on(self, action: QAction, act: Act) -> None:
        def press() -> None:
            act(self._canvas())
            self.show()  # pressing what is in force already unchecks it

        action.triggered.connect(lambda _checked=False: press())


def _to_mode(mode: Mode) -> Act:
    return lambda canvas: canvas.set_mode(mode)
