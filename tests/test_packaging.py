"""What `start.py package` is made of: the Debian package, the icons, and what compiled files ask of a system."""

import configparser
import hashlib
import io
import lzma
import re
import shutil
import struct
import subprocess
import sys
import tarfile
import xml.etree.ElementTree as xml
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "packaging"))

import deb  # noqa: E402
import elf  # noqa: E402
import icons  # noqa: E402

WHEN = 1_700_000_000
CONTROL = "Package: despatch\nVersion: 1.0\nArchitecture: all\nMaintainer: A <a@b>\nDescription: A reader\n"
BRAND = ROOT / "resources" / "brand"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    (tmp_path / "reader").write_bytes(b"#!/bin/sh\necho read\n")
    entries = [
        deb.Entry("usr/lib/despatch/reader", tmp_path / "reader", mode=0o755),
        deb.Entry("usr/bin/despatch", link="../lib/despatch/reader"),
        deb.Entry("usr/share/doc/despatch/" + "long/" * 30 + "odd", data=b"odd"),
    ]
    deb.write(tmp_path / "despatch.deb", CONTROL, entries, WHEN)
    return tmp_path / "despatch.deb"


def members(package: Path) -> dict[str, bytes]:
    data, found, place = package.read_bytes(), {}, 8
    assert data[:8] == b"!<arch>\n"
    while place < len(data):
        header = data[place : place + 60].decode()
        length = int(header[48:58])
        found[header[:16].strip()] = data[place + 60 : place + 60 + length]
        place += 60 + length + length % 2
    return found


def tar(package: Path, name: str) -> tarfile.TarFile:
    return tarfile.open(fileobj=io.BytesIO(lzma.decompress(members(package)[name])))


def test_a_package_holds_its_three_members_in_order(package: Path) -> None:
    assert list(members(package)) == ["debian-binary", "control.tar.xz", "data.tar.xz"]
    assert members(package)["debian-binary"] == b"2.0\n"


def test_files_links_and_folders_belong_to_root_and_to_one_moment(package: Path) -> None:
    with tar(package, "data.tar.xz") as data:
        facts = {member.name: member for member in data}
    assert {(member.uid, member.gid, member.uname, member.mtime) for member in facts.values()} == {(0, 0, "root", WHEN)}
    assert facts["./usr/lib/despatch/reader"].mode == 0o755
    assert facts["./usr/bin/despatch"].linkname == "../lib/despatch/reader"
    assert facts["./usr/share/doc"].isdir()
    names = list(facts)
    assert all(names.index(name.rpartition("/")[0]) < names.index(name) for name in names if name.count("/") > 1)


def test_sums_and_size_are_of_what_is_inside(package: Path) -> None:
    with tar(package, "control.tar.xz") as control:
        text = control.extractfile("./control").read().decode()  # type: ignore[union-attr]
        sums = control.extractfile("./md5sums").read().decode()  # type: ignore[union-attr]
    assert "Installed-Size: 1\n" in text
    told = dict(reversed(line.split("  ")) for line in sums.splitlines())
    assert told["usr/lib/despatch/reader"] == hashlib.md5(b"#!/bin/sh\necho read\n").hexdigest()
    assert len(told) == 2


def test_the_same_files_make_the_same_package(tmp_path: Path) -> None:
    entries = [deb.Entry("b", data=b"b"), deb.Entry("a", data=b"a")]
    deb.write(tmp_path / "one.deb", CONTROL, entries, WHEN)
    deb.write(tmp_path / "other.deb", CONTROL, entries[::-1], WHEN)
    assert (tmp_path / "one.deb").read_bytes() == (tmp_path / "other.deb").read_bytes()


@pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="needs Debian's own reader")
def test_debian_reads_the_package(package: Path, tmp_path: Path) -> None:
    said = subprocess.run(["dpkg-deb", "--info", package], capture_output=True, text=True, check=True).stdout
    assert "Package: despatch" in said
    subprocess.run(["dpkg-deb", "--extract", package, tmp_path / "out"], check=True)
    assert subprocess.run([tmp_path / "out/usr/bin/despatch"], capture_output=True, check=True).stdout == b"read\n"


@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("objdump"), reason="needs compiled files and objdump")
def test_libraries_the_system_has_and_those_nobody_asks_for_are_taken_out(tmp_path: Path) -> None:
    compiled = next(path for path in map(Path, sys.path) if (path / "cryptography").is_dir()) / "cryptography"
    extension = next(compiled.rglob("*.so"))
    asked = elf.asked(extension.parent)
    assert "libc.so.6" in asked
    assert re.fullmatch(r"2\.\d+", elf.newest_glibc([extension]))
    (tmp_path / "inner").mkdir()
    shutil.copy(extension, tmp_path / "inner" / extension.name)
    for name in ("libc.so.6", "libgcc_s.so.1", "libnobody.so.3"):
        shutil.copy(extension, tmp_path / name)
    elf.prune(tmp_path, {"libgcc_s.so.1"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["inner", "libc.so.6"]


def test_every_icon_is_drawn_at_every_size(qtbot: QtBot, tmp_path: Path) -> None:
    icons.draw_all(BRAND, tmp_path)
    for name in ("despatch", "pack", "invitation"):
        for size in icons.SIZES:
            drawn = (tmp_path / f"{name}-{size}.png").read_bytes()
            assert struct.unpack(">II", drawn[16:24]) == (size, size)
            assert len(set(drawn)) > 50, "an empty picture"
        ico = (tmp_path / f"{name}.ico").read_bytes()
        *_, place = struct.unpack_from("<BBBBHHII", ico, 6)
        assert ico[place : place + 4] == b"\x89PNG"
        assert struct.unpack_from("<HHH", ico) == (0, 1, len(icons.ICO_SIZES))
        icns = (tmp_path / f"{name}.icns").read_bytes()
        assert struct.unpack(">I", icns[4:8]) == (len(icns),)


def test_the_desktop_is_told_of_both_kinds_of_file() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(ROOT / "packaging" / "linux" / "despatch.desktop", "utf-8")
    claimed = set(entry["Desktop Entry"]["MimeType"].strip(";").split(";"))
    tree = xml.parse(ROOT / "packaging" / "linux" / "despatch.xml")
    space = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    kinds = tree.findall("m:mime-type", space)
    assert {kind.get("type") for kind in kinds} == claimed
    assert {kind.find("m:glob", space).get("pattern") for kind in kinds} == {"*.despatch", "*.despatch-pack"}  # type: ignore[union-attr]
