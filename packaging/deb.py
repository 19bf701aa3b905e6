"""Debian's package of the frozen application, written here byte by byte: no Debian tool is needed to make one."""

import hashlib
import io
import lzma
import tarfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Entry:
    """One file of a package: its path from the root, and the file to copy, bytes to write or link to make."""

    path: str
    source: Path | None = None
    data: bytes = b""
    link: str = ""
    mode: int = 0o644

    def bytes(self) -> bytes:
        """What the file holds."""
        return self.source.read_bytes() if self.source else self.data


def write(package: Path, control: str, entries: list[Entry], when: int) -> None:
    """Write the package. control: its fields but Installed-Size. when: what every file is dated, in seconds."""
    entries = sorted(entries, key=lambda entry: entry.path)
    sums = "".join(f"{md5(entry)}  {entry.path}\n" for entry in entries if not entry.link)
    size = sum(len(entry.bytes()) for entry in entries if not entry.link) // 1024 + 1
    about = [
        Entry("control", data=f"{control.rstrip()}\nInstalled-Size: {size}\n".encode()),
        Entry("md5sums", data=sums.encode()),
    ]
    members = {
        "debian-binary": b"2.0\n",
        "control.tar.xz": archive(about, when),
        "data.tar.xz": archive(entries, when),
    }
    package.write_bytes(b"!<arch>\n" + b"".join(member(name, data, when) for name, data in members.items()))


def md5(entry: Entry) -> str:
    """The sum by which Debian's tools see damage; nobody relies on it against an enemy."""
    return hashlib.md5(entry.bytes(), usedforsecurity=False).hexdigest()


def member(name: str, data: bytes, when: int) -> bytes:
    """One member of an ar archive, padded to an even length."""
    header = f"{name:<16}{when:<12}{0:<6}{0:<6}{'100644':<8}{len(data):<10}`\n"
    return header.encode() + data + b"\n" * (len(data) % 2)


def archive(entries: list[Entry], when: int) -> bytes:
    """A compressed tar of the entries and the folders above them, all owned by root."""
    buffer = io.BytesIO()
    with (
        lzma.open(buffer, "wb", preset=1) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as tar,
    ):
        folders = {str(parent) for entry in entries for parent in Path(entry.path).parents}
        for folder in sorted(folders):
            tar.addfile(facts("./" if folder == "." else f"./{folder}/", when, tarfile.DIRTYPE, 0o755))
        for entry in entries:
            add(tar, entry, when)
    return buffer.getvalue()


def add(tar: tarfile.TarFile, entry: Entry, when: int) -> None:
    """Put one file or link into the archive."""
    if entry.link:
        info = facts(f"./{entry.path}", when, tarfile.SYMTYPE, 0o777)
        info.linkname = entry.link
        tar.addfile(info)
    else:
        data = entry.bytes()
        info = facts(f"./{entry.path}", when, tarfile.REGTYPE, entry.mode)
        info.size = len(data)
        tar.addfile(info, io.BytesIO(data))


def facts(name: str, when: int, kind: bytes, mode: int) -> tarfile.TarInfo:
    """What an archive says about one of its members."""
    info = tarfile.TarInfo(name)
    info.mtime, info.type, info.mode = when, kind, mode
    info.uname = info.gname = "root"
    return info
