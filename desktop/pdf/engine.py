"""MuPDF as the worker uses it. Its stubs are half-typed, so types end here."""

from typing import Any

import pymupdf as _pymupdf
from pymupdf import extra as _extra
from pymupdf import mupdf as _mupdf

pymupdf: Any = _pymupdf
mupdf: Any = _mupdf
extra: Any = _extra


def quieten() -> None:
    """MuPDF's warnings quote the file: from now on they are neither shown nor collected."""
    mupdf.fz_set_warning_callback(_unheard)
    mupdf.fz_set_error_callback(_unheard)
    pymupdf.TOOLS.reset_mupdf_warnings()


def _unheard(_message: str) -> None:
    return None
