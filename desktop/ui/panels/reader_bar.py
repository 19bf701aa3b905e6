"""The one slim bar over the page: where we are, how large, and the tools."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import LEAST_TARGET, Hairline, IconButton, set_tip
from desktop.ui.panels.page_box import PageBox
from desktop.ui.panels.reader_actions import SIGN, ReaderActions
from desktop.ui.panels.zoom_box import ZoomBox

_ZOOMS = (50, 75, 125, 150, 200, 300, 400)


class ReaderBar(QFrame):
    """Buttons for the actions that have room; all of them are in the menu at the end."""

    zoom_asked = Signal(float)  # 1.0: 72 pixels to the inch

    def __init__(self, theme: Theme, actions: ReaderActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._theme, self._actions = theme, actions
        self._buttons: dict[QAction, IconButton] = {}
        self.page_box = PageBox(theme)
        set_tip(self.page_box, "Page, as 47, or item, as 3.2 or 3.2 p4 (Ctrl+G)")
        self.zoom = ZoomBox(theme, self._zoom_menu(), self)
        self.zoom.field.zoom_asked.connect(self.zoom_asked)
        self.view = self._menu_button("How pages are shown", self._view_menu())
        self.more = self._menu_button("All commands", self._more_menu())
        self._lines: list[Hairline] = []
        self._build()
        theme.changed.connect(self._tint)
        self._tint()
        self.show_zoom(1.0)

    def button(self, action: QAction) -> IconButton:
        """The button of an action."""
        return self._buttons[action]

    def show_zoom(self, zoom: float) -> None:
        """Say how large the page is."""
        self.zoom.field.show_zoom(zoom)

    def minimumSizeHint(self) -> QSize:
        """It gives up buttons rather than hold the window wide."""
        fields = self.page_box.sizeHint().width() + self.zoom.field.sizeHint().width()
        return QSize(fields + 6 * LEAST_TARGET, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many buttons as there is room for."""
        super().resizeEvent(event)
        self._make_room()

    def _build(self) -> None:
        do = self._actions
        across = QHBoxLayout(self)
        across.setContentsMargins(8, 4, 8, 4)
        across.setSpacing(4)
        self._add(across, do.shelf, do.spine)
        self._add_line(across)
        self._add(across, do.back, do.forward)
        across.addWidget(self.page_box)
        across.addStretch(1)
        self._add(across, do.zoom_out)
        across.addWidget(self.zoom.field)
        across.addWidget(self.zoom.button)
        self._add(across, do.zoom_in)
        across.addWidget(self.view)
        across.addStretch(1)
        self._add(across, do.highlight, do.note, do.tools, do.bookmark)
        self._add_line(across)
        self._add(across, do.split, do.find, do.notes, do.lock)
        across.addWidget(self.more)

    def _add(self, across: QHBoxLayout, *actions: QAction) -> None:
        for action in actions:
            keys = action.shortcut().toString()
            button = IconButton(self._theme, self._actions.icon_name(action), action.text(), keys, action.isCheckable())
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys with the page
            _tie(button, action)
            self._buttons[action] = button
            across.addWidget(button)

    def _add_line(self, across: QHBoxLayout) -> None:
        line = Hairline(upright=True)
        line.setFixedHeight(24)
        self._lines.append(line)
        across.addSpacing(4)
        across.addWidget(line)
        across.addSpacing(4)

    def _menu_button(self, name: str, menu: QMenu) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName(name)
        set_tip(button, name)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setMinimumSize(LEAST_TARGET, LEAST_TARGET)
        return button

    def _zoom_menu(self) -> QMenu:
        menu, do = QMenu(self), self._actions
        menu.addActions([do.fit_width, do.fit_page, do.fit_text])
        menu.addSeparator()
        menu.addAction(do.actual_size)
        for percent in _ZOOMS:
            menu.addAction(f"{percent} %").triggered.connect(
                lambda _checked=False, zoom=percent / 100: self.zoom_asked.emit(zoom)
            )
        return menu

    def _view_menu(self) -> QMenu:
        menu, do = QMenu(self), self._actions
        menu.addActions([do.continuous, do.single, do.spread])
        menu.addSeparator()
        menu.addActions([do.turn_right, do.turn_left])
        menu.addSeparator()
        menu.addActions([do.dark_pages, do.full_screen])
        return menu

    def _more_menu(self) -> QMenu:
        menu, do = QMenu(self), self._actions
        for group in (
            (do.undo, do.redo),
            (do.back, do.forward, do.page, do.previous_item, do.next_item),
            (do.highlight, do.underline, do.note, do.question, do.tools, do.ink, do.duplicate),
            (do.bookmark, do.copy, do.cite, do.grab, do.caret),
            (do.find, do.find_everywhere, do.find_next, do.find_previous),
            (do.links, do.link_words, do.no_reference, do.since, do.map),
            (do.spine, do.contents, do.pages, do.notes, do.times, do.printed_as),
            (do.zoom_in, do.zoom_out, do.zoom_box, do.actual_size, do.fit_width, do.fit_page, do.fit_text),
            (do.continuous, do.single, do.spread, do.turn_right, do.turn_left, do.dark_pages, do.full_screen),
            (do.split, do.close_pane, do.swap_panes, do.move_over, do.links_beside, do.panes),
            (do.text, do.text_beside, do.aloud, do.explain),
            (do.sheet, do.export, do.import_notes, do.print),
            (do.lock, do.shelf),
        ):
            menu.addActions(list(group))
            menu.addSeparator()
        return menu

    def _make_room(self) -> None:
        """Least needed first: all of these are in the menu and on keys."""
        do = self._actions
        buttons = self._buttons
        for shown in (*buttons.values(), *self._lines, self.view, self.zoom.button):
            shown.show()
        few = (do.forward, do.bookmark, do.tools, do.highlight, do.note, do.notes, do.lock, do.spine)
        for least in (
            *(buttons[action] for action in (do.zoom_in, do.zoom_out, do.split)),
            self.view,
            *(buttons[action] for action in few),
            self.zoom.button,
        ):
            if self._wanted() <= self.width():
                return
            least.hide()

    def _wanted(self) -> int:
        layout = self.layout()
        assert layout is not None
        layout.invalidate()
        # Not the least size: that of a button is its target's, and large icons need more.
        return layout.sizeHint().width()

    def _tint(self) -> None:
        side = round(20 * max(1.0, self._theme.size / 12))
        for button, icon in ((self.more, "ellipsis-vertical"), (self.view, "book-open")):
            button.setIcon(self._theme.icon(icon))
            button.setIconSize(QSize(side, side))
            button.setMinimumSize(button.sizeHint().expandedTo(QSize(LEAST_TARGET, LEAST_TARGET)))
        self._make_room()


def _tie(button: IconButton, action: QAction) -> None:
    """The button presses the action and looks as it does."""
    button.clicked.connect(action.trigger)

    def follow() -> None:
        button.setEnabled(action.isEnabled())
        button.setChecked(action.isChecked())
        button.rename(action.text())
        button.show_sign(bool(action.property(SIGN)))

    action.changed.connect(follow)
    follow()
