"""Notes put on the text that their document has now. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reader.model.annotation import Annotation, Change
from reader.paths import Paths
from reader.problem import Problem
from reader.store.edit_log import Version
from reader.store.encryption import Key
from reader.store.library import Library
from reader.store.notes import Notes, open_notes

if TYPE_CHECKING:
    from reader.model.anchoring.review_case import Case


def notes_of(library: Library, notes: Notes, document_id: str) -> list[Annotation]:
    """The annotations on a document and on its earlier editions."""
    ids = [document_id, *library.editions.earlier_ids(document_id)]
    return [annotation for one in ids for annotation in notes.annotations(one)]


def place(library: Library, notes: Notes, document_id: str) -> int:
    """Put a user's notes on the latest text of a document, in one step; return how many changed.

    Notes that came from a document which a person has parted from this one go back to it first.

    Raises:
        Problem: when the document cannot be read, or the notes cannot be written.
    """
    gone = give_back(library, notes, document_id)
    return gone + _settle(library, notes, notes_of(library, notes, document_id), document_id)


def give_back(library: Library, notes: Notes, document_id: str) -> int:
    """Put notes back on the documents that this one was parted from; return how many.

    Each goes to the text and the place that it had there last, with all that was written on it
    since. What was put elsewhere after they were parted stays there.
    """
    changes = []
    own = {document_id, *library.editions.earlier_ids(document_id)}
    trashed = [one for one in notes.trash() if one.target.document_id == document_id]
    for other_id, when in library.offers.parted(document_id):
        theirs = {other_id, *library.editions.earlier_ids(other_id)} - own
        for now in [*notes.annotations(document_id), *trashed]:
            there = _before_it_came(notes.history(now.id), theirs, own, when)
            if there is not None:
                back = replace(now, target=there.target, state=there.state, earlier=there.earlier)
                changes.append(Change(now, back))
    if changes:
        notes.apply(*changes)
    return len(changes)


def _before_it_came(
    versions: list[Version], theirs: set[str], own: set[str], when: str
) -> Annotation | None:
    """A note as it was on their document when it was put on one of ours, if that was until `when`;
    None for a note that was not made on theirs."""
    found = last = None
    was_ours = False
    for version in versions:
        one = version.annotation
        if one is None:
            continue
        is_ours = one.target.document_id in own
        if one.target.document_id in theirs:
            found, last = None, one
        elif last is None:
            # It was made elsewhere.
            return None
        elif is_ours and not was_ours:
            found = last if version.made <= when else None
        was_ours = is_ours
    return found


def _settle(library: Library, notes: Notes, found: list[Annotation], document_id: str) -> int:
    from reader.model.anchoring.reanchor import settle

    changes = settle(library.document(document_id), found, texts_of(library))
    if changes:
        notes.apply(*changes)
    return len(changes)


def texts_of(library: Library) -> Callable[[str], str | None]:
    """Return the text of a hash, as far as an edition has it; each is read once."""

    @cache
    def text(hash_of_text: str) -> str | None:
        edition = library.editions.with_text(hash_of_text)
        return None if edition is None else edition.text

    return text


def place_all(library: Library, paths: Paths, document_id: str) -> None:
    """Re-anchor every user's notes on this document; see `place`.

    A user whose notes file cannot be opened is skipped, and caught up when they next open the
    document.
    """
    for user in paths.users():
        if paths.notes(user).exists():
            with suppress(Problem), closing(open_notes(paths, user)) as notes:
                place(library, notes, document_id)


def place_one(data: str, user: str, document_id: str, key: Key | None = None) -> int:
    """`place` for a worker process: a thousand notes on a long text take a second."""
    paths = Paths(Path(data))
    with closing(Library(paths)) as library, closing(open_notes(paths, user, key=key)) as notes:
        return place(library, notes, document_id)


def review(data: str, user: str, document_id: str, key: Key | None = None) -> list[Case]:
    """What the person is to decide about a document's notes, for a worker process."""
    from reader.model.anchoring.review_case import cases

    paths = Paths(Path(data))
    with closing(Library(paths)) as library, closing(open_notes(paths, user, key=key)) as notes:
        document = library.document(document_id)
        return cases(document, notes.annotations(document_id), texts_of(library))


def step_back(data: str, user: str, document_id: str, key: Key | None = None) -> int:
    """Put the notes on a document that is about to be removed back on its edition before.

    For a worker process."""
    paths = Paths(Path(data))
    with closing(Library(paths)) as library, closing(open_notes(paths, user, key=key)) as notes:
        ids = [edition.document_id for edition in library.editions.all(document_id)]
        before = next((one for one in ids if one != document_id), "")
        found = notes.annotations(document_id)
        return _settle(library, notes, found, before) if before else 0
