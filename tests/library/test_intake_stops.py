"""Closed in the middle of every step of an arrival, and opened again: it goes on, and nothing is done twice or lost."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from at_work import Secretary
from intake_making import LONG, Laptop, admit, hide, join_by_file, on, paper, show_again, until
from serving import Web

from desktop.changes import Event


def test_stopped_while_listing(far_secretary: Secretary, laptop: Laptop, web: Web) -> None:
    asked = threading.Event()

    def silent(handler: BaseHTTPRequestHandler) -> bool:
        asked.set()
        web.done.wait(LONG)
        return True

    join_by_file(far_secretary, laptop)
    far_secretary.despatch()
    web.answer = silent
    checking = laptop.intake.check()
    assert asked.wait(LONG)
    laptop.close()
    assert checking.done()
    web.answer = lambda handler: False
    laptop.open()
    laptop.fetch()
    assert set(laptop.states().values()) == {"indexed"}
    assert laptop.trouble() == ""


def test_stopped_in_the_middle_of_a_paper(far_secretary: Secretary, laptop: Laptop, web: Web) -> None:
    """The server sends half of the minutes and then nothing; the next day only the other half is asked for."""
    join_by_file(far_secretary, laptop)
    far_secretary.despatch()
    web.answer = sends_at_most(web, 400_000)
    laptop.intake.check().result(LONG)
    until(lambda: any(part.stat().st_size > 200_000 for part in (laptop.home / "papers").glob("*.part")))
    laptop.close()
    kept = max(part.stat().st_size for part in (laptop.home / "papers").glob("*.part"))
    web.answer = lambda handler: False
    web.asked.clear()
    laptop.open()
    assert laptop.states()["Minutes of 29 November"] == "fetching"
    laptop.fetch()
    assert set(laptop.states().values()) == {"indexed"}
    assert f"bytes={kept}-" in [ranged for _, ranged in web.asked]


def sends_at_most(web: Web, most: int) -> Callable[[BaseHTTPRequestHandler], bool]:
    """A server that falls silent after so many bytes of a large object."""

    def answer(handler: BaseHTTPRequestHandler) -> bool:
        path = web.folder / handler.path.lstrip("/")
        if not path.is_file() or path.stat().st_size <= most:
            return False
        data = path.read_bytes()
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data[:most])
        handler.wfile.flush()
        web.done.wait(LONG)
        handler.close_connection = True
        return True

    return answer


def test_stopped_between_fetching_and_opening(secretary: Secretary, laptop: Laptop) -> None:
    """What is wholly here is opened without the repository."""
    admit(secretary, laptop)
    secretary.despatch()
    laptop.on_change = on(
        Event.PAPER_PROGRESSED, lambda change: laptop.intake.stop() if change.done == change.total else None
    )
    laptop.intake.check().result(LONG)
    assert laptop.intake.wait(LONG)
    laptop.close()
    hide(secretary)
    laptop.on_change = lambda change: None
    laptop.open()
    assert set(laptop.states().values()) <= {"fetching", "wanted"}
    here = [title for title, row in laptop.rows().items() if laptop.has_file(row)]
    assert here
    laptop.fetch()
    assert {laptop.states()[title] for title in here} == {"indexed"}
    show_again(secretary)
    laptop.fetch()
    assert set(laptop.states().values()) == {"indexed"}


def test_stopped_before_reading(secretary: Secretary, laptop: Laptop) -> None:
    admit(secretary, laptop)
    secretary.despatch()
    laptop.on_change = on(Event.PAPER_ARRIVED, lambda change: laptop.intake.stop())
    laptop.intake.check().result(LONG)
    assert laptop.intake.wait(LONG)
    laptop.close()
    hide(secretary)
    laptop.on_change = lambda change: None
    laptop.open()
    stored = [title for title, state in laptop.states().items() if state == "stored"]
    assert stored
    laptop.fetch()
    assert {laptop.states()[title] for title in stored} == {"indexed"}
    assert laptop.found("page1")


def test_stopped_between_pages(secretary: Secretary, laptop: Laptop) -> None:
    """Pages read before are not read again, and none is missed."""
    secretary.plan(_1_minutes=paper("Minutes", 120), _2_finance=paper("Finance", 1))
    admit(secretary, laptop)
    secretary.despatch()
    laptop.intake.check().result(LONG)
    until(lambda: len(laptop.found("Minutes")) > 0 or laptop.states()["Minutes of 29 November"] == "indexed")
    laptop.close()
    laptop.open()
    laptop.fetch()
    assert laptop.states()["Minutes of 29 November"] == "indexed"
    row = laptop.rows()["Minutes of 29 November"]
    assert laptop.room
    assert laptop.do(laptop.room.holdings.versions.pages_with_text, row.sha256) == set(range(120))
    assert [page for _, page in laptop.found("Minutes")] == list(range(120))


def test_closed_while_a_paper_is_opened_that_never_ends(secretary: Secretary, laptop: Laptop, corpus: Path) -> None:
    """Locking does not wait for a hostile paper."""
    hostile = corpus / "hostile" / "pymupdf+PyMuPDF--tests__resources__test_2548.pdf"
    secretary.plan(_1_minutes=hostile.read_bytes(), _2_finance=paper("Finance", 1))
    admit(secretary, laptop)
    secretary.despatch()
    arrived = threading.Event()
    laptop.on_change = on(Event.PAPER_ARRIVED, lambda change: arrived.set())
    laptop.intake.check().result(LONG)
    assert arrived.wait(LONG)
    began = datetime.now(UTC)
    laptop.close()
    assert datetime.now(UTC) - began < timedelta(seconds=LONG)
    laptop.open()
    assert laptop.states()["Minutes of 29 November"] in ("wanted", "fetching", "stored", "indexed")
