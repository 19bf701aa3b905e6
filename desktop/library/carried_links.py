"""Links made by hand follow their papers as notes do: each end is carried as a mark without words."""

from typing import TYPE_CHECKING

from desktop.annotations.entries import Annotation
from desktop.links.kept import OwnLink

if TYPE_CHECKING:
    from desktop.library.holdings import Holdings

END = "link end"
_ENDS = ("start", "end")


def link_ends(holdings: "Holdings", pack_id: str) -> list[Annotation]:
    """The ends of links that lie in a pack, each as a mark. In the store's lane."""
    links = [OwnLink.from_record(row) for row in holdings.links.own_of(pack_id)]
    return [mark for link in links for which in _ENDS if (mark := _mark(link, which)).pack_id == pack_id]


def keep_end(holdings: "Holdings", before: Annotation, after: Annotation) -> bool:
    """Keep an end where it was carried to; False where the link was changed or removed meanwhile. In the lane."""
    link_id, _, which = after.id.rpartition(" ")
    row = holdings.links.get_own(link_id)
    link = OwnLink.from_record(row) if row is not None else None
    if link is None or _mark(link, which).anchor != before.anchor:
        return False
    holdings.links.put_own(link.moved(which, after.anchor, after.carriage).to_record())
    return True


def _mark(link: OwnLink, which: str) -> Annotation:
    end = link.start if which == "start" else link.end
    return Annotation(
        f"{link.id} {which}", end.pack_id, end.anchor, END, "", "", link.created, link.changed, carriage=end.carriage
    )
