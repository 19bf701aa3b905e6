"""The vault: each slot opens it alone, nothing else does, and no file anyone may have written can hurt."""

import base64
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as RefusingKeyring
from keyring.backends.null import Keyring as SwallowingKeyring
from keyring.compat import properties
from keyring.errors import KeyringLocked, PasswordDeleteError

from desktop.errors import KnownError
from desktop.vault import (
    NoSuchSlot,
    TooSoon,
    Vault,
    VaultTrouble,
    WrongPassphrase,
    WrongRecoveryCode,
    keyrings,
    system_keyring,
)
from desktop.vault.recovery import code_bytes, new_code
from desktop.vault.tries import Tries

PASSPHRASE = "correct horse battery staple"


class MemoryKeyring(KeyringBackend):
    """A keyring that keeps its word for as long as it lives, and can be locked."""

    @properties.classproperty
    def priority(cls) -> float:
        raise RuntimeError("never chosen by itself")

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._let_in()
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._let_in()
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._let_in()
        if self.entries.pop((service, username), None) is None:
            raise PasswordDeleteError(service)

    def _let_in(self) -> None:
        if self.locked:
            raise KeyringLocked("the prompt was dismissed")


class Clock:
    """Stands still until it is moved on."""

    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keyring() -> MemoryKeyring:
    return MemoryKeyring()


@pytest.fixture
def vault(tmp_path: Path, keyring: MemoryKeyring, clock: Clock) -> Vault:
    return Vault(tmp_path / "home", lambda: keyring, clock)


@pytest.fixture
def bare(tmp_path: Path, clock: Clock) -> Vault:
    """On a system without a keyring."""
    return Vault(tmp_path / "home", lambda: None, clock)


def test_any_one_slot_opens_it(vault: Vault) -> None:
    assert not vault.exists()
    key, code = vault.create(PASSPHRASE, use_keyring=True)
    assert len(key) == 32
    assert vault.exists()
    assert vault.slots() == ("keyring", "passphrase", "recovery")
    assert vault.open_with_keyring() == key
    assert vault.open_with_passphrase(PASSPHRASE) == key
    assert vault.open_with_recovery(code) == key


def test_two_vaults_share_nothing(tmp_path: Path) -> None:
    keys = {Vault(tmp_path / name, lambda: None).create(None, use_keyring=False) for name in "ab"}
    assert len({key for key, _ in keys}) == len({code for _, code in keys}) == 2


def test_never_the_keyring_alone(vault: Vault) -> None:
    vault.create(None, use_keyring=True)
    assert vault.slots() == ("keyring", "recovery")


def test_a_vault_is_never_made_over_another(vault: Vault) -> None:
    key, code = vault.create(None, use_keyring=False)
    with pytest.raises(VaultTrouble, match=r"vault\.json"):
        vault.create(PASSPHRASE, use_keyring=False)
    assert vault.open_with_recovery(code) == key


def test_nothing_in_the_file_gives_the_key_away(vault: Vault, keyring: MemoryKeyring) -> None:
    key, code = vault.create(PASSPHRASE, use_keyring=True)
    said = vault.path.read_bytes()
    for secret in (key, code_bytes(code), *(base64.b64decode(entry) for entry in keyring.entries.values())):
        assert secret not in said
        assert secret.hex().encode() not in said
        assert base64.b64encode(secret) not in said
    assert code.encode() not in said
    assert all(base64.b64decode(entry) != key for entry in keyring.entries.values())


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_nobody_else_can_read_it(bare: Vault) -> None:
    before = os.umask(0)
    try:
        bare.create(PASSPHRASE, use_keyring=False)
        with pytest.raises(WrongPassphrase):
            bare.open_with_passphrase("wrong")
    finally:
        os.umask(before)
    assert {file.name: oct(file.stat().st_mode & 0o777) for file in bare.path.parent.iterdir()} == {
        "vault.json": "0o600",
        "vault.tries": "0o600",
    }


# the keyring -----------------------------------------------------------------------------------------------------


def test_without_a_keyring_it_is_said_by_leaving_it_out(bare: Vault) -> None:
    key, code = bare.create(PASSPHRASE, use_keyring=True)
    assert bare.slots() == ("passphrase", "recovery")
    assert bare.open_with_keyring() is None
    assert not bare.remember_in_keyring(key)
    assert bare.open_with_recovery(code) == key


