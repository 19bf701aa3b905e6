"""A PDF made into PDF/A for keeping, by Ghostscript where it is installed."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from desktop.errors import KnownError

_PATIENCE = 900  # seconds for one pack
_IN_MEMORY = Path("/dev/shm")  # noqa: S108  a folder of our own is made in it
_ABSENT = "Ghostscript, which makes PDF/A, is not on this computer."
_DEFINITION = """%!
[ /Title (TITLE) /DOCINFO pdfmark
[/_objdef {icc_PDFA} /type /stream /OBJ pdfmark
[{icc_PDFA} << /N 3 >> /PUT pdfmark
[{icc_PDFA} (PROFILE) (r) file /PUT pdfmark
[/_objdef {OutputIntent_PDFA} /type /dict /OBJ pdfmark
[{OutputIntent_PDFA} << /Type /OutputIntent /S /GTS_PDFA1 /DestOutputProfile {icc_PDFA}
  /OutputConditionIdentifier (sRGB) >> /PUT pdfmark
[{Catalog} << /OutputIntents [ {OutputIntent_PDFA} ] >> /PUT pdfmark
"""
_PROFILES = (
    *("/usr/share/color/icc/ghostscript", "/usr/share/ghostscript/iccprofiles", "/usr/share/color/icc/colord"),
    *("/usr/local/share/ghostscript/iccprofiles", "/opt/homebrew/share/ghostscript/iccprofiles"),
)


def can_archive() -> str:
    """Why PDF/A cannot be made here, "" where it can."""
    return "" if _program() else _ABSENT


def to_archive(path: Path, title: str) -> None:
    """Put a PDF/A-2b of the file in its place. Raises KnownError; the file then stays as it was."""
    program = _program()
    if program is None:
        raise KnownError(_ABSENT, f"{path.name} was written as a plain PDF.", "Install Ghostscript, and save it again.")
    # What it keeps for a moment lies in memory where the system has such a place, and else beside what was asked for.
    place = _IN_MEMORY if os.access(_IN_MEMORY, os.W_OK) else path.parent
    with tempfile.TemporaryDirectory(dir=place, prefix=".despatch-") as moment:
        made = path.parent / f".{path.name}.archive"
        try:
            _run(program, path, made, Path(moment), title)
            os.replace(made, path)
        finally:
            made.unlink(missing_ok=True)


def _run(program: str, path: Path, made: Path, moment: Path, title: str) -> None:
    definition = moment / "archive.ps"
    profile = _profile()
    words = _DEFINITION.replace("TITLE", "".join(sign for sign in title if sign.isascii() and sign not in "()\\"))
    definition.write_text(words.replace("PROFILE", str(profile)) if profile else "%!\n", "utf-8")
    command = [program, "-dPDFA=2", "-dPDFACompatibilityPolicy=1", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-q"]
    command += ["-sDEVICE=pdfwrite", "-sColorConversionStrategy=RGB", f"-sOutputFile={made}"]
    command += [f"--permit-file-read={profile}"] if profile else []
    command += [str(definition), str(path)]
    surroundings = {name: value for name, value in os.environ.items() if name not in ("TMPDIR", "TEMP", "TMP")}
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=_PATIENCE, check=False,
            env=surroundings | {"TMPDIR": str(moment), "TEMP": str(moment)},
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _failed(path) from error
    if done.returncode or not made.is_file() or not made.stat().st_size:
        raise _failed(path)


def _failed(path: Path) -> KnownError:
    return KnownError(
        "Ghostscript could not make PDF/A of it.", f"{path.name} was written as a plain PDF.", "It can be used so."
    )


def _program() -> str | None:
    return next((found for name in ("gs", "gswin64c", "gswin32c") if (found := shutil.which(name))), None)


def _profile() -> Path | None:
    """A profile of sRGB: PDF/A must carry one."""
    for folder in _PROFILES:
        for name in ("srgb.icc", "default_rgb.icc", "sRGB.icc"):
            if (found := Path(folder) / name).is_file():
                return found
    return None
