"""What happens when a file that is not an invitation is double-clicked or dropped."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app.application import Application
from desktop.changes import Changes
from desktop.doorway import Doorway
from desktop.ui.window import Screen


@pytest.fixture
def application(qapp: QApplication, tmp_path: Path) -> Iterator[Application]:
    """The application of somebody who has kept nothing yet."""
    made = Application(Doorway(tmp_path / "home", Changes()))
    made.theme.apply_to(qapp)
    yield made
    made.close()
    made.window.close()
    made.window.deleteLater()
    made.deleteLater()


def test_a_pack_that_is_double_clicked_is_told_from_an_invitation(
    qtbot: QtBot, application: Application, tmp_path: Path
) -> None:
    pack = tmp_path / "2026-01-29.despatch-pack"
    pack.write_bytes(b"sealed")

    application.start(application.doorway.enter_quietly(), pack)

    qtbot.waitUntil(lambda: bool(application.window.notices.sentences()))
    (said,) = application.window.notices.sentences()
    assert said.startswith("2026-01-29.despatch-pack is a compiled pack, which only the secretary")
    assert "To join a board, open its invitation." in said
    assert application.window.screen_now is Screen.WELCOME
    assert pack.read_bytes() == b"sealed"
