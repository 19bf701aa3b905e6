"""What can go wrong with a PDF, told in sentences."""

from desktop.errors import KnownError

_REST = "The rest of your papers can be read."
_NEW_COPY = "Ask the sender for a new copy of the paper."


def _place(name: str, page: int | None) -> str:
    return name if page is None else f"Page {page + 1} of {name}"


class PdfError(KnownError):
    """A paper, or one page of it, cannot be shown. page: from 0, None where it is the whole paper."""

    def __init__(self, what: str, safe: str = "", do: str = "", page: int | None = None) -> None:
        super().__init__(what, safe, do)
        self.page = page


class Damaged(PdfError):
    """The file, or the page, makes no sense as a PDF."""

    def __init__(self, name: str, page: int | None = None) -> None:
        super().__init__(f"{_place(name, page)} is damaged and cannot be shown.", _REST, _NEW_COPY, page)


class Locked(PdfError):
    """The PDF itself asks for a password."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is protected by a password.", _REST, "Ask the sender for a copy without a password.")


class Empty(PdfError):
    """The file is a PDF with no pages, or has no bytes."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has no pages.", _REST, _NEW_COPY)


class NotUnsealed(PdfError):
    """The age key does not open the sealed file."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} could not be opened with its key.", "Nothing was changed.", "Fetch the pack again from its source."
        )


class Missing(PdfError):
    """The file is gone, or may not be read."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The file of {name} could not be read from this computer's disk.",
            "Your notes are safe.",
            "Fetch the pack again from its source.",
        )


class TooLarge(PdfError):
    """It needs more memory than a worker may have."""

    def __init__(self, name: str, page: int | None = None) -> None:
        super().__init__(f"{_place(name, page)} needs more memory than is allowed for one paper.", _REST, "", page)


class TooSlow(PdfError):
    """It took longer than the limit; the worker was ended."""

    def __init__(self, name: str, page: int | None = None) -> None:
        super().__init__(f"{_place(name, page)} took too long and was given up.", _REST, _NEW_COPY, page)


class WorkerDied(PdfError):
    """The worker process ended, or talked nonsense, while it had this in hand."""

    def __init__(self, name: str, page: int | None = None) -> None:
        super().__init__(f"{_place(name, page)} could not be shown: reading it failed.", _REST, _NEW_COPY, page)


def holds_up(error: BaseException | None) -> bool:
    """Whether it cost the worker, and with it the time of everything else that was asked of it."""
    return isinstance(error, TooSlow | WorkerDied)


class Unavailable(PdfError):
    """The worker process cannot be started at all."""

    def __init__(self, why: str = "") -> None:
        super().__init__(
            "The part of Despatch that reads PDFs could not be started." + (f" ({why})" if why else ""),
            "Your papers and notes are safe.",
            "Start Despatch again; if that does not help, install it again.",
        )
