"""A small picture of every page, so that fast scrolling never shows white."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtGui import QImage

from desktop.packs.book import BookPage
from desktop.pdf.protocol import PageRequest, Tones
from desktop.reader.needs import need_is_here, thumbnail

LIMIT = 32_000_000  # bytes
_LARGEST = 48_000  # bytes of one: 120 x 200 pixels of 2 bytes
_TIDY = 0.9  # of the limit is kept when there are too many


class Thumbnails:
    """Kept by page of a version; the pages nearest to the reader are made first, and kept when there are too many."""

    def __init__(self) -> None:
        self._images: dict[tuple[str, int], QImage] = {}
        self._failed: set[tuple[str, int]] = set()
        self._tones: Tones | None = None
        self.bytes = 0
        self.losses = 0  # how often pictures went: until then what was complete is so still

    def use_tones(self, tones: Tones | None) -> None:
        """Keep dark pages, or pages as they are; what was kept before goes."""
        self._tones = tones
        self.keep_only(set())

    def request(self, page: BookPage) -> PageRequest:
        """What to ask for to have a page's small picture."""
        return thumbnail(page, self._tones)

    def get(self, page: BookPage) -> QImage | None:
        """The small picture of a page, if it has been made."""
        return self._images.get((page.paper.version, page.index))

    def has(self, key: tuple[str, int]) -> bool:
        """Whether the small picture of a page (version, from 0) is here, or will never be."""
        return key in self._images or key in self._failed

    def put(self, request: PageRequest, image: QImage) -> None:
        """Keep a picture; two bytes a pixel are plenty for what is seen in passing."""
        if request.tones != self._tones:
            return
        small = image.convertToFormat(QImage.Format.Format_RGB16)
        self._drop((request.version, request.page))
        self._images[(request.version, request.page)] = small
        self.bytes += small.sizeInBytes()

    def give_up(self, request: PageRequest) -> None:
        """Do not ask for this one again."""
        self._failed.add((request.version, request.page))

    def next_missing(self, pages: Iterable[BookPage], waiting: Sequence[PageRequest]) -> BookPage | None:
        """The page whose picture is yet to be made, of pages in the order of their nearness to the reader."""
        for count, page in enumerate(pages, 1):
            # No more are made than are kept, or the furthest would be made and dropped without end.
            if count * _LARGEST > _TIDY * LIMIT:
                return None
            key = (page.paper.version, page.index)
            if key in self._images or key in self._failed or not need_is_here(page):
                continue
            if self.request(page) not in waiting:
                return page
        return None

    def make_room(self, pages: Callable[[], Iterable[BookPage]]) -> None:
        """Once over the limit, let go of the pages furthest from the reader; pages: all, nearest first."""
        if self.bytes <= LIMIT:
            return
        near = {(page.paper.version, page.index): None for page in pages()}
        for key in [key for key in self._images if key not in near] + list(reversed(near)):
            if self.bytes <= _TIDY * LIMIT:
                return
            self._drop(key)

    def keep_only(self, versions: set[str]) -> None:
        """Forget the pages of other versions, and what failed."""
        for key in [key for key in self._images if key[0] not in versions]:
            self._drop(key)
        self._failed.clear()
        self.losses += 1

    def _drop(self, key: tuple[str, int]) -> None:
        image = self._images.pop(key, None)
        if image is not None:
            self.losses += 1
            self.bytes -= image.sizeInBytes()
