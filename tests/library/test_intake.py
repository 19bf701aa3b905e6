"""A pack arrives from a real secretary: what a member relies on when it stops, changes, is wrong, or vanishes."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler

import pymupdf
from at_work import PLAN, Secretary
from intake_making import (
    LONG,
    Laptop,
    admit,
    despatch_wrongly,
    hide,
    join_by_file,
    on,
    paper,
    sign_again,
    until,
)
from serving import Web

from desktop.changes import Event
from desktop.library.binding import WITHHELD
from desktop.library.habits import Habits
from desktop.library.shelf import PackState
from desktop.packs import layout
from desktop.packs.layout import TargetFacts
from desktop.secretary.edition import Edition

# ---- a pack arrives


def test_a_pack_is_fetched_read_and_found(secretary: Secretary, laptop: Laptop) -> None:
    admit(secretary, laptop)
    laptop.fetch()
    assert laptop.do(laptop.room.shelf.packs) == {}  # type: ignore[union-attr]
    secretary.despatch()
    laptop.fetch()
    assert laptop.states() == {"Minutes of 29 November": "indexed", "Finance report": "indexed"}
    assert laptop.found("Minutes page2") == [("Minutes of 29 November", 1)]
    assert laptop.found("Finance page1") == [("Finance report", 0)]
    assert laptop.trouble() == ""
    order = laptop.events(Event.PACK_ARRIVED, Event.PAPER_ARRIVED, Event.PAPER_INDEXED)
    assert order[0] is Event.PACK_ARRIVED
    assert sorted(event.name for event in order[1:]) == ["PAPER_ARRIVED"] * 2 + ["PAPER_INDEXED"] * 2
    (pack,) = laptop.do(laptop.room.shelf.bodies)[0].packs  # type: ignore[union-attr]
    assert (pack.state, pack.papers_here, pack.papers, pack.pages) == (PackState.NEW, 2, 2, 5)


def test_the_book_holds_the_real_pages(secretary: Secretary, laptop: Laptop) -> None:
    admit(secretary, laptop)
    secretary.despatch()
    laptop.fetch()
    assert laptop.room
    (pack_id,) = laptop.do(laptop.room.shelf.packs)
    opened = laptop.do(laptop.room.open_pack, pack_id)
    assert opened
    assert [page.label for page in opened.book.pages] == ["1", "2", "3", "4", "5"]
    assert all(each.path and each.path.is_file() for each in opened.book.papers)
    assert laptop.do(laptop.room.open_pack, "0" * 16) is None


def test_a_pack_is_readable_before_it_can_be_searched(secretary: Secretary, laptop: Laptop) -> None:
    admit(secretary, laptop)
    secretary.despatch()
    laptop.on_change = on(Event.PAPER_ARRIVED, lambda change: laptop.intake.stop())
    laptop.intake.check().result(LONG)
    assert laptop.intake.wait(LONG)
    assert "stored" in laptop.states().values()
    assert laptop.room
    (pack_id,) = laptop.do(laptop.room.shelf.packs)
    book = laptop.do(laptop.room.shelf.book, pack_id)
    assert book
    here = [each for each in book.papers if each.path is not None]
    assert here
    assert laptop.found("page1") == []


def test_nothing_of_a_paper_lies_open_on_the_disk(secretary: Secretary, laptop: Laptop) -> None:
    secretary.plan(_1_minutes=paper("Walnutferry", 3), _2_finance=paper("Finance", 2))
    admit(secretary, laptop)
    secretary.despatch()
    laptop.fetch()
    assert laptop.found("Walnutferry page1")
    laptop.close()
    kept = [path for path in laptop.home.rglob("*") if path.is_file()]
    assert any(path.suffix == ".age" for path in kept)
    for path in kept:
        data = path.read_bytes()
        assert b"Walnutferry" not in data, path
        assert not data.startswith(b"%PDF"), path


# ---- editions


def test_a_corrected_edition_fetches_only_what_is_new(secretary: Secretary, laptop: Laptop) -> None:
    admit(secretary, laptop)
    secretary.despatch()
    laptop.fetch()
    before = laptop.rows()
    assert laptop.room
    (pack_id,) = laptop.do(laptop.room.shelf.packs)
    laptop.do(laptop.room.mark_open, pack_id)
    secretary.plan(_2_finance=paper("Finance corrected", 2))
    secretary.despatch()
    laptop.heard.clear()
    laptop.fetch()
    fetched = [change.paper_id for change in laptop.heard if change.event is Event.PAPER_ARRIVED]
    assert fetched == [before["Finance report"].paper_id]
    (pack,) = laptop.do(laptop.room.shelf.bodies)[0].packs
    assert (pack.state, pack.edition) == (PackState.UPDATED, 2)
    assert laptop.found("Finance corrected page2") == [("Finance report", 1)]
    versions = laptop.do(laptop.room.holdings.versions.older, before["Finance report"].paper_id)
    assert [row.state for row in versions] == ["indexed", "indexed"], "the version that was annotated stays readable"


def test_a_withheld_paper_is_in_its_place_with_its_reason(secretary: Secretary, laptop: Laptop) -> None:
    plan = PLAN.replace('file = "2 finance.pdf"', 'file = "2 finance.pdf"\nnot_to = ["Jane Doe"]')
    secretary.plan(plan, _1_minutes=paper("Minutes", 3), _2_finance=paper("Finance", 2))
    admit(secretary, laptop)
    secretary.despatch()
    laptop.fetch()
    assert laptop.states() == {"Minutes of 29 November": "indexed"}
    assert laptop.room
    (pack_id,) = laptop.do(laptop.room.shelf.packs)
    book = laptop.do(laptop.room.shelf.book, pack_id)
    assert book
    withheld = book.papers[1]
    assert (withheld.title, withheld.path, withheld.trouble) == ("Finance report", None, WITHHELD)
    (pack,) = laptop.do(laptop.room.shelf.bodies)[0].packs
    assert (pack.papers, pack.pages, pack.state) == (1, 3, PackState.NEW)


def test_two_papers_of_the_same_file(far_secretary: Secretary, laptop: Laptop, web: Web) -> None:
    """It is fetched once, and each paper is readable and found."""
    same = paper("Both", 2, filling=700_000)
    far_secretary.plan(_1_minutes=same, _2_finance=same)
    join_by_file(far_secretary, laptop)
    far_secretary.despatch()
    laptop.fetch()
    assert laptop.states() == {"Minutes of 29 November": "indexed", "Finance report": "indexed"}
    assert laptop.found("Both page1") == [("Finance report", 0), ("Minutes of 29 November", 0)]
    (row, other) = laptop.rows().values()
    assert row.sealed_sha256 == other.sealed_sha256
    assert laptop.room
    whole = laptop.room.holdings.files.path(row.sealed_sha256).read_bytes()
    assert hashlib.sha256(whole).hexdigest() == row.sealed_sha256
    blobs = [path for path, _ in web.asked if path.endswith(row.sealed_sha256) or row.target.rpartition("/")[2] in path]
    assert len(blobs) == 1


# ---- what is wrong


def test_a_paper_that_is_another_file_than_signed_for_is_refused(secretary: Secretary, laptop: Laptop) -> None:
    admit(secretary, laptop)
    secretary.despatch()
    despatch_wrongly(secretary, with_other_hash)
    laptop.fetch()
    row = laptop.rows()["Finance report"]
    assert laptop.states() == {"Minutes of 29 November": "indexed", "Finance report": "refused"}
    assert row.trouble == (
        "A paper is not the file that the secretary sealed for this pack. It was not taken in; the rest of the pack is "
        "unharmed. Tell the secretary."
    )
    (pack,) = laptop.do(laptop.room.shelf.bodies)[0].packs  # type: ignore[union-attr]
    assert (pack.state, pack.trouble) == (PackState.TROUBLE, row.trouble)


def with_other_hash(edition: Edition) -> Edition:
    minutes, finance = edition.pack.papers
    wrong = replace(finance, sha256="f" * 64)
    return replace(edition, pack=replace(edition.pack, papers=(minutes, wrong)))


def test_a_paper_damaged_before_it_was_signed_is_refused_and_mended_by_another_edition(
    secretary: Secretary, laptop: Laptop
) -> None:
    admit(secretary, laptop)
    secretary.despatch()

    def damage(edition: Edition) -> Edition:
        target = edition.pack.papers[1].target
        data = b"not what was sealed" * 40
        facts = TargetFacts(len(data), hashlib.sha256(data).hexdigest())
        (secretary.folder / layout.stored_at(target, facts.sha256)).write_bytes(data)
        return replace(edition, blobs={**edition.blobs, target: facts})

    despatch_wrongly(secretary, damage)
    laptop.fetch()
    assert laptop.states() == {"Minutes of 29 November": "indexed", "Finance report": "refused"}
    trouble = laptop.rows()["Finance report"].trouble
    assert "could not be opened with its key" in trouble
    laptop.heard.clear()
    laptop.fetch()
    assert laptop.events(Event.PAPER_REFUSED) == [], "a check alone does not try again"
    laptop.intake.want([laptop.rows()["Finance report"].pack_id])
    until(lambda: Event.PAPER_REFUSED in laptop.events(Event.PAPER_REFUSED))
    secretary.publish(secretary.compile(whole=True))
    laptop.fetch()
    assert set(laptop.states().values()) == {"indexed"}


def test_a_file_that_spoilt_on_this_disk_is_fetched_again(secretary: Secretary, laptop: Laptop) -> None:
    """First as it is opened, by trying again; then one that is gone, by the next check."""
    admit(secretary, laptop)
    secretary.despatch()
    laptop.on_change = on(
        Event.PAPER_PROGRESSED, lambda change: laptop.intake.stop() if change.done == change.total else None
    )
    laptop.intake.check().result(LONG)
    assert laptop.intake.wait(LONG)
    laptop.close()
    laptop.on_change = lambda change: None
    for path in (laptop.home / "papers").glob("*.age"):
        path.write_bytes(path.read_bytes()[:-9] + b"123456789")
    laptop.open()
    laptop.fetch()
    assert "refused" in laptop.states().values()
    (pack_id,) = laptop.do(laptop.room.shelf.packs)  # type: ignore[union-attr]
    laptop.intake.want([pack_id])
    until(lambda: set(laptop.states().values()) == {"indexed"})
    for path in (laptop.home / "papers").glob("*.age"):
        path.unlink()
    laptop.fetch()
    assert laptop.intake.wait(LONG)
    assert set(laptop.states().values()) == {"indexed"}
    assert len(list((laptop.home / "papers").glob("*.age"))) == 2


def test_the_repository_vanishes_half_way(far_secretary: Secretary, laptop: Laptop, web: Web) -> None:
    join_by_file(far_secretary, laptop)
    far_secretary.despatch()

    def gone(handler: BaseHTTPRequestHandler) -> bool:
        if "/targets/" in handler.path and "blob" in handler.path:
            handler.send_error(404)
            return True
        return False

    web.answer = gone
    laptop.fetch()
    assert set(laptop.states().values()) <= {"wanted", "fetching"}
    assert web.address in laptop.trouble()
    assert Event.BODY_UNREACHABLE in laptop.events(Event.BODY_UNREACHABLE)
    web.answer = lambda handler: False
    laptop.fetch()
    assert set(laptop.states().values()) == {"indexed"}
    assert laptop.trouble() == ""


def test_a_folder_that_is_away_is_one_sentence_and_what_is_here_stays(secretary: Secretary, laptop: Laptop) -> None:
    admit(secretary, laptop)
    secretary.despatch()
    laptop.fetch()
    hide(secretary)
    laptop.fetch()
    assert laptop.trouble().startswith(f"The folder {secretary.folder} cannot be read")
    assert "can be read as before" in laptop.trouble()
    assert set(laptop.states().values()) == {"indexed"}


def test_two_checks_at_the_same_time_take_everything_in_once(secretary: Secretary, laptop: Laptop) -> None:
    admit(secretary, laptop)
    secretary.despatch()
    for check in [laptop.intake.check() for _ in range(4)]:
        check.result(LONG)
    assert laptop.intake.wait(LONG)
    assert set(laptop.states().values()) == {"indexed"}
    assert laptop.trouble() == ""
    assert len(laptop.events(Event.PACK_ARRIVED)) == 1
    assert len(laptop.events(Event.PAPER_ARRIVED)) == 2
    assert laptop.events(Event.BODY_UNREACHABLE, Event.PAPER_REFUSED, Event.STORE_FAILED) == []


def test_an_expired_repository_takes_nothing_in_until_it_is_renewed(secretary: Secretary, laptop: Laptop) -> None:
    admit(secretary, laptop)
    secretary.despatch()
    laptop.fetch()
    secretary.plan(_2_finance=paper("Finance corrected", 2))
    secretary.despatch()
    sign_again(secretary, datetime.now(UTC) - timedelta(days=91))
    laptop.fetch()
    assert laptop.trouble().startswith("The repository of Group Board has not been confirmed by its secretary since")
    assert laptop.found("Finance corrected") == []
    secretary.publisher().reissue()
    laptop.fetch()
    assert laptop.trouble() == ""
    assert laptop.found("Finance corrected page1")


def test_a_store_without_room_says_so_and_goes_on_when_there_is(secretary: Secretary, laptop: Laptop) -> None:
    """The database may only grow page by page: whatever cannot be kept is said, nothing is lost, and it goes on."""
    admit(secretary, laptop)
    secretary.plan(_1_minutes=paper("Minutes", 60), _2_finance=paper("Finance", 2))
    secretary.despatch()
    for more in (0, 6, 3, 3, 3, 3, 10, 10):
        laptop.do(cap, laptop, more)
        laptop.fetch()
        assert laptop.events(Event.PAPER_REFUSED) == []
    said = [change.words for change in laptop.heard if change.words]
    assert said
    assert all(words.startswith("There is no room left on the disk") for words in said)
    laptop.do(cap, laptop, 100_000)
    laptop.fetch()
    assert set(laptop.states().values()) == {"indexed"}
    assert laptop.trouble() == ""
    assert len(laptop.found("Minutes page60")) == 1


def cap(laptop: Laptop, more: int) -> None:
    """Let the database grow by so many pages, and no more."""
    assert laptop.room
    store = laptop.room.holdings.store
    (here,) = store.rows("PRAGMA page_count")
    store.rows(f"PRAGMA max_page_count = {here[0] + more}")


# ---- what is seen on the pages


def stamped(first: int, count: int, heading: str) -> bytes:
    """A paper with the pack's number at the foot of its pages, and a bold heading on each."""
    with pymupdf.open() as document:
        for number in range(count):
            page = document.new_page(width=595, height=842)
            page.insert_text((72, 120), f"{heading} {'ABCDEFGH'[number]}", fontname="hebo", fontsize=14)
            for line in range(12):
                page.insert_text((72, 150 + 14 * line), "The board heard of the work that was done.", fontsize=10.5)
            page.insert_text((290, 825), str(first + number), fontsize=10)
        return document.tobytes()


