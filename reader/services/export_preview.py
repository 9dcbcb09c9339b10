"""How many notes would go out, and the first of them: asked anew with each choice. No Qt."""

from __future__ import annotations

from reader.model.annotation import Annotation
from reader.services.note_export import NoteSelection, bare, find
from reader.store.library import Library
from reader.store.note_filter import NoteFilter
from reader.store.notes import Notes


def first_of(
    library: Library, notes: Notes, wanted: NoteSelection, most: int
) -> tuple[int, list[Annotation]]:
    """How many of a user's notes are wanted, and the first of them.

    With days, all of them are read: on which day a note was made depends on where the person is.
    """
    if wanted.since or wanted.until:
        found = find(library, notes.all(), wanted)
        return len(found), found[:most]
    documents: tuple[str, ...] = (wanted.document_id,) if wanted.document_id else ()
    if wanted.collection:
        collections = library.details.labels("collection")
        here = [one for one, names in collections.items() if wanted.collection in names]
        # Nothing is in a collection without documents, and "" is no document.
        documents = tuple(one for one in here if one in documents or not documents) or ("",)
    choice = NoteFilter(
        ids=tuple(wanted.ids), document_ids=documents, tags=wanted.tags, colours=wanted.colours
    )
    count, found = notes.queries.first(choice, most)
    return count, [bare(one) for one in found] if wanted.quotes_only else found
