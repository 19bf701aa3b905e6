"""A secretary with a real store, real PDFs and a real worker."""

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from at_work import Secretary, pdf_bytes

from db.bodies import Bodies
from db.store import Store
from desktop.pdf.client import PdfClient
from desktop.secretary.new_body import new_body
from desktop.secretary.registry import Registry


@pytest.fixture(scope="module")
def pdf() -> Iterator[PdfClient]:
    client = PdfClient("tests")
    yield client
    client.shut_down()


@pytest.fixture
def stores() -> Iterator[Callable[[Path], Store]]:
    opened: list[Store] = []

    def open_store(home: Path) -> Store:
        opened.append(Store.open(home, secrets.token_bytes(32)))
        return opened[-1]

    yield open_store
    for store in opened:
        store.close()


@pytest.fixture
def secretary(tmp_path: Path, stores: Callable[[Path], Store], pdf: PdfClient) -> Secretary:
    registry = Registry(stores(tmp_path / "secretary"))
    folder = tmp_path / "repository"
    office = new_body(registry, "Group Board", "Anytown NHS Group", folder)
    return Secretary(registry, office, folder, tmp_path / "papers", pdf, lambda home: Bodies(stores(home)))


@pytest.fixture
def ready(secretary: Secretary) -> Secretary:
    """With a plan and two papers in the folder."""
    secretary.plan(_1_minutes=pdf_bytes("Minutes", 3), _2_finance=pdf_bytes("Finance", 2))
    return secretary
