"""What links between papers are called in words."""

from typing import TYPE_CHECKING

from desktop.links.facts import Target, say_day
from desktop.links.kept import KeptLink, OwnLink
from desktop.papers.finding import Confidence

if TYPE_CHECKING:
    from desktop.library.kept_links import PackLinks
    from desktop.ui.reader.page_links import SaidLink


def address_of(said: "SaidLink") -> str | None:
    """The address of the web that words are, None for any other."""
    if isinstance(said.what, KeptLink):
        return said.what.link.address or None
    return None


def say_reason(said: "SaidLink") -> str:
    """Why words lead nowhere, to the web, or to one of several places."""
    if not isinstance(said.what, KeptLink):
        return ""
    link = said.what.link
    if link.address:
        return f"On the web: {link.address}"
    if len(link.targets) > 1:
        return f"{len(link.targets)} places may be meant. Follow it for a list."
    return link.reason


def say_led(said: "SaidLink", words: str, pack_id: str, here: str, names: "PackLinks | None") -> str:
    """Over the picture of a place: where it is, in which other meeting's pack, and that it is only likely."""
    place = f"To {words}"
    if pack_id != here and names is not None and pack_id in names.names:
        place += f", meeting of {say_day(names.names[pack_id].held_on)}"
    if isinstance(said.what, KeptLink) and said.what.link.confidence is not Confidence.CERTAIN:
        return f"Probably: {place[:1].lower()}{place[1:]}"
    if isinstance(said.what, tuple) and isinstance(said.what[0], OwnLink):
        own = said.what[0]
        told = ", ".join(part for part in (own.kind, own.words) if part)
        return f"Your link{f' ({told})' if told else ''}: {place[:1].lower()}{place[1:]}"
    return place


def say_target(target: Target, names: "PackLinks | None") -> str:
    """A place in a list: "Minutes of the meeting held on 4 March 2025, page 3, meeting of 6 May 2025"."""
    pack = names.names.get(target.pack_id) if names is not None else None
    paper = pack.papers.get(target.paper_id, (target.title, ""))[0] if pack is not None else target.title
    parts = [paper, f"page {target.page + 1}"]
    if pack is not None and names is not None and target.pack_id != names.pack_id:
        parts.append(f"meeting of {say_day(pack.held_on)}")
    return ", ".join(part for part in parts if part)
