"""Risks drawn: lines and the heat map by keys and mouse, in every palette and in large text."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from reach import cut, out_of_reach, small, unnamed

from desktop.papers.finding import Finding, FindingKind, Place
from desktop.registers.table import ReadPaper, registers_of
from desktop.ui.kit.theme import Theme
from desktop.ui.panels.heat_map import HeatCell
from desktop.ui.panels.risk_line import RiskLine
from desktop.ui.registers import RegistersScreen

DAYS = (date(2025, 9, 25), date(2025, 11, 27), date(2026, 1, 29))
RISKS = {"BAF 1": ("Quality", (12, 12, 12)), "BAF 2": ("Urgent care", (16, 16, 20)), "BAF 3": ("Estate", (20, 15, 12))}
LINES, MAP = "Risks as lines over the meetings", "Risks on the heat map"


def risk(ref: str, title: str, score: int) -> Finding:
    five = score % 5 == 0
    facts = {
        "key": ref, "register": "BAF", "score_current": str(score), "score_target": "8", "tolerance": "15",
        "consequence_current": "5" if five else "4", "likelihood_current": str(score // (5 if five else 4)),
    }  # fmt: skip
    return Finding(FindingKind.RISK, Place(2), title, ref, facts)


def shown(theme: Theme, qtbot: QtBot) -> RegistersScreen:
    read = [
        ReadPaper(f"pack{place}", "framework", day, "9", "Assurance framework", tuple(
            risk(ref, title, scores[place]) for ref, (title, scores) in RISKS.items()
        ))
        for place, day in enumerate(DAYS)
    ]  # fmt: skip
    screen = RegistersScreen(theme)
    qtbot.addWidget(screen)
    screen.resize(1000, 760)
    with qtbot.waitActive(screen):
        screen.show()
        screen.activateWindow()
    screen.show_registers(registers_of(read, DAYS[-1]))
    screen.tabs.setCurrentIndex(2)
    return screen


def press(screen: RegistersScreen, name: str) -> None:
    button = next(each for each in screen.findChildren(QPushButton) if each.accessibleName() == name)
    QTest.keyClick(button, Qt.Key.Key_Space)


def line(screen: RegistersScreen, ref: str) -> RiskLine:
    return next(each for each in screen.findChildren(RiskLine) if each.course.ref == ref)


def test_lines_say_in_words_what_they_draw_and_every_point_opens_its_page(theme: Theme, qtbot: QtBot) -> None:
    screen = shown(theme, qtbot)
    assert not screen.findChildren(RiskLine)  # nothing is drawn before somebody looks
    press(screen, LINES)
    assert not screen.table.isVisible()
    drawn = line(screen, "BAF 2")
    assert "up 4 since Thu 29 Jan 2026" in drawn.accessibleDescription()
    assert "5 above the tolerance of 15" in drawn.accessibleDescription()
    assert "Thu 27 Nov 2025: 16" in drawn.accessibleDescription()
    opened: list[tuple[str, str, int]] = []
    screen.place_wanted.connect(lambda *place: opened.append(place))
    drawn.setFocus()
    QTest.keyClick(drawn, Qt.Key.Key_Left)
    QTest.keyClick(drawn, Qt.Key.Key_Return)
    first = drawn.points_at()[0].toPoint()
    QTest.mouseClick(drawn, Qt.MouseButton.LeftButton, pos=first)
    QTest.mouseClick(drawn, Qt.MouseButton.LeftButton, pos=first + type(first)(90, 0))  # between two points
    assert opened == [("pack1", "framework", 2), ("pack0", "framework", 2)]


def test_a_cell_of_the_map_shows_the_rows_of_its_risks(theme: Theme, qtbot: QtBot) -> None:
    screen = shown(theme, qtbot)
    press(screen, MAP)
    cells = {cell.cell: cell for cell in screen.findChildren(HeatCell) if cell.isEnabled()}
    assert set(cells) == {"4×3", "5×4"}
    assert cells["4×3"].accessibleName() == "Consequence 4, likelihood 3, score 12, medium: BAF 1 and BAF 3"
    QTest.keyClick(cells["4×3"], Qt.Key.Key_Return)
    assert screen.table.isVisible()
    rows = [screen.table.model().index(row, 0).data() for row in range(screen.table.model().rowCount())]
    assert rows == ["BAF 1", "BAF 3"]
    assert screen.table.model().index(1, 7).data() == "down 3 since 29 Jan 2026"


def test_the_drawings_follow_what_is_filtered_and_leave_with_their_register(theme: Theme, qtbot: QtBot) -> None:
    screen = shown(theme, qtbot)
    press(screen, LINES)
    screen.filter.setText("urgent")
    qtbot.waitUntil(lambda: [each.course.ref for each in screen.findChildren(RiskLine)] == ["BAF 2"], timeout=30_000)
    screen.tabs.setCurrentIndex(0)
    assert not screen.views.isVisible()


@pytest.mark.parametrize(("palette", "size"), [("light", 12), ("sepia", 24), ("dark", 24), ("contrast", 24)])
@pytest.mark.parametrize("view", [LINES, MAP])
def test_everything_is_named_in_reach_and_uncut(theme: Theme, qtbot: QtBot, palette: str, size: int, view: str) -> None:
    theme.use(palette)
    theme.use_size(size)
    screen = shown(theme, qtbot)
    press(screen, view)
    assert unnamed(screen) == []
    assert small(screen) == []
    assert out_of_reach(screen) == []
    assert cut(screen) == []
