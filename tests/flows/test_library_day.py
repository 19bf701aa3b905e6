"""The library worked by hand: an update is seen on opening, a journey is prepared, a pack put away, a board left."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flow_making import Desk, at_desk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from desktop.app import fetching
from desktop.sample import SAMPLE_PASSPHRASE
from desktop.ui.kit.asking import Question
from desktop.ui.window import Screen


@pytest.fixture
def home(sample: Path, tmp_path: Path) -> Path:
    """The sample's member, whose repository stays where the sample was made."""
    shutil.copytree(sample, tmp_path / "home", ignore=shutil.ignore_patterns("secretary", "repository"))
    return tmp_path / "home"


def choose(desk: Desk, words: str) -> None:
    """From the menu that is open, by key."""
    desk.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu), "the menu")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text().startswith(words)).trigger()
    menu.close()
    desk.window.activateWindow()  # a window manager would do it, and there is none offscreen


def test_an_updated_pack_says_what_is_new_and_leads_there(home: Path) -> None:
    with at_desk(home, SAMPLE_PASSPHRASE) as desk:
        desk.open_pack("29 January 2026")
        desk.wait(desk.notices, "the news")
        (news,) = desk.notices()
        assert "Updated: edition 2" in news
        assert "New: 14 Maternity and neonatal safety report" in news
        assert "Changed: 10 Finance report" in news
        desk.press("Go to item 14")
        desk.wait(lambda: "Maternity" in desk.said(), "the new paper")
        desk.key(Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
        desk.wait_screen(Screen.SHELF)
        desk.open_pack("29 January 2026")
        assert desk.notices() == []


def test_a_journey_is_prepared_and_a_past_pack_put_away(home: Path) -> None:
    with at_desk(home, SAMPLE_PASSPHRASE) as desk:
        desk.wait_for("Complete for travel")
        reading = desk.app.reading
        assert reading
        pack = next(row.pack for row in desk._rows("November 2025"))  # type: ignore[attr-defined]
        desk._rows("November 2025")[0].make_menu().popup(desk.window.pos())  # type: ignore[attr-defined]
        choose(desk, "Remove papers")
        desk.wait_for("which frees")
        desk.wait_for("Not complete for travel")
        desk.app.window.status.travel.setFocus()
        desk.key(Qt.Key.Key_Return)
        desk.wait_screen(Screen.TRAVEL)
        desk.wait_for(f"Missing from {pack.title}")
        assert "You removed it from this computer" in desk.said()
        desk.press("Fetch now")
        desk.wait_for("You can leave home.")
        desk.key(Qt.Key.Key_Escape)
        desk.wait_screen(Screen.SHELF)
        desk.lock()
        assert not desk.app.window.status.isVisible()


def test_a_board_is_left_after_asking_once(home: Path) -> None:
    with at_desk(home, SAMPLE_PASSPHRASE) as desk:
        desk.wait_for("Complete for travel")
        for answer in ("Stay", "Leave Trust Board"):
            desk.press("More about Trust Board")
            choose(desk, "Leave this body")
            desk.wait(lambda: desk.window.findChildren(Question), "the question")
            assert "3 packs" in desk.said()
            assert "This cannot be undone." in desk.said()
            desk.press(answer)
            desk.wait(lambda: not desk.window.findChildren(Question), "an end of asking")
        desk.wait_for("Nothing of Trust Board is on this computer any more.")
        desk.wait_for("Nothing on the shelf yet")
        assert list((home / "papers").iterdir()) == []
        assert "travel" not in desk.app.window.status.travel.text()


@pytest.fixture
def away(sample: Path) -> Iterator[Callable[[], object]]:
    """Takes the repository away, until the test is over."""
    kept, gone = sample / "repository", sample / "repository-away"
    yield lambda: kept.rename(gone)
    gone.rename(kept)


def test_papers_come_only_when_asked_for_where_that_is_set(
    home: Path, away: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "CHECK_EVERY", 0.2)
    with at_desk(home, SAMPLE_PASSPHRASE) as desk:
        desk.wait_for("Complete for travel")
        desk.key(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
        desk.press("New papers come: Only when I ask")
        desk.key(Qt.Key.Key_Escape)
        desk.wait_screen(Screen.SHELF)
        desk.wait(lambda: desk._button("Check for new packs"), "an end of asking")
        away()
        ticks: list[int] = []
        assert desk.app.reading
        desk.app.reading.shelving.fetching._timer.timeout.connect(lambda: ticks.append(1))
        desk.wait(lambda: len(ticks) > 2, "the timer")
        assert "cannot be read" not in desk.said()
        desk.key(Qt.Key.Key_F5)
        desk.wait_for("cannot be read")