def test_contents_and_stamps_are_found_and_renumber_the_book(secretary: Secretary, laptop: Laptop) -> None:
    secretary.plan(_1_minutes=stamped(11, 3, "Minute"), _2_finance=stamped(40, 4, "Section"))
    admit(secretary, laptop)
    secretary.despatch()
    laptop.fetch()
    assert laptop.room
    habits = Habits(laptop.room.holdings)
    finance = laptop.rows()["Finance report"]
    outline = laptop.do(habits.outline, finance.sha256)
    assert outline is not None
    assert [(each.title, each.page) for each in outline.entries] == [
        (f"Section {letter}", page) for page, letter in enumerate("ABCD")
    ]
    (pack_id,) = laptop.do(laptop.room.shelf.packs)
    book = laptop.do(laptop.room.shelf.book, pack_id)
    assert book
    assert [page.label for page in book.pages] == ["11", "12", "13", "40", "41", "42", "43"]
    laptop.do(habits.put_right, pack_id, finance.paper_id, 1, "51")
    book = laptop.do(laptop.room.shelf.book, pack_id)
    assert book
    assert [page.label for page in book.pages[3:]] == ["40", "51", "52", "53"]


def test_a_paper_read_by_an_earlier_release_gets_its_contents_and_stays_found(
    secretary: Secretary, laptop: Laptop
) -> None:
    """As the migration leaves it: its text is kept, nothing is known of its structure, and it is to be read again."""
    secretary.plan(_1_minutes=stamped(1, 3, "Minute"), _2_finance=paper("Finance", 2))
    admit(secretary, laptop)
    secretary.despatch()
    laptop.fetch()
    minutes = laptop.rows()["Minutes of 29 November"]
    assert laptop.room
    store, versions = laptop.room.holdings.store, laptop.room.holdings.versions
    laptop.do(store.write, "DELETE FROM structures")
    laptop.do(versions.set_state, minutes.sha256, minutes.paper_id, "stored")
    laptop.close()
    laptop.open()
    laptop.fetch()
    assert laptop.states() == {"Minutes of 29 November": "indexed", "Finance report": "indexed"}
    outline = laptop.do(Habits(laptop.room.holdings).outline, minutes.sha256)
    assert outline is not None
    assert [each.title for each in outline.entries] == ["Minute A", "Minute B", "Minute C"]
    assert laptop.found("heard board") == [("Minutes of 29 November", page) for page in range(3)]


def test_what_papers_say_is_kept_and_read_anew_when_an_earlier_edition_read_it(
    secretary: Secretary, laptop: Laptop
) -> None:
    """As an update leaves it: everything stays searchable, and is read once more, quietly."""
    secretary.plan(_1_minutes=paper("The Board is asked to approve the plan. See", 1), _2_finance=paper("Finance", 2))
    admit(secretary, laptop)
    secretary.despatch()
    laptop.fetch()
    row = laptop.rows()["Minutes of 29 November"]
    assert laptop.room
    holdings = laptop.room.holdings

    def found() -> list[tuple[str, str, int]]:
        return [
            (each.kind, each.text, each.page)
            for each in laptop.do(holdings.findings.of, row.sha256, ["recommendation"])
        ]

    assert found() == [("recommendation", "approve the plan", 0)]
    laptop.do(holdings.store.write, "UPDATE structures SET recognised = 0")
    laptop.do(holdings.store.write, "DELETE FROM findings")
    laptop.close()
    laptop.open()
    laptop.fetch()
    assert laptop.room
    holdings = laptop.room.holdings
    assert found() == [("recommendation", "approve the plan", 0)]
