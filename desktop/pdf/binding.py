"""What holds a merged PDF together: contents, page labels, attachments, layers, tags. Worker process only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from desktop.pdf.engine import mupdf
from desktop.pdf.grafting import Tags

_OPEN_LEVELS = 1  # of the contents are seen when it is opened


@dataclass(frozen=True)
class Bookmark:
    """A line of the contents: level from 1, and the page it leads to, or the key of that page."""

    level: int
    title: str
    page: Any
    key: str = ""

    def settled(self, keys: Mapping[str, Any]) -> "Bookmark":
        """With its page, where that is known by now."""
        return replace(self, page=keys.get(self.key)) if self.page is None else self


def put_outline(pdf: Any, root: Any, marks: Sequence[Bookmark]) -> None:
    """The contents. A level that skips one counts as the next."""
    if not marks:
        return
    top = mupdf.pdf_add_new_dict(pdf, 4)
    mupdf.pdf_dict_puts(top, "Type", mupdf.pdf_new_name("Outlines"))
    chain: list[tuple[Any, Any, int]] = [(top, None, 0)]  # owner, its last child, its level
    counts: dict[int, int] = {}
    for mark in marks:
        while len(chain) > 1 and chain[-1][2] >= mark.level:
            chain.pop()
        owner, last, level = chain[-1]
        entry = mupdf.pdf_add_new_dict(pdf, 6)
        mupdf.pdf_dict_puts(entry, "Title", mupdf.pdf_new_text_string(mark.title))
        mupdf.pdf_dict_puts(entry, "Parent", owner)
        place = mupdf.pdf_new_array(pdf, 2)
        mupdf.pdf_array_push(place, mark.page)
        mupdf.pdf_array_push(place, mupdf.pdf_new_name("Fit"))
        mupdf.pdf_dict_puts(entry, "Dest", place)
        if last is None:
            mupdf.pdf_dict_puts(owner, "First", entry)
        else:
            mupdf.pdf_dict_puts(last, "Next", entry)
            mupdf.pdf_dict_puts(entry, "Prev", last)
        mupdf.pdf_dict_puts(owner, "Last", entry)
        chain[-1] = owner, entry, level
        number = mupdf.pdf_to_num(owner)
        counts[number] = counts.get(number, 0) + 1
        shown = counts[number] if len(chain) <= _OPEN_LEVELS else -counts[number]
        mupdf.pdf_dict_puts(owner, "Count", mupdf.pdf_new_int(shown))
        chain.append((entry, None, mark.level))
    mupdf.pdf_dict_puts(root, "Outlines", top)


def put_labels(pdf: Any, root: Any, labels: Sequence[str]) -> None:
    """The number of each page as it is printed; numbers that count on are told once."""
    rules = mupdf.pdf_new_array(pdf, 8)
    told = [(place, label, _run(place, label)) for place, label in enumerate(labels)]
    for run, each in groupby(told, lambda entry: entry[2]):
        place, label, _ = next(each)
        rule = mupdf.pdf_new_dict(pdf, 2)
        if run is not None and run[0] == "counts":
            mupdf.pdf_dict_puts(rule, "S", mupdf.pdf_new_name("D"))
            mupdf.pdf_dict_puts(rule, "St", mupdf.pdf_new_int(int(label)))
        elif label:
            mupdf.pdf_dict_puts(rule, "P", mupdf.pdf_new_text_string(label))
        mupdf.pdf_array_push_int(rules, place)
        mupdf.pdf_array_push(rules, rule)
    tree = mupdf.pdf_new_dict(pdf, 1)
    mupdf.pdf_dict_puts(tree, "Nums", rules)
    mupdf.pdf_dict_puts(root, "PageLabels", tree)


def _run(place: int, label: str) -> tuple[str, int]:
    return ("counts", int(label) - place) if label.isdecimal() and int(label) else ("alone", place)


def put_files(pdf: Any, root: Any, files: Sequence[tuple[str, Any]]) -> None:
    """Attachments, by names of which none is there twice."""
    if not files:
        return
    named: dict[str, Any] = {}
    for name, value in files:
        free, number = name, 1
        while free in named:
            number += 1
            free = f"{name} ({number})"
        named[free] = value
    pairs = mupdf.pdf_new_array(pdf, 2 * len(named))
    for name in sorted(named):
        mupdf.pdf_array_push(pairs, mupdf.pdf_new_text_string(name))
        mupdf.pdf_array_push(pairs, named[name])
    tree = mupdf.pdf_new_dict(pdf, 1)
    mupdf.pdf_dict_puts(tree, "Names", pairs)
    names = mupdf.pdf_new_dict(pdf, 1)
    mupdf.pdf_dict_puts(names, "EmbeddedFiles", tree)
    mupdf.pdf_dict_puts(root, "Names", names)


def put_layers(pdf: Any, root: Any, layers: Sequence[Any], hidden: Sequence[Any]) -> None:
    """Layers, and which of them are not shown."""
    if not layers:
        return
    every, off = mupdf.pdf_new_array(pdf, len(layers)), mupdf.pdf_new_array(pdf, len(hidden) + 1)
    for layer in layers:
        mupdf.pdf_array_push(every, layer)
    for layer in hidden:
        mupdf.pdf_array_push(off, layer)
    usual, whole = mupdf.pdf_new_dict(pdf, 1), mupdf.pdf_new_dict(pdf, 2)
    mupdf.pdf_dict_puts(usual, "OFF", off)
    mupdf.pdf_dict_puts(whole, "OCGs", every)
    mupdf.pdf_dict_puts(whole, "D", usual)
    mupdf.pdf_dict_puts(root, "OCProperties", whole)


def put_tags(pdf: Any, root: Any, tags: Tags, untagged: bool) -> None:
    """One tree of the papers' trees. untagged: of some papers there is none, and that is said."""
    tree, whole = mupdf.pdf_add_new_dict(pdf, 6), mupdf.pdf_add_new_dict(pdf, 4)
    mupdf.pdf_dict_puts(tree, "Type", mupdf.pdf_new_name("StructTreeRoot"))
    mupdf.pdf_dict_puts(whole, "Type", mupdf.pdf_new_name("StructElem"))
    mupdf.pdf_dict_puts(whole, "S", mupdf.pdf_new_name("Document"))
    mupdf.pdf_dict_puts(whole, "P", tree)
    kids = mupdf.pdf_new_array(pdf, len(tags.parts))
    for part in tags.parts:
        mupdf.pdf_dict_puts(part, "P", whole)
        mupdf.pdf_array_push(kids, part)
    mupdf.pdf_dict_puts(whole, "K", kids)
    mupdf.pdf_dict_puts(tree, "K", whole)
    pairs = mupdf.pdf_new_array(pdf, 2 * len(tags.parents))
    for key, value in sorted(tags.parents, key=lambda parent: parent[0]):
        mupdf.pdf_array_push_int(pairs, key)
        mupdf.pdf_array_push(pairs, value)
    parents = mupdf.pdf_new_dict(pdf, 1)
    mupdf.pdf_dict_puts(parents, "Nums", pairs)
    mupdf.pdf_dict_puts(tree, "ParentTree", parents)
    mupdf.pdf_dict_puts(tree, "ParentTreeNextKey", mupdf.pdf_new_int(tags.next_key))
    for called, entries in (("RoleMap", tags.roles), ("ClassMap", tags.classes)):
        if entries:
            mapped = mupdf.pdf_new_dict(pdf, len(entries))
            for word, value in entries.items():
                mupdf.pdf_dict_puts(mapped, word, value)
            mupdf.pdf_dict_puts(tree, called, mapped)
    mupdf.pdf_dict_puts(root, "StructTreeRoot", tree)
    marked = mupdf.pdf_new_dict(pdf, 2)
    mupdf.pdf_dict_put_bool(marked, mupdf.pdf_new_name("Marked"), 1)
    if untagged:
        mupdf.pdf_dict_put_bool(marked, mupdf.pdf_new_name("Suspects"), 1)
    mupdf.pdf_dict_puts(root, "MarkInfo", marked)
