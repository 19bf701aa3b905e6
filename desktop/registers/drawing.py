"""A risk's course as a drawing: pygal lays it out, the colours are the caller's, and no script is left in it."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from desktop.registers.courses import Course

if TYPE_CHECKING:
    from collections.abc import Callable

_HIGHEST = 25
_LINES = (("score", "", 3), ("tolerance", "9 5", 2), ("target", "3 4", 2))  # name, dashes, width in tenths of a letter
_DOT = 0.42  # of a letter's height


@dataclass(frozen=True)
class Look:
    """How to draw. Sizes in points of the drawing; colours as "#rrggbb"; family: of the letters."""

    width: int
    height: int
    letter: float
    family: str
    ink: str
    line: str
    score: str
    target: str
    tolerance: str


@dataclass(frozen=True)
class Drawn:
    """svg: the drawing. dots: where the scores stand in it, x and y each, in the order of the course's points."""

    svg: bytes
    dots: tuple[tuple[float, float], ...]


def draw_course(course: Course, look: Look) -> Drawn:
    """The line of one risk with its target and tolerance. The library is only loaded when something is drawn."""
    chart_of = _library().Line
    found: list[tuple[float, float]] = []
    chart = chart_of(
        js=(), css=(), style=_style(look), width=look.width, height=look.height, explicit_size=True, show_legend=False,
        margin=round(look.letter * 0.7), range=(0, _top(course)), y_labels=_steps(_top(course)),
        dots_size=look.letter * _DOT, disable_xml_declaration=True, no_prefix=True, show_x_guides=False,
        truncate_label=-1,
    )  # fmt: skip
    chart.x_labels = _days(course, look)
    for name, _, _ in _LINES:
        values = [getattr(point, name) or None for point in course.points]
        chart.add(name, values, show_dots=name == "score", allow_interruptions=True)
    chart.add_xml_filter(_dresser(look, found))
    said = chart.render()
    return Drawn(said if isinstance(said, bytes) else said.encode(), tuple(found))


def _library() -> Any:
    """pygal, without the finder of maps that it adds to every later import of the whole program."""
    import pygal

    sys.meta_path[:] = [finder for finder in sys.meta_path if not type(finder).__module__.startswith("pygal")]
    return pygal


def _top(course: Course) -> int:
    highest = max(max(point.score, point.target, point.tolerance) for point in course.points)
    return _HIGHEST if highest <= _HIGHEST else 5 * -(-highest // 5)


def _steps(top: int) -> list[int]:
    return [top * step // 5 for step in range(6)]


def _days(course: Course, look: Look) -> list[str]:
    """Under each point its day, or under every other where they would touch."""
    said = [_day(point.held_on) for point in course.points]
    room = max(1, int(look.width * 0.85 / (look.letter * 6.2)))
    step = -(-len(said) // room)
    return [day if (len(said) - 1 - place) % step == 0 else "" for place, day in enumerate(said)]


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%b %y}"


def _style(look: Look) -> object:
    size = look.letter
    return _library().style.Style(
        label_font_size=size, major_label_font_size=size, font_family=look.family, background="transparent"
    )


def _dresser(look: Look, found: list[tuple[float, float]]) -> "Callable[[Any], Any]":
    """Takes what is for browsers out of a drawing and gives its parts the colours; notes where the dots are."""

    def dress(root: Any) -> Any:
        for parent in list(root.iter()):
            for child in list(parent):
                if child.tag in ("script", "style", "title", "desc", "defs") or not isinstance(child.tag, str):
                    parent.remove(child)
        _walk(root, look, 0.0, 0.0, "", found)
        return root

    return dress


def _walk(element: Any, look: Look, x: float, y: float, inside: str, found: list[tuple[float, float]]) -> None:
    moved = element.get("transform", "")
    if moved.startswith("translate("):
        dx, dy = moved[len("translate(") : -1].replace(",", " ").split()
        x, y = x + float(dx), y + float(dy)
    inside = f"{inside} {element.get('class', '')}"
    for name, value in _dressed(element, inside, look).items():
        element.set(name, value)
    if element.tag == "circle":
        found.append((x + float(element.get("cx")), y + float(element.get("cy"))))
    for child in element:
        _walk(child, look, x, y, inside, found)


def _dressed(element: Any, inside: str, look: Look) -> Mapping[str, str]:
    if element.tag == "rect":
        return {"fill": "none"}
    if element.tag == "text":
        anchor = "end" if " y " in inside else _anchor(element, look)
        return {
            "fill": look.ink, "font-family": look.family, "font-size": f"{look.letter:.1f}", "text-anchor": anchor,
            "stroke": "none",
        }  # fmt: skip
    if element.tag == "circle":
        return {"fill": look.score, "stroke": "none"}
    if element.tag == "path" and "serie-" in inside:
        name, dashes, width = _LINES[int(inside.split("serie-")[1].split()[0])]
        thick = {"stroke-width": f"{width * look.letter / 14:.1f}", "stroke-dasharray": dashes or "none"}
        return {"fill": "none", "stroke": getattr(look, name)} | thick
    if element.tag == "path":
        return {"fill": "none", "stroke": look.line if " y " in inside else "none", "stroke-width": "1"}
    return {}


def _anchor(element: Any, look: Look) -> str:
    """The first and last day stay inside the drawing."""
    at = float(element.get("x", "0"))
    if at < 2.5 * look.letter:
        return "start"
    return "end" if at > look.width - 8 * look.letter else "middle"
