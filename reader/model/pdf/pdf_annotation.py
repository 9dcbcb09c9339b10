"""Notes as they are in a PDF file itself, and between them and annotations, both ways."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from reader.model.anchoring.selector import describe
from reader.model.annotation import Annotation, Area, Colour, Style, Target
from reader.model.document import Document
from reader.model.span import Span

# The key of an annotation of a PDF under which our copies keep its tags, as JSON.
TAGS = "OffprintTags"
# And that under which they keep our id of a mark that the file had already.
ID = "OffprintId"
_OURS = "6f0b36f0-6a5c-4d0e-9d8e-0ff9b1a70001"


@dataclass(frozen=True, slots=True)
class PdfAnnotation:
    """A highlight or note in a file, on a passage of the document's text.

    `key` is the name that the file gives it. `created` is UTC, ISO 8601, or "". `pinned` when it
    is a note on a place, whose passage is only the word next to it. `tags` are None where the file
    does not know of any: then its author becomes one. `area` is the rectangle that it is on, whose
    `span` is empty.
    """

    key: str
    span: Span
    colour: Colour = "yellow"
    style: Style = "highlight"
    note: str = ""
    author: str = ""
    created: str = ""
    pinned: bool = False
    tags: tuple[str, ...] | None = None
    area: Area | None = None

    def target(self, document: Document) -> Target:
        """What it is about, in the document of the file."""
        return replace(describe(document, self.span), area=self.area)


def id_of(document_id: str, key: str) -> str:
    """The id of the annotation that a note of a file becomes: the same one every time."""
    # Imported here: it is slow to load, and a start makes no ids.
    import uuid

    return str(uuid.uuid5(uuid.UUID(_OURS), f"{document_id} {key}"))


def as_annotation(document: Document, printed: PdfAnnotation) -> Annotation:
    """The annotation that a printed note is; the same one every time, so that none comes twice."""
    return Annotation(
        id=id_of(document.id, printed.key),
        target=printed.target(document),
        colour=printed.colour,
        style=printed.style,
        motivation="commenting" if printed.note else "highlighting",
        note=printed.note,
        tags=printed.tags
        if printed.tags is not None
        else tuple(filter(None, ["-".join(printed.author.split())])),
        created=printed.created,
        modified=printed.created,
    )


def as_printed(annotation: Annotation, span: Span, author: str = "") -> PdfAnnotation:
    """The printed note that an annotation becomes on its passage or its area."""
    return PdfAnnotation(
        annotation.id,
        span,
        annotation.colour,
        annotation.style,
        annotation.note,
        author,
        annotation.created,
        pinned=annotation.motivation == "bookmarking",
        tags=annotation.tags,
        area=annotation.target.area,
    )


def marks_taken_in(annotations: Iterable[Annotation]) -> frozenset[str]:
    """The ids of annotations that came from elsewhere, perhaps from the file itself."""
    # Version 5 of UUIDs is made of what a file says; our own notes have version 4.
    return frozenset(one.id for one in annotations if one.id[14:15] == "5")
