"""A real process that makes sense of papers: what it finds, what it cannot reach, and what becomes of it."""

import itertools
import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from desktop.library.structuring import structured
from desktop.papers.outline import Outline
from desktop.papers.scholar import Scholar
from desktop.papers.understanding import ReadPaper, understand
from desktop.pdf import styles, words
from desktop.pdf.errors import Damaged
from desktop.pdf.protocol import Facts, PageSize, PageText

NAMED = ((1, "Introduction", 0), (1, "Money", 1))


@pytest.fixture
def scholar() -> Iterator[Scholar]:
    scholar = Scholar("test")
    yield scholar
    scholar.shut_down()


def page(number: int) -> PageText:
    """A heading in bold, five lines of text, and the page's number at the foot."""
    said = [
        f"{number + 1}. Part {'ABCDEFGH'[number]}",
        *("The board noted the report and asked for more." for _ in range(5)),
    ]
    said.append(str(number + 1))
    rows, lines = [], []
    for place, line in enumerate(said):
        top = 810.0 if place == len(said) - 1 else 100.0 + 20 * place
        size = 16.0 if place == 0 else 10.0
        lines.append((place, 0, size, place == 0))
        rows += [
            (72.0 + 40 * at, top, 108.0 + 40 * at, top + size, word, place, 0) for at, word in enumerate(line.split())
        ]
    return PageText(number, words.pack(rows), "\n".join(said), styles.lay(lines))


def paper(pages: int) -> ReadPaper:
    return ReadPaper([page(number) for number in range(pages)], [(595.0, 842.0)] * pages, ())


def test_it_finds_what_would_be_found_here(scholar: Scholar) -> None:
    found = scholar.study(paper(6))
    assert [entry.title for entry in found.outline.entries][:2] == ["1. Part A", "2. Part B"]
    assert found.stamps == ((1, 2, 3, 4, 5, 6),)
    assert found == understand(paper(6))
    assert scholar.study(paper(2)).stamps == ((1, 2),), "it is asked again"


def test_it_gives_up_what_the_reader_of_pdfs_gives_up(scholar: Scholar) -> None:
    if sys.platform != "linux":
        pytest.skip("Linux's layers")
    scholar.study(paper(1))
    assert set(scholar.sandbox_report) == {"no core dump", "landlock", "limits", "seccomp"}
    assert scholar.sandbox_report["limits"].startswith("on")


def test_words_that_are_none_are_refused_and_the_next_paper_is_understood(scholar: Scholar) -> None:
    good = page(0)
    with pytest.raises(Damaged):
        scholar.study(ReadPaper([PageText(0, good.words, "", b"no lines")], [(595.0, 842.0)], ()))
    assert scholar.study(paper(2)).stamps == ((1, 2),)


@pytest.mark.skipif(os.name == "nt", reason="sends a Unix signal")
def test_a_paper_that_ends_the_process_keeps_the_contents_its_file_names(scholar: Scholar) -> None:
    """Its own contents are all that is known; the paper after it is understood."""
    killing = _Killing(scholar)
    facts = Facts("v", "", "", (PageSize(595, 842),) * 2, (), NAMED)
    with killing:
        found = structured(facts, [page(0), page(1)], scholar).structure
    assert [entry.title for entry in Outline.from_text(found.outline).entries] == ["Introduction", "Money"]
    assert found.stamps == "[]"
    assert scholar.study(paper(2)).stamps == ((1, 2),)


def test_whoever_waits_is_told_when_the_room_is_locked() -> None:
    scholar = Scholar("test")
    told: list[BaseException] = []

    def study() -> None:
        for _ in itertools.count():
            try:
                scholar.study(paper(8))
            except CancelledError as error:
                told.append(error)
                return

    asking = threading.Thread(target=study)
    asking.start()
    scholar.shut_down()
    asking.join(30)
    assert len(told) == 1
    with pytest.raises(CancelledError):
        scholar.study(paper(1))


class _Killing:
    """Ends the process while it has a paper in hand: it is stopped first, so that it cannot be quicker."""

    def __init__(self, scholar: Scholar) -> None:
        before = _children()
        scholar.study(paper(1))
        (self._pid,) = _children() - before

    def __enter__(self) -> None:
        os.kill(self._pid, signal.SIGSTOP)
        self._later = threading.Timer(0.2, os.kill, (self._pid, signal.SIGKILL))
        self._later.start()

    def __exit__(self, *_: object) -> None:
        self._later.join()


def _children() -> set[int]:
    if not Path("/proc/self/stat").exists():
        pytest.skip("needs /proc")
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                after_name = (entry / "stat").read_text().rpartition(")")[2]
            except OSError:  # it ended meanwhile
                continue
            if int(after_name.split()[1]) == os.getpid():
                found.add(int(entry.name))
    return found
