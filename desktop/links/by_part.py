"""Parts of papers: pages, sections, paragraphs, tables, figures and appendices."""

from collections.abc import Iterable, Sequence

from desktop.links.facts import PaperFacts, Scope, Target
from desktop.links.names import alikeness
from desktop.links.surroundings import Found, Home, Surroundings
from desktop.papers.finding import Confidence
from desktop.papers.mention import Landmark, Mention, MentionKind
from desktop.papers.mention_words import LAW_NUMBERS

Kind = MentionKind
_Spot = tuple[int, float]
_Region = tuple[_Spot, _Spot]
_ALL: _Region = ((-1, 0.0), (1_000_000, 0.0))
_MOST_SECTIONS = 20  # a section of a higher number, that the paper has not, is somebody else's
_NAMES = {Kind.SECTION: "section", Kind.PARAGRAPH: "paragraph", Kind.TABLE: "table", Kind.FIGURE: "figure", Kind.PAGE: "page",  # noqa: E501
          Kind.APPENDIX: "appendix"}  # fmt: skip


def to_part(around: Surroundings, mention: Mention) -> Found | None:
    """Where the part stands; None for a statute's, and for a document's that is none of the body's."""
    home = around.home(mention)
    if home.foreign:
        return None
    if mention.kind is Kind.APPENDIX:
        return _appendix(around, mention, home)
    if appendix := mention.fact("appendix"):
        return _in_appendix(around, mention, home, appendix)
    if not home.papers:
        return Found.missing(home.missing)
    found = _in_home(around, mention, home, _ALL)
    if found is not None:
        return found
    if home.scope is Scope.PAPER and around.is_minutes and not mention.fact("named"):
        return _in_last_report(around, mention)
    return _nowhere(around, mention, home)


def _in_last_report(around: Surroundings, mention: Mention) -> Found | None:
    """Minutes have no tables or sections of their own: those they name are of the report the meeting had before it."""
    home = around.report_under(mention)
    if not home.papers:
        return Found.missing(home.missing)
    return _in_home(around, mention, home, _ALL) or _nowhere(around, mention, home)


def _nowhere(around: Surroundings, mention: Mention, home: Home) -> Found | None:
    if mention.fact("named") or (home.scope is Scope.PAPER and _looks_foreign(mention)):
        return None
    name = f"{_NAMES[mention.kind]} {mention.ref}"
    where = "This paper" if home.papers[0] is around.paper else f"“{home.papers[0].title}”"
    return Found.missing(f"{where} has no {name} that could be found.")


def _looks_foreign(mention: Mention) -> bool:
    if mention.kind is not Kind.SECTION:
        return False
    number = mention.ref.partition("(")[0]
    return "(" in mention.ref or mention.ref in LAW_NUMBERS or (number.isdigit() and int(number) > _MOST_SECTIONS)


# ---- within papers


def _in_home(around: Surroundings, mention: Mention, home: Home, region: _Region) -> Found | None:
    if mention.kind is Kind.PAGE:
        return _page(around, mention, home)
    hits = [(paper, mark) for paper in home.papers for mark in _marks(paper, mention) if _is_in(mark, region)]
    if not hits:
        return None
    hits = _of_one_part(around, mention, hits)
    targets = [around.target(home.pack, paper, mark) for paper, mark in hits]
    why = f"{_NAMES[mention.kind]} {mention.ref} {home.why}"
    if len(targets) == 1 or _are_one(hits):
        return Found((targets[0],), home.scope, Confidence.CERTAIN if home.sure else Confidence.LIKELY, why)
    return Found.several(
        targets[:8], home.scope, f"there are several called {_NAMES[mention.kind]} {mention.ref} {home.why}"
    )


def _marks(paper: PaperFacts, mention: Mention) -> list[Landmark]:
    if mention.fact("named"):
        return _by_title(paper, mention.ref)
    found = paper.marks(mention.kind, mention.ref)
    if mention.kind is Kind.PARAGRAPH and "." in mention.ref:
        found = found or paper.marks(Kind.SECTION, mention.ref)
    if mention.kind is Kind.SECTION and not found:
        found = [mark for mark in paper.marks(Kind.PARAGRAPH, mention.ref) if "." in mention.ref]
    return found


def _by_title(paper: PaperFacts, title: str) -> list[Landmark]:
    rated = [(alikeness(title, mark.text), mark) for mark in paper.pointers.landmarks if mark.kind is Kind.SECTION]
    best = max((rate for rate, _ in rated), default=0.0)
    return [mark for rate, mark in rated if rate == best][:4] if best > 0.6 else []


def _is_in(mark: Landmark, region: _Region) -> bool:
    return region[0] <= (mark.place.page, mark.y) < region[1]


