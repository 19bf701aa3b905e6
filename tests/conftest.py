"""Shared by every test: the corpus if it is here, and nothing left behind."""

import functools
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

ROOT = Path(__file__).resolve().parents[1]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """A failure is named at once, so that a run cut short has said what it knew."""
    if report.failed and "PYTEST_XDIST_WORKER" not in os.environ:
        crash = getattr(report.longrepr, "reprcrash", None)  # none where a worker of the tests was ended
        where = f"{crash.path}:{crash.lineno}: {crash.message[:1000]}" if crash is not None else report.longreprtext
        print(f"\nfailed in its {report.when}: {report.nodeid}\n{where}", file=sys.__stderr__, flush=True)


@pytest.fixture
def corpus() -> Path:
    """Real packs and hostile files beside the project; skips where they are absent."""
    folder = ROOT.parent / "shared" / "corpus"
    if not folder.is_dir():
        pytest.skip("the corpus of real packs is not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample committee, made once: a member's home with its secretary and repository inside. Only to be copied."""
    from desktop.sample import make_sample

    home = tmp_path_factory.mktemp("sample") / "home"
    make_sample(home)
    return home


@pytest.fixture
def member_home(sample: Path, tmp_path: Path) -> Path:
    """A copy of the sample member's own home, whose packs were fetched from the sample's repository."""
    return shutil.copytree(sample, tmp_path / "member", ignore=shutil.ignore_patterns("secretary", "repository"))


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[tuple[str, str], str]]:
    """This computer has a keyring we trust; what it keeps."""
    from citizen_keyring import Keyring

    from desktop.vault import keyrings

    monkeypatch.setattr(keyrings, "_TRUSTED", (("citizen_keyring", "Keyring", {}),))
    yield Keyring.entries
    Keyring.entries.clear()


@pytest.fixture
def qtbot(qtbot: QtBot) -> QtBot:
    """Waits a minute where it would give up after five seconds: how busy this machine is, no test is about."""
    for wait in ("waitUntil", "waitSignal", "waitSignals", "waitExposed", "waitActive"):
        setattr(qtbot, wait, functools.partial(getattr(qtbot, wait), timeout=60_000))
    return qtbot


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """A test that leaves a thread behind has failed."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before and thread.is_alive()]
    for thread in left:
        thread.join(5)
    still = [thread.name for thread in left if thread.is_alive()]
    assert not still, f"threads left running: {still}"
