"""A reading day: shelf, pack, pages, marks, finds, panes, and the places beside."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt

from desktop.sample import SAMPLE_PASSPHRASE
from desktop.tour.drawing import drawing
from desktop.tour.handling import handling
from desktop.tour.referring import referring
from desktop.tour.sheet import coming_and_going, meeting_sheet
from desktop.tour.texting import keys, texting
from desktop.tour.walk import CONTROL, NONE, SHIFT, SIZE, Walk, go_to, open_home, retype, select_words
from desktop.ui.reader_screen import ReaderScreen
from desktop.ui.shelf import ShelfScreen
from desktop.ui.window import Screen


def reading(sample: Path, folder: Path, look: str) -> Iterator[Path]:
    """The sample's member: shelf, pack, pages, marks, searches, settings, help."""
    home = sample.with_name(f"member-{look}")
    shutil.copytree(sample, home, ignore=shutil.ignore_patterns("secretary", "repository"))
    call_scans(home)
    walk = open_home(home, folder, look, SAMPLE_PASSPHRASE)
    walk.wait(walk.shows(Screen.SHELF), "the shelf")
    shelf = walk.app.window.screen_of(Screen.SHELF)
    assert isinstance(shelf, ShelfScreen)
    walk.wait(shelf.rows, "the packs")
    yield walk.take("10-shelf")
    shelf.rows()[0].setFocus()
    walk.key(Qt.Key.Key_Return)
    walk.wait(walk.shows(Screen.READER), "the reader")
    reader = walk.app.window.screen_of(Screen.READER)
    assert isinstance(reader, ReaderScreen)
    yield walk.take("11-reader")
    yield from marking(walk, reader)
    yield from drawing(walk, reader)
    yield from searching(walk)
    yield from finding_the_way(walk, reader)
    yield from looking(walk)
    yield from handling(walk, reader)
    yield from referring(walk, reader)
    yield from in_two_panes(walk, reader)
    yield from texting(walk, reader)
    yield from meeting_sheet(walk, reader)
    yield from coming_and_going(walk, reader)
    walk.key(Qt.Key.Key_K, CONTROL)
    walk.type("finence")
    yield walk.take("19-quick-open")
    walk.key(Qt.Key.Key_Escape)
    walk.key(Qt.Key.Key_Comma, CONTROL)
    yield walk.take("20-settings")
    walk.key(Qt.Key.Key_Escape)
    walk.key(Qt.Key.Key_F1)
    yield walk.take("21-help")
    walk.key(Qt.Key.Key_Escape)
    yield from keys(walk)
    walk.app.window.resize(800, 600)
    yield walk.take("22-small-window")
    walk.end()


def call_scans(home: Path) -> None:
    """The sample board scans nothing: two pages of item 10 are called scans, to see what is said of such pages."""
    from desktop.library.holdings import Holdings
    from desktop.packs.index import kept_pack
    from desktop.vault import Vault

    holdings = Holdings.open(home, Vault(home).open_with_passphrase(SAMPLE_PASSPHRASE))
    try:
        newest = kept_pack(holdings.packs.all()[0].index)
        paper = next(paper for paper in newest.papers if paper.item == "10" and paper.sha256)
        holdings.versions.put_legible(paper.sha256, {1: "none", 2: "none"})
    finally:
        holdings.store.close()


def marking(walk: Walk, reader: ReaderScreen) -> Iterator[Path]:
    go_to(walk, "item 10 p2")
    select_words(walk, reader, 0.30)
    yield walk.take("12-selection")
    walk.key(Qt.Key.Key_2)
    select_words(walk, reader, 0.55)
    walk.key(Qt.Key.Key_N)
    walk.type("What would bring this back to plan by March, and who has agreed to it?")
    yield walk.take("13-note")
    walk.key(Qt.Key.Key_Escape)
    walk.key(Qt.Key.Key_D, CONTROL)
    walk.key(Qt.Key.Key_M, CONTROL)
    yield walk.take("14-notes-panel")
    walk.key(Qt.Key.Key_Escape)
    go_to(walk, "item 19")
    yield walk.take("15-not-sent-to-me")


