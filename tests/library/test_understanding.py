"""Papers are understood after their words can be searched: quietly, and whatever cut it off, in the end."""

import pymupdf
import pytest
from at_work import Secretary
from intake_making import LONG, Laptop, admit, on, paper, until

from desktop.changes import Event
from desktop.library import structuring, understanding
from desktop.library.habits import Habits
from desktop.library.structuring import EDITION
from desktop.room import Room

MINUTES, FINANCE = "Minutes of 29 November", "Finance report"
_STEPS = (Event.PAPER_INDEXED, Event.PAPER_UNDERSTOOD, Event.ALL_UNDERSTOOD)


def asking(words: str) -> bytes:
    """A paper with contents of its own, which asks the board for something."""
    with pymupdf.open() as document:
        for heading in ("Purpose", "Money"):
            page = document.new_page()
            page.insert_text((72, 72), heading, fontname="hebo", fontsize=14)
            page.insert_text((72, 110), f"The Board is asked to approve the {words}.")
        document.set_toc([[1, "Purpose", 1], [1, "Money", 2]])
        return document.tobytes()


@pytest.fixture
def arrived(secretary: Secretary, laptop: Laptop) -> Laptop:
    """The words of two papers were read; the computer went off before anything was made of them."""
    secretary.plan(_1_minutes=paper("Minutes", 3), _2_finance=asking("plan"))
    admit(secretary, laptop)
    secretary.despatch()
    laptop.on_change = on(Event.PAPER_INDEXED, lambda change: room_of(laptop).understanding.stop())  # type: ignore[union-attr]
    laptop.fetch()
    return laptop


def room_of(laptop: Laptop) -> Room:
    assert laptop.room
    return laptop.room


def start_again(laptop: Laptop) -> None:
    """The next day: nothing is fetched, and what was left is done."""
    laptop.close()
    laptop.heard.clear()
    laptop.on_change = lambda change: None
    laptop.open().begin(ask=False)
    assert room_of(laptop).wait(LONG)


def recognised(laptop: Laptop) -> dict[str, int]:
    """The edition by which each paper was understood, by title; only those that were."""
    rows = laptop.rows()
    found = laptop.do(room_of(laptop).holdings.structures.recognised, [row.sha256 for row in rows.values()])
    return {title: found[row.sha256] for title, row in rows.items() if row.sha256 in found}


def asks(laptop: Laptop) -> list[str]:
    sha256 = laptop.rows()[FINANCE].sha256
    return [row.text for row in laptop.do(room_of(laptop).holdings.findings.of, sha256, ["recommendation"])]


def titles(laptop: Laptop) -> list[str]:
    """The headings of the finance report that can be gone to."""
    outline = laptop.do(Habits(room_of(laptop).holdings).outline, laptop.rows()[FINANCE].sha256)
    return [entry.title for entry in outline.entries] if outline else []


def test_words_come_first_and_what_was_cut_off_is_understood_the_next_time(arrived: Laptop) -> None:
    assert arrived.states() == {MINUTES: "indexed", FINANCE: "indexed"}
    assert arrived.found("Minutes page3") == [(MINUTES, 2)]
    assert recognised(arrived) == {}
    assert asks(arrived) == []
    assert titles(arrived) == ["Purpose", "Money"], "as the file itself names them"

    start_again(arrived)
    assert arrived.events(*_STEPS) == [Event.PAPER_UNDERSTOOD, Event.PAPER_UNDERSTOOD, Event.ALL_UNDERSTOOD]
    assert recognised(arrived) == {MINUTES: EDITION, FINANCE: EDITION}
    assert set(asks(arrived)) == {"approve the plan"}
    start_again(arrived)
    assert arrived.events(*_STEPS) == [], "once is enough"


def test_what_an_earlier_release_understood_is_understood_anew_and_stays_searchable(
    arrived: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_again(arrived)
    before = arrived.rows()
    arrived.do(room_of(arrived).holdings.findings.put, before[FINANCE].sha256, [])  # as if not recognised until now
    links = links_resolved(arrived)
    for module in (structuring, understanding):
        monkeypatch.setattr(module, "EDITION", EDITION + 1)
    start_again(arrived)
    assert recognised(arrived) == {MINUTES: EDITION + 1, FINANCE: EDITION + 1}
    assert set(asks(arrived)) == {"approve the plan"}
    assert arrived.rows() == before
    assert arrived.found("Minutes page3") == [(MINUTES, 2)]
    assert [change.paper_id for change in arrived.heard if change.event is Event.PAPER_UNDERSTOOD] == [
        before[FINANCE].paper_id, before[MINUTES].paper_id,
    ], "the newest first"  # fmt: skip
    until(lambda: links_resolved(arrived) != links)


def links_resolved(laptop: Laptop) -> str:
    """What the links of the pack were resolved from."""
    pack_id = laptop.rows()[FINANCE].pack_id
    return laptop.do(room_of(laptop).holdings.settings.get, f"links/{pack_id}", "")


def test_it_waits_while_words_are_read_and_not_for_a_paper_read_aside(arrived: Laptop) -> None:
    room, row, under_way = room_of(arrived), arrived.rows()[MINUTES], arrived.intake.under_way
    assert room.readers
    assert under_way.begin(row)
    assert not under_way.begin(row)
    under_way.reading(row, aside=False)
    quiet = understanding.Understanding(room.holdings, room.store, room.readers, under_way, room.changes)
    try:
        quiet.go_on()
        assert not quiet.wait(0.3)
        assert recognised(arrived) == {}
        under_way.reading(row, aside=True)
        assert quiet.wait(LONG)
        assert recognised(arrived) == {MINUTES: EDITION, FINANCE: EDITION}
        assert arrived.intake.is_busy
        under_way.end(row)
        assert arrived.intake.wait(LONG)
    finally:
        quiet.close()


def test_a_paper_put_away_meanwhile_is_left_alone(arrived: Laptop) -> None:
    pack_id = arrived.rows()[FINANCE].pack_id
    arrived.do(room_of(arrived).holdings.packs.put_away, pack_id, True)
    start_again(arrived)
    assert recognised(arrived) == {}
    assert arrived.events(*_STEPS, Event.STORE_FAILED) == []
