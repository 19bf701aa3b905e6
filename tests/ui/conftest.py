"""What the tests of screens share: the application dressed as people see it, and undressed afterwards."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication
from reader_fixtures import client, home, kept, open_reader  # noqa: F401  (a reader for every test that works one)

from desktop.ui.kit.theme import Theme


@pytest.fixture(autouse=True)
def nothing_left_copied() -> Iterator[None]:
    """What Python put on the clipboard must be gone before Qt ends, as when the window closes."""
    yield
    if QApplication.instance() is not None:
        QApplication.clipboard().clear()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light look on the whole application."""
    font = QFont(qapp.font())
    theme = Theme("light")
    theme.apply_to(qapp)
    yield theme
    qapp.styleHints().unsetColorScheme()
    qapp.setPalette(QPalette())
    qapp.setFont(font)
