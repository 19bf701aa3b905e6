"""The worker's table: the papers that lie open on it, and what is asked of them."""

import errno
import json
import mmap
from typing import Any

import pyrage  # type: ignore[import-untyped]

from desktop.pdf import engine
from desktop.pdf.annotations import PdfMark
from desktop.pdf.dark import darken
from desktop.pdf.document import Document, guarded
from desktop.pdf.frames import Body, Header, Refused
from desktop.pdf.merging import Merging
from desktop.pdf.protocol import Clip
from desktop.pdf.spawning import SLOT
from desktop.pdf.typeset import typeset

_PIECE = 1 << 20

Answer = tuple[Header, bytes]


class Desk:
    """Does what the client's messages ask. Raises Refused with the reason where that cannot be done."""

    def __init__(self, pixels: mmap.mmap) -> None:
        engine.quieten()
        self._pixels = pixels  # the addresses below are of this and do not keep it
        self._slots = [_address(pixels, start) for start in range(0, len(pixels), SLOT)]
        self._open: dict[str, Document] = {}
        self._merging: Merging | None = None
        self._asked = {
            "open": self._open_one,
            "draw": self._draw,
            "text": self._text,
            "links": self._links,
            "marks": self._marks,
            "annotate": self._annotate,
            "typeset": self._typeset,
            "look": self._look,
            "merge": self._merge,
            "merge paper": self._merge_paper,
        }

    def do(self, header: Header, body: Body) -> Answer:
        """The answer to one message."""
        return guarded(self._asked[header["do"]], header, body)

    def close(self, version: str) -> None:
        """Take a paper off the table; its memory is given back."""
        self._open.pop(version, None)

    def _open_one(self, header: Header, body: Body) -> Answer:
        self._open.pop(header["version"], None)
        document = Document(_unsealed(header["key"], body))
        self._open[header["version"]] = document
        return (document.facts() if header["facts"] else {}), b""

    def _draw(self, header: Header, _body: Body) -> Answer:
        clip = Clip(*header["clip"]) if header["clip"] else None
        document, page = self._open[header["version"]], header["page"]
        drawn = document.draw(page, header["scale"], clip, self._slots[header["slot"]])
        if header["tones"]:
            start, pictures = header["slot"] * SLOT, document.pictures(page, drawn)
            darken(drawn.pixmap, self._pixels, start, pictures, header["tones"])
        return {"width": drawn.width, "height": drawn.height}, b""

    def _text(self, header: Header, _body: Body) -> Answer:
        read = self._open[header["version"]].text(header["page"], header["layout"])
        lengths = {"words": len(read.words), "lines": len(read.lines), "rules": len(read.rules)}
        return lengths | {"legible": read.legible.value}, read.words + read.lines + read.rules + read.text

    def _links(self, header: Header, _body: Body) -> Answer:
        return {"links": self._open[header["version"]].links(header["page"])}, b""

    def _marks(self, header: Header, _body: Body) -> Answer:
        return {"marks": [mark.as_fields() for mark in self._open[header["version"]].marks(header["page"])]}, b""

    def _annotate(self, header: Header, body: Body) -> Answer:
        marks = [PdfMark.of_fields(fields) for fields in json.loads(body.read())]
        return {}, self._open[header["version"]].annotated(marks, header["watermark"])

    def _typeset(self, _header: Header, body: Body) -> Answer:
        css, footer, html = body.read().decode().split("\0", 2)
        return {}, typeset(html, css, footer)


    def _look(self, header: Header, _body: Body) -> Answer:
        return {}, json.dumps(self._open[header["version"]].look()).encode()

    def _merge(self, header: Header, body: Body) -> Answer:
        said = json.loads(body.read() or b"{}")
        if header["step"] == "begin":
            self._merging = Merging(said)
            return {}, b""
        if (merging := self._merging) is None:
            raise Refused("damaged")  # the worker that held it is gone
        if header["step"] == "sheet":
            return {}, str(merging.sheet(said["html"], said["css"], said)).encode()
        if header["step"] == "bookmark":
            merging.bookmark(said["title"], said["level"], said["key"])
            return {}, b""
        if header["step"] == "finish":
            return {}, str(merging.finish()).encode()
        return {}, merging.take(said["start"], said["most"])

    def _merge_paper(self, header: Header, body: Body) -> Answer:
        if self._merging is None:
            raise Refused("damaged")
        files, tagged = self._open[header["version"]].merge_into(self._merging, json.loads(body.read()))
        return {}, f"{files} {int(tagged)}".encode()


class _Plain:
    """Memory that a paper is opened into; it never moves and is given back whole."""

    def __init__(self, room: int) -> None:
        try:
            self._memory = mmap.mmap(-1, room)
        except OSError as error:
            raise Refused("memory" if error.errno == errno.ENOMEM else "damaged") from error
        self._end = 0

    def write(self, data: bytes) -> int:
        end = self._end + len(data)
        self._memory[self._end : end] = data
        self._end = end
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""

    def view(self) -> memoryview:
        return memoryview(self._memory)[: self._end]


def _unsealed(key: str, body: Body) -> memoryview:
    """The plain file. It exists in this process's memory only."""
    if not body.left:
        raise Refused("empty")
    plain = _Plain(body.left)  # an age file is longer than what it holds
    if not key:
        while piece := body.read(_PIECE):
            plain.write(piece)
        return plain.view()
    try:
        pyrage.decrypt_io(body, plain, [pyrage.x25519.Identity.from_str(key)])
    except (pyrage.DecryptError, pyrage.IdentityError, OSError) as error:
        raise Refused("key") from error
    return plain.view()


def _address(pixels: mmap.mmap, start: int) -> Any:
    return engine.mupdf.python_mutable_buffer_data(memoryview(pixels)[start : start + SLOT])
