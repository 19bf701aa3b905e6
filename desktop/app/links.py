"""Links between papers, answered from the store of an open room."""

from typing import TYPE_CHECKING

from desktop.changes import Changes
from desktop.jobs import Lane
from desktop.ui.panels.link_desk import LinkDesk

if TYPE_CHECKING:
    from desktop.library.holdings import Holdings
    from desktop.library.kept_links import KeptLinks


def links_of(store: Lane, holdings: "Holdings", changes: Changes) -> LinkDesk:
    """All is read and kept in the store's lane; what it brings in is loaded there, when it is first wanted."""

    def kept() -> "KeptLinks":
        from desktop.library.kept_links import KeptLinks

        return KeptLinks(holdings, changes)

    return LinkDesk(
        of_pack=lambda pack_id: store.do(lambda: kept().of_pack(pack_id)),
        reject=lambda link, rejected: store.do(lambda: kept().reject(link, rejected)),
        put=lambda link: store.do(lambda: kept().put_own(link)),
        remove=lambda link: store.do(lambda: kept().remove_own(link)),
    )
