"""What an abbreviation stands for, as this pack says it, or an earlier pack of the same body."""

from collections import Counter
from dataclasses import dataclass, replace

from desktop.library.holdings import Holdings
from desktop.packs.index import kept_pack
from desktop.packs.pack import Pack
from desktop.papers.acronyms import bare_acronym, expansions, is_acronym

_PAGES = 200  # looked at in one pack; who explains a word does so where it is first used


@dataclass(frozen=True)
class Explained:
    """An expansion, and where it stands: page from 0 within the paper. asked_in: the id of the pack that was read."""

    acronym: str
    meaning: str
    pack: Pack
    paper_id: str
    page: int
    asked_in: str = ""

    @property
    def said_at(self) -> tuple[str, str]:
        """(the pack page it is said on, the pack's title where it is another than the one asked in, else "")."""
        paper = next(paper for paper in self.pack.papers if paper.id == self.paper_id)
        title = "" if self.pack.id == self.asked_in else self.pack.title or self.pack.body.name
        return self.pack.page_label(paper, self.page), title


class Acronyms:
    """Looks abbreviations up; every method runs in the store's lane."""

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings
        self._known: dict[tuple[str, str], Explained] = {}

    def explain(self, word: str, pack_id: str) -> Explained | None:
        """What a word of this pack stands for; None where it is no abbreviation, or nowhere explained."""
        acronym = bare_acronym(word)
        if not is_acronym(acronym):
            return None
        key = (acronym, pack_id)
        found = self._known.get(key) or self._look(acronym, pack_id)
        if found is not None:  # what is explained nowhere may be explained by a paper that is still to be read
            self._known[key] = found
        return found

    def _look(self, acronym: str, pack_id: str) -> Explained | None:
        here = self._holdings.packs.get(pack_id)
        if here is None:
            return None
        rows = [row for row in self._holdings.packs.of_body(here.body_id) if row.held_on <= here.held_on]
        rows.sort(key=lambda row: (row.id != pack_id, tuple(-ord(sign) for sign in row.held_on)))
        for row in rows:
            if found := self._in_pack(acronym, kept_pack(row.index)):
                return replace(found, asked_in=pack_id)
        return None

    def _in_pack(self, acronym: str, pack: Pack) -> Explained | None:
        """The commonest of its meanings, at the earliest page that says it."""
        order = {paper.sha256: (place, paper.id) for place, paper in enumerate(pack.papers) if paper.sha256}
        hits = [hit for hit in self._holdings.finding.find(f'"{acronym}"', _PAGES, (pack.id,)) if hit.sha256 in order]
        said: Counter[str] = Counter()
        first: dict[str, tuple[str, str, int]] = {}
        for hit in sorted(hits, key=lambda hit: (order[hit.sha256][0], hit.page)):
            text = self._holdings.versions.text(hit.sha256, hit.page) or ""
            for meaning in expansions(text, acronym):
                said[meaning.casefold()] += 1
                first.setdefault(meaning.casefold(), (meaning, hit.paper_id, hit.page))
        if not said:
            return None
        meaning, paper_id, page = first[said.most_common(1)[0][0]]
        return Explained(acronym, meaning, pack, paper_id, page)
