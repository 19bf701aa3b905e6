"""Modes, fits and turns: where pages lie in each, and that points of pages and pixels agree in all of them."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.reader.layout import Fit, Mode, Strip, TextBox
from desktop.reader.viewport import PagePoint, View, ViewPixel

A4 = (595.0, 842.0)
WIDE = (842.0, 595.0)
A3_WIDE = (1191.0, 842.0)
SLIDES = (960.0, 540.0)


@dataclass(frozen=True)
class Look:
    """One way to look at a book."""

    sizes: list[tuple[float, float]]
    mode: Mode
    fit: Fit
    turns: list[int]
    zoom: float
    window: tuple[int, int]

    def view(self) -> View:
        """Its start."""
        texts: list[TextBox | None] = [(0.15 * w, 0.1 * h, 0.8 * w, 0.9 * h) for w, h in self.sizes]
        whole = (float(self.window[0]), float(self.window[1])) if self.fit is Fit.PAGE else None
        strip = Strip(self.sizes, self.mode, self.turns, texts if self.fit is Fit.TEXT else (), whole)
        view = View(strip, *self.window)
        zoom = {Fit.PAGE: view.fit_page(), Fit.NONE: self.zoom}.get(self.fit, view.fit_width())
        return View(strip, *self.window, zoom).on(0).moved(0, -1e9)


@st.composite
def looks(draw: st.DrawFn) -> Look:
    """Any book in any mode, fit, zoom and window, each page turned in its own way."""
    size = st.sampled_from([A4, WIDE, A3_WIDE, SLIDES, (612.0, 792.0), (420.0, 595.0), (100.0, 2000.0)])
    sizes = draw(st.lists(size, min_size=1, max_size=30))
    return Look(
        sizes,
        draw(st.sampled_from(Mode)),
        draw(st.sampled_from(Fit)),
        draw(st.lists(st.integers(0, 3), min_size=len(sizes), max_size=len(sizes))),
        draw(st.floats(0.25, 8)),
        (draw(st.integers(200, 2600)), draw(st.integers(150, 1600))),
    )


@given(looks(), st.data())
def test_points_of_pages_and_pixels_agree_in_every_mode_turn_and_zoom(look: Look, data: st.DataObject) -> None:
    view = look.view()
    page = data.draw(st.integers(0, len(look.sizes) - 1))
    width, height = look.sizes[page]
    point = PagePoint(page, data.draw(st.floats(0.2, 0.75)) * width, data.draw(st.floats(0.12, 0.88)) * height)
    view = view.with_point(point, ViewPixel(look.window[0] / 2, look.window[1] / 2))
    pixel = view.to_view(point)
    again = view.to_page(pixel)
    assert again.page == page
    assert (again.x, again.y) == (pytest.approx(point.x, abs=1e-3), pytest.approx(point.y, abs=1e-3))
    assert view.box(page).contains(pixel)
    other = view.to_view(view.on_page(page, ViewPixel(13.0, 57.0)))
    assert (other.x, other.y) == (pytest.approx(13.0, abs=1e-3), pytest.approx(57.0, abs=1e-3))


@given(looks())
def test_what_is_shown_of_pages_never_overlaps(look: Look) -> None:
    view = look.view()
    boxes = [view.box(page) for page in range(len(look.sizes))]
    for page, box in enumerate(boxes[:-1]):
        beside = boxes[page + 1]
        right, below = box.shown[0] + box.shown[1], box.top + box.height
        assert beside.shown[0] >= right - 1e-6 or beside.top >= below - 1e-6


@given(looks(), st.data())
def test_a_place_is_found_again_in_every_look_and_another_window(look: Look, data: st.DataObject) -> None:
    view = look.view()
    page = data.draw(st.integers(0, len(look.sizes) - 1))
    view = view.showing(page)
    corner = view.corner(page)
    again = view.with_topmost(corner)
    assert (again.top, again.row) == (view.top, view.row)
    assert page in again.pages


@given(looks())
def test_fit_page_shows_every_row_whole(look: Look) -> None:
    look = Look(look.sizes, look.mode, Fit.PAGE, look.turns, 1.0, (1200, 800))
    view = look.view()
    for row in view.strip.rows:
        box = view.box(row.start)
        assert box.height <= 800
        shown = [view.showing(row.start).box(page) for page in row]
        assert all(one.left >= -0.5 and one.left + one.width <= 1200.5 for one in shown)


@given(looks())
def test_fit_width_needs_no_scrolling_across(look: Look) -> None:
    look = Look(look.sizes, look.mode, Fit.WIDTH, look.turns, 1.0, (1200, 800))
    view = look.view()
    assert view.range_x == 0
    for page in range(len(look.sizes)):
        box = view.box(page)
        assert box.left >= -0.5
        assert box.left + box.width <= 1200.5


def test_the_first_page_stands_alone_on_the_right_and_then_they_stand_in_twos() -> None:
    strip = Strip([A4] * 6, Mode.SPREAD)
    assert [list(row) for row in strip.rows] == [[0], [1, 2], [3, 4], [5]]
    assert strip.lefts[0] == strip.lefts[2] > strip.width / 2
    assert strip.lefts[1] == strip.lefts[5] < strip.width / 2
    assert strip.tops[1] == strip.tops[2]


def test_a_wide_page_among_upright_ones_takes_a_spread_alone_and_shrinks_nobody() -> None:
    strip = Strip([A4, A4, WIDE, A4, A4], Mode.SPREAD)
    assert [list(row) for row in strip.rows] == [[0], [1], [2], [3, 4]]
    assert strip.factors == [1.0] * 5
    assert strip.lefts[2] + strip.widths[2] / 2 == pytest.approx(strip.width / 2)


def test_a_pack_of_slides_stands_in_twos() -> None:
    assert [list(row) for row in Strip([SLIDES] * 5, Mode.SPREAD).rows] == [[0], [1, 2], [3, 4]]


def test_a_wide_page_seen_whole_fills_the_window_as_well_as_an_upright_one() -> None:
    strip = Strip([A4] * 9 + [WIDE], whole=(1400.0, 700.0))
    view = View(strip, 1400, 700)
    view = view.zoomed(view.fit_page())
    assert view.box(0).height == pytest.approx(view.box(9).height, abs=1)
    assert view.box(9).width > view.box(0).width


@pytest.mark.parametrize(
    ("turn", "corner"), [(0, (0.0, 0.0)), (1, (0.0, 842.0)), (2, (595.0, 842.0)), (3, (595.0, 0.0))]
)
def test_the_corner_that_comes_to_the_top_left(turn: int, corner: tuple[float, float]) -> None:
    view = View(Strip([A4], turns=[turn]), 1000, 1000)
    box = view.box(0)
    point = view.to_page(ViewPixel(box.left, box.top))
    assert (point.x, point.y) == (pytest.approx(corner[0]), pytest.approx(corner[1]))
    assert (box.width, box.height) == ((842, 595) if turn % 2 else (595, 842))


def test_turned_pages_are_laid_out_as_they_are_seen() -> None:
    strip = Strip([WIDE] * 4 + [A4] * 20, turns=[1] * 4 + [0] * 20)
    assert strip.column == 595
    assert strip.factors == [1.0] * 24


def test_fitting_the_text_leaves_the_margins_outside_the_window() -> None:
    text = (90.0, 80.0, 505.0, 760.0)
    strip = Strip([A4] * 5, texts=[text] * 5)
    view = View(strip, 1000, 700)
    view = view.zoomed(view.fit_width())
    left, right = view.to_view(PagePoint(2, 90, 100)).x, view.to_view(PagePoint(2, 505, 100)).x
    assert 0 < left < 60
    assert 940 < right < 1000
    assert view.range_x == 0
    assert view.box(2).left < 0
    assert view.zoom > View(Strip([A4] * 5), 1000, 700).fit_width() * 1.2


def test_two_pages_fitted_to_their_text_do_not_lie_on_each_other() -> None:
    view = View(Strip([A4] * 5, Mode.SPREAD, texts=[(90.0, 80.0, 505.0, 760.0)] * 5), 1200, 700)
    one, other = view.box(1), view.box(2)
    assert one.shown[0] + one.shown[1] < other.shown[0]
    assert view.page_under(ViewPixel(other.shown[0] + 3, other.top + 3)) == 2
    assert view.page_under(ViewPixel(one.shown[0] + one.shown[1] + 3, other.top + 3)) is None


def test_one_page_at_a_time_shows_no_other_however_small() -> None:
    view = View(Strip([A4] * 5, Mode.SINGLE), 1000, 900, 0.3).showing(3)
    assert list(view.pages) == [3]
    assert view.main_page() == 3
    box = view.box(3)
    assert box.top == pytest.approx(900 - box.top - box.height, abs=1)
    assert view.next_whole(down=True) == 4
    assert view.at_edge(down=True)


def test_the_scroll_bar_goes_over_all_pages_even_one_at_a_time() -> None:
    for zoom in (0.3, 0.8, 2.0):
        view = View(Strip([A4] * 9, Mode.SINGLE), 1000, 900, zoom).showing(0)
        least, most = view.slide
        seen = [view.slid(least + (most - least) * step / 400).row for step in range(401)]
        assert seen == sorted(seen)
        assert set(seen) == set(range(9))


@given(looks())
def test_every_page_can_be_shown_and_is_then_in_sight(look: Look) -> None:
    view = look.view()
    for page in range(len(look.sizes)):
        assert page in view.showing(page).pages
        assert page in view.showing_foot(page).pages
