"""Help: the pages that ship with the application, to read and search offline. Nothing is ever fetched."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    Qt,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextTable,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
)

from desktop.ui.kit.notices import announce
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import COLUMN, Button, Leading, SearchField, Text, add_shortcut
from desktop.ui.kit.words import say_number

_HEADING = re.compile(r"^(#{1,2}) +(.+?) *#*$", re.MULTILINE)
_PLACE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Shortcuts:
    """Keys of one part of the application: (what they do, keys as Qt writes them)."""

    name: str
    keys: tuple[tuple[str, str], ...]


class OfflineBrowser(QTextBrowser):
    """Shows text that was handed to it and reads nothing else: no picture, no style, no page from anywhere."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setLineWrapMode(QTextBrowser.LineWrapMode.FixedPixelWidth)

    def show_words(self, markdown: str) -> None:
        """Show a page, set with room between its lines."""
        self.setMarkdown(markdown)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        airy = QTextBlockFormat()
        airy.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.mergeBlockFormat(airy)
        for table in self.document().rootFrame().childFrames():
            if isinstance(table, QTextTable):
                self._set_table(table)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        widest = round(COLUMN * max(1.0, self._theme.size / 12))
        self.setLineWrapColumnOrWidth(min(self.viewport().width(), widest))

    def _set_table(self, table: QTextTable) -> None:
        form = table.format()
        form.setCellPadding(8)
        form.setBorderBrush(self._theme.colour("line"))
        form.setBorderCollapse(True)
        table.setFormat(form)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        return None


