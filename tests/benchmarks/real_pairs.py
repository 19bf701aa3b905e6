"""Real papers and what other programs make of them, with notes on the first of which it is known where each belongs in
the second. The truth is told by letters and by places on the page, never by the way notes are carried."""

import random
import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import LCSseq

from desktop.annotations.anchor import Anchor, Quad
from desktop.annotations.carrying import Papers, Version
from desktop.annotations.entries import HIGHLIGHT, Annotation
from desktop.annotations.text import PaperText, VersionPage, spelled
from desktop.paths import resource
from desktop.pdf.words import Word
from tests.benchmarks.reissues import Note, Reissue
from tests.benchmarks.retypesetting import set_by_mupdf, words_of, written_anew
from tests.benchmarks.surroundings import ROOT
from tests.benchmarks.typesetting import Set

_CORPUS = ROOT.parent / "shared" / "corpus"
_PACKS = ("nhs-group-board-2026-01-29", "health-wellbeing-board-2016-12-15", "chief-executive-reports")
_EDGE = 0.08  # of a page's height at its top and foot: heads and feet are no text to set again
_GONE, _OTHER, _CAME, _MOVED = 0.05, 0.06, 0.05, 0.04  # shares of sentences, and of paragraphs that move

Name = tuple[str, int]  # a word of a paper's first edition
Text = list[list[tuple[Name | None, str]]]  # sentences of words; None: a word that was not there
Setter = Callable[[Sequence[str]], bytes]


@dataclass
class Real:
    """A real paper as intake reads it. words: (page, word), in reading order."""

    id: str
    pages: list[VersionPage]
    words: list[tuple[int, Word]]

    def paragraphs(self) -> list[Text]:
        """Its text, heads and feet left out: blocks of sentences of named words."""
        found: list[Text] = []
        last: tuple[int, int] | None = None
        for number, (page, word) in enumerate(self.words):
            if not _EDGE < word.y0 / self.pages[page].height < 1 - _EDGE:
                continue
            if (page, word.block) != last:
                found.append([[]])
            last = page, word.block
            found[-1][-1].append(((self.id, number), word.text))
            if word.text.endswith((".", "?", "!")):
                found[-1].append([])
        return [[sentence for sentence in paragraph if sentence] for paragraph in found]


@lru_cache
def real_papers() -> tuple[tuple[Path | bytes, Real], ...]:
    """The papers of the shared corpus; where that is not here, the sample's own PDFs of January."""
    files: list[Path | bytes] = [path for pack in _PACKS for path in sorted((_CORPUS / pack).glob("*.pdf"))]
    if not files:
        pages = (path.read_text("utf-8") for path in sorted(resource("sample", "2026-01-29").glob("*.html")))
        files = [set_by_mupdf(re.split(r"\n\s*\n", re.sub(r"<[^>]+>", " ", page))) for page in pages]
    return tuple((file, _real(f"r{number:02}", file)) for number, file in enumerate(files))


def _real(paper_id: str, file: Path | bytes) -> Real:
    read = words_of(file)
    words = [(page, word) for page, (_, found) in enumerate(read) for word in found]
    return Real(paper_id, [page for page, _ in read], words)


# ---- second editions


def set_anew(setter: Setter, notes: int, seed: int, edit: bool) -> Reissue:
    """Every paper set again by another program. edit: with sentences gone, put otherwise, come in, and moved."""
    chance = random.Random(seed)
    reals = [real for _, real in real_papers()]
    texts = {real.id: real.paragraphs() for real in reals}
    spare = [[word for _, word in sentence] for text in texts.values() for part in text for sentence in part]
    now: dict[str, tuple[list[VersionPage], Set]] = {}
    for real in reals:
        text = _edited(texts[real.id], spare, chance) if edit else texts[real.id]
        now[real.id] = _set(text, setter)
    return _noted(reals, now, notes, chance)


