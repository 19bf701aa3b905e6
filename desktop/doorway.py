"""The way in and out: from a locked folder to an open reading room, and back. Knows no screen."""

import importlib
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.changes import Changes
from desktop.jobs import Lane
from desktop.pdf.begun import Begun
from desktop.pdf.client import PdfClient

if TYPE_CHECKING:
    from desktop.room import OpenedPack, Room
    from desktop.scout import Scout
    from desktop.secretary.desk import Desk
    from desktop.still import Still
    from desktop.vault import Vault


@dataclass(frozen=True)
class Entered:
    """The room that was opened, and the pack that was open when it was last left."""

    room: "Room"
    last: "OpenedPack | None"


class Doorway:
    """One store's folder, locked or open. A worker and a lane stand ready before anybody asks, for they take time."""

    def __init__(self, folder: Path, changes: Changes, begun: Begun | None = None) -> None:
        """begun: the worker, where one was started already."""
        self.folder, self.changes = folder, changes
        self._begun = begun
        self.room: Room | None = None
        self._key = b""  # only while the room is open; the database holds it then as well
        self._store: Lane | None = None
        self._sight: PdfClient | None = None
        self._loading: Lane | None = None
        self._ready()

    @property
    def is_new(self) -> bool:
        """Whether nothing was ever kept here. A store whose vault is missing is not new: it must get no other."""
        return not any((self.folder / name).exists() for name in ("vault.json", "despatch.db"))

    def enter_quietly(self, passphrase: str = "", scout: "Scout | None" = None) -> "Future[Entered | None]":
        """Open with the passphrase if one is given, else with the system keyring; None when that holds no key.

        scout: has gone ahead for the key.
        """
        return self._entering(lambda: self._key_quietly(passphrase, scout))

    def keep_still(self, still: "Still") -> "Future[None]":
        """Keep it for the next start, sealed; it replaces the one before. Only while open."""
        from desktop.still import keep_still

        return self._loader().do(keep_still, self.folder, self._key, still)

    def forget_still(self) -> "Future[None]":
        """The next start has nothing to show at once. Only while open."""
        from desktop.still import forget_still

        return self._loader().do(forget_still, self.folder)

    def enter(self, passphrase: str) -> "Future[Entered | None]":
        """Open with the passphrase. Fails with a KnownError that says what to do."""
        return self._entering(lambda: self._vault().open_with_passphrase(passphrase))

    def enter_by_code(self, code: str) -> "Future[Entered | None]":
        """Open with the recovery code. Fails with a KnownError."""
        return self._entering(lambda: self._vault().open_with_recovery(code))

    def create(self, passphrase: str, use_keyring: bool) -> "Future[tuple[Entered, str]]":
        """Make a new vault and store; the recovery code is in the result and nowhere else."""
        store, sight = self._ready()

        def create() -> tuple[Entered, str]:
            key, code = self._vault().create(passphrase, use_keyring)
            return self._enter(key, store, sight), code

        return store.do(create)

    def keyring(self) -> "Future[tuple[bool, bool]]":
        """Whether this computer has a keyring we trust, and whether it opens this store."""
        return self._lane().do(self._ask_keyring)

    def remember(self, yes: bool) -> "Future[bool]":
        """Let the keyring open the store from now on, or no more; whether it does afterwards. Only while open."""
        return self._lane().do(self._remember, yes)

    def change_passphrase(self, old: str, new: str) -> "Future[None]":
        """Another passphrase, for whoever knows the old one. Fails with a KnownError."""

        def change() -> None:
            vault = self._vault()
            vault.set_passphrase(vault.open_with_passphrase(old), new)

        return self._lane().do(change)

    def renew_passphrase(self, new: str) -> "Future[None]":
        """Another passphrase after the recovery code opened the store."""
        return self._lane().do(lambda: self._vault().set_passphrase(self._key, new))

    def desk(self) -> "Desk":
        """A secretary's desk over the open store; whoever asks for it closes it before the room is left."""
        from desktop.secretary.desk import Desk

        return Desk(self.folder, self._key)

    def leave(self) -> None:
        """Lock: nothing of the store stays open. The doorway can be entered again."""
        store, self._store = self._store, None
        sight, self._sight = self._sight, None
        # Whoever is just coming in is in before the door is shut behind them: the room is made in this lane.
        room = store.do(self._take_room).result() if store is not None else None
        self._key = b""
        loading, self._loading = self._loading, None
        if loading is not None:
            loading.close()
        if room is not None:
            room.close()
        if sight is not None:
            sight.shut_down()
        if store is not None:
            store.close()

    def _take_room(self) -> "Room | None":
        room, self.room = self.room, None
        return room

    def _ready(self) -> tuple[Lane, PdfClient]:
        if self._sight is None:
            self._sight = PdfClient("sight", begun=self._begun)
            self._begun = None
        if self._store is None:
            self._store = Lane("store")
        return self._store, self._sight

    def _lane(self) -> Lane:
        return self._ready()[0]

    def _loader(self) -> Lane:
        if self._loading is None:
            self._loading = Lane("loading")
        return self._loading

    def _entering(self, key_of: Callable[[], bytes | None]) -> "Future[Entered | None]":
        store, sight = self._ready()
        # Stretching a passphrase takes a core for itself, but not the interpreter: what comes after it is loaded then.
        if self._loading is None:
            self._loader().start(_load_room)

        def enter() -> Entered | None:
            key = key_of()
            return None if key is None else self._enter(key, store, sight)

        return store.do(enter)

    def _vault(self) -> "Vault":
        from desktop.vault import Vault

        return Vault(self.folder)

    def _ask_keyring(self) -> tuple[bool, bool]:
        from desktop.vault import VaultTrouble, system_keyring

        if system_keyring() is None:
            return False, False
        try:
            return True, not self.is_new and "keyring" in self._vault().slots()
        except VaultTrouble:
            return True, False  # said to whoever tries to open it

    def _remember(self, yes: bool) -> bool:
        if yes:
            return self._vault().remember_in_keyring(self._key)
        self._vault().forget_keyring()
        return False

    def _key_quietly(self, passphrase: str, scout: "Scout | None") -> bytes | None:
        if self.is_new:
            return None
        vault = self._vault()
        if scout is not None:
            from desktop.vault import WrongPassphrase

            found = scout.findings()
            if found.wrong:
                raise WrongPassphrase
            if found.key or found.asked:
                return found.key or None
        return vault.open_with_passphrase(passphrase) if passphrase else vault.open_with_keyring()

    def _enter(self, key: bytes, store: Lane, sight: PdfClient) -> Entered:
        from desktop.reader.glance import Port
        from desktop.room import Room
        from desktop.settings import load_settings
        from desktop.still import forget_still

        self._key = key
        forget_still(self.folder)  # it was shown, or is now of another time than what will be
        if self.room is None:  # else it was opened by the recovery code, and left without a new passphrase
            self.room = Room(self.folder, key, self.changes, store, sight)
        return Entered(self.room, self.room.last_pack(Port.from_dict(load_settings(self.folder).pages)))


def _load_room() -> None:
    """What opening a room needs, loaded on this thread."""
    from db.store import load_driver

    for name in ("desktop.room", "desktop.library.holdings", "desktop.library.shelf"):
        importlib.import_module(name)
    load_driver()
