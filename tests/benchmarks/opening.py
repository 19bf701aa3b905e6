"""Start-up, a jump and memory as a person sees them: the shared probe's figures, beside other viewers."""

import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from desktop.vault import Vault
from tests.benchmarks import surroundings
from tests.benchmarks.figures import Figure, Mark, of
from tests.benchmarks.homes import PASSPHRASE, reading_home, text_pack
from tests.benchmarks.reading import reading, wait
from tests.benchmarks.surroundings import SHARED

_RUNS = 4
_LIMIT = 300  # seconds for all runs
_MOST_MEMORY = 350  # MB
_BY_PASSPHRASE, _BY_KEYRING, _ANEW = "despatch", "despatch-keyring", "despatch-anew"
_WAYS = {
    _BY_KEYRING: "opened by the keyring",
    _BY_PASSPHRASE: "opened by passphrase (stretched for ½ s of one core)",
    _ANEW: "opened by the keyring, without the still of what was left open",
}
_CALLS = 6

Runs = dict[str, list[dict[str, Any]]]


def measure(quick: bool) -> Iterator[Figure]:
    """Runs the probe once over all that is installed; nothing where the probe cannot run."""
    python = surroundings.probe_python() if surroundings.has_shared() else None
    if python is None or not surroundings.has_display():
        return
    with tempfile.TemporaryDirectory(prefix="despatch-bench-") as name, _session_bus() as bus:
        runs = _probe(python, Path(name), bus, 1 if quick else _RUNS)
    for ours in _WAYS:
        if runs.get(ours):
            yield from _figures(ours, runs)
    yield _second_start(1 if quick else _CALLS)


def _figures(ours: str, runs: Runs) -> Iterator[Figure]:
    peers = {name: rows for name, rows in runs.items() if name in surroundings.VIEWERS}
    yield _beside(f"start to first page, {_WAYS[ours]}", "ms", runs[ours], peers, _page, _okular(peers))
    if ours == _BY_PASSPHRASE:
        yield _beside("jump to page 400, as seen", "ms", runs[ours], peers, _jump, None)
        memory = Mark(_MOST_MEMORY)
        yield _beside("memory of all processes, first page", "MB", runs[ours], peers, lambda row: row["pss"], memory)
        yield _beside(
            "memory of all processes, after the jump", "MB", runs[ours], peers, lambda row: row["jump"]["pss"], memory
        )


def _beside(name: str, unit: str, rows: list[Any], peers: Runs, take: Any, mark: Mark | None) -> Figure:
    beside = {peer: of("", "", _taken(each, take)).value for peer, each in peers.items() if _taken(each, take)}
    return of(name, unit, _taken(rows, take) or [float("inf")], mark, beside)


def _taken(rows: list[dict[str, Any]], take: Any) -> list[float]:
    good = [row for row in rows if not row.get("error")]
    return [value for value in map(take, good) if value is not None]


def _page(row: dict[str, Any]) -> float | None:
    return None if row.get("page") is None else row["page"] * 1000


def _jump(row: dict[str, Any]) -> float | None:
    settled = row.get("jump", {}).get("settled")
    return None if settled is None else settled * 1000


def _okular(peers: Runs) -> Mark | None:
    values = _taken(peers.get("okular", []), _page)
    return Mark(of("", "", values).value, note="(Okular)") if values else None


