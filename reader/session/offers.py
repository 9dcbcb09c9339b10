"""Whether one document is an edition of another, as the person says; a part of its own.

It has no state but the library's and this user's notes: whoever shows it makes one.
"""

from __future__ import annotations

from functools import partial

from reader.problem import Problem
from reader.session.session import Session
from reader.store.offers import Offer


class Offers:
    """The questions about editions that wait, and the answers to them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def waiting(self, document_id: str = "") -> list[Offer]:
        """The questions that wait, the latest first: all, or those about one document."""
        return self._session.library.offers.open(document_id)

    def source(self, offer: Offer) -> str:
        """What the source of both documents is called; "" when they have none in common."""
        return "”, “".join(self._session.library.offers.source(offer))

    def accept(self, offer: Offer, always: bool = False) -> bool:
        """Puts the older document behind the newer one, with the notes on it, and opens that.

        `always` answers so what will be offered from that source. Gives whether it is done.
        """
        library, session = self._session.library, self._session
        newer, older = offer.document_id, offer.earlier_id
        if offer.older:
            newer, older = older, newer
        try:
            if always and (source := library.offers.source(offer)):
                library.offers.always(source)
            library.editions.follow(older, newer)
            library.offers.answer(offer.document_id, offer.earlier_id, "edition")
        except Problem as problem:
            session.failed.emit(problem)
            return False
        self._show_again(newer)
        session.place_notes(newer)
        session.offered.emit(
            "It is kept as an earlier edition; your notes on it have followed.",
            "Not the Same",
            partial(self.part, older),
        )
        return True

    def keep_both(self, offer: Offer) -> bool:
        """Leaves both as they are, and asks no more."""
        try:
            self._session.library.offers.answer(offer.document_id, offer.earlier_id, "apart")
        except Problem as problem:
            self._session.failed.emit(problem)
            return False
        self._session.library_changed.emit()
        return True

    def part(self, document_id: str) -> bool:
        """Takes a document out of the editions that it is among.

        Notes that were carried go back to the texts they were made on; those made since stay.
        Gives whether there was anything to part.
        """
        library, session = self._session.library, self._session
        try:
            other = library.editions.part(document_id)
            if not other:
                return False
            library.offers.answer(document_id, other, "parted")
        except Problem as problem:
            session.failed.emit(problem)
            return False
        here = session.document.id if session.document is not None else ""
        self._show_again(here or document_id)
        # Whichever of the two has the notes gives them back; then each is looked through.
        for one in (document_id, other, document_id):
            session.place_notes(one)
        session.tell("They are two documents again, each with its own notes.")
        return True

    def _show_again(self, document_id: str) -> None:
        session = self._session
        session.library_changed.emit()
        if session.document is not None and session.document.id == document_id:
            session.reload(document_id)
        else:
            session.show(document_id)
        session.index_waiting()
