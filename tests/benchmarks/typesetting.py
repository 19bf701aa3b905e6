"""Papers made of sentences, set on pages by one tool or another, and where every word of every sentence came to lie."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from desktop.annotations.text import VersionPage
from desktop.pdf.words import Word, lay, pack, press

_LIGATURES = (("ffi", "\ufb03"), ("fi", "\ufb01"), ("fl", "\ufb02"))


@dataclass(frozen=True)
class Sentence:
    """Some words. id: the same through every edition, also when it is reworded or moved."""

    id: str
    words: tuple[str, ...]


Paragraph = tuple[Sentence, ...]


@dataclass(frozen=True)
class Tool:
    """How a paper is set: page and type in points. hyphens: words are broken at line ends. ligatures: fi is one letter.

    head, foot: words on every page, {page} its number.
    """

    width: float = 451.0
    size: float = 11.0
    lines: int = 44
    hyphens: bool = False
    ligatures: bool = False
    curly: bool = False
    head: str = "Trust Board, Thursday 29 January 2026"
    foot: str = "Page {page}"


WORD_PROCESSOR = Tool()
OTHER_EXPORT = Tool(
    width=388.0, size=12.0, lines=37, hyphens=True, ligatures=True, curly=True, head="", foot="{page} of the pack"
)


@dataclass
class Set:
    """A paper as set. where: for each word of a sentence the (page, x0, y0, x1, y1) of its pieces."""

    pages: list[list[Word]]
    where: dict[tuple[str, int], list[tuple[int, float, float, float, float]]] = field(default_factory=dict)

    def packed(self) -> list[VersionPage]:
        """As the store keeps it."""
        return [VersionPage(press(lay(_fields(word) for word in page))) for page in self.pages]

    def words_of(self, sentence: str) -> list[int]:
        """The numbers of a sentence's words, in order."""
        return sorted(number for name, number in self.where if name == sentence)

    def under(self, quads: Sequence[tuple[int, float, float, float, float]]) -> set[tuple[str, int]]:
        """The words that lie under strips (page, x0, y0, x1, y1)."""
        return {
            name
            for on, left, top, right, foot in quads
            for name, (page, x0, y0, x1, y1) in self._on_page.get(on, ())
            if left <= (x0 + x1) / 2 <= right and top <= (y0 + y1) / 2 <= foot
        }

    @cached_property
    def _on_page(self) -> dict[int, list[tuple[tuple[str, int], tuple[int, float, float, float, float]]]]:
        """What lies on each page; asked for when everything is set."""
        pages: dict[int, list[tuple[tuple[str, int], tuple[int, float, float, float, float]]]] = {}
        for name, pieces in self.where.items():
            for piece in pieces:
                pages.setdefault(piece[0], []).append((name, piece))
        return pages


class _Setter:
    def __init__(self, tool: Tool) -> None:
        self.tool, self.done = tool, Set([])
        self.line = self.block = 0
        self.x = 72.0
        self._turn()

    def take(self, paragraph: Paragraph) -> None:
        self.block += 1
        for sentence in paragraph:
            for number, word in enumerate(sentence.words):
                self._word((sentence.id, number), _dressed(word, self.tool))
        self._down(1.6)

    def _word(self, name: tuple[str, int], word: str) -> None:
        room = self._room()
        if self._wide(word) > room:
            cut = self._cut(word, room)
            if cut:
                self._put(name, word[:cut] + "-")
                word = word[cut:]
            self._down(1.0)
        self._put(name, word)

    def _cut(self, word: str, room: float) -> int:
        bare = word.strip(".,;:)(")
        if not self.tool.hyphens or len(bare) < 8 or not bare.isalpha():
            return 0
        fits = [at for at in range(3, len(word) - 3) if self._wide(word[:at] + "-") <= room]
        return fits[-1] if fits else 0

    def _put(self, name: tuple[str, int], word: str) -> None:
        box = (self.x, self.y, self.x + self._wide(word), self.y + self.tool.size)
        self.done.pages[-1].append(Word(*box, word, self.block, self.line))
        self.done.where.setdefault(name, []).append((len(self.done.pages) - 1, *box))
        self.x = box[2] + self.tool.size * 0.28

    def _wide(self, word: str) -> float:
        return len(word) * self.tool.size * 0.5

    def _room(self) -> float:
        return 72.0 + self.tool.width - self.x

    def _down(self, lines: float) -> None:
        self.x = 72.0
        self.y += self.tool.size * 1.35 * lines
        self.line += 1
        if self.y > 100.0 + self.tool.lines * self.tool.size * 1.35:
            self._turn()

    def _turn(self) -> None:
        self._finish()
        self.done.pages.append([])
        self.line, self.y = self.line + 1, 100.0
        self._run(self.tool.head, 40.0)

    def _finish(self) -> None:
        if self.done.pages:
            self._run(self.tool.foot.format(page=len(self.done.pages)), 800.0)

    def _run(self, words: str, y: float) -> None:
        self.block += 1
        for place, word in enumerate(words.split()):
            x = 72.0 + 40 * place
            self.done.pages[-1].append(Word(x, y, x + 38, y + 9, word, self.block, 0))
        self.block += 1


def typeset(paragraphs: Sequence[Paragraph], tool: Tool) -> Set:
    """Set a paper."""
    setter = _Setter(tool)
    for paragraph in paragraphs:
        setter.take(paragraph)
    setter._finish()
    return setter.done


def sentence(name: str, text: str) -> Sentence:
    """A sentence of these words."""
    return Sentence(name, tuple(text.split()))


def reworded(kept: Sentence, random: random.Random) -> Sentence:
    """About every sixth word another, at least one of them."""
    words = list(kept.words)
    for place in random.sample(range(len(words)), max(1, len(words) // 6)):
        words[place] = random.choice(("however", "in", "revised", "quarter", "expected", "£7.3m", "lower", "higher"))
    return Sentence(kept.id, tuple(words))


def packed_words(words: Sequence[Word]) -> bytes:
    """One page as the store keeps it."""
    return pack(_fields(word) for word in words)


def _fields(word: Word) -> tuple[float, float, float, float, str, int, int]:
    return word.x0, word.y0, word.x1, word.y1, word.text, word.block, word.line


def _dressed(word: str, tool: Tool) -> str:
    if tool.ligatures:
        for letters, one in _LIGATURES:
            word = word.replace(letters, one)
    if tool.curly:
        word = word.replace("'", "\u2019").replace("-", "\u2011")
    return word
