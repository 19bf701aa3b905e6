"""A risk that is set out on pages of its own: a heading or a first row names it, tables and labels below tell of it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.papers.cells import Cell, LongRow, LongTable, joined_text
from desktop.papers.lines import PrintedLine
from desktop.papers.paper_text import PaperText
from desktop.papers.risks.card import Card
from desktop.papers.risks.parts import BULLET, part_of, parts_of, says_action, says_line
from desktop.papers.risks.refs import RiskRef, leading_ref, risk_ref
from desktop.papers.risks.scores import Score, read_score
from desktop.papers.risks.words import Head, family_of, head_of, kind_of, plain

_LISTS = ("control", "gap in control", "assurance", "gap in assurance", "action")
_GRID = (*_LISTS, "progress", "owner", "due")
_LABELLED = re.compile(r"([A-Z][^:]{1,44}?)\s*(?::|\s[–-]\s)\s*(\S.*)", re.DOTALL)
_UPDATED = re.compile(r"(?:last )?(updated|reviewed|included|added|opened)\s*:?\s*(?:on )?(\S.{3,40})", re.IGNORECASE)
_CAUSE = re.compile(r"(cause|effect|consequence|impact)s?\s*:\s*(.+)", re.IGNORECASE)
_APPETITE = ("risk appetite", "appetite", "tolerance", "risk tolerance")
_LONGEST_HEADING = 160
_FEWEST_FACTS = 2
_MOST_LABEL = 5  # words
_LONGEST_NUMBER = 14  # letters


@dataclass(frozen=True)
class _Heading:
    """A line that is set apart: bold, or larger than the text."""

    page: int
    line: PrintedLine
    text: str


_Event = tuple[int, float, "LongTable | _Heading | PrintedLine"]


def cards_on_pages(paper: PaperText, tables: Sequence[LongTable], learned: Iterable[str]) -> Iterator[Card]:
    """The risks with pages of their own. tables: those that are no registers. learned: registers this paper names."""
    reader = _Reader(frozenset(learned))
    for page, _, event in _events(paper, tables):
        yield from reader.table(event) if isinstance(event, LongTable) else reader.line(page, event)
    yield from reader.end()


def _events(paper: PaperText, tables: Sequence[LongTable]) -> list[_Event]:
    events: list[_Event] = [(table.page, table.top, table) for table in tables]
    body = _body_size(paper)
    for page in paper.pages:
        boxes = [table.box for table in paper.cells(page.page)]
        for line in page.lines:
            if not any(x0 <= line.x0 and line.x1 <= x1 + 1 and y0 <= line.middle <= y1 for x0, y0, x1, y1 in boxes):
                apart = (line.bold or line.size > body * 1.1) and len(line.text) < _LONGEST_HEADING
                events.append((page.page, line.middle, _Heading(page.page, line, line.text) if apart else line))
    return sorted(events, key=lambda event: event[:2])


def _body_size(paper: PaperText) -> float:
    sizes: dict[float, int] = {}
    for page in paper.pages:
        for line in page.lines:
            if not line.bold:
                sizes[round(line.size, 1)] = sizes.get(round(line.size, 1), 0) + len(line.text)
    return max(sizes, key=lambda size: sizes[size], default=0.0)


class _Reader:
    """Goes through a paper from the top; the card that is open takes what follows."""

    def __init__(self, learned: frozenset[str]) -> None:
        self._learned = learned
        self._card: Card | None = None
        self._opened_by: _Heading | None = None
        self._list = ""  # the part that lines are read into
        self._matrix: dict[int, str] = {}  # kinds of score, by column
        self._families: dict[int, str] = {}
        self._grid: list[tuple[int, Cell, str]] = []

    def end(self) -> Iterator[Card]:
        """The card that is open, if it came to anything."""
        card, self._card = self._card, None
        if card is not None and (card.scores or len(card.facts) + (len(card.parts) > 1) >= _FEWEST_FACTS):
            yield card

    def _open(self, ref: RiskRef, page: int, boxes: Iterable[tuple[float, float, float, float]]) -> Iterator[Card]:
        if self._card is not None and self._card.ref and self._card.ref.key == ref.key:
            return  # said again, on the risk's next page
        yield from self.end()
        self._card = Card(ref, page, list(boxes))
        self._opened_by, self._list = None, ""
        self._matrix, self._families, self._grid = {}, {}, []

    def _names(self, ref: RiskRef) -> bool:
        return ref.is_named or (ref.register != "" and ref.register in self._learned)

    # lines -------------------------------------------------------------------------------------------------------

    def line(self, page: int, event: "_Heading | PrintedLine") -> Iterator[Card]:
        """A line outside of tables."""
        line = event.line if isinstance(event, _Heading) else event
        labelled = _LABELLED.fullmatch(line.text)
        head = head_of(labelled[1]) if labelled else None
        if labelled and head and head.role == "id" and (ref := risk_ref(labelled[2])):
            yield from self._open(ref, page, [_box(line)])
        elif self._card is not None and labelled and head:
            self._say(self._card, head, labelled[2], page, line)
        elif isinstance(event, _Heading):
            yield from self._heading(event)
        elif self._card is not None and self._list:
            self._add(self._card, page, line)

    def _add(self, card: Card, page: int, line: PrintedLine) -> None:
        """A line of a list: a new point, or the rest of the one before."""
        text = line.text.strip()
        if bullet := BULLET.match(text):
            card.parts.append(part_of(self._list, text[bullet.end() :], page, [_box(line)]))
        elif card.parts and card.parts[-1].page == page and card.parts[-1].fact("part") == self._list:
            last = card.parts.pop()
            whole = joined_text((last.text, text))
            card.parts.append(part_of(self._list, whole, page, (*last.place.boxes, _box(line))))
        else:
            card.parts.append(part_of(self._list, text, page, [_box(line)]))

    def _say(self, card: Card, head: Head, text: str, page: int, line: PrintedLine) -> None:
        self._list = ""
        if head.role == "score":
            score = read_score(text, head.likelihood_first)
            if score is not None:
                card.score(head.family, head.kind, score)
        elif head.role in _LISTS:
            self._list = head.role
            card.parts.append(part_of(head.role, text, page, [_box(line)]))
        else:
            card.say(head.role, text)

    def _heading(self, heading: _Heading) -> Iterator[Card]:
        found = leading_ref(heading.text)
        if found and self._names(found[0]):
            yield from self._open(found[0], heading.page, [_box(heading.line)])
            if self._card is not None:
                self._card.say("title", found[1])
                self._opened_by = self._opened_by or heading
            return
        head = head_of(heading.text)
        self._list = head.role if head and head.role in _LISTS and self._card is not None else ""
        if not self._list and self._card is not None and self._closes(heading) and not (head and head.role != "title"):
            yield from self.end()

    def _closes(self, heading: _Heading) -> bool:
        opener = self._opened_by
        return opener is None or heading.line.size >= opener.line.size - 0.3

    # tables ------------------------------------------------------------------------------------------------------

    def table(self, table: LongTable) -> Iterator[Card]:
        """A table of the card, or one whose first cell names a risk."""
        self._matrix, self._families, self._grid = {}, {}, []
        for row in table.rows:
            opened = self._opener(row)
            if opened is not None:
                yield from self._open(opened, row.page, row.boxes)
                self._entitle(row)
            if self._card is not None:
                self._row(row, self._card)

    def _opener(self, row: LongRow) -> RiskRef | None:
        if not row.filled:
            return None
        first = row.filled[0][1].text
        ref = risk_ref(first)
        if ref is not None and self._names(ref) and len(row.filled) > 1:
            return ref
        leading = leading_ref(first)
        if leading and self._names(leading[0]) and row.filled[0][1].columns > 1:
            return leading[0]
        for (_, cell), (_, after) in zip(row.filled, row.filled[1:], strict=False):
            head = head_of(cell.text)
            if head is not None and head.role == "id":
                return risk_ref(after.text)
            named = leading_ref(after.text) if head is not None and head.role == "title" else None
            if named and named[1] and self._names(named[0]):
                return named[0]
        return None

    def _row(self, row: LongRow, card: Card) -> None:
        for read in (self._is_matrix_head, self._is_matrix_row, self._is_grid_head):
            if read(row, card):
                return
        if not self._pairs(row, card) and self._grid:
            self._grid_row(row, card)

    def _is_matrix_head(self, row: LongRow, card: Card) -> bool:
        texts = {column: cell.text for column, cell in row.filled if len(cell.text) < 40}
        kinds = {column: kind_of(text) for column, text in texts.items() if _is_kind(text)}
        if {"likelihood", "consequence"} & set(kinds.values()) and len(kinds) > 1:
            self._matrix, self._families = kinds, {}
            self._beside(row, max(kinds) + 1, card)
            return True
        families = {column: family_of(text) for column, text in texts.items() if _is_family(text)}
        if len(set(families.values())) > 1 and not any(read_score(text) for text in texts.values()):
            self._families, self._matrix = families, {}
            return True
        return False

    def _entitle(self, row: LongRow) -> None:
        """Beside the risk's number stands its title."""
        for _, cell in row.filled[1:2]:
            labelled = _LABELLED.fullmatch(cell.text)
            told = labelled is not None and _label(labelled[1]) is not None
            if self._card is not None and not told and _label(cell.text) is None and read_score(cell.text) is None:
                self._card.say("title", cell.text)

    def _is_matrix_row(self, row: LongRow, card: Card) -> bool:
        wanted, other = (self._matrix, _is_family) if self._matrix else (self._families, _is_kind)
        if not wanted:
            return False
        label = next(((column, cell) for column, cell in row.filled if other(cell.text)), None)
        if label is None:
            return False
        numbers = [(column, cell) for column, cell in row.filled if column > label[0] and read_score(cell.text)]
        over = _over([column for column, _ in numbers], wanted)
        for column, cell in numbers:
            name = over.get(column, "")
            score = read_score(cell.text)
            if name and score is not None:
                family, kind = (family_of(label[1].text), name) if self._matrix else (name, kind_of(label[1].text))
                card.score(family, kind or "score", score)
        self._pairs(LongRow(row.page, row.cells[: label[0]]), card)
        if numbers:
            self._beside(row, numbers[-1][0] + 1, card)
        return bool(numbers)

    def _beside(self, row: LongRow, begins: int, card: Card) -> None:
        """Labels and values to the right of a matrix of scores."""
        cells = tuple(cell if column >= begins else None for column, cell in enumerate(row.cells))
        self._pairs(LongRow(row.page, cells), card)

    def _is_grid_head(self, row: LongRow, _card: Card) -> bool:
        heads = [(column, cell, head_of(cell.text)) for column, cell in row.filled]
        roles = [head.role for _, _, head in heads if head is not None and head.role in _GRID]
        if len(roles) != len(heads) or not set(roles) & set(_LISTS):
            return False
        if len(roles) == 1 and heads[0][1].columns == 1 and len(row.cells) > 1:
            return False  # a label with nothing said
        self._grid = [(column, cell, head.role) for column, cell, head in heads if head is not None]
        return True

    def _pairs(self, row: LongRow, card: Card) -> bool:
        """Labels, each with its value to the right or in its own cell. Whether the row is made of such."""
        cells = [cell for _, cell in row.filled]
        if not cells or (self._grid and len(cells) == len(self._grid) > 1):
            return False
        place, paired = 0, False
        while place < len(cells):
            label = cells[place]
            if self._told_inline(label, card):
                place, paired = place + 1, True
                continue
            value = cells[place + 1] if place + 1 < len(cells) else None
            head = _label(label.text)
            if head is not None and head.role == "score" and (score := _spread(cells[place + 1 :], head)):
                card.score(head.family, head.kind, score)
                return True
            if head is not None and value is not None and not (self._grid and head.role in _GRID) and _is_value(value):
                self._value(head, value, row.page, card)
                place, paired = place + 2, True
                continue
            paired = self._inline(label, row.page, card) or paired
            place += 1
        return paired

    def _value(self, head: Head, cell: Cell, page: int, card: Card) -> None:
        if head.role == "score":
            score = read_score(cell.text, head.likelihood_first)
            if score is not None:
                card.score(head.family, head.kind, score)
        elif head.role in _LISTS:
            card.parts += parts_of(head.role, cell, page)
        elif head.role == "due" and (inline := _LABELLED.fullmatch(cell.text)):
            card.say("updated", inline[2])
        elif head.role != "id":
            card.say("opened" if head.role == "due" else head.role, cell.text)

    def _told_inline(self, cell: Cell, card: Card) -> bool:
        """ "Risk owner: Town Clerk" in one cell."""
        labelled = _LABELLED.fullmatch(cell.text)
        head = _label(labelled[1]) if labelled and ":" in cell.text[: len(labelled[1]) + 3] else None
        if labelled is None or head is None or head.role in ("cause", "effect", *_LISTS):
            return False
        if head.role == "score":
            score = read_score(labelled[2], head.likelihood_first)
            if score is not None:
                card.score(head.family, head.kind, score)
        elif head.role != "id":
            card.say("opened" if head.role == "due" else head.role, labelled[2])
        return True

    def _inline(self, cell: Cell, page: int, card: Card) -> bool:
        """ "Risk Appetite – Open (upper limit of tolerance 16)", "Last updated 15.1.2026", "Cause: adverse weather"."""
        if len(cell.text) < 160 and plain(cell.text).startswith(_APPETITE):
            return card.read_appetite(cell.text)
        cause = _CAUSE.fullmatch(cell.text)
        if cause and cell.columns > 1:
            part = "cause" if cause[1].casefold() == "cause" else "effect"
            card.parts.append(part_of(part, cause[2], page, cell.boxes))
            return True
        updated = _UPDATED.fullmatch(cell.text)
        if updated:
            card.say("updated" if updated[1].casefold() in ("updated", "reviewed") else "opened", updated[2])
        return updated is not None

    def _grid_row(self, row: LongRow, card: Card) -> None:
        said = _placed(row, self._grid)
        actions = [(role, cell) for role, cell in said if role in ("action", "owner", "due", "progress")]
        alone = [(role, cell) for role, cell in said if (role, cell) not in actions]
        for role, cell in alone:
            card.parts += parts_of(role, cell, row.page)
        _add_actions(actions, row.page, card)


