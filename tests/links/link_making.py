"""Invented packs: papers written in HTML, set by the real engine, read by a real worker, resolved over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.links.facts import ItemFacts, Link, PackFacts
from desktop.links.resolving import resolve_pack
from desktop.links.unpacked import Loose, own_numbers, pack_of_folder
from desktop.papers.lines import printed_page
from desktop.papers.paper_text import PaperText
from desktop.papers.pointing import pointers_of
from desktop.papers.recognising import find_all
from desktop.papers.stamps import find_stamps
from desktop.pdf.client import PdfClient
from desktop.pdf.protocol import Source

CSS = "body{font-family:sans-serif;font-size:11pt} h1{font-size:17pt} h2{font-size:13pt} td{padding:2pt 6pt}"


@dataclass(frozen=True)
class Written:
    """A paper as it is written: its item, its title and its HTML."""

    item: str
    title: str
    html: str
    kind: str = ""


def make_pack(
    client: PdfClient, folder: Path, name: str, papers: Mapping[str, Written], items: Sequence[tuple[str, str]] = (),
    body: str = "Board",
) -> PackFacts:  # fmt: skip
    """The facts of a pack of these papers, by file name. name: with the day of the meeting in it."""
    loose = [_read(client, folder, f"{name}-{file}", file, paper) for file, paper in papers.items()]
    return pack_of_folder(name, loose, body, [ItemFacts(*item) for item in items])


def _read(client: PdfClient, folder: Path, version: str, file: str, written: Written) -> Loose:
    path = folder / f"{version}.pdf"
    path.write_bytes(client.typeset(written.html, CSS).result(60))
    facts = client.open(Source(version, path, "")).result(60)
    texts = client.texts(version, 0, len(facts.pages) - 1).result(60)
    series = find_stamps([printed_page(text, 595, 842) for text in texts])
    paper = PaperText.of(texts, facts.pages, written.title)
    pointers = pointers_of(paper, find_all(paper), own_numbers(series))
    return Loose(file, len(facts.pages), pointers, series, written.item, written.title, written.kind)


def links_of(pack: PackFacts, file: str, *others: PackFacts) -> dict[str, Link]:
    """The links of one paper by the words they are of."""
    found = next(links for paper, links in resolve_pack(pack, others) if paper.paper_id == file)
    return {link.mention.text: link for link in found}


def led(link: Link) -> list[tuple[str, str, int]]:
    """(pack, file, page from 0) of each place a link leads to."""
    return [(target.pack_id, target.paper_id, target.page) for target in link.targets]
