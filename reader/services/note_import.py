"""Notes of files on their way in: which document they are on, and where. No Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from reader.model.annotation import Change
from reader.model.document import Document
from reader.model.imported_note import FoundNote, FoundNotes
from reader.model.serialization import annotation_from_plain, annotation_to_plain
from reader.note_importers.imports import Imports, move
from reader.note_importers.merging import Known, assigned, digests, updated
from reader.note_importers.placing import placed_note, settled
from reader.paths import Paths
from reader.problem import Problem
from reader.services.document_matching import Homes
from reader.services.reanchoring import texts_of
from reader.store.backups import backup
from reader.store.encryption import Key
from reader.store.library import Library
from reader.store.notes import Notes, open_notes

_OPEN = ("check", "changed", "moved", "unplaced")


@dataclass(frozen=True, slots=True)
class NotesReport:
    """What became of the notes of a file.

    Of the `new` ones `check` want to be looked at, `unplaced` of these have no place. `updated`
    were there and had been edited in the file since; `known` say what they said. `homeless` are
    those whose document is not in the library or not sure, by what the file calls it; they were
    not taken in. `unread` records could not be understood. `ids` are the notes by what became of
    them: "new", "updated", "known", "unplaced".
    """

    format_name: str
    new: int = 0
    check: int = 0
    known: int = 0
    unread: int = 0
    homeless: tuple[tuple[str, int], ...] = ()
    updated: int = 0
    unplaced: int = 0
    ids: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)

    def __str__(self) -> str:
        said = [f"{_count(self.new)} imported from {self.format_name}"]
        if self.check:
            said.append(f"{self.check} of them to be checked")
        if self.unplaced:
            said.append(f"{self.unplaced} not placed")
        if self.updated:
            said.append(f"{self.updated} updated, since the file says more or other than before")
        if self.known:
            said.append(f"{self.known} {'was' if self.known == 1 else 'were'} there already")
        if self.unread:
            said.append(f"{self.unread} could not be read")
        missing = sum(count for _, count in self.homeless)
        if missing:
            titles = "; ".join(name or "no title" for name, _ in self.homeless[:3])
            more = "; …" if len(self.homeless) > 3 else ""
            has = "has" if missing == 1 else "have"
            said.append(f"{missing} {has} no article in this library ({titles}{more})")
        return ", ".join(said) + "."


def take_in(
    library: Library,
    notes: Notes,
    found: FoundNotes,
    chosen: Mapping[str, str] | None = None,
    document_id: str = "",
    file_name: str = "",
) -> NotesReport:
    """Put the notes of a file on the documents that they are surely on, in one step.

    `chosen` says for the name of a source which document it is; `document_id` says it of all that
    the file itself does not know. A note that is there already is edited where the file says what
    it never said before; one in the trash stays there. `file_name` is what the import is
    remembered by.

    Raises:
        Problem: when none of them can be understood, or they cannot be written; then none of them
            is taken in.
    """
    shelf, texts = Homes(library, chosen or {}, document_id), texts_of(library)
    imports = Imports(notes)
    homes: dict[int, Document | None] = {}
    homeless: Counter[str] = Counter()
    housed: list[FoundNote] = []
    for one in found.notes:
        home = shelf.home(one.source)
        if home is None and not (one.annotation is not None and found.is_ours):
            homeless[one.source.name] += 1
            continue
        homes[id(one)] = home
        housed.append(one)
    changes: list[Change] = []
    brought: dict[str, list[str]] = {}
    ids: dict[str, list[str]] = {name: [] for name in ("new", "updated", "known", "unplaced")}
    check = unread = 0
    for each in assigned(housed, found.format_name, notes):
        try:
            change = _change(each, homes[id(each.note)], texts, imports, notes)
        except (ValueError, TypeError):
            unread += 1
            continue
        brought[each.id] = digests(each.note)
        if change is None:
            ids["known"].append(each.id)
            continue
        changes.append(change)
        ids["updated" if change.before else "new"].append(each.id)
        assert change.after is not None
        if change.before is None:
            check += change.after.state in _OPEN
            if change.after.state == "unplaced":
                ids["unplaced"].append(each.id)
    if unread and not (changes or ids["known"] or homeless):
        raise Problem("None of the notes in this file can be understood.")
    if changes:
        backup(notes.path, reason="before import", key=notes.key)
        notes.apply(*changes)
        imports.add(file_name, found.format_name, ids["new"], brought)
    doubled = len(housed) - unread - sum(len(ids[name]) for name in ("new", "updated", "known"))
    return NotesReport(
        found.format_name,
        len(ids["new"]),
        check,
        len(ids["known"]) + doubled,
        found.unread + unread,
        tuple(homeless.most_common()),
        len(ids["updated"]),
        len(ids["unplaced"]),
        {name: tuple(some) for name, some in ids.items()},
    )


def _change(
    one: Known,
    home: Document | None,
    texts: Callable[[str], str | None],
    imports: Imports,
    notes: Notes,
) -> Change | None:
    """What a note of a file changes here; None for nothing.

    Raises:
        ValueError, TypeError: when it is not sound.
    """
    if one.annotation is not None:
        after = updated(one.annotation, one.note, imports.brought(one.id), notes)
        after = annotation_from_plain(annotation_to_plain(after))
        return Change(one.annotation, after) if after != one.annotation else None
    if one.note.annotation is None:
        assert home is not None
        made = placed_note(home, one.note, one.id)
    else:
        made = replace(one.note.annotation, id=one.id)
        # What was made here keeps its own place, and goes with its document's later editions.
        made = made if home is None else settled(home, made, texts)
    return Change(None, annotation_from_plain(annotation_to_plain(made)))


def take_in_for(
    data: str,
    user: str,
    found: FoundNotes,
    chosen: Mapping[str, str],
    file_name: str = "",
    key: Key | None = None,
) -> NotesReport:
    """`take_in` for a worker process."""
    paths = Paths(Path(data))
    with closing(Library(paths)) as library, closing(open_notes(paths, user, key=key)) as notes:
        return take_in(library, notes, found, chosen, file_name=file_name)


def move_for(
    data: str, user: str, annotation_ids: Sequence[str], document_id: str, key: Key | None = None
) -> tuple[int, int]:
    """Put notes on another document, for a worker process: how many, and how many without a place.

    Raises:
        Problem: when the document is not there, or they cannot be written.
    """
    paths = Paths(Path(data))
    with closing(Library(paths)) as library, closing(open_notes(paths, user, key=key)) as notes:
        moved = move(notes, annotation_ids, library.document(document_id))
    return len(moved), sum(one.state == "unplaced" for one in moved)


def _count(number: int) -> str:
    return "1 note" if number == 1 else f"{number} notes"
