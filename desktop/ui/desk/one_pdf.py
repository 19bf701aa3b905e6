"""Which copy of the pack is wanted as one PDF: everything, the public's, or one member's."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.secretary.archive import can_archive
from desktop.ui.desk.fields import Choice
from desktop.ui.desk.forms import Form
from desktop.ui.kit.widgets import Text

_ABOUT = {
    "": "Every paper, with cover, agenda and continuous page numbers.",
    "public": "Without private items and papers kept to some members. Their pages keep their numbers.",
    "member": "Without what is kept from them, and with their name and the time across every page.",
}
_ARCHIVE = "Tags and attachments are left out of PDF/A."
_PUBLIC = "public"


class OnePdfForm(Form):
    """wanted(member or "", public, as PDF/A)."""

    def __init__(
        self, parent: QWidget, members: Sequence[str], private: bool, wanted: Callable[[str, bool, bool], object]
    ) -> None:
        """private: the whole meeting is; then there is no copy for the public."""
        super().__init__(parent, "One PDF of the pack", "Choose where to save it…")
        self._wanted = wanted
        public = [] if private else [("For the public", _PUBLIC)]
        named = [(f"For {member}", f"member {member}") for member in members]
        self.copy = Choice("Which copy", [("Everything, for the file", ""), *public, *named])
        self.about = Text("", "quiet")
        self.copy.chosen.connect(lambda _: self._say())
        self.archive = QCheckBox("As PDF/A, for keeping")
        self.archive.setAccessibleName(self.archive.text())
        why = can_archive()
        self.archive.setEnabled(not why)
        parts = [self.copy, self.about, self.archive, Text(why or _ARCHIVE, "quiet")]
        words = "The file is not sealed. Keep it, or send it on, as you would a paper pack."
        self._lay(self._finish, *parts, Text(words, "quiet"))
        self._say()

    def _say(self) -> None:
        self.about.say(_ABOUT[str(self.copy.value()).partition(" ")[0]])
        self.fit()

    def _finish(self) -> None:
        kind, _, member = str(self.copy.value()).partition(" ")
        self._wanted(member, kind == _PUBLIC, self.archive.isChecked())
        self.accept()
