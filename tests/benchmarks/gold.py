"""What papers say against what was labelled by reading: how much of it is right, how much is found, of each kind."""

import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import thread_time

from rapidfuzz import fuzz

from desktop.papers.finding import Finding, FindingKind
from desktop.papers.paper_text import PaperText
from desktop.papers.recognising import find_all
from desktop.pdf.client import PdfClient
from tests.benchmarks.figures import Figure, Mark
from tests.benchmarks.labelled import (
    CORPUS,
    REAL,
    SAMPLE,
    Row,
    Score,
    read_labels,
    read_pages,
    typeset_sample,
    typeset_styles,
)

_SAY_NOTHING = ("languages", "annotated", "hostile")  # papers of no board: nothing is to be found in them
_MARKED = {FindingKind.DECISION, FindingKind.MINUTE, FindingKind.ACTION, FindingKind.RISK}
_ALIKE = 85  # of 100: two texts that are one
_BY_REF = {FindingKind.MINUTE, FindingKind.ACTION, FindingKind.AGENDA_ITEM, FindingKind.RISK}

Papers = dict[str, list[Finding]]


@dataclass
class Read:
    """Papers as they were read: what was found in each, how many pages, and the seconds of one core that it took."""

    papers: Papers = field(default_factory=dict)
    pages: int = 0
    seconds: float = 0.0


def measure(quick: bool) -> Iterator[Figure]:
    """Each kind, those with marks against them; papers in many styles; papers that say nothing; then the speed."""
    gold, read, styles, others = read_labels(references=False), read_packs(), read_styles(), read_papers_of_no_board()
    scores, wrong = score(gold, read.papers | styles.papers)
    for said in wrong:
        print(said)
    for kind in FindingKind:
        if (each := scores.get(kind)) is not None:
            mark = Mark(95, at_least=True) if kind in _MARKED else None
            yield from each.figures(kind, (mark, mark))
    whole = Score()
    for kind, each in score(gold, styles.papers)[0].items():
        if kind in _MARKED:
            whole.add(each)
    mark = Mark(95, at_least=True)
    yield from whole.figures("decisions, minutes, actions and risks in other styles", (mark, mark))
    false = [finding for found in others.papers.values() for finding in found]
    for finding in false:
        print(f"found where nothing is: {finding.kind} “{finding.text[:80]}”")
    per_hundred = 100 * len(false) / max(1, others.pages)
    yield Figure(f"false findings per 100 pages of no board ({others.pages} pages)", "", per_hundred, None, Mark(0))
    speed = (read.pages + others.pages) / (read.seconds + others.seconds)
    yield Figure("pages recognised in a second", "", speed, None, Mark(100, at_least=True))


def read_packs() -> Read:
    """The sample's papers and, where it is at hand, the corpus's, by the names that labels give them."""
    read = Read()
    client = PdfClient("bench-gold")
    try:
        with tempfile.TemporaryDirectory() as folder:
            for name, later in SAMPLE:
                for path in typeset_sample(client, name, later, Path(folder)):
                    _add(read, client, path, f"sample/{name}/{path.name}")
        _add_corpus(read, client, REAL)
    finally:
        client.shut_down()
    return read


def read_styles() -> Read:
    """The papers in many styles."""
    read = Read()
    client = PdfClient("bench-gold")
    try:
        with tempfile.TemporaryDirectory() as folder:
            for path in typeset_styles(client, Path(folder)):
                _add(read, client, path, f"styles/{path.name}")
    finally:
        client.shut_down()
    return read


def read_papers_of_no_board() -> Read:
    """What is readable among papers in many languages, academic papers, and broken files."""
    read = Read()
    client = PdfClient("bench-gold")
    try:
        _add_corpus(read, client, _SAY_NOTHING)
    finally:
        client.shut_down()
    return read


