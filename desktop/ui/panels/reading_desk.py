"""What the reader works with, handed to it whole."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

from desktop.annotations.notebook import Notebook
from desktop.library.kept_notes import KeptNote
from desktop.pdf.client import PdfClient
from desktop.reader.history import Place
from desktop.reader.opened import Beside, Opened
from desktop.search.finder import Finder
from desktop.ui.kit.bridge import Bridge
from desktop.ui.kit.theme import Theme
from desktop.ui.panels.editions import Editions
from desktop.ui.panels.fellowship import Fellowship, alone
from desktop.ui.panels.guide import Guide
from desktop.ui.panels.link_desk import LinkDesk
from desktop.ui.panels.meaning import Meaning


@dataclass(frozen=True)
class ReadingDesk:
    """Futures come from lanes; the reader takes them up through the bridge.

    words: a version's page (sha256, from 0), packed; None until read. open_notebook: by pack id. illegible: the pages
    of a pack (by id) that search cannot see, as `Shelf.illegible` tells them. save_place: (pack id,
    where it was left), a second after the last move and on leaving. papers_left: where each paper of a pack (by id)
    was left. page_seen: (pack id, paper id,
    page from 0), once for each page newly seen. open_pack: by pack id, as it was left; None when gone. save_beside:
    (pack id, what stands in a second pane beside it), whenever that is another. explain: what an abbreviation (word, in
    the pack of this id) stands for.
    guide: what helps a reader along. notes_of_body: the notes of every pack of the body that sent this one (by id).
    editions: earlier versions of the papers. links: what the papers point to, and what points to them. fellowship: the
    body's other members, and notes to and from them.
    """

    pdf: PdfClient
    words: Callable[[str, int], "Future[bytes | None]"]
    finder: Finder
    open_notebook: Callable[[str], "Future[Notebook]"]
    illegible: Callable[[str], "Future[dict[tuple[str, int], str]]"]
    save_place: Callable[[str, Place], None]
    papers_left: Callable[[str], "Future[list[Place]]"]
    page_seen: Callable[[str, str, int], None]
    open_pack: Callable[[str], "Future[Opened | None]"]
    save_beside: Callable[[str, Beside | None], None]
    guide: Guide
    notes_of_body: Callable[[str], "Future[list[KeptNote]]"]
    editions: Editions
    links: LinkDesk
    explain: Callable[[str, str], "Future[Meaning | None]"]
    member: Callable[[str], "Future[str]"]
    bridge: Bridge
    theme: Theme
    fellowship: Fellowship = field(default_factory=alone)
