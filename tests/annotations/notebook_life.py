"""A notebook at work in a process of its own that will be killed: any actions, undo and redo among them, and everything
that is shown, and shown as saved, told at once.

python notebook_life.py HOME: the store's key as hex and a seed come as a line each on standard input.
"""

import json
import os
import random
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from test_notebook import ANCHOR, Bench, make_bench

from db.annotations import Bookmarks
from desktop.annotations.entries import COLOURS, KINDS, PASSAGE_KINDS, QUESTION, Annotation, Asking, Bookmark, Entry
from desktop.annotations.notebook import Notebook
from desktop.annotations.shapes import boxed
from desktop.hardening import harden

WORDS = ("", "Why?", "“£3m”\nof what?", "Ask once more")
MOST = 30  # entries: what is told of them is read by who kills


def told(entries: list[Entry]) -> dict[str, str]:
    """Every entry as the store keeps it, by id."""
    return {entry.id: json.dumps(asdict(entry.to_record()), sort_keys=True) for entry in entries}


def stored(bench: Bench) -> dict[str, str]:
    """The same of what lies in the store."""
    rows = bench.lane.do(Bookmarks(bench.store).of_pack, bench.open().pack_id).result(30)
    return told([*bench.stored(), *map(Bookmark.from_record, rows)])


def say(what: str, book: Notebook) -> None:
    """On the pipe, at once, before anything else is done."""
    line = json.dumps([what, told([*book.annotations, *book.bookmarks])]) + "\n"
    data = line.encode()
    while data:
        data = data[os.write(1, data) :]


class Life:
    """Acts as chance says."""

    def __init__(self, book: Notebook, chance: random.Random) -> None:
        self.book, self.chance = book, chance
        self.acts: tuple[Callable[[], object], ...] = (
            self.mark, self.mark, self.bookmark, self.change, self.move, self.ask, self.rename, self.delete,
            self.share, book.undo, book.undo, book.redo, book.settle,
        )  # fmt: skip

    def go_on(self) -> None:
        """One more thing; and sometimes wait until all of it is saved, which is then shown."""
        if len(self.book.annotations) + len(self.book.bookmarks) > MOST:
            self.delete()
        self.chance.choice(self.acts)()
        if self.chance.random() < 0.3 and self.book.flush(30):
            say("saved", self.book)

    def mark(self) -> None:
        kind = self.chance.choice(KINDS)
        corner = 90.0, 60.0 + self.chance.randint(9, 300)
        shape = None if kind in (*PASSAGE_KINDS, QUESTION) else boxed((50.0, 60.0), corner)
        self.book.add(ANCHOR, kind, self.chance.choice(COLOURS), self.chance.choice(WORDS), shape)

    def bookmark(self) -> None:
        self.book.add_bookmark(ANCHOR.paper_id, ANCHOR.sha256, 0, float(self.chance.randint(0, 800)), "A place")

    def change(self) -> None:
        if mark := self.one():
            self.book.change(mark.id, self.chance.choice(WORDS), self.chance.choice(COLOURS))

    def move(self) -> None:
        if (mark := self.one()) and mark.shape:
            self.book.reshape(mark.id, mark.anchor, mark.shape.moved(5.0, float(self.chance.randint(-50, 50))))

    def ask(self) -> None:
        if (mark := self.one()) and mark.asking:
            self.book.change_asking(mark.id, Asking("10", "Finance", self.chance.random() < 0.5))
            self.book.answer(mark.id, self.chance.choice(WORDS))

    def rename(self) -> None:
        if self.book.bookmarks:
            name = f"Place {self.chance.randint(1, 99)}"
            self.book.rename_bookmark(self.chance.choice(self.book.bookmarks).id, name)

    def share(self) -> None:
        """Several in one step, and in one go."""
        marks = self.chance.sample(self.book.annotations, min(3, len(self.book.annotations)))
        self.book.share([mark.id for mark in marks], self.chance.choice(((), ("1" * 16,))))

    def delete(self) -> None:
        entries: list[Entry] = [*self.book.annotations, *self.book.bookmarks]
        if entries:
            self.book.remove(self.chance.choice(entries).id)

    def one(self) -> Annotation | None:
        return self.chance.choice(self.book.annotations) if self.book.annotations else None


def main(home: Path, key: bytes, seed: int) -> None:
    """Work until killed."""
    harden()
    bench = make_bench(home, key)
    book = bench.open()
    say("saved", book)
    book.listen(lambda _entry: say("shown", book))  # a notebook tells who shows it before it saves
    life = Life(book, random.Random(seed))
    while True:
        life.go_on()


if __name__ == "__main__":
    main(Path(sys.argv[1]), bytes.fromhex(sys.stdin.readline()), int(sys.stdin.readline()))