@pytest.mark.parametrize("backend", [SwallowingKeyring, RefusingKeyring])
def test_a_keyring_that_does_not_give_back_is_none(tmp_path: Path, backend: Callable[[], KeyringBackend]) -> None:
    vault = Vault(tmp_path, backend)
    key, _ = vault.create(None, use_keyring=True)
    assert vault.slots() == ("recovery",)
    assert not vault.remember_in_keyring(key)


def test_a_locked_keyring_is_not_the_way(vault: Vault, keyring: MemoryKeyring) -> None:
    key, _ = vault.create(None, use_keyring=True)
    keyring.locked = True
    assert vault.open_with_keyring() is None
    keyring.locked = False
    assert vault.open_with_keyring() == key


@pytest.mark.parametrize(
    "entry", ["", "no base64!", base64.b64encode(b"x" * 32).decode(), base64.b64encode(b"x").decode()]
)
def test_a_strange_entry_is_not_the_way(vault: Vault, keyring: MemoryKeyring, entry: str) -> None:
    vault.create(None, use_keyring=True)
    keyring.entries = dict.fromkeys(keyring.entries, entry)
    assert vault.open_with_keyring() is None


def test_remembering_and_forgetting(vault: Vault, keyring: MemoryKeyring) -> None:
    key, code = vault.create(None, use_keyring=False)
    assert vault.open_with_keyring() is None
    assert vault.remember_in_keyring(key)
    assert vault.open_with_keyring() == key
    assert vault.forget_keyring()
    assert keyring.entries == {}
    assert vault.forget_keyring()
    assert vault.slots() == ("recovery",)
    assert vault.open_with_recovery(code) == key


def test_forgetting_in_a_locked_keyring_takes_the_slot_and_says_so(vault: Vault, keyring: MemoryKeyring) -> None:
    vault.create(None, use_keyring=True)
    keyring.locked = True
    assert not vault.forget_keyring()
    assert vault.slots() == ("recovery",)
    keyring.locked = False
    assert vault.open_with_keyring() is None
    assert vault.forget_keyring()
    assert keyring.entries == {}


def test_the_environment_cannot_choose_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    assert system_keyring() is None


def test_only_listed_backends_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {f"{module}.{name}" for module, name, _ in keyrings._TRUSTED} == {
        "keyring.backends.macOS.Keyring",
        "keyring.backends.Windows.WinVaultKeyring",
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
    }
    monkeypatch.setattr(keyrings, "_TRUSTED", (("keyring.backends.null", "Keyring", {"keychain": "set by us"}),))
    chosen = system_keyring()
    assert isinstance(chosen, SwallowingKeyring)
    assert vars(chosen)["keychain"] == "set by us"


# the passphrase --------------------------------------------------------------------------------------------------


def test_the_passphrase_can_be_changed(bare: Vault) -> None:
    key, code = bare.create(PASSPHRASE, use_keyring=False)
    bare.set_passphrase(key, "another one")
    assert bare.open_with_passphrase("another one") == key
    with pytest.raises(WrongPassphrase):
        bare.open_with_passphrase(PASSPHRASE)
    assert bare.open_with_recovery(code) == key


def test_the_same_words_in_other_code_points(bare: Vault) -> None:
    key, _ = bare.create("caf\u00e9 au lait", use_keyring=False)
    assert bare.open_with_passphrase("cafe\u0301 au lait") == key


def test_an_empty_passphrase_is_refused(bare: Vault) -> None:
    with pytest.raises(KnownError, match="empty"):
        bare.create("  ", use_keyring=False)
    assert not bare.exists()


def test_a_vault_without_a_passphrase_says_so(bare: Vault) -> None:
    bare.create(None, use_keyring=False)
    with pytest.raises(NoSuchSlot, match="recovery code"):
        bare.open_with_passphrase(PASSPHRASE)


@pytest.mark.parametrize(
    "change", [Vault.renew_recovery, Vault.remember_in_keyring, lambda v, k: v.set_passphrase(k, "a")]
)
def test_only_the_vaults_own_key_can_be_sealed_into_it(vault: Vault, change: Callable[[Vault, bytes], object]) -> None:
    vault.create(None, use_keyring=False)
    with pytest.raises(ValueError, match="data key"):
        change(vault, bytes(32))


@pytest.fixture
def tries(tmp_path: Path, clock: Clock) -> Tries:
    return Tries(tmp_path / "vault.tries", clock)


