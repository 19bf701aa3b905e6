"""The part of the tour after a paper was corrected: what became of the notes, the review list, what changed."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from desktop.annotations.anchor import Anchor
from desktop.annotations.entries import HIGHLIGHT, NOTE, Annotation, new_id, time_now
from desktop.annotations.text import PaperText, VersionPage, spelled
from desktop.library.earlier import EarlierVersions
from desktop.library.holdings import Holdings
from desktop.sample import SAMPLE_PASSPHRASE
from desktop.tour.walk import CONTROL, Walk, open_home
from desktop.ui.reader_screen import ReaderScreen
from desktop.ui.shelf import ShelfScreen
from desktop.ui.window import Screen
from desktop.vault import Vault

FINANCE = "Finance report"
PASSAGES = (
    ("December was in surplus by £0.4m", "What made December better?"),
    ("Efficiency of £21.9m has been delivered against £22.4m planned", "Nearly all of it"),
    ("The over-delivery of £2.1m on vacancy control makes good most of the shortfall", "Is this lasting?"),
    ("raised its opinion from limited to reasonable", ""),
)


def after_a_correction(sample: Path, folder: Path, look: str) -> Iterator[Path]:
    """A member had written on the finance report before it was corrected."""
    home = sample.with_name(f"corrected-{look}")
    shutil.copytree(sample, home, ignore=shutil.ignore_patterns("secretary", "repository"))
    write_on_first_edition(home)
    walk = open_home(home, folder, look, SAMPLE_PASSPHRASE)
    yield from _look_round(walk)
    walk.end()


def write_on_first_edition(home: Path) -> None:
    """Notes on the finance report as it was first sent, put into the store of a sample home that nobody has open."""
    holdings = Holdings.open(home, Vault(home).open_with_passphrase(SAMPLE_PASSPHRASE))
    try:
        pack = next(each for each in holdings.packs.all() if each.edition == 2)
        found = EarlierVersions(holdings).of_pack(pack.id)
        earlier = max(found, key=lambda each: len(holdings.versions.pages(each.sha256)))
        pages = holdings.versions.pages(earlier.sha256)
        words = [VersionPage(holdings.versions.words(earlier.sha256, page.index), page.height) for page in pages]
        text = PaperText(words)
        for passage, own in PASSAGES:
            holdings.annotations.put(_mark(text, pack.id, earlier.paper_id, earlier.sha256, passage, own).to_record())
    finally:
        holdings.store.close()


def _mark(text: PaperText, pack_id: str, paper_id: str, version: str, passage: str, own: str) -> Annotation:
    first, end = text.find("".join(spelled(passage)))[0]
    anchor = text.anchor(Anchor(paper_id, version, 0, ""), paper_id, version, first, end)
    now = time_now()
    return Annotation(new_id(), pack_id, anchor, NOTE if own else HIGHLIGHT, "question", own, now, now)


def _look_round(walk: Walk) -> Iterator[Path]:
    walk.wait(walk.shows(Screen.SHELF), "the shelf")
    shelf = walk.app.window.screen_of(Screen.SHELF)
    assert isinstance(shelf, ShelfScreen)
    walk.wait(shelf.rows, "the packs")
    shelf.rows()[0].setFocus()
    walk.key(Qt.Key.Key_Return)
    walk.wait(walk.shows(Screen.READER), "the reader")
    reader = walk.app.window.screen_of(Screen.READER)
    assert isinstance(reader, ReaderScreen)
    notices = walk.app.window.notices
    walk.wait(lambda: any("The papers have changed" in said for said in notices.sentences()), "the notes to follow")
    yield walk.take("60-notes-carried")
    walk.press("Look at them")
    walk.wait(lambda: reader.carried.side_by_side.panes, "both versions")
    notices.clear()
    yield walk.take("61-review-list")
    walk.key(Qt.Key.Key_Down)
    yield walk.take("62-review-next")
    walk.key(Qt.Key.Key_Escape)
    walk.key(Qt.Key.Key_M, CONTROL)
    yield walk.take("63-notes-with-states")
    yield from _what_changed(walk, reader)


def _what_changed(walk: Walk, reader: ReaderScreen) -> Iterator[Path]:
    row = next(row for row in reader.spine.list.rows if FINANCE in row.spoken)
    reader.spine.list.put_cursor(row.key)
    reader.spine.menu_asked.emit(row.key, reader.mapToGlobal(reader.rect().center()))
    menu = next(menu for menu in reader.spine.findChildren(QMenu) if menu.isVisible())
    yield walk.take("64-agenda-menu")
    next(action for action in menu.actions() if action.text().startswith("What changed")).trigger()
    menu.close()
    walk.wait(lambda: reader.carried.changes.panel.list.rows, "the changes")
    yield walk.take("65-what-changed")
    walk.key(Qt.Key.Key_Down)
    walk.key(Qt.Key.Key_Down)
    yield walk.take("66-what-changed-next")
