"""Pages of one PDF put into another, with their links, contents, attachments and tags. Runs in the worker process only.

What the pages would do besides being read is left behind: scripts, launches, forms that send, links to other files.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from desktop.pdf.engine import mupdf
from desktop.pdf.frames import Refused
from desktop.pdf.protocol import WEB

MOST_FILES = 200  # attachments of one paper
_INHERITED = ("Resources", "MediaBox", "CropBox", "Rotate")
_PRIVATE = ("Parent", "AA", "Metadata", "PieceInfo", "Thumb", "B", "TemplateInstantiated", "PresSteps", "AF", "Trans")
_ACTING = ("Sound", "Movie", "Screen", "RichMedia", "3D", "PrinterMark", "TrapNet", "Watermark3D")
_READABLE = ("Link", "Widget")
_MOST_ANNOTATIONS = 20_000
_DEEPEST = 60


@dataclass
class Tags:
    """What the structure trees of the papers come to: their parts, and the parents of marked content by number."""

    parts: list[Any] = field(default_factory=list)
    parents: list[tuple[int, Any]] = field(default_factory=list)
    roles: dict[str, Any] = field(default_factory=dict)
    classes: dict[str, Any] = field(default_factory=dict)
    next_key: int = 0


@dataclass(frozen=True)
class Grafted:
    """What came over: pages, as objects of the file they were put into; (name, object) of attachments; layers."""

    pages: list[Any]
    files: list[tuple[str, Any]]
    layers: list[Any]
    hidden_layers: list[Any]
    tagged: bool


class Graft:
    """Takes one open source into a target. The source is changed for it and of no more use afterwards."""

    def __init__(self, source: Any, target: Any, tags: Tags) -> None:
        self._source, self._target, self._tags = source, target, tags
        self._map = mupdf.pdf_new_graft_map(target)
        self._root = _get(mupdf.pdf_trailer(source), "Root")

    def take(self, pages: int, with_files: bool, with_comments: bool) -> Grafted:
        """All its pages. with_comments: also what readers wrote on them."""
        found = [mupdf.pdf_lookup_page_obj(self._source, number) for number in range(pages)]
        tree = _get(self._root, "StructTreeRoot")
        tagged = _is_dict(tree)
        if tagged:
            self._move_keys()
        part = self._part(tree) if tagged else None  # before anything is taken: what is new later cannot be
        for page in found:
            self._make_fit(page, with_files, with_comments)
        placed = [mupdf.pdf_graft_mapped_object(self._map, page) for page in found]
        if tagged:
            self._take_tags(tree, part)
        files = list(self._files()) if with_files else []
        layers, hidden = self._layers()
        return Grafted(placed, files, layers, hidden, tagged)

    def _make_fit(self, page: Any, with_files: bool, with_comments: bool) -> None:
        for name in _INHERITED:
            if mupdf.pdf_is_null(_get(page, name)):
                value = mupdf.pdf_dict_get_inheritable(page, mupdf.pdf_new_name(name))
                if not mupdf.pdf_is_null(value):
                    mupdf.pdf_dict_puts(page, name, value)
        for name in _PRIVATE:
            mupdf.pdf_dict_dels(page, name)
        listed = _get(page, "Annots")
        kept = mupdf.pdf_new_array(self._source, 4)
        for place in range(min(mupdf.pdf_array_len(listed), _MOST_ANNOTATIONS)):
            entry = mupdf.pdf_array_get(listed, place)
            if self._is_harmless(entry, with_files, with_comments):
                mupdf.pdf_array_push(kept, entry)
        if mupdf.pdf_array_len(kept):
            mupdf.pdf_dict_puts(page, "Annots", kept)
        else:
            mupdf.pdf_dict_dels(page, "Annots")

    def _is_harmless(self, entry: Any, with_files: bool, with_comments: bool) -> bool:
        """Whether an annotation stays; what it would do is cut back to leading to a page or to the web."""
        if not _is_dict(entry):
            return False
        kind = str(mupdf.pdf_to_name(_get(entry, "Subtype")))
        if kind in _ACTING or (kind == "FileAttachment" and not with_files):
            return False
        if not (with_comments or kind in _READABLE):
            return False
        for name in ("AA", "Parent", "Kids", "PA"):
            mupdf.pdf_dict_dels(entry, name)
        if not mupdf.pdf_is_null(_get(entry, "Dest")):
            self._settle(entry, _get(entry, "Dest"))
        action = _get(entry, "A")
        if _is_dict(action):
            self._keep_action(entry, action)
        return True

    def _keep_action(self, entry: Any, action: Any) -> None:
        what = str(mupdf.pdf_to_name(_get(action, "S")))
        target = _get(action, "D")
        address = str(mupdf.pdf_to_text_string(_get(action, "URI")) or "") if what == "URI" else ""
        mupdf.pdf_dict_dels(entry, "A")
        if what == "GoTo":
            self._settle(entry, target)
        elif address.casefold().startswith(WEB):
            kept = mupdf.pdf_new_dict(self._source, 2)
            mupdf.pdf_dict_puts(kept, "S", mupdf.pdf_new_name("URI"))
            mupdf.pdf_dict_puts(kept, "URI", mupdf.pdf_new_text_string(address))
            mupdf.pdf_dict_puts(entry, "A", kept)

    def _settle(self, entry: Any, place: Any) -> None:
        """A link leads to a page itself, and by no name: names of two papers may be the same."""
        for _ in range(4):
            if mupdf.pdf_is_string(place) or mupdf.pdf_is_name(place):
                place = mupdf.pdf_lookup_dest(self._source, place)
            if _is_dict(place):
                place = _get(place, "D")
        if mupdf.pdf_is_array(place) and _is_dict(mupdf.pdf_array_get(place, 0)):
            mupdf.pdf_dict_puts(entry, "Dest", place)
        else:
            mupdf.pdf_dict_dels(entry, "Dest")

    # tags

    def _move_keys(self) -> None:
        """Numbers by which content finds its tags begin behind those of the papers before."""
        first = self._tags.next_key
        for number in range(1, mupdf.pdf_xref_len(self._source)):
            try:
                thing = mupdf.pdf_load_object(self._source, number)
            except mupdf.FzErrorBase:
                continue  # a broken object is nothing that content could belong to
            if not _is_dict(thing):
                continue
            for name in ("StructParents", "StructParent"):
                value = _get(thing, name)
                if mupdf.pdf_is_int(value):
                    mupdf.pdf_dict_puts(thing, name, mupdf.pdf_new_int(mupdf.pdf_to_int(value) + first))

    def _part(self, tree: Any) -> Any:
        """The paper's tags under one head of their own."""
        part = mupdf.pdf_add_new_dict(self._source, 4)
        mupdf.pdf_dict_puts(part, "Type", mupdf.pdf_new_name("StructElem"))
        mupdf.pdf_dict_puts(part, "S", mupdf.pdf_new_name("Part"))
        kids = _get(tree, "K")
        mupdf.pdf_dict_puts(part, "K", kids)
        for kid in _each(kids):
            if _is_dict(kid):
                mupdf.pdf_dict_puts(kid, "P", part)
        return part

    def _take_tags(self, tree: Any, part: Any) -> None:
        self._tags.parts.append(mupdf.pdf_graft_mapped_object(self._map, part))
        highest = self._tags.next_key
        for key, value in _number_tree(_get(tree, "ParentTree"), 0):
            moved = key + self._tags.next_key
            self._tags.parents.append((moved, mupdf.pdf_graft_mapped_object(self._map, value)))
            highest = max(highest, moved + 1)
        self._tags.next_key = max(highest, self._tags.next_key + 1)
        for names, kept in ((_get(tree, "RoleMap"), self._tags.roles), (_get(tree, "ClassMap"), self._tags.classes)):
            for name, value in _entries(names):
                if name not in kept:
                    kept[name] = mupdf.pdf_graft_mapped_object(self._map, value)

    # attachments and layers

    def _files(self) -> Iterator[tuple[str, Any]]:
        tree = _get(_get(self._root, "Names"), "EmbeddedFiles")
        for place, (name, value) in enumerate(_name_tree(tree, 0)):
            if place >= MOST_FILES:
                return
            if _is_dict(value):
                yield name, mupdf.pdf_graft_mapped_object(self._map, value)

    def _layers(self) -> tuple[list[Any], list[Any]]:
        """What can be switched on and off, and what of it is off: without that it would be seen."""
        properties = _get(self._root, "OCProperties")
        usual = _get(properties, "D")
        every = [mupdf.pdf_graft_mapped_object(self._map, each) for each in _each(_get(properties, "OCGs"))]
        off = [mupdf.pdf_graft_mapped_object(self._map, each) for each in _each(_get(usual, "OFF"))]
        if str(mupdf.pdf_to_name(_get(usual, "BaseState"))) == "OFF":
            on = [mupdf.pdf_graft_mapped_object(self._map, each) for each in _each(_get(usual, "ON"))]
            shown = {mupdf.pdf_to_num(each) for each in on}
            off = [each for each in every if mupdf.pdf_to_num(each) not in shown]
        return every, off