def as_it_stands(command: Callable[[Path, Path], list[str]], notes: int, seed: int) -> Reissue:
    """Every paper written anew by another program; its words stay where they are on the page."""
    now: dict[str, tuple[list[VersionPage], Set]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for number, (file, real) in enumerate(real_papers()):
            path = file if isinstance(file, Path) else Path(folder) / f"{number}.pdf"
            if isinstance(file, bytes):
                path.write_bytes(file)
            read = words_of(written_anew(path, command, Path(folder)))
            now[real.id] = [page for page, _ in read], _by_place(real, [found for _, found in read])
    return _noted([real for _, real in real_papers()], now, notes, random.Random(seed))


def _edited(text: Sequence[Text], spare: list[list[str]], chance: random.Random) -> list[Text]:
    paragraphs = []
    for paragraph in text:
        kept: Text = []
        for sentence in paragraph:
            luck = chance.random()
            if luck < _GONE:
                continue
            long = len(sentence) > 8
            kept.append(_otherwise(sentence, chance) if luck < _GONE + _OTHER and long else sentence)
            if luck > 1 - _CAME and long:
                kept.append([(None, word) for word in _mixed(chance.choice(spare), chance)])
        paragraphs.append(kept)
    for _ in range(round(_MOVED * len(paragraphs))):
        moved = chance.randrange(len(paragraphs))
        if sum(map(len, paragraphs[moved])) > 12:  # cells and headings stay with what they are of
            paragraphs.insert(chance.randrange(len(paragraphs)), paragraphs.pop(moved))
    return [paragraph for paragraph in paragraphs if paragraph]


def _mixed(words: list[str], chance: random.Random) -> list[str]:
    """A sentence that was said nowhere, of words that are."""
    return chance.sample(words, len(words))


def _otherwise(sentence: list[tuple[Name | None, str]], chance: random.Random) -> list[tuple[Name | None, str]]:
    """Every sixth word another. Each still has the name of the word whose place it took."""
    words = list(sentence)
    for place in chance.sample(range(len(words)), max(1, len(words) // 6)):
        words[place] = words[place][0], chance.choice(("however", "revised", "quarter", "expected", "£7.3m", "lower"))
    return words


def _set(text: Iterable[Text], setter: Setter) -> tuple[list[VersionPage], Set]:
    words = [[each for sentence in paragraph for each in sentence] for paragraph in text]
    read = words_of(setter([" ".join(word for _, word in paragraph) for paragraph in words]))
    return [page for page, _ in read], _by_letters(words, [found for _, found in read])


# ---- where every word came to lie


def _by_letters(paragraphs: Iterable[Sequence[tuple[Name | None, str]]], pages: Sequence[Sequence[Word]]) -> Set:
    """The letters of what was set, in order, against those that were found in what came of it."""
    said = [(letter, name) for paragraph in paragraphs for name, word in paragraph for letter in _letters(word)]
    found = [(letter, (page, word)) for page, words in enumerate(pages) for word in words
             for letter in _letters(word.text)]  # fmt: skip
    made = Set([list(words) for words in pages])
    for op in LCSseq.opcodes([letter for letter, _ in said], [letter for letter, _ in found]):
        for step in range(op.src_end - op.src_start if op.tag == "equal" else 0):
            name, (page, word) = said[op.src_start + step][1], found[op.dest_start + step][1]
            if name is not None:
                _lies(made, name, page, word)
    return made


def _by_place(real: Real, pages: Sequence[Sequence[Word]]) -> Set:
    """The words that lie where those of the first edition lay."""
    made = Set([list(words) for words in pages])
    for number, (page, word) in enumerate(real.words):
        x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
        here = (each for each in pages[page] if each.y0 <= y <= each.y1) if page < len(pages) else ()
        near = min(here, key=lambda each: abs((each.x0 + each.x1) / 2 - x), default=None)
        if near is not None and (near.x0 <= x <= near.x1 or word.x0 <= (near.x0 + near.x1) / 2 <= word.x1):
            _lies(made, (real.id, number), page, near)
    return made


def _lies(made: Set, name: Name, page: int, word: Word) -> None:
    pieces = made.where.setdefault(name, [])
    piece = (page, word.x0, word.y0, word.x1, word.y1)
    if piece not in pieces:
        pieces.append(piece)


def _letters(word: str) -> str:
    small = unicodedata.normalize("NFKC", word).casefold()
    return "".join(letter for letter in small if letter.isalnum())


# ---- notes


def _noted(
    reals: Sequence[Real], now: dict[str, tuple[list[VersionPage], Set]], count: int, chance: random.Random
) -> Reissue:
    papers = Papers(
        {real.id: Version(real.id, f"{real.id}-2", now[real.id][0]) for real in reals},
        {f"{real.id}-1": Version(real.id, f"{real.id}-1", real.pages) for real in reals},
        frozenset(now),
        complete=True,
        edition=2,
    )
    meaning = {
        real.id: {(real.id, n) for n, (_, word) in enumerate(real.words) if spelled(word.text)} for real in reals
    }
    made = Reissue(papers, {real.id: now[real.id][1] for real in reals}, meaning)
    texts = {real.id: PaperText(real.pages) for real in reals}
    sentences = [(real, sentence) for real in reals for part in real.paragraphs() for sentence in part]
    while len(made.notes) < count:
        real, sentence = chance.choice(sentences)
        names = [name for name, _ in _part(sentence, chance) if name is not None]
        note = _note(f"n{len(made.notes)}", real, names, texts[real.id], made)
        if note is not None:
            made.notes.append(note)
    return made


def _part(sentence: Sequence[tuple[Name | None, str]], chance: random.Random) -> Sequence[tuple[Name | None, str]]:
    """A whole sentence, or some words of it."""
    if len(sentence) <= 6 or chance.random() < 0.6:
        return sentence
    start = chance.randrange(len(sentence) - 4)
    return sentence[start : chance.randint(start + 3, len(sentence))]


def _note(note_id: str, real: Real, names: Sequence[Name], text: PaperText, made: Reissue) -> Note | None:
    """None where the words are no text: heads and feet by our lights, signs."""
    words = [real.words[number] for _, number in names]
    quads = tuple(Quad(page, word.x0, word.y0, word.x1, word.y1) for page, word in words)
    under = text.tokens_under(quads)
    if under is None or sum(len(spelled(word.text)) > 0 for _, word in words) < 2:
        return None
    if text.letters(*under) != "".join(letters for _, word in words for letters in spelled(word.text)):
        return None  # words of other lines stand between them: nobody can select them in one go
    anchor = text.anchor(Anchor(real.id, f"{real.id}-1", quads[0].page, ""), real.id, f"{real.id}-1", *under)
    mark = Annotation(note_id, "pack", anchor, HIGHLIGHT, "question", "", "", "")
    belongs = {name for name in names if name in made.set_now[real.id].where and name in made.meaning[real.id]}
    if not belongs and _is_there_by_chance(words, real, made):
        return None
    return Note(mark, real.id, belongs, "survives" if belongs else "vanished")


def _is_there_by_chance(words: Sequence[tuple[int, Word]], real: Real, made: Reissue) -> bool:
    """Whether words that went, and were said once, stand in the second edition all the same: cuts have put others
    together so, and nobody can say that they are not there."""
    letters = "".join(_letters(word.text) for _, word in words)
    before = "".join(_letters(word.text) for _, word in real.words)
    now = "".join(_letters(word.text) for page in made.set_now[real.id].pages for word in page)
    return before.count(letters) == 1 and letters in now
