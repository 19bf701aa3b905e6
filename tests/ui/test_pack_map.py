"""The map of a pack: what is on it, and walking over it by keys and pointer."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from reader_making import WAIT, Kept, make_book

from desktop.library.kept_links import PackLinks, PlaceNames
from desktop.library.pack_map import PackMap, map_of
from desktop.links.facts import Link, Scope, Target
from desktop.links.kept import KeptLink
from desktop.papers.finding import Confidence, Place
from desktop.papers.mention import Mention, MentionKind
from desktop.ui.kit.theme import Theme
from desktop.ui.pack_map import MapScreen

PACK, OTHER = "a" * 16, "b" * 16


def kept(paper: str, target: Target, page: int = 0, rejected: bool = False) -> KeptLink:
    mention = Mention(MentionKind.PAPER, Place(page, ((50.0, 60.0, 90.0, 70.0),)), "see it", target.paper_id)
    link = Link(mention, (target,), Scope.PACK, Confidence.CERTAIN, "named")
    return KeptLink(PACK, paper, "f" * 64, link, rejected)


@pytest.fixture
def mapped(kept: list[Kept]) -> PackMap:
    """Two papers, and one of an earlier pack: two links to the second, one to the earlier, one that was rejected."""
    return made(kept)


def made(papers: list[Kept]) -> PackMap:
    first, second = (each.paper.id for each in papers[:2])
    found = (
        kept(first, Target(PACK, second, 1)),
        kept(first, Target(PACK, second, 2), page=1),
        kept(first, Target(PACK, first, 3)),  # within the paper: nothing on the map
        kept(second, Target(OTHER, "9" * 16)),
        kept(second, Target(PACK, first), rejected=True),
    )
    names = {OTHER: PlaceNames("Board b", "2025-11-27", {"9" * 16: ("Minutes", "3")})}
    return map_of(make_book(PACK, papers).pack, PackLinks(PACK, found, (), (), names))


def test_links_between_papers_are_counted_and_rejected_ones_are_none(mapped: PackMap) -> None:
    assert [(tie.start[0][0], tie.end[0][0], len(tie.steps)) for tie in mapped.ties] == [("a", "a", 2), ("a", "b", 1)]
    assert [paper.title for paper in mapped.others] == ["Minutes"]


@pytest.fixture
def screen(mapped: PackMap, theme: Theme, qtbot: QtBot) -> MapScreen:
    screen = MapScreen(theme)
    qtbot.addWidget(screen)
    screen.resize(1100, 640)
    with qtbot.waitActive(screen):
        screen.show()
        screen.activateWindow()
    screen.show_map(mapped)
    screen.drawing.setFocus()
    return screen


def test_keys_go_from_paper_to_paper_and_say_what_leads_where(screen: MapScreen, qtbot: QtBot) -> None:
    assert "points to 1 paper, no papers point to it" in screen.about
    QTest.keyClick(screen.drawing, Qt.Key.Key_Down)
    assert "points to 1 paper, 1 paper points to it" in screen.drawing.accessibleDescription()
    QTest.keyClick(screen.drawing, Qt.Key.Key_Left)
    assert screen.drawing.accessibleDescription().startswith("Item 3, Minutes, meeting of 27 November 2025")
    with qtbot.waitSignal(screen.place_wanted, timeout=WAIT) as wanted:
        QTest.keyClick(screen.drawing, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert wanted.args == [Target(OTHER, "9" * 16), True]


def test_the_pointer_lights_a_paper_and_a_click_opens_it(screen: MapScreen, qtbot: QtBot) -> None:
    second = screen._map.papers[1].key
    at = screen.drawing.area(second).center().toPoint()
    QTest.mouseMove(screen.drawing, at)
    qtbot.waitUntil(lambda: screen.drawing.current == second, timeout=WAIT)
    with qtbot.waitSignal(screen.place_wanted, timeout=WAIT) as wanted:
        QTest.mouseClick(screen.drawing, Qt.MouseButton.LeftButton, pos=at)
    assert wanted.args == [Target(*second), False]


def test_a_row_opens_where_a_link_stands_and_the_list_has_every_paper(screen: MapScreen, qtbot: QtBot) -> None:
    row = [row for row in screen.links.rows if not row.heading][1]
    screen.links.put_cursor(row.key)
    with qtbot.waitSignal(screen.place_wanted, timeout=WAIT) as wanted:
        QTest.keyClick(screen.links, Qt.Key.Key_Return)
    assert wanted.args is not None
    assert wanted.args[0].page == 1
    QTest.mouseClick(screen.as_list, Qt.MouseButton.LeftButton)
    assert screen.papers.hasFocus()
    assert len([row for row in screen.papers.rows if not row.heading]) == len(screen._map.papers) + 1
