"""The process that goes ahead for the key and the still: real processes, real vaults."""

from pathlib import Path

import pytest

from desktop.changes import Changes
from desktop.doorway import Doorway
from desktop.sample import SAMPLE_PASSPHRASE
from desktop.scout import Findings, Scout
from desktop.still import Still, has_still, keep_still
from desktop.vault import Vault, WrongPassphrase

STILL = Still(0, 0, 1280, 800, 1.0, "#ffffff", bytes(range(256)) * (1280 * 800 // 64))


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing answers."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")


def test_it_brings_the_key_and_what_was_last_in_the_window(member_home: Path) -> None:
    key = Vault(member_home).open_with_passphrase(SAMPLE_PASSPHRASE)
    keep_still(member_home, key, STILL)
    assert Scout.sent(member_home, SAMPLE_PASSPHRASE).findings() == Findings(key, still=STILL)
    assert not has_still(member_home)
    assert Scout.sent(member_home, SAMPLE_PASSPHRASE).findings() == Findings(key)


def test_a_wrong_passphrase_is_tried_once(member_home: Path) -> None:
    scout = Scout.sent(member_home, "not it")
    doorway = Doorway(member_home, Changes())
    try:
        with pytest.raises(WrongPassphrase):
            doorway.enter_quietly("not it", scout).result(60)
        tries = (member_home / "vault.tries").read_bytes()
        with pytest.raises(WrongPassphrase):
            Vault(member_home).open_with_passphrase("not it")
        assert (member_home / "vault.tries").read_bytes() != tries  # so that one try more would have shown
    finally:
        doorway.leave()


def test_the_store_opens_with_what_it_brings(member_home: Path) -> None:
    doorway = Doorway(member_home, Changes())
    try:
        scout = Scout.sent(member_home, SAMPLE_PASSPHRASE)
        entered = doorway.enter_quietly("", scout).result(60)
        assert entered is not None
        assert entered.room.folder == member_home
    finally:
        doorway.leave()


def test_without_a_keyring_or_a_vault_it_brings_nothing(member_home: Path, tmp_path: Path) -> None:
    assert Scout.sent(member_home).findings() == Findings(asked=True)
    assert Scout.sent(tmp_path / "nowhere").findings() == Findings()


def test_one_that_is_called_back_leaves_nothing_behind(member_home: Path) -> None:
    scout = Scout.sent(member_home, SAMPLE_PASSPHRASE)
    scout.call_back()
    assert scout.is_back(0)
    assert scout.findings().still is None
