"""Registers: tables with a risk a row, whatever their columns are called and however many rows head them."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.papers.cells import Cell, LongRow, LongTable
from desktop.papers.risks.card import Card
from desktop.papers.risks.parts import parts_of
from desktop.papers.risks.refs import RiskRef, leading_ref, risk_ref
from desktop.papers.risks.scores import read_score
from desktop.papers.risks.words import Head, head_of

_LISTS = ("control", "gap in control", "assurance", "gap in assurance", "action")
_PERIOD = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:[\s./-]*(?:20)?\d\d)?"
    r"|(?:q[1-4]|\d{1,2}/\d{1,2})[\s./-]*(?:20)?\d\d(?:[/-]\d\d)?"
    r"|(?:20)?\d\d(?:[/-]\d\d)?\s*q[1-4]|q[1-4]",
    re.IGNORECASE,
)
_MOST_HEADS = 3  # rows
_ENOUGH = 0.6  # of a column's cells, to be scores


@dataclass(frozen=True)
class Register:
    """A table understood: the rows that head it, and what each column holds."""

    table: LongTable
    begins: int
    heads: Mapping[int, Head]
    periods: Mapping[int, str]
    names_risks: bool
    led: bool = False  # titles begin with the risks' numbers

    def column(self, role: str) -> int:
        """The first column of this role; -1 without."""
        return next((column for column, head in self.heads.items() if head.role == role), -1)


def cover(row: LongRow) -> dict[int, Cell]:
    """What stands over each column, cells that reach over several included."""
    return {column + step: cell for column, cell in row.filled for step in range(cell.columns)}


def register_of(table: LongTable) -> Register | None:
    """The table as a register of risks; None for any other table."""
    first = next((number for number, row in enumerate(table.rows[:3]) if len(row.filled) > 1), None)
    if first is None or len(table.rows) < first + 2:
        return None
    depth = first + 1
    while depth < min(first + _MOST_HEADS, len(table.rows) - 1) and _heads_scores(table.rows[depth]):
        depth += 1
    texts = _head_texts(table.rows[first:depth], table.columns)
    heads = {column: head for column, text in texts.items() if (head := head_of(text)) is not None}
    periods = {column: text for column, text in texts.items() if column not in heads and _PERIOD.fullmatch(text)}
    said = " ".join(texts.values()).casefold()
    made = Register(table, depth, heads, periods, "risk" in said or "baf" in said)
    return _with_ids(made) if _is_one(_with_ids(made)) else None


def _heads_scores(row: LongRow) -> bool:
    """A second row of heads: "L", "I", "Score" under "Inherent" and "Residual"."""
    found = [head_of(cell.text) for _, cell in row.filled]
    numbers = any(any(map(str.isdigit, cell.text)) for _, cell in row.filled)
    return not numbers and sum(head is not None and head.role == "score" for head in found) > 1


def _head_texts(rows: Sequence[LongRow], columns: int) -> dict[int, str]:
    covers = [cover(row) for row in rows]
    texts = {}
    for column in range(columns):
        said = dict.fromkeys(covered[column].text for covered in covers if column in covered)
        if said:
            texts[column] = " ".join(said)
    return texts


def _with_ids(register: Register) -> Register:
    """A column headed "Risk" whose cells are numbers of risks holds those."""
    heads = dict(register.heads)
    titles = [column for column, head in heads.items() if head.role == "title"]
    if register.column("id") < 0:
        for column in titles:
            if _share(register, column, lambda text: risk_ref(text) is not None) >= _ENOUGH:
                heads[column] = Head("id")
                break
    led = register.column("id") < 0 and bool(titles) and _share(register, titles[0], _is_led) >= _ENOUGH
    return replace(register, heads=heads, led=led)


def _is_led(text: str) -> bool:
    """A number with letters before the words: "R1 Loss of key staff"."""
    leading = leading_ref(text)
    return leading is not None and bool(leading[0].register and leading[1])


def _share(register: Register, column: int, fits: Callable[[str], bool]) -> float:
    texts = [row.text(column) for row in register.table.rows[register.begins :]]
    said = [text for text in texts if text]
    return sum(map(fits, said)) / len(said) if said else 0.0


def _is_one(register: Register) -> bool:
    ids, titles = register.column("id"), register.column("title")
    named = ids >= 0 and _share(register, ids, lambda text: _ref(text) is not None) >= _ENOUGH
    letters = named and _share(register, ids, _is_lettered) >= _ENOUGH
    scored = _is_scored(register)
    if not register.names_risks and not letters:
        return False
    if named and letters and (titles >= 0 or scored):
        return True
    return titles >= 0 and scored


def _is_lettered(text: str) -> bool:
    ref = _ref(text)
    return ref is not None and ref.is_named


def _is_scored(register: Register) -> bool:
    columns = [column for column, head in register.heads.items() if head.role == "score"]
    scored = [column for column in columns if _share(register, column, _is_score) >= _ENOUGH]
    kinds = {register.heads[column].kind for column in scored}
    return "score" in kinds or kinds >= {"likelihood", "consequence"}


def _is_score(text: str) -> bool:
    return read_score(text) is not None


def _ref(text: str) -> RiskRef | None:
    ref = risk_ref(text)
    if ref is None:
        leading = leading_ref(text)
        ref = leading[0] if leading and leading[1] else None
    return ref


def cards_of(register: Register) -> Iterator[Card]:
    """A card a row; rows that only go on with the one above them are taken into it."""
    card: Card | None = None
    section = ""
    headed = [cell.text for _, cell in register.table.rows[register.begins - 1].filled]
    for row in register.table.rows[register.begins :]:
        if [cell.text for _, cell in row.filled] == headed:
            continue
        if _is_band(row, register):
            section = row.whole
            continue
        begun = _begun(row, register)
        if begun is not None:
            if card is not None:
                yield card
            card = begun
            card.say("section", section)
        if card is not None:
            _read(row, register, card)
    if card is not None:
        yield card


def _is_band(row: LongRow, register: Register) -> bool:
    """A cell over all columns, or one alone: it heads the rows under it."""
    if len(row.filled) != 1:
        return False
    column, cell = row.filled[0]
    role = register.heads[column].role if column in register.heads else ""
    return cell.columns > 1 or (role not in ("title", *_LISTS) and risk_ref(cell.text) is None)


def _begun(row: LongRow, register: Register) -> Card | None:
    ids, titles = register.column("id"), register.column("title")
    spelt, title = row.text(ids), row.text(titles)
    if ids >= 0:
        ref = risk_ref(spelt)
        rest = ""
        if ref is None and (leading := leading_ref(spelt)):
            ref, rest = leading
        if ref is None:
            return None
        card = Card(ref, row.page, list(row.boxes))
        card.say("title", rest)
        return card
    leading = leading_ref(title)
    named = leading is not None and (leading[0].is_named or (register.led and leading[0].register != ""))
    if not title or not (named or _has_score(row, register)):
        return None
    return Card(leading[0] if leading and named else None, row.page, list(row.boxes))


def _has_score(row: LongRow, register: Register) -> bool:
    return any(head.role == "score" and read_score(row.text(column)) for column, head in register.heads.items())


def _read(row: LongRow, register: Register, card: Card) -> None:
    covered = cover(row)
    for column, head in register.heads.items():
        cell = covered.get(column)
        if cell is None or head.role == "id":
            continue
        if head.role == "score":
            score = read_score(cell.text, head.likelihood_first)
            if score is not None:
                card.score(head.family, head.kind, score)
        elif head.role in _LISTS:
            card.parts += parts_of(head.role, cell, row.page)
        elif head.role == "title" and card.ref is not None and (leading := leading_ref(cell.text)):
            card.say("title", leading[1] if leading[0].key == card.ref.key else cell.text)
        else:
            card.say(head.role, cell.text)
    _read_periods(covered, register, card)


def _read_periods(covered: Mapping[int, Cell], register: Register, card: Card) -> None:
    """Scores by month; the last is the current one where no column says which that is."""
    past = []
    for column, period in register.periods.items():
        score = read_score(covered[column].text) if column in covered else None
        if score is not None and score.value:
            past.append((" ".join(period.split()), score))
    if past:
        card.history = [(period, str(score.value)) for period, score in past]
        if "current" not in card.scores and "residual" not in card.scores:
            card.score("current", "score", past[-1][1])