def _probe(python: Path, folder: Path, bus: dict[str, str], runs: int) -> Runs:
    home = folder / "passphrase"
    shutil.copytree(reading_home(), home)
    _leave(home)
    ours = [f"{_BY_PASSPHRASE}={shlex.quote(str(_script(folder, home, PASSPHRASE)))}"]
    if bus:
        ring = _with_keyring(folder, bus)
        ours.append(f"{_BY_KEYRING}={shlex.quote(str(_script(folder, ring)))}")
        anew = shutil.copytree(ring, folder / "anew")
        ours.append(f"{_ANEW}={shlex.quote(str(_script(folder, anew, still=False)))}")
    command = [str(python), str(SHARED / "peers.py"), "--doc", str(text_pack()), "--runs", str(runs)]
    command += ["--apps", ",".join(surroundings.viewers()), "--title", "Despatch", "--json", str(folder / "out.json")]
    command += [part for each in ours for part in ("--ours", each)]
    environment = {**os.environ, **bus, **surroundings.as_installed()}
    done = subprocess.run(
        command, env=environment, timeout=_LIMIT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        raise RuntimeError(f"the probe failed:\n{done.stdout[-2000:]}")
    found: Runs = json.loads((folder / "out.json").read_text("utf-8"))["runs"]
    return found


def _leave(home: Path) -> None:
    """Open and close the window once, as whoever left the pack open did: the next start shows what was left."""
    leave = "import sys; from pathlib import Path; from tests.benchmarks.reading import leave; leave(Path(sys.argv[1]))"
    environment = {**os.environ, **surroundings.as_installed(), "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([sys.executable, "-P", "-c", leave, str(home)], env=environment, check=True, timeout=60)


def _command(home: Path) -> list[str]:
    return [sys.executable, "-P", "-m", "desktop", "--home", str(home)]


def _script(folder: Path, home: Path, passphrase: str = "", still: bool = True) -> Path:
    """Starts as after the window was closed, which the probe never does: what closing keeps is put back each time, or
    taken away."""
    kept = shutil.copy(home / "still", folder / f"{home.name}-still")
    command = shlex.join([*_command(home), *(["--passphrase-stdin"] if passphrase else [])])
    words = f" <<'END'\n{passphrase}\nEND" if passphrase else ""
    script = folder / f"by-{home.name}"
    before = shlex.join(["cp", str(kept), str(home / "still")] if still else ["rm", "-f", str(home / "still")])
    script.write_text(f"#!/bin/sh\n{before}\nexec {command}{words}\n", "utf-8")
    script.chmod(0o700)
    return script


def _second_start(calls: int) -> Figure:
    """Starting Despatch again while it runs: until its window, minimised before, is up again."""
    times = []
    with reading(reading_home()) as session:
        window, home = session.application.window, session.application.doorway.folder
        environment = {**os.environ, **surroundings.as_installed()}
        for _ in range(calls):
            window.showMinimized()
            wait(window.isMinimized)
            watch = surroundings.Stopwatch()
            with subprocess.Popen(_command(home), env=environment) as second:
                wait(lambda: not window.isMinimized())
                times.append(watch.ms)
                wait(lambda second=second: second.poll() is not None)  # type: ignore[misc]
    return of("start while Despatch runs, to its window", "ms", times)


def _with_keyring(folder: Path, bus: dict[str, str]) -> Path:
    """A home that the keyring of our own session opens."""
    home = folder / "keyring"
    shutil.copytree(reading_home(), home)
    _leave(home)
    remember = (
        "import sys; from pathlib import Path; from desktop.vault import Vault; vault = Vault(Path(sys.argv[1])); "
        "sys.exit(not vault.remember_in_keyring(vault.open_with_passphrase(sys.argv[2])))"
    )
    environment = {**os.environ, **bus, **surroundings.as_installed()}
    subprocess.run([sys.executable, "-P", "-c", remember, str(home), PASSPHRASE], env=environment, check=True)
    assert "keyring" in Vault(home).slots()
    return home


@contextmanager
def _session_bus() -> Iterator[dict[str, str]]:
    """A session bus of our own with a keyring on it, as the variables that lead there; empty where there is none."""
    if not surroundings.has_keyring():
        yield {}
        return
    with tempfile.TemporaryDirectory(prefix="despatch-bus-") as folder:
        address = f"unix:path={folder}/bus"
        bus = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--print-address", f"--address={address}"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert bus.stdout is not None
        bus.stdout.readline()
        environment = {"DBUS_SESSION_BUS_ADDRESS": address}
        where = {"HOME": folder, "XDG_DATA_HOME": folder, "XDG_RUNTIME_DIR": folder}
        ring = subprocess.Popen(
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
            env={**os.environ, **environment, **where},
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert ring.stdin is not None
        ring.stdin.write(b"bench")
        ring.stdin.close()
        try:
            yield environment
        finally:
            for process in (ring, bus):
                process.terminate()
                process.wait()
            bus.stdout.close()
