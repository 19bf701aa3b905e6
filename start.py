#!/usr/bin/env python3
"""Sets Despatch up in .venv beside this file, once, and starts it, tests it or packages it.

    python3 start.py                     open Despatch on the sample committee (without a display: draw the tour)
    python3 start.py run ARGS            any command of despatch itself, such as: run --version
    python3 start.py tour FOLDER [LOOK]  draw every screen of the sample committee into a folder
    python3 start.py pictures            draw the README's pictures anew, from the tour
    python3 start.py test [--long] ARGS  lint, types, import walls, then the tests (ARGS go to pytest)
    python3 start.py lint                lint, types and import walls alone
    python3 start.py bench [NAME]        measure what the documents promise
    python3 start.py package             freeze the application and build its installer into packaging/out
    python3 start.py lock [--upgrade]    remake packaging/locks from pyproject.toml

It needs Python 3.11 or later and nothing else: what is missing of the system is installed where that is allowed and
named, with the command that installs it, where it is not.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import importlib.util
import os
import shutil
import ssl
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Callable, Iterable, Iterator, Sequence  # noqa: UP035 (read by older Pythons, which are told so below)

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
LOCKS = ROOT / "packaging" / "locks"
LOG = VENV / "set-up.log"
OLDEST = (3, 11)

# What Qt's own libraries and the sandbox link to, by the name the loader asks for and the Debian package that has it.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libseccomp.so.2": "libseccomp2",
    "libstdc++.so.6": "libstdc++6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
X11_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND_LIBRARIES = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
FONT_PACKAGE = "fonts-open-sans"

NO_NETWORK = (
    "NewConnectionError", "Failed to establish a new connection", "ConnectTimeoutError", "ReadTimeoutError", "SSLError",
    "ProxyError", "Connection broken", "Connection aborted", "IncompleteRead", "Temporary failure", "ProtocolError",
    "Could not connect", "Cannot initiate the connection",
)  # fmt: skip


class Stop(Exception):
    """Set-up cannot go on; its words are for the person at the keyboard."""


def main(arguments: Sequence[str]) -> int:
    """Do what was asked; returns the exit code of whatever was started."""
    if sys.version_info < OLDEST:
        return hand_to_newer_python(arguments)
    name, rest = (arguments[0], arguments[1:]) if arguments else ("open", [])
    if name not in COMMANDS:
        print(__doc__.strip())
        return 0 if name in ("-h", "--help", "help") else 2
    try:
        return COMMANDS[name](rest)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def hand_to_newer_python(arguments: Sequence[str]) -> int:
    """Start again under a newer Python of this machine, or say that there is none."""
    for minor in range(20, OLDEST[1] - 1, -1):
        found = shutil.which("python3.{}".format(minor))  # noqa: UP032
        if found:
            return subprocess.call([found, str(ROOT / "start.py"), *arguments])
    print("Despatch needs Python 3.11 or later; this is {}.{}.".format(*sys.version_info[:2]), file=sys.stderr)
    return 1


# --- commands


def open_sample(_: Sequence[str]) -> int:
    """The application on the sample committee; the tour where no window can be shown."""
    set_up("run")
    if has_display():
        return desktop("--sample")
    say("There is no display here to open a window on: drawing the tour into the folder tour instead.")
    return tour([str(ROOT / "tour")])


def run(arguments: Sequence[str]) -> int:
    """A command of despatch itself."""
    set_up("run")
    return desktop(*arguments)


def tour(arguments: Sequence[str]) -> int:
    """Every screen of the sample committee, drawn into a folder."""
    if not arguments:
        raise Stop("Say which folder to draw the tour into: python3 start.py tour FOLDER")
    set_up("run")
    return desktop("tour", *arguments, headless=True)


def pictures(_: Sequence[str]) -> int:
    """The README's pictures, from a tour drawn anew."""
    set_up("run")
    return python(str(ROOT / "packaging" / "pictures.py"), headless=True)


