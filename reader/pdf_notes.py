"""Notes between a user and the PDF files of the library, both ways. No Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reader.model.annotation import Annotation, Change
from reader.model.codec import annotation_from_plain, annotation_to_plain
from reader.model.describing import placed
from reader.model.document import Document
from reader.model.pages import ASSET
from reader.model.printed import PrintedNote, as_annotation, as_printed
from reader.problem import Problem
from reader.store.backups import backup
from reader.store.library import Library
from reader.store.notes import Notes


@dataclass(frozen=True, slots=True)
class Original:
    """A PDF of the library as `tasks.notes_in_pdf` and `tasks.pdf_with_notes` take it."""

    document: Document
    path: str
    page_map: bytes


def original(library: Library, document_id: str) -> Original:
    """The file of a document, with the map of its pages.

    Raises:
        Problem: when the document has no pages, or its files are damaged.
    """
    document = library.document(document_id)
    if not document.importer.startswith("pdf/"):
        raise Problem(f"“{document.title}” is no PDF.")
    path = str(library.original(document_id))
    return Original(document, path, library.asset(document_id, ASSET))


def printed_notes(
    document: Document, annotations: Iterable[Annotation], author: str
) -> list[PrintedNote]:
    """The annotations on a document whose place is sure, as they go into its copy."""
    found = [
        (placed(document, annotation.target), annotation)
        for annotation in annotations
        if not annotation.deleted
    ]
    return [as_printed(annotation, span, author) for span, annotation in found if span is not None]


def take_in(notes: Notes, document: Document, untrusted: Iterable[PrintedNote]) -> tuple[int, int]:
    """Puts what a file held into the user's notes: how many are new, how many were there already.

    Raises:
        Problem: when it cannot be what a file holds.
    """
    made = []
    for one in untrusted:
        if one.span.end > len(document.text):
            raise Problem("The notes of this file cannot be taken in: they are not sound.")
        try:
            made.append(annotation_from_plain(annotation_to_plain(as_annotation(document, one))))
        except (ValueError, TypeError):
            raise Problem("A note of this file cannot be taken in: it is not sound.") from None
    new = {one.id: one for one in made if notes.annotation(one.id) is None}
    if new:
        backup(notes.path)
        notes.apply(*(Change(None, annotation) for annotation in new.values()))
    return len(new), len(made) - len(new)
