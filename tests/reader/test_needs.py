"""What is asked of the engine for a view."""

from dataclasses import replace
from pathlib import Path

from desktop.packs.book import BookPage, BookPaper
from desktop.pdf.protocol import Urgency
from desktop.reader.needs import TILE, WHOLE, needs, outward, thumbnail, whole
from desktop.reader.viewport import Strip, View

PAPER = BookPaper("a", "1", "Paper", "sha", Path("a.age"), "", 0, 50)


def pages(count: int = 50, paper: BookPaper = PAPER) -> list[BookPage]:
    return [BookPage(paper, index, 595, 842, str(index + 1)) for index in range(count)]


def looking(zoom: float, top: float = 20_000, size: tuple[int, int] = (1000, 700)) -> View:
    return View(Strip([(595, 842)] * 50), *size).zoomed(zoom).moved(0, top)


def test_pages_in_sight_come_first_then_the_next_in_the_way_of_scrolling() -> None:
    view = looking(1.0, 8_000)
    down = needs(view, pages(), 1.0, down=True)
    sight = list(view.pages)
    assert [need.page for need in down] == [*sight, sight[-1] + 1, sight[0] - 1]
    assert [need.urgency for need in down][-2:] == [Urgency.NEXT, Urgency.PREVIOUS]
    up = needs(view, pages(), 1.0, down=False)
    assert [need.page for need in up][-2:] == [sight[0] - 1, sight[-1] + 1]


def test_large_pages_come_in_tiles_over_a_small_whole() -> None:
    wanted = needs(looking(6.0, 30_000), pages(), 1.0, down=True)
    bases = [need.request for need in wanted if need.urgency is Urgency.IN_SIGHT]
    pieces = [need.request for need in wanted if need.urgency is Urgency.DETAIL]
    assert bases[0].clip is None
    assert 595 * 842 * bases[0].scale ** 2 <= WHOLE
    clips = [piece.clip for piece in pieces if piece.clip]
    assert 2 <= len(clips) <= 6
    assert all(0 < clip.width <= TILE and 0 < clip.height <= TILE for clip in clips)
    assert {piece.scale for piece in pieces} == {6.0}


def test_tiles_cover_all_that_is_in_sight() -> None:
    view = looking(6.0, 30_123)
    wanted = needs(view, pages(), 2.0, down=True)
    for number in view.pages:
        box = view.box(number)
        clips = [need.request.clip for need in wanted if need.page == number and need.request.clip]
        left, top = max(0.0, -box.left * 2), max(0.0, -box.top * 2)
        right, bottom = min(box.width, view.width - box.left) * 2, min(box.height, view.height - box.top) * 2
        assert min(clip.left for clip in clips) <= left
        assert min(clip.top for clip in clips) <= top
        assert max(clip.left + clip.width for clip in clips) >= right - 1
        assert max(clip.top + clip.height for clip in clips) >= bottom - 1


def test_the_device_ratio_asks_for_more_pixels() -> None:
    view = looking(1.0)
    assert needs(view, pages(), 2.0, True)[0].request.scale == 2 * needs(view, pages(), 1.0, True)[0].request.scale


def test_a_page_that_is_not_here_is_not_asked_for() -> None:
    assert needs(looking(1.0), pages(paper=replace(PAPER, path=None)), 1.0, True) == []
    assert needs(looking(1.0), pages(paper=replace(PAPER, trouble="It is damaged.")), 1.0, True) == []


def test_a_wide_page_is_asked_for_at_the_size_it_is_shown() -> None:
    sizes = [(595.0, 842.0)] * 10 + [(1191.0, 842.0)]
    book = [*pages(10), BookPage(PAPER, 10, 1191, 842, "11")]
    view = View(Strip(sizes), 1000, 700).zoomed(2.0).moved(0, 1e9)
    need = next(need for need in needs(view, book, 1.0, True) if need.page == 10)
    assert abs(need.request.scale * 1191 - 2 * 595) < 1


def test_thumbnails_are_small_whatever_the_page() -> None:
    for width, height in ((595, 842), (18_000, 36_000), (3, 9_000)):
        request = thumbnail(BookPage(PAPER, 0, width, height, ""))
        assert width * request.scale <= 121
        assert height * request.scale <= 201


def test_whole_pictures_are_bounded() -> None:
    request = whole(BookPage(PAPER, 0, 18_000, 36_000, ""), 3.0)
    assert 18_000 * 36_000 * request.scale**2 <= WHOLE


def test_outward_goes_from_the_centre_to_both_ends() -> None:
    assert list(outward(2, 6)) == [2, 3, 1, 4, 0, 5]
    assert list(outward(99, 3)) == [2, 1, 0]
    assert list(outward(0, 0)) == []
