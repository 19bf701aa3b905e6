"""The icons every system wants, drawn from the SVG files in resources/brand."""

import struct
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
ICO_SIZES = (16, 24, 32, 48, 64, 256)
ICNS_KINDS = {b"icp4": 16, b"icp5": 32, b"icp6": 64, b"ic07": 128, b"ic08": 256, b"ic09": 512, b"ic10": 1024}


def draw_all(brand: Path, folder: Path) -> None:
    """For each SVG in `brand`: NAME-SIZE.png for every size, and NAME.ico and NAME.icns, into `folder`."""
    application = QGuiApplication.instance() or QGuiApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    for svg in sorted(brand.glob("*.svg")):
        for size in SIZES:
            (folder / f"{svg.stem}-{size}.png").write_bytes(png(svg, size))
        (folder / f"{svg.stem}.ico").write_bytes(ico((size, png(svg, size)) for size in ICO_SIZES))
        (folder / f"{svg.stem}.icns").write_bytes(icns((kind, png(svg, size)) for kind, size in ICNS_KINDS.items()))
    del application


def png(svg: Path, size: int) -> bytes:
    """One icon, square, `size` pixels wide. Needs a QGuiApplication."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(svg)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def ico(images: Iterable[tuple[int, bytes]]) -> bytes:
    """Windows' icon file: a table of sizes and places, then the pictures."""
    kept = list(images)
    table, place = b"", 6 + 16 * len(kept)
    for size, data in kept:
        table += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), place)
        place += len(data)
    return struct.pack("<HHH", 0, 1, len(kept)) + table + b"".join(data for _, data in kept)


def icns(images: Iterable[tuple[bytes, bytes]]) -> bytes:
    """macOS's icon file: pictures one after another, each with its kind and length."""
    body = b"".join(kind + struct.pack(">I", 8 + len(data)) + data for kind, data in images)
    return b"icns" + struct.pack(">I", 8 + len(body)) + body