def wait(tries: Tries) -> float:
    """How long the next try has to wait."""
    try:
        tries.pause()
    except TooSoon as told:
        return told.wait
    return 0


def test_wrong_passphrases_slow_down(tries: Tries, clock: Clock) -> None:
    waits = []
    for _ in range(8):
        tries.was_wrong()
        waits.append(wait(tries))
        clock.now += waits[-1]
        assert wait(tries) == 0
    assert waits == [0, 0, 5, 10, 20, 40, 80, 160]
    tries.was_right()
    tries.was_right()
    tries.was_wrong()
    assert wait(tries) == 0


@pytest.mark.parametrize("wrong", [30, 10**9])
def test_no_wait_is_longer_than_five_minutes(tries: Tries, clock: Clock, tmp_path: Path, wrong: int) -> None:
    (tmp_path / "vault.tries").write_text(f"{wrong} {clock.now}")
    assert wait(tries) == 300


@pytest.mark.parametrize("said", ["9 2e9", "9 nan", "9 inf", "-9 1000000", "rubbish", "", "9", "\udcff"])
def test_a_clock_set_back_or_a_spoilt_count_locks_nobody_out(tries: Tries, tmp_path: Path, said: str) -> None:
    (tmp_path / "vault.tries").write_bytes(said.encode("utf-8", "surrogateescape"))
    assert wait(tries) == 0


def test_the_count_outlives_us_and_even_the_right_one_has_to_wait(bare: Vault, clock: Clock) -> None:
    key, code = bare.create(PASSPHRASE, use_keyring=False)
    for _ in range(3):
        with pytest.raises(WrongPassphrase):
            bare.open_with_passphrase("wrong")
    clock.now += 3.5
    again = Vault(bare.path.parent, lambda: None, clock)
    with pytest.raises(TooSoon, match="2 seconds") as told:
        again.open_with_passphrase(PASSPHRASE)
    assert told.value.wait == 1.5
    assert again.open_with_recovery(code) == key
    clock.now += 1.5
    assert again.open_with_passphrase(PASSPHRASE) == key
    assert not (bare.path.parent / "vault.tries").exists()


# the recovery code -----------------------------------------------------------------------------------------------


def test_the_code_is_printable_and_has_160_bits() -> None:
    codes = [new_code() for _ in range(200)]
    assert all(len(code_bytes(code)) == 20 for code in codes)
    assert all([len(group) for group in code.split("-")] == [4] * 8 for code in codes)
    assert not set("".join(codes)) & set("ILOU")
    assert len(set("".join(codes)) - {"-"}) == 32
    assert len(set(codes)) == 200


@pytest.mark.parametrize(
    "typed",
    [
        str.lower,
        lambda code: code.replace("-", " "),
        lambda code: code.replace("-", ""),
        lambda code: f"  {code}\n",
        lambda code: code.replace("0", "o").replace("1", "l"),
        lambda code: code.replace("0", "O").replace("1", "I"),
        lambda code: code.replace("-", " – "),
    ],
)
def test_the_code_is_read_as_people_type_it(typed: Callable[[str], str]) -> None:
    for code in [new_code() for _ in range(50)]:
        assert code_bytes(typed(code)) == code_bytes(code)


@pytest.mark.parametrize("code", ["", "1234", "U" * 32, "0" * 31, "0" * 33, "ß" * 32, "é" * 32, "١" * 32])
def test_what_is_no_code_is_told(bare: Vault, code: str) -> None:
    bare.create(None, use_keyring=False)
    with pytest.raises(WrongRecoveryCode, match="32 letters"):
        bare.open_with_recovery(code)


def test_another_code_is_told(bare: Vault) -> None:
    bare.create(None, use_keyring=False)
    with pytest.raises(WrongRecoveryCode, match="printed"):
        bare.open_with_recovery(new_code())


def test_a_renewed_code_takes_the_old_ones_place(bare: Vault) -> None:
    key, old = bare.create(None, use_keyring=False)
    new = bare.renew_recovery(key)
    assert bare.open_with_recovery(new) == key
    with pytest.raises(WrongRecoveryCode):
        bare.open_with_recovery(old)


# the file --------------------------------------------------------------------------------------------------------


