"""Complete for travel, in words: the one tick at the foot of the window and on the shelf."""

from datetime import datetime

from PySide6.QtWidgets import QSizePolicy

from desktop.library.travel import Absence, Travel, TravelPack
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Button
from desktop.ui.kit.words import say_ago, say_count, say_list, say_number

REASONS = {
    Absence.COMING: ("download", "Still to be fetched", "ink"),
    Absence.AWAY: ("cloud-off", "Still to be fetched; its repository could not be used", "bad"),
    Absence.REFUSED: ("triangle-alert", "Could not be taken in", "bad"),
    Absence.PUT_AWAY: ("hard-drive", "You removed it from this computer", "ink"),
    Absence.LOST: ("file-x", "Its file has gone from this computer's disk", "bad"),
    Absence.TO_FOLLOW: ("clock", "To follow: the secretary has not sent it yet", "quiet"),
    Absence.WITHHELD: ("lock", "Not sent to you", "quiet"),
}
CHECKED = (
    "Every paper of every meeting to come, and of the pack before it in each body, since minutes and action logs "
    "point back to that. Papers further back that a paper may mention are not looked for yet."
)


def say_travel(travel: Travel) -> tuple[str, str]:
    """(icon, words) for the mark; words are "" where no meeting is to come."""
    if not travel.packs:
        return "circle", ""
    if travel.missing:
        papers = say_count(travel.missing, "paper")
        if travel.waits:
            return "download", f"Not yet complete for travel: {papers} to fetch"
        return "triangle-alert", f"Not complete for travel: {papers} missing"
    if travel.doubts:
        return "circle-check", "Complete for travel, as far as is known"
    return "circle-check", "Complete for travel"


def say_whole(travel: Travel) -> str:
    """What the mark stands for, as a sentence."""
    if not travel.packs:
        return "No meeting is to come, so there is nothing to take along."
    if travel.missing:
        return f"{say_number(travel.papers - travel.missing)} of {say_count(travel.papers, 'paper')} are here."
    return f"All {say_count(travel.papers, 'paper')} that were looked for are on this computer. You can leave home."


def say_doubts(travel: Travel, now: datetime) -> str:
    """Of which bodies there may be newer papers, "" for none."""
    if not travel.doubts:
        return ""
    parts = [
        f"{doubt.body} (last confirmed {say_ago(doubt.confirmed, now)})" if doubt.confirmed else f"{doubt.body} (never)"
        for doubt in travel.doubts
    ]
    return f"There may be newer papers: Despatch could not make sure with {say_list(parts)}."


def say_here(pack: TravelPack) -> str:
    """How much of one pack is here."""
    if not pack.papers:
        return "No papers were sent to you"
    if pack.here == pack.papers:
        whole = {1: "Its one paper is here", 2: "Both papers here"}
        return whole.get(pack.papers, f"All {say_count(pack.papers, 'paper')} here")
    return f"{say_number(pack.here)} of {say_count(pack.papers, 'paper')} here"


class TravelMark(Button):
    """Says whether all is here; pressed, it leads to what was checked. Hidden while no meeting is to come."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("", "link", "circle-check", theme)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_travel(self, travel: Travel) -> None:
        """Show how it stands now."""
        icon, words = say_travel(travel)
        self.setVisible(bool(words))
        self._icon = icon
        self.say(words)
        self._tint()
