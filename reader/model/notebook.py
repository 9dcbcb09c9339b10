"""Notes on their way out: each with its words, its place, its source and what it cites."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.model.address import address_of
from reader.model.annotation import Annotation, State
from reader.model.citing import cite
from reader.model.describing import placed
from reader.model.document import Document, Mark
from reader.model.span import Span

if TYPE_CHECKING:
    from reader.model.pages import PageMap

_STATES: dict[State, str] = {
    "": "",
    "moved": "moved",
    "changed": "text changed",
    "check": "check the place",
    "unplaced": "not placed",
    "earlier": "with the earlier text",
    "archived": "archived",
}
_KINDS = {"highlighting": "", "commenting": "", "bookmarking": "bookmark"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One annotation as an export shows it.

    `quote` reads clean, without the digits of reference marks; `references` are what those digits
    meant, label and text. `path` are the titles of the sections from the top down; `span` is the
    place in the document's text, None when it is not sure. `page` is the printed number of the
    page, or of the first and the last, where the document has pages.
    """

    annotation: Annotation
    quote: str
    path: tuple[str, ...] = ()
    span: Span | None = None
    references: tuple[tuple[str, str], ...] = ()
    page: str = ""

    @property
    def link(self) -> str:
        """The address that opens the passage in Offprint."""
        return address_of(self.annotation.target.document_id, self.annotation.id)

    @property
    def heading(self) -> str:
        """The path of titles on one line; says so where there is no sure place."""
        return " › ".join(self.path) if self.span is not None else "Not placed in this text"

    @property
    def facts(self) -> tuple[str, ...]:
        """What is said in a word or two: page, colour, kind, tags, day, what is open about it."""
        annotation = self.annotation
        known = (
            f"p. {self.page}" if self.page else "",
            annotation.colour,
            _KINDS[annotation.motivation],
            "underlined" if annotation.style == "underline" else "",
            *(f"#{tag}" for tag in annotation.tags),
            annotation.created[:10],
            _STATES[annotation.state],
        )
        return tuple(fact for fact in known if fact)

    @property
    def earlier_quote(self) -> str:
        """What the passage read before its text changed; "" where the words are the same."""
        earlier = self.annotation.earlier
        if earlier is None:
            return ""
        before, now = earlier.quote.exact.split(), self.annotation.target.quote.exact.split()
        return " ".join(before) if before != now else ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """The entries of one document, in reading order."""

    document: Document
    citation: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Notebook:
    """What an export takes: chapters by document title; `generated` is UTC, ISO 8601."""

    chapters: tuple[Chapter, ...]
    generated: str
    user: str = ""

    @property
    def count(self) -> int:
        """How many annotations there are."""
        return sum(len(chapter.entries) for chapter in self.chapters)

    @property
    def entries(self) -> Iterator[tuple[Chapter, Entry]]:
        """Every entry with its chapter, in order."""
        for chapter in self.chapters:
            for entry in chapter.entries:
                yield chapter, entry


def in_order(found: Iterable[str], wanted: Iterable[str]) -> bool:
    """Whether all that is wanted is among what was found, in that order."""
    rest = iter(found)
    return all(one in rest for one in wanted)


def gather(
    annotations: Iterable[Annotation],
    document_of: Callable[[str], Document | None],
    generated: str,
    user: str = "",
    pages_of: Callable[[Document], PageMap | None] = lambda _: None,
) -> Notebook:
    """The notebook of some annotations.

    A document that is no longer in the library still has a chapter, with what the annotations
    themselves know of it.
    """
    by_document: dict[str, list[Annotation]] = {}
    for annotation in annotations:
        by_document.setdefault(annotation.target.document_id, []).append(annotation)
    chapters = []
    for document_id, found in by_document.items():
        document = document_of(document_id) or Document(
            document_id, "A document that is no longer in the library", ""
        )
        pages, marks = pages_of(document), _Marks(document)
        entries = sorted((_entry(document, a, pages, marks) for a in found), key=_reading_order)
        chapters.append(Chapter(document, citation(document), tuple(entries)))
    chapters.sort(key=lambda chapter: (chapter.document.title.casefold(), chapter.document.id))
    return Notebook(tuple(chapters), generated, user)


def _reading_order(entry: Entry) -> tuple[bool, int, int, str]:
    span = entry.span or entry.annotation.target.position
    return entry.span is None, span.start, -span.end, entry.annotation.created


class _Marks:
    """The reference marks of a document, found by their place: there may be a thousand."""

    def __init__(self, document: Document) -> None:
        found = [mark for mark in document.marks if mark.kind == "reference_mark"]
        self._marks = sorted(found, key=lambda mark: mark.span.start)
        self._starts = [mark.span.start for mark in self._marks]
        self._longest = max((len(mark.span) for mark in found), default=0)

    def within(self, span: Span) -> list[Mark]:
        """Those that overlap a span, in their order."""
        first = bisect_left(self._starts, span.start - self._longest)
        last = bisect_right(self._starts, span.end)
        return [mark for mark in self._marks[first:last] if span.overlaps(mark.span)]


def _entry(
    document: Document, annotation: Annotation, pages: PageMap | None, marks: _Marks
) -> Entry:
    span = placed(document, annotation.target) if document.text else None
    if span is None:
        return Entry(annotation, " ".join(annotation.target.quote.exact.split()))
    section, inside = document.section_at(span.start), marks.within(span)
    return Entry(
        annotation,
        _clean(document, span, inside),
        tuple(part.title for part in document.path(section)),
        span,
        _cited(document, inside),
        page_of(pages, span) if pages is not None else "",
    )


def page_of(pages: PageMap, span: Span) -> str:
    """The printed number of the page that a passage is on: "12", or "12–13" for several."""
    ends = (pages.page_at(span.start), pages.page_at(max(span.start, span.end - 1)))
    return "–".join(dict.fromkeys(page.label for page in ends if page is not None))


def clean_quote(document: Document, span: Span) -> str:
    """The words of a span as they read: without the digits of reference marks, on one line."""
    return _clean(document, span, _Marks(document).within(span))


def _clean(document: Document, span: Span, inside: Iterable[Mark]) -> str:
    kept, at = [], span.start
    for mark in inside:
        kept.append(document.text[at : max(at, mark.span.start)])
        at = max(at, mark.span.end)
    kept.append(document.text[at : max(at, span.end)])
    return " ".join("".join(kept).split())


def cited_references(document: Document, span: Span) -> tuple[tuple[str, str], ...]:
    """Label and text of the references whose marks lie in a span, in the order of the list."""
    return _cited(document, _Marks(document).within(span))


def _cited(document: Document, inside: Iterable[Mark]) -> tuple[tuple[str, str], ...]:
    wanted = {label for mark in inside for label in mark.target.split()}
    if not wanted:
        return ()
    return tuple(
        (reference.label, reference.span.cut(document.text))
        for reference in document.references
        if reference.label in wanted
    )


def citation(document: Document) -> str:
    """The source in a line: authors, title, journal, year, DOI, as far as they are known."""
    return cite(document).plain
