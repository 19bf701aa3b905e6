"""An anchor: a place in a paper that survives being looked for again. Never a rectangle alone."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Quad:
    """A marked strip: page from 0 within the paper, box in page points."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True)
class Anchor:
    """paper_id and sha256: which paper, which version of it. label: printed pack page at the time.

    exact: the words marked; prefix, suffix: about 120 characters on either side; heading: the heading it stands under.
    quads: one a line, in reading order; empty for a note on a whole page.
    """

    paper_id: str
    sha256: str
    page: int
    label: str
    quads: tuple[Quad, ...] = ()
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    heading: str = ""

    def to_json(self) -> str:
        """As kept in the store."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @staticmethod
    def from_json(text: str) -> "Anchor":
        """From the store's own text."""
        fields = json.loads(text)
        fields["quads"] = tuple(Quad(**quad) for quad in fields["quads"])
        return Anchor(**fields)
