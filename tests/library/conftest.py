"""A secretary and a laptop, in one house or with the web between them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from at_work import Secretary
from intake_making import Laptop, office_of, paper
from serving import Web, serving

from desktop.pdf.client import PdfClient


@pytest.fixture(scope="module")
def pdf() -> Iterator[PdfClient]:
    client = PdfClient("tests")
    yield client
    client.shut_down()


@pytest.fixture
def secretary(tmp_path: Path, pdf: PdfClient) -> Iterator[Secretary]:
    with office_of(tmp_path, pdf) as secretary:
        secretary.plan(_1_minutes=paper("Minutes", 3), _2_finance=paper("Finance", 2))
        yield secretary


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    laptop = Laptop(tmp_path / "home")
    laptop.open()
    yield laptop
    laptop.close()


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    (tmp_path / "repository").mkdir()
    with serving(tmp_path / "repository") as web:
        yield web


@pytest.fixture
def far_secretary(tmp_path: Path, pdf: PdfClient, web: Web) -> Iterator[Secretary]:
    """Whose members fetch from a web server; the minutes are a large file."""
    with office_of(tmp_path, pdf, web.address) as secretary:
        secretary.plan(_1_minutes=paper("Minutes", 3, filling=700_000), _2_finance=paper("Finance", 2))
        yield secretary
