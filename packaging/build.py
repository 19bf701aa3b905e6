"""Freezes Despatch into packaging/out and makes its Debian package on Linux. Run by `python3 start.py package`."""

import compileall
import gzip
import importlib.metadata
import os
import platform
import py_compile
import re
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT)]

import deb  # noqa: E402
import elf  # noqa: E402
import icons  # noqa: E402

import start  # noqa: E402

UNCHECKED = py_compile.PycInvalidationMode.UNCHECKED_HASH  # whatever date a package gives the files
BUILD, OUT = HERE / "build", HERE / "out"
MAINTAINER = "The Despatch project <despatch@localhost>"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
ICON_NAMES = {
    "despatch": "apps/despatch",
    "invitation": "mimetypes/despatch-invitation",
    "pack": "mimetypes/despatch-pack",
    "notes": "mimetypes/despatch-notes",
}
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
# Debian renamed some libraries in its move to 64-bit time; a package made on either side of it must install on both.
RENAMED = {name: f"{name} | {name}t64" for name in ("libcups2", "libglib2.0-0")}
# Every desktop has these; without them an icon and a file's kind are not found.
DESKTOP = "hicolor-icon-theme, shared-mime-info"
SYSTEMS = {**start.LIBRARIES, **start.X11_LIBRARIES, **start.WAYLAND_LIBRARIES}
# The C library's own parts.
ALWAYS_THERE = {f"lib{name}" for name in ("c.so.6", "m.so.6", "dl.so.2", "pthread.so.0", "rt.so.1", "util.so.1")}
ALWAYS_THERE |= {"libresolv.so.2", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"}


def main() -> int:
    """Everything, from nothing; returns the exit code."""
    begun = time.monotonic()
    shutil.rmtree(BUILD, ignore_errors=True)
    OUT.mkdir(parents=True, exist_ok=True)
    icons.draw_all(ROOT / "resources" / "brand", BUILD / "icons")
    folder = freeze()
    made = debian_package(folder) if sys.platform.startswith("linux") else zipped(folder)
    print(f"{made.relative_to(ROOT)}: {made.stat().st_size / 1e6:.0f} MB, made in {time.monotonic() - begun:.0f} s")
    return 0


def freeze() -> Path:
    """Run PyInstaller; returns the folder it made, which has passed its own self-test."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    command += ["--distpath", str(OUT), "--workpath", str(BUILD / "freeze"), str(HERE / "despatch.spec")]
    subprocess.run(command, cwd=ROOT, check=True)
    folder = OUT / "despatch"
    if sys.platform.startswith("linux"):
        elf.prune(folder / "_internal", SYSTEMS)
        elf.strip_python(folder / "_internal")
    # These are no part of the archive of modules, and what is installed cannot be written to.
    compileall.compile_dir(folder / "_internal" / "shiboken6" / "files.dir", quiet=2, invalidation_mode=UNCHECKED)
    if subprocess.call([folder / "despatch", "self-test"]):
        raise SystemExit("What was frozen does not work here: see the self-test above.")
    return folder


def zipped(folder: Path) -> Path:
    """The frozen folder as one file, where there is no installer of ours yet."""
    name = f"despatch-{PROJECT['version']}-{sys.platform}-{platform.machine().lower()}"
    return Path(shutil.make_archive(str(OUT / name), "zip", folder.parent, folder.name))


def debian_package(folder: Path) -> Path:
    """The package of a frozen folder."""
    architecture = ARCHITECTURES[platform.machine()]
    package = OUT / f"despatch_{PROJECT['version']}_{architecture}.deb"
    deb.write(package, control(architecture, dependencies(folder)), contents(folder), when())
    return package


def when() -> int:
    """The moment every file is dated with: the last commit's, so that one commit makes one package."""
    if told := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(told)
    asked = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True)
    return int(asked.stdout) if asked.returncode == 0 else int(time.time())