class HelpScreen(Leading):
    """Contents on the left, the page on the right, a search over all pages."""

    closed = Signal()

    def __init__(self, theme: Theme, folder: Path, shortcuts: Sequence[Shortcuts] = ()) -> None:
        """folder: holds the pages as Markdown, member.md first."""
        super().__init__()
        self._theme = theme
        self._pages = read_pages(folder)
        if shortcuts:
            self._pages["Keys"] = say_shortcuts(shortcuts)
        self._shown = ""
        self.contents, self.page = QListWidget(), OfflineBrowser(theme)
        self.search = SearchField(theme, "Search help")
        self.found = Text("", "quiet")
        self.found.hide()
        self._set_up_parts()
        self._lay_out()
        theme.changed.connect(self._show_again)
        self._fill()
        self.first = self.search

    def show_page(self, title: str, heading: str = "") -> None:
        """Show a page by its title, at a heading of it."""
        if title != self._shown:
            self._shown = title
            self.page.show_words(self._pages[title])
        self.page.moveCursor(QTextCursor.MoveOperation.Start)
        if heading:
            _put_on_top(self.page, heading)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _set_up_parts(self) -> None:
        self.contents.setAccessibleName("Contents of help")
        self.contents.setWordWrap(True)
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.contents.currentItemChanged.connect(self._on_chosen)
        self.page.setAccessibleName("Help page")
        self.page.setOpenLinks(False)
        self.page.setOpenExternalLinks(False)
        self.page.setTabChangesFocus(True)
        self.page.anchorClicked.connect(self._follow)
        self.search.textChanged.connect(self._fill)
        self.search.returnPressed.connect(self._find_next)
        add_shortcut(self, "Ctrl+F", "Search help", self.search.setFocus)

    def _lay_out(self) -> None:
        back = Button("Back", "link", "arrow-left", self._theme)
        back.clicked.connect(self.closed)
        bar = QFrame()
        bar.setProperty("role", "bar")
        across = QHBoxLayout(bar)
        across.setContentsMargins(16, 8, 24, 8)
        across.setSpacing(16)
        self.search.setMaximumWidth(360)
        for part in (back, Text("Help", "heading", wrap=False)):
            across.addWidget(part)
        across.addStretch(1)
        across.addWidget(self.found)
        across.addWidget(self.search, 2)
        split = QHBoxLayout()
        split.setSpacing(0)
        split.addWidget(self.contents, 3)
        split.addWidget(self.page, 10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addLayout(split, 1)
        for first, then in pairwise((back, self.search, self.contents, self.page)):
            self.setTabOrder(first, then)

    def _fill(self) -> None:
        """List pages and headings; with a search, only those whose part of the page holds every word."""
        words = self.search.text().casefold().split()
        self.contents.blockSignals(True)
        self.contents.clear()
        for title, text in self._pages.items():
            for heading, level, part in split_page(title, text):
                if all(word in part.casefold() for word in words):
                    self._add(title, heading, level)
        self.contents.blockSignals(False)
        self._say_found(bool(words))
        if self.contents.count():
            self.contents.setCurrentRow(0)
            self._mark(words)

    def _add(self, title: str, heading: str, level: int) -> None:
        item = QListWidgetItem(heading if level == 1 else f"    {heading}")
        item.setData(_PLACE, (title, heading))
        if level == 1:
            font = self._theme.font(bold=True)
            item.setFont(font)
        self.contents.addItem(item)

    def _say_found(self, searching: bool) -> None:
        count = self.contents.count()
        none = "Nothing found. Try one word alone."
        self.found.say((f"{say_number(count)} found" if count else none) if searching else "")
        if searching:
            announce(self, self.found.text())

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            title, heading = item.data(_PLACE)
            self.show_page(title, heading)

    def _mark(self, words: Sequence[str]) -> None:
        if words:
            self.page.find(words[0])

    def _find_next(self) -> None:
        word = self.search.text().split()
        if word and not self.page.find(word[0]):
            self.page.moveCursor(QTextCursor.MoveOperation.Start)
            self.page.find(word[0])

    def _follow(self, link: QUrl) -> None:
        """Links between help pages are followed; any other is only named, since nothing here opens a web page."""
        name = Path(link.path()).stem
        title = next((title for title in self._pages if title.casefold() == name.replace("-", " ").casefold()), "")
        if link.scheme() or not (title or link.fragment()):
            self.found.say(f"Despatch opens no web pages. The address is {link.toDisplayString()}.")
            announce(self, self.found.text())
            return
        self.show_page(title or self._shown, link.fragment().replace("-", " "))

    def _show_again(self) -> None:
        shown, self._shown = self._shown, ""
        if shown:
            self.show_page(shown)


def read_pages(folder: Path) -> dict[str, str]:
    """The pages of a folder by title, the member's first."""
    paths = sorted(folder.glob("*.md"), key=lambda path: (path.stem != "member", path.stem))
    return {path.stem.replace("-", " ").capitalize(): path.read_text(encoding="utf-8") for path in paths}


def split_page(title: str, text: str) -> list[tuple[str, int, str]]:
    """(heading, level, its part of the text) for each heading of the first two levels."""
    heads = list(_HEADING.finditer(text))
    if not heads:
        return [(title, 1, text)]
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return [(head[2], len(head[1]), text[head.start() : end]) for head, end in zip(heads, ends, strict=True)]


def say_shortcuts(shortcuts: Sequence[Shortcuts]) -> str:
    """The keys as a page of help."""
    parts = ["# Keys", ""]
    for group in shortcuts:
        parts += [f"## {group.name}", "", "| Keys | What they do |", "| --- | --- |"]
        parts += [f"| {_native(keys)} | {words} |" for words, keys in group.keys]
        parts.append("")
    return "\n".join(parts)


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText).replace("|", "\\|")


def _put_on_top(page: QTextBrowser, heading: str) -> None:
    document: QTextDocument = page.document()
    block = document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel() and block.text().casefold() == heading.casefold():
            cursor = QTextCursor(block)
            page.setTextCursor(cursor)
            bar = page.verticalScrollBar()
            bar.setValue(bar.value() + page.cursorRect(cursor).top() - 8)
            return
        block = block.next()
