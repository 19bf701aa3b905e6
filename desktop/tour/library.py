"""The part of the tour that goes round the library: two organisations, a journey, a pack put away, a body left."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMenu

from db.store import Store
from desktop.pdf.client import PdfClient
from desktop.sample import SAMPLE_PASSPHRASE
from desktop.tour.walk import Walk, open_home
from desktop.ui.panels.shelf_rows import BodyHead
from desktop.ui.shelf import ShelfScreen
from desktop.ui.window import Screen

_BODY, _ORGANISATION = "Charity Trustees", "Calder Vale Hospitals Charity"
_PLAN = f"""
[body]
name = "{_BODY}"
[meeting]
date = 2026-02-12
starts = "10:00"
place = "The Chapel, Calder Vale Hospital"
session = "public"
[[items]]
number = "1"
title = "Minutes of the meeting of November"
purpose = "decision"
[[items]]
number = "2"
title = "Grants for 2026/27"
purpose = "decision"
[[items]]
number = "3"
title = "Report of the auditors"
[[papers]]
item = "1"
title = "Minutes of the meeting of November"
file = "1.pdf"
kind = "minutes"
[[papers]]
item = "2"
title = "Grants for 2026/27: what is asked of the trustees"
file = "2.pdf"
kind = "report"
[[papers]]
item = "3"
title = "Report of the auditors"
kind = "report"
status = "to follow"
"""


class Charity:
    """Another organisation with a secretary of its own."""

    def __init__(self, folder: Path) -> None:
        from desktop.secretary.new_body import new_body
        from desktop.secretary.registry import Registry

        self.repository, self._papers = folder / "repository", folder / "papers"
        self._store = Store.open(folder / "secretary", bytes(32))
        self._registry = Registry(self._store)
        self._office = new_body(self._registry, _BODY, _ORGANISATION, self.repository)

    def invite(self, member: str) -> bytes:
        """An invitation."""
        from desktop.secretary import roster

        return roster.invite(self._registry, self._office, member).to_bytes()

    def despatch(self) -> None:
        """Admit whoever asked, and send the pack."""
        from desktop.packs.packfile import open_packfile
        from desktop.secretary import roster
        from desktop.secretary.compile import compile_pack
        from desktop.secretary.places import open_place
        from desktop.secretary.publish import Publisher, open_edition

        roster.admit(self._registry, self._office, roster.take_requests(self._registry, self._office).entries)
        self._papers.mkdir()
        (self._papers / "pack.toml").write_text(_PLAN, "utf-8")
        out, pdf = self._papers / "pack.despatch-pack", PdfClient("charity")
        try:
            for number, words in (("1", "Minutes of the meeting of November"), ("2", "Grants for 2026/27")):
                made = pdf.typeset(f"<h1>{words}</h1>", "").result()
                (self._papers / f"{number}.pdf").write_bytes(made)
            compile_pack(self._registry, self._papers, out, pdf)
        finally:
            pdf.shut_down()
        office, edition = open_edition(self._registry, open_packfile(out))
        place = open_place(self._registry, office.repository)
        Publisher(self._registry, office, place).publish(open_packfile(out), edition)

    def close(self) -> None:
        """Let the secretary's store go."""
        self._store.close()


def library(sample: Path, folder: Path, look: str) -> Iterator[Path]:
    """The sample's member joins a second organisation."""
    home, other = sample.with_name(f"trustee-{look}"), sample.with_name(f"charity-{look}")
    shutil.copytree(sample, home, ignore=shutil.ignore_patterns("secretary", "repository"))
    other.mkdir()
    walk = open_home(home, folder, look, SAMPLE_PASSPHRASE)
    walk.wait(walk.shows(Screen.SHELF), "the shelf")
    yield from _go_round(walk, other)
    walk.end()


def _go_round(walk: Walk, folder: Path) -> Iterator[Path]:
    """From the shelf of the sample's member. folder: an empty one for the other secretary."""
    charity = Charity(folder)
    try:
        yield from _join(walk, charity, folder / "charity.despatch")
    finally:
        charity.close()
    yield from _travel(walk)
    yield from _put_away(walk)
    yield from _leave(walk)


def _shelf(walk: Walk) -> ShelfScreen:
    shelf = walk.app.window.screen_of(Screen.SHELF)
    assert isinstance(shelf, ShelfScreen)
    return shelf


def _join(walk: Walk, charity: Charity, invitation: Path) -> Iterator[Path]:
    invitation.write_bytes(charity.invite("Colin Westerby"))
    walk.app.open_file(str(invitation))
    walk.wait(walk.shows(Screen.WELCOME), "who is asking")
    walk.fields()[0].setFocus()
    walk.type("Colin Westerby")
    walk.press("Ask to be admitted")
    walk.wait(lambda: walk.is_in_sight("Go to the shelf"), "the five words")
    walk.press("Go to the shelf")
    charity.despatch()
    walk.wait(lambda: walk.is_in_sight("Check for new packs"), "an end to checking")
    walk.press("Check for new packs")
    walk.wait(lambda: any(row.pack.meeting.held_on.month == 2 for row in _shelf(walk).rows()), "the other pack")
    yield walk.take("30-two-organisations")


def _travel(walk: Walk) -> Iterator[Path]:
    walk.wait(lambda: walk.is_in_sight("Complete for travel"), "everything to be here")
    walk.press("Complete for travel")
    yield walk.take("31-complete-for-travel")
    walk.key(Qt.Key.Key_Escape)
    assert walk.app.reading is not None
    held = walk.app.reading.room.holdings
    files = sorted((held.folder / "papers").glob("*.age"), key=lambda file: file.stat().st_size)
    for file in files[-3:]:
        file.unlink()
    walk.app.reading.shelving.refresh()
    walk.wait(lambda: "missing" in walk.app.window.status.travel.text(), "something to be missing")
    yield walk.take("32-not-complete")
    walk.app.window.status.travel.click()
    yield walk.take("33-missing")
    walk.press("Fetch now")
    walk.wait(lambda: walk.is_in_sight("Complete for travel"), "everything to be here again")
    walk.key(Qt.Key.Key_Escape)


def _put_away(walk: Walk) -> Iterator[Path]:
    row = next(row for row in _shelf(walk).rows() if row.pack.meeting.held_on.month == 9)
    menu = row.make_menu()
    _choose(menu, "Remove papers")
    walk.wait(lambda: walk.is_in_sight(f"Fetch {row.pack.title} again"), "the papers to be gone")
    yield walk.take("34-put-away")


def _leave(walk: Walk) -> Iterator[Path]:
    head = next(head for head in walk.window.findChildren(BodyHead) if head.name.text() == _BODY)
    _choose(head.make_menu(), "Leave")
    walk.wait(lambda: walk.window.findChildren(QDialog), "the question")
    question = walk.window.findChildren(QDialog)[0]
    path = walk.folder / "35-leaving.png"
    walk.rest()
    question.grab().save(str(path))
    yield path
    question.accept()
    walk.wait(lambda: any("Nothing of" in words for words in walk.app.window.notices.sentences()), "the body to go")
    yield walk.take("36-left")


def _choose(menu: QMenu, words: str) -> None:
    next(action for action in menu.actions() if action.text().startswith(words)).trigger()
    menu.close()
