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
import zipfile
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "packaging"))

import build  # noqa: E402
import deb  # noqa: E402
import elf  # noqa: E402
import icons  # noqa: E402
import pictures  # noqa: E402

from desktop.__main__ import WINDOW_FILES  # noqa: E402

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
    for name in ("despatch", "pack", "invitation", "notes"):
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


def test_the_desktop_is_told_of_every_kind_of_file() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(ROOT / "packaging" / "linux" / "despatch.desktop", "utf-8")
    claimed = set(entry["Desktop Entry"]["MimeType"].strip(";").split(";"))
    tree = xml.parse(ROOT / "packaging" / "linux" / "despatch.xml")
    space = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    kinds = tree.findall("m:mime-type", space)
    assert {kind.get("type") for kind in kinds} == claimed
    patterns = {kind.find("m:glob", space).get("pattern") for kind in kinds}  # type: ignore[union-attr]
    assert patterns == {"*.despatch", "*.despatch-pack", "*.despatch-notes"}


def test_what_the_desktop_brings_opens_the_window() -> None:
    globs = re.findall(r'<glob pattern="\*(\S+)"/>', (ROOT / "packaging" / "linux" / "despatch.xml").read_text("utf-8"))
    assert sorted(globs) == sorted(WINDOW_FILES)


def test_the_package_has_everything_in_the_places_debian_looks(tmp_path: Path) -> None:
    (tmp_path / "_internal").mkdir()
    for name in ("despatch", "_internal/library.so"):
        (tmp_path / name).touch()
    entries = {entry.path: entry for entry in build.contents(tmp_path)}
    assert entries["usr/bin/despatch"].link == "../lib/despatch/despatch"
    assert entries["usr/lib/despatch/despatch"].mode == 0o755
    assert entries["usr/lib/despatch/_internal/library.so"].mode == 0o644
    placed = {
        "usr/share/applications/despatch.desktop",
        "usr/share/mime/packages/despatch.xml",
        "usr/share/man/man1/despatch.1.gz",
        "usr/share/doc/despatch/copyright",
        "usr/share/icons/hicolor/48x48/apps/despatch.png",
        "usr/share/icons/hicolor/scalable/mimetypes/despatch-invitation.svg",
    }
    assert placed <= entries.keys()
    drawn = [entry for entry in entries.values() if entry.source and build.BUILD not in entry.source.parents]
    assert [entry.path for entry in drawn if not entry.source.is_file()] == []  # type: ignore[union-attr]


def test_a_package_asks_for_the_newest_library_under_its_old_and_its_new_name() -> None:
    assert build.RENAMED["libcups2"] == "libcups2 | libcups2t64"
    assert build.RENAMED.keys() <= set(build.SYSTEMS.values())


def test_a_wheel_holds_the_application_its_data_and_its_licence(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", tmp_path]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        names = set(opened.namelist())
    assert names >= {"desktop/__main__.py", "db/schema.sql", "resources/help/pictures/shelf.png"}
    here = (path for part in ("desktop", "db", "resources") for path in (ROOT / part).rglob("*") if path.is_file())
    kept = {path.relative_to(ROOT).as_posix() for path in here if path.suffix != ".pyc"}
    assert kept - names == set()
    rest = {name.partition("/")[0] for name in names - kept}
    assert rest == {f"despatch-{build.PROJECT['version']}.dist-info"}
    assert f"{rest.pop()}/licenses/LICENSE" in names


# --- the README's pictures


def speckle(x: int, y: int) -> QColor:
    """A colour that does not follow from its neighbours, so that it cannot be packed away."""
    return QColor((x * x * 7 + y * 31) % 256, (x * y) % 256, (x * 13 + y * y * 5) % 256)


def drawn(path: Path) -> None:
    picture = QImage(1280, 800, QImage.Format.Format_RGB32)
    picture.fill(QColor("#fdfcfa"))
    for x in range(1280):
        for y in range(200):
            picture.setPixelColor(x, y, speckle(x, y))
    picture.save(str(path))


def test_pictures_are_found_by_what_they_are_called_and_made_small(qtbot: QtBot, tmp_path: Path) -> None:
    tour, kept = tmp_path / "tour", tmp_path / "kept"
    tour.mkdir()
    for name in ("07-shelf-waiting", "31-shelf", "44-note"):
        drawn(tour / f"{name}.png")
    assert pictures.keep(tour, kept) == 0
    assert sorted(path.name for path in kept.iterdir()) == ["reader.png", "shelf.png"]
    small = QImage(str(kept / "shelf.png"))
    assert (small.width(), small.height()) == (1280, 800)
    assert len(small.colorTable()) <= 256
    assert small.pixelColor(600, 700) == QColor("#fdfcfa")
    seen, true = small.pixelColor(100, 50), speckle(100, 50)
    assert max(abs(seen.red() - true.red()), abs(seen.green() - true.green()), abs(seen.blue() - true.blue())) < 64
    assert (kept / "shelf.png").stat().st_size < (tour / "31-shelf.png").stat().st_size


def test_a_tour_without_the_picture_leaves_the_old_one(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "shelf.png").write_bytes(b"old")
    assert pictures.keep(tmp_path, tmp_path / "kept") == 1
    assert (tmp_path / "kept" / "shelf.png").read_bytes() == b"old"