def opened(data: Any) -> Any:
    """Another reading of a PDF's bytes, to be changed."""
    stream = mupdf.fz_open_memory(mupdf.python_buffer_data(data), len(data))
    return mupdf.pdf_open_document_with_stream(stream)


def _get(owner: Any, name: str) -> Any:
    return mupdf.pdf_dict_gets(owner, name)


def _is_dict(thing: Any) -> bool:
    return bool(mupdf.pdf_is_dict(thing))


def _each(thing: Any) -> Iterator[Any]:
    """The entries of an array; a thing by itself is one."""
    if mupdf.pdf_is_array(thing):
        for place in range(mupdf.pdf_array_len(thing)):
            yield mupdf.pdf_array_get(thing, place)
    elif _is_dict(thing):
        yield thing


def _entries(names: Any) -> Iterator[tuple[str, Any]]:
    for place in range(min(mupdf.pdf_dict_len(names), 2_000) if _is_dict(names) else 0):
        name = str(mupdf.pdf_to_name(mupdf.pdf_dict_get_key(names, place)))
        yield name, mupdf.pdf_dict_get_val(names, place)


def _number_tree(node: Any, depth: int) -> Iterator[tuple[int, Any]]:
    if depth > _DEEPEST:
        raise Refused("damaged")
    pairs = _get(node, "Nums")
    for place in range(0, mupdf.pdf_array_len(pairs) - 1, 2):
        yield mupdf.pdf_to_int(mupdf.pdf_array_get(pairs, place)), mupdf.pdf_array_get(pairs, place + 1)
    kids = _get(node, "Kids")
    for place in range(mupdf.pdf_array_len(kids)):
        yield from _number_tree(mupdf.pdf_array_get(kids, place), depth + 1)


def _name_tree(node: Any, depth: int) -> Iterator[tuple[str, Any]]:
    if depth > _DEEPEST:
        raise Refused("damaged")
    pairs = _get(node, "Names")
    for place in range(0, mupdf.pdf_array_len(pairs) - 1, 2):
        name = str(mupdf.pdf_to_text_string(mupdf.pdf_array_get(pairs, place)) or "")
        yield name, mupdf.pdf_array_get(pairs, place + 1)
    kids = _get(node, "Kids")
    for place in range(mupdf.pdf_array_len(kids)):
        yield from _name_tree(mupdf.pdf_array_get(kids, place), depth + 1)
