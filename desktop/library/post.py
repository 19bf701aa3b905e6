"""The post between members: what is shared goes out to those it is for, and what others share comes in. Quietly, in a
lane of its own, whenever a body's repository was asked for anything new; by hand, as a file, where nobody can write."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from db.errors import StoreError
from desktop.annotations.outside import write_outside
from desktop.changes import Change, Changes, Event
from desktop.errors import KnownError
from desktop.jobs import Lane
from desktop.library.ends_told import Received
from desktop.library.holdings import Holdings
from desktop.library.ledger import Ledger
from desktop.library.posting import Due, Posting
from desktop.library.receiving import NotYet, Receiving
from desktop.library.sources import NotThere, Refused, RepositorySource, open_source
from desktop.library.standing import Among, answer, stand_among
from desktop.packs.fields import Malformed
from desktop.packs.layout import (
    LETTER,
    MAX_LETTER,
    MAX_LETTERS,
    MAX_ROOT,
    METADATA,
    letter_name,
    outbox_of,
)
from desktop.packs.letter import Opened, letters_from_bytes, letters_to_bytes, open_letter

_MOST_LETTERS = 500  # looked at in one go; a folder that others can write to must not keep us for hours
_SAFE = "Nothing of it was taken in; your own notes are unchanged."


@dataclass
class Exchanged:
    """What an exchange came to. sent: notes that are where others find them, by whose. waiting: notes that could not be
    put there, since nothing can be written to the repository from here. received: what came."""

    sent: Counter[str] = field(default_factory=Counter)
    waiting: int = 0
    received: Received = field(default_factory=Received)


class Post:
    """Carries letters. Ends with `close`; what was not carried by then is carried the next time."""

    def __init__(self, holdings: Holdings, store: Lane, changes: Changes) -> None:
        self._holdings, self._store, self._changes = holdings, store, changes
        self._ledger = Ledger(holdings)
        self._posting, self._receiving = Posting(holdings, self._ledger), Receiving(holdings, self._ledger)
        self._lane = Lane("post")
        self._devices: dict[str, frozenset[str]] = {}
        self._told: set[str] = set()
        self._forget = changes.listen(self._on_change)

    def exchange(self, body_id: str) -> "Future[Exchanged]":
        """Send and fetch now."""
        return self._lane.do(self._exchange, body_id)

    def exchange_of(self, pack_id: str) -> "Future[Exchanged]":
        """The same with the members who have this pack."""
        return self._lane.do(self._exchange_of, pack_id)

    def export(self, body_id: str, path: Path) -> "Future[int]":
        """Write all that is shared with anybody into one file, sealed to each; how many devices it is for. The future
        raises KnownError where there is nobody, or nothing."""
        return self._lane.do(self._export, body_id, path)

    def bring(self, path: Path) -> "Future[Received]":
        """Take in what a file holds for this member. The future raises KnownError where that is nothing."""
        return self._lane.do(self._bring, path)

    def answer(self, body_id: str, tag: str, yes: bool) -> "Future[Exchanged]":
        """The member says whether a device is theirs; if so, notes go there and come from there from now on."""
        return self._lane.do(self._answer, body_id, tag, yes)

    def close(self) -> None:
        """Carry nothing more."""
        self._forget()
        self._lane.close(drop_waiting=True)

    def _on_change(self, change: Change) -> None:
        if change.event is Event.BODY_CHECKED:
            self._lane.start(self._exchange_quietly, change.body_id)

    def _exchange_quietly(self, body_id: str) -> None:
        """What cannot be reached is said by the check itself."""
        try:
            self._exchange(body_id)
        except CancelledError:
            return  # being closed
        except StoreError as error:
            self._tell(Event.STORE_FAILED, body_id, words=str(error))
        except KnownError:
            return

    def _exchange_of(self, pack_id: str) -> Exchanged:
        record = self._store.do(self._holdings.packs.get, pack_id).result()
        return self._exchange(record.body_id) if record is not None else Exchanged()

    def _exchange(self, body_id: str) -> Exchanged:
        exchanged = Exchanged()
        among = self._among(body_id)
        if among is None:
            return exchanged
        address = self._store.do(self._address, body_id).result()
        source = open_source(address)
        try:
            exchanged.received = self._fetch(among, source)
            self._send(among, source, exchanged)
        finally:
            source.close()
        return exchanged

    def _among(self, body_id: str) -> Among | None:
        among = self._store.do(stand_among, self._holdings, body_id).result()
        devices = frozenset(each.tag for each in among.others if among.own(each)) if among is not None else frozenset()
        if self._devices.get(body_id, frozenset()) != devices:
            self._devices[body_id] = devices
            self._tell(Event.DEVICES_CHANGED, body_id)
        return among

    def _address(self, body_id: str) -> str:
        body = self._holdings.bodies.get(body_id)
        if body is None:
            raise CancelledError  # it was left meanwhile
        return body.repository

    # ---- in

    def _fetch(self, among: Among, source: RepositorySource) -> Received:
        received = self._store.do(self._receiving.take_held, among).result()
        number = self._store.do(self._holdings.fellows.number, among.body_id).result()
        done = self._store.do(self._holdings.note_post.done_with, among.body_id).result()
        names = [name for name in source.names(outbox_of(among.identity.tag)) if LETTER.fullmatch(name)]
        # What could not be judged by an older roster, or before the member answered, is looked at once more.
        for name in [name for name in names if done.get(name, -1) not in (0, number)][:_MOST_LETTERS]:
            with self._judging(among, name, number):
                received.add(self._take(among, source.read(name, MAX_LETTER), name))
        self._tell_received(among.body_id, received)
        return received

    @contextmanager
    def _judging(self, among: Among, name: str, number: int) -> Iterator[None]:
        """Remember what a letter came to, and say once what is wrong with it."""
        until = 0
        try:
            yield
        except NotThere:
            return  # somebody tidied up
        except NotYet as error:
            until = number
            self._say_refused(among.body_id, error)
        except (Malformed, Refused) as error:
            self._say_refused(among.body_id, _unusable(error))
        except KnownError as error:
            self._say_refused(among.body_id, error)
        self._store.do(self._holdings.note_post.be_done_with, among.body_id, name, until).result()

    def _take(self, among: Among, sealed: bytes, name: str = "") -> Received:
        """name: where it lies in the repository, if it does."""
        opened: Opened = open_letter(sealed, among.identity.key)
        return self._store.do(self._receiving.take, among, opened, name).result()

    def _bring(self, path: Path) -> Received:
        letters = letters_from_bytes(_read(path))
        received, mine, errors = Received(), 0, []
        bodies = self._store.do(self._holdings.bodies.all).result()
        for among in filter(None, [self._among(body.id) for body in bodies]):
            for sealed in [sealed for tag, sealed in letters if tag == among.identity.tag]:
                mine += 1
                try:
                    came = self._take(among, sealed)
                except Malformed as error:
                    errors.append(_unusable(error))
                except KnownError as error:
                    errors.append(error)
                else:
                    received.add(came)
                    self._tell_received(among.body_id, came)
        if errors and not received.notes:
            raise errors[0]
        if not mine:
            raise KnownError(
                f"“{path.name}” holds no notes for you.", "Nothing was taken in.",
                "Whoever sent it may have shared them with others only, or before you joined.",
            )  # fmt: skip
        return received

    # ---- out

    def _send(self, among: Among, source: RepositorySource, exchanged: Exchanged) -> None:
        due = self._store.do(self._posting.due, among).result()
        overdue = self._store.do(self._holdings.note_post.overdue, among.body_id).result()
        if not (due or overdue):
            return
        if not source.writable:
            exchanged.waiting = len({note.entry for letter in due for note in letter.notes})
            return
        # Only into a pack repository: an invitation must not have us write just anywhere.
        source.read(f"{METADATA}/1.root.json", MAX_ROOT)
        for letter in due:
            sealed = letter.sealed()
            name = letter_name(letter.to.tag, sealed)
            source.write(name, sealed)
            self._store.do(self._posting.sent, letter, name).result()
            if letter.notes:
                exchanged.sent[_name_of(letter)] += len(letter.notes)
        if exchanged.sent:
            names = "\n".join(sorted(exchanged.sent))
            self._tell(Event.NOTES_SENT, among.body_id, done=max(exchanged.sent.values()), words=names)
        # Only now: whoever has not read them yet finds the rest of what they said in those just written.
        for name in [name for names in overdue.values() for name in names]:
            source.remove(name)
            self._store.do(self._holdings.note_post.taken_back, among.body_id, name).result()

    def _export(self, body_id: str, path: Path) -> int:
        among = self._among(body_id)
        due = self._store.do(self._posting.everything, among).result() if among is not None else []
        letters = [(letter.to.tag, letter.sealed()) for letter in due if letter.notes]
        if not letters:
            raise KnownError(
                "There is nothing to export: no note of yours is shared with anybody.", "No file was written.",
                "Share a note first.",
            )  # fmt: skip
        data = letters_to_bytes(letters)
        if len(data) > MAX_LETTERS:
            raise KnownError("What you share is too much for one file.", "No file was written.")
        write_outside(path, data)
        return len({tag for tag, _ in letters})

    def _answer(self, body_id: str, tag: str, yes: bool) -> Exchanged:
        self._store.do(self._keep_answer, body_id, tag, yes).result()
        self._tell(Event.DEVICES_CHANGED, body_id)
        return self._exchange(body_id)

    def _keep_answer(self, body_id: str, tag: str, yes: bool) -> None:
        with self._holdings.store.transaction():
            answer(self._holdings, body_id, tag, yes)
            self._holdings.note_post.look_again(body_id)

    # ---- telling

    def _tell_received(self, body_id: str, received: Received) -> None:
        names = "\n".join(sorted(received.names))
        for pack_id, count in received.notes.items():
            self._tell(Event.NOTES_RECEIVED, body_id, pack_id, count, names)
        for pack_id in received.stands - set(received.notes):
            self._tell(Event.NOTES_RECEIVED, body_id, pack_id)
        if received.chosen:
            self._tell(Event.CHOICES_CAME, body_id)
        for name, count in received.missing.items():
            if count:
                self._say_refused(body_id, _gap(name, count))

    def _say_refused(self, body_id: str, error: KnownError) -> None:
        words = str(error)
        if words not in self._told:
            self._told.add(words)
            self._tell(Event.NOTES_REFUSED, body_id, words=words)

    def _tell(self, event: Event, body_id: str, pack_id: str = "", done: int = 0, words: str = "") -> None:
        self._changes.publish(Change(event, body_id, pack_id, done=done, words=words, origin=self))


def _name_of(letter: Due) -> str:
    return letter.to.device if letter.own and letter.to.device else letter.to.member


def _gap(name: str, count: int) -> KnownError:
    letters = "One letter" if count == 1 else f"{count} letters"
    verb = "has" if count == 1 else "have"
    return KnownError(
        f"{letters} with notes from {name} {verb} not come.", "What did come is here.",
        f"If it stays so, ask {name} to export their notes and send you the file.",
    )  # fmt: skip


def _unusable(error: Exception) -> KnownError:
    return KnownError(f"Notes came that cannot be used ({error}).", _SAFE, "Tell the secretary if this goes on.")


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_LETTERS + 1)
    except OSError as error:
        raise KnownError(
            f"“{path.name}” could not be read: {error.strerror or 'the disk refused it'}.", "Nothing was taken in."
        ) from error
