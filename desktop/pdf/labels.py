"""The page labels a PDF names: "iv", "A-3", "47". Runs in the worker process only."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from desktop.pdf.engine import mupdf

_MOST_RULES = 5_000
_DEEPEST = 12
_MOST_PREFIX = 40
_MOST_NUMBER = 100_000
_ROMAN = {1000: "M", 900: "CM", 500: "D", 400: "CD", 100: "C", 90: "XC"}
_ROMAN |= {50: "L", 40: "XL", 10: "X", 9: "IX", 5: "V", 4: "IV"}

Rule = tuple[int, str, str, int]  # first page it is for, style, prefix, first number


def labels(pdf: Any, pages: int) -> list[str]:
    """The label of each page; "" for all of them where the file names none."""
    try:
        tree = mupdf.pdf_dict_gets(mupdf.pdf_dict_gets(mupdf.pdf_trailer(pdf), "Root"), "PageLabels")
        rules = sorted(_rules(tree, 0))[:_MOST_RULES]
    except mupdf.FzErrorBase:
        rules = []  # labels are an ornament: broken ones are as good as none
    starts = [rule[0] for rule in rules]
    return [_label(rules[place - 1], page) if (place := bisect_right(starts, page)) else "" for page in range(pages)]


def _rules(node: Any, depth: int) -> Iterator[Rule]:
    if depth > _DEEPEST:
        return
    pairs = mupdf.pdf_dict_gets(node, "Nums")
    for place in range(0, min(mupdf.pdf_array_len(pairs), 2 * _MOST_RULES) - 1, 2):
        yield _rule(mupdf.pdf_to_int(mupdf.pdf_array_get(pairs, place)), mupdf.pdf_array_get(pairs, place + 1))
    kids = mupdf.pdf_dict_gets(node, "Kids")
    for place in range(min(mupdf.pdf_array_len(kids), 64)):
        yield from _rules(mupdf.pdf_array_get(kids, place), depth + 1)


def _rule(start: int, entry: Any) -> Rule:
    style = str(mupdf.pdf_to_name(mupdf.pdf_dict_gets(entry, "S")) or "")
    prefix = str(mupdf.pdf_to_text_string(mupdf.pdf_dict_gets(entry, "P")) or "")[:_MOST_PREFIX]
    first = mupdf.pdf_dict_gets(entry, "St")
    return start, style, prefix, mupdf.pdf_to_int(first) if mupdf.pdf_is_int(first) else 1


def _label(rule: Rule, page: int) -> str:
    start, style, prefix, first = rule
    number = page - start + first
    if not 1 <= number <= _MOST_NUMBER:
        return prefix + (str(number) if style == "D" else "")
    if style in ("R", "r"):
        written = _roman(min(number, 4999))
    elif style in ("A", "a"):
        written = chr(ord("A") + (number - 1) % 26) * min(1 + (number - 1) // 26, 20)
    else:
        written = str(number) if style == "D" else ""
    return prefix + (written.lower() if style in ("r", "a") else written)


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN.items():
        while number >= value:
            written, number = written + letters, number - value
    return written + "I" * number
