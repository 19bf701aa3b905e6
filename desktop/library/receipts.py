"""What this computer tells a secretary who asks for receipts: that a pack came, and that it was opened. Nothing is told
of a pack that does not ask, and the member can always see what was told."""

import json
from concurrent.futures import CancelledError, Future
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from db.errors import StoreError
from db.records import BodyRecord, IdentityRecord, PackRecord
from desktop.annotations.outside import write_outside
from desktop.changes import Change, Changes, Event
from desktop.errors import KnownError
from desktop.jobs import Lane
from desktop.library.current import READABLE, current_rows
from desktop.library.holdings import Holdings
from desktop.library.sources import open_source
from desktop.packs.index import kept_pack
from desktop.packs.layout import MAX_ROOT, METADATA, letter_name
from desktop.packs.receipt import Line, Receipt, mailbox_of, newest

_LOOKED_AT = (Event.BODY_CHECKED, Event.PAPER_ARRIVED, Event.READ_MARKED, Event.PACK_ARRIVED)


@dataclass(frozen=True)
class Telling:
    """What one secretary is told. lines: of each pack, with its title. waits: some of it has not been sent yet; with
    by_file it can only be taken there as a file."""

    body_id: str
    body: str
    lines: tuple[tuple[str, Line], ...]
    waits: bool = False
    by_file: bool = False


@dataclass(frozen=True)
class _Kept:
    """What was told before. sequence: of the newest receipt. sent: that it is where the secretary finds it."""

    sequence: int
    lines: dict[str, Line]
    sent: bool


