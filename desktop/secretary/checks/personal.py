"""Data of persons that should not go out: NHS numbers, and days of birth with a name."""

import re
from collections.abc import Iterator, Sequence

from desktop.papers.days import DATE
from desktop.secretary.checks.remark import ReadPaper, Remark, Weight

_NUMBER = re.compile(r"(?<![\d.,£/-])(\d{3})([ -]?)(\d{3})\2(\d{4})(?![\d,%/-])")
_NAMED = re.compile(r"\bNHS\s*(?:no|num|number|#)\b", re.IGNORECASE)
_NEAR = 60  # letters
_BIRTH = re.compile(rf"\b(?:d\.?\s?o\.?\s?b\.?|date of birth|born(?: on)?)\b\W{{0,4}}{DATE}", re.IGNORECASE)
_NAME = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Master)\.?\s+[A-Z][a-z]+|\b[A-Z][a-z]{1,}(?:\s+[A-Z]\.?)?[ ,]+[A-Z][a-z]+\b"
)
_AROUND = 120
_DO = "Have it taken out by its author, at the source, before the pack goes out."


def check(papers: Sequence[ReadPaper]) -> Iterator[Remark]:
    """Neither is quoted: a remark may be read over a shoulder."""
    for paper in papers:
        for page in paper.pages:
            numbers = [found for found in _NUMBER.finditer(page.text) if _is_of_a_patient(page.text, found)]
            if numbers:
                what = f"{paper.name} has {_count(len(numbers), 'NHS number')}, the first ending {numbers[0][4][-3:]}."
                yield paper.remark(Weight.SEE_TO, what, _DO, page.page + 1)
            births = [found for found in _BIRTH.finditer(page.text) if _names_somebody(page.text, found)]
            if births:
                what = f"{paper.name} has {_count(len(births), 'date')} of birth with a name."
                yield paper.remark(Weight.SEE_TO, what, _DO, page.page + 1)


def _is_of_a_patient(text: str, found: "re.Match[str]") -> bool:
    """Ten figures that check, in threes and four or called so: others are telephone or order numbers."""
    digits = found[1] + found[3] + found[4]
    if len(set(digits)) == 1 or not checks(digits):
        return False
    called = _NAMED.search(text[max(0, found.start() - _NEAR) : found.start()])
    return bool(called) or (bool(found[2]) and digits[0] != "0")


def checks(digits: str) -> bool:
    """Whether the last of ten figures is what the first nine come to, by the NHS's own rule."""
    total = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    expected = (11 - total % 11) % 11
    return expected != 10 and expected == int(digits[9])


def _names_somebody(text: str, found: "re.Match[str]") -> bool:
    around = text[max(0, found.start() - _AROUND) : found.start()] + " \n" + text[found.end() : found.end() + _AROUND]
    return bool(_NAME.search(around))


def _count(number: int, noun: str) -> str:
    if number == 1:
        return f"{'an' if (noun[0] in 'AEFHILMNORSX' and noun.isupper()) or noun.startswith('NHS') else 'a'} {noun}"
    return f"{number} {noun}s"
