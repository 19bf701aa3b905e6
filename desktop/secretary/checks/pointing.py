"""References that lead nowhere in this pack, although what they name should be in it."""

import re
from collections.abc import Iterator, Sequence

from desktop.links.facts import ItemFacts, Link, PackFacts
from desktop.links.resolving import resolve_pack
from desktop.links.unpacked import Loose, pack_of_folder
from desktop.papers.mention import MentionKind
from desktop.secretary.checks.remark import ReadPaper, Remark, Weight, listed

_IN_PACK = {MentionKind.ITEM, MentionKind.APPENDIX, MentionKind.PAGE, MentionKind.TABLE, MentionKind.FIGURE}
# Of another meeting, or of papers that are elsewhere: no fault of this pack.
_ELSEWHERE = re.compile(r"in your store|has not come yet|was not sent to you|cannot be told apart|in these packs")
_DO = "See whether the number is right, or the paper is missing."


def check(papers: Sequence[ReadPaper]) -> Iterator[Remark]:
    """Each paper's, a remark for each thing that is pointed to and is not there."""
    by_file = {paper.paper.file: paper for paper in papers}
    for facts, links in resolve_pack(_pack(papers)):
        paper = by_file[facts.paper_id]
        lost: dict[str, list[Link]] = {}
        for link in links:
            if not link.is_found and _is_ours(link):
                lost.setdefault(link.reason, []).append(link)
        for reason, of_reason in lost.items():
            words = listed(list(dict.fromkeys(f"“{link.mention.text}”" for link in of_reason)), 3)
            what = f"{words} in {paper.name} {'leads' if len(of_reason) == 1 else 'lead'} nowhere: {reason}"
            yield paper.remark(Weight.SEE_TO, what, _DO, of_reason[0].mention.place.page + 1)


def _is_ours(link: Link) -> bool:
    return link.mention.kind in _IN_PACK and not _ELSEWHERE.search(link.reason)


def _pack(papers: Sequence[ReadPaper]) -> PackFacts:
    loose = [
        Loose(
            each.paper.file, len(each.facts.pages), each.found.pointers, each.found.stamps, each.item.number,
            each.paper.title, each.paper.kind.value,
        )
        for each in papers
        if each.found is not None
    ]  # fmt: skip
    items = {each.item.number: ItemFacts(each.item.number, each.item.title) for each in papers}
    return pack_of_folder("pack", loose, "", list(items.values()))
