"""What the desk is asked about minutes. Each answer comes from the desk's own lane."""

from collections.abc import Callable
from concurrent.futures import Future
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.errors import KnownError
from desktop.secretary import minuting
from desktop.secretary.minutes import Minutes, minutes_of, save_minutes
from desktop.secretary.project import load_project
from desktop.secretary.registry import Registry

if TYPE_CHECKING:
    from desktop.pdf.client import PdfClient

_PATIENCE = 120  # seconds for setting a document


class MinutesDesk:
    """Every method returns at once. do: work in the desk's lane; reader, folders: asked there. Failures are
    KnownError."""

    def __init__(
        self,
        do: "Callable[[Callable[[Registry], Any]], Future[Any]]",
        reader: "Callable[[], PdfClient]",
        folders: Callable[[], list[Path]],
    ) -> None:
        self._do, self._reader, self._folders = do, reader, folders

    def open(self, folder: Path) -> "Future[Minutes]":
        """The minutes of a folder's meeting, in step with its agenda."""
        return self._do(lambda registry: minutes_of(load_project(folder), folder))

    def save(self, folder: Path, minutes: Minutes) -> "Future[None]":
        """Keep them."""
        return self._do(lambda registry: save_minutes(folder, minutes))

    def write(self, folder: Path, out: Path) -> "Future[Minutes]":
        """As a document; their actions go onto the log."""
        return self._do(lambda registry: minuting.write_minutes(registry, folder, out, self._set))

    def carry(self, folder: Path, today: date) -> "Future[minuting.Carried]":
        """Into the pack of the body's next meeting on the desk."""
        return self._do(
            lambda registry: minuting.carry_to(registry, folder, self._next(folder), today, self._set)
        )

    def confirm(self, folder: Path, on: date) -> "Future[Minutes]":
        """They were confirmed on that day; members are told."""
        return self._do(lambda registry: minuting.confirm(registry, folder, on))

    def _set(self, html: str, css: str, foot: str) -> bytes:
        return self._reader().typeset(html, css, foot).result(_PATIENCE)

    def _next(self, folder: Path) -> Path:
        project = load_project(folder)
        later = []
        for each in self._folders():
            try:
                other = load_project(each)
            except KnownError:
                continue  # the desk says so beside it
            same = (other.body, other.meeting.session) == (project.body, project.meeting.session)
            if same and other.meeting.held_on > project.meeting.held_on:
                later.append((other.meeting.held_on, each))
        if not later:
            raise KnownError(
                f"No later meeting of {project.body} is on the desk.", "Nothing was written.",
                "Begin the next meeting there first.",
            )  # fmt: skip
        return min(later)[1]
