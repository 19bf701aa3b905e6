"""Colours that can be read, icons that exist and are tinted, and a look that changes everywhere at once."""

import re

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.paths import resource
from desktop.ui.kit.palettes import NOTES, PAIRS, PALETTES, Colours, contrast
from desktop.ui.kit.stylesheet import build_stylesheet
from desktop.ui.kit.theme import CHOICES, SIZES, Size, Theme
from desktop.ui.kit.widgets import Button, IconButton
from desktop.ui.reader.mark_drawing import as_line


def test_contrast_is_reckoned_as_the_guidelines_do() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize(("what", "ground", "least"), PAIRS)
def test_every_pair_in_use_has_enough_contrast(name: str, what: str, ground: str, least: float) -> None:
    palette = PALETTES[name]
    assert contrast(getattr(palette, what), getattr(palette, ground)) >= least


@pytest.mark.parametrize("name", PALETTES)
def test_print_stays_legible_under_every_mark_of_the_reader(name: str) -> None:
    palette = PALETTES[name]
    for token in ("selection", "hit", "hit_now", *(f"note_{note}" for note in NOTES)):
        seen = multiply(getattr(palette, token), palette.paper)
        assert contrast("#1a1a1a", seen) >= 4.5, token


def multiply(one: str, other: str) -> str:
    parts = [int(one[at : at + 2], 16) * int(other[at : at + 2], 16) // 255 for at in (1, 3, 5)]
    return "#" + "".join(f"{part:02x}" for part in parts)


@pytest.mark.parametrize("name", PALETTES)
def test_every_colour_of_the_style_sheet_is_a_token(name: str) -> None:
    palette = PALETTES[name]
    sheet = build_stylesheet(palette, 12)
    assert "$" not in sheet
    tokens = {value for value in vars(palette).values() if isinstance(value, str)}
    assert set(re.findall(r"#[0-9a-f]{6}\b", sheet)) <= tokens


def test_pictures_of_the_style_sheet_are_there() -> None:
    for palette in PALETTES.values():
        for path in re.findall(r'url\("([^"]+)"\)', build_stylesheet(palette, 12)):
            assert resource("icons", path.rsplit("/", 1)[-1]).is_file()


def test_every_icon_can_be_drawn_in_a_palette(theme: Theme) -> None:
    for path in resource("icons").glob("*.svg"):
        pixels = theme.pixmap(path.stem, 24, "accent", 2.0)
        assert pixels.size() == QSize(48, 48)
        assert pixels.devicePixelRatio() == 2.0
        drawn = pixels.toImage()
        assert any(drawn.pixelColor(x, y).alpha() for x in range(48) for y in range(48)), path.stem


def test_icons_take_the_tint_and_are_renewed_with_the_look(theme: Theme) -> None:
    assert darkest(theme.icon("lock")) == QColor(theme.colours.ink)
    theme.use("dark")
    assert darkest(theme.icon("lock")) == QColor(PALETTES["dark"].ink)


def darkest(icon: QIcon) -> QColor:
    image = icon.pixmap(QSize(20, 20)).toImage()
    return max((image.pixelColor(x, y) for x in range(20) for y in range(20)), key=lambda colour: colour.alpha())


@pytest.mark.parametrize("size", [12, 24])
def test_icons_are_drawn_at_the_sizes_they_are_shown_at(theme: Theme, qapp: QApplication, size: int) -> None:
    theme.use_size(size)
    ratio = qapp.primaryScreen().devicePixelRatio()
    shown = QSize(theme.icon_side, theme.icon_side) * ratio
    assert shown in theme.icon("lock").availableSizes()
    assert QSize(16, 16) * ratio in theme.icon("lock").availableSizes(), "in menus"


def test_a_look_reaches_the_whole_application(qapp: QApplication, theme: Theme, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.use("sepia")
    sepia = PALETTES["sepia"]
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(sepia.surface)
    assert sepia.accent in qapp.styleSheet()
    assert theme.name == theme.choice == "sepia"


def test_the_system_is_followed_unless_something_was_chosen(theme: Theme, qapp: QApplication) -> None:
    theme.use("system")
    assert theme.name in ("light", "dark", "contrast")
    theme.use("contrast")
    qapp.styleHints().colorSchemeChanged.emit(qapp.styleHints().colorScheme())
    assert theme.name == "contrast"
    with pytest.raises(ValueError, match="mauve"):
        theme.use("mauve")
    assert set(CHOICES) == {"system", *PALETTES}


def test_text_grows_in_four_steps(theme: Theme, qapp: QApplication) -> None:
    assert [theme.points(step) for step in Size] == [12, 14, 16, 20]
    for points in SIZES:
        theme.use_size(points)
        assert qapp.font().pointSizeF() == points
    assert theme.grid() == 16
    theme.use_size(1000)
    assert theme.size < 100


def test_movement_can_be_stopped(theme: Theme) -> None:
    assert theme.duration(120) == 120
    theme.use_motion(False)
    assert theme.duration(120) == 0


def test_buttons_are_tinted_anew(theme: Theme, qtbot: QtBot) -> None:
    slim, broad = IconButton(theme, "x", "Close"), Button("Open", "primary", "mail-open", theme)
    qtbot.addWidget(slim)
    qtbot.addWidget(broad)
    theme.use("dark")
    assert darkest(slim.icon()) == QColor(PALETTES["dark"].ink)
    assert darkest(broad.icon()) == QColor(PALETTES["dark"].on_accent)


def test_notes_have_five_colours(theme: Theme) -> None:
    assert len({theme.note_colour(name).name() for name in NOTES}) == 5
    with pytest.raises(ValueError, match="mauve"):
        theme.note_colour("mauve")
    assert isinstance(theme.colours, Colours)


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize("note", NOTES)
def test_thin_lines_in_a_notes_colour_stand_out_on_light_and_dark_pages(name: str, note: str) -> None:
    colours = PALETTES[name]
    pale = QColor(str(getattr(colours, f"note_{note}")))
    assert contrast(as_line(pale, dark=False).name(), colours.paper) >= 3
    assert contrast(as_line(pale, dark=True).name(), colours.night) >= 3
