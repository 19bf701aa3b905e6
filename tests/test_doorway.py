"""The way in and out: every key that opens, everything that does not, and what is left behind."""

import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from db.errors import DamagedStore, NewerStore, WrongKey
from db.store import Store
from desktop.changes import Changes
from desktop.doorway import Doorway, Entered
from desktop.reader.history import Place
from desktop.sample import SAMPLE_PASSPHRASE
from desktop.vault import TooSoon, Vault, VaultTrouble, WrongPassphrase, WrongRecoveryCode

WORDS = "walnut ferry lantern"
LONG = 180


@pytest.fixture
def doorway(tmp_path: Path) -> Iterator[Doorway]:
    doorway = Doorway(tmp_path / "home", Changes())
    yield doorway
    doorway.leave()


@pytest.fixture
def lived_in(member_home: Path) -> Iterator[Doorway]:
    """The sample member's store, locked."""
    doorway = Doorway(member_home, Changes())
    yield doorway
    doorway.leave()


def into(entering: "Future[Entered | None]") -> Entered:
    entered = entering.result(LONG)
    assert entered is not None
    return entered


def test_a_new_folder_is_new_until_a_store_is_made_in_it(doorway: Doorway) -> None:
    assert doorway.is_new
    assert doorway.enter_quietly().result(LONG) is None
    assert not doorway.folder.exists()
    entered, code = doorway.create(WORDS, use_keyring=False).result(LONG)
    assert not doorway.is_new
    assert entered.room.store.do(entered.room.shelf.bodies).result(LONG) == []
    assert entered.last is None
    doorway.leave()
    assert into(doorway.enter_by_code(code)).room.folder == doorway.folder


def test_a_wrong_passphrase_opens_nothing_and_the_right_one_does_afterwards(lived_in: Doorway) -> None:
    for wrong in ("", "not the passphrase", SAMPLE_PASSPHRASE.upper()):
        with pytest.raises(WrongPassphrase, match=r"not the passphrase.*Nothing was changed"):
            lived_in.enter(wrong).result(LONG)
        assert lived_in.room is None
    with pytest.raises(TooSoon):
        lived_in.enter(SAMPLE_PASSPHRASE).result(LONG)


def test_a_wrong_recovery_code_opens_nothing(lived_in: Doorway) -> None:
    for wrong in ("", "ABCD", "-".join(["ABCD"] * 8)):
        with pytest.raises(WrongRecoveryCode):
            lived_in.enter_by_code(wrong).result(LONG)
    assert into(lived_in.enter(SAMPLE_PASSPHRASE)).room is lived_in.room


def test_locked_and_entered_again_everything_is_there(lived_in: Doorway) -> None:
    room = into(lived_in.enter(SAMPLE_PASSPHRASE)).room
    packs = room.store.do(room.shelf.packs).result(LONG)
    assert len(packs) == 3
    room.begin(ask=False)
    before = {thread.name for thread in threading.enumerate()}
    lived_in.leave()
    assert lived_in.room is None
    assert not any("store" in thread.name or "pdf" in thread.name for thread in threading.enumerate()), before
    again = into(lived_in.enter(SAMPLE_PASSPHRASE)).room
    assert again is not room
    assert again.store.do(again.shelf.packs).result(LONG) == packs


def test_leaving_while_somebody_is_coming_in_shuts_the_door_behind_them(lived_in: Doorway) -> None:
    """Whichever is quicker, nothing stays open: another program can have the store for itself."""
    entering = lived_in.enter(SAMPLE_PASSPHRASE)
    lived_in.leave()
    assert entering.done()
    assert lived_in.room is None
    key = Vault(lived_in.folder).open_with_passphrase(SAMPLE_PASSPHRASE)
    store = Store.open(lived_in.folder, key, wait=0)
    store.rows("PRAGMA locking_mode = EXCLUSIVE")
    store.write("UPDATE settings SET value = value")
    store.close()


def test_leaving_twice_or_before_anybody_came_is_nothing(doorway: Doorway) -> None:
    doorway.leave()
    doorway.leave()
    assert doorway.is_new


def test_the_pack_that_was_open_is_open_again_where_it_was(lived_in: Doorway) -> None:
    room = into(lived_in.enter(SAMPLE_PASSPHRASE)).room
    pack_id = next(iter(room.store.do(room.shelf.packs).result(LONG)))
    opened = room.store.do(room.open_pack, pack_id).result(LONG)
    assert opened
    room.store.do(room.mark_open, pack_id).result(LONG)
    paper = opened.book.papers[2].paper_id
    place = Place(paper, 1, 0.0, 250.0, 1.25, "")
    room.store.do(room.save_place, pack_id, place).result(LONG)
    lived_in.leave()
    entered = into(lived_in.enter(SAMPLE_PASSPHRASE))
    assert entered.last
    assert entered.last.book.pack.id == pack_id
    assert entered.last.place == place
    entered.room.store.do(entered.room.left_pack).result(LONG)
    lived_in.leave()
    assert into(lived_in.enter(SAMPLE_PASSPHRASE)).last is None


# ---- the keyring


