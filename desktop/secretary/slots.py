"""Files find their slots on an agenda: by the number in a name, by its words, or by what the first page says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from rapidfuzz import fuzz

from desktop.packs.pack import PaperStatus
from desktop.secretary.new_pack import Guess, guess_of
from desktop.secretary.project import DraftItem, DraftPaper, Project, with_file

_ALIKE = 82.0  # of 100; below that a person is asked
_AHEAD = 6.0  # by which the best must be better than the next, or it is a toss-up


@dataclass(frozen=True)
class Placed:
    """What came of placing files. placed: how many found a slot. left: names of files that a person has to place."""

    project: Project
    placed: int
    left: tuple[str, ...]


def place_files(project: Project, names: Iterable[str], first_lines: Mapping[str, str]) -> Placed:
    """Put files into the slots they belong to. first_lines: by name, how the first page begins, where it was read.

    A file that is on the agenda already stays where it is; none is ever put into a slot that has a file.
    """
    left: list[str] = []
    placed = 0
    for name in sorted(set(names) - project.files(), key=str.casefold):
        guess = guess_of(PurePath(name).name)
        at = _item_for(project, guess, first_lines.get(name, ""))
        if at is None:
            left.append(name)
        else:
            project = put_file(project, at, name, guess)
            placed += 1
    return Placed(project, placed, tuple(left))


def put_file(project: Project, at: int, name: str, guess: Guess | None = None) -> Project:
    """Put a file under an item: into its first empty slot, or into one of its own."""
    guess = guess or guess_of(PurePath(name).name)
    papers = project.items[at].papers
    for slot, paper in enumerate(papers):
        if not paper.file and paper.status is PaperStatus.TO_FOLLOW:
            return project.with_changed_paper(at, slot, lambda paper: with_file(paper, name))
    title = guess.title if papers else project.items[at].title
    return project.with_paper(at, with_file(DraftPaper(title, kind=guess.kind), name))


def _item_for(project: Project, guess: Guess, first: str) -> int | None:
    numbered = [at for at, item in enumerate(project.items) if guess.number and _same(item.number, guess.number)]
    if numbered:
        return numbered[0]
    open_items = [at for at, item in enumerate(project.items) if _has_room(item)]
    by_name = _best(project, open_items, guess.title)
    return by_name if by_name is not None else _best(project, open_items, first)


def _best(project: Project, among: Iterable[int], words: str) -> int | None:
    if len(words) < 3:
        return None
    marks = sorted(((_likeness(project.items[at], words), -at) for at in among), reverse=True)
    if not marks or marks[0][0] < _ALIKE or (len(marks) > 1 and marks[0][0] - marks[1][0] < _AHEAD):
        return None
    return -marks[0][1]


def _likeness(item: DraftItem, words: str) -> float:
    titles = [item.title, *(paper.title for paper in item.papers)]
    return max(fuzz.token_set_ratio(title.casefold(), words.casefold()) for title in titles)


def _has_room(item: DraftItem) -> bool:
    return not item.papers or any(not paper.file and paper.status is PaperStatus.TO_FOLLOW for paper in item.papers)


def _same(one: str, other: str) -> bool:
    """ "03" is "3", and "7.0" is not "7"."""
    return [part.lstrip("0") for part in one.split(".")] == [part.lstrip("0") for part in other.split(".")]
