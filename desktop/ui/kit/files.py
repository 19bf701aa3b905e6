"""Asking for a file: the system's own dialogs, which stop nothing else."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDir
from PySide6.QtWidgets import QFileDialog, QWidget

OURS = ("despatch", "despatch-pack", "despatch-notes")
_NOTES = "Copies with notes, and notes (*.pdf *.jsonld *.json *.despatch-notes)"
_PAPERS = "Papers (*.pdf *.docx *.doc *.odt *.rtf *.xlsx *.xls *.ods *.pptx *.ppt *.odp)"
_NAMES = f"Despatch invitations, packs and notes ({' '.join(f'*.{ending}' for ending in OURS)})"


def is_ours(path: str) -> bool:
    """Whether a file's ending is one of ours."""
    return path.lower().endswith(tuple(f".{ending}" for ending in OURS))


def ask_for_file(parent: QWidget, title: str, chosen: Callable[[str], object]) -> QFileDialog:
    """Let an invitation or a pack file be chosen; calls chosen with its path, or not at all."""
    dialog = QFileDialog(parent, title, QDir.homePath(), f"{_NAMES};;All files (*)")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _open(dialog, chosen)


def ask_for_notes(parent: QWidget, title: str, chosen: Callable[[str], object]) -> QFileDialog:
    """Let a file with notes be chosen: a PDF or Web Annotations; calls chosen with its path, or not at all."""
    dialog = QFileDialog(parent, title, QDir.homePath(), f"{_NOTES};;All files (*)")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _open(dialog, chosen)


def ask_for_folder(parent: QWidget, title: str, chosen: Callable[[str], object]) -> QFileDialog:
    """Let a folder be chosen, or a new one be made; calls chosen with its path, or not at all."""
    dialog = QFileDialog(parent, title, QDir.homePath())
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _open(dialog, chosen)


def ask_for_papers(parent: QWidget, title: str, folder: str, chosen: Callable[[list[str]], object]) -> QFileDialog:
    """Let papers be chosen, several at once; calls chosen with their paths, or not at all. folder: begun in."""
    dialog = QFileDialog(parent, title, folder, f"{_PAPERS};;All files (*)")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(chosen)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def ask_where_to_save(
    parent: QWidget, title: str, name: str, verb: str, chosen: Callable[[str], object]
) -> QFileDialog:
    """Let a new file be named; calls chosen with its path, or not at all. name: the one proposed."""
    dialog = QFileDialog(parent, title, str(Path(QDir.homePath()) / name))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.selectFile(name)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, verb)
    return _open(dialog, chosen)


def _open(dialog: QFileDialog, chosen: Callable[[str], object]) -> QFileDialog:
    def take(path: str) -> None:
        chosen(path)

    dialog.fileSelected.connect(take)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
