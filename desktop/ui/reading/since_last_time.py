"""Since last time: finds the paper in front of the reader in the body's last pack, and lists what became of it."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from desktop.annotations.differences import Side
from desktop.reader.destination import Destination
from desktop.registers.compared import Became, Group
from desktop.ui.kit.words import say_count, say_date
from desktop.ui.panels.reader_actions import ReaderActions
from desktop.ui.panels.reading_desk import ReadingDesk
from desktop.ui.panels.side_panel import SidePanel
from desktop.ui.panels.since_panel import SincePanel
from desktop.ui.reading.going import Going
from desktop.ui.reading.split import Split

if TYPE_CHECKING:
    from desktop.library.last_time import Before, LastTime

_ABOVE = 80.0  # points over the place that is looked at
_LOOKING, _COMPARING = "Looking for it in the earlier packs…", "Comparing both…"
_NOT_HERE = "This paper is not on this computer, so it cannot be compared."
_FIRST = "There is no earlier pack of this body on this computer to compare it with."
_ABSENT = (
    "No paper of the earlier packs seems to be the same as this one. If you know under which name it went, "
    "choose it above."
)
_DOUBT = "It may not be the same paper: its name and its words are only somewhat alike. You can choose another above."
_WORDS = {
    Became.FIGURES: "with figures that moved", Became.NEW: "new", Became.GONE: "gone", Became.REWORDED: "reworded",
    Became.RENUMBERED: "renumbered",
}  # fmt: skip


@dataclass(frozen=True)
class _Now:
    """What is compared: a paper of a pack in this version."""

    pack_id: str
    paper_id: str
    version: str
    title: str


class SinceLastTime(QObject):
    """Owns the panel. want_panel: opens it with the keys in it, or (False) closes it; say: tells the reader."""

    def __init__(
        self, desk: ReadingDesk, do: ReaderActions, split: Split, going: Going, side: SidePanel,
        want_panel: Callable[[QWidget, bool], None], say: Callable[[str], None],
    ) -> None:  # fmt: skip
        super().__init__(split)
        self._desk, self._do, self._split, self._going = desk, do, split, going
        self._side, self._want_panel, self._say = side, want_panel, say
        self._now: _Now | None = None
        self._before: Before | None = None
        self._found: LastTime | None = None
        self.panel = SincePanel(desk.theme)
        side.add(self.panel, "Since last time")
        self.panel.chosen.connect(self._go)
        self.panel.menu_asked.connect(self._menu)
        self.panel.other_chosen.connect(self._choose)
        do.since.triggered.connect(lambda: self._toggle(do.since.isChecked()))

    def start(self, paper_id: str) -> None:
        """Compare a paper of the pack in use with itself in the pack before."""
        pack = self._split.in_use.pack
        paper = pack.paper(paper_id) if pack is not None else None
        if pack is None or paper is None or paper.path is None or pack.is_earlier:
            self._say(_NOT_HERE)
            self.show_state()
            return
        now = self._now = _Now(pack.id, paper_id, paper.version, f"{paper.item}  {paper.title}".strip())
        self._before = None
        self.panel.wait_for(now.title, _LOOKING)
        self.panel.offer((), -1, "")
        self._want_panel(self.panel, True)
        asked = self._desk.editions.last_time(now.pack_id, paper_id)
        self._desk.bridge.then(asked, lambda found: self._take(now, found), owner=self)

    def stop(self) -> None:
        """The packs are closed."""
        self._now = self._before = self._found = None
        self.panel.offer((), -1, "")
        self.panel.wait_for("", "")

    def show_state(self) -> None:
        """Bring the command to what is open."""
        self._do.since.setChecked(self._side.is_showing(self.panel))

    def _toggle(self, wanted: bool) -> None:
        page = self._split.in_use.page
        if wanted and page is not None:
            self.start(page.paper.paper_id)
        else:
            self._want_panel(self.panel, False)

    # ---- finding

    def _take(self, now: _Now, found: "LastTime | None") -> None:
        if now != self._now:
            return  # another is looked at meanwhile
        self._found = found
        if found is None or not found.any_before:
            self.panel.say_nothing(_FIRST if found is not None else _NOT_HERE)
            return
        place = found.others.index(found.best) if found.best is not None else -1
        doubt = _doubt_of(found)
        self.panel.offer([_named(each) for each in found.others], place, doubt)
        if found.best is None:
            self.panel.say_nothing("")
        else:
            self._compare(now, found.best, doubt)

    def _choose(self, place: int) -> None:
        now, found = self._now, self._found
        if now is not None and found is not None and 0 <= place < len(found.others):
            self._compare(now, found.others[place], "")

    def _compare(self, now: _Now, before: "Before", doubt: str) -> None:
        assert self._found is not None
        self._before = before
        self.panel.wait_for(now.title, _COMPARING)
        self.panel.doubt = doubt
        asked = self._desk.editions.since(before.sha256, before.held_on, now.version, self._found.held_on)

        def came(groups: list[Group]) -> None:
            if now == self._now and before == self._before:
                self.panel.show_groups(groups, _summed_up(groups))
                self.panel.focus_list()

        self._desk.bridge.then(asked, came, owner=self)

    # ---- rows

    def _go(self, key: str, beside: bool) -> None:
        """A click: where it stands now, or stood; with Ctrl, where it stood, in the other pane."""
        part = self.panel.part(key)
        if part is not None:
            then = part.old is not None and (beside or part.new is None)
            self._open(key, then, beside)

    def _open(self, key: str, then: bool, beside: bool) -> None:
        part, now, before = self.panel.part(key), self._now, self._before
        side: Side | None = None if part is None else part.old if then else part.new
        if side is None or now is None or before is None:
            return
        paper, version, pack = (
            (before.paper_id, before.sha256, before.pack_id) if then else (now.paper_id, now.version, now.pack_id)
        )
        quads = tuple(quad for quad in side.quads if quad.page == side.page)
        y = max(0.0, side.y - _ABOVE)
        self._going.go(Destination(paper, side.page, y, quads, version=version, pack_id=pack), beside)
        self.panel.list.setFocus()

    def _menu(self, key: str, at: QPoint) -> None:
        part, before = self.panel.part(key), self._before
        if part is None or before is None:
            return
        menu = QMenu(self.panel)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        then = f"in the pack of {say_date(before.held_on, weekday=False)}"
        for name, old, beside, there in (
            ("Open in this pack", False, False, part.new),
            ("Open in this pack, in the other pane", False, True, part.new),
            (f"Open {then}", True, False, part.old), (f"Open {then}, in the other pane", True, True, part.old),
        ):  # fmt: skip
            action = menu.addAction(name)
            action.triggered.connect(lambda _on=False, old=old, beside=beside: self._open(key, old, beside))
            action.setEnabled(there is not None)
        menu.popup(at)


def _named(before: "Before") -> str:
    return f"{say_date(before.held_on, weekday=False)}: {before.title}"  # the day first: it is what tells them apart


def _doubt_of(found: "LastTime") -> str:
    if found.best is None:
        return _ABSENT
    skipped = ""
    if found.skipped is not None:
        skipped = f"The pack of {say_date(found.skipped, weekday=False)} does not have it; this is the one before. "
    return f"{skipped}{'' if found.sure else _DOUBT}".strip()


def _summed_up(groups: Sequence[Group]) -> str:
    """ "3 reworded, 1 new; 57 passages unchanged"."""
    parts = [part for group in groups if group.name == "Passages" for part in group.parts]
    counted = Counter(part.became for part in parts)
    changed = ", ".join(f"{counted[became]} {words}" for became, words in _WORDS.items() if counted[became])
    same = sum(part.count for part in parts if part.became is Became.SAME)
    if not parts:
        return "Neither has words that can be compared."
    if not changed:
        return "Every passage is as it was."
    return f"Passages: {changed}; {say_count(same, 'passage')} unchanged."
