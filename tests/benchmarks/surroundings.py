"""What the benchmarks need around them: the shared probe, a Python of their own to run it, viewers, and large packs."""

import os
import shutil
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("DESPATCH_PROBE", ROOT.parent / "shared" / "bench"))
VIEWERS = ("qpdfview", "okular", "evince")
_DISPLAY = ("Xvfb", "openbox")
_PACKAGES = {"Xvfb": "xvfb", "dbus-daemon": "dbus-daemon", "gnome-keyring-daemon": "gnome-keyring"}
# Never in the application's own environment: numpy beside sqlite_utils alone slows its start by a third of a second.
_LIBRARIES = ("numpy", "python-xlib", "pillow", "pymupdf>=1.28,<2")


def cache_folder() -> Path:
    """Where everything that takes long to make is kept between runs."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = base / "despatch-bench"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def has_shared() -> bool:
    """Whether the probe and the maker of packs lie beside this checkout."""
    return (SHARED / "peers.py").is_file()


def viewers() -> list[str]:
    """The peers that are installed."""
    return [name for name in VIEWERS if shutil.which(name)]


def has_display() -> bool:
    """Whether a virtual screen can be had."""
    return all(shutil.which(name) for name in _DISPLAY)


def has_keyring() -> bool:
    """Whether a keyring service of our own can be started."""
    return all(shutil.which(name) for name in ("dbus-daemon", "gnome-keyring-daemon"))


@cache
def probe_python() -> Path | None:
    """A Python with what the probe imports, made in the cache; None where it cannot be made."""
    folder = cache_folder() / "venv"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wanted = [str(python), "-c", "import numpy, Xlib, PIL, pymupdf"]
    if python.exists() and not subprocess.run(wanted, capture_output=True).returncode:
        return python
    make = [[sys.executable, "-m", "venv", "--clear", str(folder)], [str(python), "-m", "pip", "install", "-q"]]
    make[1] += _LIBRARIES
    done = all(subprocess.run(command, capture_output=True).returncode == 0 for command in make)
    return python if done else None


def missing() -> list[str]:
    """What was left out for want of something, with how to get it, a line each."""
    if not has_shared():
        return [f"The probe is not at {SHARED}: start-up and peers are left out, and a plainer pack is measured."]
    lines = []
    tools = (*_DISPLAY, *VIEWERS, "dbus-daemon", "gnome-keyring-daemon")
    absent = [_PACKAGES.get(tool, tool) for tool in tools if not shutil.which(tool)]
    if absent:
        lines.append(f"Not installed: {', '.join(absent)}. Install with: apt-get install {' '.join(absent)}")
    if probe_python() is None:
        quoted = " ".join(f"'{library}'" for library in _LIBRARIES)
        lines.append(f"The probe's libraries could not be installed: {cache_folder()}/venv/bin/pip install {quoted}")
    return lines


def large(name: str) -> Path | None:
    """One of the large packs, made if need be; None where it cannot be."""
    made = cache_folder() / f"{name}.pdf"
    if made.exists():
        return made
    python = probe_python() if has_shared() else None  # its libraries are fetched only where they are of use
    if python is None:
        return None
    print(f"Making {name}.pdf, once", flush=True)
    environment = {**os.environ, "LARGE_OUT": str(cache_folder()), "PYTHONPATH": ""}
    done = subprocess.run([str(python), str(SHARED / "make_large.py"), name], env=environment, capture_output=True)
    return made if not done.returncode and made.exists() else None


def as_installed() -> dict[str, str]:
    """Variables that run the checkout as an installation runs: with its bytecode kept, whatever the shell has set."""
    return {
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(cache_folder() / "bytecode"),
    }


def noise() -> dict[str, Any]:
    """How busy the machine is: the shared kernel's time, or the load alone where that is absent."""
    if not (SHARED / "noise.py").is_file():
        return {"load1": round(os.getloadavg()[0], 2)}
    scope: dict[str, Any] = {}
    exec(compile((SHARED / "noise.py").read_text("utf-8"), "noise.py", "exec"), scope)  # read in place, not copied
    found: dict[str, Any] = scope["calib"](15)
    return found


def pss_mb() -> float:
    """Memory of this process and its children but the virtual screen, shared pages by share, in megabytes."""
    total = 0
    for process in _tree(os.getpid()):
        try:
            if Path(f"/proc/{process}/comm").read_text("utf-8").strip() == "Xvfb":
                continue
            lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
        except OSError:
            continue  # it ended meanwhile
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def _tree(root: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text("utf-8", "replace").rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(entry.name))
    found, todo = [], [root]
    while todo:
        found.append(todo.pop())
        todo += children.get(found[-1], [])
    return found


class Stopwatch:
    """Milliseconds since it was made."""

    def __init__(self) -> None:
        self._start = time.perf_counter()

    @property
    def ms(self) -> float:
        """So far."""
        return (time.perf_counter() - self._start) * 1000
