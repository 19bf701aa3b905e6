"""Somewhere to go: what every link, find, note and list entry comes down to."""

from dataclasses import dataclass

from desktop.annotations.anchor import Quad


@dataclass(frozen=True)
class Destination:
    """A place in a paper.

    pack_id: "" for the pack that is asked from. page: from 0 within the paper; y: points down it, None for its top.
    quads: lit on arrival; words: looked for on the page and lit. version: sha256 of the file that y, quads and words
    were found in, "" for whichever is here; in another version nothing is lit. if_gone, if_changed: a sentence for the
    reader where the paper is not in the pack, or is another version.
    """

    paper_id: str
    page: int = 0
    y: float | None = None
    quads: tuple[Quad, ...] = ()
    words: str = ""
    version: str = ""
    pack_id: str = ""
    if_gone: str = "The paper this leads to is not in this pack."
    if_changed: str = ""
