"""Notes between a user and the PDF files of the library, both ways. No Qt."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reader.exporters.pdf_annotations import is_protected
from reader.model.anchoring.selector import placed
from reader.model.annotation import Annotation, Change
from reader.model.document import Document
from reader.model.pdf.page_map import ASSET, PageMap
from reader.model.pdf.pdf_annotation import PdfAnnotation, as_annotation, as_printed, id_of
from reader.model.serialization import annotation_from_plain, annotation_to_plain
from reader.problem import Problem
from reader.store.backups import backup
from reader.store.library import Library
from reader.store.notes import Notes

_FURTHER = re.compile(r"\.\d+$")


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
    source: Original, annotations: Iterable[Annotation], author: str
) -> list[PdfAnnotation]:
    """The annotations on a document whose place is sure, as they go into its copy.

    A file from elsewhere may name an area of a page that there is not.
    """
    found = [
        (placed(source.document, annotation.target), annotation)
        for annotation in annotations
        if not annotation.deleted
    ]
    printed = [
        as_printed(annotation, span, author) for span, annotation in found if span is not None
    ]
    if not any(one.area for one in printed):
        return printed
    try:
        last = len(PageMap.decode(source.page_map).pages)
    except ValueError:
        # Whoever makes the copy says that the pages are damaged.
        return printed
    return [one for one in printed if one.area is None or one.area.page <= last]


def take_in(
    notes: Notes, document: Document, untrusted: Iterable[PdfAnnotation]
) -> tuple[int, int]:
    """Put what a file held into the user's notes: return how many are new and how many were there.

    Raises:
        Problem: when it cannot be what a file holds.
    """
    made: dict[str, Annotation] = {}
    known = 0
    for one in untrusted:
        if one.span.end > len(document.text):
            raise Problem("The notes of this file cannot be imported: they are not sound.")
        if _is_known(notes, document, one):
            known += 1
            continue
        try:
            found = annotation_from_plain(annotation_to_plain(as_annotation(document, one)))
        except (ValueError, TypeError):
            raise Problem("A note of this file cannot be imported: it is not sound.") from None
        made[found.id] = found
    if made:
        backup(notes.path, reason="before import", key=notes.key)
        notes.apply(*(Change(None, annotation) for annotation in made.values()))
    return len(made), known


def unknown(notes: Notes, document: Document, found: Iterable[PdfAnnotation]) -> int:
    """How many of the notes in a file are not among the user's."""
    return sum(not _is_known(notes, document, one) for one in found)


def _is_known(notes: Notes, document: Document, one: PdfAnnotation) -> bool:
    """Whether a note of a file is there already, in the trash too: taken in, or put out by us."""
    # A passage over several pages is marked on each, behind the first with its number.
    whole = _FURTHER.sub("", one.key)
    if any(
        notes.annotation(found) is not None
        for key in dict.fromkeys((one.key, whole))
        for found in (key, id_of(document.id, key))
    ):
        return True
    # One that was imported from an earlier copy has come along with the text.
    mine = (*notes.annotations(document.id), *notes.trash())
    words = one.span.cut(document.text)
    return any(
        (note.target.position, note.target.quote.exact, note.target.area, note.note.strip())
        == (one.span, words, one.area, one.note)
        for note in mine
    )


def what_is_said_of_copy(count: int, target: str, content: bytes) -> str:
    """What is told of a copy with notes, and whether it is encrypted."""
    notes = "1 note is" if count == 1 else f"{count} notes are"
    protected = "not encrypted"
    if is_protected(content):
        protected = "protected as the original is, with the same password"
    return f"{notes} in “{target}”. The file is {protected}."