def test(arguments: Sequence[str]) -> int:
    """Lint, then the tests on every core, whose closing line comes last."""
    set_up("dev")
    chosen = ["-m", "", "-o", "faulthandler_timeout=7200"] if "--long" in arguments else []
    chosen += [argument for argument in arguments if argument != "--long"]
    clean = check()
    if not clean:
        say("The checks above failed, so this run counts as failed whatever the tests below say.")
    side_by_side = ["-n", "auto", "--dist", "worksteal"]
    tested = python("-m", "pytest", *side_by_side, *chosen, headless=True)
    return tested or (0 if clean else 1)


def lint(_: Sequence[str]) -> int:
    """Lint, types and import walls."""
    set_up("dev")
    return 0 if check() else 1


def bench(arguments: Sequence[str]) -> int:
    """The promised numbers, measured."""
    set_up("dev")
    return python("-m", "tests.benchmarks", *arguments, headless=True)


def package(arguments: Sequence[str]) -> int:
    """The frozen application and its installer."""
    install_system_packages(missing_tools())
    set_up("dev")
    return python(str(ROOT / "packaging" / "build.py"), *arguments, headless=True)


def lock(arguments: Sequence[str]) -> int:
    """Both locks, remade from pyproject.toml for every platform, with hashes and without any address."""
    set_up("dev")
    uv = shutil.which("uv") or str(own_uv())
    LOCKS.mkdir(parents=True, exist_ok=True)
    for kind, extras in (("run", ["build"]), ("dev", ["build", "dev"])):
        command = [uv, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"]
        command += ["--no-emit-index-url", "--no-header", "--no-annotate", "--no-build", *arguments]
        command += [f"--extra={extra}" for extra in extras]
        command += ["--constraints", "packaging/locks/run.txt"] if kind == "dev" else []
        made = finished([*command, "pyproject.toml", "-o", f"packaging/locks/{kind}.txt"])
        if made.returncode:
            raise Stop(f"The lock for {kind} could not be remade; uv said:\n{last_lines(made.stdout)}")
    return 0


def own_uv() -> Path:
    """The tool that resolves the locks, which nothing else needs, kept inside .venv."""
    folder = VENV / "uv"
    if not folder.is_dir():
        pip("install", "--require-hashes", "--target", str(folder), "-r", str(LOCKS / "uv.txt"))
    return folder / "bin" / ("uv.exe" if WINDOWS else "uv")


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "open": open_sample,
    "run": run,
    "tour": tour,
    "pictures": pictures,
    "test": test,
    "lint": lint,
    "bench": bench,
    "package": package,
    "lock": lock,
}


# --- what the commands are made of


def check() -> bool:
    """Every check, also after one has failed; True when all passed."""
    checks = {
        "ruff": ("-m", "ruff", "check", "--quiet", "--output-format", "concise", "."),
        "mypy": ("-m", "mypy", "--no-error-summary"),
        "import walls": ("-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"),
    }
    failed = [name for name, arguments in checks.items() if not passes(name, arguments)]
    return not failed


def passes(name: str, arguments: Sequence[str]) -> bool:
    """Run one check; what it says is shown only when it fails."""
    result = finished([str(PYTHON), *arguments])
    say(f"{name} failed:\n{result.stdout.strip()}" if result.returncode else f"{name}: clean")
    return result.returncode == 0


