"""A member's computer that will be killed: it fetches, reads in and writes notes, and tells each note that is safe.

python killed.py HOME: the store's key comes as hex on standard input; lines like "kept ID" go out.
"""

import random
import sys
import threading
from pathlib import Path

from desktop.annotations.anchor import Anchor
from desktop.annotations.notebook import Notebook
from desktop.annotations.saver import Notes
from desktop.changes import Changes
from desktop.hardening import harden
from desktop.jobs import Lane
from desktop.packs.pack import Pack, Paper
from desktop.pdf.client import PdfClient
from desktop.reader.history import Place
from desktop.room import Room


def main(home: Path, key: bytes) -> None:
    """Work until killed."""
    harden()
    store = Lane("store")
    room = store.do(Room, home, key, Changes(), store, PdfClient("sight")).result()
    say("ready")
    room.begin()
    packs: dict[str, Pack] = {}
    while not packs:
        packs = store.do(room.shelf.packs).result()
    pack = next(iter(packs.values()))
    notes = Notes(store, room.holdings.annotations, room.holdings.bookmarks, room.changes)
    annotate(room, notes, notes.open(pack.id).result(), pack)


def annotate(room: Room, notes: Notes, notebook: Notebook, pack: Pack) -> None:
    """Notes without end; one in seven or so is taken out again."""
    paper, pause, kept = pack.papers[0], threading.Event(), []
    while True:
        mark = notebook.add_note(anchor_on(paper), f"what of it? {len(kept)}", "question")
        if notes.saver.flush(30):
            say(f"kept {mark.id}")
            kept.append(mark.id)
        if kept and random.random() < 0.15:
            gone = kept.pop(random.randrange(len(kept)))
            say(f"removing {gone}")
            notebook.remove(gone)
            if notes.saver.flush(30):
                say(f"gone {gone}")
        room.store.do(room.save_place, pack.id, Place(paper.id, 0, 0.0, float(len(kept)), 1.0, "")).result()
        pause.wait(0.01)


def anchor_on(paper: Paper) -> Anchor:
    """A whole page."""
    return Anchor(paper.id, paper.sha256, 0, "1")


def say(words: str) -> None:
    """On the pipe, at once: only what was told counts."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), bytes.fromhex(sys.stdin.readline()))
