"""Notes that were there before: a corrected paper comes by the repository, and they follow it by themselves."""

import pymupdf
from at_work import Secretary
from intake_making import Laptop, admit, until

from desktop.annotations.anchor import Anchor
from desktop.annotations.carriage import CHANGED, EXACT, ORPHAN
from desktop.annotations.notebook import Notebook
from desktop.annotations.saver import Notes
from desktop.annotations.text import PaperText, VersionPage, spelled
from desktop.changes import Event
from desktop.packs.pack import Paper

ALIKE = "The committee thanked everybody who had prepared the papers for the meeting of the board."
FIRST = (
    ALIKE,
    "Cash stood at four million pounds at the end of the month, which is a million below the plan.",
    "Agency spending fell for the third month in a row and is now below the ceiling set in April.",
    "The trust expects to break even by the end of the year if the winter is no worse than the last.",
)
SECOND = (
    "A new paragraph stands first, so that everything after it has moved down the page by a line.",
    ALIKE,
    FIRST[1].replace("four million", "three million"),
    FIRST[3],
)
PASSAGES = {FIRST[1]: CHANGED, FIRST[2]: ORPHAN, FIRST[3]: EXACT}


def paper_of(lines: tuple[str, ...]) -> bytes:
    with pymupdf.open() as document:
        page = document.new_page()
        for number, line in enumerate(lines):
            page.insert_text((50, 100 + 30 * number), line, fontsize=10)
        return document.tobytes()


def test_notes_follow_a_correction_that_comes_through_the_repository(secretary: Secretary, laptop: Laptop) -> None:
    secretary.plan(_2_finance=paper_of(FIRST))
    secretary.despatch()
    admit(secretary, laptop)
    laptop.fetch()
    notebook = open_notebook(laptop)
    before = finance(laptop)
    for passage in PASSAGES:
        notebook.add_note(anchor(laptop, before, passage), f"Of {passage[:20]}", "risk")
    assert notebook.flush(10)

    secretary.plan(_2_finance=paper_of(SECOND))
    secretary.despatch()
    laptop.fetch()
    until(lambda: laptop.events(Event.NOTES_CARRIED))
    now = finance(laptop)
    assert now.sha256 != before.sha256
    assert now.id == before.id
    carried = open_notebook(laptop).annotations
    assert {mark.words: mark.carriage.state for mark in carried} == {
        f"Of {passage[:20]}": state for passage, state in PASSAGES.items()
    }
    assert [mark.anchor.sha256 == now.sha256 for mark in carried] == [True, False, True]
    assert "three million" in carried[0].anchor.exact
    laptop.close()
    laptop.open()
    assert [mark.carriage.state for mark in open_notebook(laptop).annotations] == list(PASSAGES.values())


def open_notebook(laptop: Laptop) -> Notebook:
    assert laptop.room
    held = laptop.room.holdings
    notes = Notes(laptop.room.store, held.annotations, held.bookmarks, laptop.room.changes)
    (pack_id,) = laptop.do(laptop.room.shelf.packs)
    return notes.open(pack_id).result(10)


def finance(laptop: Laptop) -> Paper:
    assert laptop.room
    (pack,) = laptop.do(laptop.room.shelf.packs).values()
    return next(paper for paper in pack.papers if paper.title == "Finance report")


def anchor(laptop: Laptop, paper: Paper, passage: str) -> Anchor:
    """Of these words, as a selection in the reader makes it."""
    assert laptop.room
    held = laptop.room.holdings
    pages = laptop.do(held.versions.pages, paper.sha256)
    text = PaperText([VersionPage(laptop.do(held.versions.words, paper.sha256, p.index), p.height) for p in pages])
    first, end = text.find("".join(spelled(passage)))[0]
    return text.anchor(Anchor(paper.id, paper.sha256, 0, ""), paper.id, paper.sha256, first, end)