def finished(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, keeping all it says in one text."""
    return subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )


def desktop(*arguments: str, headless: bool = False) -> int:
    """The application, as a module of this checkout."""
    # In the caller's folder, which paths given to it are relative to; -P, so that nothing there is taken for a module.
    return python("-P", "-m", "desktop", *arguments, headless=headless, folder=Path.cwd())


def python(*arguments: str, headless: bool = False, folder: Path = ROOT) -> int:
    """The environment's own Python; returns its exit code."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"} if headless else None
    return subprocess.call([str(PYTHON), *arguments], cwd=folder, env=environment)


def has_display() -> bool:
    """Whether a window can be shown."""
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


# --- set-up


def set_up(kind: str) -> None:
    """Make .venv hold exactly the lock asked for ("run", or "dev" on top of it) and the project itself.

    Costs nothing when it already does. Raises Stop, in words for the person, when it cannot.
    """
    if is_ready(kind):
        return
    with only_one():
        if is_ready(kind):
            return
        if Path(sys.prefix).resolve() == VENV.resolve():
            raise Stop(f".venv is to be made anew, so start this with the Python outside it: {base_python()} start.py")
        install_system_packages(missing_packages())
        make_environment(kind)


def is_ready(kind: str) -> bool:
    """Whether the stamp of a finished set-up, of this very lock and place, is there."""
    try:
        return stamp(kind).read_text("utf-8") == fingerprint(kind) and PYTHON.exists()
    except OSError:
        return False


def stamp(kind: str) -> Path:
    """The file that says a set-up was finished, and of what."""
    return VENV / f"ready-{kind}"


def fingerprint(kind: str) -> str:
    """What a set-up depends on: the lock, what is installed of this folder, where it is, its Python, the list below."""
    project = (ROOT / "pyproject.toml").read_text("utf-8").split("\n[tool.")[0]
    libraries = repr((LIBRARIES, X11_LIBRARIES, WAYLAND_LIBRARIES))
    facts = [(LOCKS / f"{kind}.txt").read_text("utf-8"), project, str(ROOT), str(PYTHON.resolve()), libraries]
    return hashlib.sha256("\0".join(facts).encode()).hexdigest()


def base_python() -> str:
    """The Python that environments are made with."""
    return getattr(sys, "_base_executable", "") or sys.executable


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Hold back a second set-up of the same folder until the first is done."""
    with (ROOT / ".venv.lock").open("a+b") as held:
        if sys.platform == "win32":
            import msvcrt

            while True:
                with contextlib.suppress(OSError):  # Windows waits ten seconds at most, and a set-up takes minutes
                    msvcrt.locking(held.fileno(), msvcrt.LK_LOCK, 1)
                    break
        else:
            import fcntl

            fcntl.flock(held, fcntl.LOCK_EX)
        yield


def make_environment(kind: str) -> None:
    """A new .venv; or, where the smaller lock is already in, the rest added to it.

    Whatever lacks its stamp was left half-made by a stop in the middle and is made again from nothing.
    """
    if kind == "dev" and is_ready("run"):
        say("Adding the tools for testing and packaging")
    else:
        say("Setting up Despatch in .venv: this happens once and takes a minute or two")
        if VENV.exists():
            remove(VENV)
        create_venv()
    stamp("run").unlink(missing_ok=True)
    pip("install", "--require-hashes", "--only-binary", ":all:", "-r", str(LOCKS / f"{kind}.txt"))
    pip("install", "--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT))
    # Qt's binding lays its explanations of mistakes into a folder, so that they can wait: see desktop/late.py.
    finished([str(PYTHON), "-c", "import os; os.environ['SBK_EMBED'] = '0'; import shiboken6"])
    for done in {"run", kind}:
        stamp(done).write_text(fingerprint(done), "utf-8")


def remove(folder: Path) -> None:
    """Take an old .venv away whole."""
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise Stop(f"{folder} could not be made anew ({error.strerror}): remove it and start again.") from None


def create_venv() -> None:
    """An empty environment with pip in it."""
    made = finished([base_python(), "-m", "venv", str(VENV)])
    if made.returncode:
        raise Stop(f"Python could not make an environment in {VENV}:\n{last_lines(made.stdout)}")


def pip(*arguments: str) -> None:
    """Run the environment's pip; raises Stop with one sentence when the network is the reason it failed."""
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments]
    done = finished(command)
    LOG.write_text(done.stdout, "utf-8")
    if not done.returncode:
        return
    if any(sign in done.stdout for sign in NO_NETWORK):
        raise Stop(
            "The package index could not be reached, so the libraries Despatch is built on are not installed yet: "
            "check the network and run the same command again."
        )
    raise Stop(f"The libraries Despatch is built on could not be installed; pip said:\n{last_lines(done.stdout)}")


def last_lines(text: str, count: int = 12) -> str:
    """The end of what a program said, where the reason stands."""
    return "\n".join(text.strip().splitlines()[-count:])


