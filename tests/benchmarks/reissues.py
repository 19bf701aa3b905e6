"""Packs that are sent out twice: papers reworded, cut, filled, withdrawn, inserted and set anew, with notes on the
first edition of which it is known where each belongs in the second."""

import html
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from desktop.annotations.anchor import Anchor, Quad
from desktop.annotations.carrying import Papers, Version
from desktop.annotations.entries import HIGHLIGHT, Annotation
from desktop.annotations.text import PaperText, spelled
from desktop.paths import resource
from tests.benchmarks.typesetting import (
    OTHER_EXPORT,
    WORD_PROCESSOR,
    Paragraph,
    Sentence,
    Set,
    Tool,
    reworded,
    sentence,
    typeset,
)

_NOUNS = (
    *("workforce", "theatres", "elective", "maternity", "diagnostics", "estates", "pharmacy"),
    *("digital", "cancer", "stroke", "community"),
)
_PLACES = ("Wrenmoor", "Calder", "Hadleigh", "Northfield", "Ashby", "Denholm", "Marlow", "Thirsk", "Selby", "Whitby")
_OPENINGS = (
    "The Trust reported {noun} performance of {n}% at {place} in month {m} against a plan of {p}%.",
    "The {noun} programme spent £{n}.{m}m by the end of month {m}, which is £{p}k above its plan.",
    "Members are asked to consider the {noun} risk, which is scored {n} and reviewed by the {place} committee.",
    "Waiting times for {noun} at {place} fell to {n} weeks after {p} additional sessions were staffed.",
    "The {place} site has {n} vacancies in {noun}, of which {m} have been offered and {p} are advertised.",
    "An internal audit of {noun} gave reasonable assurance and made {m} recommendations, {p} of them high.",
)
_CLOSINGS = ("", "This is a concern.", "The committee will look again in {m} weeks.", "No change is proposed.")
_COVER = (
    "Report to the Trust Board.",
    "Purpose of the report is to give assurance to the Board on the matters set out below.",
    "The Board is asked to note the contents of this report and to receive assurance from it.",
    "This report has been considered by the Executive Team and no conflicts of interest were declared.",
    "Equality impact has been assessed and no adverse impact on any protected group has been found.",
)


@dataclass
class Note:
    """A note and where it belongs: the words (sentence, number) in the paper of the second edition; none: nowhere."""

    mark: Annotation
    paper_id: str
    belongs: set[tuple[str, int]]
    kind: str


@dataclass
class Reissue:
    """Two editions as the carrying sees them, as set, and the notes."""

    papers: Papers
    set_now: dict[str, Set]  # by paper id
    meaning: dict[str, set[tuple[str, int]]]  # by paper id: the words that are more than a sign
    notes: list[Note] = field(default_factory=list)


class _Maker:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.count = 0
        self.real = list(_real_sentences())
        self.random.shuffle(self.real)

    def said(self, text: str) -> Sentence:
        self.count += 1
        chosen = self.random
        numbers = {"n": chosen.randint(2, 98), "m": chosen.randint(2, 12), "p": chosen.randint(2, 60)}
        return sentence(
            f"s{self.count}", text.format(noun=chosen.choice(_NOUNS), place=chosen.choice(_PLACES), **numbers)
        )

    def line(self) -> Sentence:
        """Two in five read like many others but for their names and figures; the rest are sentences of real papers."""
        if self.random.random() < 0.4 or not self.real:
            return self.said(self.random.choice(_OPENINGS))
        return self.said(self.real.pop())  # once in the pack: what is said twice belongs to two places

    def paragraph(self) -> Paragraph:
        said = [self.line() for _ in range(self.random.randint(2, 5))]
        return (*said, *([self.said(closing)] if (closing := self.random.choice(_CLOSINGS)) else []))

    def paper(self, paragraphs: int) -> list[Paragraph]:
        cover = tuple(self.said(text) for text in _COVER)
        return [cover, *(self.paragraph() for _ in range(paragraphs))]


def reissue(seed: int, papers: int = 24, notes: int = 440, tool: Tool = WORD_PROCESSOR) -> Reissue:
    """A pack with the same cover on every paper. tool: what sets the second edition."""
    maker = _Maker(seed)
    before = {f"p{n:02}": maker.paper(maker.random.randint(12, 40)) for n in range(papers)}
    after = {paper_id: _edited(paper, maker) for paper_id, paper in before.items()}
    _move_between(before, after, maker)
    after["new"] = maker.paper(15)
    withdrawn = maker.random.choice([paper_id for paper_id in before if paper_id not in ("p03", "p04")])
    del after[withdrawn]
    return _noted(before, after, notes, maker.random, tool)


def reexport(paragraphs: Sequence[Sequence[Paragraph]], notes: int, seed: int, tool: Tool = OTHER_EXPORT) -> Reissue:
    """The same words set by another tool."""
    same = {f"p{n:02}": list(paper) for n, paper in enumerate(paragraphs)}
    return _noted(same, {key: list(paper) for key, paper in same.items()}, notes, random.Random(seed), tool)


@lru_cache
def _real_sentences() -> tuple[str, ...]:
    """Every sentence of the sample committee's first two meetings, each once."""
    found: dict[str, None] = {}
    for meeting in ("2025-09-25", "2025-11-27"):
        for path in sorted(resource("sample", meeting).glob("*.html")):
            for part in re.findall(r"(?s)<p>(.*?)</p>", path.read_text("utf-8")):
                text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", part)).split())
                for said in re.split(r"(?<=[a-z]\.) (?=[A-Z])", text):
                    if len(said.split()) > 7:
                        found[said.replace("{", "").replace("}", "")] = None
    return tuple(found)