def _add_actions(said: Sequence[tuple[str, Cell]], page: int, card: Card) -> None:
    """An action's owner, date and progress stand beside it."""
    cells = dict(said)
    action = cells.get("action")
    if action is None:
        return
    beside = [(role, cells[role].text) for role in ("owner", "due", "progress") if role in cells]
    parts = list(parts_of("action", action, page))
    if len(parts) == 1 or "due" in cells:
        boxes = [box for cell in cells.values() for box in cell.boxes]
        card.parts.append(part_of("action", " ".join(part.text for part in parts), page, boxes, beside))
    else:
        card.parts += parts


def _is_kind(text: str) -> bool:
    head = head_of(text)
    return head is not None and head.role == "score" and not head.family and bool(head.kind)


def _is_family(text: str) -> bool:
    head = head_of(text)
    return head is not None and head.role == "score" and bool(head.family) and head.kind == "score"


def _over(columns: Sequence[int], names: Mapping[int, str]) -> dict[int, str]:
    """What stands over each number: in its column, or counted from the right where merged cells have moved some."""
    if all(column in names for column in columns):
        return {column: names[column] for column in columns}
    ordered = [names[column] for column in sorted(names)][-len(columns) :]
    return dict(zip(columns, ordered, strict=False)) if len(ordered) == len(columns) else {}


