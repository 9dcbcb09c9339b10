"""Notes as files of other programs hold them, before they are on a document of the library."""

from __future__ import annotations

from dataclasses import dataclass, field

from reader.model.annotation import Annotation, Colour, Motivation, Style


@dataclass(frozen=True, slots=True)
class FoundSource:
    """What a file says of the document that a note is on; whatever it does not say is "".

    `document_id` is ours, as our own files know it. `file_name` is without folders.
    """

    document_id: str = ""
    doi: str = ""
    pmid: str = ""
    address: str = ""
    title: str = ""
    author: str = ""
    file_name: str = ""

    @property
    def name(self) -> str:
        """What a person knows the document by; "" when the file says nothing."""
        known = self.title, self.file_name, self.doi, self.address, self.document_id[:12]
        return next((one for one in known if one), "")


@dataclass(frozen=True, slots=True)
class FoundNote:
    """A highlight or note of a file.

    `key` is what the file calls it, "" when it gives no name. `exact` are the words, `prefix` and
    `suffix` what stands right before and after, as far as the file says; a note without words is
    on the whole document. Times are UTC, ISO 8601. `start` is where in the document's text the
    words begin, in code points, or in UTF-16 units when `in_utf16`; -1 when the file does not know
    our text. `annotation` is the whole of it where the file is one of ours.

    Where the file gives no key, it is known again by its words, its `place` as the file says it (a
    page, a location) and `told_time`, `created` without regard to this computer's clock.
    """

    key: str
    source: FoundSource
    exact: str
    prefix: str = ""
    suffix: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    colour: Colour = "yellow"
    style: Style = "highlight"
    motivation: Motivation = "highlighting"
    created: str = ""
    modified: str = ""
    start: int = -1
    in_utf16: bool = False
    annotation: Annotation | None = None
    place: str = ""
    told_time: str = ""


@dataclass(frozen=True, slots=True)
class FoundNotes:
    """All notes of a file; `unread` of its records could not be understood.

    `is_ours` when the file holds our annotations whole, so that even those are kept whose document
    is not there yet.
    """

    format_name: str
    notes: list[FoundNote] = field(default_factory=list)
    unread: int = 0
    is_ours: bool = False