def _of_one_part(
    around: Surroundings, mention: Mention, hits: Sequence[tuple[PaperFacts, Landmark]]
) -> list[tuple[PaperFacts, Landmark]]:
    """Of several in this paper, those in the same appendix (or in none) as the words; numbers begin anew in each."""
    if len(hits) < 2 or any(paper is not around.paper for paper, _ in hits):
        return list(hits)
    where = (mention.place.page, mention.place.boxes[0][1] if mention.place.boxes else 0.0)
    region = _region_around(around.paper, where)
    inside = [hit for hit in hits if _is_in(hit[1], region)]
    return inside or list(hits)


def _are_one(hits: Sequence[tuple[PaperFacts, Landmark]]) -> bool:
    """A table that goes on over pages bears its caption again."""
    first = hits[0][1].text.casefold().split("(")[0].strip()
    return len({paper.paper_id for paper, _ in hits}) == 1 and all(
        mark.text.casefold().startswith(first) for _, mark in hits
    )


def _page(around: Surroundings, mention: Mention, home: Home) -> Found | None:
    """ "page 12" is the paper's own page 12; of the pack only where the paper has no such page, or lists the pack."""
    number = mention.ref
    if home.scope is Scope.PAPER and around.paper.is_agenda:
        return _pack_page(around, mention, home.pack.papers)
    paper = home.papers[0]
    place = _own_page(paper, number)
    if place is not None:
        sure = home.sure and len(home.papers) == 1
        make = Found.sure if sure else Found.likely
        return make(around.target(home.pack, paper, page=place), home.scope, f"its own page {number}, {home.why}")
    return _pack_page(around, mention, home.papers if home.scope is not Scope.PAPER else home.pack.papers)


def _own_page(paper: PaperFacts, number: str) -> int | None:
    if not number.isdigit():
        return None
    wanted = int(number)
    if wanted in paper.pointers.own:
        return paper.pointers.own.index(wanted)
    return wanted - 1 if not any(paper.pointers.own) and 0 < wanted <= paper.pages else None


def _pack_page(around: Surroundings, mention: Mention, papers: Iterable[PaperFacts]) -> Found | None:
    hits = [(paper, paper.labels.index(mention.ref)) for paper in papers if mention.ref in paper.labels]
    if len(hits) != 1:
        return Found.missing(f"No page of {around.pack.name} bears the number {mention.ref}.")
    paper, place = hits[0]
    make = Found.sure if around.paper.is_agenda else Found.likely
    return make(
        around.target(around.pack, paper, page=place),
        around.scope_of(around.pack, paper),
        f"page {mention.ref} of the pack",
    )


# ---- appendices


def _appendix(around: Surroundings, mention: Mention, home: Home) -> Found | None:
    """In the paper, among the papers of its item, in the pack; in minutes the last report's."""
    if mention.fact("item") or mention.fact("paper"):
        if not home.papers:
            return Found.missing(home.missing)
        return _appendix_in(around, mention, home) or _nowhere(around, mention, home)
    if around.is_minutes and not _own_appendices(around.paper, mention.ref):
        return _last_appendix(around, mention)
    found = _appendix_in(around, mention, home)
    if found is not None:
        return found
    if mention.fact("word") == "schedule":
        return None
    for scope, papers in _outward(around):
        whole = _whole(papers, mention.ref)
        if scope is Scope.PACK and not around.paper.is_agenda:
            whole = [paper for paper in whole if _same_word(paper, mention)]
        if len(whole) == 1:
            return Found.sure(
                around.target(around.pack, whole[0]), scope, f"appendix {mention.ref} of {scope.value[5:]}"
            )
        if whole:
            return Found.several(
                (around.target(around.pack, each) for each in whole), scope, "several papers are called so"
            )
    return Found.missing(f"No appendix {mention.ref} is in this paper, with its item or in the pack.")


def _own_appendices(paper: PaperFacts, ref: str) -> list[Landmark]:
    return [mark for mark in paper.marks(Kind.APPENDIX, ref) if not mark.fact("whole")]


def _last_appendix(around: Surroundings, mention: Mention) -> Found | None:
    home = around.report_under(mention)
    if not home.papers:
        return Found.missing(home.missing)
    return _appendix_in(around, mention, home) or _nowhere(around, mention, home)


def _appendix_in(around: Surroundings, mention: Mention, home: Home) -> Found | None:
    for paper in home.papers:
        marks = _own_appendices(paper, mention.ref)
        if marks:
            return _one_of(around, mention, home, paper, marks)
    whole = _whole(home.papers, mention.ref)
    if len(whole) == 1 and whole[0] is not around.paper:
        return Found.sure(
            around.target(home.pack, whole[0]),
            around.scope_of(home.pack, whole[0]),
            f"appendix {mention.ref} {home.why}",
        )
    return None