def _placed(row: LongRow, grid: Sequence[tuple[int, Cell, str]]) -> list[tuple[str, Cell]]:
    """Each cell with the role of the head over it; where cells do not stand under heads, by their order."""
    over = {column + step: role for column, cell, role in grid for step in range(cell.columns)}
    aligned = [(over.get(column, ""), cell) for column, cell in row.filled]
    strange = any(says_line(cell.text) and role != "assurance" for role, cell in aligned)
    if not strange and all(role for role, _ in aligned):
        return aligned
    return _by_order([cell for _, cell in row.filled], [role for _, _, role in grid])


def _by_order(cells: Sequence[Cell], roles: Sequence[str]) -> list[tuple[str, Cell]]:
    """A cell that speaks of a line of assurance shows where the others belong."""
    if len(cells) == len(roles):
        return list(zip(roles, cells, strict=True))
    line = next((place for place, cell in enumerate(cells) if says_line(cell.text)), None)
    if line is None or "assurance" not in roles:
        return [(_acting(role, cell, roles), cell) for role, cell in zip(roles, cells, strict=False)]
    before, after = roles[: roles.index("assurance")], roles[roles.index("assurance") + 1 :]
    placed = [*zip(before, cells[:line], strict=False), ("assurance", cells[line])]
    rest = list(cells[line + 1 :])
    if len(rest) < len(after) and rest and "action" in after:
        acts = next((place for place, cell in enumerate(rest) if says_action(cell.text)), min(1, len(rest) - 1))
        gaps = [("gap in assurance", cell) for cell in rest[:acts]] if "gap in assurance" in after else []
        return [*placed, *gaps, ("action", rest[acts]), *(("progress", cell) for cell in rest[acts + 1 :])]
    return placed + list(zip(after, rest, strict=False))


def _spread(cells: Sequence[Cell], head: Head) -> Score | None:
    """A score over several cells: "I=4", "L=3", "12"."""
    if len(cells) < 2 or any(len(cell.text) > _LONGEST_NUMBER for cell in cells):
        return None
    return read_score(" ".join(cell.text for cell in cells), head.likelihood_first)


def _acting(role: str, cell: Cell, roles: Sequence[str]) -> str:
    return "action" if "action" in roles and says_action(cell.text) else role


def _label(text: str) -> Head | None:
    return head_of(text.rstrip(":")) if len(text.split()) <= _MOST_LABEL else None


def _is_value(cell: Cell) -> bool:
    """Not a label itself, with its own value beside or in it."""
    label = _label(cell.text)
    return not plain(cell.text).startswith(_APPETITE) and (
        label is None or label.role in ("title", "owner", "committee")
    )


def _box(line: PrintedLine) -> tuple[float, float, float, float]:
    return line.x0, line.y0, line.x1, line.y1
