"""Packs and bodies for the shelf's tests."""

from dataclasses import replace
from datetime import UTC, date, datetime

from desktop.library.shelf import PackState, ShelfBody, ShelfPack
from desktop.packs.pack import Meeting, Session

NOW = datetime(2026, 1, 26, 14, 0, tzinfo=UTC)
_PLAIN = ShelfPack(
    pack_id="",
    title="",
    meeting=Meeting(date(2026, 1, 29), "15:00", "Committee Room 1", Session.PUBLIC),
    edition=1,
    note="",
    state=PackState.READ,
    papers_here=12,
    papers=12,
    done=60_000_000,
    size=60_000_000,
    read=203,
    pages=203,
    decisions=0,
)


def make_pack(pack_id: str, title: str, held_on: date, **others: object) -> ShelfPack:
    """A pack, read through unless told otherwise."""
    meeting = replace(_PLAIN.meeting, held_on=held_on)
    return replace(_PLAIN, pack_id=pack_id, title=title, meeting=meeting, **others)  # type: ignore[arg-type]


def make_body(body_id: str, name: str, *packs: ShelfPack, **others: object) -> ShelfBody:
    """A body confirmed three hours ago unless told otherwise."""
    plain = ShelfBody(body_id, name, "Northshire Trust", "", "2026-01-26T11:00:00Z", False, "", packs)
    return replace(plain, **others)  # type: ignore[arg-type]


def full_shelf() -> list[ShelfBody]:
    """A shelf with one pack in every state, a body in trouble and one that waits."""
    board = make_body(
        "a",
        "Trust Board",
        make_pack("a1", "Trust Board in public", date(2026, 1, 29), state=PackState.UNREAD, read=12, decisions=3),
        make_pack("a2", "Trust Board in November", date(2025, 11, 27)),
        make_pack(
            "a3",
            "Trust Board in October",
            date(2025, 10, 30),
            state=PackState.UPDATED,
            edition=2,
            note="Item 6 is new.",
        ),
        make_pack(
            "a4",
            "Trust Board in September",
            date(2025, 9, 25),
            state=PackState.TROUBLE,
            trouble="It did not arrive whole.",
        ),
        make_pack(
            "a5", "Trust Board in July", date(2025, 7, 25), state=PackState.DOWNLOADING, papers_here=3, done=14_000_000
        ),
    )
    earlier = [make_pack(f"b{n}", f"Audit meeting {40 - n}", date(2025, 12 - n, 12)) for n in range(10)]
    coming = make_pack("b99", "Audit meeting 41", date(2026, 2, 12), state=PackState.NEW, read=0)
    audit = make_body(
        "b",
        "Audit Committee",
        *earlier,
        coming,
        stale=True,
        confirmed="2026-01-12T11:00:00Z",
        trouble="The folder is not there.",
    )
    waiting = make_body("c", "Charitable Funds", phrase="amber violin harvest tunnel sparrow", confirmed="")
    return [audit, waiting, board]
