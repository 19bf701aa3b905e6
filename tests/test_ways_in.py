"""`python -m desktop`: every way in, as it is typed or as a file manager calls it, in a process of its own."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from desktop.sample import SAMPLE_PASSPHRASE

ROOT = Path(__file__).resolve().parents[1]
LONG = 300
LONGEST = 1800  # for the tour, which walks through everything
# Stands in for a person: when the window shows what is waited for, it says so and closes the window.
HAND = """
import sys, threading
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
import desktop.app.application as application

made = application.Application.start
def start(self, *given):
    made(self, *given)
    timer = QTimer(self)
    def look():
        window = self.window
        words = ' '.join(str(w.text()) for w in window.findChildren(QWidget) if hasattr(w, 'text') and w.isVisible())
        if window.screen_now is not None and WANTED in window.screen_now.value and SAYING in words:
            timer.stop()
            print('shown', window.screen_now.value, flush=True)
            window.close()
    timer.timeout.connect(look)
    timer.start(20)
application.Application.start = start
from desktop.__main__ import main
code = main(sys.argv[1:])
print('left', [t.name for t in threading.enumerate() if t is not threading.main_thread() and not t.daemon])
sys.exit(code)
"""


def run(*words: object, typed: str = "", limit: int = LONG) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "desktop", *map(str, words)],
        input=typed, capture_output=True, text=True, timeout=limit, env=surroundings(), cwd=ROOT,
    )  # fmt: skip


def window(screen: str, saying: str, *words: object, typed: str = "") -> str:
    """Open the window, wait until a screen says something, close it; what standard error heard."""
    hand = HAND.replace("WANTED", repr(screen)).replace("SAYING", repr(saying))
    ended = subprocess.run(
        [sys.executable, "-c", hand, *map(str, words)],
        input=typed, capture_output=True, text=True, timeout=LONG, env=surroundings(), cwd=ROOT,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout == f"shown {screen}\nleft []\n"
    return ended.stderr


def surroundings() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}


def test_a_new_home_opens_on_the_welcome(tmp_path: Path) -> None:
    assert window("Welcome", "Have you been sent an invitation?", "--home", tmp_path / "home") == ""
    assert not (tmp_path / "home").exists(), "looking leaves nothing behind"


def test_a_home_opens_on_the_lock(member_home: Path) -> None:
    assert window("Locked", "Despatch is locked", "--home", member_home) == ""
    assert (member_home / "settings.json").stat().st_mode & 0o077 == 0


def test_the_passphrase_may_come_on_standard_input(member_home: Path) -> None:
    typed = f"{SAMPLE_PASSPHRASE}\n"
    assert window("Shelf", "29 January 2026", "--home", member_home, "--passphrase-stdin", typed=typed) == ""
    said = "not the passphrase"
    assert window("Locked", said, "--home", member_home, "--passphrase-stdin", typed="wrong\n") == ""


def test_the_sample_committee_is_opened_by_a_word(sample: Path, tmp_path: Path) -> None:
    shutil.copytree(sample, tmp_path / "home" / "sample")
    assert window("Shelf", "29 January 2026", "--home", tmp_path / "home", "--sample") == ""


def test_an_invitation_is_opened_by_its_name_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "junk.despatch").write_bytes(b"junk")
    assert window("Welcome", "is not an invitation", tmp_path / "junk.despatch") == ""


def test_a_command_is_run_without_a_window(tmp_path: Path) -> None:
    listed = run("--help")
    assert listed.returncode == 0
    assert "new-body" in listed.stdout
    told = run("inspect", tmp_path / "none")
    assert told.returncode == 2
    assert len(told.stderr.splitlines()) == 1
    unknown = run("explode")
    assert unknown.returncode == 2
    assert "Traceback" not in unknown.stderr


def test_the_self_test_is_a_command() -> None:
    assert run("self-test").stdout.splitlines()[-1] == "Everything Despatch needs works here."


@pytest.mark.parametrize("trade", ["pdf", "papers"])
def test_a_worker_without_its_window_ends(trade: str) -> None:
    ended = run(f"--{trade}-worker")
    assert ended.returncode != 0 or ended.stdout == ""


@pytest.mark.skipif(os.name == "nt", reason="sends a Unix signal")
def test_ended_from_outside_nothing_is_left_running(member_home: Path) -> None:
    """As at the end of a session: its workers go with it."""
    hand = HAND.replace("WANTED", "'Locked'").replace("SAYING", "''").replace("window.close()", "")
    child = subprocess.Popen(
        [sys.executable, "-c", hand, "--home", str(member_home)],
        env=surroundings(), cwd=ROOT, start_new_session=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert child.stdout
        assert child.stdout.readline() == "shown Locked\n"
        child.send_signal(signal.SIGTERM)
        child.wait(LONG)
        assert is_empty(child.pid)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.communicate()


def is_empty(session: int) -> bool:
    pause = threading.Event()
    for _ in range(500):
        try:
            os.killpg(session, 0)
        except ProcessLookupError:
            return True
        pause.wait(0.02)
    return False


@pytest.mark.long
def test_the_tour_draws_every_screen(tmp_path: Path) -> None:
    drawn = run("tour", tmp_path, "light", limit=LONGEST)
    assert drawn.returncode == 0, drawn.stderr
    pictures = sorted((tmp_path / "light").glob("*.png"))
    assert len(pictures) >= 22
    assert all(picture.read_bytes().startswith(b"\x89PNG") and picture.stat().st_size > 4000 for picture in pictures)
    assert f"light: {len(pictures)} pictures" in drawn.stdout


def test_the_tour_says_which_looks_there_are(tmp_path: Path) -> None:
    for words in ((), (tmp_path, "plaid"), (tmp_path, "light", "dark")):
        told = run("tour", *words)
        assert told.returncode == 2
        assert "light, dark, light-200, dark-200" in told.stderr
    assert list(tmp_path.iterdir()) == []