class Receipts:
    """Keeps and sends receipts, quietly. Ends with `close`; what was not sent by then is sent the next time."""

    def __init__(self, holdings: Holdings, store: Lane, changes: Changes) -> None:
        self._holdings, self._store, self._changes = holdings, store, changes
        self._lane = Lane("receipts")
        self._done: set[tuple[str, int]] = set()  # packs, with their edition, of which all is told
        self._unwritable: set[str] = set()  # bodies to whose repository nothing can be written from here
        self._forget = changes.listen(self._on_change)

    def close(self) -> None:
        """Send nothing more."""
        self._forget()
        self._lane.close(drop_waiting=True)

    def send(self, body_id: str) -> "Future[bool]":
        """Tell what is to be told now; whether all of it is where the secretary finds it."""
        return self._lane.do(self._send, body_id)

    def tellings(self) -> list[Telling]:
        """What every secretary who asks is told. In the store's lane."""
        found = [self._telling(body) for body in self._holdings.bodies.all()]
        return [each for each in found if each is not None]

    def export(self, body_id: str, path: Path) -> "Future[None]":
        """Write the receipt into a file, sealed to the secretary: for where nothing can be put beside the packs."""
        return self._lane.do(self._export, body_id, path)

    def _on_change(self, change: Change) -> None:
        if change.event in _LOOKED_AT and change.origin is not self:
            self._lane.start(self._look, change)

    def _look(self, change: Change) -> None:
        """Pages are turned all day: of a pack all of which is told, nothing is looked up."""
        try:
            body_id = change.body_id or self._store.do(self._untold, change.pack_id).result()
            if body_id:
                self._send(body_id)
        except (CancelledError, KnownError):
            return  # being closed, or away: it is sent the next time
        except StoreError as error:
            self._changes.publish(Change(Event.STORE_FAILED, words=str(error), origin=self))

    def _untold(self, pack_id: str) -> str:
        record = self._holdings.packs.get(pack_id)
        if record is None or (pack_id, record.edition) in self._done:
            return ""
        if not kept_pack(record.index).receipts:
            self._done.add((pack_id, record.edition))
            return ""
        return record.body_id

    def _send(self, body_id: str) -> bool:
        due = self._store.do(self._due, body_id).result()
        if due is None:
            return True
        body, identity, receipt = due
        source = open_source(body.repository)
        try:
            if not source.writable:
                self._unwritable.add(body_id)
                return False
            # Only into a pack repository: an invitation must not have us write just anywhere.
            source.read(f"{METADATA}/1.root.json", MAX_ROOT)
            sealed = receipt.to_sealed(body.secretary, identity.signing)
            source.write(letter_name(mailbox_of(body.secretary), sealed), sealed)
        except KnownError:
            self._unwritable.add(body_id)
            raise
        finally:
            source.close()
        self._unwritable.discard(body_id)
        self._store.do(self._was_sent, body_id, receipt.sequence).result()
        self._changes.publish(Change(Event.RECEIPT_SENT, body_id, done=len(receipt.lines), origin=self))
        return True

    def _due(self, body_id: str) -> tuple[BodyRecord, IdentityRecord, Receipt] | None:
        """The receipt that is not sent yet; what happened meanwhile is written down first. In the store's lane."""
        body, identity = self._holdings.bodies.get(body_id), self._holdings.bodies.identity(body_id)
        if body is None or identity is None or not identity.signing:
            return None
        kept = self._write_down(body_id)
        if kept.sent or not kept.lines:
            return None
        return body, identity, Receipt(body_id, identity.tag, kept.sequence, newest(kept.lines.values()))

    def _write_down(self, body_id: str) -> _Kept:
        kept = self._kept(body_id)
        lines = dict(kept.lines)
        for record in self._holdings.packs.of_body(body_id):
            if (line := self._line(record, lines.get(record.id))) is not None:
                lines[record.id] = line
        if lines != kept.lines:
            kept = _Kept(kept.sequence + 1, lines, False)
            self._keep(body_id, kept)
        return kept

    def _line(self, record: PackRecord, before: Line | None) -> Line | None:
        """How things stand with a pack, None where it asks for no receipt or there is nothing to tell."""
        pack = kept_pack(record.index)
        if not pack.receipts or pack.is_sealed:
            return None
        line = before or Line(record.id)
        if record.edition > line.received and not record.put_away:
            rows = current_rows(self._holdings, pack)
            if all(row.state in READABLE for row in rows):
                line = replace(line, received=record.edition, received_at=_now())
        if record.opened_at and line.opened < record.seen_edition:
            line = replace(line, opened=record.seen_edition, opened_at=record.opened_at)
        if line.received == record.edition == line.opened:
            self._done.add((record.id, record.edition))
        return line if line != Line(record.id) else None

    def _telling(self, body: BodyRecord) -> Telling | None:
        records = self._holdings.packs.of_body(body.id)
        kept = self._write_down(body.id)
        titles = {record.id: record.title for record in records}
        asked = any(kept_pack(record.index).receipts for record in records)
        lines = [(titles[line.pack_id], line) for line in kept.lines.values() if line.pack_id in titles]
        if not (asked or lines):
            return None
        lines.sort(key=lambda each: each[1].received_at or each[1].opened_at, reverse=True)
        waits = bool(kept.lines) and not kept.sent
        return Telling(body.id, body.name, tuple(lines), waits, waits and body.id in self._unwritable)

    def _export(self, body_id: str, path: Path) -> None:
        due = self._store.do(self._due, body_id).result()
        if due is None:
            raise KnownError("There is nothing to tell this secretary that was not told.", "No file was written.")
        body, identity, receipt = due
        write_outside(path, receipt.to_sealed(body.secretary, identity.signing))

    def _kept(self, body_id: str) -> _Kept:
        facts = json.loads(self._holdings.settings.get(_name(body_id), "{}"))
        lines = {line["pack_id"]: Line(**line) for line in facts.get("lines", ())}
        return _Kept(facts.get("sequence", 0), lines, facts.get("sent", True))

    def _keep(self, body_id: str, kept: _Kept) -> None:
        lines = [asdict(line) for line in newest(kept.lines.values())]
        facts = {"sequence": kept.sequence, "lines": lines, "sent": kept.sent}
        self._holdings.settings.set(_name(body_id), json.dumps(facts))

    def _was_sent(self, body_id: str, sequence: int) -> None:
        kept = self._kept(body_id)
        if kept.sequence == sequence:  # else more happened meanwhile, which the next receipt tells
            self._keep(body_id, replace(kept, sent=True))


def _name(body_id: str) -> str:
    return f"told/{body_id}"


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
