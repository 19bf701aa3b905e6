"""The strip and the window on it: where pages lie, what stays put."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.reader.viewport import (
    GAP,
    LEAST_ZOOM,
    MOST_ZOOM,
    PagePoint,
    Strip,
    View,
    ViewPixel,
    next_zoom,
    previous_zoom,
)

A4 = (595.0, 842.0)
WIDE = (842.0, 595.0)
A3_WIDE = (1191.0, 842.0)

sizes = st.lists(st.tuples(st.floats(1, 3000), st.floats(1, 3000)), min_size=1, max_size=40)


def test_one_landscape_page_does_not_shrink_the_others() -> None:
    plain = View(Strip([A4] * 20), 1000, 700)
    mixed = View(Strip([A4] * 10 + [A3_WIDE] + [A4] * 9), 1000, 700)
    assert mixed.fit_width() == pytest.approx(plain.fit_width())
    assert mixed.strip.widths[10] == pytest.approx(595)
    assert mixed.zoomed(mixed.fit_width()).range_x == 0


def test_a_pack_of_slides_is_laid_out_by_its_slides() -> None:
    strip = Strip([A4] + [WIDE] * 30)
    assert strip.column == 842
    assert strip.factors == [1.0] * 31


def test_letter_and_a4_share_a_column() -> None:
    strip = Strip([A4] * 10 + [(612.0, 792.0)] * 10)
    assert strip.column == 612
    assert strip.left(0) > strip.left(10)


def test_pages_follow_each_other_with_a_gap() -> None:
    strip = Strip([A4, WIDE, A4])
    for page in (0, 1):
        assert strip.tops[page + 1] == pytest.approx(strip.tops[page] + strip.heights[page] + GAP)
    assert strip.height == pytest.approx(strip.tops[2] + strip.heights[2] + GAP)


@given(sizes, st.floats(0, 1))
def test_page_at_is_what_a_walk_down_the_strip_finds(pages: list[tuple[float, float]], share: float) -> None:
    strip = Strip(pages)
    y = share * strip.height
    walked = max([number for number, top in enumerate(strip.tops) if top <= y], default=0)
    assert strip.page_at(y) == walked


@given(sizes, st.floats(0.1, 8), st.integers(0, 100_000), st.integers(50, 2000))
def test_pages_in_sight_are_those_whose_box_meets_the_window(
    pages: list[tuple[float, float]], zoom: float, top: int, height: int
) -> None:
    view = View(Strip(pages), 800, height).zoomed(zoom).moved(0, top)
    boxes = [view.box(page) for page in range(len(pages))]
    met = [box.page for box in boxes if box.top + box.height >= 0.01 and box.top <= height - 1.01]
    assert set(met) <= set(view.pages)
    for page in view.pages:
        assert boxes[page].top + boxes[page].height >= -0.01
        assert boxes[page].top <= height


@given(st.floats(0, 999), st.floats(0, 699), st.floats(0.25, 8), st.floats(0.25, 8), st.integers(0, 15_000))
def test_zooming_keeps_the_point_under_the_pointer(x: float, y: float, first: float, second: float, top: int) -> None:
    view = View(Strip([A4] * 20), 1000, 700).zoomed(first).moved(0, 600 + top)
    hold = ViewPixel(x, y)
    before = view.to_book(hold)
    zoomed = view.zoomed(second, hold)
    after = zoomed.to_book(hold)
    if 0 < zoomed.top < zoomed.range_y:
        assert abs(after.y - before.y) * second <= 0.51
    if 0 < zoomed.left < zoomed.range_x and view.range_x:
        assert abs(after.x - before.x) * second <= 0.51


@given(sizes, st.floats(0.25, 8), st.integers(0, 60_000), st.floats(0, 799), st.floats(0, 599))
def test_page_points_and_pixels_agree(
    pages: list[tuple[float, float]], zoom: float, top: int, x: float, y: float
) -> None:
    view = View(Strip(pages), 800, 600).zoomed(zoom).moved(40, top)
    pixel = view.to_view(view.to_page(ViewPixel(x, y)))
    assert pixel.x == pytest.approx(x, abs=1e-3)
    assert pixel.y == pytest.approx(y, abs=1e-3)


def test_a_place_is_found_again_in_a_window_of_another_size() -> None:
    strip = Strip([A4, WIDE] * 50)
    view = View(strip, 900, 700, 1.3).moved(0, 20_000)
    point = view.topmost()
    again = View(strip, 500, 400, 0.8).with_topmost(point)
    assert again.topmost().page == point.page
    assert again.topmost().y == pytest.approx(point.y, abs=1.5)


def test_what_is_smaller_than_the_window_is_centred_and_cannot_be_scrolled() -> None:
    view = View(Strip([A4]), 2000, 2000).moved(500, 500)
    box = view.box(0)
    assert (view.range_x, view.range_y) == (0, 0)
    assert box.left == pytest.approx(2000 - box.left - box.width, abs=1)
    assert box.top == pytest.approx(2000 - box.top - box.height, abs=1)


def test_scrolling_stops_at_both_ends() -> None:
    view = View(Strip([A4] * 3), 800, 600)
    assert view.moved(0, -50).top == 0
    assert view.moved(0, 1e9).top == view.range_y
    last = view.moved(0, 1e9).box(2)
    assert last.top + last.height == pytest.approx(600 - GAP, abs=1)


def test_the_page_read_is_the_first_at_the_start_and_the_last_at_the_end() -> None:
    view = View(Strip([A4] * 8), 800, 800, 0.3)
    assert view.moved(0, 0).main_page() == 0
    assert view.moved(0, 1e9).main_page() == 7
    pages = [view.moved(0, top).main_page() for top in range(0, view.range_y + 1, 5)]
    assert pages == sorted(pages)


def test_showing_a_line_leaves_its_context_above() -> None:
    view = View(Strip([A4] * 10), 800, 600, 1.5)
    assert view.showing(4).box(4).top == pytest.approx(GAP / 2 * 1.5, abs=1)
    assert view.showing(4, 500).to_view(PagePoint(4, 0, 500)).y == pytest.approx(150, abs=1)


def test_fit_page_shows_a_typical_page_whole() -> None:
    view = View(Strip([A4] * 9 + [WIDE]), 1400, 700)
    fitted = view.zoomed(view.fit_page())
    assert fitted.box(3).height <= 700


def test_zoom_stays_within_bounds() -> None:
    view = View(Strip([A4]), 800, 600)
    assert view.zoomed(0.0001).zoom == LEAST_ZOOM
    assert view.zoomed(1000).zoom == MOST_ZOOM
    assert View(Strip([A4]), 10, 10).fit_width() == LEAST_ZOOM


def test_zoom_steps_go_up_and_down() -> None:
    assert next_zoom(1.0) == 1.1
    assert previous_zoom(1.0) == 0.9
    assert next_zoom(1.37) == 1.5
    assert previous_zoom(1.37) == 1.25
    assert next_zoom(8.0) == MOST_ZOOM
    assert previous_zoom(0.25) == LEAST_ZOOM


@pytest.mark.parametrize(
    "size", [(0.0, 0.0), (-5.0, 10.0), (math.nan, 10.0), (math.inf, 800.0), (18_000.0, 36_000.0), (1e9, 1e9)]
)
def test_absurd_sizes_are_laid_out_soberly(size: tuple[float, float]) -> None:
    strip = Strip([A4, size, A4, A4])
    assert strip.column == pytest.approx(595, abs=1)
    assert 0 < strip.widths[1] <= 596
    assert math.isfinite(strip.height)


def test_an_empty_book_has_nothing_in_sight() -> None:
    view = View(Strip([]), 800, 600).moved(0, 100)
    assert list(view.pages) == []
    assert view.main_page() == 0
    assert view.page_under(ViewPixel(10, 10)) is None


def test_five_thousand_pages_are_found_by_few_steps() -> None:
    strip = Strip([A4, WIDE, (612.0, 792.0)] * 1667)
    view = View(strip, 1200, 800).moved(0, strip.height / 2)
    assert len(view.pages) <= 4
    assert view.pages[0] == strip.page_at(view.top)


def test_a_screen_is_as_many_pages_as_are_seen_whole() -> None:
    view = View(Strip([A4] * 30), 800, 800, 0.3)
    assert view.next_whole(down=True) == 3
    assert view.showing(9).next_whole(down=False) == 6
    assert view.moved(0, 1e9).next_whole(down=True) == 29
    assert view.zoomed(2.0).next_whole(down=True) is None
