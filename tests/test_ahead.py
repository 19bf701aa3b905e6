"""The scout that is a copy of the process that starts: in a process of its own, since a copy needs a bare one."""

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.neighbour import Door
from desktop.sample import SAMPLE_PASSPHRASE
from desktop.still import Still, has_still, keep_still
from desktop.vault import Vault

STILL = Still(0, 0, 64, 40, 1.0, "#ffffff", bytes(range(256)) * 40)
_START = """
import sys
from desktop.ahead import send_ahead
ahead = send_ahead(sys.argv[1:])
if ahead is None:
    print("none")
else:
    from desktop.scout import Scout
    scout = Scout.copied(ahead.process, ahead.hearing)
    found = scout.findings()
    scout.call_back()
    print(found.key.hex(), found.asked, found.wrong, found.still is not None, ahead.left_open, ahead.passphrase)
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a scout is started anew")


def start(*words: str, said: str = "") -> str:
    """What a bare process finds when it is started with these words."""
    command = [sys.executable, "-P", "-c", _START, *words]
    done = subprocess.run(command, input=said, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout.strip()


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing answers."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")


def test_it_brings_the_key_and_what_was_last_in_the_window(member_home: Path) -> None:
    key = Vault(member_home).open_with_passphrase(SAMPLE_PASSPHRASE)
    keep_still(member_home, key, STILL)
    words = ("--home", str(member_home), "--passphrase-stdin")
    assert start(*words, said=f"{SAMPLE_PASSPHRASE}\n") == f"{key.hex()} False False True True {SAMPLE_PASSPHRASE}"
    assert not has_still(member_home)
    assert start(*words, said="not it\n") == " False True False False not it".strip()


def test_without_a_passphrase_the_keyring_is_asked(member_home: Path) -> None:
    assert start("--home", str(member_home)) == "True False False False"


def test_one_who_will_only_call_another_to_the_front_takes_nothing(member_home: Path) -> None:
    key = Vault(member_home).open_with_passphrase(SAMPLE_PASSPHRASE)
    keep_still(member_home, key, STILL)
    door = Door(member_home, lambda file: None)
    try:
        assert start("--home", str(member_home)) == "none"
        assert has_still(member_home)
    finally:
        door.close()


@pytest.mark.parametrize("words", [("--sample",), ("--help",), ("--home", "/nowhere/at all")])
def test_what_opens_no_store_sends_none(words: tuple[str, ...]) -> None:
    assert start(*words) == "none"
