"""A paper that was read, as bytes for the papers worker."""

from itertools import accumulate, pairwise

from desktop.papers.understanding import ReadPaper
from desktop.pdf.frames import Header
from desktop.pdf.protocol import Legible, PageText


def packed(paper: ReadPaper) -> tuple[Header, bytes]:
    """The header's fields and the body."""
    pages: list[list[int | str]] = []
    body: list[bytes] = []
    for text in paper.pages:
        parts = text.words, text.styles, text.rules, text.text.encode()
        pages.append([text.page, text.legible.value, *map(len, parts)])
        body += parts
    return {"pages": pages, "sizes": paper.sizes, "named": paper.named, "title": paper.title}, b"".join(body)


def unpacked(header: Header, body: bytes) -> ReadPaper:
    """What `packed` made; it comes from the application."""
    ends = [0, *accumulate(length for _, _, *lengths in header["pages"] for length in lengths)]
    parts = iter([body[start:end] for start, end in pairwise(ends)])
    pages = [
        PageText(
            page,
            next(parts),
            styles=next(parts),
            rules=next(parts),
            text=next(parts).decode(),
            legible=Legible(legible),
        )
        for page, legible, *_ in header["pages"]
    ]
    return ReadPaper(pages, header["sizes"], header["named"], header["title"])
