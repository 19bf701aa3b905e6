"""How everything looks: the chosen palette and size, made into one palette, one style sheet and tinted icons."""

from collections.abc import Mapping
from enum import Enum
from functools import cache

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from desktop.paths import resource
from desktop.ui.kit.palettes import NOTES, PALETTES, Colours, at_night
from desktop.ui.kit.stylesheet import build_stylesheet

__all__ = ["CHOICES", "SIZES", "Colours", "Size", "Theme"]

CHOICES = ("system", *PALETTES)
SIZES = (12, 14, 18, 24)  # points of plain text; headings follow in proportion
_LEAST, _MOST = 9, 40
_ICON, _MENU_ICON = 20, 16  # logical pixels beside plain text of 12 points, and in a menu
_GRID = 8


class Size(Enum):
    """The four steps of type, as proportions of plain text: 12, 14, 16 and 20 pt where that is 12."""

    TEXT = 1.0
    LEAD = 14 / 12
    HEADING = 16 / 12
    TITLE = 20 / 12


class Theme(QObject):
    """The look in force. Widgets ask it when they paint, and hear `changed` when they must do so again.

    choice: a name of a palette, or "system" to follow the desktop. motion: False where movement is unwelcome.
    """

    changed = Signal()

    def __init__(
        self, choice: str = "system", size: int = SIZES[0], motion: bool = True, parent: QObject | None = None
    ):
        super().__init__(parent)
        self._choice, self._size, self._motion = choice, size, motion
        self._dark_pages = False
        self._note_names: dict[str, str] = {}
        self._application: QApplication | None = None
        self._icons: dict[tuple[str, str], QIcon] = {}
        self._pixmaps: dict[tuple[str, int, str, float], QPixmap] = {}
        self._fonts: dict[tuple[Size, bool], QFont] = {}
        self._name = self._name_now()

    @property
    def name(self) -> str:
        """The palette in force: light, sepia, dark or contrast."""
        return self._name

    @property
    def choice(self) -> str:
        """What was chosen: a palette's name, or "system"."""
        return self._choice

    @property
    def colours(self) -> Colours:
        """The tokens of the palette in force."""
        return PALETTES[self._name]

    @property
    def size(self) -> int:
        """Plain text in points."""
        return self._size

    @property
    def motion(self) -> bool:
        """Whether things may move."""
        return self._motion

    @property
    def dark_pages(self) -> bool:
        """Whether pages are shown dark, whatever the palette."""
        return self._dark_pages

    @property
    def page_colour(self) -> QColor:
        """The colour of a page before its picture is here."""
        return QColor(self.colours.night) if self._dark_pages else QColor("#ffffff")

    def over_page(self, name: str) -> QColor:
        """A token's colour for what lies over a page: to be multiplied, or screened where pages are dark."""
        colour = self.colour(name)
        return QColor(at_night(colour.name())) if self._dark_pages else colour

    def use(self, choice: str) -> None:
        """Take another palette, by name, or "system" to follow the desktop."""
        if choice not in CHOICES:
            raise ValueError(choice)
        self._choice = choice
        self._tell_desktop()
        self._renew()

    def use_size(self, points: int) -> None:
        """Take another size of plain text."""
        self._size = max(_LEAST, min(_MOST, points))
        self._renew()

    def use_motion(self, motion: bool) -> None:
        """Allow or stop movement."""
        self._motion = motion
        self.changed.emit()

    def use_dark_pages(self, dark: bool) -> None:
        """Show pages dark, or as they are."""
        if dark != self._dark_pages:
            self._dark_pages = dark
            self.changed.emit()

    def use_note_names(self, names: Mapping[str, str]) -> None:
        """Call the colours of notes so, by their ids; those left out or empty by their own names."""
        given = {colour: name.strip() for colour, name in names.items() if colour in NOTES and name.strip()}
        if given != self._note_names:
            self._note_names = given
            self.changed.emit()

    def note_name(self, colour: str) -> str:
        """What a colour of notes is called: "Risk", or what the reader calls it."""
        return self._note_names.get(colour, colour.capitalize())

    def duration(self, milliseconds: int) -> int:
        """How long a movement may take: 0 where movement is unwelcome."""
        return milliseconds if self._motion else 0

    def grid(self, steps: float = 1) -> int:
        """Pixels of so many steps of the grid of 8, grown with the text."""
        return round(_GRID * steps * max(1.0, self._size / SIZES[0]))

    def points(self, size: Size) -> float:
        """Points of a step of type at the size in force."""
        return round(self._size * size.value, 1)

    def font(self, size: Size = Size.TEXT, bold: bool = False) -> QFont:
        """The interface's font at a step of type, for what paints itself."""
        made = self._fonts.get((size, bold))
        if made is None:
            made = self._fonts[(size, bold)] = QFont(QApplication.font())
            made.setPointSizeF(self.points(size))
            made.setBold(bold)
        return QFont(made)

    def colour(self, token: str) -> QColor:
        """A token of the palette in force as Qt's colour: `colour("note_risk")`."""
        return QColor(str(getattr(self.colours, token)))

    def note_colour(self, name: str) -> QColor:
        """The colour of a kind of note: question, risk, action, agree or challenge."""
        if name not in NOTES:
            raise ValueError(name)
        return self.colour(f"note_{name}")

    @property
    def icon_side(self) -> int:
        """Logical pixels of an icon on a control: it grows with the text."""
        return self._grown(_ICON)

    def icon(self, name: str, tint: str = "ink") -> QIcon:
        """An icon of resources/icons in a token's colour, greyed where disabled. Ask again after `changed`."""
        key = (name, tint)
        if key not in self._icons:
            self._icons[key] = self._make_icon(name, tint)
        return self._icons[key]

    def pixmap(self, name: str, side: int, tint: str = "ink", ratio: float = 1.0) -> QPixmap:
        """An icon as pixels: side in logical pixels, drawn sharp for a screen of that ratio."""
        key = (name, side, tint, ratio)
        if key not in self._pixmaps:
            drawn = _draw_svg(QSvgRenderer(_read_svg(name, self.colour(tint))), round(side * ratio))
            drawn.setDevicePixelRatio(ratio)
            self._pixmaps[key] = drawn
        return self._pixmaps[key]

    def apply_to(self, application: QApplication) -> None:
        """Dress the whole application, now and whenever the look changes."""
        self._application = application
        if not application.styleSheet():  # under a style sheet the style has been set, and setting it again is not safe
            application.setStyle("Fusion")
        hints = application.styleHints()
        application.screenAdded.connect(self._renew)  # it may want its icons finer
        hints.colorSchemeChanged.connect(self._on_desktop_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._on_desktop_changed)
        self._tell_desktop()
        self._renew()

    def _on_desktop_changed(self) -> None:
        if self._choice == "system" and self._name_now() != self._name:
            self._renew()

    def _renew(self) -> None:
        self._name = self._name_now()
        self._icons.clear()
        self._pixmaps.clear()
        self._fonts.clear()
        if self._application is not None:
            font = QFont(self._application.font())
            font.setPointSizeF(self.points(Size.TEXT))
            self._application.setFont(font)
            self._application.setPalette(build_palette(self.colours))
            self._application.setStyleSheet(build_stylesheet(self.colours, self._size))
        self.changed.emit()

    def _name_now(self) -> str:
        if self._choice != "system":
            return self._choice
        if QGuiApplication.instance() is None:
            return "light"
        hints = QGuiApplication.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return "contrast"
        return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"

    def _tell_desktop(self) -> None:
        # So that title bars and the system's own dialogs match what was chosen here.
        if self._application is None:
            return
        hints = self._application.styleHints()
        if self._choice == "system":
            hints.unsetColorScheme()
        else:
            hints.setColorScheme(Qt.ColorScheme.Dark if PALETTES[self._choice].dark else Qt.ColorScheme.Light)

    def _make_icon(self, name: str, token: str) -> QIcon:
        icon = QIcon()
        sides = self._icon_sides()
        for mode, colour in ((QIcon.Mode.Normal, token), (QIcon.Mode.Disabled, "control")):
            drawing = QSvgRenderer(_read_svg(name, self.colour(colour)))
            for side in sides:
                icon.addPixmap(_draw_svg(drawing, side), mode)
        return icon

    def _grown(self, side: int) -> int:
        return round(side * max(1.0, self._size / 12))

    def _icon_sides(self) -> list[int]:
        """Pixels at which icons are shown now, on any screen there is: drawing more would hold up the start."""
        sides = (_MENU_ICON, self._grown(_MENU_ICON), self.icon_side)
        ratios = {screen.devicePixelRatio() for screen in QGuiApplication.screens()} or {1.0}
        return sorted({round(side * ratio) for side in sides for ratio in ratios})


def build_palette(colours: Colours) -> QPalette:
    """Qt's palette from the tokens, for everything the style sheet does not name."""
    role = QPalette.ColorRole
    palette = QPalette()
    for part, token in (
        (role.Window, colours.surface),
        (role.WindowText, colours.ink),
        (role.Base, colours.raised),
        (role.AlternateBase, colours.hover),
        (role.Text, colours.ink),
        (role.PlaceholderText, colours.quiet),
        (role.Button, colours.raised),
        (role.ButtonText, colours.ink),
        (role.BrightText, colours.bad),
        (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent),
        (role.Link, colours.accent),
        (role.LinkVisited, colours.accent),
        (role.ToolTipBase, colours.raised),
        (role.ToolTipText, colours.ink),
        (role.Accent, colours.accent),
    ):
        palette.setColor(part, QColor(token))
    for part in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, part, QColor(colours.control))
    return palette


@cache
def _svg_text(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


def _read_svg(name: str, colour: QColor) -> QByteArray:
    return QByteArray(_svg_text(name).replace("currentColor", colour.name()).encode())


def _draw_svg(drawing: QSvgRenderer, side: int) -> QPixmap:
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    drawing.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return pixmap
