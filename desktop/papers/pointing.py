"""What a paper points to and can be pointed at by, gathered when it has been read through."""

from collections.abc import Iterable

from desktop.papers.finding import Finding
from desktop.papers.landmarks import find_landmarks, held_on, kind_of, titles_of
from desktop.papers.mention import Pointers
from desktop.papers.mentions import find_mentions
from desktop.papers.paper_text import PaperText

EDITION = 2  # counted up when what is found would differ: papers read before are read once more


def pointers_of(paper: PaperText, findings: Iterable[Finding] = (), own: tuple[int | None, ...] = ()) -> Pointers:
    """own: the number the paper itself prints on each page, as far as it does."""
    kind = kind_of(paper)
    landmarks = find_landmarks(paper, findings, kind)
    mentions = find_mentions(paper, landmarks)
    return Pointers(tuple(mentions), tuple(landmarks), kind, held_on(paper, kind), own, titles_of(paper))
