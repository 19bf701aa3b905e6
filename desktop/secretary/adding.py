"""Files brought into a project's folder: PDFs as they are, office documents converted where LibreOffice is there."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import KnownError

OFFICE = (".docx", ".doc", ".odt", ".rtf", ".xlsx", ".xls", ".ods", ".pptx", ".ppt", ".odp")
_YOURSELF = "Save it as a PDF where it was written, and add that."
_PATIENCE = 180  # seconds LibreOffice may take for one document


@dataclass(frozen=True)
class Added:
    """names: in the folder now, ready to be put on the agenda. troubles: a sentence for each file that is not."""

    names: tuple[str, ...]
    troubles: tuple[str, ...]


def add_files(folder: Path, files: Iterable[Path]) -> Added:
    """Bring files into the folder. One that lies there stays; none is ever written over."""
    names, troubles = [], []
    for file in files:
        try:
            names.append(_add(folder, file))
        except KnownError as error:
            troubles.append(error.what if not error.do else f"{error.what} {error.do}")
        except OSError as error:
            troubles.append(f"{file.name} could not be brought into the folder: {error.strerror}.")
    return Added(tuple(names), tuple(troubles))


def pdfs_in(folder: Path) -> list[str]:
    """The names of the PDFs that lie in the folder."""
    try:
        return sorted(
            (each.name for each in folder.iterdir() if each.suffix.lower() == ".pdf" and not each.name.startswith(".")),
            key=str.casefold,
        )
    except OSError as error:
        raise KnownError(
            f"The folder {folder} cannot be read: {error.strerror}.", "", "See whether the disk or share is connected."
        ) from error


def _add(folder: Path, file: Path) -> str:
    ending = file.suffix.lower()
    if ending == ".pdf":
        if file.resolve().parent == folder.resolve():
            return file.name
        free = _free_name(folder, file.name)
        shutil.copyfile(file, folder / free)
        return free
    if ending in OFFICE:
        return _converted(folder, file)
    raise KnownError(f"{file.name} is neither a PDF nor an office document.", "", "Save it as a PDF and add that.")


def _converted(folder: Path, file: Path) -> str:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise KnownError(
            f"{file.name} has to become a PDF first, and LibreOffice, which could do that, is not on this computer.",
            "",
            "Save it as a PDF where it was written, or install LibreOffice.",
        )
    # In the project's folder, where papers lie anyway, and never in one for everybody's temporary files.
    with tempfile.TemporaryDirectory(dir=folder, prefix=".converting-") as place:
        # A profile of its own: another LibreOffice that is open would else take the document and nothing would come.
        command = [office, f"-env:UserInstallation={(Path(place) / 'profile').as_uri()}", "--headless", "--convert-to"]
        command += ["pdf", "--outdir", place, str(file.resolve())]
        try:
            subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)
        except subprocess.TimeoutExpired as error:
            raise KnownError(f"LibreOffice took too long over {file.name}.", "", _YOURSELF) from error
        made = Path(place) / f"{file.stem}.pdf"
        if not made.is_file():
            raise KnownError(f"LibreOffice could not make a PDF of {file.name}.", "", _YOURSELF)
        free = _free_name(folder, made.name)
        shutil.move(made, folder / free)
    return free


def _free_name(folder: Path, name: str) -> str:
    """The name, or "name (2).pdf" where another file has it."""
    stem, ending = Path(name).stem, Path(name).suffix
    number, free = 1, name
    while (folder / free).exists():
        number += 1
        free = f"{stem} ({number}){ending}"
    return free