def _one_of(around: Surroundings, mention: Mention, home: Home, paper: PaperFacts, marks: Sequence[Landmark]) -> Found:
    """The first heading of that name begins it; one that comes again on the pages that follow is its running head."""
    first = marks[0]
    pages = sorted({mark.place.page for mark in marks})
    follow_on = pages == list(range(pages[0], pages[0] + len(pages)))
    why = f"appendix {mention.ref} {home.why}"
    if len(marks) == 1 or follow_on:
        return Found.sure(around.target(home.pack, paper, first), around.scope_of(home.pack, paper), why)
    targets = [around.target(home.pack, paper, mark) for mark in marks]
    return Found.several(targets[:8], around.scope_of(home.pack, paper), f"there are several called so {home.why}")


def _outward(around: Surroundings) -> list[tuple[Scope, list[PaperFacts]]]:
    rest = [paper for paper in around.pack.papers if paper is not around.paper and paper.pages]
    of_item = [paper for paper in rest if paper.item and paper.item == around.paper.item]
    return [(Scope.ITEM, of_item), (Scope.PACK, [paper for paper in rest if not around.paper.item or around.paper.is_agenda or _is_pack_lettered(paper)])]  # fmt: skip  # noqa: E501


def _is_pack_lettered(paper: PaperFacts) -> bool:
    """An appendix that is the only paper of its item is lettered by the pack."""
    return bool(paper.item) and paper.kind != "appendix"


def _whole(papers: Iterable[PaperFacts], ref: str) -> list[PaperFacts]:
    """Papers that are that appendix as a whole: by what they say of themselves, or by the pack's title."""
    return [paper for paper in papers if paper.pages and _is_whole(paper, ref)]


def _is_whole(paper: PaperFacts, ref: str) -> bool:
    if any(mark.fact("whole") for mark in paper.marks(Kind.APPENDIX, ref)):
        return True
    words = paper.title.replace(".", " ").replace(":", " ").replace("-", " ").casefold().split()
    return (
        len(words) > 1 and words[0] in ("appendix", "annex", "enclosure", "attachment") and words[1] == ref.casefold()
    )


def _same_word(paper: PaperFacts, mention: Mention) -> bool:
    """Whether it calls itself an appendix, an annex, or whatever it is called here."""
    marks = [mark for mark in paper.marks(Kind.APPENDIX, mention.ref) if mark.fact("whole")]
    said = f"{paper.title} {' '.join(mark.text for mark in marks)}".casefold()
    return mention.fact("word")[:5] in said


def _in_appendix(around: Surroundings, mention: Mention, home: Home, appendix: str) -> Found | None:
    """A part of an appendix: within it, wherever the appendix is found."""
    scoped = {name: value for name, value in mention.facts.items() if name in ("item", "paper", "paper_on")}
    led = _appendix(around, Mention(Kind.APPENDIX, mention.place, mention.text, appendix, scoped), home)
    if led is None or len(led.targets) != 1:
        return led
    target = led.targets[0]
    pack = home.pack if home.pack.pack_id == target.pack_id else around.pack_of_id(target.pack_id)
    paper = pack.paper(target.paper_id) if pack else None
    if pack is None or paper is None:
        return led
    within = Home(pack, (paper,), led.scope, f"in appendix {appendix}", led.confidence is Confidence.CERTAIN)
    if mention.kind is Kind.PAGE:
        return _page_of_appendix(around, mention, within, target)
    region = _ALL if not target.boxes else _region_around(paper, (target.page, target.boxes[0][1] + 1))
    return _in_home(around, mention, within, region) or _nowhere(around, mention, within)


def _page_of_appendix(around: Surroundings, mention: Mention, home: Home, target: Target) -> Found | None:
    paper = home.papers[0]
    if mention.ref in paper.labels and around.paper.is_agenda:
        stamped = paper.labels.index(mention.ref)
        return Found.sure(
            around.target(home.pack, paper, page=stamped), home.scope, f"page {mention.ref} of the pack, {home.why}"
        )
    if not target.boxes:
        return _page(around, mention, home)
    place = _own_page(paper, mention.ref)
    if place is not None and place >= target.page:
        return Found.sure(
            around.target(home.pack, paper, page=place), home.scope, f"the paper's own page {mention.ref}, {home.why}"
        )
    if mention.ref.isdigit() and target.page + int(mention.ref) <= paper.pages:
        inside = target.page + int(mention.ref) - 1
        return Found.likely(around.target(home.pack, paper, page=inside), home.scope, f"page {mention.ref} {home.why}")
    return Found.missing(f"There is no page {mention.ref} {home.why}.")


def _region_around(paper: PaperFacts, where: _Spot) -> _Region:
    """From the appendix's heading over a place (or the paper's start) to the next appendix's."""
    starts = [
        (mark.place.page, mark.y)
        for mark in paper.pointers.landmarks
        if mark.kind is Kind.APPENDIX and not mark.fact("whole")
    ]
    before = [spot for spot in starts if spot <= where]
    after = [spot for spot in starts if spot > where]
    return (before[-1] if before else _ALL[0], after[0] if after else _ALL[1])