def _add_corpus(read: Read, client: PdfClient, names: tuple[str, ...]) -> None:
    for name in names:
        for path in sorted((CORPUS / name).glob("*.pdf")):
            _add(read, client, path, f"{name}/{path.name}")


def _add(read: Read, client: PdfClient, path: Path, name: str) -> None:
    """Read one paper, if it can be read."""
    pages = read_pages(client, path)
    if pages is None:
        return
    texts, facts = pages
    began = thread_time()
    read.papers[name] = find_all(PaperText.of(texts, facts.pages, facts.title))
    read.seconds += thread_time() - began
    read.pages += len(facts.pages)


def score(gold: list[Row], papers: Papers) -> tuple[dict[FindingKind, Score], list[str]]:
    """By kind, and a line for each that is wrong or missed. Papers that are not at hand count for nothing."""
    labels: defaultdict[tuple[str, FindingKind], list[Row]] = defaultdict(list)
    kinds = {FindingKind(row["kind"]) for row in gold}
    for row in gold:
        if row["paper"] in papers:
            labels[row["paper"], FindingKind(row["kind"])].append(row)
    scores: defaultdict[FindingKind, Score] = defaultdict(Score)
    wrong: list[str] = []
    for paper, found in papers.items():
        for kind in kinds:
            of_kind = [finding for finding in found if finding.kind is kind]
            wrong += _score_paper(scores[kind], paper, labels[paper, kind], of_kind)
    return scores, wrong


def _score_paper(score: Score, paper: str, rows: list[Row], found: list[Finding]) -> Iterator[str]:
    left = list(found)
    score.labelled += sum(not row.get("optional") for row in rows)
    score.shown += len(found)
    for row in rows:
        match = max(left, key=lambda finding: _likeness(row, finding), default=None)
        if match is None or _likeness(row, match) < _ALIKE:
            if not row.get("optional"):
                what = f"{row['kind']} {row.get('ref', '')} “{row.get('text', '')[:70]}”"
                yield f"missed: {paper} page {row['page'] + 1}, {what}"
            continue
        left.remove(match)
        if row.get("optional"):
            score.shown -= 1
            continue
        score.right += 1
        yield from _facts(score, paper, row, match)
    for finding in left:
        yield f"wrong: {paper} page {finding.page + 1}, {finding.kind} {finding.ref} “{finding.text[:70]}”"


def _facts(score: Score, paper: str, row: Row, match: Finding) -> Iterator[str]:
    for name, value in row.get("facts", {}).items():
        score.facts += 1
        same = fuzz.ratio(_bare(value), _bare(match.fact(name))) >= _ALIKE
        score.right_facts += same
        if not same:
            yield f"field: {paper} {row['kind']} {row.get('ref', '')}: {name} is “{match.fact(name)}”, not “{value}”"


def _likeness(row: Row, finding: Finding) -> float:
    """How much a label and a finding are one: the same page, number and minute, and texts that say the same."""
    other = "ref" in row or finding.kind in _BY_REF
    if finding.page != row["page"] or (other and _bare(row.get("ref", "")) != _bare(finding.ref)):
        return 0.0
    minute = row.get("facts", {}).get("minute", "")
    if finding.kind is FindingKind.DECISION and _bare(minute) != _bare(finding.fact("minute")):
        return 0.0
    if finding.kind is FindingKind.PAPER_KIND or not row.get("text"):
        return 100.0
    said, told = _bare(row["text"]), _bare(finding.text)
    return fuzz.ratio(said, told) if finding.kind in _BY_REF else max(fuzz.ratio(said, told), _within(said, told))


def _within(said: str, told: str) -> float:
    """A text that stands in the other, when it is most of it; a long label may be only how it begins."""
    short, long = sorted((said, told), key=len)
    if len(said) > 60 and told.startswith(said):
        return 100.0
    return 100.0 if short and short in long and len(short) > 0.6 * len(long) else 0.0


def _bare(text: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text.casefold()).split())