def control(architecture: str, depends: list[str]) -> str:
    """The control file, but for the size."""
    fields = {
        "Package": "despatch",
        "Version": PROJECT["version"],
        "Architecture": architecture,
        "Maintainer": MAINTAINER,
        "Section": "text",
        "Priority": "optional",
        "Depends": ", ".join(depends),
        "Recommends": f"{start.FONT_PACKAGE}, ca-certificates, {DESKTOP}, gnome-keyring | kwalletmanager | keepassxc",
        "Description": f"{PROJECT['description']}\n"
        " Despatch opens the packs of boards and committees: fetched from a repository\n"
        " that anyone may copy and nobody can read, kept encrypted, and read without\n"
        " a network.",
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def dependencies(folder: Path) -> list[str]:
    """What the frozen files ask of the system, as Debian's packages. SystemExit names a library nobody knows."""
    files = elf.compiled(folder)
    outside = elf.asked(folder) - {path.name for path in files} - ALWAYS_THERE
    if strangers := sorted(outside - SYSTEMS.keys()):
        raise SystemExit(f"Frozen files link to libraries start.py has no package for: {', '.join(strangers)}")
    # The sandbox asks for its library by name at run time, which no file's list of links shows.
    packages = {SYSTEMS[name] for name in outside} | {SYSTEMS["libseccomp.so.2"]}
    return [f"libc6 (>= {elf.newest_glibc(files)})", *(RENAMED.get(name, name) for name in sorted(packages))]


def contents(folder: Path) -> list[deb.Entry]:
    """Every file of the package."""
    entries = [
        deb.Entry("usr/bin/despatch", link="../lib/despatch/despatch"),
        deb.Entry("usr/share/applications/despatch.desktop", HERE / "linux" / "despatch.desktop"),
        deb.Entry("usr/share/mime/packages/despatch.xml", HERE / "linux" / "despatch.xml"),
        deb.Entry("usr/share/man/man1/despatch.1.gz", data=packed((HERE / "linux" / "despatch.1").read_bytes())),
        deb.Entry("usr/share/lintian/overrides/despatch", HERE / "linux" / "lintian-overrides"),
        deb.Entry("usr/share/doc/despatch/copyright", data=copyright_text().encode()),
        deb.Entry("usr/share/doc/despatch/changelog.gz", data=packed(changelog().encode())),
    ]
    return [*entries, *frozen_files(folder), *icon_files()]


def packed(data: bytes) -> bytes:
    """A document the way Debian keeps it: packed, and the same each time."""
    return gzip.compress(data, mtime=0)


def frozen_files(folder: Path) -> list[deb.Entry]:
    """The frozen folder, as it is."""
    entries = []
    for path in folder.rglob("*"):
        place = f"usr/lib/despatch/{path.relative_to(folder).as_posix()}"
        if path.is_symlink():
            entries.append(deb.Entry(place, link=os.readlink(path)))
        elif path.is_file():
            entries.append(deb.Entry(place, path, mode=0o755 if path.parent == folder else 0o644))
    return entries


def icon_files() -> list[deb.Entry]:
    """The icons, in the theme every desktop falls back on."""
    entries = []
    for drawn, name in ICON_NAMES.items():
        svg = ROOT / "resources" / "brand" / f"{drawn}.svg"
        entries.append(deb.Entry(f"usr/share/icons/hicolor/scalable/{name}.svg", svg))
        for size in icons.SIZES:
            place = f"usr/share/icons/hicolor/{size}x{size}/{name}.png"
            entries.append(deb.Entry(place, BUILD / "icons" / f"{drawn}-{size}.png"))
    return entries


def changelog() -> str:
    """Debian's form of it, from the last commit's date."""
    day = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(when()))
    head = f"despatch ({PROJECT['version']}) unstable; urgency=medium"
    return f"{head}\n\n  * Made from source.\n\n -- {MAINTAINER}  {day}\n"


def copyright_text() -> str:
    """Whose work is in the package, and on what terms: ours, then every library of the lock that is installed here."""
    head = "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: despatch\n\n"
    licence = indented((ROOT / "LICENSE").read_text("utf-8"))
    ours = f"Files: *\nCopyright: The Despatch project\nLicense: AGPL-3+\n{licence}\n"
    names = re.findall(r"^([a-z0-9-]+)==", (start.LOCKS / "run.txt").read_text("utf-8"), re.MULTILINE)
    return (
        head
        + ours
        + "\nComment: Libraries within, under their own terms, which /usr/lib/despatch/_internal/licences holds:\n"
        + "".join(map(terms, names))
    )


def terms(name: str) -> str:
    """One line about a library, or nothing where it is not part of this build."""
    try:
        about = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return ""
    told = [*(about.get_all("License-Expression") or []), *(about.get_all("License") or [])]
    listed = [value.rpartition(" :: ")[2] for value in about.get_all("Classifier") or [] if value.startswith("License")]
    licence = told[0].partition("\n")[0] if told else ", ".join(listed)
    return f" {name} {about['Version']}: {licence or 'see its own files'}\n"


def indented(text: str) -> str:
    """A long text as a field of a Debian file."""
    return "".join(f" {line}\n" if line.strip() else " .\n" for line in text.splitlines())


if __name__ == "__main__":
    sys.exit(main())