def test_the_keyring_opens_only_what_it_was_asked_to_keep(
    doorway: Doorway, keyring: dict[tuple[str, str], str]
) -> None:
    assert doorway.keyring().result(LONG) == (True, False)
    doorway.create(WORDS, use_keyring=True).result(LONG)
    assert doorway.keyring().result(LONG) == (True, True)
    assert len(keyring) == 1
    doorway.leave()
    assert into(doorway.enter_quietly()).room is doorway.room
    assert doorway.remember(False).result(LONG) is False
    assert keyring == {}
    doorway.leave()
    assert doorway.enter_quietly().result(LONG) is None
    into(doorway.enter(WORDS))
    assert doorway.remember(True).result(LONG) is True
    doorway.leave()
    keyring.clear()
    assert doorway.enter_quietly().result(LONG) is None, "a keyring that forgot is no way in"


def test_without_a_keyring_none_is_offered(doorway: Doorway, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop.vault import keyrings

    monkeypatch.setattr(keyrings, "_TRUSTED", ())
    doorway.create(WORDS, use_keyring=True).result(LONG)
    assert doorway.keyring().result(LONG) == (False, False)
    assert doorway.remember(True).result(LONG) is False


# ---- another passphrase


def test_the_passphrase_is_changed_by_whoever_knows_it(doorway: Doorway) -> None:
    doorway.create(WORDS, use_keyring=False).result(LONG)
    with pytest.raises(WrongPassphrase):
        doorway.change_passphrase("something else", "fresh bread at dawn").result(LONG)
    doorway.change_passphrase(WORDS, "fresh bread at dawn").result(LONG)
    doorway.leave()
    with pytest.raises(WrongPassphrase):
        doorway.enter(WORDS).result(LONG)
    into(doorway.enter("fresh bread at dawn"))


def test_the_recovery_code_leads_to_a_new_passphrase(doorway: Doorway) -> None:
    _, code = doorway.create(WORDS, use_keyring=False).result(LONG)
    doorway.leave()
    room = into(doorway.enter_by_code(code.lower().replace("-", " "))).room
    assert into(doorway.enter(WORDS)).room is room, "opened twice, it is one room"
    doorway.renew_passphrase("fresh bread at dawn").result(LONG)
    doorway.leave()
    with pytest.raises(WrongPassphrase):
        doorway.enter(WORDS).result(LONG)
    into(doorway.enter("fresh bread at dawn"))


# ---- what cannot be opened


def test_a_store_without_its_vault_is_not_new_and_says_what_to_put_back(lived_in: Doorway) -> None:
    vault = (lived_in.folder / "vault.json").read_bytes()
    (lived_in.folder / "vault.json").unlink()
    assert not lived_in.is_new
    for entering in (lived_in.enter_quietly(), lived_in.enter(SAMPLE_PASSPHRASE)):
        with pytest.raises(VaultTrouble, match=r"no vault at .*unharmed.*Put vault\.json back"):
            entering.result(LONG)
    assert lived_in.keyring().result(LONG)[1] is False
    (lived_in.folder / "vault.json").write_bytes(vault)
    into(lived_in.enter(SAMPLE_PASSPHRASE))


def test_a_damaged_vault_touches_nothing(lived_in: Doorway, keyring: dict[tuple[str, str], str]) -> None:
    (lived_in.folder / "vault.json").write_bytes(b"{}")
    before = (lived_in.folder / "despatch.db").read_bytes()
    with pytest.raises(VaultTrouble, match=r"is damaged.*not touched.*backup"):
        lived_in.enter(SAMPLE_PASSPHRASE).result(LONG)
    assert lived_in.keyring().result(LONG) == (True, False)
    assert (lived_in.folder / "despatch.db").read_bytes() == before


def test_the_vault_of_another_store_does_not_fit(lived_in: Doorway, tmp_path: Path) -> None:
    Vault(tmp_path / "other").create(WORDS, use_keyring=False)
    shutil.copy(tmp_path / "other" / "vault.json", lived_in.folder / "vault.json")
    with pytest.raises(WrongKey, match="does not open with this key"):
        lived_in.enter(WORDS).result(LONG)
    assert lived_in.room is None


def test_a_store_of_a_newer_release_is_left_alone(lived_in: Doorway) -> None:
    key = Vault(lived_in.folder).open_with_passphrase(SAMPLE_PASSPHRASE)
    store = Store.open(lived_in.folder, key)
    store.write("INSERT INTO migrations VALUES ('from_the_future', '2030-01-01T00:00:00Z')")
    store.close()
    before = (lived_in.folder / "despatch.db").read_bytes()
    with pytest.raises(NewerStore, match="Despatch"):
        lived_in.enter(SAMPLE_PASSPHRASE).result(LONG)
    assert (lived_in.folder / "despatch.db").read_bytes() == before
    assert lived_in.room is None


def test_a_damaged_store_is_said_to_be_damaged(lived_in: Doorway) -> None:
    path = lived_in.folder / "despatch.db"
    data = bytearray(path.read_bytes())
    data[5000:9000] = bytes(4000)
    path.write_bytes(data)
    with pytest.raises(DamagedStore, match="damaged"):
        lived_in.enter(SAMPLE_PASSPHRASE).result(LONG)


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    doorway = Doorway(tmp_path / "file" / "home", Changes())
    try:
        assert doorway.is_new
        with pytest.raises(VaultTrouble, match=r"cannot be written.*folder belongs to you"):
            doorway.create(WORDS, use_keyring=False).result(LONG)
    finally:
        doorway.leave()
