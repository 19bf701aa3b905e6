"""A figure with its mark, and the table it stands in."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any

MET, MISSED, NO_MARK = "met", "MISSED", ""
_HEADS = ("", "median", "spread", "mark", "", "beside it, in the same run")


@dataclass(frozen=True)
class Mark:
    """What a figure must not pass. at_least: larger is better. note: where the mark is another's figure, whose."""

    value: float
    at_least: bool = False
    note: str = ""

    def is_met(self, value: float) -> bool:
        """Whether a figure keeps to it."""
        return value >= self.value if self.at_least else value <= self.value

    def said(self) -> str:
        """As the table says it."""
        return f"{'≥' if self.at_least else '≤'} {rounded(self.value)}" + (f" {self.note}" if self.note else "")


@dataclass(frozen=True)
class Figure:
    """One measured thing. spread: least and most of the measurements. beside: raw limits and peers, by name."""

    name: str
    unit: str
    value: float
    spread: tuple[float, float] | None = None
    mark: Mark | None = None
    beside: dict[str, float] = field(default_factory=dict)

    @property
    def verdict(self) -> str:
        """Whether the mark was met, where there is one."""
        if self.mark is None:
            return NO_MARK
        return MET if self.mark.is_met(self.value) else MISSED

    def to_json(self) -> dict[str, Any]:
        """As the file of figures holds it."""
        return asdict(self) | {"verdict": self.verdict}

    @staticmethod
    def from_json(data: dict[str, Any]) -> "Figure":
        """As `to_json` gave it."""
        mark = Mark(**data["mark"]) if data["mark"] else None
        spread = (data["spread"][0], data["spread"][1]) if data["spread"] else None
        return Figure(data["name"], data["unit"], data["value"], spread, mark, data["beside"])


def of(
    name: str, unit: str, values: Sequence[float], mark: Mark | None = None, beside: dict[str, float] | None = None
) -> Figure:
    """The median of some measurements, with the least and the most of them. values: at least one."""
    return Figure(name, unit, median(values), (min(values), max(values)), mark, beside or {})


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of the measurements does not pass."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered)) - 1))]


def table(title: str, figures: Iterable[Figure]) -> str:
    """A group's figures as lines of text, columns aligned."""
    rows = [_HEADS[1:], *(_cells(figure)[1:] for figure in figures)]
    names = [title, *(figure.name for figure in figures)]
    cells = [(name, *row) for name, row in zip(names, rows, strict=True)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(_HEADS))]
    lines = ["  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def rounded(value: float) -> str:
    """Three digits that count, and never more."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 1 else f"{value:.2f}"


def _cells(figure: Figure) -> tuple[str, ...]:
    spread = f"{rounded(figure.spread[0])} – {rounded(figure.spread[1])}" if figure.spread else ""
    mark = figure.mark.said() if figure.mark else ""
    beside = ", ".join(f"{name} {rounded(value)}" for name, value in figure.beside.items())
    return figure.name, f"{rounded(figure.value)} {figure.unit}".rstrip(), spread, mark, figure.verdict, beside
