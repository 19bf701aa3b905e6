"""Where an entry stands, whatever its kind."""

from dataclasses import replace

from desktop.annotations.anchor import Anchor, Quad
from desktop.annotations.entries import Annotation, Bookmark, Entry


def paper_of(entry: Entry) -> str:
    """The id of the paper an entry lies on."""
    return entry.paper_id if isinstance(entry, Bookmark) else entry.anchor.paper_id


def version_of(entry: Entry) -> str:
    """sha256 of the version it stands on."""
    return entry.sha256 if isinstance(entry, Bookmark) else entry.anchor.sha256


def anchor_of(entry: Entry) -> Anchor:
    """Where an entry stands; a bookmark's height is a strip without breadth."""
    if isinstance(entry, Annotation):
        return entry.anchor
    return Anchor(entry.paper_id, entry.sha256, entry.page, "", (Quad(entry.page, 0.0, entry.y, 0.0, entry.y),))


def stand_at(entry: Entry, anchor: Anchor) -> Entry:
    """The entry at another place."""
    if isinstance(entry, Annotation):
        return entry.carried_to(anchor)
    y = anchor.quads[0].y0 if anchor.quads else 0.0
    return replace(entry, paper_id=anchor.paper_id, sha256=anchor.sha256, page=anchor.page, y=y)
