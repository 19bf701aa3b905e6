"""References against those labelled by reading: how many of those shown are right, and how many there are are found."""

import re
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop.links.facts import ItemFacts, Link, PackFacts
from desktop.links.resolving import resolve_pack
from desktop.links.unpacked import Loose, own_numbers, pack_of_folder
from desktop.papers.lines import printed_page
from desktop.papers.paper_text import PaperText
from desktop.papers.pointing import pointers_of
from desktop.papers.recognising import find_all
from desktop.papers.stamps import find_stamps
from desktop.paths import resource
from desktop.pdf.client import PdfClient
from tests.benchmarks.figures import Figure, Mark
from tests.benchmarks.labelled import CORPUS, REAL, SAMPLE, Row, Score, read_labels, read_pages, typeset_sample

_NUMBERED = ("minute", "action", "code")  # one kind of words for three kinds of places


def measure(quick: bool) -> Iterator[Figure]:
    """All kinds together against their marks, then each kind, then what went wrong, printed."""
    scores, wrong = score(read_labels(references=True), read_packs())
    for said in wrong:
        print(said)
    whole = Score()
    for each in scores.values():
        whole.add(each)
    yield from whole.figures("references", (Mark(98, at_least=True), Mark(92, at_least=True)))
    yield Figure("wrong among those shown as certain", "", whole.sure, None, Mark(0))
    for kind, each in sorted(scores.items()):
        yield from each.figures(kind)


def read_packs() -> list[tuple[str, list[Link]]]:
    """(the paper as the labels name it, its links) of the sample and, where it is at hand, of the corpus."""
    found: list[tuple[str, list[Link]]] = []
    client = PdfClient("bench-gold")
    try:
        with tempfile.TemporaryDirectory() as folder:
            sample = [_sample(client, name, later, Path(folder)) for name, later in SAMPLE]
            for packs in (sample, *([_folder(client, CORPUS / name)] for name in REAL if (CORPUS / name).is_dir())):
                for pack in packs:
                    others = [each for each in packs if each is not pack]
                    found += [
                        (f"{pack.pack_id}/{paper.paper_id}", links) for paper, links in resolve_pack(pack, others)
                    ]
    finally:
        client.shut_down()
    return found


def score(gold: list[Row], found: list[tuple[str, list[Link]]]) -> tuple[dict[str, Score], list[str]]:
    """By kind of words, and a line for each that is wrong or missed. Only pages that were labelled count."""
    by_paper = dict(found)
    expected: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in gold:
        expected[row["paper"], row["page"]].append(row)
    scores: defaultdict[str, Score] = defaultdict(Score)
    said: list[str] = []
    for (paper, page), rows in expected.items():
        if paper in by_paper:
            links = [link for link in by_paper[paper] if link.mention.place.page == page]
            said += _score_page(
                scores, f"{paper} page {page + 1}", [row for row in rows if row["kind"] == "reference"], links
            )
    return dict(scores), said


def _score_page(scores: dict[str, Score], where: str, rows: list[Row], links: list[Link]) -> Iterator[str]:
    left = list(links)
    for row in rows:
        kind = _kind(row["names"])
        link = next((each for each in left if _names(each, row)), None)
        if link is not None:
            left.remove(link)
        if row.get("optional"):
            continue
        scores[kind].labelled += 1
        if link is None:
            yield f"missed: {where}: {row['text']!r}"
            continue
        scores[kind].shown += 1
        if _is_right(link, row["target"]):
            scores[kind].right += 1
        else:
            scores[kind].sure += link.is_certain
            yield f"wrong: {where}: {row['text']!r} led to {_said(link)} and not to {row['target']}"
    for link in left:
        scores[_kind(link.mention.kind)].shown += 1
        scores[_kind(link.mention.kind)].sure += link.is_certain
        yield f"none: {where}: {link.mention.text!r} led to {_said(link)}"


def _kind(name: str) -> str:
    return "minute or action" if name in _NUMBERED else str(name)


def _names(link: Link, row: Row) -> bool:
    """Whether a link is of the words that were labelled."""
    text, wanted = _bare(link.mention.text), _bare(row["text"])
    return _kind(link.mention.kind) == _kind(row["names"]) and (
        text == wanted or text.endswith(wanted) or wanted.endswith(text)
    )


def _bare(text: str) -> str:
    return re.sub(r"\s+", " ", text).casefold()


def _is_right(link: Link, target: Any) -> bool:
    if target == "web":
        return bool(link.address)
    if target is None:
        return not link.is_found
    places = [(each.pack_id, each.paper_id, each.page) for each in link.targets]
    return (target["pack"], target["paper"], target["page"]) in places


def _said(link: Link) -> str:
    places = [f"{each.pack_id}/{each.paper_id} page {each.page + 1}" for each in link.targets]
    return f"{places or link.address or 'nowhere'} ({link.confidence.value}: {link.reason})"


# ---- the packs


def _sample(client: PdfClient, name: str, later: tuple[str, ...], folder: Path) -> PackFacts:
    typeset_sample(client, name, later, folder)
    plan = tomllib.loads(resource("sample", (name, *later)[-1], "pack.toml").read_text("utf-8"))
    return _folder(client, folder / name, plan, f"sample/{name}")


def _folder(client: PdfClient, folder: Path, plan: Row | None = None, name: str = "") -> PackFacts:
    told = {paper["file"]: paper for paper in (plan or {}).get("papers", ()) if "file" in paper}
    loose = [_paper(client, path, told.get(path.name, {})) for path in sorted(folder.glob("*.pdf"))]
    items = [ItemFacts(item["number"], item["title"]) for item in (plan or {}).get("items", ())]
    return pack_of_folder(name or folder.name, loose, (plan or {}).get("body", {}).get("name", ""), items)


def _paper(client: PdfClient, path: Path, told: Row) -> Loose:
    read = read_pages(client, path)
    assert read is not None, f"{path.name} is to be readable"
    texts, facts = read
    paper = PaperText.of(texts, facts.pages, told.get("title", ""))
    printed = [printed_page(text, facts.pages[text.page].width, facts.pages[text.page].height) for text in texts]
    series = find_stamps(printed)
    pointers = pointers_of(paper, find_all(paper), own_numbers(series))
    kinds = told.get("item", ""), told.get("title", ""), told.get("kind", "")
    return Loose(path.name, len(facts.pages), pointers, series, *kinds)
