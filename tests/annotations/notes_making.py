"""A book, marks of every kind in it, and a notebook that saves nowhere, for tests of what goes out and comes in."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from desktop.annotations.anchor import Anchor, Quad
from desktop.annotations.entries import Annotation, Asking, Origin
from desktop.annotations.shapes import Shape, boxed
from desktop.packs.book import Book, BookPage, BookPaper
from desktop.packs.pack import AgendaItem, Body, Meeting, Pack, Paper, PaperKind, PaperStatus, Purpose, Session

PACK, FINANCE, CASE, GONE = "a" * 16, "1" * 16, "2" * 16, "3" * 16
VERSIONS = {FINANCE: "c" * 64, CASE: "d" * 64, GONE: "e" * 64}
ITEMS = (
    AgendaItem("1", "Apologies", Purpose.NONE, "Chair", ""),
    AgendaItem("10", "Finance report", Purpose.ASSURANCE, "Director of Finance", "15:00"),
    AgendaItem("13", "Diagnostic centre: full case", Purpose.DECISION, "Chief Executive", ""),
)


def make_book() -> Book:
    papers = tuple(
        Paper(name, item, title, PaperKind.REPORT, PaperStatus.PRESENT, VERSIONS[name], 1, 3, "", "")
        for name, item, title in ((FINANCE, "10", "Finance report: Month 9"), (CASE, "13", "The full case"))
    )
    pack = Pack(
        PACK, Body("e" * 16, "Trust Board", "Trust"), Meeting(date(2026, 1, 29), "15:00", "", Session.PUBLIC),
        "Trust Board", 1, datetime(2026, 1, 22, tzinfo=UTC), "", ITEMS, papers,
    )  # fmt: skip
    laid = tuple(
        BookPaper(each.id, each.item, each.title, each.sha256, None, "", 3 * place, 3)
        for place, each in enumerate(papers)
    )
    pages = tuple(BookPage(laid[n // 3], n % 3, 595, 842, str(41 + n)) for n in range(6))
    return Book(pack, laid, pages)


def mark(
    number: int, paper: str = FINANCE, page: int = 0, kind: str = "note", words: str = "", exact: str = "",
    colour: str = "risk", asking: Asking | None = None, shape: Shape | None = None, origin: Origin | None = None,
) -> Annotation:  # fmt: skip
    quads = (Quad(page, 72, 100 + number, 300, 112 + number),) if exact else ()
    around = ("before it", "after it", "Cash") if exact else ("", "", "")
    anchor = Anchor(paper, VERSIONS[paper], page, str(41 + page), quads, exact, *around)
    made = f"2026-01-2{number % 10}T10:00:00.000000Z"
    return Annotation(f"{number:016x}", PACK, anchor, kind, colour, words, made, made, shape, asking, origin)


def every_kind() -> list[Annotation]:
    """One mark of each kind, as a member makes them."""
    passages = ("highlight", "underline", "strike out", "squiggly line")
    dot = Shape((((200.0, 300.0, 1.0),),))
    ink = Shape((((72.0, 100.0, 1.0), (90.0, 110.5, 1.0)), ((200.0, 300.0, 1.0), (210.0, 310.0, 1.0))), 3.0)
    drawn = [("rectangle", boxed((50, 60), (150, 160))), ("ellipse", boxed((60, 70), (150, 160)))]
    drawn += [("line", boxed((50, 60), (150, 20))), ("arrow", boxed((250, 60), (150, 160))), ("ink", ink)]
    marks = [mark(n, kind=kind, exact="cash position", words="" if n % 2 else "See") for n, kind in enumerate(passages)]
    marks += [mark(4, kind="note", exact="cash position", words="Why?\nAnd when?")]
    marks += [mark(5, kind="note", words="At a point", shape=dot), mark(6, kind="note", words="On the whole page")]
    asked = Asking("13", "Director of Finance", True, "In March.")
    marks += [mark(7, kind="question", exact="cash position", words="Who agreed?", colour="question", asking=asked)]
    marks += [mark(8, kind="text", words="Typed on the page", shape=boxed((300, 300), (420, 340)))]
    marks += [mark(9 + n, kind=kind, colour="action", shape=shape) for n, (kind, shape) in enumerate(drawn)]
    return marks


class Nowhere:
    """Saving for tests of what the notebook holds; what it is told is counted."""

    def __init__(self) -> None:
        self.failed, self.puts = 0, 0

    def bring(self, kept: Sequence[object], gone: Sequence[object]) -> None:
        self.puts += len(kept) - len(gone)

    def forget(self, entry_id: str) -> None:
        """Nothing was kept."""

    def put(self, entry: object) -> None:
        self.puts += 1

    def remove(self, entry: object) -> None:
        self.puts -= 1

    def retry(self) -> None:
        """Nothing was refused."""

    def flush(self, timeout: float | None = None) -> bool:
        return True


def same(marks: Iterable[Annotation]) -> list[Annotation]:
    return sorted(marks, key=lambda each: each.id)
