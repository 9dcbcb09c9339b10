"""Copying passages with the citation of their source, in the style that the person picked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reader.model.annotation import Annotation
from reader.model.deep_link import address_of
from reader.session.annotations import Annotations
from reader.session.catalog import Catalog
from reader.session.current_document import CurrentDocument
from reader.session.marker import Marker
from reader.session.pages import PdfPages
from reader.session.settings import Settings
from reader.settings import CITATION_STYLE

if TYPE_CHECKING:
    from reader.model.export.citation import Cited, Style

# A start is not to load what citations need: each method imports it by itself.


class Citations:
    """Citations of the open document and of passages in it, and links to notes."""

    def __init__(
        self,
        settings: Settings,
        catalog: Catalog,
        current: CurrentDocument,
        pages: PdfPages,
        annotations: Annotations,
        marker: Marker,
    ) -> None:
        self._settings = settings
        self._catalog = catalog
        self._current = current
        self._pages = pages
        self._annotations = annotations
        self._marker = marker

    @property
    def style(self) -> Style:
        """The style that this user picked."""
        from reader.model.export.citation import style_of

        return style_of(self._settings.get(CITATION_STYLE))

    def citation(self, style: Style | None = None) -> Cited:
        """The citation of the open document, with the page and the note of the passage."""
        from reader.model.export.citation import Cited, cite
        from reader.model.export.export_set import page_of
        from reader.model.export.year_letters import Work, year_letters

        document, span = self._current.document, self._marker.passage
        if document is None:
            return Cited("", "")
        pages = self._pages.page_map
        area = self._marker.area
        page = page_of(pages, span, area) if pages is not None and span is not None else ""
        note = self._annotations.on(span) if span is not None else None
        link = address_of(document.id, note.id if note is not None else "").rstrip("#")
        today = datetime.now(UTC).date().isoformat()
        works = (Work(e.id, e.title, e.authors, e.published) for e in self._catalog.entries)
        letter = year_letters(works).get(document.id, "")
        return cite(document, style or self.style, page, link, today, letter)

    def page_of(self, annotation: Annotation) -> str:
        """The printed page that a note of the open document is on, "p. 12"; "" without pages."""
        from reader.model.export.export_set import page_of

        pages, span = self._pages.page_map, self._annotations.spans.get(annotation.id)
        area = self._annotations.areas.get(annotation.id)
        page = page_of(pages, span, area) if pages is not None and span is not None else ""
        return f"{'pp.' if '–' in page else 'p.'} {page}" if page else ""

    def cited_passage(self) -> Cited | None:
        """The passage with its citation and what it cites itself; None when there is none."""
        from html import escape

        from reader.model.export.citation import Cited
        from reader.model.export.export_set import cited_references, clean_quote

        document, span = self._current.document, self._marker.passage
        if document is None or span is None:
            return None
        quote, source = clean_quote(document, span), self.citation()
        references = cited_references(document, span)
        plain = "\n".join(
            (f"“{quote}”", source.plain, *(f"[{label}] {text}" for label, text in references))
        )
        items = "".join(f"<li>[{escape(a)}] {escape(b)}</li>" for a, b in references)
        html = f"<blockquote>{escape(quote)}</blockquote><p>{source.html}</p>"
        return Cited(plain, html + (f"<ul>{items}</ul>" if items else ""))

    def link_to(self, annotation: Annotation) -> str:
        """A Markdown link to a note, to be put into another note."""
        words = (
            " ".join(self._annotations.quote(annotation).split())[:60]
            .replace("[", "(")
            .replace("]", ")")
        )
        return f"[{words}]({address_of(annotation.target.document_id, annotation.id)})"
