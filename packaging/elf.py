"""What compiled files ask of the system they run on."""

import re
import subprocess
from collections.abc import Container, Iterable
from pathlib import Path


def compiled(folder: Path) -> list[Path]:
    """Every program and library in a folder, links left out."""
    return [
        path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink() and is_compiled(path)
    ]


def is_compiled(path: Path) -> bool:
    """Whether a file begins as programs and libraries do."""
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def links(files: Iterable[Path]) -> dict[Path, set[str]]:
    """The libraries each file links to, by the names the loader asks for. Uses objdump."""
    links: dict[Path, set[str]] = {}
    for section in re.split(r"^(?=\S+:\s+file format )", objdump(files), flags=re.MULTILINE)[1:]:
        links[Path(section.partition(":")[0])] = set(re.findall(r"^\s+NEEDED\s+(\S+)", section, re.MULTILINE))
    return links


def newest_glibc(files: Iterable[Path]) -> str:
    """The newest version of the C library that any of the files asks for. Uses objdump."""
    versions = (tuple(map(int, found.split("."))) for found in re.findall(r"\bGLIBC_([0-9.]+)", objdump(files)))
    return ".".join(map(str, max(versions, default=(2, 17))))


def objdump(files: Iterable[Path]) -> str:
    """What objdump says of the files' headers."""
    return subprocess.run(["objdump", "-p", *map(str, files)], capture_output=True, text=True, check=True).stdout


def prune(folder: Path, systems: Container[str]) -> None:
    """Remove the libraries lying in `folder` itself that the system is to provide, and then those nobody links to."""
    for path in compiled(folder):
        if path.parent == folder and path.name in systems:
            path.unlink()
    while unasked := [path for path in libraries(folder) if path.name not in asked(folder)]:
        for path in unasked:
            path.unlink()


def strip_python(folder: Path) -> None:
    """Take what only a debugger reads out of Python's own files; all others stay as their makers left them."""
    own = [*folder.glob("libpython*"), *folder.glob("python*/lib-dynload/*.so")]
    subprocess.run(["strip", "--strip-unneeded", *map(str, own)], check=True)


def libraries(folder: Path) -> list[Path]:
    """The shared libraries lying in a folder itself; Python's own, which the program loads by hand, left out."""
    found = (path for path in compiled(folder) if path.parent == folder and re.match(r"lib.*\.so(\.|$)", path.name))
    return [path for path in found if not path.name.startswith("libpython")]


def asked(folder: Path) -> set[str]:
    """Every library that anything below a folder links to."""
    return set().union(*links(compiled(folder)).values())
