"""Many PDFs made into one, paper after paper, with contents, page labels, tags, attachments. Worker process only.

A file is begun, takes typeset sheets and papers in their order, and is finished; then its bytes are taken in pieces.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.pdf.binding import Bookmark, put_files, put_labels, put_layers, put_outline, put_tags
from desktop.pdf.engine import mupdf
from desktop.pdf.frames import MOST_BODY, Refused
from desktop.pdf.grafting import Graft, Tags, opened
from desktop.pdf.stamping import Stamper, add_stream, shut_in
from desktop.pdf.typeset import Led, typeset_leading

_MOST_PAGES = 60_000


@dataclass(frozen=True)
class Leaves:
    """How pages that are added are marked. stamps: words at the foot of each; labels: the number of each.

    key: by which links of typeset sheets lead to the first of them; bookmark: its title in the contents, "" for none.
    """

    stamps: Sequence[str]
    labels: Sequence[str]
    key: str
    bookmark: str
    level: int
    watermark: str

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Leaves":
        """As the client said it."""
        return cls(said["stamps"], said["labels"], said["key"], said["bookmark"], said["level"], said["watermark"])


class Merging:
    """One file being put together."""

    def __init__(self, said: Mapping[str, Any]) -> None:
        """said: title, author and language of the whole."""
        self._said = said
        self._pdf = mupdf.PdfDocument()
        self._stamper = Stamper(self._pdf)
        self._tags = Tags()
        self._pages: list[Any] = []
        self._labels: list[str] = []
        self._bookmarks: list[Bookmark] = []
        self._led: list[tuple[Any, Led]] = []
        self._keys: dict[str, Any] = {}
        self._files: list[tuple[str, Any]] = []
        self._layers: list[Any] = []
        self._hidden: list[Any] = []
        self._untagged = False
        self._made = b""

    def sheet(self, html: str, css: str, said: Mapping[str, Any]) -> int:
        """Typeset pages, whose links lead to what has a key; how many."""
        data, led = typeset_leading(html, css)
        source = opened(memoryview(data))
        count = mupdf.pdf_count_pages(source)
        pages = Graft(source, self._pdf, self._tags).take(count, False, False).pages
        for page in pages:
            self._tag_whole(page)
        leaves = Leaves.of(said)
        self._put(pages, leaves)
        self._led += [(pages[each.page], each) for each in led if each.page < len(pages)]
        return int(count)

    def paper(self, data: memoryview, pages: int, said: Mapping[str, Any]) -> tuple[int, bool]:
        """A paper's pages; how many attachments it brought, and whether it is tagged."""
        grafted = Graft(opened(data), self._pdf, self._tags).take(pages, said["files"], said["comments"])
        leaves = Leaves.of(said)
        self._put(grafted.pages, leaves)
        first = len(self._pages) - len(grafted.pages)
        for level, title, page in said["outline"]:
            if page < len(grafted.pages):
                self._bookmarks.append(Bookmark(leaves.level + level, title, self._pages[first + page]))
        prefix = f"{leaves.labels[0]} " if leaves.labels and leaves.labels[0] else ""
        self._files += [(prefix + name, value) for name, value in grafted.files]
        self._layers += grafted.layers
        self._hidden += grafted.hidden_layers
        self._untagged = self._untagged or not grafted.tagged
        return len(grafted.files), grafted.tagged

    def bookmark(self, title: str, level: int, key: str) -> None:
        """A line of the contents that leads to the pages with a key, which may come later."""
        self._bookmarks.append(Bookmark(level, title, None, key))

    def finish(self) -> int:
        """Write it; its length in bytes."""
        self._lead()
        root = mupdf.pdf_dict_gets(mupdf.pdf_trailer(self._pdf), "Root")
        marks = [each.settled(self._keys) for each in self._bookmarks]
        put_outline(self._pdf, root, [each for each in marks if each.page is not None])
        put_labels(self._pdf, root, self._labels)
        put_files(self._pdf, root, self._files)
        put_layers(self._pdf, root, self._layers, self._hidden)
        put_tags(self._pdf, root, self._tags, self._untagged)
        self._name(root)
        self._made = self._written()
        return len(self._made)

    def take(self, start: int, most: int) -> bytes:
        """A piece of what was written."""
        return self._made[start : start + min(most, MOST_BODY)]

    def _put(self, pages: list[Any], leaves: Leaves) -> None:
        if len(self._pages) + len(pages) > _MOST_PAGES:
            raise Refused("memory")
        if leaves.key and pages:
            self._keys.setdefault(leaves.key, pages[0])
        if leaves.bookmark and pages:
            self._bookmarks.append(Bookmark(leaves.level, leaves.bookmark, pages[0]))
        for place, page in enumerate(pages):
            mupdf.pdf_insert_page(self._pdf, -1, page)
            words = leaves.stamps[place] if place < len(leaves.stamps) else ""
            self._stamper.stamp(page, words, leaves.watermark)
            self._labels.append(leaves.labels[place] if place < len(leaves.labels) else "")
        self._pages += pages

    def _tag_whole(self, page: Any) -> None:
        """A typeset page is one piece for who has it read aloud."""
        key = self._tags.next_key
        self._tags.next_key += 1
        element = mupdf.pdf_add_new_dict(self._pdf, 5)
        mupdf.pdf_dict_puts(element, "Type", mupdf.pdf_new_name("StructElem"))
        mupdf.pdf_dict_puts(element, "S", mupdf.pdf_new_name("P"))
        mupdf.pdf_dict_puts(element, "Pg", page)
        mupdf.pdf_dict_puts(element, "K", mupdf.pdf_new_int(0))
        holders = mupdf.pdf_new_array(self._pdf, 1)
        mupdf.pdf_array_push(holders, element)
        self._tags.parts.append(element)
        self._tags.parents.append((key, holders))
        mupdf.pdf_dict_puts(page, "StructParents", mupdf.pdf_new_int(key))
        shut_in(self._pdf, page, b"/P <</MCID 0>> BDC\n", b"\nEMC\n")

    def _lead(self) -> None:
        """The links of typeset sheets; one whose key no page has leads nowhere and is left out."""
        for page, led in self._led:
            target = self._keys.get(led.key)
            if target is None:
                continue
            box, matrix = mupdf.FzRect(), mupdf.FzMatrix()
            mupdf.pdf_page_obj_transform(page, box, matrix)
            rect = mupdf.fz_transform_rect(mupdf.FzRect(*led.box), mupdf.fz_invert_matrix(matrix))
            link = mupdf.pdf_add_new_dict(self._pdf, 6)
            mupdf.pdf_dict_puts(link, "Type", mupdf.pdf_new_name("Annot"))
            mupdf.pdf_dict_puts(link, "Subtype", mupdf.pdf_new_name("Link"))
            mupdf.pdf_dict_put_rect(link, mupdf.pdf_new_name("Rect"), rect)
            mupdf.pdf_dict_puts(link, "Border", _ints(self._pdf, 0, 0, 0))
            mupdf.pdf_dict_puts(link, "F", mupdf.pdf_new_int(4))
            mupdf.pdf_dict_puts(link, "Dest", _fit(self._pdf, target))
            listed = mupdf.pdf_dict_gets(page, "Annots")
            if not mupdf.pdf_is_array(listed):
                mupdf.pdf_dict_puts(page, "Annots", mupdf.pdf_new_array(self._pdf, 4))
                listed = mupdf.pdf_dict_gets(page, "Annots")
            mupdf.pdf_array_push(listed, link)

    def _name(self, root: Any) -> None:
        info = mupdf.pdf_add_new_dict(self._pdf, 4)
        told = {"Title": self._said["title"], "Author": self._said["author"], "Producer": "Despatch"}
        for name, words in told.items():
            mupdf.pdf_dict_puts(info, name, mupdf.pdf_new_text_string(words))
        made = datetime.fromisoformat(self._said["made"])
        mupdf.pdf_dict_puts(info, "CreationDate", mupdf.pdf_new_text_string(f"D:{made:%Y%m%d%H%M%S}Z"))
        mupdf.pdf_dict_puts(mupdf.pdf_trailer(self._pdf), "Info", info)
        mupdf.pdf_dict_puts(root, "Lang", mupdf.pdf_new_text_string(self._said["language"]))
        mupdf.pdf_dict_puts(root, "PageMode", mupdf.pdf_new_name("UseOutlines"))
        shown = mupdf.pdf_new_dict(self._pdf, 1)
        mupdf.pdf_dict_put_bool(shown, mupdf.pdf_new_name("DisplayDocTitle"), 1)
        mupdf.pdf_dict_puts(root, "ViewerPreferences", shown)
        kind = [("Type", mupdf.pdf_new_name("Metadata")), ("Subtype", mupdf.pdf_new_name("XML"))]
        named = _escaped(self._said["title"]), _escaped(self._said["author"])
        packet = _PACKET % (*named, made.isoformat("T", "seconds"))
        mupdf.pdf_dict_puts(root, "Metadata", add_stream(self._pdf, packet.encode(), kind))

    def _written(self) -> bytes:
        options = mupdf.PdfWriteOptions()
        options.do_garbage, options.do_compress = 1, 1
        buffer = mupdf.fz_new_buffer(1 << 20)
        out = mupdf.FzOutput(buffer)
        mupdf.pdf_write_document(self._pdf, out, options)
        mupdf.fz_close_output(out)
        return bytes(mupdf.fz_buffer_extract_copy(buffer))


def _ints(pdf: Any, *numbers: int) -> Any:
    array = mupdf.pdf_new_array(pdf, len(numbers))
    for number in numbers:
        mupdf.pdf_array_push_int(array, number)
    return array


def _fit(pdf: Any, page: Any) -> Any:
    place = mupdf.pdf_new_array(pdf, 2)
    mupdf.pdf_array_push(place, page)
    mupdf.pdf_array_push(place, mupdf.pdf_new_name("Fit"))
    return place


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>
<xmp:CreateDate>%sZ</xmp:CreateDate><xmp:CreatorTool>Despatch</xmp:CreatorTool>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
