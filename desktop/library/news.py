"""What a new edition of a pack brought, against the edition the member saw last."""

from dataclasses import dataclass

from db.records import PackRecord
from desktop.packs.index import kept_pack
from desktop.packs.pack import Pack, Paper, PaperStatus


@dataclass(frozen=True)
class News:
    """One edition against the one seen before. note: the secretary's. Papers as the new edition names them.

    added: papers that can be read now and could not before. changed: another file than before. gone: withdrawn, or
    no longer named (as the old edition named them).
    """

    edition: int
    note: str
    added: tuple[Paper, ...]
    changed: tuple[Paper, ...]
    gone: tuple[Paper, ...]


def news_of(record: PackRecord) -> News | None:
    """What is new since the pack was last opened; None where it never was, or nothing came since."""
    if not record.opened_at or record.seen_edition >= record.edition:
        return None
    after = kept_pack(record.index)
    if not record.seen_index:  # opened by a release that did not keep the edition it showed
        return News(record.edition, record.note, (), (), ())
    return what_is_new(kept_pack(record.seen_index), after)


def what_is_new(before: Pack, after: Pack) -> News:
    """Compare two editions of one pack, in the order of the agenda."""
    old = {paper.id: paper for paper in before.papers}
    now = {paper.id: paper for paper in after.papers}
    readable = [paper for paper in after.papers if paper.target]
    return News(
        after.edition,
        after.note,
        tuple(paper for paper in readable if paper.id not in old or not old[paper.id].target),
        tuple(paper for paper in readable if paper.id in old and old[paper.id].sha256 not in ("", paper.sha256)),
        tuple(paper for paper in before.papers if not _withdrawn(paper) and _withdrawn(now.get(paper.id))),
    )


def _withdrawn(paper: Paper | None) -> bool:
    return paper is None or paper.status is PaperStatus.WITHDRAWN
