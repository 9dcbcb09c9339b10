"""Notes on their way out: each with its words, its place, its source and what it cites."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from reader.model.anchoring.selector import placed
from reader.model.annotation import Annotation, Colour, State
from reader.model.deep_link import address_of
from reader.model.document import Document, Mark, Section
from reader.model.export.citation import cite
from reader.model.plain_text import TELLING, Piece, as_plain, pieces
from reader.model.span import Span

if TYPE_CHECKING:
    from reader.model.annotation import Area
    from reader.model.pdf.page_map import PageMap

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
Meanings = Mapping[Colour, str]
_NO_MEANINGS: Meanings = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Entry:
    """One annotation as an export shows it.

    `quote` reads clean, without the digits of reference marks, on one line, and with signs for what
    is raised, lowered or struck; `pieces` are the same words with their looks. `references` are
    what those digits meant, label and text. `path` are the titles of the sections from the top
    down; `span` is the place in the document's text, None when it is not sure. `page` is the
    printed number of the page, or of the first and the last, where the document has pages.
    `meaning` is what the person lets the colour stand for.
    """

    annotation: Annotation
    quote: str
    path: tuple[str, ...] = ()
    span: Span | None = None
    references: tuple[tuple[str, str], ...] = ()
    page: str = ""
    meaning: str = ""
    pieces: tuple[Piece, ...] = ()

    @property
    def colour(self) -> str:
        """The colour with what it stands for: "Dose (yellow)"."""
        name = self.annotation.colour
        return name if self.meaning.casefold() in ("", name) else f"{self.meaning} ({name})"

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
        return self.facts_with(self.annotation.tags)

    def facts_with(self, tags: Iterable[str]) -> tuple[str, ...]:
        """The same with other tags than the annotation's."""
        annotation = self.annotation
        known = (
            f"p. {self.page}" if self.page else "",
            self.colour,
            _KINDS[annotation.motivation],
            "underlined" if annotation.style == "underline" else "",
            *(f"#{tag}" for tag in tags),
            local_day(annotation.created),
            _STATES[annotation.state],
        )
        return tuple(fact for fact in known if fact)

    @property
    def earlier_quote(self) -> str:
        """What the passage read before its text changed; "" where the words are the same."""
        return earlier_words(self.annotation)


def earlier_words(annotation: Annotation) -> str:
    """What the passage read before its text changed; "" where the words are the same."""
    if annotation.earlier is None:
        return ""
    before, now = annotation.earlier.words.split(), annotation.target.words.split()
    return " ".join(before) if before != now else ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """The entries of one document, in reading order."""

    document: Document
    citation: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class ExportSet:
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
    meanings: Meanings = _NO_MEANINGS,
) -> ExportSet:
    """The notebook of some annotations; `meanings` are what the colours stand for.

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
        pages, marks = pages_of(document), _Marks(document, ("reference_mark",))
        looks = _Marks(document, TELLING)
        titles = _titles(document)
        made = (_entry(document, a, pages, marks, looks, meanings, titles) for a in found)
        entries = sorted(made, key=_reading_order)
        chapters.append(Chapter(document, citation(document), tuple(entries)))
    chapters.sort(key=lambda chapter: (chapter.document.title.casefold(), chapter.document.id))
    return ExportSet(tuple(chapters), generated, user)


def _reading_order(entry: Entry) -> tuple[bool, int, int, str]:
    span = entry.span or entry.annotation.target.position
    return entry.span is None, span.start, -span.end, entry.annotation.created


class _Marks:
    """The marks of some kinds in a document, found by their place: there may be thousands."""

    def __init__(self, document: Document, kinds: Collection[str]) -> None:
        found = [mark for mark in document.marks if mark.kind in kinds]
        self._marks = sorted(found, key=lambda mark: mark.span.start)
        self._starts = [mark.span.start for mark in self._marks]
        self._longest = max((len(mark.span) for mark in found), default=0)

    def within(self, span: Span) -> list[Mark]:
        """Those that overlap a span, in their order."""
        first = bisect_left(self._starts, span.start - self._longest)
        last = bisect_right(self._starts, span.end)
        return [mark for mark in self._marks[first:last] if span.overlaps(mark.span)]

    def any_in(self, span: Span) -> bool:
        """Whether one overlaps a span."""
        return bool(self.within(span))


def _entry(
    document: Document,
    annotation: Annotation,
    pages: PageMap | None,
    marks: _Marks,
    looks: _Marks,
    meanings: Meanings,
    titles: Callable[[Section | None], tuple[str, ...]],
) -> Entry:
    meaning = meanings.get(annotation.colour, "")
    span = placed(document, annotation.target) if document.text else None
    if span is None:
        quote = " ".join(annotation.target.words.split())
        return Entry(annotation, quote, meaning=meaning, pieces=(Piece(quote),))
    area = annotation.target.area
    page = page_of(pages, span, area) if pages is not None else ""
    section, inside = document.outline.section_at(span.start), marks.within(span)
    if area is not None:
        quote = area.title(page)
        clean: tuple[Piece, ...] = (Piece(quote),)
    elif looks.any_in(span):
        clean = on_one_line(pieces(document, span, reference_marks=False))
        quote = as_plain(clean)
    else:
        clean, quote = (), " ".join(span.cut(document.text).split())
    return Entry(
        annotation,
        quote,
        titles(section),
        span,
        _cited(document, inside),
        page,
        meaning,
        clean,
    )


def _titles(document: Document) -> Callable[[Section | None], tuple[str, ...]]:
    """The titles from the top down to a section, found once for all the notes in it."""
    known: dict[str, tuple[str, ...]] = {}

    def of(section: Section | None) -> tuple[str, ...]:
        if section is None:
            return ()
        if section.id not in known:
            known[section.id] = tuple(part.title for part in document.outline.path(section))
        return known[section.id]

    return of


def on_one_line(some: Iterable[Piece]) -> tuple[Piece, ...]:
    """Pieces with one space for any white space, and none at the ends."""
    made: list[Piece] = []
    for piece in some:
        words = " ".join(piece.words.split())
        if not words:
            if made and not made[-1].words.endswith(" "):
                made.append(Piece(" "))
            continue
        if piece.words[0].isspace() and made and not made[-1].words.endswith(" "):
            words = f" {words}"
        made.append(Piece(f"{words} " if piece.words[-1].isspace() else words, piece.kinds))
    if made:
        last = made.pop()
        made += [Piece(last.words.rstrip(), last.kinds)] if last.words != " " else []
    return tuple(made)


def local_day(time: str) -> str:
    """The day of a UTC time where the person is, as "2026-02-03"; "" for no time."""
    try:
        return datetime.fromisoformat(time).astimezone().date().isoformat() if time else ""
    except (ValueError, OverflowError, OSError):
        return time[:10]


def page_of(pages: PageMap, span: Span, area: Area | None = None) -> str:
    """The printed number of the page that a passage or an area is on: "12", or "12–13" for
    several."""
    if area is not None:
        return pages.pages[area.page - 1].label if area.page <= len(pages.pages) else ""
    ends = (pages.page_at(span.start), pages.page_at(max(span.start, span.end - 1)))
    return "–".join(dict.fromkeys(page.label for page in ends if page is not None))


def clean_quote(document: Document, span: Span) -> str:
    """The words of a span as they read: without the digits of reference marks, on one line."""
    return as_plain(on_one_line(pieces(document, span, reference_marks=False)))


def cited_references(document: Document, span: Span) -> tuple[tuple[str, str], ...]:
    """Label and text of the references whose marks lie in a span, in the order of the list."""
    return _cited(document, _Marks(document, ("reference_mark",)).within(span))


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
