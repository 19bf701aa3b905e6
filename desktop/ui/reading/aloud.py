"""Reading aloud: sentence after sentence, the word being said marked on the text and the sentence on the page."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.packs.book import BookPage
from desktop.papers.flow import Words, say
from desktop.papers.sentences import sentences
from desktop.pdf.words import Word
from desktop.ui.kit.voice import Voice
from desktop.ui.panels.aloud_bar import AloudBar
from desktop.ui.panels.reading_desk import ReadingDesk
from desktop.ui.reading.pane import Pane
from desktop.ui.reading.text_source import OutlineOf, TextOfPage, TextSource
from desktop.ui.reading.texting import PaneText


class Aloud(QObject):
    """Reads one pane at a time. changed: it began, paused or ended."""

    changed = Signal()

    def __init__(
        self, desk: ReadingDesk, outline_of: OutlineOf, voice: Callable[[], Voice], say: Callable[[str], None],
        parent: QObject,
    ) -> None:  # fmt: skip
        """voice: makes one when reading begins for the first time. say: tells a sentence over the page."""
        super().__init__(parent)
        self._make_voice, self._say = voice, say
        self._voice: Voice | None = None
        self._source = TextSource(desk, outline_of, self)
        self._pane: Pane | None = None
        self._text: PaneText | None = None
        self._bar: AloudBar | None = None
        self._page: BookPage | None = None
        self._words: list[Word] = []
        self._sentences: list[Words] = []
        self._at = 0
        self._paused = False

    @property
    def is_on(self) -> bool:
        """Whether something is being read, or waits to go on."""
        return self._pane is not None

    def begin(self, pane: Pane, text: PaneText, bar: AloudBar) -> None:
        """Read from the page in sight on: from the selection, if there is one."""
        self.end()
        page = pane.page
        if page is None or page.paper.path is None:
            self._say("There is nothing to read aloud here.")
            return
        if self._voice is None:
            self._voice = self._make_voice()
            self._voice.word_came.connect(self._mark_word)
            self._voice.ended.connect(self._next)
        self._pane, self._text, self._bar, self._paused = pane, text, bar, False
        bar.show_voice(self._voice.name)
        bar.show_paused(False)
        bar.show()
        self._read_page(page)
        self.changed.emit()

    def pause(self) -> None:
        """Wait, or go on with the sentence that was begun."""
        if self._voice is None or self._bar is None:
            return
        self._paused = not self._paused
        self._bar.show_paused(self._paused)
        if self._paused:
            self._voice.stop()
        else:
            self._speak()

    def step(self, on: bool) -> None:
        """To the next sentence, or the one before."""
        if self._voice is None or self._pane is None:
            return
        self._voice.stop()
        if on:
            self._next()
        else:
            self._at = max(0, self._at - 1)
            self._speak()

    def end(self) -> None:
        """Fall silent and put the bar away."""
        if self._voice is not None:
            self._voice.stop()
        self._source.drop()
        if self._text is not None:
            self._text.view.mark(-1, ())
        if self._pane is not None and self._pane.pack is not None:
            self._pane.canvas.clear_selection()
        if self._bar is not None:
            self._bar.hide()
        was_on = self.is_on
        self._pane = self._text = self._bar = self._page = None
        self._words, self._sentences = [], []
        if was_on:
            self.changed.emit()

    def close(self) -> None:
        """The reader is left."""
        self.end()
        self._source.close()

    def _read_page(self, page: BookPage) -> None:
        self._page, self._sentences, self._at = page, [], 0
        self._source.want(page.paper, page, self._take)

    def _take(self, text: TextOfPage) -> None:
        self._words = text.words
        self._sentences = [each for part in text.parts for each in sentences(text.words, part)]
        self._at = self._first_wanted()
        if self._sentences:
            self._speak()
        else:
            self._turn()

    def _first_wanted(self) -> int:
        """The sentence the selection begins in, else the first that is in sight."""
        pane, page = self._pane, self._page
        if pane is None or page is None:
            return 0
        place = pane.canvas.place()
        if (place.paper_id, place.page) != (page.paper.paper_id, page.index):
            return 0
        tops = [min(self._words[word].y0 for word in sentence) for sentence in self._sentences]
        return next((number for number, top in enumerate(tops) if top >= place.y - 1), 0)

    def _next(self) -> None:
        self._at += 1
        if self._at < len(self._sentences):
            self._speak()
        else:
            self._turn()

    def _turn(self) -> None:
        """On to the next page of the paper; at its end the reading ends."""
        pane, page = self._pane, self._page
        if pane is None or page is None or pane.pack is None:
            return
        number = page.paper.first + page.index + 1
        pages = pane.pack.book.pages
        if number >= len(pages) or pages[number].paper != page.paper:
            self.end()
            self._say("The paper has been read to its end.")
            return
        pane.canvas.go_to(number, remember=False)
        self._read_page(pages[number])

    def _speak(self) -> None:
        pane, page, voice = self._pane, self._page, self._voice
        if pane is None or page is None or voice is None or not self._sentences:
            return
        sentence = self._sentences[self._at]
        pane.canvas.select_words(page.paper.first + page.index, sentence[0], sentence[-1] + 1)
        if self._text is not None:
            self._text.view.mark(page.index, sentence)
        if not self._paused:
            voice.say(say(self._words, sentence))

    def _mark_word(self, start: int, _length: int) -> None:
        if self._text is None or self._page is None or not self._sentences:
            return
        sentence = self._sentences[self._at]
        said = 0
        for place, number in enumerate(sentence):
            said = len(say(self._words, sentence[: place + 1]))
            if said > start:
                self._text.view.mark(self._page.index, sentence, number)
                return
