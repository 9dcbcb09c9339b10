"""Edits of many notes at once, and what a list of them needs to know of their documents. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from reader.model.anchoring.selector import placed, text_hash
from reader.model.annotation import Annotation, Change, Colour
from reader.model.document import Document
from reader.paths import Paths
from reader.problem import Problem
from reader.store.catalog import GONE
from reader.store.encryption import Key
from reader.store.library import Library
from reader.store.note_filter import Grouping, NoteFilter
from reader.store.notes import Notes, open_notes

# The titles of more than these are read at once, with all others.
MANY_DOCUMENTS = 200


@dataclass(frozen=True, slots=True)
class Bulk:
    """What is done to each of many notes.

    `colour` None leaves each its own. `deleted` is the time they go to the trash, "" brings them
    back from there, None leaves that.
    """

    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    colour: Colour | None = None
    deleted: str | None = None

    def on(self, before: Annotation) -> Annotation:
        """Return `before` with this edit applied."""
        tags = [tag for tag in before.tags if tag not in self.remove_tags]
        tags += [tag for tag in self.add_tags if tag not in tags]
        colour = before.colour if self.colour is None else self.colour
        deleted = before.deleted if self.deleted is None else self.deleted
        return replace(before, tags=tuple(tags), colour=colour, deleted=deleted)


def edit(notes: Notes, annotation_ids: Iterable[str], bulk: Bulk) -> int:
    """Make an edit of many notes in one step; return how many it changed."""
    found = notes.some(dict.fromkeys(annotation_ids))
    changes = [Change(one, bulk.on(one)) for one in found if bulk.on(one) != one]
    if changes:
        notes.apply(*changes)
    return len(changes)


def edit_many(
    data: str, user: str, annotation_ids: Sequence[str], bulk: Bulk, key: Key | None = None
) -> int:
    """`edit` for a worker process."""
    with closing(open_notes(Paths(Path(data)), user, key=key)) as notes:
        return edit(notes, annotation_ids, bulk)


@dataclass(frozen=True, slots=True)
class NotePlaces:
    """What a list of notes on a document shows of it.

    `headings` are where each section begins, and its path of titles. `quotes` are the passages, by
    the ids of their notes, that read otherwise than their characters do: 10⁹, not 109.
    """

    headings: list[tuple[int, str]]
    quotes: dict[str, str]


def note_places(data: str, user: str, document_id: str, key: Key | None = None) -> NotePlaces:
    """The places of a user's notes on a document; for a worker process."""
    # Imported here: a window, which starts with this module, is not to load what exports need.
    from reader.model.export.export_set import clean_quote

    paths = Paths(Path(data))
    with closing(Library(paths)) as library, closing(open_notes(paths, user, key=key)) as notes:
        texts: dict[str, Document | None] = {}
        headings: list[tuple[int, str]] = []
        with suppress(Problem):
            document = library.document(document_id)
            texts[text_hash(document.text)] = document
            path_of = document.outline.path
            headings = [
                (section.span.start, " › ".join(part.title for part in path_of(section)))
                for section in document.sections
            ]
        quotes = {}
        gone = [one for one in notes.trash() if one.target.document_id == document_id]
        for one in [*notes.annotations(document_id), *gone]:
            target = one.target
            if target.text_hash not in texts:
                texts[target.text_hash] = library.editions.with_text(target.text_hash)
            text = texts[target.text_hash]
            if target.area is not None or text is None:
                continue
            if target.position.cut(text.text) != target.quote.exact:
                continue
            quote = clean_quote(text, target.position)
            if quote != " ".join(target.quote.exact.split()):
                quotes[one.id] = quote
        return NotePlaces(headings, quotes)


def named_groups(
    library: Library, notes: Notes, choice: NoteFilter, by: Grouping
) -> list[tuple[str, list[str]]]:
    """The ids of the notes meant, in groups.

    Those by document are called after its title, in the order of these; others as in the store.
    """
    groups = notes.queries.grouped(choice, by)
    if by != "document":
        return list(groups.items())
    titles: dict[str, str] = {}
    if len(groups) > MANY_DOCUMENTS:
        titles = {row.id: row.title for row in library.catalog.listed()}
    found = [(titles.get(one) or _title(library, one), ids) for one, ids in groups.items()]
    return sorted(found, key=lambda group: group[0].casefold())


def _title(library: Library, document_id: str) -> str:
    entry = library.catalog.entry(document_id)
    return entry.title if entry is not None else GONE


def by_group(
    data: str, user: str, choice: NoteFilter, by: Grouping, key: Key | None = None
) -> list[tuple[str, list[str]]]:
    """The same for a worker: a hundred thousand notes take their time."""
    paths = Paths(Path(data))
    with closing(Library(paths)) as library, closing(open_notes(paths, user, key=key)) as notes:
        return named_groups(library, notes, choice, by)


def note_counts(
    data: str, user: str, key: Key | None = None
) -> tuple[dict[str, int], dict[str, int]]:
    """How many notes each document has, and how often each tag is used, without the trash; for a
    worker."""
    with closing(open_notes(Paths(Path(data)), user, key=key)) as notes:
        return notes.queries.counts(), notes.queries.tags()


def by_section(
    data: str, user: str, choice: NoteFilter, key: Key | None = None
) -> list[tuple[str, str, list[str]]]:
    """The notes meant, by document title and path of section, in reading order; for a worker.

    What has no place in the text that there is now stands under "".
    """
    paths = Paths(Path(data))
    found: list[tuple[str, str, list[str]]] = []
    with closing(Library(paths)) as library, closing(open_notes(paths, user, key=key)) as notes:
        for document_id, ids in notes.queries.grouped(choice, "document").items():
            try:
                document = library.document(document_id)
            except Problem:
                found.append((GONE, "", ids))
                continue
            sections: dict[str, list[str]] = {}
            for one in notes.some(ids):
                sections.setdefault(_path(document, one), []).append(one.id)
            found += [(document.title, path, part) for path, part in sections.items()]
    return sorted(found, key=lambda part: part[0].casefold())


def _path(document: Document, annotation: Annotation) -> str:
    span = placed(document, annotation.target)
    section = document.outline.section_at(span.start) if span is not None else None
    return " › ".join(part.title for part in document.outline.path(section))
