"""The texts that ship: the sample board's papers, the words read out on the telephone, help, README and CHANGELOG."""

import re
import shutil
import struct
import tomllib
import unicodedata
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pymupdf
import pytest

from desktop.packs.pack import PaperStatus
from desktop.pdf.client import PdfClient
from desktop.secretary.plan import Plan, read_plan

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "resources" / "sample"
HELP = ROOT / "resources" / "help"
MEETINGS = ("2025-09-25", "2025-11-27", "2026-01-29")
CORRECTED = "2026-01-29-edition-2"
EDITIONS = (*MEETINGS, CORRECTED)
LAID_OUT = {"h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "b", "i", "table", "tr", "td", "th", "div"}
WITHOUT_FILE = (PaperStatus.VERBAL, PaperStatus.TO_FOLLOW)


def lies_in(edition: str) -> dict[str, Path]:
    """The HTML of an edition by stem; the corrected edition lies over the first."""
    folders = [SAMPLE / edition] if edition != CORRECTED else [SAMPLE / MEETINGS[-1], SAMPLE / CORRECTED]
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.html"))}


def plan_of(edition: str, tmp_path: Path) -> Plan:
    """The plan as a secretary's machine reads it, with an empty PDF where each paper will be."""
    for stem in lies_in(edition):
        (tmp_path / f"{stem}.pdf").touch()
    shutil.copy(SAMPLE / edition / "pack.toml", tmp_path)
    return read_plan(tmp_path)


def words_of(path: Path) -> str:
    """The text of a paper, with single blanks."""
    found: list[str] = []
    parser = HTMLParser()
    parser.handle_data = found.append  # type: ignore[method-assign]
    parser.feed(path.read_text("utf-8"))
    parser.close()
    return " ".join(" ".join(found).split())


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_secretary_can_compile_every_sample_pack(edition: str, tmp_path: Path) -> None:
    plan = plan_of(edition, tmp_path)

    assert plan.problems == ()
    assert plan.body == "Trust Board"
    assert plan.meeting.held_on.isoformat() == edition[:10]
    assert {paper.file.stem for paper in plan.papers if paper.file} == set(lies_in(edition))


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_agenda_item_that_has_a_paper_says_so(edition: str, tmp_path: Path) -> None:
    plan = plan_of(edition, tmp_path)
    with_paper = {paper.item for paper in plan.papers if paper.file}
    agenda = words_of(lies_in(edition)["01-agenda"])

    assert plan.papers[0].title == "Agenda"
    for item in plan.items:
        assert f" {item.number} {item.title}" in agenda
        if item.number != "1" and item.number not in with_paper:
            assert f" {item.number} {item.title} Oral" in agenda or f" {item.number} {item.title} To follow" in agenda


def test_the_newest_pack_shows_a_paper_of_every_standing(tmp_path: Path) -> None:
    first, second = tmp_path / "1", tmp_path / "2"
    first.mkdir()
    second.mkdir()
    before, after = plan_of(MEETINGS[-1], first), plan_of(CORRECTED, second)
    kept_from = {paper.title: paper.audience.not_to for paper in before.papers if paper.audience.not_to}

    assert {paper.status for paper in before.papers} == {PaperStatus.PRESENT, *WITHOUT_FILE}
    assert kept_from == {"Community diagnostic centre: commercial terms": ("Colin Westerby",)}
    assert [(paper.item, paper.title) for paper in before.papers] == [
        (paper.item, paper.title) for paper in after.papers
    ]
    changed = [
        (old.status, new.status)
        for old, new in zip(before.papers, after.papers, strict=True)
        if old.status != new.status
    ]
    assert changed == [(PaperStatus.TO_FOLLOW, PaperStatus.LATE)]
    assert "finance report" in after.note.casefold()


def test_a_correction_replaces_only_what_it_says() -> None:
    own = {path.stem for path in (SAMPLE / CORRECTED).glob("*.html")}
    old, new = lies_in(MEETINGS[-1])["08-finance"], lies_in(CORRECTED)["08-finance"]

    assert own == {"08-finance", "13-maternity-safety"}
    assert "£21.9m has been delivered" in words_of(old)
    assert "£19.8m has been delivered" in words_of(new)


@pytest.mark.parametrize("path", sorted(SAMPLE.glob("*/*.html")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_papers_use_nothing_but_what_the_typesetter_lays_out(path: Path) -> None:
    text = path.read_text("utf-8")
    tags = set(re.findall(r"<([a-z0-9]+)", text))
    classes = {name for group in re.findall(r'class="([^"]+)"', text) for name in group.split()}
    known = set(re.findall(r"\.([a-z][a-z0-9]*)", (SAMPLE / "paper.css").read_text("utf-8"))) | {"grid"}

    assert tags <= LAID_OUT
    assert classes <= known | {"front"}
    assert "http" not in text
    assert "src=" not in text
    assert not re.search(r"\*\*|!\w |\{[a-z]|\bTODO\b|lorem", text)


def test_every_letter_of_every_paper_is_on_its_pages() -> None:
    pdf = PdfClient("sample papers")
    try:
        css = (SAMPLE / "paper.css").read_text("utf-8")
        papers = sorted(SAMPLE.glob("*/*.html"))
        typeset = [pdf.typeset(path.read_text("utf-8"), css) for path in papers]
        for path, made in zip(papers, typeset, strict=True):
            with pymupdf.open("pdf", made.result(60)) as document:
                assert letters("".join(page.get_text() for page in document)) == letters(words_of(path)), path
                right = max(drawing["rect"].x1 for page in document for drawing in page.get_drawings())
                assert right < document[0].rect.width - 50, path  # no table runs over the margin
    finally:
        pdf.shut_down()


def letters(text: str) -> Counter[str]:
    """How often each letter stands in a text, ligatures opened; no digits, since lists are numbered on the page."""
    return Counter(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalpha())


def test_actions_are_minuted_before_they_are_logged() -> None:
    minuted: dict[str, str] = {}
    for meeting in MEETINGS:
        papers = lies_in(meeting)
        held = next(text for stem, text in papers.items() if "minutes" in stem).read_text("utf-8")
        for minute, body in re.findall(r"<h3[^>]*>(TB/25/\d+) .*?</h3>(.*?)(?=<h3|$)", held, re.S):
            minuted |= dict.fromkeys(re.findall(r"ACTION (A25-\d+):", body), minute)
        log = words_of(papers["03-action-log"]).split("Changes of date")[0]
        logged = dict(re.findall(r"(A25-\d+) (TB/25/\d+)", log))
        assert logged
        earlier = {"A25-11": "TB/25/33"}  # minuted before the first pack of the sample
        assert logged.items() <= (minuted | earlier).items()


def test_risk_scores_carry_on_from_one_meeting_to_the_next() -> None:
    rows: list[dict[str, list[int]]] = []
    for meeting in MEETINGS:
        stem = next(stem for stem in lies_in(meeting) if "assurance-framework" in stem)
        table = words_of(lies_in(meeting)[stem]).split("Table 1: scores over time")[1].split("Table 2:")[0]
        found = re.findall(r"(BAF \d) [A-Za-z, ]+((?: ?\d+)+) (?:no change|up|down)", table)
        rows.append({risk: [int(score) for score in scores.split()] for risk, scores in found})

    assert [len(row) for row in rows] == [8, 8, 8]
    for before, after in pairwise(rows):
        for risk, scores in before.items():
            assert after[risk][: len(scores) - 1] == scores[:-1]


def test_the_words_read_out_are_easy_to_tell_apart() -> None:
    lines = (ROOT / "resources" / "words.txt").read_text("ascii").splitlines()

    assert len(lines) == len(set(lines)) == 1024
    assert lines == sorted(lines)
    assert all(re.fullmatch("[a-z]{4,7}", word) for word in lines)
    assert len({word[:4] for word in lines}) == 1024


@pytest.mark.parametrize(
    ("page", "headings"),
    [
        (
            "member",
            "Opening an invitation|The passphrase and the recovery code|The shelf|Reading|"
            "How pages are shown|Two panes and links|Page numbers|Highlights, notes and bookmarks|"
            "Copying words, tables and pictures|"
            "The meeting sheet|What becomes of your notes|Sharing notes, and your other computer|"
            "Notes in other programs|"
            "Text instead of pages, and reading aloud|Printing|"
            "Searching|Registers|Going offline|Locking|What is protected, and what is not|When something goes wrong",
        ),
        (
            "secretary",
            "The desk|Your first pack in five minutes|The same by commands|"
            "Before you begin|A new body|Inviting and admitting members|Making a pack|pack.toml, line by line|"
            "Compiling and publishing|One PDF of a pack|Before a pack goes out|What papers say, as data|"
            "Corrections and late papers|Embargo, and how long papers may stay|Who has it, and whom to call|"
            "Minutes and the action log|"
            "How long members keep their notes|"
            "Keeping a paper from a member|Terms of office|"
            "When somebody leaves or loses a laptop|Keeping your keys safe|What Despatch does not do yet",
        ),
    ],
)
def test_help_answers_what_people_ask(page: str, headings: str) -> None:
    text = (HELP / f"{page}.md").read_text("utf-8")

    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == headings.split("|")
    assert "![" not in text  # the help screen shows words only


def test_the_pack_that_help_explains_can_be_read(tmp_path: Path) -> None:
    text = (HELP / "secretary.md").read_text("utf-8")
    example = next(block for block in re.findall(r"```toml\n(.*?)```", text, re.S) if "[body]" in block)
    (tmp_path / "pack.toml").write_text(example, "utf-8")
    for paper in tomllib.loads(example)["papers"]:
        if "file" in paper:
            (tmp_path / paper["file"]).touch()

    assert read_plan(tmp_path).problems == ()


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md"])
def test_documents_name_files_that_are_there(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    named = [link for link in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in link]

    assert [link for link in named if not (ROOT / link).exists()] == []


def test_the_pictures_of_the_readme_are_of_a_size_to_look_at_and_to_send() -> None:
    named = re.findall(r"!\[[^]]+\]\(([^)]+)\)", (ROOT / "README.md").read_text("utf-8"))

    assert len(named) == 2
    for picture in (ROOT / link for link in named):
        data = picture.read_bytes()
        assert data.startswith(b"\x89PNG")
        assert struct.unpack(">II", data[16:24]) == (1280, 800)
        assert len(data) < 150_000, f"{picture.name} is {len(data)} bytes: python3 start.py pictures"
