"""Notes of files on their way in: which document they are on, and where. No Qt."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from reader.model.annotation import Annotation, Change, Target, TextQuoteSelector
from reader.model.codec import annotation_from_plain, annotation_to_plain
from reader.model.describing import describe
from reader.model.document import Document
from reader.model.found_note import FoundNote, FoundNotes
from reader.model.normal import split, unchanged, words
from reader.model.quotes import exactly
from reader.model.settling import settle
from reader.model.span import Span
from reader.model.twins import in_rows
from reader.note_homes import Homes
from reader.paths import Paths
from reader.placing import texts_of
from reader.problem import Problem
from reader.store.backups import backup
from reader.store.library import Library
from reader.store.notes import Notes, open_notes

_THEIRS = uuid.UUID("b7a7e5a2-2f0e-4d54-9d35-6c7c7f6f0f5e")
# So many words that stand in a text once are there by no chance.
_ENOUGH_WORDS = 5
# So much of the neighbours must be the same, and so much more than at any other place.
_BESIDE, _LEAD = 0.75, 0.5
_OPEN = ("check", "changed", "moved", "unplaced")


@dataclass(frozen=True, slots=True)
class NotesReport:
    """What became of the notes of a file.

    Of the `new` ones `check` want to be looked at. `homeless` are those whose document is not in
    the library or not sure, by what the file calls it; they were not taken in. `unread` records
    could not be understood.
    """

    format_name: str
    new: int = 0
    check: int = 0
    known: int = 0
    unread: int = 0
    homeless: tuple[tuple[str, int], ...] = ()

    def __str__(self) -> str:
        said = [f"{_count(self.new)} taken in from {self.format_name}"]
        if self.check:
            said.append(f"{self.check} of them to be checked")
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
) -> NotesReport:
    """Puts the notes of a file on the documents that they are surely on, in one step.

    `chosen` says for the name of a source which document it is; `document_id` says it of all that
    the file itself does not know. A note that is there already, in the trash too, stays as it is.

    Raises:
        Problem: when none of them can be understood, or they cannot be written; then none of them
            is taken in.
    """
    shelf, texts = Homes(library, chosen or {}, document_id), texts_of(library)
    made: dict[str, Annotation] = {}
    homeless: Counter[str] = Counter()
    known = unread = 0
    for one in found.notes:
        home = shelf.home(one.source)
        if home is None and one.annotation is None:
            homeless[one.source.name] += 1
            continue
        annotation_id = _id(one, found.format_name)
        if annotation_id in made or notes.annotation(annotation_id) is not None:
            known += 1
            continue
        annotation = _placed(one, home, annotation_id, texts)
        try:
            made[annotation_id] = annotation_from_plain(annotation_to_plain(annotation))
        except (ValueError, TypeError):
            unread += 1
    if unread and not (made or known or homeless):
        raise Problem("None of the notes in this file can be understood.")
    if made:
        backup(notes.path)
        notes.apply(*(Change(None, annotation) for annotation in made.values()))
    return NotesReport(
        found.format_name,
        len(made),
        sum(one.state in _OPEN for one in made.values()),
        known,
        found.unread + unread,
        tuple(homeless.most_common()),
    )


def take_in_for(data: str, user: str, found: FoundNotes, chosen: Mapping[str, str]) -> NotesReport:
    """`take_in` for a worker process."""
    paths = Paths(Path(data))
    with closing(Library(paths)) as library, closing(open_notes(paths, user)) as notes:
        return take_in(library, notes, found, chosen)


def _id(one: FoundNote, format_name: str) -> str:
    """The same id for the same note every time, so that none comes twice."""
    if one.annotation is not None:
        return one.annotation.id
    if one.key and one.source.document_id:
        return one.key
    said = one.key or "\n".join((one.source.name, one.exact or one.note, one.created))
    return str(uuid.uuid5(_THEIRS, f"{format_name}\n{said}"))


def _placed(
    one: FoundNote,
    home: Document | None,
    annotation_id: str,
    texts: Callable[[str], str | None],
) -> Annotation:
    if one.annotation is None:
        assert home is not None
        return placed_note(home, one, annotation_id)
    # What was made here keeps its own place, and goes with its document's later editions.
    return one.annotation if home is None else _settled(home, one.annotation, texts)


def placed_note(document: Document, one: FoundNote, annotation_id: str) -> Annotation:
    """The note on its passage, or open about its place where that is not sure."""
    quote = TextQuoteSelector(one.exact, one.prefix, one.suffix)
    made = Annotation(
        id=annotation_id,
        target=Target(document.id, quote, Span(0, len(one.exact)), ""),
        colour=one.colour,
        style=one.style,
        motivation=one.motivation,
        note=one.note,
        tags=one.tags,
        created=one.created,
        modified=one.modified or one.created,
    )
    span = _sure_place(document, one)
    if span is not None:
        return replace(made, target=describe(document, span))
    found = _settled(document, made, lambda _: None)
    # Its words are on no text that we have, so nobody can say that they are unchanged.
    return replace(found, state="check") if found.state in ("", "moved") else found


def _settled(
    document: Document, annotation: Annotation, texts: Callable[[str], str | None]
) -> Annotation:
    changes = settle(document, [annotation], texts)
    after = changes[0].after if changes else None
    return annotation if after is None else after


def _sure_place(document: Document, one: FoundNote) -> Span | None:
    """Where the very words are, once, among the neighbours that the file names."""
    if not one.exact.strip():
        # A note on the document as a whole stands at its title.
        return document.blocks[0].span if document.blocks else None
    if (at := _told_place(document, one)) is not None:
        return at
    before, start = split(one.prefix + one.exact + one.suffix), len(one.prefix)
    places = exactly(document.text, before, Span(start, start + len(one.exact)))
    places = [there for there in places if unchanged(one.exact, there.span.cut(document.text))]
    if not places:
        return None
    places.sort(key=lambda there: -(there.left + there.right))
    best, rivals = places[0], places[1:]
    if in_rows(words(document.text), best.words):
        return None
    sides = [
        side
        for side, told in ((best.left, one.prefix), (best.right, one.suffix))
        if len(split(told)) > 1
    ]
    if not sides:
        return best.span if not rivals and best.size >= _ENOUGH_WORDS else None
    lead = best.left + best.right - max((r.left + r.right for r in rivals), default=0.0)
    return best.span if min(sides) >= _BESIDE and lead >= _LEAD else None


def _told_place(document: Document, one: FoundNote) -> Span | None:
    """Where a file of ours says that the words are, when they are there."""
    if one.start < 0 or one.source.document_id != document.id:
        return None
    start = one.start
    if one.in_utf16:
        start = len(document.text.encode("utf-16-le")[: 2 * start].decode("utf-16-le", "ignore"))
    span = Span(start, start + len(one.exact))
    return span if span.cut(document.text) == one.exact else None


def _count(number: int) -> str:
    return "1 note" if number == 1 else f"{number} notes"
