"""Notes on the other files of an article, put on the text of one of them. No Qt."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path

from reader.model.annotation import Annotation, Target
from reader.model.document import Document
from reader.model.span import Span
from reader.paths import Paths
from reader.problem import Problem
from reader.store.encryption import Key
from reader.store.library import Library
from reader.store.notes import Notes, open_notes

# The person has decided that these are with another text, or put away.
_DECIDED = ("earlier", "archived")
_SURE = ("", "moved", "changed")


# The id of a note on another file of an article; what it is about in its own document, as it was
# when it was placed; where that is in the text of this one, None when it has no sure place here.
PartnerNote = tuple[str, Target, Span | None]


def place_partner_notes(library: Library, notes: Notes, document_id: str) -> list[PartnerNote]:
    """Where a user's notes on the other files of an article are in the text of one; writes nothing.

    Raises:
        Problem: when the document cannot be read.
    """
    document = library.document(document_id)
    found: list[PartnerNote] = []
    for partner_id in library.joins.partners(document_id):
        with suppress(Problem):
            # The other notes are shown all the same when the files of one document are damaged.
            partner = library.document(partner_id)
            found += [
                (note.id, note.target, _place(document, partner, note))
                for note in notes.annotations(partner_id)
                if note.state not in _DECIDED
            ]
    return found


def _place(document: Document, partner: Document, note: Annotation) -> Span | None:
    from reader.model.anchoring.anchor import anchor
    from reader.model.anchoring.selector import placed

    if note.state not in _SURE or placed(partner, note.target) is None:
        return None
    place = anchor(document, note.target, partner.text)
    return place.span if place.state in ("kept", "moved") else None


def partner_notes(
    data: str, user: str, document_id: str, key: Key | None = None
) -> list[PartnerNote]:
    """`place_partner_notes` for a worker process: two long texts take a second to align."""
    paths = Paths(Path(data))
    with closing(Library(paths)) as library, closing(open_notes(paths, user, key=key)) as notes:
        return place_partner_notes(library, notes, document_id)
