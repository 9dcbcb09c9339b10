"""Where and when a document was published, and what it is called there."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Publication:
    """What is known of a document's publication; "" is unknown.

    Dates are ISO 8601, as far as known ("2021", "2021-03"). `replaces` are the identifiers of
    earlier editions that the file names.
    """

    published: str = ""
    updated: str = ""
    journal: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    pmid: str = ""
    licence: str = ""
    address: str = ""
    replaces: tuple[str, ...] = ()


PUBLISHED = frozenset(one.name for one in fields(Publication))
"""The names of what is known of a publication."""

UNPUBLISHED = Publication()
"""Of which nothing is known."""
