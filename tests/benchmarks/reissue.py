"""A corrected edition arrives: where the notes of the first come to stand in it. The seeds here were never tuned on."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from desktop.annotations.carriage import CHECK, ORPHAN
from desktop.annotations.carrying import Carrying
from desktop.annotations.entries import Annotation
from tests.benchmarks.figures import Figure, Mark, of
from tests.benchmarks.real_pairs import as_it_stands, set_anew
from tests.benchmarks.reissues import Note, Reissue, reexport, reissue, sample_papers
from tests.benchmarks.retypesetting import set_by_mupdf, set_by_qt, writers
from tests.benchmarks.surroundings import Stopwatch
from tests.benchmarks.typesetting import OTHER_EXPORT, WORD_PROCESSOR

HELD_OUT = tuple(range(7001, 7007))  # seeds; the way notes are carried was thought out on others
_ALIKE = 0.7  # part of the words lit, and of those that should be, that are both


@dataclass
class Outcome:
    """What became of the notes of one pack. wrong: put on other words without a word of doubt."""

    kept: int = 0
    right: int = 0
    wrong: int = 0
    vanished: int = 0
    orphaned: int = 0
    ms: float = 0.0
    states: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[Note, Annotation]] = field(default_factory=list)


def outcome(made: Reissue, forget_old: bool = False) -> Outcome:
    """Carry every note and look where it stands. forget_old: the first edition's words are not here any more."""
    papers = replace(made.papers, old={}) if forget_old else made.papers
    told, watch = Outcome(), Stopwatch()
    carrying = Carrying(papers)
    carried = [(note, carrying.carry(note.mark)) for note in made.notes]
    told.ms = watch.ms
    for note, after in carried:
        mark = after if isinstance(after, Annotation) else note.mark
        _judge(told, made, note, mark)
    return told


def _judge(told: Outcome, made: Reissue, note: Note, mark: Annotation) -> None:
    state = mark.carriage.state or ORPHAN  # of a paper withdrawn: it stays with its paper
    told.states[f"{note.kind} {state}"] += 1
    placed = state != ORPHAN
    right = placed and _is_right(made, note, mark)
    told.kept += bool(note.belongs)
    told.right += right
    told.vanished += not note.belongs
    told.orphaned += not note.belongs and not placed
    told.wrong += placed and not right and state != CHECK
    if right is not bool(note.belongs) or (placed and not note.belongs):
        told.missed.append((note, mark))


def _is_right(made: Reissue, note: Note, mark: Annotation) -> bool:
    if not note.belongs or mark.anchor.paper_id != note.paper_id:
        return False
    strips = [(q.page, q.x0, q.y0, q.x1, q.y1) for q in mark.anchor.quads]
    lit = made.set_now[note.paper_id].under(strips) & made.meaning[note.paper_id]
    return len(lit & note.belongs) / len(lit | note.belongs) >= _ALIKE


def measure(quick: bool) -> Iterator[Figure]:
    """Generated packs of 24 papers, edited and set anew; real papers set or written anew by other programs, as they
    are and edited; with and without the first edition at hand."""
    seeds = HELD_OUT[:1] if quick else HELD_OUT
    edited = [outcome(reissue(seed)) for seed in seeds]
    both = [outcome(reissue(seed, tool=OTHER_EXPORT)) for seed in seeds]
    same = [outcome(reexport(sample_papers(), 400, seed)) for seed in seeds]
    yield from _figures("generated, edited, 440 notes", edited)
    yield from _figures("generated, edited and exported anew, 440 notes", both)
    yield from _figures("the sample's words exported anew, 400 notes", same)
    yield from _real(seeds[:1])
    alone = [outcome(reissue(seed, tool=WORD_PROCESSOR), forget_old=True) for seed in seeds]
    yield from _figures("generated, edited, the first edition gone", alone, marked=False)
    yield from _by_class([*edited, *both])


def _real(seeds: Sequence[int]) -> Iterator[Figure]:
    for name, setter in (("Qt", set_by_qt), ("MuPDF", set_by_mupdf)):
        for edit in (False, True):
            told = [outcome(set_anew(setter, 440, seed, edit)) for seed in seeds]
            yield from _figures(f"real papers{', edited and' if edit else ''} set by {name}, 440 notes", told)
    for name, command in writers().items():
        told = [outcome(as_it_stands(command, 440, seed)) for seed in seeds]
        yield from _figures(f"real papers written by {name}, 440 notes", told)


def _by_class(all_told: Sequence[Outcome]) -> Iterator[Figure]:
    """What became of each kind of note, of all generated runs together."""
    states = sum((told.states for told in all_told), Counter[str]())
    for state, count in sorted(states.items()):
        kind = state.rsplit(" ", 1)[0]
        every = sum(n for other, n in states.items() if other.rsplit(" ", 1)[0] == kind)
        yield of(f"of {every:,} {kind}: {state.rsplit(' ', 1)[1]}", "notes", [float(count)])


def _figures(name: str, all_told: Sequence[Outcome], marked: bool = True) -> Iterator[Figure]:
    """The worst of all runs is what a mark is held against."""
    right = [100 * told.right / told.kept for told in all_told]
    orphaned = [100 * told.orphaned / told.vanished for told in all_told if told.vanished]
    wrong = [float(told.wrong) for told in all_told]
    yield _worst(f"{name}: placed right", "%", right, Mark(99, at_least=True), marked)
    yield _worst(f"{name}: placed wrong unmarked", "notes", wrong, Mark(0), marked)
    if orphaned:
        yield _worst(f"{name}: vanished and orphaned", "%", orphaned, Mark(100, at_least=True), marked)
    yield of(f"{name}: time for all", "ms", [told.ms for told in all_told], Mark(2000))


def _worst(name: str, unit: str, values: Sequence[float], mark: Mark, marked: bool) -> Figure:
    worst = min(values) if mark.at_least else max(values)
    return Figure(name, unit, worst, (min(values), max(values)), mark if marked else None)
