"""Links between papers, handed to the reader whole."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.links.kept import KeptLink, OwnLink

if TYPE_CHECKING:
    from desktop.library.kept_links import PackLinks


@dataclass(frozen=True)
class LinkDesk:
    """Futures come from the store's lane. of_pack: every link of a pack (by id). reject: as none, or (False) as one
    after all. put: keeps a link made by hand; remove: destroys it.
    """

    of_pack: "Callable[[str], Future[PackLinks]]"
    reject: "Callable[[KeptLink, bool], Future[None]]"
    put: "Callable[[OwnLink], Future[None]]"
    remove: "Callable[[OwnLink], Future[None]]"
