"""Letters that came: who wrote them, whether that is true, and what of them is taken in. In the store's lane."""

import base64
import json
from collections.abc import Iterable
from dataclasses import asdict, replace

from db.records import FellowRecord, HeldRecord, PlaceRecord, TakenRecord
from desktop.annotations.merging import State
from desktop.annotations.wire import MAX_STATE, read_state
from desktop.errors import KnownError
from desktop.library.ends_told import Received, take_choices, take_ended
from desktop.library.holdings import Holdings
from desktop.library.ledger import Ledger
from desktop.library.posting import keys_of
from desktop.library.standing import Among
from desktop.packs.fields import Malformed
from desktop.packs.letter import Item, Opened, Spot, item_from
from desktop.packs.sealing import CannotOpen, open_sealed

_MOST_HELD = 5000  # notes of a body that cannot be opened yet
_SAFE = "Nothing of it was taken in; your own notes are unchanged."


class NotYet(KnownError):
    """A letter that may be used once the roster is newer, or the member has said that the device is theirs."""


class RefusedLetter(KnownError):
    """A letter that must not be used."""


class Receiving:
    """Judges letters and takes them in, each in one transaction."""

    def __init__(self, holdings: Holdings, ledger: Ledger) -> None:
        self._holdings, self._ledger = holdings, ledger

    def take(self, among: Among, opened: Opened, place: str = "") -> Received:
        """Take a letter in. place: the name it lies under in the repository, "" elsewhere. Raises RefusedLetter or
        NotYet."""
        author = self._author(among, opened)
        name = author.device or author.member if among.own(author) else author.member
        letter, post = opened.letter, self._holdings.note_post
        received = Received()
        with self._holdings.store.transaction():
            before = post.taken(among.body_id, author.tag)
            if place:
                post.carries(among.body_id, among.identity.tag, place, [item.entry for item in letter.items])
            if any(each.digest == opened.digest for each in before):
                return received  # a repeat
            try:
                self._take_items(among, author, name, letter.items, letter.sequence, received)
            except Malformed as error:
                raise _refused(f"What {name} sent cannot be used ({error}).") from error
            if among.own(author):
                self._take_spots(among, letter.spots)
                take_choices(self._holdings, among.body_id, letter.choices, received)
            else:
                take_ended(self._holdings, among.body_id, author.person, letter.ended, received)
            post.add_taken(TakenRecord(among.body_id, author.tag, letter.sequence, opened.digest, letter.whole))
        received.missing = {name: count} if (count := self._missing(among, author)) else {name: 0} if before else {}
        return received

    def take_held(self, among: Among) -> Received:
        """What could not be opened before, and can be now."""
        received = Received()
        fellows = {each.tag: each for each in self._holdings.fellows.of_body(among.body_id)}
        with self._holdings.store.transaction():
            for held in self._holdings.note_post.held(among.body_id):
                author, item = fellows.get(held.author), item_from(held.item)
                state = self._open(among, author, item) if author is not None else None
                if author is None or state is None:
                    continue
                self._holdings.note_post.let_go(held)
                try:
                    self._take_state(among, author, author.member, item, state, received)
                except Malformed:
                    continue  # signed by its author, and of no use to anybody
        return received

    def _author(self, among: Among, opened: Opened) -> FellowRecord:
        letter = opened.letter
        if letter.body_id != among.body_id or letter.to != among.identity.tag:
            raise _refused("Notes that came are meant for somebody else.")
        if letter.author == among.identity.tag:
            raise _refused("Notes came that claim to be from this computer itself.")
        author = next((each for each in among.others if each.tag == letter.author), None)
        if author is None:
            known = {each.tag: each for each in self._holdings.fellows.of_body(among.body_id)}.get(letter.author)
            who = f"{known.member}, who is no longer on the list" if known else "somebody who is not on the list"
            raise NotYet(f"Notes came from {who} of this body's members.", _SAFE)
        if not opened.is_signed_by(author.signing):
            raise _refused(f"Notes came under the name of {author.member} that {author.member} did not sign.")
        if among.own(author) and author.tag not in among.agreed:
            raise NotYet(f"Notes wait from “{author.device}”, which you have not said is yours.", _SAFE)
        return author

    def _take_items(
        self, among: Among, author: FellowRecord, name: str, items: Iterable[Item], sequence: int, received: Received
    ) -> None:
        if among.own(author):
            for pack_id in {item.pack_id for item in items}:
                self._ledger.write_down(pack_id, among.me)
        for item in items:
            pack = self._holdings.packs.get(item.pack_id)
            if pack is not None and pack.body_id != among.body_id:
                raise Malformed("a pack of another body")
            state = self._open(among, author, item)
            if state is None:
                self._hold(among, author, item, sequence)
            else:
                self._take_state(among, author, name, item, state, received)

    def _open(self, among: Among, author: FellowRecord, item: Item) -> State | None:
        """What an item says; None where its pack or paper is not here, or not for this member."""
        if self._holdings.packs.get(item.pack_id) is None:
            return None
        if item.state:
            state = read_state(item.state)
            if not among.own(author) and (state.texts or set(state.parts) - {"to"}):
                raise Malformed("a note that is not sealed to its paper")
            return state
        sealed = _decoded(item.sealed)
        for key in keys_of(self._holdings, among.body_id, item.pack_id, item.paper_id):
            try:
                plain = open_sealed(sealed, key)
            except CannotOpen:
                continue
            if len(plain) > 4 * MAX_STATE:
                raise Malformed("too long")
            return read_state(plain.decode("utf-8", "replace"))
        return None

    def _take_state(
        self, among: Among, author: FellowRecord, name: str, item: Item, state: State, received: Received
    ) -> None:
        person = "" if among.own(author) else author.person
        if self._ledger.take(item.entry, item.pack_id, item.paper_id, state, person, author.member, among.me):
            received.notes[item.pack_id] += 1
            received.names.add(name)

    def _hold(self, among: Among, author: FellowRecord, item: Item, sequence: int) -> None:
        held = self._holdings.note_post.held(among.body_id)
        if len(held) < _MOST_HELD:
            name = f"{item.entry}.{sequence}"
            self._holdings.note_post.hold(HeldRecord(among.body_id, author.tag, name, json.dumps(asdict(item))))

    def _take_spots(self, among: Among, spots: Iterable[Spot]) -> None:
        """The place that was left last; how it was looked at here stays."""
        places = self._holdings.places
        for spot in spots:
            pack = self._holdings.packs.get(spot.pack_id)
            if pack is None or pack.body_id != among.body_id:
                continue
            papers = {each.paper_id: each for each in places.of_papers(spot.pack_id)}
            here = places.get(spot.pack_id) if spot.last else papers.get(spot.paper_id)
            if here is not None and (here.at, here.paper_id, here.page, here.y) >= (
                spot.at, spot.paper_id, spot.page, spot.y,
            ):  # fmt: skip
                continue
            fresh = PlaceRecord(spot.pack_id, spot.paper_id, spot.page, spot.y, 0.0, 1.0, "width", spot.at)
            left = replace(
                here or fresh, paper_id=spot.paper_id, page=spot.page, y=spot.y, at=spot.at, number=spot.number
            )
            (places.put_pack if spot.last else places.put_paper)(left)

    def _missing(self, among: Among, author: FellowRecord) -> int:
        """How many letters of a device have not come."""
        taken = self._holdings.note_post.taken(among.body_id, author.tag)
        since = max((each.sequence for each in taken if each.whole), default=0)
        numbers = {each.sequence for each in taken if each.sequence > since}
        return max(numbers, default=since) - since - len(numbers)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:
        raise Malformed("not base64") from error


def _refused(what: str) -> RefusedLetter:
    return RefusedLetter(what, _SAFE, "Tell the secretary if this goes on.")
