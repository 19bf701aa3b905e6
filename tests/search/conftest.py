"""A store to look in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.search.shelf_making import Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """Open, and closed afterwards."""
    shelf = Shelf(tmp_path / "home")
    yield shelf
    shelf.close()
