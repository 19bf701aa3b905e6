"""What the flows share: the look taken off afterwards, and a folder for temporary files that is watched."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flow_making import Office
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def undressed(qapp: QApplication) -> Iterator[None]:
    """The look is the application's own; the next test wants Qt's."""
    font = QFont(qapp.font())
    qapp.setCursorFlashTime(0)
    yield
    qapp.setStyleSheet("")
    qapp.styleHints().unsetColorScheme()
    qapp.setPalette(QPalette())
    qapp.setFont(font)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where everything this test starts puts its temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


@pytest.fixture
def office(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A secretary with three packs published."""
    return Office(sample, tmp_path, monkeypatch)
