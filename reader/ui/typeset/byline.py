"""The line below an article's title: whose it is, how long, and how recent."""

from __future__ import annotations

from reader.model.document import Document, reading_minutes
from reader.store.catalog import CatalogEntry
from reader.ui.typeset.line_breaks import held_together
from reader.ui.widgets.dates import published_day, short_day, time_needed

MOST_AUTHORS = 4


def byline(document: Document, entry: CatalogEntry | None) -> str:
    """Authors, references and reading time of a document, and below them how recent it is."""
    facts = []
    if document.authors:
        shown = ", ".join(document.authors[:MOST_AUTHORS])
        facts.append(shown + (" and others" if len(document.authors) > MOST_AUTHORS else ""))
    if document.references:
        count = len(document.references)
        facts.append("1 reference" if count == 1 else f"{count} references")
    facts.append(time_needed(reading_minutes(len(document.text))))
    # No number stands alone at the end of a line.
    facts = [held_together(fact) for fact in facts]
    lines = "  ·  ".join(facts), "  ·  ".join(_currency(document, entry))
    return "\u2028".join(line for line in lines if line)


def _currency(document: Document, entry: CatalogEntry | None) -> list[str]:
    facts = []
    if document.publication.published:
        facts.append(f"Published {published_day(document.publication.published)}")
    if (
        document.publication.updated
        and document.publication.updated != document.publication.published
    ):
        facts.append(f"Updated {published_day(document.publication.updated)}")
    if entry is not None:
        facts.append(f"Imported {short_day(entry.imported)} from {document.source}")
    return facts
