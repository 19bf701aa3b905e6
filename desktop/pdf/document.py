"""One PDF held in memory and read by MuPDF. Runs in the worker process only."""

import hashlib
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from desktop.pdf import inert, labels, links
from desktop.pdf.annotating import annotated, read_marks
from desktop.pdf.annotations import PdfMark
from desktop.pdf.dark import Box, picture_boxes
from desktop.pdf.engine import mupdf
from desktop.pdf.frames import Refused
from desktop.pdf.looking import look
from desktop.pdf.merging import Merging
from desktop.pdf.protocol import Clip, bounded, device_size
from desktop.pdf.reading import Read, read_page

P = ParamSpec("P")
T = TypeVar("T")

MOST_PAGES = 20_000
_MOST_OUTLINE = 5_000
_MOST_TITLE = 500
_STORE_PERCENT = 18  # of MuPDF's 256 MB, which Python cannot set: 48 MB
_MOST_PICTURED = 500  # pages whose pictures' places are remembered
_A4 = (595.28, 841.89)


def guarded(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do work with MuPDF; what it cannot make sense of becomes Refused, and its store is cut back."""
    try:
        return work(*args, **kwargs)
    except MemoryError as error:
        raise Refused("memory") from error
    except mupdf.FzErrorSystem as error:
        raise Refused("memory" if "alloc" in str(error) else "damaged") from error
    except mupdf.FzErrorBase as error:
        raise Refused("damaged") from error
    except TypeError as error:
        if "FzError" in str(error):  # how the binding fails on an error whose words are no UTF-8
            raise Refused("damaged") from error
        raise
    finally:
        mupdf.fz_shrink_store(_STORE_PERCENT)


@dataclass(frozen=True)
class Drawing:
    """A page drawn: size in pixels, the pixels, and how the page came to lie in them."""

    width: int
    height: int
    pixmap: Any
    matrix: Any

    def place(self, box: Box) -> Box:
        """A box of the page in the drawing's pixels."""
        placed = mupdf.fz_transform_rect(mupdf.FzRect(*box), self.matrix)
        return placed.x0, placed.y0, placed.x1, placed.y1


class Document:
    """A PDF opened from bytes. Raises Refused with "locked", "empty" or "damaged" where it cannot be."""

    def __init__(self, data: memoryview) -> None:
        if not data:
            raise Refused("empty")
        self._pictures: dict[int, list[Box]] = {}
        self._data = data  # MuPDF reads from it for as long as the document lives
        stream = mupdf.fz_open_memory(mupdf.python_buffer_data(data), len(data))
        # Not pymupdf.open: that would take any format MuPDF knows, and only PDF is expected here.
        self._pdf = mupdf.pdf_open_document_with_stream(stream)
        self._document = mupdf.FzDocument(self._pdf)
        if mupdf.fz_needs_password(self._document):
            raise Refused("locked")
        self.page_count = self._count()

    def _count(self) -> int:
        if mupdf.fz_count_pages(self._document) < 1:
            raise Refused("empty")
        mupdf.fz_load_page(self._document, 0)  # only now are some files seen to have fewer pages than they say
        return int(min(mupdf.fz_count_pages(self._document), MOST_PAGES))

    def facts(self) -> dict[str, Any]:
        """Sizes, labels, outline, title and inert things, as JSON takes them."""
        sizes = self._sizes()
        named = labels.labels(self._pdf, len(sizes))
        return {
            "sha256": hashlib.sha256(self._data).hexdigest(),
            "title": self._title(),
            "pages": [[*size, label] for size, label in zip(sizes, named, strict=True)],
            "inert": inert.found(self._pdf, len(sizes)),
            "outline": list(self._outline(len(sizes))),
        }

    def draw(self, page: int, scale: float, clip: Clip | None, into: Any) -> Drawing:
        """Draw as BGRX into the memory at `into`."""
        loaded = self._load(page)
        bound = mupdf.fz_bound_page(loaded)
        across, down = bound.x1 - bound.x0, bound.y1 - bound.y0
        part = clip or Clip(0, 0, *device_size(across, down, scale))
        width, height = bounded(part.width, part.height)
        x, y = width / part.width, height / part.height
        matrix = mupdf.FzMatrix(
            scale * x, 0, 0, scale * y, -(bound.x0 * scale + part.left) * x, -(bound.y0 * scale + part.top) * y
        )
        bgr = mupdf.fz_device_bgr()
        pixmap = mupdf.fz_new_pixmap_with_data(bgr, width, height, mupdf.FzSeparations(), 1, width * 4, into)
        mupdf.fz_clear_pixmap_with_value(pixmap, 255)
        device = mupdf.fz_new_draw_device(matrix, pixmap)
        # Straight from the page: a display list first saves little even for tiles, and collecting one hangs or aborts
        # on files that draw well.
        mupdf.fz_run_page(loaded, device, mupdf.FzMatrix(), mupdf.FzCookie())
        mupdf.fz_close_device(device)
        return Drawing(width, height, pixmap, matrix)

    def pictures(self, page: int, drawing: Drawing) -> list[Box]:
        """Where the page's pictures lie in a drawing of it, in its pixels."""
        if page not in self._pictures:
            if len(self._pictures) >= _MOST_PICTURED:
                self._pictures.clear()
            self._pictures[page] = picture_boxes(self._load(page))
        return [drawing.place(box) for box in self._pictures[page]]

    def text(self, page: int, layout: bool) -> Read:
        """The page's words and text; layout: with how its lines are set and what is drawn round them."""
        return read_page(self._load(page), layout)

    def links(self, page: int) -> list[links.Found]:
        """The page's links; see `links.on_page`."""
        loaded = self._load(page)
        return links.on_page(self._document, loaded, mupdf.pdf_lookup_page_obj(self._pdf, page), self.page_count)

    def marks(self, page: int) -> list[PdfMark]:
        """The annotations that readers made on the page."""
        self._load(page)
        return read_marks(self._pdf, page)

    def annotated(self, marks: Sequence[PdfMark], watermark: str) -> bytes:
        """A copy with these annotations, and words across each page; this document stays as it is."""
        return annotated(self._data, marks, watermark)

    def look(self) -> dict[str, Any]:
        """What it carries besides what is seen; see `looking.look`."""
        return look(self._data, len(self._sizes()))

    def merge_into(self, merging: Merging, said: Mapping[str, Any]) -> tuple[int, bool]:
        """Its pages behind those of a file being put together; this document stays as it is."""
        return merging.paper(self._data, len(self._sizes()), said)

    def _load(self, page: int) -> Any:
        if not 0 <= page < self.page_count:
            raise Refused("page")
        return mupdf.fz_load_page(self._document, page)

    def _sizes(self) -> list[tuple[float, float]]:
        """Every page's size as shown, without loading the page. Pages at the end that cannot be found are left out."""
        sizes = [self._size(number) for number in range(self.page_count)]
        while sizes and sizes[-1] is None:
            sizes.pop()
        if not sizes:
            raise Refused("damaged")
        return [size or _A4 for size in sizes]

    def _size(self, number: int) -> tuple[float, float] | None:
        box, matrix = mupdf.FzRect(), mupdf.FzMatrix()
        try:
            page = mupdf.pdf_lookup_page_obj(self._pdf, number)
            mupdf.pdf_page_obj_transform(page, box, matrix)
        except mupdf.FzErrorBase:
            return None  # the page is lost; the others are not
        shown = mupdf.fz_transform_rect(box, matrix)
        width, height = shown.x1 - shown.x0, shown.y1 - shown.y0
        sane = math.isfinite(width) and math.isfinite(height) and width > 0 and height > 0
        return (round(width, 3), round(height, 3)) if sane else None

    def _title(self) -> str:
        try:
            info = mupdf.pdf_dict_gets(mupdf.pdf_trailer(self._pdf), "Info")
            title = str(mupdf.pdf_to_text_string(mupdf.pdf_dict_gets(info, "Title")) or "")
        except mupdf.FzErrorBase:
            title = ""  # a broken title takes nothing away from the pages
        return " ".join(title[:_MOST_TITLE].split())

    def _outline(self, pages: int) -> Iterator[tuple[int, str, int]]:
        """(level from 1, title, page from 0) in reading order; entries that lead outside the file are left out."""
        try:
            entry = mupdf.fz_load_outline(self._document)
        except mupdf.FzErrorBase:
            return  # a broken outline takes nothing away from the pages
        ancestors: list[Any] = []
        for _ in range(_MOST_OUTLINE):
            while not entry.m_internal and ancestors:
                entry = ancestors.pop().next()
            if not entry.m_internal:
                return
            number = entry.page().page
            if 0 <= number < pages:
                yield len(ancestors) + 1, (entry.title() or "")[:_MOST_TITLE], number
            ancestors.append(entry)
            entry = entry.down()
