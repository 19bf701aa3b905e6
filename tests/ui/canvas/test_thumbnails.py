"""The small pictures: nearest first, bounded, and never made only to be dropped."""

from pathlib import Path

from PySide6.QtGui import QImage

from desktop.packs.book import BookPage, BookPaper
from desktop.reader.needs import outward, thumbnail
from desktop.ui.reader.thumbnails import LIMIT, Thumbnails

PAPER = BookPaper("a", "1", "Paper", "sha", Path("a.age"), "", 0, 3000)
PAGES = [BookPage(PAPER, index, 595, 992, str(index + 1)) for index in range(3000)]  # tall: the largest pictures


def around(centre: int) -> list[BookPage]:
    return [PAGES[number] for number in outward(centre, len(PAGES))]


def make_all(thumbnails: Thumbnails, centre: int) -> list[int]:
    """Make what is missing until nothing is, as the canvas does."""
    image = QImage(120, 200, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    made = []
    near = around(centre)
    while (page := thumbnails.next_missing(near, ())) is not None:
        made.append(page.index)
        assert len(made) <= len(PAGES), "pictures are made and dropped without end"
        thumbnails.put(thumbnail(page), image)
        thumbnails.make_room(lambda: near)
    return made


def test_the_nearest_are_made_first_and_all_stay_within_the_limit() -> None:
    thumbnails = Thumbnails()
    made = make_all(thumbnails, 1000)
    assert made[:5] == [1000, 1001, 999, 1002, 998]
    assert 400 < len(made) < 800
    assert thumbnails.bytes <= LIMIT


def test_going_elsewhere_makes_those_and_drops_the_furthest() -> None:
    thumbnails = Thumbnails()
    make_all(thumbnails, 200)
    make_all(thumbnails, 2500)
    assert thumbnails.bytes <= LIMIT
    assert thumbnails.get(PAGES[2500]) is not None
    assert thumbnails.get(PAGES[0]) is None


def test_what_failed_is_not_asked_for_again() -> None:
    thumbnails = Thumbnails()
    thumbnails.give_up(thumbnail(PAGES[7]))
    assert thumbnails.next_missing(around(7), ()) is PAGES[8]
    assert thumbnails.next_missing(around(7), (thumbnail(PAGES[8]),)) is PAGES[6]


def test_pages_of_other_versions_are_forgotten() -> None:
    thumbnails = Thumbnails()
    image = QImage(120, 200, QImage.Format.Format_RGB32)
    thumbnails.put(thumbnail(PAGES[0]), image)
    thumbnails.keep_only({"other"})
    assert (thumbnails.get(PAGES[0]), thumbnails.bytes) == (None, 0)