def change_file(vault: Vault, change: Callable[[dict[str, Any]], object]) -> None:
    said = json.loads(vault.path.read_text())
    change(said)
    vault.path.write_text(json.dumps(said))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("memory", 64 * 1024 - 1), ("memory", 8), ("memory", 1 << 40), ("memory", 64.0 * 1024), ("memory", "65536"),
        ("memory", True), ("passes", 2), ("passes", 10**6), ("lanes", 3), ("lanes", 10**6), ("salt", ""),
        ("salt", base64.b64encode(b"x" * 1000).decode()), ("nonce", ""), ("sealed", 7), ("sealed", "é"),
    ],
)  # fmt: skip
def test_weaker_or_greedier_settings_are_refused(sealed: Vault, name: str, value: object) -> None:
    whole = sealed.path.read_bytes()
    change_file(sealed, lambda said: said["slots"]["passphrase"].update({name: value}))
    with pytest.raises(VaultTrouble, match=r"vault\.json"):
        sealed.open_with_passphrase(PASSPHRASE)
    sealed.path.write_bytes(whole)
    assert sealed.slots() == ("passphrase", "recovery")


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Vault:
    vault = Vault(tmp_path_factory.mktemp("sealed"), lambda: None)
    vault.create(PASSPHRASE, use_keyring=False)
    return vault


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b"[]", b"null", b"7", b'"text"', b"\xff\xfe", b"{}", b"[" * 60_000, b" " * (1 << 20),
        b'{"format": 1}', b'{"format": 1, "slots": []}', b'{"format": 1, "slots": {"recovery": 1}}',
        b'{"format": 1, "id": 7, "check": "", "slots": {}}', b'{"format": 1, "id": "a", "check": 7, "slots": {}}',
        b'{"format": 1, "id": "a", "check": "", "slots": {"back door": {}}}', b'{"format": 2}', b'{"format": []}',
    ],
)  # fmt: skip
def test_a_file_that_is_no_vault_is_told(bare: Vault, data: bytes) -> None:
    bare.path.parent.mkdir()
    bare.path.write_bytes(data)
    with pytest.raises(VaultTrouble, match=r"vault\.json") as told:
        bare.slots()
    assert told.value.safe
    assert told.value.do
    assert bare.path.read_bytes() == data


def test_a_missing_or_unreadable_file_is_told(bare: Vault) -> None:
    with pytest.raises(VaultTrouble, match="no vault"):
        bare.open_with_passphrase(PASSPHRASE)
    bare.path.mkdir(parents=True)
    with pytest.raises(VaultTrouble, match="cannot be read"):
        bare.open_with_keyring()


def test_a_slot_opens_only_in_its_own_vault_and_place(vault: Vault, keyring: MemoryKeyring, tmp_path: Path) -> None:
    _, code = vault.create(None, use_keyring=True)
    whole = vault.path.read_bytes()
    change_file(vault, lambda said: said.update(id="another"))
    with pytest.raises(WrongRecoveryCode):
        vault.open_with_recovery(code)
    vault.path.write_bytes(whole)
    change_file(vault, lambda said: said["slots"].update(keyring=said["slots"]["recovery"]))
    assert vault.open_with_keyring() is None


@pytest.mark.parametrize("byte", [0, 20, 47])
def test_a_flipped_byte_opens_nothing(bare: Vault, byte: int) -> None:
    _, code = bare.create(None, use_keyring=False)

    def flip(said: dict[str, Any]) -> None:
        sealed = bytearray(base64.b64decode(said["slots"]["recovery"]["sealed"]))
        sealed[byte] ^= 1
        said["slots"]["recovery"]["sealed"] = base64.b64encode(sealed).decode()

    change_file(bare, flip)
    with pytest.raises(WrongRecoveryCode):
        bare.open_with_recovery(code)


def test_a_change_that_cannot_be_written_leaves_the_old_vault(bare: Vault) -> None:
    key, code = bare.create(None, use_keyring=False)
    (bare.path.parent / "vault.json.new").mkdir()
    with pytest.raises(VaultTrouble, match="cannot be written"):
        bare.renew_recovery(key)
    assert bare.open_with_recovery(code) == key


def test_what_a_cut_write_left_behind_is_no_hindrance(bare: Vault) -> None:
    key, _ = bare.create(None, use_keyring=False)
    (bare.path.parent / "vault.json.new").write_bytes(b"{ha")
    code = bare.renew_recovery(key)
    assert bare.open_with_recovery(code) == key
    assert [file.name for file in bare.path.parent.iterdir()] == ["vault.json"]