def looking(walk: Walk) -> Iterator[Path]:
    """The ways to look at pages: each by its key."""
    go_to(walk, "item 9 p2")
    for name, key, modifiers in (
        ("24-two-pages", Qt.Key.Key_8, CONTROL),
        ("25-one-page-whole", Qt.Key.Key_6, CONTROL),
        ("26-fit-text", Qt.Key.Key_3, CONTROL),
        ("27-turned", Qt.Key.Key_R, NONE),
        ("28-dark-pages", Qt.Key.Key_I, NONE),
        ("29-full-screen", Qt.Key.Key_F11, NONE),
    ):
        if name.startswith("25"):
            walk.key(Qt.Key.Key_9, CONTROL)
        if name.startswith("28"):
            walk.key(Qt.Key.Key_R, SHIFT)
        walk.key(key, modifiers)
        yield walk.take(name)
    walk.key(Qt.Key.Key_Escape)
    walk.key(Qt.Key.Key_I)
    walk.key(Qt.Key.Key_7, CONTROL)
    walk.key(Qt.Key.Key_0, CONTROL)


def finding_the_way(walk: Walk, reader: ReaderScreen) -> Iterator[Path]:
    """Agenda, contents, small pictures, and what a number may mean."""
    walk.key(Qt.Key.Key_Escape)
    go_to(walk, "item 8 p2")
    yield walk.take("30-agenda")
    walk.press(reader.spine.decisions.accessibleName())
    yield walk.take("31-decisions-only")
    walk.press(reader.spine.decisions.accessibleName())
    walk.key(Qt.Key.Key_T, CONTROL)
    yield walk.take("32-contents")
    walk.key(Qt.Key.Key_T, CONTROL | SHIFT)
    yield walk.take("33-small-pictures")
    walk.key(Qt.Key.Key_Escape)
    walk.key(Qt.Key.Key_G, CONTROL)
    walk.type("12")
    yield walk.take("34-what-a-number-may-mean")
    walk.key(Qt.Key.Key_Escape)
    walk.key(Qt.Key.Key_G, CONTROL | SHIFT)
    yield walk.take("35-printed-as")
    walk.key(Qt.Key.Key_Escape)


def searching(walk: Walk) -> Iterator[Path]:
    walk.key(Qt.Key.Key_F, CONTROL)
    walk.type("agency")
    yield walk.take("16-find-in-this-pack")
    walk.key(Qt.Key.Key_Return)
    walk.key(Qt.Key.Key_F3)
    yield walk.take("17-found")
    retype(walk, "agancy")
    yield walk.take("17a-did-you-mean")
    retype(walk, "agreed")
    walk.key(Qt.Key.Key_F, CONTROL | SHIFT)
    yield walk.take("18-search-all-packs-and-my-notes")
    walk.press("Filters")
    yield walk.take("18a-search-filters")
    walk.press("Filters")
    walk.key(Qt.Key.Key_Escape)
    walk.key(Qt.Key.Key_Escape)
    go_to(walk, "item 10 p2")
    yield walk.take("18b-a-scanned-page")


def in_two_panes(walk: Walk, reader: ReaderScreen) -> Iterator[Path]:
    """Two papers, links opening in the other pane, another pack beside, and the panes above each other."""
    go_to(walk, "item 10 p2")
    walk.key(Qt.Key.Key_F8)
    go_to(walk, "item 3")
    yield walk.take("36-two-panes")
    reader.split.use(reader.split.panes[0])
    walk.key(Qt.Key.Key_F8, CONTROL)
    walk.key(Qt.Key.Key_F, CONTROL | SHIFT)
    walk.type("agency staff")
    walk.wait(lambda: reader.search.list.rows, "finds")
    walk.rest()
    rows = [row.key for row in reader.search.list.rows if reader.pane.pack and reader.pane.pack.id not in row.key]
    reader.search.list.put_cursor(rows[0])
    reader.search.list.setFocus()
    walk.key(Qt.Key.Key_Return, CONTROL)
    yield walk.take("37-two-packs-and-links-beside")
    walk.key(Qt.Key.Key_Escape)
    walk.app.window.resize(760, 900)
    yield walk.take("38-panes-above-each-other")
    walk.app.window.resize(*SIZE)
    walk.key(Qt.Key.Key_F8)
