"""The shelf of two organisations, the mark and page before a journey, and the menus that take things off."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot
from reach import cut, out_of_reach, small, unnamed
from shelf_making import NOW, full_shelf, make_body, make_pack

from desktop.library.news import News
from desktop.library.pace import Pace
from desktop.library.shelf import PackState
from desktop.library.travel import Absence, AbsentPaper, Doubt, Need, Travel, TravelPack
from desktop.packs.pack import Meeting, Session
from desktop.ui.kit.asking import ask
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Button, Text
from desktop.ui.panels.news_words import say_news
from desktop.ui.panels.shelf_rows import BodyHead, say_tally
from desktop.ui.panels.status_line import StatusLine
from desktop.ui.panels.travel_mark import say_doubts, say_travel, say_whole
from desktop.ui.shelf import ShelfScreen
from desktop.ui.travel import TravelScreen

MEETING = Meeting(date(2026, 1, 29), "15:00", "Room 1", Session.PUBLIC)
COMING = AbsentPaper("p1", "3", "Finance report", Absence.COMING)
REFUSED = AbsentPaper("p2", "4", "Risk register", Absence.REFUSED, "It is damaged.")
PROMISED = AbsentPaper("p3", "5", "Audit opinion", Absence.TO_FOLLOW)


def needed(*absent: AbsentPaper, need: Need = Need.MEETING) -> TravelPack:
    missing = sum(paper.why not in (Absence.TO_FOLLOW, Absence.WITHHELD) for paper in absent)
    return TravelPack("a1", "a", "Trust Board", "January", MEETING, need, 12 - missing, 12, absent)


def shown(qtbot: QtBot, screen: QWidget) -> None:
    qtbot.addWidget(screen)
    screen.resize(1000, 700)
    with qtbot.waitExposed(screen):
        screen.show()
    screen.activateWindow()


def said(screen: QWidget) -> str:
    return "\n".join(label.text() for label in screen.findChildren(Text) if label.isVisibleTo(screen))


def button_of(screen: QWidget, name: str) -> Button:
    return next(b for b in screen.findChildren(Button) if b.accessibleName() == name and b.isVisibleTo(screen))


@pytest.fixture
def shelf(theme: Theme, qtbot: QtBot) -> ShelfScreen:
    screen = ShelfScreen(theme)
    shown(qtbot, screen)
    return screen


def test_bodies_stand_under_their_organisations_only_where_there_are_several(shelf: ShelfScreen) -> None:
    shelf.show_bodies(full_shelf(), NOW)
    titles = [label.text() for label in shelf.findChildren(Text) if label.property("role") == "title"]
    assert titles == ["Next meeting in 3 days"]
    other = make_body("z", "Trustees", make_pack("z1", "Trustees", date(2026, 3, 1)), organisation="Northshire Charity")
    shelf.show_bodies([*full_shelf(), other], NOW)
    titles = [label.text() for label in shelf.findChildren(Text) if label.property("role") == "title"]
    assert titles[-2:] == ["Northshire Trust", "Northshire Charity"]
    heads = [head for head in shelf.findChildren(BodyHead) if head.isVisibleTo(shelf)]
    assert not any(head.organisation.isVisibleTo(shelf) for head in heads)


def test_a_body_says_what_waits_for_the_member() -> None:
    packs = (
        make_pack("n", "New", date(2026, 1, 29), opened=False, read=0, decisions=4, kept=2_000_000),
        make_pack("p", "Private", date(2026, 1, 29), read=3, decisions=3),
        make_pack("u", "Updated", date(2026, 2, 26), updated=True, read=0, decisions=9),
        make_pack("o", "Old, half read", date(2025, 11, 27), read=3, decisions=9),
    )
    words = say_tally(make_body("a", "Board", *packs), NOW.date())
    assert words == "2 unread, 1 updated, 7 decisions on Thursday 29 January 2026 · 2.0 MB on this computer"
    assert say_tally(make_body("a", "Board"), NOW.date()) == ""


def test_papers_of_a_past_pack_are_removed_and_fetched_again_from_its_menu(shelf: ShelfScreen, qtbot: QtBot) -> None:
    past = make_pack("old", "November", date(2025, 11, 27), kept=60_000_000)
    coming = make_pack("new", "January", date(2026, 1, 29), kept=60_000_000)
    shelf.show_bodies([make_body("a", "Board", past, coming)], NOW)
    new, old = shelf.rows()
    assert not [action for action in new.make_menu().actions() if action.text().startswith("Remove")]
    remove = next(action for action in old.make_menu().actions() if action.text().startswith("Remove"))
    assert remove.text() == "Remove papers from this computer (60 MB)"
    with qtbot.waitSignal(shelf.removal_wanted, check_params_cb=lambda pack: pack == "old"):
        remove.trigger()
    away = replace(past, state=PackState.AWAY, kept=0, papers_here=0)
    shelf.show_bodies([make_body("a", "Board", away, coming)], NOW)
    assert (old.state.words.text(), old.numbers.text()) == ("Removed", "12 papers, 60 MB to fetch")
    with qtbot.waitSignal(shelf.retry_wanted, check_params_cb=lambda pack: pack == "old"):
        qtbot.keyClick(button_of(shelf, "Fetch November again"), Qt.Key.Key_Return)


def test_a_body_is_left_from_its_menu_by_key(shelf: ShelfScreen, qtbot: QtBot) -> None:
    shelf.show_bodies([make_body("a", "Board", make_pack("x", "January", date(2026, 1, 29)))], NOW)
    head = next(head for head in shelf.findChildren(BodyHead) if head.isVisibleTo(shelf))
    assert head.more.accessibleName() == "More about Board"
    head.more.setFocus()
    qtbot.keyClick(head.more, Qt.Key.Key_Return)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    with qtbot.waitSignal(shelf.leaving_wanted, check_params_cb=lambda body: body == "a"):
        qtbot.keyClick(menu, Qt.Key.Key_Up)  # the last
        qtbot.keyClick(menu, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)


def test_leaving_is_asked_once_and_enter_stays(shelf: ShelfScreen, qtbot: QtBot) -> None:
    done: list[str] = []
    question = ask(shelf, "Leave Board?", "3 packs go.", "Leave Board", "Stay", lambda: done.append("left"))
    qtbot.waitUntil(question.isVisible)
    qtbot.keyClick(question, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not shelf.findChildren(QDialog))
    assert done == []
    question = ask(shelf, "Leave Board?", "3 packs go.", "Leave Board", "Stay", lambda: done.append("left"))
    qtbot.waitUntil(question.isVisible)
    qtbot.mouseClick(question.yes, Qt.MouseButton.LeftButton)
    assert done == ["left"]
    qtbot.waitUntil(lambda: not shelf.findChildren(QDialog))


def test_the_mark_says_how_it_stands() -> None:
    doubt = Doubt("Trust Board", "2026-01-14T09:00:00Z", "The folder is not there.")
    assert say_travel(Travel())[1] == ""
    assert say_travel(Travel((needed(PROMISED),))) == ("circle-check", "Complete for travel")
    assert say_travel(Travel((needed(),), (doubt,)))[1] == "Complete for travel, as far as is known"
    assert say_travel(Travel((needed(COMING),))) == ("download", "Not yet complete for travel: 1 paper to fetch")
    assert say_travel(Travel((needed(COMING, REFUSED),)))[1] == "Not complete for travel: 2 papers missing"
    assert "last confirmed 12 days ago" in say_doubts(Travel((needed(),), (doubt,)), NOW)
    assert say_whole(Travel((needed(COMING),))) == "11 of 12 papers are here."


def test_the_shelf_and_the_foot_lead_to_the_page_before_a_journey(
    shelf: ShelfScreen, theme: Theme, qtbot: QtBot
) -> None:
    shelf.show_bodies(full_shelf(), NOW)
    shelf.show_travel(Travel((needed(),)))
    with qtbot.waitSignal(shelf.travel_wanted):
        qtbot.keyClick(button_of(shelf, "Complete for travel"), Qt.Key.Key_Return)
    foot = StatusLine(theme)
    shown(qtbot, foot)
    foot.show_travel(Travel((needed(COMING),)))
    with qtbot.waitSignal(foot.travel_wanted):
        qtbot.mouseClick(foot.travel, Qt.MouseButton.LeftButton)
    foot.say("Downloading 3 of 12 papers, 40 s left", 3, 12, "Pause")
    with qtbot.waitSignal(foot.acted):
        qtbot.mouseClick(button_of(foot, "Pause"), Qt.MouseButton.LeftButton)
    foot.clear()
    assert not foot.isVisible()


@pytest.mark.parametrize("size", [12, 24])
def test_the_page_before_a_journey_says_what_is_missing_and_fetches_it(theme: Theme, qtbot: QtBot, size: int) -> None:
    theme.use_size(size)
    screen = TravelScreen(theme)
    shown(qtbot, screen)
    screen.show_travel(Travel((needed(COMING, REFUSED, PROMISED), needed(need=Need.EARLIER))), NOW)
    words = said(screen)
    for wanted in (
        "Not complete for travel: 2 papers missing", "22 of 24 papers are here.", "Missing from January",
        "Still to be fetched", "Could not be taken in · It is damaged.", "Not here, and not missing",
        "To follow: the secretary has not sent it yet", "10 of 12 papers here", "All 12 papers here",
        "are not looked for yet",
    ):  # fmt: skip
        assert wanted in words
    qtbot.waitUntil(lambda: not cut(screen))  # once it is laid out
    assert (unnamed(screen), small(screen), out_of_reach(screen)) == ([], [], [])
    fetch = button_of(screen, "Fetch now")
    fetch.setFocus()
    with qtbot.waitSignal(screen.fetch_wanted):
        qtbot.keyClick(fetch, Qt.Key.Key_Return)
    screen.show_travel(Travel((needed(PROMISED),)), NOW)
    assert "All 12 papers that were looked for are on this computer." in said(screen)
    assert not fetch.isVisible()
    with qtbot.waitSignal(screen.closed):
        qtbot.keyClick(screen, Qt.Key.Key_Escape)


def test_many_missing_papers_are_not_all_named(theme: Theme, qtbot: QtBot) -> None:
    screen = TravelScreen(theme)
    shown(qtbot, screen)
    screen.show_travel(Travel((needed(*(replace(COMING, paper_id=str(n)) for n in range(40))),)), NOW)
    assert "And 28 more papers." in said(screen)


def test_news_are_said_with_the_note_and_the_papers() -> None:
    assert say_news(News(2, "One late paper.", (), (), ())) == ("Updated: edition 2", "One late paper.", "")


def test_the_time_left_is_told_from_how_fast_it_was() -> None:
    pace = Pace()
    pace.see(0.0, 0)
    assert pace.left(100) is None
    pace.see(1.0, 500)
    assert pace.left(1000) is None
    pace.see(2.0, 1000)
    assert pace.left(1000) == pytest.approx(2.0)
    for second in range(3, 30):
        pace.see(float(second), 1000 + 100 * second)
    assert pace.left(1000) == pytest.approx(10.0, rel=0.2)
    pace.see(31.0, 0)
    assert pace.left(1000) is None