def sample_papers() -> list[list[Paragraph]]:
    """The words of the sample committee's papers of January."""
    papers = []
    for path in sorted(resource("sample", "2026-01-29").glob("*.html")):
        parts = re.split(r"</(?:p|h\d|td|th|li)>", re.sub(r"(?s)<(head|style)>.*?</\\1>", "", path.read_text("utf-8")))
        texts = [html.unescape(re.sub(r"<[^>]+>", " ", part)) for part in parts]
        papers.append([(sentence(f"{path.stem}-{n}", text),) for n, text in enumerate(texts) if spelled(text)])
    return papers


def _edited(paper: list[Paragraph], maker: _Maker) -> list[Paragraph]:
    """Some sentences go, some are put otherwise, some come in; some paragraphs change places, one goes whole."""
    chance, edited = maker.random, [paper[0]]
    for paragraph in paper[1:]:
        if chance.random() < 0.04:
            continue
        if chance.random() < 0.15:
            edited.append(maker.paragraph())
        kept: list[Sentence] = []
        for each in paragraph:
            luck = chance.random()
            if luck < 0.04:
                continue
            kept.append(reworded(each, chance) if luck < 0.10 and len(each.words) > 8 else each)
            if luck > 0.96:
                kept.append(maker.line())
        if kept:
            edited.append(tuple(kept))
    if len(edited) > 8:
        moved = edited.pop(chance.randint(2, len(edited) - 1))
        edited.insert(chance.randint(2, len(edited) - 1), moved)
    return edited


def _move_between(before: dict[str, list[Paragraph]], after: dict[str, list[Paragraph]], maker: _Maker) -> None:
    """An appendix is given another number: its pages leave one paper and come into another, as they were."""
    moved = before["p03"][-4:]
    names = {each.id for paragraph in moved for each in paragraph}
    after["p03"] = [p for p in after["p03"] if not names & {each.id for each in p}]
    after["p04"] = [*after["p04"], maker.paragraph(), *moved]


def _noted(
    before: dict[str, list[Paragraph]], after: dict[str, list[Paragraph]], count: int, chance: random.Random, tool: Tool
) -> Reissue:
    olds = {paper_id: typeset(paper, WORD_PROCESSOR) for paper_id, paper in before.items()}
    news = {paper_id: typeset(paper, tool) for paper_id, paper in after.items()}
    papers = Papers(
        {paper_id: Version(paper_id, f"{paper_id}-2", each.packed()) for paper_id, each in news.items()},
        {f"{paper_id}-1": Version(paper_id, f"{paper_id}-1", each.packed()) for paper_id, each in olds.items()},
        frozenset(news),
        complete=True,
        edition=2,
    )
    meaning = {
        paper_id: {(each.id, n) for p in paper for each in p for n, word in enumerate(each.words) if spelled(word)}
        for paper_id, paper in after.items()
    }
    made = Reissue(papers, news, meaning)
    home = {each.id: paper_id for paper_id, paper in after.items() for p in paper for each in p}
    said = {each.id: each for paper in after.values() for p in paper for each in p}
    texts = {paper_id: PaperText(papers.old[f"{paper_id}-1"].pages) for paper_id in before}
    every = [(paper_id, each) for paper_id, paper in before.items() for p in paper for each in p]
    for number in range(count):
        paper_id, each = chance.choice(every)
        made.notes.append(_note(number, paper_id, each, olds[paper_id], texts[paper_id], home, said, chance))
    return made


def _note(
    number: int, paper_id: str, each: Sentence, old: Set, text: PaperText, home: dict[str, str],
    said: dict[str, Sentence], chance: random.Random,
) -> Note:  # fmt: skip
    """On a whole sentence, or on some words of it that are the same in both editions."""
    now = said.get(each.id)
    start, stop = 0, len(each.words)
    if now == each and len(each.words) > 6 and chance.random() < 0.3:
        start = chance.randint(0, len(each.words) - 4)
        stop = chance.randint(start + 3, len(each.words))
    kind = "vanished" if now is None else "same" if now == each else "reworded"
    if now is not None and home[each.id] != paper_id:
        kind = "elsewhere"
    belongs = {(each.id, n) for n in (range(start, stop) if now == each else range(len(now.words) if now else 0))}
    belongs = {(name, n) for name, n in belongs if now is None or spelled(now.words[n])}
    anchor = _anchor(paper_id, each, start, stop, old, text)
    mark = Annotation(f"n{number}", "pack", anchor, HIGHLIGHT, "question", "", "", "")
    return Note(mark, home.get(each.id, ""), belongs, kind)


def _anchor(paper_id: str, each: Sentence, start: int, stop: int, old: Set, text: PaperText) -> Anchor:
    """As a selection makes it."""
    boxes = [Quad(*box) for n in range(start, stop) for box in old.where[each.id, n]]
    first, end = text.tokens_under(boxes) or (0, 1)
    blank = Anchor(paper_id, f"{paper_id}-1", boxes[0].page, "")
    made = text.anchor(blank, paper_id, f"{paper_id}-1", first, end)
    return Anchor(
        paper_id, made.sha256, boxes[0].page, "", tuple(boxes), " ".join(each.words[start:stop]), made.prefix,
        made.suffix,
    )  # fmt: skip
