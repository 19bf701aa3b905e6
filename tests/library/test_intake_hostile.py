"""Papers made to hold others up: they are opened and read beside them, and cost only their own pages, or themselves."""

from pathlib import Path

import pytest
from at_work import Secretary
from intake_making import LONG, Laptop, admit, paper, until
from pdf_papers import endless

from desktop import room
from desktop.changes import Change, Event
from desktop.pdf import spawning
from desktop.pdf.attendant import Limits
from desktop.pdf.client import PdfClient
from desktop.pdf.errors import TooSlow
from desktop.pdf.protocol import Source

ORDINARY = 6  # papers
NEVER_OPENS = "Maelstrom"
# A worker that comes to no end over a paper with this comment; nothing in the corpus does it in every MuPDF.
SLOW_AT_OPEN = f"""
import os, sys; sys.path[:] = sys.argv.pop(1).split(os.pathsep)
from desktop.pdf import document, worker
usual = document.Document.__init__
def opened(self, data):
    while {NEVER_OPENS.encode()!r} in bytes(data): pass
    usual(self, data)
document.Document.__init__ = opened
sys.exit(worker.main(sys.argv[1:]))
"""


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Patience as in the application, in small."""
    monkeypatch.setattr(room, "HASTY", Limits(open=5, text=3))
    monkeypatch.setattr(room, "PATIENT", Limits(open=10, text=4))


def plan_of(titles: list[str]) -> str:
    head = '[body]\nname = "Group Board"\n[meeting]\ndate = 2026-01-29\n'
    items = "".join(f'[[items]]\nnumber = "{n}"\ntitle = "Item {n}"\n' for n, _ in enumerate(titles))
    papers = "".join(
        f'[[papers]]\nitem = "{n}"\ntitle = "{title}"\nfile = "{n}.pdf"\n' for n, title in enumerate(titles)
    )
    return head + items + papers


def despatch(secretary: Secretary, hostile: bytes) -> None:
    """A pack whose first paper is hostile."""
    titles = ["Hostile", *(f"Ordinary {n}" for n in range(ORDINARY))]
    ordinary = {f"_{n}": paper(f"Ordinary{n}") for n in range(1, ORDINARY + 1)}
    secretary.plan(plan_of(titles), _0=hostile, **ordinary)
    secretary.despatch()


def heard_of(laptop: Laptop, event: Event) -> list[str]:
    """The titles of the papers of this event, in order."""
    ids = {row.paper_id: title for title, row in laptop.rows().items()}
    return [ids[change.paper_id] for change in laptop.heard if change.event is event]


@pytest.mark.usefixtures("hurried")
def test_a_page_that_never_ends_costs_its_own_words_and_nobodys_time(
    secretary: Secretary, laptop: Laptop, tmp_path: Path
) -> None:
    admit(secretary, laptop)
    despatch(secretary, endless(tmp_path / "endless.pdf", bad=1, pages=4).read_bytes())
    laptop.fetch()
    assert set(laptop.states().values()) == {"indexed"}
    assert heard_of(laptop, Event.PAPER_INDEXED)[-1] == "Hostile", "the others were not held up"
    assert [page for title, page in laptop.found("Page") if title == "Hostile"] == [0, 2, 3]
    assert all((f"Ordinary {n - 1}", 1) in laptop.found(f"Ordinary{n}") for n in range(1, ORDINARY + 1))


def test_a_paper_that_never_opens_is_refused_after_the_others_are_read(
    secretary: Secretary, laptop: Laptop, hurried: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until it is given up, whatever else comes is opened and read."""
    admit(secretary, laptop)
    despatch(secretary, paper("Hostile") + f"\n% {NEVER_OPENS}\n".encode())
    monkeypatch.setattr(spawning, "_START", SLOW_AT_OPEN)
    laptop.fetch()
    ends: list[Change] = [c for c in laptop.heard if c.event in (Event.PAPER_INDEXED, Event.PAPER_REFUSED)]
    # How many are read before it is given up is for the machine to say; the first does not wait for it.
    assert ends[0].event is Event.PAPER_INDEXED
    refused = [change for change in ends if change.event is Event.PAPER_REFUSED]
    assert len(refused) == 1
    assert "took too long and was given up" in refused[0].words
    assert laptop.states() == {"Hostile": "refused"} | {f"Ordinary {n}": "indexed" for n in range(ORDINARY)}


@pytest.mark.usefixtures("hurried")
def test_a_hostile_paper_does_not_hold_up_locking(secretary: Secretary, laptop: Laptop, tmp_path: Path) -> None:
    """Locked while it is read beside the others: it goes on next time, and nothing of it was called read."""
    admit(secretary, laptop)
    despatch(secretary, endless(tmp_path / "endless.pdf", pages=2).read_bytes())
    laptop.intake.check().result(LONG)
    until(lambda: len(laptop.events(Event.PAPER_INDEXED)) >= ORDINARY)
    laptop.close()
    laptop.open()
    laptop.fetch()
    assert set(laptop.states().values()) == {"indexed"}
    assert [page for title, page in laptop.found("Page") if title == "Hostile"] == [1]


def test_a_batch_ends_with_the_first_page_that_holds_others_up(tmp_path: Path) -> None:
    """The pages behind it are not tried one by one, each as long as the first."""
    client = PdfClient("tests", limits=Limits(text=1))
    try:
        client.open(Source("e", endless(tmp_path / "endless.pdf", bad=1, pages=4))).result(LONG)
        with pytest.raises(TooSlow, match=r"^Page 2 of"):
            client.texts("e", 0, 3, together=True).result(LONG)
        assert [text.text for text in client.texts("e", 2, 3, together=True).result(LONG)] == ["Page 3", "Page 4"]
    finally:
        client.shut_down()
