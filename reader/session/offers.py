"""Whether one document is an edition of another, as the person says."""

from __future__ import annotations

from functools import partial

from reader.problem import Problem
from reader.services.workspace import Workspace
from reader.session.current_document import CurrentDocument
from reader.session.indexing import Indexing
from reader.session.library_commands import LibraryCommands
from reader.session.notifier import Notifier
from reader.session.reanchoring import Reanchoring
from reader.store.offers import Offer


class Offers:
    """The questions about editions that wait, and the answers to them."""

    def __init__(
        self,
        workspace: Workspace,
        notifier: Notifier,
        current: CurrentDocument,
        library_commands: LibraryCommands,
        indexing: Indexing,
        reanchoring: Reanchoring,
    ) -> None:
        self._workspace = workspace
        self._notifier = notifier
        self._current = current
        self._library_commands = library_commands
        self._indexing = indexing
        self._reanchoring = reanchoring

    def waiting(self, document_id: str = "") -> list[Offer]:
        """The questions that wait, the latest first: all, or those about one document."""
        return self._workspace.library.offers.open(document_id)

    def source(self, offer: Offer) -> str:
        """What the source of both documents is called; "" when they have none in common."""
        return "”, “".join(self._workspace.library.offers.source(offer))

    def accept(self, offer: Offer, always: bool = False) -> bool:
        """Put the older document behind the newer one, with the notes on it, and open that.

        `always` answers so what will be offered from that source. Return whether it is done.
        """
        library = self._workspace.library
        newer, older = offer.document_id, offer.earlier_id
        if offer.older:
            newer, older = older, newer
        try:
            if always and (source := library.offers.source(offer)):
                library.offers.always(source)
            library.editions.follow(older, newer)
            library.offers.answer(offer.document_id, offer.earlier_id, "edition")
        except Problem as problem:
            self._notifier.error(problem)
            return False
        self._show_again(newer)
        self._reanchoring.run(newer)
        self._notifier.offer(
            "It is kept as an earlier edition; your notes on it have followed.",
            "Not the Same",
            partial(self.part, older),
        )
        return True

    def keep_both(self, offer: Offer) -> bool:
        """Leave both as they are, and ask no more."""
        try:
            self._workspace.library.offers.answer(offer.document_id, offer.earlier_id, "apart")
        except Problem as problem:
            self._notifier.error(problem)
            return False
        self._library_commands.announce()
        return True

    def part(self, document_id: str) -> bool:
        """Take a document out of the editions that it is among.

        Notes that were carried go back to the texts they were made on; those made since stay.
        Return whether there was anything to part.
        """
        library = self._workspace.library
        try:
            other = library.editions.part(document_id)
            if not other:
                return False
            library.offers.answer(document_id, other, "parted")
        except Problem as problem:
            self._notifier.error(problem)
            return False
        here = self._current.document.id if self._current.document is not None else ""
        self._show_again(here or document_id)
        # Whichever of the two has the notes gives them back; then each is looked through.
        for one in (document_id, other, document_id):
            self._reanchoring.run(one)
        self._notifier.info("They are two documents again, each with its own notes.")
        return True

    def _show_again(self, document_id: str) -> None:
        self._library_commands.announce()
        if self._current.document is not None and self._current.document.id == document_id:
            self._current.reload(document_id)
        else:
            self._current.open(document_id)
        self._indexing.index_pending()
