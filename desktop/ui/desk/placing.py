"""Where a body's packs lie: a folder, a bucket of an object store, or a WebDAV server, each with what it needs."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.secretary.places import KINDS
from desktop.ui.desk.fields import Choice, Labelled
from desktop.ui.kit.files import ask_for_folder
from desktop.ui.kit.widgets import Button, Text, column, row

FOLDER = "folder"
_KINDS = (
    ("A folder: on a share, a stick, or behind a web server", FOLDER),
    ("A bucket of S3, or of a store like it", "s3"),
    ("A container of Azure", "az"),
    ("A bucket of Google Cloud Storage", "gs"),
    ("A WebDAV server", "https"),
)
_HINTS = {"s3": "s3://bucket/board", "az": "az://container/board", "gs": "gs://bucket/board", "https": "https://…"}
_NAMES = {
    "access_key_id": "Access key ID",
    "secret_access_key": "Secret access key",
    "region": "Region, if any",
    "endpoint": "Endpoint, if it is a store of your own",
    "account_name": "Account name",
    "account_key": "Account key",
    "service_account_key": "Service account key, as JSON",
    "base_url": "Base address, if it is a store of your own",
    "username": "User name",
    "password": "Password",
}
_KEPT = "The key is kept in your store, sealed, and nowhere else. It is tried before the body is made."


class FolderField(Labelled):
    """A folder: its path, and a button to choose it."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__(name)
        self.choose = Button("Choose…")
        self.choose.setAccessibleName(f"Choose: {name}")
        self.choose.clicked.connect(lambda: ask_for_folder(self, title, self.show_text))
        layout = self.layout()
        if layout is not None:
            layout.addWidget(row(self.choose))

    def path(self) -> Path | None:
        """The folder, None for none."""
        return Path(self.text()).expanduser() if self.text() else None


class PlaceFields(QWidget):
    """Asks for a place. `where` and `keys` say it; `trouble_in` which field still needs something."""

    changed = Signal()  # other fields are in sight

    def __init__(self) -> None:
        super().__init__()
        self.kind = Choice("Where its packs lie", _KINDS)
        self.folder = FolderField("An empty folder for its packs", "An empty folder for the packs")
        self.place = Labelled("Its place")
        self.fields = {name: Labelled(words) for name, words in _NAMES.items()}
        for kind in KINDS.values():
            for name in kind.secret:
                self.fields[name].field.setEchoMode(QLineEdit.EchoMode.Password)
        self._kept = Text(_KEPT, "quiet")
        column(self, self.kind, self.folder, self.place, *self.fields.values(), self._kept, space=12)
        self.kind.chosen.connect(lambda _: self._show())
        self._show()

    def where(self) -> str:
        """The folder's path or the place's address, "" for none yet."""
        return str(self.folder.path() or "") if self._is_folder() else self.place.text()

    def keys(self) -> Mapping[str, str]:
        """What is needed to write there, by name; nothing for a folder."""
        return {name: self.fields[name].text() for name in self._asked() if self.fields[name].text()}

    def trouble_in(self) -> tuple[str, QWidget] | None:
        """What is still missing, in a sentence, and where to type it."""
        if self._is_folder():
            return None if self.folder.path() else ("Choose an empty folder for its packs.", self.folder.choose)
        begins = f"{self.kind.value()}://"
        if not self.place.text().startswith(begins):
            return f"The place begins with {begins}", self.place.field
        for name in KINDS[str(self.kind.value())].needs:
            if not self.fields[name].text():
                return f"It needs: {_NAMES[name]}.", self.fields[name].field
        return None

    def _is_folder(self) -> bool:
        return self.kind.value() == FOLDER

    def _asked(self) -> tuple[str, ...]:
        kind = None if self._is_folder() else KINDS[str(self.kind.value())]
        return (*kind.needs, *kind.may_have) if kind else ()

    def _show(self) -> None:
        asked = self._asked()
        self.folder.setVisible(self._is_folder())
        self.place.setVisible(not self._is_folder())
        self._kept.setVisible(not self._is_folder())
        self.place.field.setPlaceholderText(_HINTS.get(str(self.kind.value()), ""))
        for name, field in self.fields.items():
            field.setVisible(name in asked)
        self.changed.emit()


Placed = Callable[[str, str, str, str, object], object]
