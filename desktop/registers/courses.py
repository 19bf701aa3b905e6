"""Risks from meeting to meeting, as a drawing needs them: scores by day, target, tolerance, and since when."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.registers.risks import RiskStory


@dataclass(frozen=True)
class Point:
    """A risk's score at one meeting, and the page that says so. held_on: ISO."""

    held_on: str
    score: int
    target: int
    tolerance: int
    pack_id: str
    paper_id: str
    page: int


@dataclass(frozen=True)
class Course:
    """One risk over the meetings at which it was scored, oldest first; there is at least one.

    moved: by how much it changed when it last did, 0 where it never did. since: the day from which it scores what it
    does now, ISO. consequence and likelihood: as it stands now, 0 where no paper says.
    """

    ref: str
    title: str
    points: tuple[Point, ...]
    moved: int
    since: str
    consequence: int = 0
    likelihood: int = 0
    appetite: str = ""
    gone: bool = False

    @property
    def now(self) -> Point:
        """Where it stands."""
        return self.points[-1]

    @property
    def cell(self) -> str:
        """Its place on the heat map, "4×5" for consequence 4 and likelihood 5; "" where that is not told."""
        return f"{self.consequence}×{self.likelihood}" if self.consequence and self.likelihood else ""


def course_of(story: RiskStory) -> Course | None:
    """A story as a line; None where no paper tells a score."""
    scored = [standing for standing in story.standings if standing.current]
    if not scored:
        return None
    points = tuple(
        Point(each.held_on, each.current, each.target, each.tolerance, each.pack_id, each.paper_id, each.page)
        for each in scored
    )
    moved, since = _last_move([(point.held_on, point.score) for point in points], story.moved)
    now = scored[-1]
    return Course(
        now.ref, now.title, points, moved, since, now.consequence, now.likelihood, now.appetite, story.gone
    )  # fmt: skip


def _last_move(scores: Sequence[tuple[str, int]], told: int) -> tuple[int, str]:
    """By how much and since when. told: the move that the papers themselves tell of, for a risk seen at one meeting."""
    now = scores[-1][1]
    since, before = scores[-1][0], 0
    for day, score in reversed(scores):
        if score != now:
            before = score
            break
        since = day
    if before:
        return now - before, since
    return (told, since) if len(scores) == 1 else (0, since)