def say(words: str) -> None:
    """One line about what is happening."""
    print(words, flush=True)


# --- what the system must have


def missing_packages() -> list[str]:
    """Debian's names of what this system lacks; empty where nothing does, and on Windows and macOS."""
    if not sys.platform.startswith("linux"):
        return []
    missing = [package_ for name, package_ in wanted_libraries().items() if not can_load(name)]
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        missing.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    if not has_certificates():
        missing.append("ca-certificates")
    if not has_fonts(FONT_FOLDERS):
        missing.append(FONT_PACKAGE)
    return sorted(set(missing))


def missing_tools() -> list[str]:
    """What this system lacks for freezing alone: a Python others can link to, and a reader of compiled files."""
    if not sys.platform.startswith("linux"):
        return []
    shared = sysconfig.get_config_var("INSTSONAME") if sysconfig.get_config_var("Py_ENABLE_SHARED") else ""
    libpython = [f"libpython{sys.version_info[0]}.{sys.version_info[1]}"] if shared and not can_load(shared) else []
    return [*libpython, *([] if shutil.which("objdump") else ["binutils"])]


def wanted_libraries() -> dict[str, str]:
    """What Qt needs here: X11's family, but for a Wayland session where it may not be to be had, and Wayland's."""
    wayland = bool(os.environ.get("WAYLAND_DISPLAY"))
    x11 = X11_LIBRARIES if shutil.which("apt-get") or not wayland else {}
    return {**LIBRARIES, **x11, **(WAYLAND_LIBRARIES if wayland else {})}


def can_load(name: str) -> bool:
    """Whether the system's loader finds a library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_certificates() -> bool:
    """Whether this system knows whom to trust on the network."""
    paths = ssl.get_default_verify_paths()
    folder = Path(paths.capath) if paths.capath else None
    return bool(paths.cafile) or bool(folder and any(folder.iterdir()))


def has_fonts(folders: Iterable[str]) -> bool:
    """Whether there is any font to draw words with."""
    found = (path for folder in folders for path in Path(folder).expanduser().rglob("*.[toTO][tT][fFcC]"))
    return any(found)


def install_system_packages(packages: Sequence[str]) -> None:
    """Install what is missing where that is allowed; otherwise raise Stop with the command that does."""
    if not packages:
        return
    if not shutil.which("apt-get"):
        raise Stop(
            "Despatch needs libraries this system does not have. They are the ones in these Debian packages; "
            f"install them under the names they have here, and start again:\n  {' '.join(packages)}"
        )
    prefix = way_to_root()
    if prefix is None:
        sudo = "sudo " if shutil.which("sudo") else ""
        raise Stop(
            "Despatch needs a few system packages first, and this account may not install them. Run this"
            f"{'' if sudo else ' as root'}, and start again:\n"
            f"  {sudo}apt-get update && {sudo}apt-get install -y --no-install-recommends {' '.join(packages)}"
        )
    say(f"Installing {len(packages)} system packages")
    apt([*prefix, "apt-get", "-q", "update"])
    apt([*prefix, "env", "DEBIAN_FRONTEND=noninteractive", *INSTALL, *packages])


INSTALL = ("apt-get", "-q", "install", "-y", "--no-install-recommends")


def way_to_root() -> list[str] | None:
    """What to put before a command so that it runs as root; None where this account cannot without being asked."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.call([sudo, "-n", "true"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0:
        return [sudo, "-n"]
    return None


def apt(command: Sequence[str]) -> None:
    """Run apt-get; raises Stop when it fails."""
    done = finished(command)
    # An update that cannot reach anything warns and exits 0; the install after it is what fails.
    if done.returncode == 0:
        return
    reached = not any(sign in done.stdout for sign in (*NO_NETWORK, "Failed to fetch", "Unable to locate"))
    reason = last_lines(done.stdout, 4) if reached else "the package archive could not be reached; check the network"
    raise Stop(f"The system packages Despatch needs could not be installed: {reason}, and run the same command again.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
